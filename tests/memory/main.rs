//! What a session costs in memory, by a counting allocator: columns, texts, identities and lanes,
//! the index and what the views keep: everything but the document itself. Printed with `cargo test --test memory -- --nocapture`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    unsafe_code,
    reason = "an allocator cannot be written without; it hands every call on"
)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod counting;

use counting::Since;
use simscope::engine::protocol::{Command, FleetQuery, Update};
use simscope::engine::{Engine, OpenOptions};

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

/// Reads a text through the engine, piece by piece, the views answered in between; at the end every lane is drawn, so that
/// all are indexed.
fn weigh(name: &str, text: &str) -> Weighed {
    let since = Since::now();
    let mut engine = Engine::new();
    engine.begin(
        0,
        OpenOptions {
            name: name.to_owned(),
            ..OpenOptions::default()
        },
    );
    for piece in text.as_bytes().chunks(PIECE) {
        engine.push(0, piece);
        answers_of(&mut engine);
    }
    engine.finish(0);
    let most = since.most();
    let loaded = answers_of(&mut engine)
        .into_iter()
        .find_map(|update| match update {
            Update::Loaded(loaded) => Some(loaded),
            _ => None,
        });
    engine.command(Command::Fleet(Some(FleetQuery {
        from: 0,
        to: 2_000_000_000_000,
        width: 100,
        height: 100,
        first: 0,
        count: 0,
    })));
    answers_of(&mut engine);
    let held = since.held();

    let sessions = SIMS * SESSIONS_OF_A_SIM;
    let loaded = loaded.unwrap();
    assert_eq!(loaded.problem, None);
    assert_eq!((loaded.records, loaded.bad_records), (sessions, 0));
    assert_eq!(u64::from(engine.store().session_count()), sessions);
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

fn answers_of(engine: &mut Engine) -> Vec<Update> {
    while engine.step(f64::INFINITY, &|| 0.0) {}
    let mut updates = Vec::new();
    while let Some(next) = engine.take() {
        updates.push(next.update);
    }
    updates
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
