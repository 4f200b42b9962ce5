//! Starts the page's views inside a host element and hands them the engine's messages.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app::{App, Host, Link, State, act, receive};
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

    /// Identifiers of the SIMs on screen.
    pub fn on_screen(&self) -> Vec<String> {
        self.state.on_screen()
    }
}

/// Mounts the views into `root`, an element inside the shadow root.
///
/// `send(message, transfer)` takes messages to the engine host. `options` holds what the element was
/// given (`theme`, `zone`, `view`), `connect()`, `openLive(source)` and `clearLive()` (the part that asks
/// providers), `assetBase` (the folder of its files), `loadMap()` (a promise of
/// the map's part) and `emit(name, detail)` (dispatches an event on the element).
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
