//! The live sources of one element, and which dialog is open.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::connect::ConnectDialog;
use super::host::{Chip, Host};
use super::kept::KeptDialog;
use super::locate::{Asking, LocateDialog};
use super::panel::SourcePanel;
use super::source::{Source, now};
use super::watch::USUAL_MS;
use super::words;
use crate::app::Var;
use crate::model::ProviderId;
use crate::provider::connection::{Account, Ask};
use crate::transport::driver::{Driver, Phase, Setup};
use crate::transport::locator::Service;

/// What is said of a source besides the account: by the host page that gives it, or by the visitor.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The name that its rows carry.
    pub name: Option<String>,
    /// Its own `fetch`.
    pub fetch: Option<js_sys::Function>,
    /// What the visitor calls the account, where nothing else tells which it is.
    pub account: Option<String>,
}

/// A dialog of the live part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// Connect a provider.
    Connect,
    /// A source, by number.
    Source(u32),
    /// Ask a geolocate service where cells stand.
    Locate,
    /// What is kept in this browser.
    Kept,
}

/// The number of the geolocate service's chip.
const LOCATE_CHIP: u32 = u32::MAX;

/// Everything that the live part's components share. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct Live {
    host: StoredValue<Host, LocalStorage>,
    /// The sources, in the order in which they were connected.
    pub sources: Var<Vec<Rc<Source>>>,
    /// The geolocate service that is, or was, asked.
    pub asking: Var<Option<Rc<Asking>>>,
    /// Which dialog is open.
    pub dialog: Var<Option<Dialog>>,
    next: StoredValue<u32>,
    /// The sources that the host page gave, by number.
    pub given: StoredValue<Vec<u32>>,
    /// Sources outlive the dialog that they were made in.
    owner: StoredValue<Option<Owner>, LocalStorage>,
}

impl Live {
    /// With no source.
    pub fn new(host: Host) -> Self {
        Self {
            host: StoredValue::new_local(host),
            sources: Var::default(),
            asking: Var::default(),
            dialog: Var::default(),
            next: StoredValue::new(0),
            given: StoredValue::new(Vec::new()),
            owner: StoredValue::new_local(Owner::current()),
        }
    }

    /// What the element around offers.
    pub fn host(&self) -> Host {
        self.host.get_value()
    }

    /// Opens the dialog that connects a provider.
    pub fn open_connect(&self) {
        self.dialog.set(Some(Dialog::Connect));
    }

    /// Opens the panel of a source.
    pub fn open_source(&self, id: u32) {
        let is_locate = id == LOCATE_CHIP;
        let dialog = if is_locate {
            Dialog::Locate
        } else {
            Dialog::Source(id)
        };
        self.dialog.set(Some(dialog));
    }

    /// Opens the dialog that asks a geolocate service.
    pub fn open_locate(&self) {
        self.dialog.set(Some(Dialog::Locate));
    }

    /// Opens the list of what is kept in this browser.
    pub fn open_kept(&self) {
        self.dialog.set(Some(Dialog::Kept));
    }

    /// What was kept of a source, or of all, was deleted.
    pub fn forget_kept(&self, id: Option<&str>) {
        for source in self.sources.get_untracked() {
            let own = source.memory.id();
            if own.is_some() && (id.is_none() || own.as_deref() == id) {
                source.forget_kept();
            }
        }
    }

    /// The geolocate service to ask: the present one where it is the same, else a new one in its place. What the former said stays.
    pub fn ask_service(&self, service: Service) -> Rc<Asking> {
        let present = self.asking.get_untracked();
        if let Some(present) = present {
            if present.is_of(&service) {
                return present;
            }
            present.stop();
        }
        let live = *self;
        let asking = self.owned(|| Asking::new(service, self.host(), move || live.show()));
        self.asking.set(Some(Rc::clone(&asking)));
        asking
    }

    /// Stops asking the geolocate service.
    pub fn stop_asking(&self) {
        if let Some(asking) = self.asking.get_untracked() {
            asking.stop();
        }
    }

    /// Ends the geolocate service, and takes out what it said.
    pub fn forget_asking(&self) {
        if let Some(asking) = self.asking.get_untracked() {
            self.asking.set(None);
            asking.forget();
            self.show();
        }
    }

    /// Makes something that outlives the dialog that it is made in.
    fn owned<T>(&self, make: impl FnOnce() -> T) -> T {
        match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }

    /// A dialog of that kind was closed; another one that was opened meanwhile stays.
    pub fn close(&self, is: impl Fn(&Dialog) -> bool) {
        if self.dialog.get_untracked().is_some_and(|open| is(&open)) {
            self.dialog.set(None);
        }
    }

    /// A source by number.
    pub fn source(&self, id: u32) -> Option<Rc<Source>> {
        self.sources
            .with(|all| all.iter().find(|source| source.id == id).cloned())
    }

    /// Begins a source; nothing is asked yet. It is not shown before [`Self::keep`].
    pub fn begin(
        &self,
        provider: ProviderId,
        account: Account,
        ask: Ask,
        given: Given,
    ) -> Rc<Source> {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let name = crate::provider::capability(provider).label;
        let same = self.sources.with_untracked(|all| {
            let labels = all.iter().filter(|source| source.label.starts_with(name));
            labels.count()
        });
        let label = match (given.name.clone(), same) {
            (Some(name), _) => name,
            (None, 0) => name.to_owned(),
            (None, same) => format!("{name} {}", same + 1),
        };
        let seed = (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64;
        let setup = Setup {
            provider,
            account,
            ask,
            seed,
        };
        let live = *self;
        let host = self.host();
        self.owned(|| Source::new(id, label, setup, host, given, move || live.show()))
    }

    /// Fetches all sources anew, up to now.
    pub fn refresh(&self) {
        for source in self.sources.get_untracked() {
            let mut ask = source.ask();
            let until = now();
            let length = ask.range.to_ms - ask.range.from_ms;
            ask.range.from_ms = until - length;
            ask.range.to_ms = until;
            source.with(|driver: &mut Driver| driver.fetch(ask));
        }
    }

    /// Watches all sources for what is new, each as often as it is watched already or by the minute; or none of them.
    pub fn watch(&self, on: bool) {
        for source in self.sources.get_untracked() {
            let watched = source
                .status
                .with_untracked(|status| status.watching.is_some());
            match on {
                true if !watched => source.with(|driver| driver.watch(USUAL_MS, now())),
                false if watched => source.with(Driver::unwatch),
                _ => {}
            }
        }
    }

    /// Takes a source into the list.
    pub fn keep(&self, source: Rc<Source>) {
        self.sources.update(|all| all.push(source));
        self.show();
    }

    /// Takes a source out, with its rows.
    pub fn remove(&self, id: u32) {
        let Some(source) = self.source(id) else {
            return;
        };
        source.end();
        self.host().forget(&source.documents());
        self.sources
            .update(|all| all.retain(|source| source.id != id));
        self.dialog.set(None);
        self.show();
    }

    /// Ends all sources: the visitor forgets everything.
    pub fn clear(&self) {
        let all = self.sources.get_untracked();
        self.sources.set(Vec::new());
        self.dialog.set(None);
        for source in all {
            source.end();
        }
        self.stop_asking();
        self.asking.set(None);
        self.show();
    }

    /// Shows the sources' chips.
    fn show(&self) {
        let mut chips = self.sources.with_untracked(|all| {
            let chip = |source: &Rc<Source>| {
                let status = source.status.get_untracked();
                let (tone, text) = words::chip(&status);
                Chip {
                    id: source.id,
                    label: source.label.clone(),
                    tone,
                    text,
                    at: status.fetched_ms.filter(|_| status.phase == Phase::Done),
                    watching: Some(status.watching.is_some()),
                }
            };
            all.iter().map(chip).collect::<Vec<_>>()
        });
        if let Some(asking) = self.asking.get_untracked() {
            let (tone, text) = super::locate::chip(&asking.status.get_untracked());
            chips.push(Chip {
                id: LOCATE_CHIP,
                label: asking.label.clone(),
                tone,
                text,
                at: None,
                watching: None,
            });
        }
        self.host().show(&chips);
    }

    /// The page was hidden, or shown again: watching rests.
    pub fn set_hidden(&self, hidden: bool) {
        for source in self.sources.get_untracked() {
            source.with(|driver: &mut Driver| driver.set_hidden(hidden));
        }
    }
}

/// The state, anywhere below the root component.
pub fn use_live() -> Live {
    expect_context::<Live>()
}

/// The dialogs of the live part.
#[component]
pub fn LiveViews(
    /// The shared state.
    live: Live,
) -> impl IntoView {
    provide_context(live);
    follow_visibility(live);
    view! {
        <ConnectDialog />
        <SourcePanel />
        <LocateDialog />
        <KeptDialog />
    }
}

fn follow_visibility(live: Live) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let seen = document.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        live.set_hidden(seen.hidden());
    });
    let listener = changed.as_ref().unchecked_ref::<js_sys::Function>().clone();
    // Adding a listener to the document does not fail.
    let _ = document.add_event_listener_with_callback("visibilitychange", &listener);
    let held = StoredValue::new_local((document, changed));
    on_cleanup(move || {
        held.with_value(|(document, _)| {
            // It was added above, so it can be removed.
            let _ = document.remove_event_listener_with_callback("visibilitychange", &listener);
        });
    });
}

/// A range that ends now.
pub fn last_days(days: i64) -> crate::provider::query::TimeRange {
    let to_ms = now();
    crate::provider::query::TimeRange {
        from_ms: to_ms - days * 86_400_000,
        to_ms,
    }
}
