//! Reports over what an engine read: small made-up answers by hand, and the demo fleet against a plain computation.

mod demo;
mod seeds;
mod speed;

use super::{Asked, Calendar, Ground, Report};
use crate::engine::{Engine, OpenOptions};
use crate::store::Store;

/// An engine that read an answer, which was fetched at that instant.
fn read(answer: &str, observed: &str) -> Engine {
    let mut engine = Engine::new();
    let options = OpenOptions {
        name: "answer.json".to_owned(),
        source: Some("Answer".to_owned()),
        account: true,
        observed: Some(observed.to_owned()),
        ..OpenOptions::default()
    };
    engine.begin(0, options);
    engine.push(0, answer.as_bytes());
    engine.finish(0);
    while engine.step(1000.0, &|| 0.0) {}
    engine
}

fn ms(text: &str) -> i64 {
    crate::model::Instant::from_rfc3339(text).unwrap().ms()
}

/// A report over all rows for which `keeps` says yes.
fn report(store: &Store, span: [i64; 2], keeps: &dyn Fn(u32) -> bool) -> Report {
    let sessions: Vec<u32> = store.session_rows().filter(|row| keeps(*row)).collect();
    let events: Vec<u32> = store.event_rows().map(|(row, _)| row).collect();
    let asked = Asked {
        store,
        sessions: &sessions,
        events: &events,
        lists: &|_| true,
        span,
        as_of: store
            .latest_observed()
            .map_or(span[1], crate::model::Instant::ms),
        calendar: Calendar::utc(),
        most: 5,
    };
    Report::new(&asked, &Ground::new(store))
}
