//! What documents that were read hold, for the host page that opened them.

use std::collections::HashSet;

use super::Engine;
use super::protocol::{Held, Update};
use crate::store::Store;

impl Engine {
    /// Says what documents (the host's numbers) hold together.
    pub(super) fn tell_held(&mut self, request: u32, documents: &[u32]) {
        let numbers = self.numbers_of(documents);
        self.store.settle();
        let held = of(&self.store, &numbers);
        self.send(Update::Held { request, held });
    }
}

/// What the store holds of documents, by its own numbers in their order.
pub fn of(store: &Store, documents: &[u32]) -> Held {
    let is_one = |document: u32| documents.binary_search(&document).is_ok();
    let mut held = Held::default();
    let mut lanes = HashSet::new();
    for row in store.session_rows() {
        if is_one(store.sessions().document(row)) {
            held.sessions += 1;
            lanes.insert(store.lane_of_session(row));
        }
    }
    for (_, row) in store.event_rows() {
        if is_one(row.record.document) {
            held.events += 1;
            lanes.insert(store.lane_of_key(row.sim));
        }
    }
    for (_, row) in store.usage_rows() {
        if is_one(row.record.document) {
            held.usage += 1;
            lanes.extend(row.sim.map(|key| store.lane_of_key(key)));
        }
    }
    let known = documents
        .iter()
        .filter_map(|number| store.document(*number));
    let names: HashSet<(u32, &str)> = known.map(|one| (one.source, one.name.as_str())).collect();
    let numbers: HashSet<u32> = names.iter().map(|(source, _)| *source).collect();
    let mut providers = HashSet::new();
    let mut labels = HashSet::new();
    for (number, source) in (0u32..).zip(store.sources()) {
        if !numbers.contains(&number) {
            continue;
        }
        providers.extend(source.provider);
        labels.insert(source.label.as_str());
        let own = |file: &Option<String>| {
            let name = file.as_deref();
            name.is_none_or(|name| names.contains(&(number, name)))
        };
        let warnings = source.warnings.iter().filter(|known| own(&known.file));
        held.warnings.extend(warnings.cloned());
    }
    let described = store.lanes().filter(|(_, lane)| {
        let sim = lane.sim.as_deref();
        sim.is_some_and(|sim| labels.contains(sim.source.as_ref()))
    });
    lanes.extend(described.map(|(lane, _)| lane));
    held.provider = providers
        .iter()
        .next()
        .copied()
        .filter(|_| providers.len() == 1);
    held.sims = lanes.len() as u32;
    held
}
