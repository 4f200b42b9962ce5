//! Getting bytes. [`driver`] decides what is asked when, and is pure: time and randomness are handed in, requests and
//! documents are handed out. `fetch` is the browser's half.

pub mod driver;
#[cfg(target_arch = "wasm32")]
pub mod fetch;
