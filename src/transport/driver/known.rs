//! Which records the rounds of watching have brought before, so that only what is new goes on, and paging can stop. Records
//! that no round has brought for a while are forgotten: memory stays flat however long the watch.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::provider::query::{Query, SimKey, Target, What};

/// Rounds after which a record that did not come again is forgotten.
const KEPT_ROUNDS: u32 = 25;
/// So many records of a load are remembered, 24 bytes each.
const MOST_LOADED: usize = 250_000;

/// What is asked, whatever the time.
pub type Asked = (What, Target);

/// The question without its range.
pub fn asked(query: &Query) -> Asked {
    (query.what, query.of.clone())
}

/// Whether its records tell how SIMs are, one record for each.
fn is_state(what: What) -> bool {
    matches!(
        what,
        What::Sims | What::Subscribers | What::Sim | What::State
    )
}

/// A record's text as a number.
pub fn hash_of(record: &str) -> u64 {
    let mut hasher = FxHasher::default();
    record.hash(&mut hasher);
    hasher.finish()
}

#[derive(Debug, Clone, Copy)]
struct Known {
    document: u32,
    round: u32,
}

/// The records of a watched source.
#[derive(Debug, Default)]
pub struct KnownRecords {
    records: FxHashMap<u64, Known>,
    /// When a question was last answered in full.
    answered: FxHashMap<Asked, i64>,
    /// By question and SIM: the latest record of a state, which may be as it was before.
    states: FxHashMap<u64, u64>,
    /// A load brought more than is remembered.
    full: bool,
}

impl KnownRecords {
    /// The record has come before; it is noted that it came again. Returns the document that it is in.
    pub fn seen_again(&mut self, hash: u64, round: u32) -> Option<u32> {
        let known = self.records.get_mut(&hash)?;
        known.round = round;
        Some(known.document)
    }

    /// Notes the state of a SIM; true where it was another before.
    pub fn turned(&mut self, what: What, sim: &SimKey, hash: u64) -> bool {
        if sim.key.is_empty() || !is_state(what) {
            return false;
        }
        let mut of = FxHasher::default();
        (what, &sim.key).hash(&mut of);
        let before = self.states.insert(of.finish(), hash);
        before.is_some_and(|before| before != hash)
    }

    /// A record that goes into a document.
    pub fn add(&mut self, hash: u64, document: u32, round: u32) {
        self.records.insert(hash, Known { document, round });
    }

    /// Records that a load brought. When there are very many of them they are left to the first round, which then brings them
    /// once more.
    pub fn add_loaded(&mut self, hashes: &[u64], document: u32) {
        if self.records.len() + hashes.len() > MOST_LOADED {
            self.answered.clear();
            self.full = true;
            return;
        }
        for hash in hashes {
            self.add(*hash, document, 0);
        }
    }

    /// When the question was last answered; null where it never was.
    pub fn answered(&self, asked: &Asked) -> Option<i64> {
        self.answered.get(asked).copied()
    }

    /// The question was answered in full.
    pub fn answer(&mut self, asked: Asked, now: i64, round: u32) {
        if round > 0 || !self.full {
            self.answered.insert(asked, now);
        }
    }

    /// Forgets what has not come for a while.
    pub fn end_round(&mut self, round: u32) {
        self.records
            .retain(|_, known| known.round.saturating_add(KEPT_ROUNDS) >= round);
    }

    /// How many records are remembered.
    pub fn len(&self) -> usize {
        self.records.len()
    }
}
