//! Of what time anything is known at all: from when until when each source tells something, and what a vendor keeps.

use crate::store::{NEVER, Store};

const DAY_MS: i64 = 24 * 3_600_000;

/// From when until when each source tells anything, by its number: from its first row to when it was
/// fetched; of files to its last row. Made once for what is loaded.
#[derive(Debug)]
pub struct Ground(Vec<(i64, i64)>);

impl Ground {
    /// Looks through all rows.
    pub fn new(store: &Store) -> Self {
        let mut sources = vec![(i64::MAX, NEVER); store.sources().len()];
        let mut grow = |document: u32, from: i64, to: i64| {
            let source = store.document(document).map(|document| document.source);
            let known = source.and_then(|source| sources.get_mut(source as usize));
            if let Some(known) = known.filter(|_| from != NEVER) {
                *known = (known.0.min(from), known.1.max(to));
            }
        };
        for row in store.session_rows() {
            let document = store.sessions().document(row);
            grow(document, store.begin(row), store.light_until(row));
        }
        for (_, event) in store.event_rows() {
            grow(event.record.document, event.time.ms(), event.time.ms());
        }
        for (number, known) in (0u32..).zip(&mut sources) {
            if let Some(observed) = store.observed_of_source(number) {
                known.1 = known.1.max(observed.ms());
            }
        }
        Self(sources)
    }

    /// From when until when a source tells anything.
    pub fn of(&self, source: u32) -> (i64, i64) {
        let known = self.0.get(source as usize).copied();
        known.unwrap_or((i64::MAX, NEVER))
    }
}

/// Before which instant nothing of a SIM is known: what is older its vendor no longer kept at `as_of`; never, where its
/// sessions were not fetched. Null where the vendor does not say how long it keeps them.
pub fn kept_from(store: &Store, lane: u32, as_of: i64) -> Option<i64> {
    if store.is_unfetched(lane) {
        return Some(i64::MAX);
    }
    let provider = store.provider_of_lane(lane)?;
    let days = crate::provider::capability(provider).retention_days?;
    Some(as_of.saturating_sub(i64::from(days) * DAY_MS))
}
