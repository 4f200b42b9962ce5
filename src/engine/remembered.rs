//! What was kept in this browser and opened from there: told apart from what was fetched since.

use rustc_hash::FxHashMap;

use super::Engine;
use super::protocol::RememberedInfo;
use crate::model::{EndKind, Instant};
use crate::store::{NEVER, Store};

/// By the store's number of a document that was kept: how many records it holds, and until when what it says is known to have held,
/// epoch milliseconds.
#[derive(Debug, Default)]
pub(super) struct FromMemory(FxHashMap<u32, (u64, i64)>);

impl FromMemory {
    /// A document comes from there.
    pub(super) fn begin(&mut self, document: u32, until_ms: i64) {
        self.0.insert(document, (0, until_ms));
    }

    /// It was read; of one that was fetched nothing is noted.
    pub(super) fn end(&mut self, document: u32, records: u64) {
        if let Some((known, _)) = self.0.get_mut(&document) {
            *known = records;
        }
    }

    /// Whether the latest record of a session comes from there; of none it does not.
    pub(super) fn holds(&self, store: &Store, session: Option<u32>) -> bool {
        session.is_some_and(|row| self.0.contains_key(&store.sessions().document(row)))
    }

    /// What of a source comes from there; null where nothing does.
    pub(super) fn of_source(&self, store: &Store, source: u32) -> Option<RememberedInfo> {
        if self.0.is_empty() {
            return None;
        }
        let mut records = 0;
        let mut until = None::<i64>;
        let mut fresh_since = None::<i64>;
        let documents = (0u32..).map_while(|number| Some((number, store.document(number)?)));
        for (number, document) in documents.filter(|(_, document)| document.source == source) {
            if let Some((of_document, until_ms)) = self.0.get(&number) {
                records += of_document;
                until = until.max(Some(*until_ms));
            } else if let Some(observed) = document.observed.map(Instant::ms) {
                fresh_since = Some(fresh_since.map_or(observed, |since| since.min(observed)));
            }
        }
        until.map(|until| RememberedInfo {
            records,
            until,
            fresh_since,
        })
    }
}

impl Engine {
    /// The SIMs of a source (by its label) with a session of which no end is known, by the vendor's keys: the start of the earliest,
    /// epoch milliseconds.
    pub fn unended(&self, label: &str) -> Vec<(String, i64)> {
        let store = &self.store;
        let is_of_source = |document: u32| {
            let source = store.document(document).map(|document| document.source);
            let source = source.and_then(|source| store.sources().get(source as usize));
            source.is_some_and(|source| source.label == label)
        };
        let mut earliest = FxHashMap::<u32, i64>::default();
        for row in store.session_rows() {
            let sessions = store.sessions();
            let (end, start) = (sessions.kinds(row).end, sessions.start(row));
            let is_unended = matches!(end, EndKind::Open | EndKind::Unknown) && start != NEVER;
            if is_unended && is_of_source(sessions.document(row)) {
                let known = earliest.entry(sessions.sim(row)).or_insert(start);
                *known = start.min(*known);
            }
        }
        let key = |sim: u32| store.key_of(sim).1.into_owned();
        let mut named: Vec<(String, i64)> = earliest
            .into_iter()
            .map(|(sim, start)| (key(sim), start))
            .collect();
        named.sort_unstable();
        named
    }
}
