//! SIMs. A key is what a vendor calls a SIM in one answer; a lane is the SIM itself. Answers name
//! the same SIM by different keys (its id, its ICCID, one of its IMSIs): keys that share an
//! identifier share a lane.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::model::{ProviderId, Sim};

use super::index::RowIndex;
use super::interner::{Interner, NONE, TextId};
use super::merge::merge_sims;
use super::session_columns::NEVER;

/// A vendor's key of a SIM.
#[derive(Debug)]
struct Key {
    provider: ProviderId,
    text: TextId,
    lane: u32,
    /// The IMSI that was last linked, so that a run of equal ones costs one comparison.
    linked_imsi: TextId,
}

/// What the sessions of a lane come to. Instants are epoch milliseconds, [`NEVER`] where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneFacts {
    /// When the first begins.
    pub from: i64,
    /// Until when one of them may have been up.
    pub to: i64,
    /// When one of them was last known to be up.
    pub last_known: i64,
    /// The longest in milliseconds: how far before a window a session may begin that reaches into it.
    pub longest_ms: i64,
    /// How many are open.
    pub open: u32,
    /// Bytes both ways of those that tell; null where none does.
    pub bytes: Option<u64>,
    /// Packets both ways of those that tell; null where none does.
    pub packets: Option<u64>,
}

impl Default for LaneFacts {
    fn default() -> Self {
        Self {
            from: NEVER,
            to: NEVER,
            last_known: NEVER,
            longest_ms: 0,
            open: 0,
            bytes: None,
            packets: None,
        }
    }
}

/// A SIM with everything that belongs to it.
#[derive(Debug, Default)]
pub struct Lane {
    /// Its keys; empty where the lane was merged into another.
    pub keys: Vec<u32>,
    /// What the vendor's lists say of it.
    pub sim: Option<Box<Sim<'static>>>,
    /// Its sessions, ordered by start once settled.
    pub sessions: Vec<u32>,
    /// Its events, ordered by time once settled.
    pub events: Vec<u32>,
    /// Its usage rows, ordered by start once settled.
    pub usage: Vec<u32>,
    /// What its sessions come to, once settled.
    pub facts: LaneFacts,
    /// Grows whenever the lane is settled, over all lanes: what was made from its rows before is out of date.
    pub settled: u32,
    /// All its rows were given to another vendor's SIM.
    pub hidden: bool,
    /// Rows were added or changed since the lane was last settled.
    pub touched: bool,
}

impl Lane {
    fn is_shown(&self) -> bool {
        !self.keys.is_empty() && !self.hidden
    }
}

/// All SIMs of a store.
#[derive(Debug, Default)]
pub struct Sims {
    keys: Vec<Key>,
    by_key: RowIndex,
    lanes: Vec<Lane>,
    /// Identifiers that a SIM is known by, with its lane.
    aliases: Vec<(ProviderId, TextId, u32)>,
    by_alias: RowIndex,
    touched: Vec<u32>,
    /// The key that was asked for last: a SIM's rows often come one after the other.
    last: u32,
}

impl Sims {
    /// The number of a SIM's key, by the number of its text; null where there is none.
    pub fn find(&self, provider: ProviderId, text: TextId) -> Option<u32> {
        let hash = FxBuildHasher.hash_one((provider, text));
        self.by_key.find(hash, &|at| {
            self.keys
                .get(at as usize)
                .is_some_and(|key| key.provider == provider && key.text == text)
        })
    }

    /// The number of a vendor's key, a new one (with a lane) where it was not there yet.
    pub fn key(&mut self, texts: &mut Interner, provider: ProviderId, key: &str) -> u32 {
        let last = self.keys.get(self.last as usize);
        let likely = last.map_or(NONE, |last| last.text);
        let text = texts.intern_again(Some(key), likely);
        if last.is_some_and(|last| last.text == text && last.provider == provider) {
            return self.last;
        }
        let hash = FxBuildHasher.hash_one((provider, text));
        if let Some(at) = self.find(provider, text) {
            self.last = at;
            return at;
        }
        let at = self.keys.len() as u32;
        let lane = self.lanes.len() as u32;
        self.lanes.push(Lane {
            keys: vec![at],
            ..Lane::default()
        });
        self.keys.push(Key {
            provider,
            text,
            lane,
            linked_imsi: NONE,
        });
        let keys = &self.keys;
        self.by_key.insert(hash, at, &|at| {
            keys.get(at as usize)
                .map_or(0, |key| FxBuildHasher.hash_one((key.provider, key.text)))
        });
        self.link(at, text);
        at
    }

    /// Says that a SIM is also known by that identifier.
    pub fn link(&mut self, key: u32, identifier: TextId) {
        let Some((provider, lane)) = self
            .keys
            .get(key as usize)
            .map(|key| (key.provider, key.lane))
        else {
            return;
        };
        if identifier == NONE {
            return;
        }
        let hash = FxBuildHasher.hash_one((provider, identifier));
        let aliases = &self.aliases;
        let found = self.by_alias.find(hash, &|at| {
            aliases
                .get(at as usize)
                .is_some_and(|(p, text, _)| *p == provider && *text == identifier)
        });
        match found.and_then(|at| aliases.get(at as usize)) {
            Some((_, _, other)) if *other == lane => {}
            Some((_, _, other)) => self.unite(*other, lane),
            None => {
                let at = self.aliases.len() as u32;
                self.aliases.push((provider, identifier, lane));
                let aliases = &self.aliases;
                self.by_alias.insert(hash, at, &|at| {
                    aliases
                        .get(at as usize)
                        .map_or(0, |(p, text, _)| FxBuildHasher.hash_one((*p, *text)))
                });
            }
        }
    }

    /// As [`Self::link`], for the IMSI of one of many rows.
    pub fn link_imsi(&mut self, key: u32, imsi: TextId) {
        match self.keys.get_mut(key as usize) {
            Some(known) if known.linked_imsi != imsi && imsi != NONE => known.linked_imsi = imsi,
            _ => return,
        }
        self.link(key, imsi);
    }

    /// Moves everything of one lane to another. The older lane stays.
    fn unite(&mut self, a: u32, b: u32) {
        let (to, from) = (a.min(b), a.max(b));
        let Some(gone) = self.lanes.get_mut(from as usize).map(std::mem::take) else {
            return;
        };
        for key in &gone.keys {
            if let Some(key) = self.keys.get_mut(*key as usize) {
                key.lane = to;
            }
        }
        for (_, _, lane) in self.aliases.iter_mut().filter(|alias| alias.2 == from) {
            *lane = to;
        }
        if let Some(lane) = self.lanes.get_mut(to as usize) {
            lane.keys.extend(gone.keys);
            lane.sessions.extend(gone.sessions);
            lane.events.extend(gone.events);
            lane.usage.extend(gone.usage);
            lane.sim = match (lane.sim.take(), gone.sim) {
                (Some(a), Some(b)) => Some(Box::new(merge_sims(*a, *b))),
                (a, b) => a.or(b),
            };
        }
        self.touch(to);
    }

    /// A record of a SIM.
    pub fn record(&mut self, texts: &mut Interner, key: u32, sim: Sim<'static>) {
        let identifiers: Vec<TextId> = sim
            .iccid
            .iter()
            .chain(&sim.iccids)
            .chain(&sim.imsis)
            .chain(&sim.eid)
            .map(|text| texts.intern(text))
            .collect();
        for identifier in identifiers {
            self.link(key, identifier);
        }
        let lane = self.lane_of(key);
        if let Some(lane) = self.lanes.get_mut(lane as usize) {
            lane.sim = Some(Box::new(match lane.sim.take() {
                Some(old) => merge_sims(*old, sim),
                None => sim,
            }));
        }
        self.touch(lane);
    }

    /// The lane of a key.
    pub fn lane_of(&self, key: u32) -> u32 {
        self.keys.get(key as usize).map_or(u32::MAX, |key| key.lane)
    }

    /// Vendor and text of a key.
    pub fn key_text(&self, key: u32) -> Option<(ProviderId, TextId)> {
        self.keys
            .get(key as usize)
            .map(|key| (key.provider, key.text))
    }

    /// How many keys there are.
    pub fn key_count(&self) -> u32 {
        self.keys.len() as u32
    }

    /// A lane by number; null where it was merged into another.
    pub fn lane(&self, lane: u32) -> Option<&Lane> {
        self.lanes.get(lane as usize).filter(|lane| lane.is_shown())
    }

    /// A lane by number, to change. Mark it with [`Self::touch`].
    pub fn lane_mut(&mut self, lane: u32) -> Option<&mut Lane> {
        self.lanes.get_mut(lane as usize)
    }

    /// Says that a lane must be settled again.
    pub fn touch(&mut self, lane: u32) {
        if let Some(found) = self.lanes.get_mut(lane as usize) {
            found.hidden = false;
            if !found.touched {
                found.touched = true;
                self.touched.push(lane);
            }
        }
    }

    /// The lanes that were touched since the last call.
    pub fn take_touched(&mut self) -> Vec<u32> {
        let touched = std::mem::take(&mut self.touched);
        for lane in &touched {
            if let Some(lane) = self.lanes.get_mut(*lane as usize) {
                lane.touched = false;
            }
        }
        touched
    }

    /// All lanes with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Lane)> {
        (0u32..)
            .zip(&self.lanes)
            .filter(|(_, lane)| lane.is_shown())
    }

    /// Takes out lanes that hold nothing at all any more, not even a SIM's record.
    pub fn drop_empty(&mut self) {
        for lane in &mut self.lanes {
            let empty = lane.sim.is_none()
                && lane.sessions.is_empty()
                && lane.events.is_empty()
                && lane.usage.is_empty();
            lane.hidden = empty;
        }
    }

    /// One more than the highest lane number.
    pub fn end(&self) -> u32 {
        self.lanes.len() as u32
    }
}
