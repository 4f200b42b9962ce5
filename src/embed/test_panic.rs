//! Panics on purpose, for the tests that one element's end leaves the others alone. Only a build with
//! the feature `test-panic` has this; what is published never does.
#![allow(clippy::panic, reason = "to panic is what this is for")]

#[cfg(any(feature = "first", feature = "views"))]
use wasm_bindgen::prelude::*;
#[cfg(any(feature = "first", feature = "views"))]
use web_sys::HtmlElement;

/// The command that makes an engine panic.
#[cfg(any(feature = "engine", feature = "views"))]
const COMMAND: &[u8] = b"panic";

/// Panics if that is what the command asks for.
#[cfg(feature = "engine")]
pub fn heed(command: &[u8]) {
    assert!(command != COMMAND, "a panic in the engine, for the tests");
}

/// Lets a test make the first screen's instance panic by the event `test-panic-first` on the element it is mounted in.
#[cfg(feature = "first")]
pub fn listen_first(root: &HtmlElement) {
    on(root, "test-panic-first", || {
        panic!("a panic in the first screen, for the tests")
    });
}

/// Lets a test reach one element's instances by events on the element the views are mounted in:
/// `test-panic-views` makes the instance on the page panic, `test-panic-engine` the engine's.
#[cfg(feature = "views")]
pub fn listen(root: &HtmlElement, send: &js_sys::Function) {
    on(root, "test-panic-views", || {
        panic!("a panic in the views, for the tests")
    });
    let send = send.clone();
    on(root, "test-panic-engine", move || {
        let message = js_sys::Object::new();
        // Setting a property of a new plain object does not fail; a refused send shows in the test.
        let _ = js_sys::Reflect::set(&message, &"type".into(), &"command".into());
        let _ = js_sys::Reflect::set(&message, &"body".into(), &js_sys::Uint8Array::from(COMMAND));
        let _ = send.call2(&JsValue::NULL, &message, &js_sys::Array::new());
    });
}

#[cfg(any(feature = "first", feature = "views"))]
fn on(root: &HtmlElement, event: &str, act: impl FnMut() + 'static) {
    let act = Closure::<dyn FnMut()>::new(act);
    let _ = root.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    // It lives as long as the instance: a test has no use for taking it off again.
    act.forget();
}
