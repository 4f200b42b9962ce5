//! How long SIMs were online in the span, each found out when it is first asked for: for the rows in view, or, to order by it, for
//! all. docs/sums.md says what the figures mean; they are those of the reports.

use std::cell::RefCell;

use super::Filter;
use crate::engine::protocol::Value;
use crate::report::ground::{Ground, kept_from};
use crate::report::lane::{Reading, ended_at};
use crate::report::stretches::{self, Stretch};

/// A SIM's time in the span, milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Online, at least.
    pub online: i64,
    /// Online, at most.
    pub online_most: i64,
    /// Known.
    pub known: i64,
}

impl Time {
    /// The share of the known time.
    pub fn coverage(&self) -> Value {
        if self.known <= 0 {
            return Value::None;
        }
        let share = |ms: i64| (ms as f64 / self.known as f64 * 100.0).min(100.0);
        Value::Share(share(self.online), share(self.online_most))
    }
}

/// What was found out of a SIM.
#[derive(Debug, Clone, Copy, Default)]
enum Found {
    /// It was not asked for yet.
    #[default]
    NotYet,
    /// Nothing is known of it.
    Nothing,
    /// How long it was online.
    Time(Time),
}

/// What was found out, by lane.
#[derive(Debug, Default)]
pub struct Times {
    known: RefCell<Vec<Found>>,
    room: RefCell<Vec<Stretch>>,
}

impl Times {
    /// A SIM's time; null where nothing is known of it.
    pub fn of(&self, filter: &Filter<'_>, lane: u32) -> Option<Time> {
        let mut known = self.known.borrow_mut();
        let slots = filter.view.store.lane_end() as usize;
        if known.len() < slots {
            known.resize(slots, Found::NotYet);
        }
        let slot = known.get_mut(lane as usize)?;
        if matches!(slot, Found::NotYet) {
            let found = measure(filter, lane, &mut self.room.borrow_mut());
            *slot = found.map_or(Found::Nothing, Found::Time);
        }
        match slot {
            Found::Time(time) => Some(*time),
            Found::NotYet | Found::Nothing => None,
        }
    }
}

fn measure(filter: &Filter<'_>, lane: u32, room: &mut Vec<Stretch>) -> Option<Time> {
    let (view, span) = (filter.view, filter.whole_span()?);
    let store = view.store;
    let reading = Reading {
        store,
        ground: filter.ground.get_or_init(|| Ground::new(store)),
        kept_from: kept_from(store, lane, view.as_of),
        lane,
        span,
    };
    let bounds = reading.read(&|row| view.shows(row), room, &mut |_, _| {})?;
    let ends = |from, to| ended_at(store, lane, from, to);
    let time = stretches::sum(room, &bounds, &ends);
    let is_known = time.known > 0 || time.online_most > 0;
    is_known.then_some(Time {
        online: time.online,
        online_most: time.online_most,
        known: time.known,
    })
}
