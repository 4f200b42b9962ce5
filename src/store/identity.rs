//! By what a session is known again. Each way is one entry of a hash table that holds nothing but
//! row numbers; hash and comparison read the columns.
//!
//! A reported session: SIM, id and start. A rebuilt or polled one: its id, and (IMSI or SIM, start),
//! because some records of one session carry the id and others do not.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::model::{Basis, ProviderId, Session, StartKind};

use super::ids::key_bytes;
use super::index::RowIndex;
use super::interner::{NONE, hash_bytes};
use super::session_columns::{NEVER, SessionColumns, ms};
use super::sims::Sims;

const REPORTED: u32 = 0;
const BY_ID: u32 = 1;
const BY_START: u32 = 2;
const WAY_BITS: u32 = 2;

/// What a row is looked up by.
#[derive(Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// SIM's key, hash of the id, start.
    Reported(u32, u64, i64),
    /// Vendor, hash of the id.
    ById(ProviderId, u64),
    /// IMSI's text number (else the SIM's key with the upper bit set), start.
    ByStart(ProviderId, u64, i64),
}

impl Identity {
    fn way(&self) -> u32 {
        match self {
            Self::Reported(..) => REPORTED,
            Self::ById(..) => BY_ID,
            Self::ByStart(..) => BY_START,
        }
    }

    fn hash(&self) -> u64 {
        FxBuildHasher.hash_one(self)
    }
}

fn owner(imsi: u32, sim: u32) -> u64 {
    if imsi == NONE {
        u64::from(sim) | 1 << 32
    } else {
        u64::from(imsi)
    }
}

/// By what a new row is looked up. `imsi` is its number.
pub fn identities_of(s: &Session<'_>, sim: u32, imsi: u32) -> [Option<Identity>; 2] {
    let id_hash = s.id.as_deref().map(|id| hash_bytes(&key_bytes(id)));
    if s.basis == Basis::Reported {
        let id = id_hash.unwrap_or_default();
        return [Some(Identity::Reported(sim, id, ms(s.start))), None];
    }
    let by_id = id_hash.map(|hash| Identity::ById(s.provider, hash));
    let sure = matches!(s.start_kind, StartKind::Exact | StartKind::BeforeWindow);
    let key_at = s
        .key_at
        .or(s.start.filter(|_| sure || s.basis == Basis::Polled));
    let by_start = match (key_at, &by_id) {
        (None, Some(_)) => None,
        // Without an id even an estimate is what the same record is known again by.
        (at, _) => Some(Identity::ByStart(
            s.provider,
            owner(imsi, sim),
            ms(at.or(s.start)),
        )),
    };
    [by_id, by_start]
}

/// The entries of a table.
pub struct Index<'a> {
    pub table: &'a mut RowIndex,
    pub sessions: &'a SessionColumns,
    pub sims: &'a Sims,
}

impl Index<'_> {
    /// The row of an identity. `id` is the id that it was made from.
    pub fn find(&self, identity: &Identity) -> Option<u32> {
        self.table
            .find(identity.hash(), &|entry| self.is(entry, identity))
            .map(|entry| entry >> WAY_BITS)
    }

    /// Whether an entry is of that identity. The id, which lies elsewhere and must be hashed, comes last but one: rows that
    /// were merged into others or taken out keep their entries, and are nobody any more.
    fn is(&self, entry: u32, identity: &Identity) -> bool {
        let row = entry >> WAY_BITS;
        let may_be = match identity {
            Identity::Reported(sim, _, start) => {
                self.sessions.start(row) == *start && self.sessions.sim(row) == *sim
            }
            Identity::ById(..) | Identity::ByStart(..) => true,
        };
        may_be
            && entry & ((1 << WAY_BITS) - 1) == identity.way()
            && identity_of_entry(self.sessions, self.sims, entry).as_ref() == Some(identity)
            && !self.sessions.is_dead(row)
    }

    /// Enters a row under an identity.
    pub fn insert(&mut self, identity: &Identity, row: u32) {
        let entry = row << WAY_BITS | identity.way();
        let (sessions, sims) = (self.sessions, self.sims);
        self.table.insert(identity.hash(), entry, &|entry| {
            identity_of_entry(sessions, sims, entry).map_or(0, |identity| identity.hash())
        });
    }
}

fn identity_of_entry(sessions: &SessionColumns, sims: &Sims, entry: u32) -> Option<Identity> {
    let row = entry >> WAY_BITS;
    let sim = sessions.sim(row);
    let id_hash = || {
        if sessions.has_id(row) {
            hash_bytes(sessions.id_bytes(row))
        } else {
            0
        }
    };
    match entry & ((1 << WAY_BITS) - 1) {
        REPORTED => Some(Identity::Reported(sim, id_hash(), sessions.start(row))),
        way => {
            let (provider, _) = sims.key_text(sim)?;
            if way == BY_ID {
                return Some(Identity::ById(provider, id_hash()));
            }
            let at = sessions.key_at(row);
            Some(Identity::ByStart(
                provider,
                owner(sessions.imsi(row), sim),
                at,
            ))
        }
    }
}

/// The identities of a row that stands in the columns.
pub fn identities_of_row(
    sessions: &SessionColumns,
    sims: &Sims,
    row: u32,
) -> impl Iterator<Item = Identity> {
    let kinds = sessions.kinds(row);
    let ways: &'static [u32] = if kinds.basis == Basis::Reported {
        &[REPORTED]
    } else {
        match (sessions.has_id(row), sessions.key_at(row) == NEVER) {
            (true, true) => &[BY_ID],
            (true, false) => &[BY_ID, BY_START],
            (false, _) => &[BY_START],
        }
    };
    ways.iter()
        .filter_map(move |way| identity_of_entry(sessions, sims, row << WAY_BITS | way))
}
