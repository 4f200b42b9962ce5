//! One live source: a driver with the browser's fetch, clock and timers around it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::host::Host;
use crate::app::Var;
use crate::model::ProviderId;
use crate::provider::connection::{Account, Ask};
use crate::transport::driver::{Action, Driver, Outbound, Phase, Setup, Status};
use crate::transport::fetch;

/// A timer is not set for longer than this: what it waits for may come earlier.
const LONGEST_TIMER_MS: i64 = 60_000;
/// While something is fetched, what is on screen is asked for this often.
const SCREEN_MS: i64 = 1000;

/// The present time, epoch milliseconds.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// A source that was connected.
pub struct Source {
    /// Its number.
    pub id: u32,
    /// The name that its rows carry.
    pub label: String,
    /// How it is doing; views follow it.
    pub status: Var<Status>,
    host: Host,
    driver: RefCell<Driver>,
    /// The engine's numbers of its documents, by the driver's.
    documents: RefCell<Vec<u32>>,
    aborts: RefCell<Vec<(u32, AbortController)>>,
    timer: Cell<Option<i32>>,
    on_timer: RefCell<Option<Closure<dyn Fn()>>>,
    screen_asked: Cell<i64>,
    on_change: Box<dyn Fn()>,
}

impl Source {
    /// A source that has asked nothing yet. `on_change` is called whenever its status changed.
    pub fn new(
        id: u32,
        label: String,
        setup: Setup,
        host: Host,
        on_change: impl Fn() + 'static,
    ) -> Rc<Self> {
        let source = Rc::new(Self {
            id,
            label,
            status: Var::default(),
            host,
            driver: RefCell::new(Driver::new(setup)),
            documents: RefCell::default(),
            aborts: RefCell::default(),
            timer: Cell::new(None),
            on_timer: RefCell::default(),
            screen_asked: Cell::new(0),
            on_change: Box::new(on_change),
        });
        let weak = Rc::downgrade(&source);
        let on_timer = Closure::<dyn Fn()>::new(move || {
            if let Some(source) = weak.upgrade() {
                source.timer.set(None);
                source.pump();
            }
        });
        *source.on_timer.borrow_mut() = Some(on_timer);
        source
    }

    /// Changes something about the driver, and goes on.
    pub fn with(self: &Rc<Self>, change: impl FnOnce(&mut Driver)) {
        change(&mut self.driver.borrow_mut());
        self.pump();
    }

    /// What is wanted of it.
    pub fn ask(&self) -> Ask {
        self.driver.borrow().ask().clone()
    }

    /// Whether it signed in, or would, with that account.
    pub fn is_of(&self, provider: ProviderId, account: &Account) -> bool {
        let driver = self.driver.borrow();
        driver.provider() == provider && driver.is_of(account)
    }

    /// Its vendor.
    pub fn provider(&self) -> ProviderId {
        self.driver.borrow().provider()
    }

    /// The engine's numbers of its documents.
    pub fn documents(&self) -> Vec<u32> {
        self.documents.borrow().clone()
    }

    /// Tells the driver which SIMs are on screen.
    pub fn look_at_screen(self: &Rc<Self>) {
        let on_screen = self.host.on_screen();
        self.driver.borrow_mut().set_on_screen(on_screen);
    }

    /// Does what is to be done now, and sets a timer for what comes later.
    fn pump(self: &Rc<Self>) {
        let at = now();
        if at - self.screen_asked.get() >= SCREEN_MS {
            self.screen_asked.set(at);
            self.look_at_screen();
        }
        loop {
            let action = self.driver.borrow_mut().poll(at);
            match action {
                Some(Action::Send(request)) => self.send(request),
                Some(Action::Abort(ticket)) => {
                    if let Some(controller) = self.take_abort(ticket) {
                        controller.abort();
                    }
                }
                Some(Action::Open(document)) => {
                    let number = self.host.new_document();
                    let mut documents = self.documents.borrow_mut();
                    // The driver numbers them one after the other.
                    documents.push(number);
                    drop(documents);
                    let provider = self.provider().as_str();
                    self.host.open(number, &self.label, provider, &document);
                }
                Some(Action::Confirm {
                    documents,
                    observed_ms,
                }) => {
                    let known = self.documents.borrow();
                    let numbers: Vec<u32> = documents
                        .iter()
                        .filter_map(|own| known.get(*own as usize).copied())
                        .collect();
                    self.host.confirm(&numbers, observed_ms);
                }
                None => break,
            }
        }
        self.set_timer(at);
        let (status, changed) = {
            let driver = self.driver.borrow();
            let status = driver.status().clone();
            let changed = self.status.try_with_untracked(|known| *known != status);
            (status, changed)
        };
        if changed != Some(false) {
            self.status.set(status);
            (self.on_change)();
        }
    }

    fn take_abort(&self, ticket: u32) -> Option<AbortController> {
        let mut aborts = self.aborts.borrow_mut();
        let at = aborts.iter().position(|(known, _)| *known == ticket)?;
        Some(aborts.swap_remove(at).1)
    }

    fn send(self: &Rc<Self>, request: Outbound) {
        let Ok(controller) = AbortController::new() else {
            return;
        };
        let signal = controller.signal();
        self.aborts.borrow_mut().push((request.ticket, controller));
        let source = Rc::clone(self);
        spawn_local(async move {
            let outcome = fetch::send(&request, &signal).await;
            // Gone when the driver gave it up: then nobody waits for the outcome.
            if source.take_abort(request.ticket).is_some() {
                source.with(|driver| driver.told(request.ticket, outcome, now()));
            }
        });
    }

    fn set_timer(&self, at: i64) {
        let Some(window) = web_sys::window() else {
            return;
        };
        if let Some(timer) = self.timer.take() {
            window.clear_timeout_with_handle(timer);
        }
        let wakes_at = {
            let driver = self.driver.borrow();
            // While it waits for a word, the SIMs on screen may change, and with them what is offered.
            let asks = driver.status().phase == Phase::Asking;
            driver
                .wakes_at(at)
                .or_else(|| asks.then_some(at + SCREEN_MS))
        };
        let (Some(wakes_at), Some(on_timer)) = (wakes_at, &*self.on_timer.borrow()) else {
            return;
        };
        let wait = (wakes_at - at).clamp(1, LONGEST_TIMER_MS);
        let set = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            on_timer.as_ref().unchecked_ref(),
            wait as i32,
        );
        self.timer.set(set.ok());
    }

    /// Ends everything about it: requests, timers, credentials.
    pub fn end(self: &Rc<Self>) {
        self.with(Driver::sign_out);
        if let (Some(timer), Some(window)) = (self.timer.take(), web_sys::window()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}
