//! Getting bytes. [`driver`] decides what a vendor is asked when, [`locator`] what a geolocate service is; both are pure: time
//! and randomness are handed in, requests and documents are handed out. `fetch` is the browser's half.

pub mod driver;
#[cfg(all(target_arch = "wasm32", feature = "live"))]
pub mod fetch;
pub mod locator;
mod pace;
mod retry;
