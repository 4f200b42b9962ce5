//! What a document that was read holds, for the host page that opened it.

use std::collections::HashSet;

use super::protocol::Held;
use crate::store::Store;

/// What the store holds of a document. `name` is the file's, as its warnings have it.
pub fn of(store: &Store, document: u32, source: u32, name: &str) -> Held {
    let mut held = Held::default();
    let mut lanes = HashSet::new();
    for row in store.session_rows() {
        if store.sessions().document(row) == document {
            held.sessions += 1;
            lanes.insert(store.lane_of_session(row));
        }
    }
    for (_, row) in store.event_rows() {
        if row.record.document == document {
            held.events += 1;
            lanes.insert(store.lane_of_key(row.sim));
        }
    }
    for (_, row) in store.usage_rows() {
        if row.record.document == document {
            held.usage += 1;
            lanes.extend(row.sim.map(|key| store.lane_of_key(key)));
        }
    }
    if let Some(source) = store.sources().get(source as usize) {
        held.provider = source.provider;
        let described = store.lanes().filter(|(_, lane)| {
            let sim = lane.sim.as_deref();
            sim.is_some_and(|sim| sim.source == source.label)
        });
        lanes.extend(described.map(|(lane, _)| lane));
        let own = |file: &Option<String>| file.as_deref().is_none_or(|file| file == name);
        let warnings = source.warnings.iter().filter(|known| own(&known.file));
        held.warnings = warnings.cloned().collect();
    }
    held.sims = lanes.len() as u32;
    held
}
