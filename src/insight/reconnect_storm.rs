//! Many sessions in a short time on one SIM: a device that connects, loses the connection and connects again, over and over.
//! It costs battery and signalling, and operators bar SIMs for it.
//!
//! **Definition.** At least [`Limits::sessions`] sessions of one SIM begin within [`Limits::window_ms`], and at least
//! [`Limits::times_usual`] times as many as within the busiest such time of the SIM's usual day (the median over days); or
//! [`Limits::always`], however usual that is. Storms with less than three windows between them are one.
//!
//! **Stays silent at** a few restarts, a drive through patchy coverage, and devices that open a session for each of their
//! frequent reports: that is their usual day. A session whose begin nobody told is not counted.

use serde::{Deserialize, Serialize};

use super::burst::{self, Busy};
use super::lane::{LaneRows, events_between};
use super::{Figures, Finding, HOUR_MS, Rule, Severity};
use crate::model::{EventKind, StartKind};
use crate::store::Store;

/// When sessions are a storm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How long a time is looked at, milliseconds.
    pub window_ms: i64,
    /// How many sessions at least begin within it.
    pub sessions: u32,
    /// How many times as many as usual.
    pub times_usual: f64,
    /// From how many on it is a storm even where it is usual.
    pub always: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            window_ms: HOUR_MS,
            sessions: 10,
            times_usual: 3.0,
            always: 40,
        }
    }
}

/// Room to work in.
#[derive(Debug, Default)]
pub struct Scratch {
    begins: Vec<i64>,
    /// Places of the sessions that the begins are of.
    places: Vec<u32>,
    days: Vec<u32>,
}

/// Finds the storms of a lane.
pub fn find(
    store: &Store,
    rows: &LaneRows<'_>,
    limits: &Limits,
    scratch: &mut Scratch,
    out: &mut Vec<Finding>,
) {
    let Scratch {
        begins,
        places,
        days,
    } = scratch;
    if rows.seen.len() < limits.sessions as usize {
        return;
    }
    begins.clear();
    places.clear();
    let told = (0u32..).zip(rows.seen);
    for (place, seen) in told.filter(|(_, seen)| seen.start_kind != StartKind::Unknown) {
        begins.push(seen.begin);
        places.push(place);
    }
    let busy = Busy {
        window_ms: limits.window_ms,
        least: limits.sessions,
        times_usual: limits.times_usual,
        always: limits.always,
    };
    let active = begins.iter().map(|begin| (*begin, *begin));
    burst::find(begins, active, &busy, days, |burst| {
        let place = |at: usize| places.get(at).map(|place| *place as usize);
        let (Some(first), Some(last)) = (place(burst.first), place(burst.last)) else {
            return;
        };
        let Some(storm @ [begun, .., ended]) = rows.seen.get(first..=last) else {
            return;
        };
        let (from, to) = (begun.begin, ended.solid);
        let severe = burst.busiest >= limits.always || to.saturating_sub(from) >= super::DAY_MS;
        out.push(Finding {
            rule: Rule::ReconnectStorm,
            severity: if severe {
                Severity::Critical
            } else {
                Severity::Warning
            },
            lanes: vec![rows.lane],
            from,
            to,
            sessions: storm.iter().map(|seen| seen.row).collect(),
            events: events_between(store, rows.found, (from, to), |kind| {
                matches!(kind, EventKind::Connection | EventKind::Disconnection)
            }),
            figures: Figures::ReconnectStorm {
                sessions: storm.len() as u32,
                busiest: burst.busiest,
                usual: burst.usual,
                window_ms: limits.window_ms,
            },
        });
    });
}

#[cfg(test)]
mod tests;
