//! The report: over which time, of which rows, in whose days, and made so that nothing waits for it.

use super::{demo, drain, open_demo};
use crate::engine::protocol::{
    Command, ReportFile, ReportForm, ReportPage, ReportQuery, ReportSpan, Selection, Settings, Tab,
    Table, TableQuery, Update,
};
use crate::engine::{Engine, OpenOptions};

const DAY_MS: i64 = 86_400_000;

fn ms(text: &str) -> i64 {
    crate::model::Instant::from_rfc3339(text).unwrap().ms()
}

fn query(span: ReportSpan) -> ReportQuery {
    ReportQuery {
        span,
        offsets: Vec::new(),
        most: 5,
    }
}

/// All reports that come.
fn pages(engine: &mut Engine) -> Vec<ReportPage> {
    let updates = drain(engine).into_iter();
    let pages = updates.filter_map(|update| match update {
        Update::Report(page) => Some(*page),
        _ => None,
    });
    pages.collect()
}

/// The one report that comes.
fn page(engine: &mut Engine) -> ReportPage {
    let mut pages = pages(engine);
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

fn report(engine: &mut Engine, span: ReportSpan) -> ReportPage {
    engine.command(Command::Report(Some(query(span))));
    page(engine)
}

fn select(engine: &mut Engine, span: Option<[i64; 2]>) {
    engine.command(Command::Select(Selection {
        span,
        ..Selection::default()
    }));
}

/// How many rows the tables hold.
fn totals(engine: &mut Engine) -> [u32; 4] {
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sims,
        columns: Vec::new(),
        sort: None,
        descending: false,
        first: 0,
        count: 1,
    }));
    let found = drain(engine).into_iter().find_map(|update| match update {
        Update::Table(page) => Some(page.totals),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn it_is_over_the_chosen_span_else_over_the_last_thirty_days() {
    let mut engine = demo();
    drain(&mut engine);
    let extent = engine.store().extent().unwrap();
    let as_of = engine.store().latest_observed().unwrap().ms();
    let month = report(&mut engine, ReportSpan::Chosen).report;
    assert_eq!([month.from, month.to], [as_of - 30 * DAY_MS, as_of]);
    let all = report(&mut engine, ReportSpan::All).report;
    assert_eq!((all.from, all.to), (extent.from, extent.to.max(as_of)));
    assert_eq!(all.as_of, as_of);
    let [_, sessions, events, _] = totals(&mut engine);
    assert_eq!(all.summary.all.sessions, sessions);
    assert_eq!(
        (all.activity.sessions, all.activity.events),
        (sessions, events)
    );

    let span = [ms("2026-10-12T00:00:00Z"), ms("2026-10-14T12:00:00Z")];
    select(&mut engine, Some(span));
    let chosen = report(&mut engine, ReportSpan::Chosen).report;
    assert_eq!([chosen.from, chosen.to], span);
    let [_, sessions, events, _] = totals(&mut engine);
    assert!(sessions > 0 && sessions < all.summary.all.sessions);
    assert_eq!(chosen.summary.all.sessions, sessions);
    assert_eq!(chosen.activity.events, events);

    // A preset holds whatever is chosen.
    let day = report(&mut engine, ReportSpan::Last(24)).report;
    assert_eq!([day.from, day.to], [as_of - DAY_MS, as_of]);
    select(&mut engine, None);
    assert!(pages(&mut engine).is_empty(), "nothing in it has changed");
    assert_eq!(report(&mut engine, ReportSpan::All).report, all);
    engine.command(Command::Report(None));
    select(&mut engine, Some(span));
    assert!(pages(&mut engine).is_empty(), "it is not shown any more");
}

#[test]
fn it_is_of_the_rows_that_filter_and_legend_let_through() {
    let mut engine = demo();
    drain(&mut engine);
    report(&mut engine, ReportSpan::All);
    let filter = |engine: &mut Engine, filter: &str, hidden: Vec<u8>| {
        engine.command(Command::Settings(Settings {
            filter: filter.to_owned(),
            hidden,
            ..Settings::default()
        }));
        page(engine).report
    };
    let kore = filter(&mut engine, "provider:kore", Vec::new());
    let [sims, sessions, events, _] = totals(&mut engine);
    assert_eq!(kore.summary.all.sessions, sessions);
    assert_eq!(kore.activity.events, events);
    assert_eq!(kore.summary.by_sim.total + kore.summary.sims_without, sims);
    let vendors = kore.summary.by_vendor.rows.iter();
    let vendors: Vec<_> = vendors.map(|line| line.value.as_deref().unwrap()).collect();
    assert_eq!(vendors, ["kore"]);
    assert_eq!(kore.summary.all.data.megabytes.total, None);
    assert!(kore.summary.all.data.packets.total.is_some());

    let without = filter(&mut engine, "provider:kore", vec![0]);
    let [_, sessions, ..] = totals(&mut engine);
    assert!(sessions < kore.summary.all.sessions);
    assert_eq!(without.summary.all.sessions, sessions);
    assert_eq!(without.summary.by_sim.total, kore.summary.by_sim.total);
}

#[test]
fn its_days_and_hours_are_those_of_the_zone_that_the_page_names() {
    let mut engine = demo();
    drain(&mut engine);
    let utc = report(&mut engine, ReportSpan::All).report;
    // Summer time ends within the span.
    let change = ms("2026-10-25T01:00:00Z");
    engine.command(Command::Report(Some(ReportQuery {
        offsets: vec![(0, 120), (change, 60)],
        ..query(ReportSpan::All)
    })));
    let oslo = page(&mut engine).report;
    assert_eq!(utc.activity.events, oslo.activity.events);
    let store = engine.store();
    let mut days = std::collections::BTreeMap::<String, u32>::new();
    for (_, event) in store.event_rows() {
        let at = event.time.ms();
        let local = at + if at < change { 2 } else { 1 } * 3_600_000;
        let day = crate::report::date_of(local.div_euclid(DAY_MS)).unwrap();
        *days.entry(day).or_default() += 1;
    }
    let told = oslo.activity.by_day.iter();
    let told: Vec<_> = told.map(|of| (of.day.clone(), of.events)).collect();
    assert_eq!(told, days.into_iter().collect::<Vec<_>>());
    assert_ne!(utc.activity.by_day, oslo.activity.by_day);
    let known = |report: &crate::report::Report, day: &str| {
        let mut lines = report.summary.by_day.rows.iter();
        let line = lines.find(|line| line.value.as_deref() == Some(day));
        line.unwrap().online.unwrap().known_ms.unwrap()
    };
    assert!(known(&oslo, "2026-10-25") > known(&utc, "2026-10-25"));
}

#[test]
fn a_source_that_was_only_partly_fetched_is_told() {
    let mut engine = Engine::new();
    let options = OpenOptions {
        name: "answer.json".to_owned(),
        source: Some("Fleet".to_owned()),
        observed: Some("2026-03-06T00:00:00Z".to_owned()),
        ..OpenOptions::default()
    };
    engine.begin(0, options);
    let session = |id: &str, start: &str| {
        format!(
            r#"{{"session_id":"{id}","start_time":{start},"end_time":"2026-03-05T10:30:00Z","duration_seconds":9000,
            "network":{{"country":"Norway","country_code":"NO","operator":"Example Norway","network_code":"24299",
            "network_type":"4G"}},"data_usage":{{"upload_mb":2.5,"download_mb":45.3,"total_mb":47.8}},"ip_address":"10.0.0.1"}}"#
        )
    };
    let answer = format!(
        r#"{{"iccid":"8999100000000000001","sessions":[{},{}],"total":2}}"#,
        session("ses_1", "\"2026-03-05T08:00:00Z\""),
        session("ses_2", "{}")
    );
    engine.push(0, answer.as_bytes());
    engine.finish(0);
    let made = report(&mut engine, ReportSpan::All).report;
    let source = &made.sources[0];
    assert_eq!((source.records, source.bad_records), (2, 1));
    assert!(source.partly, "{source:?}");
    assert_eq!(made.summary.all.sessions, 1);
}

#[test]
fn what_else_is_asked_for_is_answered_between_its_slices() {
    let mut engine = demo();
    drain(&mut engine);
    engine.command(Command::Report(Some(query(ReportSpan::All))));
    // Each look at the clock takes longer than there is time: one view, or one slice, at a time.
    let clock = std::cell::Cell::new(0.0);
    let now = || {
        clock.set(clock.get() + 1.0);
        clock.get()
    };
    let mut slices = 0;
    let mut came = Vec::new();
    while engine.step(0.5, &now) {
        slices += 1;
        if slices == 5 {
            engine.command(Command::Overview { buckets: 10 });
        }
        assert!(slices < 1000);
        while let Some(next) = engine.take() {
            came.push((slices, next.update));
        }
    }
    assert!(slices > 8, "{slices}");
    let overview = came
        .iter()
        .find(|(_, update)| matches!(update, Update::Overview(_)));
    assert!(overview.unwrap().0 <= 6);
    // It is the same as one that was made at once.
    let mut at_once = demo();
    drain(&mut at_once);
    let whole = report(&mut at_once, ReportSpan::All);
    let last = drain(&mut engine).into_iter().next_back();
    let sliced = last.or_else(|| came.pop().map(|(_, update)| update));
    assert_eq!(sliced, Some(Update::Report(Box::new(whole))));
}

#[test]
fn while_a_file_is_read_it_waits_and_then_tells_all() {
    let mut engine = demo();
    drain(&mut engine);
    let before = report(&mut engine, ReportSpan::All).report;
    engine.begin(
        1000,
        OpenOptions {
            name: "more.json".to_owned(),
            ..OpenOptions::default()
        },
    );
    let answer = br#"{"iccid":"8999100000000000001","activity":[{"event_id":"evt_1","iccid":"8999100000000000001",
        "event_type":"connection","timestamp":"2026-10-30T02:00:00Z"}],"total":1}"#;
    engine.push(1000, &answer[..100]);
    let mut now = 1000.0;
    let mut come = 0;
    while engine.step(1000.0, &|| now) {}
    while let Some(next) = engine.take() {
        come += u32::from(matches!(next.update, Update::Report(_)));
    }
    assert_eq!(come, 0);
    engine.push(1000, &answer[100..]);
    engine.finish(1000);
    now += 10.0;
    while engine.step(1000.0, &|| now) {}
    let after = page(&mut engine);
    assert_eq!(after.report.activity.events, before.activity.events + 1);
}

#[test]
fn it_is_saved_whole_under_what_was_asked() {
    let mut engine = demo();
    drain(&mut engine);
    let shown = report(&mut engine, ReportSpan::All);
    assert!(shown.previous > 5 && shown.report.previous.is_empty());
    assert!(shown.report.vendors.len() <= 5);
    let mut save = |form: ReportForm| -> ReportFile {
        engine.command(Command::SaveReport {
            query: query(ReportSpan::All),
            form,
        });
        let mut updates = drain(&mut engine).into_iter();
        match (updates.next(), updates.next()) {
            (Some(Update::ReportFile(file)), None) => file,
            other => panic!("{other:?}"),
        }
    };
    let file = save(ReportForm::Csv(Table::Previous));
    assert_eq!(file.span, [shown.report.from, shown.report.to]);
    assert_eq!(file.text.lines().count(), 1 + shown.previous as usize);
    let file = save(ReportForm::Csv(Table::Vendors));
    assert_eq!(file.text.lines().count(), 1 + shown.vendors as usize);
    let whole = save(ReportForm::Json);
    let whole: crate::report::Report = serde_json::from_str(&whole.text).unwrap();
    assert_eq!(whole.summary.all, shown.report.summary.all);
    assert_eq!(
        whole.summary.by_sim.rows.len() as u32,
        shown.report.summary.by_sim.total
    );
    assert!(shown.report.summary.by_sim.rows.len() == 5);
}

#[test]
fn it_is_begun_anew_after_everything_was_forgotten() {
    let mut engine = demo();
    drain(&mut engine);
    let before = report(&mut engine, ReportSpan::All);
    engine.command(Command::Clear);
    let empty = page(&mut engine).report;
    assert_eq!((empty.summary.all.sessions, empty.sources.len()), (0, 0));
    open_demo(&mut engine);
    assert_eq!(pages(&mut engine).pop(), Some(before));
}
