//! Large views are not mounted at once but part by part, each in a turn of its own, so that the page answers the visitor's
//! hands in between.

use std::time::Duration;

use leptos::prelude::*;

use super::var::Var;

/// About a frame of the browser: it lays out and paints a part before the next one comes.
const TURN: Duration = Duration::from_millis(16);

/// How many parts are mounted. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Turns {
    mounted: Var<u8>,
}

impl Turns {
    /// Begins with the first part; the last one is number `last`.
    pub fn new(last: u8) -> Self {
        let turns = Self {
            mounted: Var::default(),
        };
        turns.wait(last);
        turns
    }

    /// Whether a part's turn has come. Once it has, it stays so.
    pub fn has(self, part: u8) -> bool {
        self.mounted.get() >= part
    }

    fn wait(self, last: u8) {
        let next = move || {
            // Gone with the component that made it.
            let Some(now) = self.mounted.try_with_untracked(|mounted| mounted + 1) else {
                return;
            };
            self.mounted.set(now);
            if now < last {
                self.wait(last);
            }
        };
        set_timeout(next, TURN);
    }
}
