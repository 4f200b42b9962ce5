//! What is drawn of whole lanes: time that was not fetched, all SIMs at once, the rows of an opened lane, the sticky head.

use super::{demo, drain};
use crate::engine::protocol::{
    Command, FleetMeta, FleetQuery, FrameMeta, GroupBy, RowLabel, Settings, SortBy, TimelineQuery,
    Update,
};
use crate::engine::{Cells, Engine, OpenOptions};
use crate::timeline::{Bars, RowKind, Track};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/demo/");
const FROM: i64 = 1_790_000_000_000;
const TO: i64 = 1_793_500_000_000;

fn open(engine: &mut Engine, document: u32, file: &str, sim: Option<&str>, history: bool) {
    let provider = crate::model::ProviderId::from_name("kore");
    engine.begin(
        document,
        OpenOptions {
            name: file.to_owned(),
            source: Some("live".to_owned()),
            provider,
            sim: sim.map(str::to_owned),
            observed: Some("2026-10-30T14:00:00Z".to_owned()),
            history: Some(history),
            ..OpenOptions::default()
        },
    );
    engine.push(document, &std::fs::read(format!("{DEMO}{file}")).unwrap());
    engine.finish(document);
}

fn frame(engine: &mut Engine, top: f32, height: f32) -> (FrameMeta, Bars) {
    engine.command(Command::Timeline(TimelineQuery {
        from: FROM,
        to: TO,
        width: 1000.0,
        ratio: 1.0,
        top,
        height,
    }));
    while engine.step(1000.0, &|| 0.0) {}
    let mut found = None;
    while let Some(next) = engine.take() {
        if let (Update::Frame(meta), Some(bars)) = (next.update, next.bars) {
            found = Some((meta, bars));
        }
    }
    found.unwrap()
}

#[test]
fn labels_of_rows_are_told_once() {
    let mut engine = demo();
    let told = |engine: &mut Engine, top| frame(engine, top, 300.0).0.row_labels.is_some();
    assert!(told(&mut engine, 0.0));
    assert!(!told(&mut engine, 0.0));
    assert!(told(&mut engine, 400.0), "other rows");
    assert!(!told(&mut engine, 400.0));
    engine.command(Command::Settings(Settings {
        pinned: vec![3],
        ..Settings::default()
    }));
    assert!(told(&mut engine, 400.0), "what they say may have changed");
}

fn fleet(engine: &mut Engine, height: u32) -> (FleetMeta, Cells) {
    engine.command(Command::Fleet(Some(FleetQuery {
        from: FROM,
        to: TO,
        width: 100,
        height,
        first: 0,
        count: 0,
    })));
    while engine.step(1000.0, &|| 0.0) {}
    let mut found = None;
    while let Some(next) = engine.take() {
        if let (Update::Fleet(meta), Some(cells)) = (next.update, next.cells) {
            found = Some((meta, cells));
        }
    }
    found.unwrap()
}

#[test]
fn a_sim_whose_sessions_were_not_fetched_is_hatched_and_says_so() {
    let mut engine = Engine::new();
    open(&mut engine, 0, "kore/sims.json", None, false);
    let notes = |meta: &FrameMeta| {
        let is = |text: &str| text == "sessions not fetched";
        meta.notes.iter().filter(|(_, note)| is(&note.text)).count()
    };
    let (meta, _) = frame(&mut engine, 0.0, 5000.0);
    let sims = engine.store().lanes().count();
    assert_eq!(notes(&meta), sims);
    assert!(meta.hatches.iter().all(|(_, x)| *x >= 1000.0));

    let sim = "DE0000000000000000000000000000a113";
    open(
        &mut engine,
        1,
        "kore/truck-a-113-data-sessions.json",
        Some(sim),
        true,
    );
    let (meta, _) = frame(&mut engine, 0.0, 5000.0);
    assert_eq!(notes(&meta), sims - 1);

    // Nothing within the window is an answer, too.
    let provider = crate::model::ProviderId::from_name("kore");
    engine.begin(
        2,
        OpenOptions {
            source: Some("live".to_owned()),
            provider,
            sim: Some("DE0000000000000000000000000000a114".to_owned()),
            history: Some(true),
            ..OpenOptions::default()
        },
    );
    engine.push(2, br#"{"data_sessions":[],"meta":{"key":"data_sessions"}}"#);
    engine.finish(2);
    assert_eq!(notes(&frame(&mut engine, 0.0, 5000.0).0), sims - 2);
}

#[test]
fn all_sims_at_once_tell_how_many_are_up() {
    let mut engine = demo();
    drain(&mut engine);
    let (meta, each) = fleet(&mut engine, 40);
    assert_eq!((meta.total, meta.count, each.up.len()), (40, 40, 4000));
    assert!(!meta.bands.is_empty());
    assert_eq!(meta.bands.iter().map(|band| band.sims).sum::<u32>(), 40);
    // A row of pixels for each lane: up or not.
    assert!(each.up.iter().all(|up| [0, 255].contains(up)));
    // Four lanes share one: their strength is the share that is up.
    let (_, shared) = fleet(&mut engine, 10);
    for row in 0..10 {
        for column in 0..100 {
            let lanes = (row * 4..row * 4 + 4).map(|lane| each.up[lane * 100 + column]);
            let up = lanes.filter(|up| *up > 0).count();
            assert_eq!(usize::from(shared.up[row * 100 + column]), up * 255 / 4);
        }
    }
}

#[test]
fn an_opened_lane_is_followed_by_its_rows_and_the_topmost_group_keeps_its_head() {
    let mut engine = demo();
    drain(&mut engine);
    let (meta, _) = frame(&mut engine, 0.0, 500.0);
    assert_eq!(meta.sticky, None);
    let lane = meta.rows.iter().find_map(|row| row.kind.lane()).unwrap();
    engine.command(Command::Settings(Settings {
        opened: vec![lane],
        ..Settings::default()
    }));
    let (meta, bars) = frame(&mut engine, 0.0, 500.0);
    let at = |kind: RowKind| meta.rows.iter().position(|row| row.kind == kind);
    let first = at(RowKind::Lane(lane)).unwrap();
    for (number, track) in Track::ALL.into_iter().enumerate() {
        assert_eq!(at(RowKind::Track(lane, track)), Some(first + 1 + number));
    }
    // As many sessions in the operator's row as in the lane's own, where all tell an operator.
    let sessions = |row: usize| {
        let heads = bars.range(bars.of_row(row));
        heads.map(|bar| bar.count).sum::<u32>()
    };
    assert!(sessions(first + 1) > 0);
    for pair in meta.rows.windows(2) {
        assert!((pair[0].y + pair[0].height - pair[1].y).abs() < 0.01);
    }
    let (meta, _) = frame(&mut engine, 150.0, 300.0);
    let sticky = meta.rows[meta.sticky.unwrap() as usize];
    assert!(matches!(sticky.kind, RowKind::Group(_)) && sticky.y < 150.0);
    assert_eq!(
        Some(meta.rows.len()),
        meta.row_labels.as_ref().map(Vec::len)
    );
}

#[test]
fn lanes_are_pinned_left_out_grouped_and_ordered_by_traffic() {
    let mut engine = demo();
    drain(&mut engine);
    let order = |engine: &mut Engine, settings: Settings| -> Vec<u32> {
        engine.command(Command::Settings(settings));
        let (meta, _) = frame(engine, 0.0, 5000.0);
        meta.rows.iter().filter_map(|row| row.kind.lane()).collect()
    };
    let flat = Settings {
        group: GroupBy::None,
        ..Settings::default()
    };
    let all = order(&mut engine, flat.clone());
    let (pinned, gone) = (all[7], all[3]);
    let chosen = order(
        &mut engine,
        Settings {
            pinned: vec![pinned],
            left_out: vec![gone],
            ..flat.clone()
        },
    );
    assert_eq!(chosen[0], pinned);
    assert_eq!(chosen.len(), all.len() - 1);
    assert!(!chosen.contains(&gone));

    let by_traffic = order(
        &mut engine,
        Settings {
            sort: SortBy::Traffic,
            ..flat.clone()
        },
    );
    let bytes = |lane: u32| engine.store().lane(lane).and_then(|lane| lane.facts.bytes);
    let told: Vec<u64> = by_traffic.iter().filter_map(|lane| bytes(*lane)).collect();
    assert!(told.len() > 3 && told.is_sorted_by(|a, b| a >= b));

    for group in [GroupBy::Tag, GroupBy::Device] {
        engine.command(Command::Settings(Settings {
            group,
            ..Settings::default()
        }));
        let (meta, _) = frame(&mut engine, 0.0, 5000.0);
        let labels = meta.row_labels.unwrap();
        let heads = labels.iter().filter_map(|label| match label {
            RowLabel::Group { sims, .. } => Some(*sims),
            _ => None,
        });
        assert_eq!(heads.sum::<u32>(), 40);
    }
}
