//! Findings: what stands out in the loaded sessions, found by rules over the store. Each rule has a file of its own, which
//! says what it looks for, what it must not fire at, and its limits. A [`Search`] walks through the lanes once, in slices of
//! any size, so that whoever runs it can answer something else in between; [`findings`] runs it to the end.
//!
//! Pure: no clock (when the data were fetched is handed in), no randomness, no vendor's name, no drawing. What the vendor
//! could not know, a rule does not judge: a SIM that was not fetched has no findings, and nothing is said of the time before
//! its vendor's records begin or after they were fetched.

mod burst;
mod explain;
mod figures;
mod finding;
mod horizon;
pub mod imei_changed;
mod lane;
mod limits;
mod networks;
pub mod no_traffic;
pub mod outage;
pub mod periodic_reconnect;
pub mod ping_pong;
mod rank;
pub mod reconnect_storm;
mod search;
pub mod silence;
#[cfg(test)]
mod testing;
mod thresholds;

pub use explain::{Explanation, explain};
pub use figures::figures;
pub use finding::{Figures, Finding, OutageScope, Rule, Severity};
pub use limits::{LIMITS, Limit, Unit, decimal};
pub use rank::rank;
pub use search::Search;
pub use thresholds::Thresholds;

use crate::model::Instant;
use crate::store::Store;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// All findings of a settled store, the weightiest first: see [`rank`]. `as_of` is when the data were fetched; where an
/// answer says itself when it was, that counts for its SIMs.
pub fn findings(store: &Store, as_of: Instant, thresholds: &Thresholds) -> Vec<Finding> {
    let mut search = Search::new(store, as_of, thresholds.clone());
    while !search.step(store, u32::MAX) {}
    let mut found = search.take_found();
    found.sort_unstable_by_key(rank);
    found
}
