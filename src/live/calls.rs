//! The browser's half of anything that asks: a timer that is set again and again, and the requests under way, which can be given up.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

/// It is not set for longer than this: what it waits for may come earlier.
const LONGEST_MS: i64 = 60_000;

/// A timer.
pub struct Timer {
    set: Cell<Option<i32>>,
    on_time: Closure<dyn Fn()>,
}

impl Timer {
    /// One that calls `on_time` when its time has come.
    pub fn new(on_time: impl Fn() + 'static) -> Self {
        Self {
            set: Cell::new(None),
            on_time: Closure::new(on_time),
        }
    }

    /// Sets it to ring in so many milliseconds, or never; what it was set to before does not count any more.
    pub fn set(&self, wait_ms: Option<i64>) {
        let Some(window) = web_sys::window() else {
            return;
        };
        if let Some(timer) = self.set.take() {
            window.clear_timeout_with_handle(timer);
        }
        let Some(wait) = wait_ms else { return };
        let set = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            self.on_time.as_ref().unchecked_ref(),
            wait.clamp(1, LONGEST_MS) as i32,
        );
        self.set.set(set.ok());
    }
}

/// Requests under way, by ticket.
#[derive(Default)]
pub struct Calls(RefCell<Vec<(u32, AbortController)>>);

impl Calls {
    /// A request begins; null where this browser has no way to give one up.
    pub fn begin(&self, ticket: u32) -> Option<AbortSignal> {
        let controller = AbortController::new().ok()?;
        let signal = controller.signal();
        self.0.borrow_mut().push((ticket, controller));
        Some(signal)
    }

    /// An outcome came. False where the request was given up: then nobody waits for it.
    pub fn end(&self, ticket: u32) -> bool {
        self.take(ticket).is_some()
    }

    /// Gives a request up.
    pub fn abort(&self, ticket: u32) {
        if let Some(controller) = self.take(ticket) {
            controller.abort();
        }
    }

    fn take(&self, ticket: u32) -> Option<AbortController> {
        let mut all = self.0.borrow_mut();
        let at = all.iter().position(|(known, _)| *known == ticket)?;
        Some(all.swap_remove(at).1)
    }
}
