//! simscope shows what a SIM did: its data sessions and activity, from five IoT connectivity
//! vendors, on one timeline and one map, in the browser alone.

#[cfg(all(target_arch = "wasm32", feature = "views"))]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod embed;
pub mod engine;
pub mod export;
pub mod geo;
pub mod import;
pub mod map;
pub mod model;
pub mod provider;
pub mod store;
pub mod timeline;
pub mod transport;
