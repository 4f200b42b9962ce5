//! What the visitor has not seen yet: rows that a round of watching added or changed.

use std::collections::VecDeque;

use crate::store::Numbers;

/// At most so many rows are marked; the oldest lose their mark first.
const MOST: usize = 10_000;

/// A row that may be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A session's.
    Session(u32),
    /// An event's.
    Event(u32),
}

/// The marked rows.
#[derive(Debug, Default)]
pub struct Fresh {
    sessions: Numbers,
    events: Numbers,
    /// Lanes with such a row.
    lanes: Numbers,
    order: VecDeque<Row>,
}

impl Fresh {
    /// Marks a row of a lane.
    pub fn mark(&mut self, row: Row, lane: u32) {
        self.lanes.insert(lane);
        let is_new = match row {
            Row::Session(row) => self.sessions.insert(row),
            Row::Event(row) => self.events.insert(row),
        };
        if !is_new {
            return;
        }
        self.order.push_back(row);
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            match oldest {
                Row::Session(row) => self.sessions.remove(row),
                Row::Event(row) => self.events.remove(row),
            }
        }
    }

    /// Whether a row is marked.
    pub fn has(&self, row: Row) -> bool {
        match row {
            Row::Session(row) => self.sessions.has(row),
            Row::Event(row) => self.events.has(row),
        }
    }

    /// Whether a row of the lane may be marked.
    pub fn is_in_lane(&self, lane: u32) -> bool {
        self.lanes.has(lane)
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Takes all marks off.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_marks_go_first() {
        let mut fresh = Fresh::default();
        for row in 0..MOST as u32 + 5 {
            fresh.mark(Row::Session(row), 3);
            fresh.mark(Row::Session(row), 3);
        }
        assert_eq!(
            (fresh.sessions.iter().count(), fresh.order.len()),
            (MOST, MOST)
        );
        assert!(!fresh.has(Row::Session(4)) && fresh.has(Row::Session(5)));
        assert!(!fresh.has(Row::Event(5)));
        fresh.clear();
        assert!(fresh.is_empty() && fresh.sessions.iter().next().is_none());
    }
}
