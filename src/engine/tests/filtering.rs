//! The filter line as the page sends it: every view shows the same rows, and a mistake changes none.

use super::{demo, drain, open_demo};
use crate::engine::Engine;
use crate::engine::protocol::{
    Column, Command, FrameMeta, GroupBy, MapUpdate, Overview, RowKey, Selection, Settings, Tab,
    TablePage, TableQuery, TimelineQuery, Update, Value,
};
use crate::store::filter::Problem;
use crate::timeline::{BarFlags, Bars};

/// A span over all of it.
const ALL: [i64; 2] = [1_700_000_000_000, 1_800_000_000_000];

/// The last of each view.
#[derive(Default)]
struct Shown {
    frame: Option<(FrameMeta, Bars)>,
    table: Option<TablePage>,
    overview: Option<Overview>,
    map: Option<(MapUpdate, Vec<String>)>,
    summed: Option<u32>,
    problems: Option<Vec<Problem>>,
    others: usize,
}

impl Shown {
    fn drawn(&self) -> u32 {
        let (_, bars) = self.frame.as_ref().unwrap();
        let whole = bars.iter().filter(|bar| !bar.flags.has(BarFlags::SEGMENT));
        whole.map(|bar| bar.count).sum()
    }

    fn totals(&self) -> [u32; 4] {
        self.table.as_ref().unwrap().totals
    }

    fn on_map(&self) -> u64 {
        let (told, places) = self.map.as_ref().unwrap();
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let sum = |marks: &serde_json::Value| -> u64 {
            let marks = marks.as_array().unwrap().iter();
            marks.map(|mark| mark["sessions"].as_u64().unwrap()).sum()
        };
        let places: u64 = places.iter().map(|piece| sum(&read(piece))).sum();
        let rest = read(&told.rest);
        places + sum(&rest["countries"]) + rest["off_map"].as_u64().unwrap()
    }
}

fn shown(engine: &mut Engine) -> Shown {
    while engine.step(1000.0, &|| 0.0) {}
    let mut shown = Shown::default();
    while let Some(next) = engine.take() {
        match next.update {
            Update::Frame(meta) => shown.frame = next.bars.map(|bars| (meta, bars)),
            Update::Table(page) => shown.table = Some(page),
            Update::Overview(overview) => shown.overview = Some(overview),
            Update::Map(map) => shown.map = Some((map, next.places)),
            Update::Inspection(found) => shown.summed = found.sums.map(|sums| sums.sessions),
            Update::Filter(found) => shown.problems = Some(found.problems),
            _ => shown.others += 1,
        }
    }
    shown
}

fn filter(engine: &mut Engine, line: &str) -> Shown {
    engine.command(Command::Settings(Settings {
        group: GroupBy::None,
        filter: line.to_owned(),
        ..Settings::default()
    }));
    shown(engine)
}

/// The demo fleet with every view in sight, a span over all of it.
fn watched() -> Engine {
    let mut engine = demo();
    drain(&mut engine);
    let [from, to] = ALL;
    engine.command(Command::Timeline(TimelineQuery {
        from,
        to,
        width: 100_000.0,
        ratio: 1.0,
        top: 0.0,
        height: 5_000.0,
    }));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sessions,
        columns: vec![Column::Offline, Column::Radio],
        sort: None,
        descending: false,
        first: 0,
        count: 10_000,
    }));
    engine.command(Command::Overview { buckets: 1 });
    engine.command(Command::Map { shown: true });
    engine.command(Command::Select(Selection {
        span: Some(ALL),
        ..Selection::default()
    }));
    engine
}

#[test]
fn every_view_shows_the_same_sessions() {
    let mut engine = watched();
    let all = filter(&mut engine, "").totals();
    for line in [
        "radio:nb-iot",
        "-country:NO dur>1h",
        "open",
        "operator:none",
        "vendor:soracom since:7d",
    ] {
        let now = filter(&mut engine, line);
        assert_eq!(now.problems.as_deref(), Some(&[][..]), "{line}");
        let [sims, sessions, ..] = now.totals();
        assert!(0 < sessions && sessions < all[1], "{line}: {sessions}");
        assert_eq!(now.drawn(), sessions, "the timeline, {line}");
        assert_eq!(now.summed, Some(sessions), "the sums, {line}");
        // A SIM without sessions lies in no span, but it is listed.
        let listed = now.frame.as_ref().unwrap().0.rows.len() as u32;
        assert!(listed >= sims, "the lanes, {line}");
        engine.command(Command::Select(Selection::default()));
        let without_span = shown(&mut engine);
        assert_eq!(without_span.totals()[0], listed, "the SIMs, {line}");
        engine.command(Command::Select(Selection {
            span: Some(ALL),
            ..Selection::default()
        }));
        assert!(now.on_map() >= u64::from(sessions), "the map, {line}");
        assert!(
            now.overview.as_ref().unwrap().counts[0] <= sessions,
            "the overview, {line}"
        );
        assert_eq!(now.table.unwrap().rows.len() as u32, sessions);
    }
    let now = filter(&mut engine, "radio:nb-iot");
    let nb_iot = Value::Radio(crate::model::Radio::NbIot);
    let rows = now.table.unwrap().rows;
    assert!(rows.iter().all(|row| row.cells.get(1) == Some(&nb_iot)));
    assert_eq!(filter(&mut engine, " ").totals(), all);
}

#[test]
fn events_and_usage_follow() {
    let mut engine = watched();
    let all = filter(&mut engine, "").totals();
    let [.., events, usage] = filter(&mut engine, "vendor:soracom,monogoto").totals();
    assert!(0 < events && events < all[2] && usage < all[3]);
    let [sims, _, others, _] = filter(&mut engine, "-event:connection").totals();
    assert_eq!(sims, all[0]);
    let [_, _, connections, _] = filter(&mut engine, "event:connection").totals();
    assert_eq!(connections + others, all[2]);
    let marks = filter(&mut engine, "event:disconnection")
        .frame
        .unwrap()
        .0
        .marks;
    assert!(
        marks
            .iter()
            .all(|mark| mark.kind == crate::model::EventKind::Disconnection as u8)
    );
}

#[test]
fn a_mistake_is_told_and_the_last_good_line_stays_in_force() {
    let mut engine = watched();
    let good = filter(&mut engine, "radio:nb-iot").totals();
    let bad = filter(&mut engine, "radio:nb-iot opertor:x");
    let problems = bad.problems.unwrap();
    assert_eq!((problems[0].from, problems[0].to), (13, 20));
    assert!(
        bad.table.is_none() && bad.frame.is_none() && bad.others == 0,
        "no view is sent again"
    );
    // Nor does a change of something else let more through.
    engine.command(Command::Settings(Settings {
        group: GroupBy::Country,
        filter: "radio:nb-iot opertor:x".to_owned(),
        ..Settings::default()
    }));
    assert_eq!(shown(&mut engine).totals(), good);
    // A line that says the same in other words is not evaluated, nor are views sent again.
    let same = filter(&mut engine, "radio:NB-IoT");
    assert_eq!(
        (same.problems.as_ref().map(Vec::len), same.totals()),
        (Some(0), good),
        "the group changed back"
    );
    let same = filter(&mut engine, "  radio:nb-iot");
    assert!(same.problems.is_some() && same.table.is_none());
}

#[test]
fn what_is_loaded_later_is_filtered_too() {
    let line = "operator:Telia* -radio:2g";
    let expected = filter(&mut watched(), line).totals();
    let mut engine = Engine::new();
    assert!(filter(&mut engine, line).problems.is_some());
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sessions,
        columns: vec![Column::Offline, Column::Radio],
        sort: None,
        descending: false,
        first: 0,
        count: 1,
    }));
    open_demo(&mut engine);
    assert!(expected[1] > 0);
    assert_eq!(shown(&mut engine).totals(), expected);
}

#[test]
fn how_long_a_sim_is_offline_is_what_its_table_says() {
    let mut engine = watched();
    engine.command(Command::Select(Selection::default()));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sims,
        columns: vec![Column::Offline, Column::Radio],
        sort: None,
        descending: false,
        first: 0,
        count: 100,
    }));
    let mut sims = |line: &str| {
        let rows = filter(&mut engine, line).table.unwrap().rows;
        let told = rows.iter().map(|row| match (row.key, row.cells.first()) {
            (RowKey::Sim(lane), Some(Value::Duration(ms))) => (lane, Some(*ms)),
            (RowKey::Sim(lane), _) => (lane, None),
            _ => panic!("the SIMs"),
        });
        told.collect::<Vec<(u32, Option<i64>)>>()
    };
    let all = sims("");
    for (line, least) in [
        ("offline", 0),
        ("offline>1h", 3_600_001),
        ("offline>7d", 604_800_001),
    ] {
        let expected = all
            .iter()
            .filter(|(_, offline)| offline.is_some_and(|ms| ms >= least));
        let expected: Vec<u32> = expected.map(|(lane, _)| *lane).collect();
        let found: Vec<u32> = sims(line).iter().map(|(lane, _)| *lane).collect();
        assert!(!found.is_empty() && found.len() < all.len(), "{line}");
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn completions_come_from_what_is_loaded() {
    let mut engine = watched();
    let all = filter(&mut engine, "").totals();
    let line = "-radio:";
    let cursor = line.len() as u32;
    engine.command(Command::Complete {
        line: line.into(),
        cursor,
    });
    let Some(Update::Completions(found)) = engine.take().map(|next| next.update) else {
        panic!("completions")
    };
    assert_eq!((found.line.as_str(), found.from, found.to), (line, 7, 7));
    let counted: u32 = found
        .items
        .iter()
        .map(|item| match item.count {
            Some(crate::store::filter::Counted::Sessions(n)) => n,
            _ => 0,
        })
        .sum();
    assert_eq!(counted, all[1]);
    for item in &found.items {
        let line = format!("radio:{}", item.insert);
        let sessions = filter(&mut engine, &line).totals()[1];
        assert_eq!(
            item.count,
            Some(crate::store::filter::Counted::Sessions(sessions)),
            "{line}"
        );
    }
}
