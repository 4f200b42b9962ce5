//! What a session costs in memory, by a counting allocator: columns, texts, identities and lanes,
//! everything but the document itself. Printed with `cargo test --test memory -- --nocapture`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    unsafe_code,
    reason = "an allocator cannot be written without; it hands every call on"
)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod counting;

use counting::Since;
use simscope::import::{Importer, Options};
use simscope::store::{Source, Store};

const SIMS: u64 = 1000;
const SESSIONS_OF_A_SIM: u64 = 100;
/// As much as the host hands over at once.
const PIECE: usize = 1 << 20;
/// Bytes that a session may keep.
const BUDGET: f64 = 160.0;

struct Weighed {
    /// Bytes kept for each session.
    kept: f64,
    /// The most bytes held at once while loading, for each session.
    most: f64,
}

/// Reads a text as the engine does, piece by piece, the lanes settled in between.
fn weigh(name: &str, text: &str) -> Weighed {
    let since = Since::now();
    let mut store = Store::new();
    let source = store.add_source(Source::new(name, None));
    let options = Options {
        name: name.to_owned(),
        ..Options::default()
    };
    let mut importer = Importer::new(&mut store, source, options);
    for piece in text.as_bytes().chunks(PIECE) {
        importer.push(&mut store, piece);
        store.settle();
    }
    let outcome = importer.finish(&mut store);
    store.settle();
    let (held, most) = (since.held(), since.most());

    let sessions = SIMS * SESSIONS_OF_A_SIM;
    assert_eq!(outcome.problem, None);
    assert_eq!((outcome.records, outcome.bad_records), (sessions, 0));
    assert_eq!(u64::from(store.session_count()), sessions);
    let each = |bytes: usize| bytes as f64 / sessions as f64;
    let weighed = Weighed {
        kept: each(held),
        most: each(most),
    };
    println!(
        "{name}: {:.1} bytes a session kept, {:.1} at most while loading ({} sessions of {SIMS} SIMs, {:.1} MB of JSON)",
        weighed.kept,
        weighed.most,
        sessions,
        text.len() as f64 / 1e6,
    );
    weighed
}

/// One test for both: they share the one counter.
#[test]
fn a_session_keeps_within_its_budget() {
    let answers = [
        ("kore", answers::kore(SIMS, SESSIONS_OF_A_SIM)),
        ("wayscloud", answers::wayscloud(SIMS, SESSIONS_OF_A_SIM)),
    ];
    for (name, text) in answers {
        let weighed = weigh(name, &text);
        assert!(weighed.kept <= BUDGET, "{name} keeps {:.1}", weighed.kept);
        assert!(
            weighed.most <= 2.0 * weighed.kept,
            "{name} holds {:.1} at most",
            weighed.most
        );
    }
}
