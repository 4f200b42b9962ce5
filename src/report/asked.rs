//! What a report is asked about: which rows, over which time.

use crate::store::{NEVER, Store};

use super::Calendar;

/// What a report is about.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Everything that was loaded, settled.
    pub store: &'a Store,
    /// The sessions that the filter lets through, by row number, in any order. Those outside of the span are left out.
    pub sessions: &'a [u32],
    /// The events that the filter lets through, likewise.
    pub events: &'a [u32],
    /// Whether a SIM (by lane) is in the list: what is known of its time counts, also where it has no such session.
    pub lists: &'a dyn Fn(u32) -> bool,
    /// From when until when, epoch milliseconds, both included.
    pub span: [i64; 2],
    /// When the data were fetched, epoch milliseconds.
    pub as_of: i64,
    /// Whose days and hours are meant.
    pub calendar: Calendar<'a>,
    /// So many rows of each list at most, the greatest first; days and hours are never cut.
    pub most: usize,
}

impl Asked<'_> {
    /// Whether a session overlaps the span.
    pub(super) fn holds_session(&self, row: u32) -> bool {
        let (begin, _, light) = self.store.stretch(row);
        let [from, to] = self.span;
        begin != NEVER && begin <= to && light >= from && !self.store.sessions().is_dead(row)
    }
}
