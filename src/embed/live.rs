//! Starts the part that asks providers, beside the views of an element.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::live::{Host, Live, LiveViews};

/// The running live part of one element. Freeing it ends all its sources.
#[wasm_bindgen]
pub struct LiveHandle {
    // Dropped in this order: the views first, then what they belong to.
    _mounted: Box<dyn std::any::Any>,
    _owner: Owner,
    live: Live,
}

#[wasm_bindgen]
impl LiveHandle {
    /// Opens the dialog that connects a provider.
    pub fn connect(&self) {
        self.live.open_connect();
    }

    /// Opens the list of what is kept in this browser.
    pub fn kept(&self) {
        self.live.open_kept();
    }

    /// Opens the dialog that asks a geolocate service where cells stand.
    pub fn locate(&self) {
        self.live.open_locate();
    }

    /// Fetches from the sources that the host page gives, in place of those that it gave before: a list of `{provider, name,
    /// credentials, baseUrls, sims, days, history, usage, statusHistory, cellLocations, watch, fetch}`.
    ///
    /// # Errors
    ///
    /// The text says what is wrong with one of them; nothing has changed then.
    pub fn set_sources(&self, list: JsValue) -> Result<(), JsValue> {
        self.live.set_given(list).map_err(JsValue::from)
    }

    /// Fetches all sources anew.
    pub fn refresh(&self) {
        self.live.refresh();
    }

    /// Watches all sources for what is new, or none of them.
    pub fn watch(&self, on: bool) {
        self.live.watch(on);
    }

    /// Opens the panel of a source.
    pub fn open(&self, source: u32) {
        self.live.open_source(source);
    }

    /// Ends all sources and forgets them.
    pub fn clear(&self) {
        self.live.clear();
    }

    /// Ends everything: requests, timers, credentials. To be called before it is freed.
    pub fn end(&self) {
        self.live.clear();
        crate::transport::fetch::stop_listening();
    }
}

/// Mounts the live part into `root`, an element inside the shadow root.
///
/// `host` holds `send(message, transfer)` (messages to the engine host), `newDocument()` (a number that grows with each call),
/// `show(chips)` (the sources' chips `{id, label, tone, text}`), `details(label)` (opens what the views know of a source),
/// `onScreen()` (identifiers of the SIMs on screen), `unplaced()` (a promise of the cells without a position, as JSON),
/// `unended(source)` (a promise of the SIMs with a session of which no end is known, as JSON) and `history` (what keeps history in this
/// browser; null where the page around does not allow it).
#[wasm_bindgen]
pub fn start_live(root: HtmlElement, host: JsValue) -> LiveHandle {
    crate::transport::fetch::listen_for_policy();
    let owner = Owner::new();
    let (mounted, live) = owner.with(|| {
        let live = Live::new(Host::new(host));
        let mounted: UnmountHandle<_> = mount_to(root, move || view! { <LiveViews live=live /> });
        (mounted, live)
    });
    LiveHandle {
        _mounted: Box::new(mounted),
        _owner: owner,
        live,
    }
}
