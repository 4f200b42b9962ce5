//! Tells the engine when what it sent is on screen. While it reads a file it waits for that: page and engine share the
//! machine's cores, and what is read is of no use before it is seen.

use std::time::Duration;

use leptos::prelude::*;

use super::state::State;

/// About a frame of the browser.
pub const FRAME: Duration = Duration::from_millis(16);

/// What is on its way to the screen. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Drawing {
    /// How many parts of the screen are still to be mounted.
    parts: StoredValue<u32, LocalStorage>,
    /// The engine will be told.
    telling: StoredValue<bool, LocalStorage>,
}

impl Drawing {
    pub fn new() -> Self {
        Self {
            parts: StoredValue::new_local(0),
            telling: StoredValue::new_local(false),
        }
    }

    /// So many parts are to be mounted.
    pub fn add_parts(self, count: u32) {
        self.parts.try_update_value(|parts| *parts += count);
    }

    /// So many of them are, or never will be.
    pub fn drop_parts(self, count: u32) {
        self.parts
            .try_update_value(|parts| *parts = parts.saturating_sub(count));
    }
}

/// The engine sent something, which the state now holds: tells it as soon as that is drawn.
pub fn tell_when_drawn(state: State) {
    // Null: it is gone with everything else.
    if state.drawing.telling.try_get_value() != Some(false) {
        return;
    }
    // A page that nobody sees gets no frames, and has nothing to draw.
    if document().hidden() {
        state.tell_host_drawn();
        return state.link().drawn();
    }
    state.drawing.telling.set_value(true);
    request_animation_frame(move || set_timeout(move || tell(state), Duration::ZERO));
}

fn tell(state: State) {
    match state.drawing.parts.try_get_value() {
        Some(0) => {
            state.drawing.telling.set_value(false);
            state.tell_host_drawn();
            state.link().drawn();
        }
        Some(_) => set_timeout(move || tell(state), FRAME),
        None => {}
    }
}
