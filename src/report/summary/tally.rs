//! What is counted of a row's sessions, and their lengths: mean and median of all rows from one ordering.

use crate::model::{EndKind, StartKind};
use crate::store::order::sort_numbers;
use crate::store::{NEVER, Store};

use super::{Durations, KINDS, Online};
use crate::report::data::Carried;
use crate::report::stretches::{Gap, SimTime};

/// No row.
pub const NOWHERE: u32 = u32::MAX;

/// What is counted of a row.
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    pub sessions: u32,
    pub sims: u32,
    /// The SIM that was counted last.
    lane: u32,
    pub carried: Carried,
    pub online: Online,
    /// The longest gap, and whose.
    pub gap: Option<(u32, Gap)>,
    /// How many lengths there are, once all sessions are counted.
    pub lengths: u32,
    length_sum: i64,
    lengths_seen: u32,
    middle: [i64; 2],
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            sessions: 0,
            sims: 0,
            lane: NOWHERE,
            carried: Carried::default(),
            online: Online::default(),
            gap: None,
            lengths: 0,
            length_sum: 0,
            lengths_seen: 0,
            middle: [0; 2],
        }
    }
}

impl Tally {
    /// Counts a session of a SIM. The sessions of one SIM come one after the other.
    pub fn count(&mut self, lane: u32) {
        self.sessions += 1;
        if self.lane != lane {
            self.lane = lane;
            self.sims += 1;
        }
    }

    /// Adds a SIM's time.
    pub fn add_time(&mut self, lane: u32, time: &SimTime) {
        self.online.at_least_ms += time.online;
        self.online.at_most_ms += time.online_most;
        let known = self.online.known_ms.get_or_insert(0);
        *known += time.known;
        for gap in &time.gaps {
            let length = gap.to - gap.from;
            let is_longest = self
                .gap
                .is_none_or(|(_, known)| (length, known.from) > (known.to - known.from, gap.from));
            if is_longest {
                self.gap = Some((lane, *gap));
            }
        }
    }

    /// How long its sessions were, once [`Lengths::settle`] is done.
    pub fn durations(&self) -> Durations {
        let count = i64::from(self.lengths);
        let any = self.lengths > 0;
        Durations {
            known: self.lengths,
            mean_ms: any.then(|| (self.length_sum + count / 2) / count),
            median_ms: any.then(|| self.middle[0].midpoint(self.middle[1])),
        }
    }
}

/// The tallies of all rows, by kind and number.
pub type Tallies = [Vec<Tally>; KINDS];

/// The tally of a row, a new one where there was none.
pub fn of(tallies: &mut Tallies, kind: usize, row: u32) -> Option<&mut Tally> {
    let rows = tallies.get_mut(kind).filter(|_| row != NOWHERE)?;
    let at = row as usize;
    if rows.len() <= at {
        rows.resize(at + 1, Tally::default());
    }
    rows.get_mut(at)
}

/// The lengths of sessions, with the rows that all of each is on. Kept apart by magnitude, so that they can be put in order a
/// part at a time.
#[derive(Debug, Default)]
pub struct Lengths {
    /// Each length with its session's place in `rows`, by [`magnitude`].
    parts: Vec<Vec<(i64, u32)>>,
    rows: Vec<[u32; KINDS]>,
    /// So many parts are settled.
    settled: usize,
}

/// Grows with the length: its highest bit and the three below.
fn magnitude(length: i64) -> usize {
    let length = length.max(0) as u64;
    if length < 16 {
        return length as usize;
    }
    let highest = length.ilog2();
    let below = (length >> (highest - 3)) & 7;
    (highest as usize - 2) * 8 + below as usize
}

impl Lengths {
    /// Adds a session whose length is known.
    pub fn add(&mut self, length: i64, rows: [u32; KINDS]) {
        let magnitude = magnitude(length);
        if self.parts.len() <= magnitude {
            self.parts.resize(magnitude + 1, Vec::new());
        }
        if let Some(part) = self.parts.get_mut(magnitude) {
            part.push((length, self.rows.len() as u32));
            self.rows.push(rows);
        }
    }

    /// Gives every tally its mean and median, about so many sessions at a time. True when that is done. Each tally must know
    /// how many lengths it has.
    pub fn settle(&mut self, tallies: &mut Tallies, sessions: usize) -> bool {
        let mut done = 0;
        while let Some(part) = self.parts.get_mut(self.settled) {
            if done >= sessions {
                return false;
            }
            let mut part = std::mem::take(part);
            self.settled += 1;
            done += part.len();
            self.settle_part(tallies, &mut part);
        }
        true
    }

    fn settle_part(&self, tallies: &mut Tallies, part: &mut [(i64, u32)]) {
        sort_numbers(part);
        for &(length, session) in &*part {
            let rows = self.rows.get(session as usize).into_iter().flatten();
            for (kind, row) in rows.enumerate() {
                if let Some(tally) = of(tallies, kind, *row) {
                    let at = tally.lengths_seen;
                    tally.lengths_seen += 1;
                    tally.length_sum = tally.length_sum.saturating_add(length);
                    // Of an even number the middle lies between the two.
                    if at == (tally.lengths - 1) / 2 {
                        tally.middle[0] = length;
                    }
                    if at == tally.lengths / 2 {
                        tally.middle[1] = length;
                    }
                }
            }
        }
    }
}

/// How long a session lasted, milliseconds, where start and end were both reported; null otherwise.
pub fn length_of(store: &Store, row: u32) -> Option<i64> {
    let sessions = store.sessions();
    let (start_kind, end_kind) = sessions.ends(row);
    let (start, end) = (sessions.start(row), sessions.end(row));
    let reported = matches!(start_kind, StartKind::Exact | StartKind::BeforeWindow)
        && end_kind == EndKind::Exact;
    (reported && start != NEVER && end >= start).then(|| end - start)
}
