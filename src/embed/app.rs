//! Starts the page's views inside a host element and hands them the engine's messages.

use leptos::mount::{UnmountHandle, mount_to};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app::EmptyState;

/// The running views of one element. Freeing it unmounts them.
#[wasm_bindgen]
pub struct AppHandle {
    _mounted: Box<dyn std::any::Any>,
    send: js_sys::Function,
    received: u32,
}

#[wasm_bindgen]
impl AppHandle {
    /// Delivers one message of the engine host.
    pub fn receive(&mut self, message: JsValue) {
        if message.is_object() {
            self.received = self.received.saturating_add(1);
        }
    }

    /// Sends one command to the engine host, as the views do.
    ///
    /// # Errors
    ///
    /// What `send` threw.
    pub fn command(&self, json: &str) -> Result<(), JsValue> {
        let message = js_sys::Object::new();
        js_sys::Reflect::set(&message, &"type".into(), &"command".into())?;
        js_sys::Reflect::set(&message, &"json".into(), &json.into())?;
        self.send
            .call2(&JsValue::NULL, &message, &js_sys::Array::new())?;
        Ok(())
    }
}

/// Mounts the views into `root`, an element inside the shadow root.
///
/// `send(message, transfer)` takes messages to the engine host; `options` is what the host element
/// was given (`theme`, `view`).
#[wasm_bindgen]
pub fn start_app(root: HtmlElement, send: js_sys::Function, options: JsValue) -> AppHandle {
    #[cfg(feature = "test-panic")]
    super::test_panic::listen(&root, &send);
    let _ = options;
    let mounted: UnmountHandle<_> = mount_to(root, EmptyState);
    AppHandle {
        _mounted: Box::new(mounted),
        send,
        received: 0,
    }
}
