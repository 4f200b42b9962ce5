//! Numbers that stand for SIMs, sessions and events without naming them, so that a shared view can say which is chosen and
//! holds no identifier. They follow from what identifies a row in the model, so the same data give the same marks in any tab.

use serde::{Deserialize, Serialize};

use super::Engine;
use super::protocol::{Selection, Update};
use crate::model::ProviderId;
use crate::store::Store;

/// The mark of a SIM, a session or an event.
pub type Mark = u64;

/// Rows by their marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// SIMs that are opened into rows.
    pub opened: Vec<Mark>,
    /// SIMs that stand first.
    pub pinned: Vec<Mark>,
    /// SIMs that are left out of the list.
    pub left_out: Vec<Mark>,
    /// The chosen SIM.
    pub lane: Option<Mark>,
    /// The chosen session of it.
    pub session: Option<Mark>,
    /// The chosen event of it.
    pub event: Option<Mark>,
}

impl Marks {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is chosen is not looked for any more.
    fn forget_chosen(&mut self) {
        (self.lane, self.session, self.event) = (None, None, None);
    }
}

/// The rows that were found for marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Lanes that are opened into rows.
    pub opened: Vec<u32>,
    /// Lanes that stand first.
    pub pinned: Vec<u32>,
    /// Lanes that are left out of the list.
    pub left_out: Vec<u32>,
    /// The chosen lane.
    pub lane: Option<u32>,
    /// The chosen session.
    pub session: Option<u32>,
    /// The chosen event.
    pub event: Option<u32>,
}

/// FNV-1a, 64 bits, with a byte between the parts that no UTF-8 text holds.
pub fn hash(parts: &[&str]) -> Mark {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

fn of_key(provider: ProviderId, key: &str) -> Mark {
    hash(&[provider.as_str(), key])
}

/// Gives the vendor's key of a SIM, a session or an event as it is to be read; or another in its place.
pub type Named<'a> = &'a mut dyn FnMut(&str) -> String;

/// The mark of a lane: that of its first key.
pub fn of_lane(store: &Store, lane: u32) -> Option<Mark> {
    of_lane_as(store, lane, &mut str::to_owned)
}

/// The mark that a lane has where keys are masked.
pub fn of_lane_as(store: &Store, lane: u32, named: Named<'_>) -> Option<Mark> {
    let key = *store.lane(lane)?.keys.first()?;
    let (provider, text) = store.key_of(key);
    Some(of_key(provider, &named(&text)))
}

/// The mark of a session: of its SIM, its id and its start.
pub fn of_session(store: &Store, row: u32) -> Mark {
    of_session_as(store, row, &mut str::to_owned)
}

/// The mark that a session has where keys are masked.
pub fn of_session_as(store: &Store, row: u32, named: Named<'_>) -> Mark {
    let session = store.session(row);
    let start = session.start.map(|at| at.to_string()).unwrap_or_default();
    let id = session.id.as_deref().map(&mut *named).unwrap_or_default();
    let sim = named(&session.sim);
    hash(&[session.provider.as_str(), &sim, &id, &start])
}

/// The mark of an event: of its SIM, its id, else its time and what it is.
pub fn of_event(store: &Store, row: u32) -> Option<Mark> {
    of_event_as(store, row, &mut str::to_owned)
}

/// The mark that an event has where keys are masked.
pub fn of_event_as(store: &Store, row: u32, named: Named<'_>) -> Option<Mark> {
    let event = store.event(row)?;
    let provider = event.provider.as_str();
    let sim = named(&event.sim);
    if let Some(id) = event.id.as_deref() {
        return Some(hash(&[provider, &sim, &named(id)]));
    }
    let kind = event.reported_kind.as_deref().unwrap_or_default();
    Some(hash(&[provider, &sim, &event.time.to_string(), kind]))
}

impl Engine {
    /// Looks for rows by their marks, now and whenever more is loaded, until all are found or something else is chosen.
    pub(super) fn look_for(&mut self, marks: Marks) {
        self.sought = Some(marks);
        self.restore();
    }

    /// Something is chosen: what was to be chosen is not looked for any more, unless this is what was found of it.
    pub(super) fn chose(&mut self, selection: Selection) {
        if let Some(sought) = &mut self.sought
            && self.found_lane != selection.lane
        {
            sought.forget_chosen();
        }
    }

    /// Tells which of the rows that are looked for are there by now.
    pub(super) fn restore(&mut self) {
        let Some(mut sought) = self.sought.take() else {
            return;
        };
        let store = &self.store;
        let found = Restored {
            opened: take_lanes(store, &mut sought.opened),
            pinned: take_lanes(store, &mut sought.pinned),
            left_out: take_lanes(store, &mut sought.left_out),
            ..take_chosen(store, &mut sought)
        };
        if found.lane.is_some() {
            self.found_lane = found.lane;
        }
        if !sought.is_empty() {
            self.sought = Some(sought);
        }
        if found != Restored::default() {
            self.send(Update::Restored(found));
        }
    }
}

/// The lane of a mark.
fn lane_of(store: &Store, mark: Mark) -> Option<u32> {
    let is = |key: &u32| {
        let (provider, text) = store.key_of(*key);
        of_key(provider, &text) == mark
    };
    store
        .lanes()
        .find(|(_, lane)| lane.keys.iter().any(is))
        .map(|(lane, _)| lane)
}

/// Takes out the marks whose lanes are there, and gives these.
fn take_lanes(store: &Store, marks: &mut Vec<Mark>) -> Vec<u32> {
    let mut found = Vec::new();
    marks.retain(|mark| match lane_of(store, *mark) {
        Some(lane) => {
            found.push(lane);
            false
        }
        None => true,
    });
    found
}

/// What is to be chosen, as far as it is there: a SIM is chosen before its session or event has come.
fn take_chosen(store: &Store, sought: &mut Marks) -> Restored {
    let mut found = Restored::default();
    let Some(lane) = sought.lane.and_then(|mark| lane_of(store, mark)) else {
        return found;
    };
    let Some(rows) = store.lane(lane) else {
        return found;
    };
    let session = sought.session.and_then(|mark| {
        let mut sessions = rows.sessions.iter().copied();
        sessions.find(|row| of_session(store, *row) == mark)
    });
    let event = sought.event.and_then(|mark| {
        let mut events = rows.events.iter().copied();
        events.find(|row| of_event(store, *row) == Some(mark))
    });
    let waits = (sought.session.is_some() && session.is_none())
        || (sought.event.is_some() && event.is_none());
    found = Restored {
        lane: Some(lane),
        session,
        event,
        ..found
    };
    if !waits {
        sought.forget_chosen();
    }
    found
}
