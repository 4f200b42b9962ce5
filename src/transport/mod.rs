//! Getting bytes. `fetch` is the browser's; everything that wraps it (pacing, retry, paging) is pure.

#[cfg(target_arch = "wasm32")]
pub mod fetch;
