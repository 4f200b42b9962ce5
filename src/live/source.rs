//! One live source: a driver with the browser's fetch, clock and timers around it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Function;
use leptos::task::spawn_local;

use super::calls::{Calls, Timer};
use super::host::Host;
use super::keeping::Memory;
use super::state::Given;
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
    /// What of it is kept in this browser.
    pub memory: Memory,
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
        given: Given,
        on_change: impl Fn() + 'static,
    ) -> Rc<Self> {
        let (provider, account) = (setup.provider, &setup.account);
        let memory = Memory::new(host.clone(), account, provider, &label, &given);
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
                memory,
                host,
                driver: RefCell::new(Driver::new(setup)),
                documents: RefCell::default(),
                calls: Calls::default(),
                own_fetch: given.fetch,
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

    /// The engine's numbers of its documents, with those that were kept in this browser.
    pub fn documents(&self) -> Vec<u32> {
        let mut documents = self.memory.documents();
        documents.extend(self.documents.borrow().iter());
        documents
    }

    /// Begins to fetch: what is kept in this browser is opened first, and only the rest is asked for. `then` comes behind.
    pub fn begin(self: &Rc<Self>, ask: Ask, then: impl FnOnce(&mut Driver) + 'static) {
        let begin = move |driver: &mut Driver| {
            driver.fetch(ask);
            then(driver);
        };
        if !self.memory.may_remember() {
            return self.with(begin);
        }
        let source = Rc::clone(self);
        spawn_local(async move {
            let remembered = source.memory.remember().await;
            // It may have been taken out meanwhile.
            if source.driver.borrow().status().phase == Phase::SignedOut {
                return;
            }
            source.with(|driver| {
                if let Some(remembered) = remembered {
                    driver.remember(remembered);
                    driver.keep([]);
                }
                begin(driver);
            });
        });
    }

    /// Keeps what it brought and brings; `name` names the account where nothing else does.
    pub fn keep(self: &Rc<Self>, name: Option<String>) {
        let source = Rc::clone(self);
        spawn_local(async move {
            if let Some(records) = source.memory.begin(name).await {
                source.driver.borrow_mut().keep(records);
            }
        });
    }

    /// Keeps no more of it; what was kept stays.
    pub fn keep_no_more(self: &Rc<Self>) {
        self.driver.borrow_mut().keep_no_more();
        let source = Rc::clone(self);
        spawn_local(async move { source.memory.end().await });
    }

    /// What was kept of it was deleted.
    pub fn forget_kept(&self) {
        self.driver.borrow_mut().keep_no_more();
        self.memory.forget();
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
                    let sims = self.driver.borrow().status().sims;
                    self.memory.came(number, &document, sims);
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
                    self.memory.confirm(&numbers, observed_ms);
                }
                Some(Action::Answered(answered)) => {
                    let sims = self.driver.borrow().status().sims;
                    if let Some((numbers, at)) = self.memory.answered(answered, sims) {
                        self.host.confirm(&numbers, at);
                    }
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
