//! Sessions on their way to the host page: which, and piece by piece.

use crate::export::{Form, sessions_piece};

use super::Engine;
use super::protocol::Tab;
use super::tables::{Filter, Tables};
use super::view::store_view;

/// What is being handed over.
#[derive(Debug)]
pub(super) struct HandOver {
    form: Form,
    rows: Vec<u32>,
}

impl Engine {
    /// Begins to hand sessions over, in the timeline's order: all that are loaded, or those that filter, legend and chosen span let
    /// through. What was handed over before is not any more. Returns how many they are.
    pub fn hand_over(&mut self, form: Form, all: bool) -> u32 {
        self.catch_up();
        let rows = if all {
            let lanes = self.store.lanes();
            lanes
                .flat_map(|(_, lane)| lane.sessions.iter().copied())
                .collect()
        } else {
            self.shown_sessions()
        };
        let count = rows.len() as u32;
        self.handing = Some(HandOver { form, rows });
        count
    }

    /// A piece of what is handed over: `count` sessions from the one at `at` on. The pieces in order are the whole.
    pub fn handed(&self, at: u32, count: u32) -> String {
        self.handing.as_ref().map_or_else(String::new, |handing| {
            let (at, count) = (at as usize, count as usize);
            sessions_piece(&self.store, handing.form, &handing.rows, at, count)
        })
    }

    /// What was handed over is complete.
    pub fn handed_over(&mut self) {
        self.handing = None;
    }

    /// Lets data that have come into the views' lists, as far as they are not.
    fn catch_up(&mut self) {
        if self.data_changed {
            self.store.settle();
            self.filtering.forget();
            self.former_list = self.derived.take().map(|derived| derived.list);
        }
        if self.derived.is_none() {
            self.derived = Some(self.derive());
        }
    }

    fn shown_sessions(&self) -> Vec<u32> {
        let Some(derived) = &self.derived else {
            return Vec::new();
        };
        let view = store_view!(self, derived);
        let filter = Filter {
            view: &view,
            list: &derived.list,
            span: self.selection.span,
            extent: derived.extent,
            ground: &derived.ground,
            group: self.settings.group,
        };
        Tables::new(&filter).rows_of(Tab::Sessions).to_vec()
    }
}
