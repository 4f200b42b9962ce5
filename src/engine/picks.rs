//! The sessions that the visitor picked to be summed, and rows that are handed out to be copied.

use crate::store::order::sort_numbers;

use super::protocol::{Pick, Picked, Tab, Take, Update};
use super::tables::{Filter, Tables};
use super::view::store_view;
use super::{Dirty, Engine};

/// So many sessions are picked at once at most: their numbers cross to the page with each pick.
const MOST_PICKED: usize = 100_000;

/// The picked sessions, ordered by number.
#[derive(Debug, Default)]
pub struct Picks {
    sessions: Vec<u32>,
    /// The one that was picked last: others are picked through from it.
    last: Option<u32>,
}

impl Picks {
    /// The sessions, ordered by number.
    pub fn sessions(&self) -> &[u32] {
        &self.sessions
    }

    fn toggle(&mut self, session: u32) {
        match self.sessions.binary_search(&session) {
            Ok(at) => {
                self.sessions.remove(at);
            }
            Err(at) => self.sessions.insert(at, session),
        }
        self.last = Some(session);
    }

    /// Puts in more; returns how many found no room.
    fn add(&mut self, rows: &[u32]) -> u32 {
        let news = rows
            .iter()
            .filter(|row| self.sessions.binary_search(row).is_err());
        let mut all: Vec<(i64, u32)> = news.map(|row| (i64::from(*row), *row)).collect();
        let room = MOST_PICKED.saturating_sub(self.sessions.len());
        let left_out = all.len().saturating_sub(room);
        all.truncate(room);
        all.extend(self.sessions.iter().map(|row| (i64::from(*row), *row)));
        sort_numbers(&mut all);
        self.sessions = all.into_iter().map(|(_, row)| row).collect();
        left_out as u32
    }
}

impl Engine {
    /// Picks sessions, and tells the page which are.
    pub(super) fn pick(&mut self, pick: Pick) {
        let mut left_out = 0;
        match pick {
            Pick::Toggle(session) => {
                self.begin_with_the_chosen(session);
                self.picks.toggle(session);
            }
            Pick::Through(session) => {
                self.begin_with_the_chosen(session);
                let from = self.picks.last.unwrap_or(session);
                let rows = self.rows_between(from, session);
                left_out = self.picks.add(&rows);
                self.picks.last = Some(session);
            }
            Pick::These(rows) => {
                self.picks = Picks::default();
                left_out = self.picks.add(&rows);
            }
            Pick::Clear => self.picks = Picks::default(),
        }
        self.tell_picked(left_out);
    }

    /// Choosing anything lets go of what was picked.
    pub(super) fn let_go_of_picks(&mut self) {
        if !self.picks.sessions.is_empty() {
            self.picks = Picks::default();
            self.tell_picked(0);
        }
    }

    fn tell_picked(&mut self, left_out: u32) {
        self.dirty |= Dirty::Inspection.bit();
        self.send(Update::Picked(Picked {
            sessions: self.picks.sessions.clone(),
            left_out,
        }));
    }

    /// The first pick brings the chosen session with it, as in any list.
    fn begin_with_the_chosen(&mut self, session: u32) {
        if self.picks.sessions.is_empty()
            && let Some(chosen) = self.selection.session
            && chosen != session
        {
            self.picks.toggle(chosen);
        }
    }

    /// The sessions between two in the order of the table, both included; the second alone where the
    /// first is not in the table.
    fn rows_between(&mut self, from: u32, to: u32) -> Vec<u32> {
        let query = self.table.clone();
        let query = query.filter(|query| query.tab == Tab::Sessions);
        let between = self.with_tables(|tables, filter, _| {
            if let Some(query) = &query {
                tables.put_in_order(filter, query);
            }
            let rows = tables.rows_of(Tab::Sessions);
            let place = |row: u32| rows.iter().position(|known| *known == row);
            let (a, b) = (place(from)?, place(to)?);
            let between = rows.get(a.min(b)..=a.max(b))?;
            // From the anchor on, so that what finds no room lies furthest from it.
            Some(if a <= b {
                between.to_vec()
            } else {
                between.iter().rev().copied().collect()
            })
        });
        between.unwrap_or_else(|| vec![to])
    }

    /// Hands out rows of a table.
    pub(super) fn hand_out(&mut self, take: &Take) {
        let page = self.with_tables(|tables, filter, picks| {
            let picked = |row: u32| picks.sessions.binary_search(&row).is_ok();
            Some(tables.take(filter, take, &picked))
        });
        if let Some(page) = page {
            let request = take.request;
            self.send(Update::Taken { request, page });
        }
    }

    fn with_tables<R>(
        &mut self,
        run: impl FnOnce(&mut Tables, &Filter<'_>, &Picks) -> Option<R>,
    ) -> Option<R> {
        if self.derived.is_none() {
            self.derived = Some(self.derive());
        }
        let derived = self.derived.as_mut()?;
        let view = store_view!(self, derived);
        let filter = Filter {
            view: &view,
            list: &derived.list,
            span: self.selection.span,
            extent: derived.extent,
            ground: &derived.ground,
            group: self.settings.group,
        };
        let tables = derived.tables.get_or_insert_with(|| Tables::new(&filter));
        run(tables, &filter, &self.picks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pick_is_taken_back_by_another() {
        let mut picks = Picks::default();
        for session in [7, 3, 9, 7] {
            picks.toggle(session);
        }
        assert_eq!((picks.sessions(), picks.last), (&[3, 9][..], Some(7)));
        assert_eq!(picks.add(&[9, 1, 4]), 0);
        assert_eq!(picks.sessions(), [1, 3, 4, 9]);
    }

    #[test]
    fn there_is_an_end_to_picking() {
        let mut picks = Picks::default();
        picks.toggle(5);
        let many: Vec<u32> = (10..10 + MOST_PICKED as u32).collect();
        assert_eq!(picks.add(&many), 1);
        assert_eq!(picks.sessions().len(), MOST_PICKED);
        assert_eq!(picks.sessions().last(), Some(&(8 + MOST_PICKED as u32)));
    }
}
