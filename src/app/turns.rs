//! Large views are not mounted at once but part by part, each in a turn of its own, so that the page answers the visitor's
//! hands in between.

use leptos::prelude::*;

use super::drawing::{Drawing, FRAME};
use super::state::State;
use super::var::Var;

/// How many parts are mounted. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Turns {
    mounted: Var<u8>,
    last: u8,
    drawing: Drawing,
}

impl Turns {
    /// Begins with the first part; the last one is number `last`.
    pub fn new(state: State, last: u8) -> Self {
        let turns = Self {
            mounted: Var::default(),
            last,
            drawing: state.drawing,
        };
        turns.drawing.add_parts(u32::from(last));
        on_cleanup(move || {
            let mounted = turns.mounted.try_with_untracked(|mounted| *mounted);
            let left = last.saturating_sub(mounted.unwrap_or(last));
            turns.drawing.drop_parts(u32::from(left));
        });
        turns.wait();
        turns
    }

    /// Whether a part's turn has come. Once it has, it stays so.
    pub fn has(self, part: u8) -> bool {
        self.mounted.get() >= part
    }

    /// The browser lays out and paints a part before the next one comes.
    fn wait(self) {
        let next = move || {
            // Gone with the component that made it.
            let Some(now) = self.mounted.try_with_untracked(|mounted| mounted + 1) else {
                return;
            };
            self.mounted.set(now);
            self.drawing.drop_parts(1);
            if now < self.last {
                self.wait();
            }
        };
        set_timeout(next, FRAME);
    }
}
