//! Starts the page's views inside a host element and hands them the engine's messages.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app::{App, Host, Link, State, Tone, act, receive};
use crate::first::Wish;

/// The running views of one element. Freeing it unmounts them.
#[wasm_bindgen]
pub struct AppHandle {
    // Dropped in this order: the views first, then what they belong to.
    _mounted: Box<dyn std::any::Any>,
    _owner: Owner,
    state: State,
}

#[wasm_bindgen]
impl AppHandle {
    /// Delivers one message of the engine host.
    pub fn receive(&self, message: JsValue) {
        receive(self.state, &message);
    }

    /// Opens what was wished before the views stood: `{kind, files?, text?, name?}`, as the first screen hands it on.
    pub fn act(&self, wish: &JsValue) {
        if let Some(wish) = Wish::from_js(wish) {
            act(self.state, wish);
        }
    }

    /// Opens a document for the host page; a promise of what it holds, once that is drawn.
    pub fn load(&self, blob: web_sys::Blob, options: JsValue) -> js_sys::Promise {
        self.state.load(blob, options)
    }

    /// A document turned out to be a case file: opens what is in it, or says why that cannot be done.
    pub fn open_case(&self, document: u32, found: JsValue) {
        self.state.open_case(document, found);
    }

    /// A document turned out to hold saved views, which were added to the others: what came of it.
    pub fn open_saved(&self, document: u32, outcome: JsValue) {
        self.state.open_saved(document, outcome);
    }

    /// The saved views are others.
    pub fn set_saved(&self, listing: JsValue) {
        self.state.take_saved(listing);
    }

    /// Chooses what the host page names; a promise of whether it is loaded.
    pub fn choose(&self, named: JsValue) -> js_sys::Promise {
        self.state.choose(named)
    }

    /// Forgets everything that is loaded.
    pub fn clear(&self) {
        self.state.clear();
    }

    /// The view as a plain object.
    pub fn view(&self) -> JsValue {
        self.state.view()
    }

    /// Shows such a view; what it does not hold stays.
    pub fn set_view(&self, view: JsValue) {
        self.state.set_view(view);
    }

    /// Follows an attribute of the element: `theme`, `zone`, `view` with `chrome`.
    pub fn set_attribute(&self, name: &str, value: &str) {
        self.state.set_attribute(name, value);
    }

    /// Tells the visitor something that is to be noted; with `until_loaded` it goes once something is loaded.
    pub fn note(&self, title: String, text: String, until_loaded: bool) {
        if until_loaded {
            self.state.tell_until_loaded(title, text);
        } else {
            self.state.tell(Tone::Warning, title, text);
        }
    }

    /// Identifiers of the SIMs on screen.
    pub fn on_screen(&self) -> Vec<String> {
        self.state.on_screen()
    }
}

/// Mounts the views into `root`, an element inside the shadow root.
///
/// `send(message, transfer)` takes messages to the engine host. `options` holds what the element was
/// given (`theme`, `zone`, `view`, `chrome`, `lang`), `connect()`, `openLive(source)` and `clearLive()` (the part that asks
/// providers), `readText(name)` (a promise of one of its files), `loadMap()` (a promise of the map's part), `viewed(view)` (the view
/// is another one), `savedViews()`, `savedView(name, ready)`, `changeViews(change)` and `viewsFile()` (the saved views: www/saved/list.ts),
/// `saveFile(name, mime, text)` and `emit(name, detail)` (dispatches an event on the element).
#[wasm_bindgen]
pub fn start_app(root: HtmlElement, send: js_sys::Function, options: JsValue) -> AppHandle {
    #[cfg(feature = "test-panic")]
    super::test_panic::listen(&root, &send);
    let owner = Owner::new();
    let (mounted, state) = owner.with(|| {
        let state = State::new(Link::new(send), root.clone(), Host::new(options));
        let mounted: UnmountHandle<_> = mount_to(root, move || view! { <App state=state /> });
        (mounted, state)
    });
    AppHandle {
        _mounted: Box::new(mounted),
        _owner: owner,
        state,
    }
}
