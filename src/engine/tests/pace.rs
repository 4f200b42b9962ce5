//! How often views are answered anew while a file is being read.

use super::super::protocol::{Command, Tab, TableQuery, TimelineQuery, Update};
use super::super::{Engine, OpenOptions};
use super::DEMO;

/// Milliseconds that each piece takes to come.
const PIECE_MS: u32 = 25;
const PIECES: u32 = 160;

#[derive(Debug, Default, PartialEq)]
struct Sent {
    summaries: u32,
    frames: u32,
    tables: u32,
    maps: u32,
    /// The most views that were answered within one turn.
    at_once: usize,
}

/// Counts what is sent from now on; the clock stands at `now`.
fn count(engine: &mut Engine, now: f64, sent: &mut Sent) {
    while engine.step(1000.0, &|| now) {}
    let mut at_once = 0;
    while let Some(next) = engine.take() {
        at_once += 1;
        match next.update {
            Update::Summary(_) => sent.summaries += 1,
            Update::Frame(_) => sent.frames += 1,
            Update::Table(_) => sent.tables += 1,
            Update::Map(_) => sent.maps += 1,
            _ => {}
        }
    }
    sent.at_once = sent.at_once.max(at_once);
}

/// An engine of which everything is shown.
fn watched() -> Engine {
    let mut engine = Engine::new();
    engine.command(Command::Timeline(TimelineQuery {
        from: 1_700_000_000_000,
        to: 1_800_000_000_000,
        width: 1_000.0,
        ratio: 1.0,
        top: 0.0,
        height: 400.0,
    }));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sims,
        columns: Vec::new(),
        sort: None,
        descending: false,
        first: 0,
        count: 20,
    }));
    engine.command(Command::Overview { buckets: 100 });
    engine.command(Command::Map { shown: true });
    count(&mut engine, 0.0, &mut Sent::default());
    engine
}

fn answer() -> Vec<u8> {
    let index = std::fs::read_to_string(format!("{DEMO}index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    let file = index["answers"][0]["file"].as_str().unwrap();
    std::fs::read(format!("{DEMO}{file}")).unwrap()
}

#[test]
fn a_long_load_is_shown_at_a_pace_that_a_page_keeps_up_with() {
    let mut engine = watched();
    let bytes = answer();
    engine.begin(
        0,
        OpenOptions {
            name: "answer.json".to_owned(),
            ..OpenOptions::default()
        },
    );
    let piece = bytes.len().div_ceil(PIECES as usize);
    let mut sent = Sent::default();
    let mut now = 1000.0;
    for bytes in bytes.chunks(piece) {
        engine.push(0, bytes);
        count(&mut engine, now, &mut sent);
        now += f64::from(PIECE_MS);
    }
    let seconds = (now - 1000.0) / 1000.0;
    let growing = f64::from(sent.summaries) / seconds;
    assert!((2.0..4.0).contains(&growing), "{growing} a second");
    assert_eq!(sent.frames, sent.summaries, "lanes grow with the figures");
    assert!(sent.tables.abs_diff(sent.summaries) <= 1, "{sent:?}");
    assert_eq!(sent.maps, (seconds / 1.5) as u32, "{sent:?}");
    assert!(sent.at_once <= 3, "the rest follows later: {sent:?}");
}

#[test]
fn the_end_of_a_load_is_shown_at_once_and_whole() {
    let mut engine = watched();
    let bytes = answer();
    engine.begin(0, OpenOptions::default());
    engine.push(0, &bytes);
    count(&mut engine, 1000.0, &mut Sent::default());
    engine.finish(0);
    let mut sent = Sent::default();
    count(&mut engine, 1001.0, &mut sent);
    let all = [sent.summaries, sent.frames, sent.tables, sent.maps];
    assert_eq!(all, [1; 4], "{sent:?}");
}

#[test]
fn what_takes_long_to_answer_is_answered_less_often() {
    let mut engine = watched();
    let bytes = answer();
    engine.begin(0, OpenOptions::default());
    let mut summaries = 0;
    let clock = std::cell::Cell::new(1000.0);
    for bytes in bytes.chunks(bytes.len().div_ceil(PIECES as usize)) {
        engine.push(0, bytes);
        // Whenever it is looked at, 10 ms have gone: a round of answers takes far longer than on a fast machine.
        let now = || {
            clock.set(clock.get() + 10.0);
            clock.get()
        };
        while engine.step(1000.0, &now) {}
        while let Some(next) = engine.take() {
            summaries += u32::from(matches!(next.update, Update::Summary(_)));
        }
    }
    let seconds = (clock.get() - 1000.0) / 1000.0;
    assert!(
        f64::from(summaries) / seconds < 2.0,
        "{summaries} in {seconds} s"
    );
    assert!(summaries > 1);
}
