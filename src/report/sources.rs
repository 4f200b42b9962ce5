//! Where the figures are from, and what of it is not there.

use serde::{Deserialize, Serialize};

use crate::model::{Instant, ProviderId};

use super::Asked;
use super::ground::Ground;
use super::written::written;
use crate::store::NEVER;

/// A source: what the visitor opened or connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfSource {
    /// Its name.
    pub label: String,
    /// The vendor; null where it is not known.
    pub vendor: Option<ProviderId>,
    /// When its latest answer was fetched, RFC 3339; null for files.
    pub observed: Option<String>,
    /// The first instant of which it tells anything, RFC 3339; null where it tells of none.
    pub from: Option<String>,
    /// The last one, likewise.
    pub to: Option<String>,
    /// SIMs of which it has a row.
    pub sims: u32,
    /// Listed SIMs whose sessions were never fetched, or could not be.
    pub sims_unfetched: u32,
    /// Records read, bad ones included.
    pub records: u64,
    /// Records that could not be read.
    pub bad_records: u64,
    /// All that was warned of, the bad records included.
    pub warnings: u64,
    /// What was warned of, by its code: of the first warnings, which are kept.
    pub warning_codes: Vec<String>,
    /// SIMs were not fetched or records could not be read: what is counted may be less than there was. That it is false
    /// does not prove that the vendor told all.
    pub partly: bool,
}

/// The sources, by number.
pub fn sources(asked: &Asked<'_>, ground: &Ground) -> Vec<OfSource> {
    let store = asked.store;
    let sims = store.sims_by_source();
    let mut unfetched = vec![0u32; store.sources().len()];
    for (lane, found) in store.lanes() {
        if !(asked.lists)(lane) || !store.is_unfetched(lane) {
            continue;
        }
        let label = found.sim.as_deref().map(|sim| &*sim.source);
        let at = store.sources().iter().position(|s| label == Some(&s.label));
        if let Some(count) = at.and_then(|at| unfetched.get_mut(at)) {
            *count += 1;
        }
    }
    let numbered = (0u32..).zip(store.sources()).zip(sims).zip(unfetched);
    numbered
        .map(|(((number, source), sims), sims_unfetched)| {
            let (from, to) = ground.of(number);
            let told = from != i64::MAX && to != NEVER;
            let mut warning_codes: Vec<String> = Vec::new();
            for warning in &source.warnings {
                if !warning_codes.contains(&warning.code) {
                    warning_codes.push(warning.code.clone());
                }
            }
            let observed = store.observed_of_source(number);
            OfSource {
                label: source.label.clone(),
                vendor: source.provider,
                observed: observed.map(Instant::ms).map(written),
                from: told.then(|| written(from)),
                to: told.then(|| written(to)),
                sims,
                sims_unfetched,
                records: source.records,
                bad_records: source.bad_records,
                warnings: source.warning_count,
                warning_codes,
                partly: sims_unfetched > 0 || source.bad_records > 0,
            }
        })
        .collect()
}
