//! One live source: a driver with the browser's fetch, clock and timers around it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Function;
use leptos::task::spawn_local;

use super::calls::{Calls, Timer};
use super::host::Host;
use crate::app::Var;
use crate::model::ProviderId;
use crate::provider::connection::{Account, Ask};
use crate::transport::driver::{Action, Driver, Outbound, Phase, Setup, Status};
use crate::transport::fetch;

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
    calls: Calls,
    /// The host page's own `fetch`, where it gave one.
    own_fetch: Option<Function>,
    timer: Timer,
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
        own_fetch: Option<Function>,
        on_change: impl Fn() + 'static,
    ) -> Rc<Self> {
        Rc::new_cyclic(|weak: &Weak<Self>| {
            let weak = weak.clone();
            let timer = Timer::new(move || {
                if let Some(source) = weak.upgrade() {
                    source.pump();
                }
            });
            Self {
                id,
                label,
                status: Var::default(),
                host,
                driver: RefCell::new(Driver::new(setup)),
                documents: RefCell::default(),
                calls: Calls::default(),
                own_fetch,
                timer,
                screen_asked: Cell::new(0),
                on_change: Box::new(on_change),
            }
        })
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
                Some(Action::Abort(ticket)) => self.calls.abort(ticket),
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

    fn send(self: &Rc<Self>, request: Outbound) {
        let Some(signal) = self.calls.begin(request.ticket) else {
            return;
        };
        let source = Rc::clone(self);
        spawn_local(async move {
            let outcome = match &source.own_fetch {
                Some(own) => fetch::send_through(own, &request, &signal).await,
                None => fetch::send(&request, &signal).await,
            };
            if source.calls.end(request.ticket) {
                source.with(|driver| driver.told(request.ticket, outcome, now()));
            }
        });
    }

    fn set_timer(&self, at: i64) {
        let driver = self.driver.borrow();
        // While it waits for a word, the SIMs on screen may change, and with them what is offered.
        let asks = driver.status().phase == Phase::Asking;
        let wakes_at = driver.wakes_at(at);
        let wakes_at = wakes_at.or_else(|| asks.then_some(at + SCREEN_MS));
        self.timer.set(wakes_at.map(|wakes_at| wakes_at - at));
    }

    /// Ends everything about it: requests, timers, credentials.
    pub fn end(self: &Rc<Self>) {
        self.with(Driver::sign_out);
        self.timer.set(None);
    }
}
