//! The lanes at many resolutions, made when a lane is first drawn and again when its rows, the colours or the filter have
//! changed: a chunk that comes in costs nothing but the lanes that it touches.

use crate::store::Store;
use crate::timeline::{Forest, Leaf};

/// A lane of so few sessions is drawn without.
const LEAST_SESSIONS: usize = 64;

/// The forests of the lanes, by lane number.
#[derive(Debug, Default)]
pub struct Index {
    lanes: Vec<Option<Entry>>,
    /// Grows when colours or filter change.
    epoch: u32,
}

#[derive(Debug)]
struct Entry {
    settled: u32,
    epoch: u32,
    forest: Forest,
}

impl Index {
    /// Colours or filter are others now.
    pub fn outdate(&mut self) {
        self.epoch += 1;
    }

    /// Grows when colours or filter change.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Makes what is missing or out of date of some lanes. `leaf` tells of a session by its row.
    pub fn ready(
        &mut self,
        store: &Store,
        lanes: impl Iterator<Item = u32>,
        leaf: &dyn Fn(u32) -> Option<Leaf>,
    ) {
        for lane in lanes {
            let Some(found) = store.lane(lane) else {
                continue;
            };
            if found.sessions.len() < LEAST_SESSIONS || self.forest(store, lane).is_some() {
                continue;
            }
            let at = |at: usize| found.sessions.get(at).copied().and_then(leaf);
            let entry = Entry {
                settled: found.settled,
                epoch: self.epoch,
                forest: Forest::new(found.sessions.len(), &at),
            };
            if self.lanes.len() <= lane as usize {
                self.lanes.resize_with(store.lane_end() as usize, || None);
            }
            if let Some(place) = self.lanes.get_mut(lane as usize) {
                *place = Some(entry);
            }
        }
    }

    /// The forest of a lane; null where there is none that is up to date.
    pub fn forest(&self, store: &Store, lane: u32) -> Option<&Forest> {
        let entry = self.lanes.get(lane as usize)?.as_ref()?;
        let is_current = entry.epoch == self.epoch && entry.settled == store.lane(lane)?.settled;
        is_current.then_some(&entry.forest)
    }
}
