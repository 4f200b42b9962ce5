//! Sessions without traffic: the SIM connects, and nothing goes through: a wrong APN, a blocked plan, a dead application.
//!
//! **Definition.** At least [`Limits::sessions`] sessions in a row, over at least [`Limits::span_ms`], of which the vendor says
//! that they carried nothing either way; or fewer that were up for [`Limits::online_ms`] together. And this is no chance: by
//! the share of the SIM's other sessions that carried nothing, fewer than [`Limits::chance`] so long rows are expected among
//! its sessions. Sessions of which nothing is told are passed over, and empty ones that are shorter than a tenth of the SIM's
//! usual session that carried something (of megabytes: than that): they had no time.
//!
//! **Stays silent at** vendors that tell no traffic or one of an unknown unit, at SIMs whose sessions often carry nothing
//! (attached, nothing to send), and at megabytes of a SIM whose usual session has less than
//! [`Limits::rounded_bytes`]: they are rounded, so that a meter's few kilobytes look like none.

use serde::{Deserialize, Serialize};

use super::lane::{LaneRows, Seen};
use super::{DAY_MS, Figures, Finding, HOUR_MS, Rule, Severity};
use crate::model::TrafficUnit;
use crate::store::Store;

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
    /// How much a SIM's usual session carries at least where the figures are megabytes, bytes: they are rounded, as far as is
    /// known to tenths.
    pub rounded_bytes: u64,
    /// How many such rows may be expected by chance among the SIM's sessions.
    pub chance: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sessions: 5,
            span_ms: 12 * HOUR_MS,
            online_ms: 2 * DAY_MS,
            rounded_bytes: 1_000_000,
            chance: 0.003,
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

/// The SIM's sessions that tell whether anything went through.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    /// They carried something.
    with: u32,
    without: u32,
    /// How long a session is that carries something, milliseconds: the median.
    usual_ms: i64,
}

impl Told {
    /// Whether a session tells: an empty one only if it had time enough, by a tenth of what is usual, or all of it where little
    /// is rounded to nothing.
    fn by(self, seen: &Seen) -> bool {
        let part = if seen.unit == Some(TrafficUnit::Megabytes) {
            1
        } else {
            10
        };
        let long_enough = seen.length_ms() >= self.usual_ms / part;
        seen.unit.is_some() && (seen.carried || long_enough)
    }
}

/// Finds the empty rows of a lane. `lengths` is room to work in.
pub fn find(
    store: &Store,
    rows: &LaneRows<'_>,
    limits: &Limits,
    lengths: &mut Vec<i64>,
    out: &mut Vec<Finding>,
) {
    let empty = |seen: &Seen| seen.unit.is_some() && !seen.carried;
    if !rows.seen.iter().any(empty) {
        return;
    }
    let mut told = Told::default();
    lengths.clear();
    let carried = rows.seen.iter().filter(|seen| seen.carried);
    lengths.extend(carried.map(Seen::length_ms));
    if !lengths.is_empty() {
        let middle = lengths.len() / 2;
        told.usual_ms = *lengths.select_nth_unstable(middle).1;
    }
    let none_yet = told;
    for seen in rows.seen.iter().filter(|seen| none_yet.by(seen)) {
        told.with += u32::from(seen.carried);
        told.without += u32::from(!seen.carried);
    }
    let mut row: Option<Row<'_>> = None;
    let mut end = |row: Option<Row<'_>>| {
        out.extend(row.and_then(|row| finding(store, rows, &row, limits, told)));
    };
    for (place, seen) in rows.seen.iter().enumerate() {
        let Some(unit) = seen.unit.filter(|_| told.by(seen)) else {
            continue;
        };
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
    store: &Store,
    rows: &LaneRows<'_>,
    row: &Row<'_>,
    limits: &Limits,
    told: Told,
) -> Option<Finding> {
    let with = told.with;
    let span_ms = row.last.solid.saturating_sub(row.first.begin);
    let others_without = told.without - row.sessions.min(told.without);
    let others = with + others_without;
    let many = row.sessions >= limits.sessions && span_ms >= limits.span_ms;
    let long = row.online_ms >= limits.online_ms && others >= FEW_OTHERS;
    if !(many || long) || is_chance(row, limits, told.usual_ms, (others_without, others)) {
        return None;
    }
    let rounded = row.unit == TrafficUnit::Megabytes;
    if rounded && (with < limits.sessions || usual_bytes(store, rows) < limits.rounded_bytes) {
        return None;
    }
    let [first, last] = row.places;
    let of_row = rows.seen.get(first..=last).unwrap_or_default();
    let after = rows.seen.get(last + 1..).unwrap_or_default();
    let ongoing = !after.iter().any(|seen| told.by(seen));
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
            .filter(|seen| told.by(seen))
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

/// What a session of the SIM that carries something carries: the median.
fn usual_bytes(store: &Store, rows: &LaneRows<'_>) -> u64 {
    let carried = rows.seen.iter().filter(|seen| seen.carried);
    let mut bytes: Vec<u64> = carried.filter_map(|seen| store.bytes(seen.row)).collect();
    let middle = bytes.len() / 2;
    if bytes.is_empty() {
        0
    } else {
        *bytes.select_nth_unstable(middle).1
    }
}

/// Whether so many in a row would be nothing special for a SIM with so many empty sessions besides. Without others nothing
/// was ever carried, which is not chance.
fn is_chance(row: &Row<'_>, limits: &Limits, usual_ms: i64, (without, others): (u32, u32)) -> bool {
    if others == 0 {
        return false;
    }
    let share = f64::from(without + 1) / f64::from(others + 2);
    let rows = f64::from(others + row.sessions);
    // Few long sessions stand for the several that the SIM usually makes in that time.
    let several = if row.online_ms >= limits.online_ms {
        row.online_ms as f64 / usual_ms.max(1) as f64
    } else {
        0.0
    };
    rows * share.powf(f64::from(row.sessions).max(several)) > limits.chance
}

#[cfg(test)]
mod tests;
