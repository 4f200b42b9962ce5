//! What happened: events by type and day, and the most active SIMs.

use serde::{Deserialize, Serialize};

use crate::model::EventKind;
use crate::store::order::items_by_number;
use crate::store::{Keyed, Store};

use super::Asked;
use super::calendar::date_of;
use super::naming::{identifier_of, name_of};

/// What happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Events inside the span.
    pub events: u32,
    /// Sessions that overlap the span.
    pub sessions: u32,
    /// SIMs with such an event.
    pub sims_with_events: u32,
    /// SIMs with such a session.
    pub sims_with_sessions: u32,
    /// Events by kind, most first; kinds of which there is none are left out.
    pub by_type: Vec<OfType>,
    /// Events by day, in order; days without any are left out.
    pub by_day: Vec<OfDay>,
    /// The SIMs with the most events, most first; of as many the one that was loaded first.
    pub most_events: Vec<OfSim>,
    /// The SIMs with the most sessions, likewise.
    pub most_sessions: Vec<OfSim>,
}

/// Events of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfType {
    /// The kind.
    pub kind: EventKind,
    /// How many.
    pub events: u32,
    /// The same by what the vendors call it, most first.
    pub reported: Vec<Reported>,
}

/// Events that a vendor calls so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The vendor's word; null where it has none.
    pub name: Option<String>,
    /// How many.
    pub events: u32,
}

/// Events of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfDay {
    /// The day in the asked zone: `2026-10-20`.
    pub day: String,
    /// How many.
    pub events: u32,
}

/// How active a SIM was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfSim {
    /// Its lane.
    pub lane: u32,
    /// What it is called: its name, else its identifier.
    pub name: String,
    /// Its ICCID, else its first IMSI, else the vendor's key.
    pub identifier: String,
    /// How many events, or sessions.
    pub count: u32,
}

/// Counts what happened: one pass over the events, and one over the sessions.
pub fn activity(asked: &Asked<'_>) -> Activity {
    let mut counting = Counting::default();
    counting.events(asked, asked.events);
    counting.sessions(asked, asked.sessions);
    counting.end(asked)
}

/// What happened, while it is counted.
#[derive(Debug, Default)]
pub(super) struct Counting {
    /// Each value knows its key.
    types: Keyed<(u8, u32), (u8, u32, u32)>,
    days: Keyed<i64, (i64, u32)>,
    of_events: Counts,
    of_sessions: Counts,
}

impl Counting {
    /// Adds some of the events.
    pub fn events(&mut self, asked: &Asked<'_>, rows: &[u32]) {
        let store = asked.store;
        let [from, to] = asked.span;
        for event in rows.iter().filter_map(|row| store.event_row(*row)) {
            let at = event.time.ms();
            if !(from..=to).contains(&at) {
                continue;
            }
            let key = (event.kind as u8, event.reported_kind);
            let known = self.types.or_default(key);
            *known = (key.0, key.1, known.2 + 1);
            let day = asked.calendar.day_of(at);
            let known = self.days.or_default(day);
            *known = (day, known.1 + 1);
            self.of_events.add(store.lane_of_key(event.sim));
        }
    }

    /// Adds some of the sessions.
    pub fn sessions(&mut self, asked: &Asked<'_>, rows: &[u32]) {
        for &row in rows {
            if asked.holds_session(row) {
                self.of_sessions.add(asked.store.lane_of_session(row));
            }
        }
    }

    /// All are in.
    pub fn end(self, asked: &Asked<'_>) -> Activity {
        let days = items_by_number(self.days.into_values(), |(day, _)| *day);
        let of_day = |(day, events): (i64, u32)| {
            Some(OfDay {
                day: date_of(day)?,
                events,
            })
        };
        Activity {
            events: self.of_events.all,
            sessions: self.of_sessions.all,
            sims_with_events: self.of_events.sims,
            sims_with_sessions: self.of_sessions.sims,
            by_type: by_type(asked.store, &self.types.into_values()),
            by_day: days.into_iter().filter_map(of_day).collect(),
            most_events: self.of_events.most(asked),
            most_sessions: self.of_sessions.most(asked),
        }
    }
}

/// Kinds with the vendors' words for them, of (kind, number of the word, how many).
fn by_type(store: &Store, words: &[(u8, u32, u32)]) -> Vec<OfType> {
    let of_kind = |kind: EventKind| {
        let own = words.iter().filter(|(of, ..)| *of == kind as u8);
        let named = own.map(|(_, word, events)| Reported {
            name: store.parts().text(*word).map(std::borrow::Cow::into_owned),
            events: *events,
        });
        let reported = items_by_number(named.collect(), |word: &Reported| -i64::from(word.events));
        OfType {
            kind,
            events: reported.iter().map(|word| word.events).sum(),
            reported,
        }
    };
    let kinds = EventKind::ALL.into_iter().map(of_kind);
    let met = kinds.filter(|kind| kind.events > 0).collect();
    items_by_number(met, |kind: &OfType| -i64::from(kind.events))
}

/// How many rows each lane has.
#[derive(Debug, Default)]
struct Counts {
    lanes: Vec<u32>,
    all: u32,
    sims: u32,
}

impl Counts {
    fn add(&mut self, lane: u32) {
        let at = lane as usize;
        if lane == u32::MAX {
            return;
        }
        if self.lanes.len() <= at {
            self.lanes.resize(at + 1, 0);
        }
        if let Some(count) = self.lanes.get_mut(at) {
            self.sims += u32::from(*count == 0);
            self.all += 1;
            *count += 1;
        }
    }

    fn most(&self, asked: &Asked<'_>) -> Vec<OfSim> {
        let counted = (0u32..).zip(self.lanes.iter().copied());
        let active = counted.filter(|(_, count)| *count > 0).collect();
        let ordered = items_by_number(active, |(_, count): &(u32, u32)| -i64::from(*count));
        let most = ordered.into_iter().take(asked.most);
        most.filter_map(|(lane, count)| {
            let sim = asked.store.sim(lane)?;
            Some(OfSim {
                lane,
                name: name_of(&sim),
                identifier: identifier_of(&sim),
                count,
            })
        })
        .collect()
    }
}
