//! A week of a small fleet, with all that a lane can show.

use super::scene::{Dice, HOUR, Lane, MIN, Scene, bar, known};
use crate::{BarFlags, LaneEvent, Note, Row, RowKind, Tone};

/// Where the week begins.
pub const FROM: i64 = 1_792_800_000_000;
/// Nothing was kept before.
const KEPT: i64 = FROM + 11 * HOUR;
/// When the open sessions last changed.
const CHANGED: i64 = FROM + 151 * HOUR;
/// When they were fetched.
const FETCHED: i64 = FROM + 162 * HOUR;
/// Colour of each lane.
const COLOURS: [u8; 14] = [2, 0, 2, 0, 0, 3, 3, 0, 3, 0, 1, 4, 0, 0];
/// These lanes are offline at the end.
const OFFLINE: [usize; 2] = [2, 11];

/// The scene, its rows in three groups, and the lanes of the groups.
pub fn week() -> (Scene, Vec<Row>, Vec<Vec<u32>>) {
    let mut scene = Scene::default();
    let mut dice = Dice(7);
    let mut next = 0;
    for n in 0..COLOURS.len() {
        let mut lane = sessions(n, &mut dice, &mut next);
        match n {
            1 => name(&lane, &mut scene),
            4 => storm(&mut lane, &mut dice, &mut next),
            5 | 8 => events(&mut lane),
            7 => segments(&lane, &mut scene),
            13 => overlaps(&mut lane, &mut next),
            _ => {}
        }
        if OFFLINE.contains(&n) {
            lane.note = lane.bars.last().map(|bar| Note {
                at: bar.light_until,
                text: "offline 3 d 4 h".to_owned(),
                tone: Tone::Bad,
            });
        }
        scene.lanes.push(lane);
    }
    let groups = vec![vec![0, 1, 2, 3, 4], vec![5, 6, 7, 8], (9..14).collect()];
    let rows = rows(&groups);
    (scene, rows, groups)
}

fn rows(groups: &[Vec<u32>]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut y = 0.0;
    for (group, lanes) in (0..).zip(groups) {
        let mut add = |kind, height| {
            rows.push(Row { kind, y, height });
            y += height;
        };
        add(RowKind::Group(group), 24.0);
        for &n in lanes {
            add(RowKind::Lane(n), 28.0);
        }
    }
    rows
}

fn sessions(n: usize, dice: &mut Dice, next: &mut u32) -> Lane {
    let mut lane = Lane {
        nothing_before: Some(KEPT),
        ..Lane::default()
    };
    let colour = COLOURS[n];
    let until = if OFFLINE.contains(&n) {
        FROM + 90 * HOUR
    } else {
        CHANGED
    };
    let mut at = KEPT + dice.roll(5 * HOUR);
    while at < until {
        let (length, pause) = match colour {
            3 => (145 * MIN, 40 * MIN),
            4 => (dice.roll(70 * MIN), 10 * MIN + dice.roll(60 * MIN)),
            _ => (3 * HOUR + dice.roll(14 * HOUR), HOUR + dice.roll(7 * HOUR)),
        };
        let end = (at + length).min(CHANGED);
        let (light, flags) = match (end, n) {
            (CHANGED, _) => (FETCHED, BarFlags::OPEN),
            (_, 9) if next.is_multiple_of(2) => {
                (end, BarFlags::END_UNKNOWN | BarFlags::START_UNSURE)
            }
            (_, 12) => (end + pause / 2, BarFlags::END_ESTIMATED),
            _ => (end, 0),
        };
        let (start, flags) = if lane.bars.is_empty() && n.is_multiple_of(3) {
            (KEPT, flags | BarFlags::START_BEFORE)
        } else {
            (at, flags)
        };
        lane.bars
            .push(known(*next, [start, end, light], colour, flags));
        *next += 1;
        at = end + pause;
    }
    lane
}

fn name(lane: &Lane, scene: &mut Scene) {
    for (bar, name) in lane
        .bars
        .iter()
        .zip(["Tele2", "Telenor", "Telia"].iter().cycle())
    {
        scene.labels.push((bar.session, (*name).to_owned()));
    }
}

fn segments(lane: &Lane, scene: &mut Scene) {
    for bar in lane.bars.iter().step_by(3) {
        let third = (bar.solid_until - bar.start) / 3;
        let at = |n: i64| bar.start + n * third;
        let known = vec![(at(0), 0), (at(1), 4), (at(2), 0)];
        scene.segments.push((bar.session, known));
    }
}

/// Four hundred sessions within a day.
fn storm(lane: &mut Lane, dice: &mut Dice, next: &mut u32) {
    let from = FROM + 60 * HOUR;
    lane.bars
        .retain(|b| b.light_until < from || b.start > from + 20 * HOUR);
    for k in 0..400 {
        let start = from + k * 3 * MIN;
        lane.bars
            .push(bar(*next, start, start + MIN + dice.roll(MIN), 4));
        *next += 1;
    }
    lane.bars.sort_by_key(|bar| bar.start);
}

/// A second session an hour after every third one's start.
fn overlaps(lane: &mut Lane, next: &mut u32) {
    let thirds: Vec<_> = lane.bars.iter().copied().step_by(3).collect();
    for first in thirds {
        let end = first.solid_until + HOUR;
        lane.bars.push(bar(*next, first.start + HOUR, end, 5));
        *next += 1;
    }
    lane.bars.sort_by_key(|bar| bar.start);
}

fn events(lane: &mut Lane) {
    for k in 0..14_u32 {
        for more in 0..=i64::from(k % 3) {
            lane.events.push(LaneEvent {
                event: k,
                time: KEPT + i64::from(k) * 11 * HOUR + more * MIN,
                kind: (k % 4) as u8,
                fresh: false,
            });
        }
    }
}
