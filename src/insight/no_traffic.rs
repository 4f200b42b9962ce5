//! Sessions without traffic: the SIM connects, and nothing goes through: a wrong APN, a blocked plan, a dead application.
//!
//! **Definition.** At least [`Limits::sessions`] sessions in a row, over at least [`Limits::span_ms`], of which the vendor says
//! that they carried nothing either way; or fewer that were up for [`Limits::online_ms`] together. And this is no chance: by
//! the share of the SIM's other sessions that carried nothing, fewer than [`Limits::chance`] so long rows are expected among
//! its sessions. Sessions of which nothing is told are passed over.
//!
//! **Stays silent at** vendors that tell no traffic or one of an unknown unit, at SIMs whose sessions often carry nothing
//! (attached, nothing to send), and at megabytes of a SIM that never had any: they are rounded, so that a meter's few
//! kilobytes look like none.

use serde::{Deserialize, Serialize};

use super::lane::{LaneRows, Seen};
use super::{DAY_MS, Figures, Finding, HOUR_MS, Rule, Severity};
use crate::model::TrafficUnit;

/// Of so few other sessions nobody can say how many of a SIM's are empty.
const FEW_OTHERS: u32 = 3;

/// When sessions without traffic are too many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How many in a row at least.
    pub sessions: u32,
    /// From the first one's start to the last one's end at least, milliseconds.
    pub span_ms: i64,
    /// How long they were up together at least where they are fewer, milliseconds.
    pub online_ms: i64,
    /// How many such rows may be expected by chance among the SIM's sessions.
    pub chance: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sessions: 5,
            span_ms: 12 * HOUR_MS,
            online_ms: 2 * DAY_MS,
            chance: 0.01,
        }
    }
}

/// Sessions in a row that carried nothing.
#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    first: &'a Seen,
    last: &'a Seen,
    /// Places among the lane's sessions.
    places: [usize; 2],
    sessions: u32,
    online_ms: i64,
    unit: TrafficUnit,
}

/// Finds the empty rows of a lane.
pub fn find(rows: &LaneRows<'_>, limits: &Limits, out: &mut Vec<Finding>) {
    let (mut with, mut without) = (0, 0);
    for seen in rows.seen.iter().filter(|seen| seen.unit.is_some()) {
        with += u32::from(seen.carried);
        without += u32::from(!seen.carried);
    }
    if without == 0 {
        return;
    }
    let mut row: Option<Row<'_>> = None;
    let mut end = |row: Option<Row<'_>>| {
        out.extend(row.and_then(|row| finding(rows, &row, limits, (with, without))));
    };
    for (place, seen) in rows.seen.iter().enumerate() {
        let Some(unit) = seen.unit else { continue };
        if seen.carried {
            end(row.take());
            continue;
        }
        let known = row.get_or_insert(Row {
            first: seen,
            last: seen,
            places: [place, place],
            sessions: 0,
            online_ms: 0,
            unit,
        });
        known.last = seen;
        known.places[1] = place;
        known.sessions += 1;
        known.online_ms += seen.length_ms();
    }
    end(row);
}

fn finding(
    rows: &LaneRows<'_>,
    row: &Row<'_>,
    limits: &Limits,
    (with, without): (u32, u32),
) -> Option<Finding> {
    let span_ms = row.last.solid.saturating_sub(row.first.begin);
    let others_without = without - row.sessions.min(without);
    let others = with + others_without;
    let many = row.sessions >= limits.sessions && span_ms >= limits.span_ms;
    let long = row.online_ms >= limits.online_ms && others >= FEW_OTHERS;
    if !(many || long) || is_chance(row, limits, (others_without, others)) {
        return None;
    }
    // Rounded figures need others that are not nothing.
    let rounded = row.unit == TrafficUnit::Megabytes;
    if rounded && (with < limits.sessions || others_without * 10 > others) {
        return None;
    }
    let [first, last] = row.places;
    let of_row = rows.seen.get(first..=last).unwrap_or_default();
    let is_last = rows.seen.get(last + 1..).unwrap_or_default();
    let ongoing = !is_last.iter().any(|seen| seen.unit.is_some());
    Some(Finding {
        rule: Rule::NoTraffic,
        severity: if ongoing && with > 0 && span_ms >= DAY_MS {
            Severity::Critical
        } else {
            Severity::Warning
        },
        lanes: vec![rows.lane],
        from: row.first.begin,
        to: row.last.solid,
        sessions: of_row
            .iter()
            .filter(|seen| seen.unit.is_some())
            .map(|seen| seen.row)
            .collect(),
        events: Vec::new(),
        figures: Figures::NoTraffic {
            sessions: row.sessions,
            online_ms: row.online_ms,
            unit: row.unit,
            others_with: with,
            others_without,
        },
    })
}

/// Whether so many in a row would be nothing special for a SIM with so many empty sessions besides. Without others nothing
/// was ever carried, which is not chance.
fn is_chance(row: &Row<'_>, limits: &Limits, (without, others): (u32, u32)) -> bool {
    if others == 0 {
        return false;
    }
    let share = f64::from(without + 1) / f64::from(others + 2);
    let rows = f64::from(others + row.sessions);
    // Few long sessions stand for the several that most SIMs make in that time.
    let sessions = row.sessions.max(limits.sessions);
    rows * share.powi(sessions as i32) > limits.chance
}
