//! What can only be tested inside a browser: the entry points that JavaScript calls.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod reading;
mod smoke;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
