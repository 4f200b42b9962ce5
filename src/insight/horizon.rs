//! Until when the vendor's answers tell anything: when they were fetched, or, of files, which do not say when that was, until
//! the last instant that stands in any of the same source.

use crate::store::{NEVER, Store};

/// Until when each source tells anything.
#[derive(Debug)]
pub struct Horizon {
    /// By number of the source: the last instant in it, epoch milliseconds.
    sources: Vec<i64>,
    /// When all of it was fetched at the latest.
    as_of: i64,
}

impl Horizon {
    /// Looks at the last row of each lane.
    pub fn new(store: &Store, as_of: i64) -> Self {
        let mut sources = vec![NEVER; store.sources().len()];
        let mut grow = |document: u32, to: i64| {
            let source = store.document(document).map(|document| document.source);
            let known = source.and_then(|source| sources.get_mut(source as usize));
            if let Some(known) = known {
                *known = (*known).max(to);
            }
        };
        for (_, lane) in store.lanes() {
            if let Some(row) = lane.sessions.last() {
                grow(store.sessions().document(*row), lane.facts.to);
            }
            if let Some(event) = lane.events.last().and_then(|row| store.event_row(*row)) {
                grow(event.record.document, event.time.ms());
            }
        }
        Self { sources, as_of }
    }

    /// Until when a document tells anything.
    pub fn of_document(&self, store: &Store, document: u32) -> i64 {
        let Some(document) = store.document(document) else {
            return NEVER;
        };
        let of_source = || self.sources.get(document.source as usize).copied();
        let observed = document.observed.map(crate::model::Instant::ms);
        let told = observed.or_else(of_source).unwrap_or(NEVER);
        told.min(self.as_of)
    }
}
