//! Sessions that end after the same time again and again, with a new one at once: the mark of a timer that cuts idle
//! connections (or of the longest time that a network lets one be), on a device that wants to stay connected.
//!
//! **Definition.** At least [`Limits::sessions`] sessions whose lengths differ from their mean by no more than
//! [`Limits::tolerance`] of it (at least [`Limits::tolerance_ms`], at most five minutes), each of which is followed by the
//! next within [`Limits::gap`] of its length (at least two minutes). Up to three in a row may differ, and one more than a quarter of
//! the regular ones in all: a restart or a lost network does not end the pattern. Only lengths of which both ends were reported count, and none
//! shorter than [`Limits::shortest_ms`]: what is faster is a [storm](super::reconnect_storm).
//!
//! **Stays silent at** devices that connect by their own clock, report and disconnect (the pause is long against the
//! session), and at long sessions of all lengths.

use serde::{Deserialize, Serialize};

use super::lane::{LaneRows, Seen};
use super::{Figures, Finding, HOUR_MS, MINUTE_MS, Rule, Severity};

/// How many sessions in a row may differ.
const MOST_OTHERS_IN_A_ROW: u32 = 3;
const MOST_TOLERANCE_MS: i64 = 5 * MINUTE_MS;
const LEAST_GAP_MS: i64 = 2 * MINUTE_MS;
/// Sessions overlap by a little: the end of one is noted after the start of the next.
const OVERLAP_MS: i64 = MINUTE_MS;

/// When sessions are regular.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How many regular sessions there are at least.
    pub sessions: u32,
    /// The shortest that counts, milliseconds.
    pub shortest_ms: i64,
    /// How far a length may be from the mean, as a part of it.
    pub tolerance: f64,
    /// And in any case, milliseconds.
    pub tolerance_ms: i64,
    /// How soon the next session begins, as a part of the length.
    pub gap: f64,
    /// Periods below this are more than worth knowing, milliseconds.
    pub often_ms: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sessions: 6,
            shortest_ms: 10 * MINUTE_MS,
            tolerance: 0.02,
            tolerance_ms: 20_000,
            gap: 0.1,
            often_ms: 2 * HOUR_MS,
        }
    }
}

/// Finds the regular stretches of a lane. `regular` is room to work in.
pub fn find(rows: &LaneRows<'_>, limits: &Limits, regular: &mut Vec<u32>, out: &mut Vec<Finding>) {
    let mut from = 0;
    while let Some(rest) = rows.seen.get(from..).filter(|rest| rest.len() > 1) {
        let others = run(rest, limits, regular);
        if (regular.len() as u32) < limits.sessions {
            from += 1;
            continue;
        }
        let last = regular.last().map_or(0, |last| *last as usize);
        out.extend(finding(rows.lane, rest, limits, (regular, others)));
        from += last + 1;
    }
}

/// The length of a session that the next one follows at once; null for any other.
fn length(session: &Seen, next: &Seen, limits: &Limits) -> Option<i64> {
    let length = session.length_ms();
    if !session.is_whole() || length < limits.shortest_ms {
        return None;
    }
    let gap = next.begin.saturating_sub(session.solid);
    let most = ((length as f64 * limits.gap) as i64).max(LEAST_GAP_MS);
    (-OVERLAP_MS..=most).contains(&gap).then_some(length)
}

/// The places of the sessions that are as long as the first one, as far as the pattern goes, and how many lie between.
fn run(seen: &[Seen], limits: &Limits, regular: &mut Vec<u32>) -> u32 {
    regular.clear();
    let (mut sum, mut others, mut in_a_row, mut between) = (0_i64, 0, 0, 0);
    for (place, pair) in (0u32..).zip(seen.windows(2)) {
        let [session, next] = pair else { continue };
        let length = length(session, next, limits);
        let count = regular.len() as i64;
        let fits = length.is_some_and(|length| {
            let mean = sum.checked_div(count).unwrap_or(length);
            let tolerance = (mean as f64 * limits.tolerance) as i64;
            let tolerance = tolerance.max(limits.tolerance_ms).min(MOST_TOLERANCE_MS);
            (length - mean).abs() <= tolerance
        });
        if let (true, Some(length)) = (fits, length) {
            regular.push(place);
            sum = sum.saturating_add(length);
            (others, in_a_row) = (others + in_a_row, 0);
            between = others;
            continue;
        }
        in_a_row += 1;
        let most = 1 + regular.len() as u32 / 4;
        if regular.is_empty() || in_a_row > MOST_OTHERS_IN_A_ROW || others + in_a_row > most {
            break;
        }
    }
    between
}

fn finding(
    lane: u32,
    seen: &[Seen],
    limits: &Limits,
    (regular, others): (&[u32], u32),
) -> Option<Finding> {
    let of = |place: &u32| seen.get(*place as usize);
    let (first, last) = (of(regular.first()?)?, of(regular.last()?)?);
    let mut lengths: Vec<i64> = regular.iter().filter_map(of).map(Seen::length_ms).collect();
    let mut gaps: Vec<i64> = regular
        .iter()
        .filter_map(|place| Some((of(place)?, of(&(place + 1))?)))
        .map(|(session, next)| next.begin.saturating_sub(session.solid).max(0))
        .collect();
    let period_ms = median(&mut lengths)?;
    Some(Finding {
        rule: Rule::PeriodicReconnect,
        severity: if period_ms < limits.often_ms {
            Severity::Warning
        } else {
            Severity::Notice
        },
        lanes: vec![lane],
        from: first.begin,
        to: last.solid,
        sessions: regular.iter().filter_map(of).map(|seen| seen.row).collect(),
        events: Vec::new(),
        figures: Figures::PeriodicReconnect {
            regular: regular.len() as u32,
            others,
            period_ms,
            gap_ms: median(&mut gaps).unwrap_or(0),
        },
    })
}

fn median(numbers: &mut [i64]) -> Option<i64> {
    let middle = numbers.len().checked_sub(1)? / 2;
    Some(*numbers.select_nth_unstable(middle).1)
}

#[cfg(test)]
mod tests;
