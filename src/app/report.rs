//! What went wrong without harm to the visitor, told on the browser's console.

use wasm_bindgen::JsValue;

/// Tells what went wrong, and why.
pub fn report(what: &str, why: &JsValue) {
    web_sys::console::error_2(&JsValue::from_str(what), why);
}
