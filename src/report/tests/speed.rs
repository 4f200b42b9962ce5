//! How long a report over a million sessions takes, on demand:
//! `cargo test --release --lib report::tests::speed -- --ignored --nocapture`.

use std::time::Duration;

use super::report;
use crate::engine::ROWS_A_SLICE;
use crate::model::{Basis, EndKind, Instant, ProviderId, Radio, Session, StartKind, Text, Traffic};
use crate::provider::Rows;
use crate::report::{Asked, Calendar, Making, Report, Survey};
use crate::store::{Document, Reader, Source, Store};

#[test]
#[ignore = "measures"]
#[expect(clippy::disallowed_methods, reason = "measures; runs natively only")]
fn a_million_sessions() {
    let hour = 3_600_000;
    let at = |ms: i64| Instant::from_ms(1_770_000_000_000 + ms);
    let mut store = Store::new();
    let source = store.add_source(Source::new("Fleet", Some(ProviderId::Twilio)));
    let document = store.add_document(Document {
        source,
        name: "answer".to_owned(),
        observed: at(1000 * hour),
        confirmed_before: None,
        watched: false,
    });
    let mut reader = Reader::new(&mut store, document);
    for sim in 0..10_000i64 {
        let name = format!("SIM {sim}");
        for n in 0..100 {
            let begin = n * 10 * hour + sim * 1000;
            reader.at(0);
            reader.session(&Session {
                start: at(begin),
                start_kind: StartKind::Exact,
                end: at(begin + (n % 9) * hour + sim * 37 % 5_000),
                end_kind: EndKind::Exact,
                radio: Some(Radio::ALL[n as usize % 6]),
                traffic: Traffic::packets(Some(n as u64), Some(7)),
                ..Session::new(ProviderId::Twilio, Text::Borrowed(&name), Basis::Reported)
            });
            reader.close_record(1);
        }
    }
    store.settle();
    let span = [1_770_000_000_000, 1_770_000_000_000 + 1000 * hour];
    let began = std::time::Instant::now();
    let made = report(&store, span, &|_| true);
    println!(
        "{} sessions: {:?}",
        made.summary.all.sessions,
        began.elapsed()
    );
    let (sliced, longest) = in_slices(&store, span);
    println!("the longest slice: {longest:?}");
    assert_eq!(sliced, made);
}

/// The same in slices as the engine makes them, and how long the longest took.
#[expect(clippy::disallowed_methods, reason = "measures; runs natively only")]
fn in_slices(store: &Store, span: [i64; 2]) -> (Report, Duration) {
    let sessions: Vec<u32> = store.session_rows().collect();
    let asked = Asked {
        store,
        sessions: &sessions,
        events: &[],
        lists: &|_| true,
        span,
        as_of: store.latest_observed().map_or(span[1], Instant::ms),
        calendar: Calendar::utc(),
        most: 5,
    };
    let mut longest = Duration::ZERO;
    let mut timed = |work: &mut dyn FnMut()| {
        let began = std::time::Instant::now();
        work();
        if began.elapsed() > longest {
            longest = began.elapsed();
            println!("{longest:?}");
        }
    };
    let mut survey = Survey::default();
    let mut ground = None;
    while ground.is_none() {
        timed(&mut || ground = survey.step(store, ROWS_A_SLICE));
    }
    let ground = ground.unwrap();
    let mut making = None;
    timed(&mut || making = Some(Making::new(&asked)));
    let mut making = making.unwrap();
    let mut made = None;
    let mut slices = 0;
    println!("made:");
    while made.is_none() {
        timed(&mut || made = making.step(&asked, &ground, ROWS_A_SLICE));
        slices += 1;
    }
    println!("{slices} slices");
    (made.unwrap(), longest)
}
