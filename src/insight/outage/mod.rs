//! Many SIMs that drop together: a cell, an operator, a country or the vendor itself fails.
//!
//! **Definition.** A SIM drops when a session of at least [`Limits::settled_ms`] ends and no other begins within
//! [`Limits::away_ms`], or only one on another operator. Within [`Limits::window_ms`] at least [`Limits::sims`] SIMs of one
//! scope (a serving cell, a visited operator, a visited country, a vendor) drop, which are at least [`Limits::share`] of those
//! that were online there, and at least [`Limits::times_usual`] times as many as in the busiest such time of the scope's
//! usual day (the median over the other days). Of the scopes that this holds for at one time the one counts that explains
//! most: whose SIMs dropped nearly all, and which nearly all that dropped were in.
//!
//! **Stays silent at** fleets that stop at the same hour each day, at devices that report at one time and disconnect (their
//! sessions are too short), at sessions that are renewed at once, and at what only the end of the data cuts off.

mod drops;
mod moment;

use serde::{Deserialize, Serialize};

use super::networks::Networks;
use super::{Finding, MINUTE_MS};
use crate::store::Store;

pub(super) use drops::Drops;
use drops::Peak;
use moment::Moment;

/// When many SIMs dropped together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How long a time is looked at, milliseconds.
    pub window_ms: i64,
    /// How many SIMs at least.
    pub sims: u32,
    /// Which part of those that were online in the scope, at least.
    pub share: f64,
    /// How many times as many as usual.
    pub times_usual: f64,
    /// Shorter sessions do not drop: they are reports. Milliseconds.
    pub settled_ms: i64,
    /// Who is back sooner did not drop, milliseconds.
    pub away_ms: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            window_ms: 10 * MINUTE_MS,
            sims: 5,
            share: 0.4,
            times_usual: 3.0,
            settled_ms: 10 * MINUTE_MS,
            away_ms: 2 * MINUTE_MS,
        }
    }
}

/// Finds outages once all drops are known, a step at a time.
#[derive(Debug)]
pub(super) struct Outages {
    drops: Drops,
    peaks: Option<Vec<Peak>>,
}

impl Outages {
    /// Begins with all drops.
    pub fn new(drops: Drops) -> Self {
        Self { drops, peaks: None }
    }

    /// One day's drops in scopes of one kind, or one time at which many dropped. True when there is nothing left to do.
    pub fn step(
        &mut self,
        store: &Store,
        networks: &Networks,
        (limits, as_of): (&Limits, i64),
        out: &mut Vec<Finding>,
    ) -> bool {
        if self.drops.step(store, networks, limits) {
            return false;
        }
        let drops = &self.drops;
        let peaks = self.peaks.get_or_insert_with(|| drops.unusual(limits));
        let Some(last) = peaks.last() else {
            return true;
        };
        // The peaks are ordered by time: those that overlap the last one are one moment.
        let from = last.from.saturating_sub(limits.window_ms);
        let first = peaks.partition_point(|peak| peak.from < from);
        let together = peaks.split_off(first);
        let moment = Moment::new(together, limits);
        moment.tell(store, networks, (&self.drops, as_of), out);
        peaks.is_empty()
    }
}

#[cfg(test)]
mod tests;
