//! What stands out in the demo fleet: looked for after the views, kept, muted, filtered by.

use std::cell::Cell;

use super::{DEMO, demo, drain, open_demo};
use crate::engine::protocol::{
    Command, FindingRow, FindingsBy, FindingsItem, FindingsPage, FindingsQuery, RowLabel,
    Selection, Settings, Tab, TableQuery, TimelineQuery, Update,
};
use crate::engine::{Engine, OpenOptions};
use crate::insight::{Rule, Severity};

fn query() -> FindingsQuery {
    FindingsQuery {
        count: 1000,
        ..FindingsQuery::default()
    }
}

fn pages(updates: Vec<Update>) -> Vec<FindingsPage> {
    let pages = updates.into_iter().filter_map(|update| match update {
        Update::Findings(page) => Some(*page),
        _ => None,
    });
    pages.collect()
}

/// What is told of the findings under a query, once all were looked for.
fn told(engine: &mut Engine, query: FindingsQuery) -> FindingsPage {
    engine.command(Command::Findings(Box::new(query)));
    pages(drain(engine)).pop().unwrap()
}

fn rows(page: &FindingsPage) -> Vec<FindingRow> {
    let rows = page.rows.iter().filter_map(|item| match item {
        FindingsItem::Finding(row) => Some(row.clone()),
        FindingsItem::Head { .. } => None,
    });
    rows.collect()
}

fn keys(page: &FindingsPage) -> Vec<u64> {
    let mut keys: Vec<u64> = rows(page).iter().map(|row| row.key).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn the_demo_fleet_has_findings_of_several_kinds() {
    let mut engine = demo();
    let page = told(&mut engine, query());
    assert!(page.complete);
    assert_eq!((page.looked_at, page.sims), (40, 40));
    let kinds = page.by_rule.iter().filter(|count| **count > 0).count();
    assert!(kinds >= 2, "{:?}", page.by_rule);
    let listed = rows(&page);
    assert_eq!(listed.len() as u32, page.listed);
    assert_eq!(page.by_rule.iter().sum::<u32>(), page.listed);
    assert_eq!(page.by_severity.iter().sum::<u32>(), page.listed);
    let severities: Vec<Severity> = listed.iter().map(|row| row.severity).collect();
    assert!(severities.is_sorted_by(|a, b| a >= b), "the worst first");
    let mut found = keys(&page);
    found.dedup();
    assert_eq!(found.len() as u32, page.listed, "each has a key of its own");
}

#[test]
fn views_come_before_the_search_and_no_turn_of_it_is_long() {
    let mut engine = demo();
    drain(&mut engine);
    engine.command(Command::Findings(Box::new(query())));
    // Whenever it is looked at, a millisecond has gone.
    let clock = Cell::new(0.0);
    let now = || {
        clock.set(clock.get() + 1.0);
        clock.get()
    };
    let (mut turns, mut longest) = (0, 0.0_f64);
    loop {
        // A view that is asked for in between is answered in the same turn.
        if turns % 5 == 0 {
            engine.command(Command::Overview { buckets: 100 });
        }
        let began = clock.get();
        let more = engine.step(8.0, &now);
        longest = longest.max(clock.get() - began);
        let mut answered = false;
        while let Some(next) = engine.take() {
            answered |= matches!(next.update, Update::Overview(_));
        }
        assert_eq!(answered, turns % 5 == 0, "turn {turns}");
        turns += 1;
        if !more {
            break;
        }
    }
    assert!(turns > 3, "{turns}");
    assert!(longest <= 16.0, "{longest} ms");
}

#[test]
fn nothing_is_looked_for_before_somebody_wants_to_know() {
    let mut engine = demo();
    assert_eq!(pages(drain(&mut engine)), []);
    engine.command(Command::Overview { buckets: 10 });
    while engine.step(8.0, &|| 0.0) {}
    assert!(!engine.findings.is_complete(&engine.store));
}

#[test]
fn former_findings_stay_until_those_of_newer_data_are_complete() {
    let mut engine = demo();
    let before = told(&mut engine, query());
    let name = "kore/gate-4-data-sessions.json";
    let bytes = std::fs::read(format!("{DEMO}{name}")).unwrap();
    engine.begin(
        900,
        OpenOptions {
            name: "again.json".to_owned(),
            source: Some("again".to_owned()),
            ..OpenOptions::default()
        },
    );
    engine.push(900, &bytes);
    drain(&mut engine);
    // The refresh of a load is behind the figures by a while.
    while engine.step(8.0, &|| 1_000.0) {}
    while engine.step(8.0, &|| 2_000.0) {}
    let mut last = None;
    while let Some(next) = engine.take() {
        if let Update::Findings(page) = next.update {
            last = Some(*page);
        }
    }
    let during = last.unwrap();
    assert!(!during.complete, "while a file is read");
    assert_eq!(keys(&during), keys(&before));
    engine.finish(900);
    let after = pages(drain(&mut engine)).pop().unwrap();
    assert!(after.complete);
    assert_eq!(keys(&after), keys(&before), "the same sessions once more");
}

#[test]
fn other_limits_are_looked_for_anew() {
    let mut engine = demo();
    let before = told(&mut engine, query());
    let rule = rows(&before).first().unwrap().rule;
    let mut harder = query();
    harder.thresholds.silence.least_ms = i64::MAX / 4;
    harder.thresholds.silence.weekend_ms = i64::MAX / 4;
    harder.thresholds.reconnect_storm.sessions = u32::MAX;
    harder.thresholds.outage.sims = u32::MAX;
    let after = told(&mut engine, harder);
    assert!(after.complete);
    for (rule, count) in Rule::ALL.into_iter().zip(after.by_rule) {
        let none = [Rule::Silence, Rule::ReconnectStorm, Rule::Outage].contains(&rule);
        assert!(!none || count == 0, "{rule:?}: {count}");
    }
    assert!(after.listed < before.listed, "{rule:?}");
    assert_eq!(told(&mut engine, query()), before);
}

#[test]
fn a_muted_finding_is_counted_and_listed_apart() {
    let mut engine = demo();
    let all = told(&mut engine, query());
    let muted = rows(&all)
        .into_iter()
        .find(|row| row.lane.is_some())
        .unwrap();
    let without = FindingsQuery {
        muted: vec![muted.key],
        ..query()
    };
    let page = told(&mut engine, without.clone());
    assert_eq!((page.listed, page.muted), (all.listed - 1, 1));
    assert_eq!(page.all, all.all - 1);
    assert!(!keys(&page).contains(&muted.key));
    let shown = told(
        &mut engine,
        FindingsQuery {
            shows_muted: true,
            ..without
        },
    );
    let listed = rows(&shown);
    assert_eq!(listed.len() as u32, all.listed);
    assert!(listed.iter().all(|row| row.muted == (row.key == muted.key)));
    assert_eq!(told(&mut engine, query()), all, "and back");
}

/// The label of a lane, and how many lines lie over it.
fn mark_of(engine: &mut Engine, lane: u32) -> (Option<u32>, usize) {
    engine.command(Command::Settings(Settings {
        group: crate::engine::protocol::GroupBy::None,
        row_px: if engine.settings.row_px == 28 { 27 } else { 28 },
        ..engine.settings.clone()
    }));
    engine.command(Command::Timeline(TimelineQuery {
        from: 1_700_000_000_000,
        to: 1_800_000_000_000,
        width: 1_000.0,
        ratio: 1.0,
        top: 0.0,
        height: 5_000.0,
    }));
    let mut updates = drain(engine).into_iter().rev();
    let meta = updates.find_map(|update| match update {
        Update::Frame(meta) => Some(meta),
        _ => None,
    });
    let meta = meta.unwrap();
    let labels = meta.row_labels.unwrap();
    let is = |label: &RowLabel| matches!(label, RowLabel::Lane { lane: one, .. } if *one == lane);
    let at = labels.iter().position(is).unwrap();
    let RowLabel::Lane { finding, .. } = &labels[at] else {
        panic!("a lane");
    };
    let lines = meta.findings.iter();
    (
        finding.as_ref().map(|mark| mark.count),
        lines.filter(|line| line.row == at as u32).count(),
    )
}

#[test]
fn lanes_are_marked_until_their_findings_are_muted() {
    let mut engine = demo();
    let page = told(&mut engine, query());
    let lane = rows(&page).into_iter().find_map(|row| row.lane).unwrap();
    let (count, lines) = mark_of(&mut engine, lane);
    assert!(count.unwrap() >= 1);
    assert_eq!(count.unwrap() as usize, lines);
    let muted = rows(&page).into_iter().map(|row| row.key).collect();
    told(&mut engine, FindingsQuery { muted, ..query() });
    assert_eq!(mark_of(&mut engine, lane), (None, 0));
}

/// How many SIMs a filter line lists.
fn sims_listed(engine: &mut Engine, line: &str) -> u32 {
    engine.command(Command::Settings(Settings {
        filter: line.to_owned(),
        ..Settings::default()
    }));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sims,
        columns: Vec::new(),
        sort: None,
        descending: false,
        first: 0,
        count: 1,
    }));
    let updates = drain(engine).into_iter().rev();
    let mut pages = updates.filter_map(|update| match update {
        Update::Table(page) => Some(page.total),
        _ => None,
    });
    pages.next().unwrap()
}

#[test]
fn sims_are_filtered_by_what_stands_out_in_them() {
    let mut engine = demo();
    // Nobody wants findings but the filter.
    let any = sims_listed(&mut engine, "finding:any");
    let none = sims_listed(&mut engine, "finding:none");
    assert!(any > 0 && none > 0 && any + none == 40, "{any}, {none}");
    let page = told(&mut engine, query());
    // They are found in all SIMs, and listed where their SIMs are.
    assert_eq!((page.listed, page.all > 0), (0, true));
    let all = {
        engine.command(Command::Settings(Settings::default()));
        told(&mut engine, query())
    };
    let row = rows(&all)
        .into_iter()
        .find(|row| row.lane.is_some())
        .unwrap();
    let mut lanes: Vec<u32> = rows(&all)
        .iter()
        .filter(|other| other.rule == row.rule)
        .filter_map(|other| other.lane)
        .collect();
    lanes.sort_unstable();
    lanes.dedup();
    let line = format!("finding:{}", row.rule.as_str());
    assert_eq!(sims_listed(&mut engine, &line), lanes.len() as u32);
    // Muted ones do not count, and what is muted while the filter is in force goes at once.
    let muted: Vec<u64> = rows(&all).iter().map(|row| row.key).collect();
    told(&mut engine, FindingsQuery { muted, ..query() });
    assert_eq!(sims_listed(&mut engine, "finding:any"), 0);
    assert_eq!(sims_listed(&mut engine, "finding:none"), 40);
}

#[test]
fn a_span_lists_what_overlaps_it() {
    let mut engine = demo();
    let all = told(&mut engine, query());
    let row = rows(&all).pop().unwrap();
    let span = [row.from - 1000, row.from];
    engine.command(Command::Select(Selection {
        span: Some(span),
        ..Selection::default()
    }));
    let page = pages(drain(&mut engine)).pop().unwrap();
    let overlaps = |row: &&FindingRow| row.from <= span[1] && row.to >= span[0];
    let expected = rows(&all).iter().filter(overlaps).count();
    assert_eq!(page.listed as usize, expected);
    assert!(keys(&page).contains(&row.key));
    assert_eq!(page.all, all.all);
}

#[test]
fn keys_stay_in_another_tab_in_another_order_and_later() {
    let mut engine = demo();
    let before = told(&mut engine, query());
    let index = std::fs::read_to_string(format!("{DEMO}index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    let mut later = Engine::new();
    let answers = index["answers"].as_array().unwrap();
    for (document, answer) in (0u32..).zip(answers.iter().rev()) {
        let text = |key: &str| answer[key].as_str().map(str::to_owned);
        let observed = text("observed").map(|at| {
            let at = crate::model::Instant::from_rfc3339(&at).unwrap();
            let at = crate::model::Instant::from_ms(at.ms() + 3_600_000).unwrap();
            at.to_string()
        });
        let bytes = std::fs::read(format!("{DEMO}{}", answer["file"].as_str().unwrap())).unwrap();
        later.begin(
            document,
            OpenOptions {
                name: text("file").unwrap(),
                source: text("source"),
                sim: text("sim"),
                account: text("sim").is_none(),
                observed,
                ..OpenOptions::default()
            },
        );
        later.push(document, &bytes);
        later.finish(document);
    }
    let after = told(&mut later, query());
    let lost: Vec<FindingRow> = rows(&before)
        .into_iter()
        .filter(|row| !keys(&after).contains(&row.key))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    let ended = |page: &FindingsPage| rows(page).iter().map(|row| row.to).max();
    assert!(ended(&after) > ended(&before), "some go on");
}

#[test]
fn findings_are_grouped_left_out_and_stepped_through() {
    let mut engine = demo();
    let all = told(&mut engine, query());
    for by in [FindingsBy::Kind, FindingsBy::Sim] {
        let page = told(&mut engine, FindingsQuery { by, ..query() });
        assert_eq!(keys(&page), keys(&all));
        let heads = page.rows.iter().filter_map(|item| match item {
            FindingsItem::Head { count, .. } => Some(*count),
            FindingsItem::Finding(_) => None,
        });
        let heads: Vec<u32> = heads.collect();
        assert_eq!(heads.iter().sum::<u32>(), all.listed);
        assert_eq!(page.total, all.listed + heads.len() as u32);
    }
    let rule = rows(&all)[0].rule;
    let page = told(
        &mut engine,
        FindingsQuery {
            without_rules: vec![rule],
            ..query()
        },
    );
    assert_eq!(page.listed, all.listed - all.by_rule[rule as usize]);
    assert_eq!(page.by_rule, all.by_rule, "what a toggle counts stays");

    let step = |engine: &mut Engine, by: i32| {
        engine.command(Command::StepFinding { by });
        let updates = drain(engine).into_iter();
        let mut chosen = updates.filter_map(|update| match update {
            Update::FindingChosen(row) => Some(row.key),
            _ => None,
        });
        chosen.next().unwrap()
    };
    let listed: Vec<u64> = rows(&all).iter().map(|row| row.key).collect();
    told(&mut engine, query());
    assert_eq!(step(&mut engine, 1), listed[0]);
    assert_eq!(step(&mut engine, i32::MAX), *listed.last().unwrap());
    let chosen = Some(listed[1]);
    told(&mut engine, FindingsQuery { chosen, ..query() });
    assert_eq!(step(&mut engine, 1), listed[2]);
    assert_eq!(step(&mut engine, -1), listed[0]);
    assert_eq!(step(&mut engine, -7), listed[0]);
}

#[test]
fn the_chosen_finding_is_told_with_its_evidence() {
    let mut engine = demo();
    let all = told(&mut engine, query());
    for row in rows(&all) {
        let chosen = Some(row.key);
        let page = told(
            &mut engine,
            FindingsQuery {
                chosen,
                ..FindingsQuery::default()
            },
        );
        assert!(page.rows.is_empty() && page.chosen_at.is_some());
        let detail = page.detail.unwrap();
        assert_eq!(detail.row, row);
        assert!(!detail.next.is_empty() && detail.figures.len() > 3);
        assert!(!detail.all_sessions.is_empty() || detail.event_count > 0);
        for evidence in &detail.sessions {
            assert!(row.lane.is_none_or(|lane| lane == evidence.lane));
            assert!(evidence.from.unwrap() <= row.to);
        }
    }
}

#[test]
fn clearing_forgets_findings_and_not_what_is_wanted() {
    let mut engine = demo();
    told(&mut engine, query());
    engine.command(Command::Clear);
    let page = pages(drain(&mut engine)).pop().unwrap();
    assert_eq!((page.all, page.complete, page.sims), (0, true, 0));
    open_demo(&mut engine);
    let page = pages(drain(&mut engine)).pop().unwrap();
    assert!(page.all > 0 && page.complete);
}
