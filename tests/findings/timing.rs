//! How long findings take against reading the same bytes. Of a million sessions, and only when asked for:
//! `cargo test --release --test findings -- --ignored --nocapture`.
#![allow(
    clippy::disallowed_methods,
    reason = "what is measured is time, and only on a native machine"
)]

use std::time::Instant;

use simscope::import::{Options, read_all};
use simscope::insight::{Search, Thresholds};
use simscope::store::Store;

use super::answers;

const SIMS: u64 = 10_000;
const SESSIONS_OF_A_SIM: u64 = 100;
/// Lanes in a slice.
const LANES: u32 = 64;

#[test]
#[ignore = "says something in a release build only"]
fn findings_take_no_longer_than_three_times_the_reading() {
    for (name, text) in [
        ("KORE", answers::kore(SIMS, SESSIONS_OF_A_SIM)),
        ("WAYSCloud", answers::wayscloud(SIMS, SESSIONS_OF_A_SIM)),
    ] {
        let began = Instant::now();
        let mut store = Store::new();
        read_all(&mut store, text.as_bytes(), Options::default());
        let reading = began.elapsed();
        let as_of = simscope::model::Instant::from_ms(store.extent().unwrap().to).unwrap();
        let began = Instant::now();
        let mut search = Search::new(&store, as_of, Thresholds::default());
        let mut longest = began.elapsed();
        let mut found = 0;
        loop {
            let slice = Instant::now();
            let done = search.step(&store, LANES);
            found += search.take_found().len();
            longest = longest.max(slice.elapsed());
            if done {
                break;
            }
        }
        let searching = began.elapsed();
        println!(
            "{name}: {} sessions of {} MB read in {reading:.1?}, {found} findings in {searching:.1?}, the longest slice {longest:.1?}",
            store.session_count(),
            text.len() / 1_000_000,
        );
        assert!(searching < reading * 3);
    }
}
