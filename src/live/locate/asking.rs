//! One geolocate service: a locator with the browser's fetch, clock and timer around it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::task::spawn_local;

use super::words::host_of;
use crate::app::Var;
use crate::geo::CellId;
use crate::live::calls::{Calls, Timer};
use crate::live::host::Host;
use crate::live::source::now;
use crate::transport::fetch;
use crate::transport::locator::{Action, Locator, Question, Service, Status};

/// A service that is, or was, asked.
pub struct Asking {
    /// How its positions and its chip are called.
    pub label: String,
    /// How it is doing; views follow it.
    pub status: Var<Status>,
    service_host: String,
    host: Host,
    locator: RefCell<Locator>,
    documents: RefCell<Vec<u32>>,
    calls: Calls,
    timer: Timer,
    on_change: Box<dyn Fn()>,
}

impl Asking {
    /// A service that was asked nothing yet. `on_change` is called whenever its status changed.
    pub fn new(service: Service, host: Host, on_change: impl Fn() + 'static) -> Rc<Self> {
        let seed = (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64;
        let service_host = host_of(&service.address);
        Rc::new_cyclic(|weak: &Weak<Self>| {
            let weak = weak.clone();
            Self {
                label: format!("Cells by {service_host}"),
                status: Var::default(),
                service_host,
                host,
                locator: RefCell::new(Locator::new(service, seed)),
                documents: RefCell::default(),
                calls: Calls::default(),
                timer: Timer::new(move || {
                    if let Some(asking) = weak.upgrade() {
                        asking.pump();
                    }
                }),
                on_change: Box::new(on_change),
            }
        })
    }

    /// Whether that is the service.
    pub fn is_of(&self, service: &Service) -> bool {
        self.locator.borrow().service() == service
    }

    /// The service's address, without the key.
    pub fn address(&self) -> String {
        self.locator.borrow().service().address.clone()
    }

    /// How many of these cells were not asked for yet.
    pub fn new_among(&self, cells: &[Vec<CellId>]) -> u32 {
        self.locator.borrow().new_among(cells)
    }

    /// Asks for these cells too, and goes on.
    pub fn ask(self: &Rc<Self>, cells: Vec<Vec<CellId>>) {
        self.locator.borrow_mut().ask(cells);
        self.pump();
    }

    /// Stops.
    pub fn stop(self: &Rc<Self>) {
        self.locator.borrow_mut().stop();
        self.pump();
    }

    /// Ends it, and takes what it brought out again.
    pub fn forget(self: &Rc<Self>) {
        self.stop();
        self.host.forget(&self.documents.take());
    }

    fn pump(self: &Rc<Self>) {
        let at = now();
        loop {
            let action = self.locator.borrow_mut().poll(at);
            match action {
                Some(Action::Send(question)) => self.send(question),
                Some(Action::Abort(ticket)) => self.calls.abort(ticket),
                Some(Action::HandOver(lines)) => {
                    let number = self
                        .host
                        .open_located(&self.label, &self.service_host, &lines);
                    self.documents.borrow_mut().push(number);
                }
                None => break,
            }
        }
        let wakes_at = self.locator.borrow().wakes_at(at);
        self.timer.set(wakes_at.map(|wakes_at| wakes_at - at));
        let status = self.locator.borrow().status().clone();
        let same = self.status.try_with_untracked(|known| *known == status);
        if same != Some(true) {
            self.status.set(status);
            (self.on_change)();
        }
    }

    fn send(self: &Rc<Self>, question: Question) {
        let Some(signal) = self.calls.begin(question.ticket) else {
            return;
        };
        let asking = Rc::clone(self);
        spawn_local(async move {
            let outcome = fetch::ask(&question, &signal).await;
            if asking.calls.end(question.ticket) {
                let mut locator = asking.locator.borrow_mut();
                locator.told(question.ticket, outcome, now());
                drop(locator);
                asking.pump();
            }
        });
    }
}
