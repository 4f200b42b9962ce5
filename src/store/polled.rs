//! Readings of a SIM's current state, gathered until they tell of sessions. Kept are transitions:
//! readings that say the same as the one before are folded into it. Rows of sessions follow from
//! all readings of a SIM in the order in which they were taken, whatever the order they came in.

mod rows;
mod spells;
#[cfg(test)]
mod tests;

use crate::model::{Instant, Reading};

use super::interner::{Interner, TextId};
use super::order::{by_number, items_by_number};
use spells::Spell;

/// How many readings of one run are kept one by one, to be told apart should an older one of another
/// state come late. Of a longer run the first and the latest ones are kept.
const KEPT_READINGS: usize = 32;

/// An open session as a reading lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Active {
    /// Text number of its id.
    pub id: TextId,
    /// Since when, as the vendor says.
    pub start: Option<Instant>,
}

/// What a reading says, short of what is merely told along.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    pub connected: bool,
    pub connection: Option<Instant>,
    pub disconnection: Option<Instant>,
    /// At least one while connected, else none.
    pub active: Vec<Active>,
}

impl State {
    /// The state of a reading, with the place of each of its active sessions in the reading's list.
    fn of(reading: &Reading<'_>, texts: &mut Interner) -> (Self, Vec<Option<usize>>) {
        let (connection, disconnection) = (reading.last_connection, reading.last_disconnection);
        let ended = matches!((connection, disconnection), (Some(c), Some(d)) if c <= d);
        // While connected, a connection that has ended is not the present one.
        let present = connection.filter(|_| !ended);
        let mut active: Vec<(Active, Option<usize>)> = reading
            .active
            .iter()
            .enumerate()
            .map(|(at, session)| {
                let active = Active {
                    id: texts.intern_opt(session.id.as_deref()),
                    start: session.start.or(present),
                };
                (active, Some(at))
            })
            .collect();
        if !reading.connected {
            active.clear();
        } else if active.is_empty() {
            let unnamed = Active {
                id: super::interner::NONE,
                start: present,
            };
            active.push((unnamed, None));
        }
        let active = items_by_number(active, |(active, _)| {
            active.start.map_or(i64::MIN, Instant::ms)
        });
        let active = items_by_number(active, |(active, _)| i64::from(active.id));
        let (active, listed) = active.into_iter().unzip();
        let state = Self {
            connected: reading.connected,
            connection,
            disconnection,
            active,
        };
        (state, listed)
    }
}

/// A run of readings that say the same.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub state: State,
    /// When each was taken, and when the same was asked before. Never empty.
    readings: Vec<(Instant, Option<Instant>)>,
    /// Until when it is known to have held beyond its last reading.
    held: Option<Instant>,
    /// The document of its last reading.
    document: u32,
}

impl Run {
    /// When its first reading was taken.
    pub fn first(&self) -> Option<Instant> {
        self.readings.first().map(|(at, _)| *at)
    }

    /// When its last reading was taken.
    pub fn last(&self) -> Option<Instant> {
        self.readings.last().map(|(at, _)| *at)
    }

    /// Until when it is known to have held, given the run after it.
    pub fn until(&self, next: Option<&Self>) -> Option<Instant> {
        let asked = next.and_then(|next| {
            let (at, asked_before) = next.readings.first()?;
            asked_before.filter(|asked| asked < at)
        });
        self.last().max(self.held).max(asked)
    }
}

/// All readings of one SIM, and the sessions that follow from them.
#[derive(Debug, Default)]
pub(super) struct Track {
    runs: Vec<Run>,
    /// The sessions with their rows, ordered by start.
    spells: Vec<(Spell, u32)>,
    /// Ends that files report, by row.
    ends_of_files: Vec<(u32, Instant)>,
}

impl Track {
    /// Adds a reading. `held` tells the latest instant before another at
    /// which what a document says is known to have held.
    fn insert(
        &mut self,
        state: State,
        reading: (Instant, Option<Instant>),
        document: u32,
        held: &dyn Fn(u32, Instant) -> Option<Instant>,
    ) {
        let at = reading.0;
        let next = self
            .runs
            .partition_point(|run| (run.first(), &run.state) <= (Some(at), &state));
        if let Some(before) = next.checked_sub(1)
            && let Some(run) = self.runs.get_mut(before)
        {
            if run.state == state {
                run.add(reading, document);
                return;
            }
            if run.last() >= Some(at) {
                let later = run.split_off(at, &state);
                if let Some(later) = later {
                    self.runs.insert(next, later);
                }
            }
            if let Some(run) = self.runs.get_mut(before) {
                run.held = run.held.max(held(run.document, at));
            }
        }
        if let Some(run) = self.runs.get_mut(next)
            && run.state == state
        {
            run.readings.insert(0, reading);
            run.thin();
            return;
        }
        let mut run = Run {
            state,
            readings: vec![reading],
            held: None,
            document,
        };
        if let Some(first) = self.runs.get(next).and_then(Run::first) {
            run.held = held(document, first);
        }
        self.runs.insert(next, run);
    }
}

impl Run {
    fn add(&mut self, reading: (Instant, Option<Instant>), document: u32) {
        let place = self.readings.partition_point(|(at, _)| *at < reading.0);
        match self.readings.get_mut(place) {
            Some((at, asked)) if *at == reading.0 => *asked = (*asked).max(reading.1),
            _ => self.readings.insert(place, reading),
        }
        if self.last() == Some(reading.0) {
            self.document = document;
        }
        self.thin();
    }

    fn thin(&mut self) {
        if self.readings.len() > KEPT_READINGS {
            self.readings.remove(1);
        }
    }

    /// Takes off what comes after a reading of another state.
    fn split_off(&mut self, at: Instant, state: &State) -> Option<Self> {
        let after = (at, state);
        let place = self
            .readings
            .partition_point(|(at, _)| (*at, &self.state) < after);
        let later = self.readings.split_off(place.max(1));
        (!later.is_empty()).then(|| Self {
            state: self.state.clone(),
            readings: later,
            held: self.held.take(),
            document: self.document,
        })
    }
}

/// The readings of all SIMs.
#[derive(Debug, Default)]
pub(super) struct Polled {
    /// By the number of the SIM's key.
    tracks: Vec<Option<Box<Track>>>,
}

impl Polled {
    /// Gives the readings of a key to another that has none.
    pub fn rename(&mut self, old: u32, new: u32) {
        if self.track(new).is_none()
            && let Some(track) = self.take(old)
        {
            self.put(new, track);
        }
    }

    fn track(&self, key: u32) -> Option<&Track> {
        self.tracks.get(key as usize)?.as_deref()
    }

    fn take(&mut self, key: u32) -> Option<Box<Track>> {
        self.tracks.get_mut(key as usize)?.take()
    }

    fn put(&mut self, key: u32, track: Box<Track>) {
        let at = key as usize;
        if self.tracks.len() <= at {
            self.tracks.resize_with(at + 1, || None);
        }
        if let Some(slot) = self.tracks.get_mut(at) {
            *slot = Some(track);
        }
    }

    /// The rows that follow from readings, of some SIMs' keys, in their order.
    pub fn rows_of(&self, keys: &[u32]) -> Vec<u32> {
        let tracks = keys.iter().filter_map(|key| self.track(*key));
        let mut rows: Vec<u32> = tracks
            .flat_map(|track| track.spells.iter().map(|(_, row)| *row))
            .collect();
        by_number(&mut rows, &mut |_| 0);
        rows
    }
}
