//! simscope shows what a SIM did: its data sessions and activity, from five IoT connectivity
//! vendors, on one timeline and one map, in the browser alone.
//!
//! The flow goes one way:
//!
//! ```text
//! bytes -> import -> provider::<vendor>::wire -> provider::<vendor>::map -> store
//!                                                                         -> timeline | map | tables | insight -> page
//! ```
//!
//! - [`model`]: what a session, a SIM, an event, a usage row, a network, a cell and a place are. Plain data.
//! - [`provider`]: one folder per vendor; the only home of their quirks, and of their names.
//! - [`import`]: a file or pasted text, piece by piece: which vendor, which answer, which record is bad.
//! - [`store`]: everything that was loaded, as columns; identity, merging of rebuilt sessions.
//! - [`timeline`], [`map`]: a view of the store as frames and places; pure.
//! - [`insight`]: what stands out in the store, by rules; pure.
//! - [`label`]: names, groups and tags for SIMs from the owner's own CSV file, matched across vendors; pure.
//! - [`report`]: figures over a span and a filter, and what happened in it, as CSV and JSON; pure.
//! - [`table`]: which rows of a long table are in view, and where a key leads; pure.
//! - [`engine`]: owns the store and answers the page by typed messages; knows no DOM and no clock.
//! - [`commands`]: the one table of commands, for keys, palette, key sheet and README.
//! - [`export`]: the model's public JSON. [`geo`]: countries. [`error`]: why a call failed, and what to do.
//! - [`transport`]: when what is asked of a vendor (sign-in, paging, pacing, retries, watching); pure, but for `fetch`.
//! - `first` (the first screen), `app` (the views), `live` (forms, credentials, requests) and `embed` (what JavaScript may call)
//!   exist in the browser only. There the crate is built as four modules: the first screen is all that is fetched before the
//!   visitor has chosen anything, the views and the engine come at the first sign of use, the live part when a provider is to be
//!   connected.

#[cfg(all(
    target_arch = "wasm32",
    any(feature = "first", feature = "views", feature = "live")
))]
pub mod app;
mod bytes;
pub mod commands;
#[cfg(target_arch = "wasm32")]
pub mod embed;
pub mod engine;
pub mod error;
pub mod export;
#[cfg(all(
    target_arch = "wasm32",
    any(feature = "first", feature = "views", feature = "live")
))]
pub mod first;
pub mod geo;
pub mod import;
pub mod insight;
pub mod label;
#[cfg(all(target_arch = "wasm32", feature = "live"))]
pub mod live;
pub mod map;
pub mod model;
pub mod provider;
pub mod report;
pub mod store;
pub mod table;
pub mod transport;

pub use simscope_timeline as timeline;
