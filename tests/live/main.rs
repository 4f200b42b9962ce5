//! The contract of live sources, written once and run against every vendor: the real driver and the real adapters, the
//! simulated vendors of `tests/providers` over HTTP, a clock that jumps from event to event, and the real engine. Vendors differ
//! in `vendors` alone, which is data.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

mod bench;
mod calls;
mod chaos;
mod client;
mod failures;
mod history;
mod kept;
mod loads;
mod paging;
mod run;
mod signing_in;
mod simulators;
mod truth;
mod vendors;
mod watching;
