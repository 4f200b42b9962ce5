//! The engine as its host drives it: the whole demo fleet through commands and updates.

mod case;
mod drawing;
mod filtering;
mod findings;
mod fleet;
mod host;
mod labels;
mod names;
mod pace;
mod places;
mod remembered;
mod report;
mod steps;
mod tables;
mod watching;

use super::protocol::{
    ColourBy, Column, Command, GroupBy, Selection, Settings, Tab, TableQuery, TimelineQuery, Update,
};
use super::{Engine, OpenOptions};
use crate::timeline::BarFlags;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/demo/");

fn drain(engine: &mut Engine) -> Vec<Update> {
    while engine.step(1000.0, &|| 0.0) {}
    let mut updates = Vec::new();
    while let Some(next) = engine.take() {
        updates.push(next.update);
    }
    updates
}

fn demo() -> Engine {
    let mut engine = Engine::new();
    open_demo(&mut engine);
    engine
}

fn open_demo(engine: &mut Engine) {
    let index = std::fs::read_to_string(format!("{DEMO}index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    for (document, answer) in (0u32..).zip(index["answers"].as_array().unwrap()) {
        let text = |key: &str| answer[key].as_str().map(str::to_owned);
        let bytes = std::fs::read(format!("{DEMO}{}", answer["file"].as_str().unwrap())).unwrap();
        engine.begin(
            document,
            OpenOptions {
                name: text("file").unwrap(),
                source: text("source"),
                sim: text("sim"),
                account: text("sim").is_none(),
                observed: text("observed"),
                ..OpenOptions::default()
            },
        );
        for piece in bytes.chunks(1000) {
            engine.push(document, piece);
        }
        engine.finish(document);
    }
}

#[test]
fn the_demo_fleet_loads_without_a_problem() {
    let mut engine = demo();
    let updates = drain(&mut engine);
    let mut summary = None;
    for update in updates {
        match update {
            Update::Loaded(loaded) => {
                let empty = loaded.code.as_deref() == Some("no_records");
                assert!(loaded.problem.is_none() || empty, "{loaded:?}");
                assert_eq!(
                    (loaded.bad_records, loaded.question),
                    (0, None),
                    "{}",
                    loaded.name
                );
            }
            Update::Summary(found) => summary = Some(found),
            _ => {}
        }
    }
    let summary = summary.unwrap();
    assert_eq!(summary.totals.sims, 40, "one lane for every SIM");
    assert!(summary.totals.sessions > 1_000);
    assert_eq!(summary.sources.len(), 6);
    let unexpected: Vec<_> = summary
        .sources
        .iter()
        .flat_map(|source| &source.warnings)
        .filter(|warning| warning.code != "no_records" && warning.code != "zone_missing")
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

#[test]
fn the_table_holds_as_many_sessions_as_the_timeline() {
    let mut engine = demo();
    engine.command(Command::Settings(Settings {
        group: GroupBy::None,
        colour: ColourBy::Operator,
        ..Settings::default()
    }));
    engine.command(Command::Timeline(TimelineQuery {
        from: 1_700_000_000_000,
        to: 1_800_000_000_000,
        width: 100_000.0,
        ratio: 1.0,
        top: 0.0,
        height: 5_000.0,
    }));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sessions,
        columns: vec![Column::Start],
        sort: None,
        descending: false,
        first: 0,
        count: 10_000,
    }));
    while engine.step(1000.0, &|| 0.0) {}
    let (mut drawn, mut listed) = (0, 0);
    while let Some(next) = engine.take() {
        if let Some(bars) = next.bars {
            let whole = bars.iter().filter(|bar| !bar.flags.has(BarFlags::SEGMENT));
            drawn = whole.map(|bar| bar.count).sum();
        }
        if let Update::Table(page) = next.update {
            listed = page.rows.len() as u32;
        }
    }
    assert_eq!(listed, engine.store().session_count());
    assert_eq!(drawn, listed);
}

#[test]
fn a_span_filters_the_tables_and_is_summed() {
    let mut engine = demo();
    drain(&mut engine);
    let day = 86_400_000;
    let from = crate::model::Instant::from_rfc3339("2026-10-20T00:00:00Z")
        .unwrap()
        .ms();
    engine.command(Command::Select(Selection {
        span: Some([from, from + day]),
        ..Selection::default()
    }));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sessions,
        columns: vec![Column::Start],
        sort: Some(Column::Start),
        descending: true,
        first: 0,
        count: 5,
    }));
    let updates = drain(&mut engine);
    let sums = updates.iter().find_map(|update| match update {
        Update::Inspection(found) => found.sums.clone(),
        _ => None,
    });
    let page = updates.iter().find_map(|update| match update {
        Update::Table(page) => Some(page),
        _ => None,
    });
    let (sums, page) = (sums.unwrap(), page.unwrap());
    assert!(sums.sessions > 0 && sums.sessions < engine.store().session_count());
    assert_eq!(page.total, sums.sessions);
    assert!(sums.online_ms <= i64::from(sums.sims) * day);
}
