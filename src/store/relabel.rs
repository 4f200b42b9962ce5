//! A document turns out to be another vendor's than was assumed, or the visitor says so: its rows
//! move to that vendor's SIMs.

use crate::model::{ProviderId, Text};

use super::Store;

impl Store {
    /// Gives all rows of a source to another vendor.
    pub fn relabel_source(&mut self, source: u32, provider: ProviderId) {
        let documents: Vec<u32> = (0u32..)
            .zip(&self.documents)
            .filter(|(_, document)| document.source == source)
            .map(|(number, _)| number)
            .collect();
        self.relabel(&documents, provider);
        if let Some(source) = self.source_mut(source) {
            source.provider = Some(provider);
        }
    }

    /// Gives all rows of some documents to another vendor. Takes time in proportion to what is
    /// loaded: it happens once for a file that names its vendor late or not at all.
    pub fn relabel(&mut self, documents: &[u32], provider: ProviderId) {
        self.version += 1;
        for row in 0..self.sessions.len() {
            if documents.contains(&self.sessions.document(row)) {
                let key = self.moved_key(self.sessions.sim(row), provider);
                self.sessions.set_sim(row, key);
            }
        }
        for row in 0..self.events.len() {
            let Some(event) = self.events.get(row) else {
                continue;
            };
            if documents.contains(&event.record.document) {
                let key = self.moved_key(event.sim, provider);
                if let Some(event) = self.events.get_mut(row) {
                    event.sim = key;
                }
            }
        }
        for row in 0..self.usage.len() {
            let Some(usage) = self.usage.get(row) else {
                continue;
            };
            if documents.contains(&usage.record.document) {
                let key = usage.sim.map(|key| self.moved_key(key, provider));
                if let Some(usage) = self.usage.get_mut(row) {
                    usage.sim = key;
                    usage.provider = provider;
                }
            }
        }
        self.events.rehash();
        self.usage.rehash();
        self.rebuild_lanes();
        self.identities.clear();
        for row in 0..self.sessions.len() {
            if !self.sessions.kinds(row).dead {
                self.enter(row);
            }
        }
    }

    /// The key of the same SIM under another vendor; its lane takes along what was said of the SIM.
    fn moved_key(&mut self, key: u32, provider: ProviderId) -> u32 {
        let (old_provider, text) = self.key_of(key);
        if old_provider == provider {
            return key;
        }
        let text = text.into_owned();
        let new = self.sims.key(&mut self.parts.texts, provider, &text);
        self.polled.rename(key, new);
        let old_lane = self.sims.lane_of(key);
        let sim = self
            .sims
            .lane_mut(old_lane)
            .and_then(|lane| lane.sim.take());
        if let Some(sim) = sim {
            let mut sim = *sim;
            sim.provider = provider;
            sim.sim = Text::Owned(text);
            self.sims.record(&mut self.parts.texts, new, sim);
        }
        new
    }

    /// Puts every row into the lane of its key again.
    fn rebuild_lanes(&mut self) {
        for lane in 0..self.sims.end() {
            if let Some(lane) = self.sims.lane_mut(lane) {
                lane.sessions.clear();
                lane.events.clear();
                lane.usage.clear();
            }
        }
        for row in 0..self.sessions.len() {
            if self.sessions.kinds(row).dead {
                continue;
            }
            let lane = self.sims.lane_of(self.sessions.sim(row));
            if let Some(found) = self.sims.lane_mut(lane) {
                found.sessions.push(row);
            }
        }
        for row in 0..self.events.len() {
            let key = self.events.get(row).map_or(u32::MAX, |event| event.sim);
            let lane = self.sims.lane_of(key);
            if let Some(found) = self.sims.lane_mut(lane) {
                found.events.push(row);
            }
        }
        for row in 0..self.usage.len() {
            let key = self.usage.get(row).and_then(|usage| usage.sim);
            let lane = key.map_or(u32::MAX, |key| self.sims.lane_of(key));
            if let Some(found) = self.sims.lane_mut(lane) {
                found.usage.push(row);
            }
        }
        for lane in 0..self.sims.end() {
            self.sims.touch(lane);
        }
        self.sims.drop_empty();
    }
}
