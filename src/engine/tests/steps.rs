//! The next SIM, folding, and where edges lie exactly.

use super::{demo, drain};
use crate::engine::Engine;
use crate::engine::protocol::{
    Command, GroupBy, RowLabel, Selection, Settings, TimelineQuery, Update,
};
use crate::timeline::EdgeQuery;

fn selected(engine: &mut Engine, by: i32, from_y: f32) -> Option<u32> {
    engine.command(Command::StepLane { by, from_y });
    let mut chosen = drain(engine).into_iter().filter_map(|update| match update {
        Update::Selected(selection) => Some(selection.lane),
        _ => None,
    });
    chosen.next_back().flatten()
}

fn lanes(engine: &mut Engine) -> Vec<Option<u32>> {
    engine.command(Command::Timeline(TimelineQuery {
        from: 0,
        to: 2_000_000_000_000,
        width: 100.0,
        ratio: 1.0,
        top: 0.0,
        height: 50_000.0,
    }));
    let mut labels = drain(engine).into_iter().filter_map(|update| match update {
        Update::Frame(meta) => meta.row_labels,
        _ => None,
    });
    let labels = labels.next_back().unwrap_or_default();
    labels
        .iter()
        .map(|label| match label {
            RowLabel::Lane { lane, .. } => Some(*lane),
            RowLabel::Group { .. } | RowLabel::Track { .. } => None,
        })
        .collect()
}

#[test]
fn steps_go_over_the_heads_of_groups_and_stop_at_the_ends() {
    let mut engine = demo();
    let rows = lanes(&mut engine);
    let listed: Vec<u32> = rows.iter().copied().flatten().collect();
    assert_eq!(listed.len(), 40);
    assert!(rows[0].is_none(), "the list begins with a group");
    // Nothing is chosen: the first SIM in view, whichever way.
    assert_eq!(selected(&mut engine, -1, 0.0), Some(listed[0]));
    engine.command(Command::Select(Selection::default()));
    let below = rows[10..].iter().find_map(|row| *row);
    assert_eq!(selected(&mut engine, 1, 280.0), below);
    assert_eq!(selected(&mut engine, i32::MIN, 0.0), Some(listed[0]));
    for lane in &listed[1..] {
        assert_eq!(selected(&mut engine, 1, 0.0), Some(*lane));
    }
    assert_eq!(selected(&mut engine, 1, 0.0), listed.last().copied());
    assert_eq!(selected(&mut engine, -10, 0.0), Some(listed[29]));
    assert_eq!(selected(&mut engine, -100, 0.0), Some(listed[0]));
    assert_eq!(selected(&mut engine, i32::MAX, 0.0), listed.last().copied());
}

fn folded(engine: &mut Engine, lane: Option<u32>) -> Vec<String> {
    engine.command(Command::Fold { lane });
    let updates = drain(engine);
    let folded = updates.into_iter().find_map(|update| match update {
        Update::Folded(keys) => Some(keys),
        _ => None,
    });
    let folded = folded.unwrap();
    engine.command(Command::Settings(Settings {
        folded: folded.clone(),
        ..Settings::default()
    }));
    folded
}

#[test]
fn the_group_of_a_lane_is_folded_and_unfolded() {
    let mut engine = demo();
    let rows = lanes(&mut engine);
    let first = rows.iter().copied().flatten().next();
    assert_eq!(folded(&mut engine, first).len(), 1);
    assert!(lanes(&mut engine)[1].is_none(), "the first group is folded");
    // The lane is not on screen any more; its group is known all the same.
    assert_eq!(folded(&mut engine, first), Vec::<String>::new());
    assert_eq!(lanes(&mut engine), rows);
    let all = folded(&mut engine, None);
    assert_eq!(all.len(), rows.iter().filter(|row| row.is_none()).count());
    assert_eq!(lanes(&mut engine).iter().flatten().count(), 0);
    assert_eq!(selected(&mut engine, 1, 0.0), None, "no SIM is listed");
    engine.command(Command::Settings(Settings {
        group: GroupBy::None,
        ..Settings::default()
    }));
    engine.command(Command::Fold { lane: first });
    let last = drain(&mut engine).pop();
    assert!(!matches!(last, Some(Update::Folded(keys)) if !keys.is_empty()));
}

#[test]
fn an_edge_is_told_to_the_millisecond() {
    let mut engine = demo();
    drain(&mut engine);
    let (lane, start, end) = {
        let store = engine.store();
        let (lane, found) = store
            .lanes()
            .find(|(_, lane)| lane.sessions.len() > 3)
            .unwrap();
        let row = found.sessions[1];
        (lane, store.begin(row), store.solid_until(row))
    };
    let ask = |engine: &mut Engine, drawn: i64, within: i64| {
        engine.command(Command::Edge(EdgeQuery {
            lane,
            drawn,
            within,
        }));
        let found = drain(engine).into_iter().find_map(|update| match update {
            Update::Edge { query, at } => Some((query.drawn, at)),
            _ => None,
        });
        let (asked, at) = found.unwrap();
        assert_eq!(asked, drawn);
        at
    };
    assert_eq!(ask(&mut engine, start + 40, 50), Some(start));
    assert_eq!(ask(&mut engine, end - 40, 50), Some(end));
    assert_eq!(ask(&mut engine, start, 0), Some(start));
    assert_eq!(ask(&mut engine, start - 1_000_000_000_000, 50), None);
}
