//! A second visit with what the first one kept: less is asked, less is kept, and the rows are the same as without.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use simscope::export::to_json;
use simscope::model::Instant;
use simscope::transport::driver::Phase;

use crate::bench::{BEGIN, Bench, everything, on_every_vendor, on_vendors_that};
use crate::kept::History;
use crate::run::Run;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Enough that a history takes several pages of every vendor that pages it.
fn long_ago() -> Value {
    let small = json!({ "pageSize": 10 });
    json!({
        "sims": 6, "sessionsPerSim": 40,
        "twilio": small, "kore": small, "soracom": small, "wayscloud": small,
    })
}

/// A visit that ends with what is kept of it, and the rows that it had.
fn first_visit(bench: &Bench<'_>) -> (History, BTreeMap<String, Value>) {
    let mut run = bench.run();
    run.driver.keep([]);
    run.load(everything());
    assert_eq!(run.driver.status().phase, Phase::Done);
    (std::mem::take(&mut run.history), rows(&run))
}

fn visit_with<'b>(bench: &'b Bench<'_>, history: History, now: i64) -> Run<'b> {
    let mut run = bench.run();
    run.remember(history, now);
    run.load(everything());
    assert_eq!(run.driver.status().phase, Phase::Done);
    assert!(run.driver.status().failures.is_empty());
    run
}

fn visit_without<'b>(bench: &'b Bench<'_>, now: i64) -> Run<'b> {
    let mut run = bench.run();
    run.now = now;
    run.load(everything());
    run
}

/// The rows, but for what counts on.
fn rows(run: &Run<'_>) -> BTreeMap<String, Value> {
    let all: Value = serde_json::from_str(&to_json(run.engine.store()).unwrap()).unwrap();
    let mut rows = BTreeMap::new();
    for kind in ["sims", "sessions", "events"] {
        for row in all[kind].as_array().unwrap() {
            let mut row = row.clone();
            let fields = row.as_object_mut().unwrap();
            fields.retain(|name, _| !COUNTED.contains(&name.as_str()));
            let name = |key: &str| row[key].to_string();
            let key = ["sim", "iccid", "id", "start", "time", "reported_kind"].map(name);
            rows.insert(format!("{kind} {}", key.join(" ")), row);
        }
    }
    rows
}

/// What the vendor counts on from answer to answer, and what follows from states that were read at other times.
const COUNTED: [&str; 9] = [
    "observed",
    "duration_reported_s",
    "bytes_up",
    "bytes_down",
    "bytes_total",
    "traffic_reported",
    "usage_reported",
    "current",
    "previous",
];

/// Each row that a visit without history shows is there with it, and is the same; what is there besides is of the first visit. Of what
/// begins before all that the vendor still tells, more may be known.
fn same(with: &Run<'_>, without: &Run<'_>, first: &BTreeMap<String, Value>) {
    let (found, told) = (rows(with), rows(without));
    let kept = with.now - 29 * DAY_MS;
    for (name, row) in &told {
        let with_history = found.get(name);
        assert!(with_history.is_some(), "missing: {name}");
        let start = row["start"].as_str().or(row["time"].as_str());
        let start = start.and_then(Instant::from_rfc3339).map(Instant::ms);
        if row["basis"] == "polled" || start.is_some_and(|start| start < kept) {
            continue;
        }
        // Where a SIM was last is told with its present state alone: of what was the last at the first visit more may be known.
        let is_former = first.get(name) == with_history;
        let decides = [
            "start",
            "end",
            "end_kind",
            "last_seen",
            "time",
            "status",
            "online",
        ];
        for (key, told) in row.as_object().unwrap() {
            let may_lack = told.is_null() || is_former || key == "mnc_assumed";
            if may_lack && !decides.contains(&key.as_str()) {
                continue;
            }
            let known = with_history.and_then(|known| known.get(key));
            assert_eq!(known, Some(told), "{key} of {name}");
        }
    }
    for (name, row) in found.iter().filter(|(name, _)| !told.contains_key(*name)) {
        // Readings of the present follow each other, and are one session or two.
        let is_read = row["basis"] == "polled";
        assert!(is_read || first.contains_key(name), "nobody has {name}");
    }
}

/// So many things happen until then, one a second to each of some SIMs.
fn burst(bench: &Bench<'_>, count: u32, at: i64) {
    bench.control(&json!({ "do": "burst", "n": count, "at": at }));
}

#[test]
fn a_second_visit_asks_less_and_shows_the_same() {
    on_every_vendor(&long_ago(), |bench| {
        let (history, first) = first_visit(bench);
        let kept = history.size();
        assert!(kept.0 > 0);
        let now = BEGIN + DAY_MS;
        burst(bench, 24, now - HOUR_MS);
        let without = visit_without(bench, now);
        let with = visit_with(bench, history, now);
        same(&with, &without, &first);
        let calls = (with.sent.len(), without.sent.len());
        // Those that take a range for a history are asked for the rest alone; the others give all that they have.
        if bench.vendor.has_events {
            assert!(calls.0 < calls.1, "{}: {calls:?}", bench.vendor.name);
        }
        assert!(calls.0 <= calls.1, "{}: {calls:?}", bench.vendor.name);
        // And of what comes again nothing is kept once more.
        let more = with.history.size();
        assert!(more.1 - kept.1 < kept.1, "{kept:?} {more:?}");
    });
}

#[test]
fn where_nothing_happened_no_history_is_kept_anew() {
    on_every_vendor(&long_ago(), |bench| {
        let mut second = visit_with(bench, first_visit(bench).0, BEGIN + HOUR_MS);
        let history = std::mem::take(&mut second.history);
        let mut run = bench.run();
        let before = history.history_size();
        run.remember(history, BEGIN + 2 * HOUR_MS);
        run.load(everything());
        let after = run.history.history_size();
        // Of some vendors an open session's record is another each time.
        let more = after.1 - before.1;
        assert!(
            more * 10 < before.1,
            "{}: {before:?} {after:?}",
            bench.vendor.name
        );
    });
}

#[test]
fn a_session_that_was_open_and_ended_between_the_visits_is_ended() {
    on_every_vendor(&json!({ "sims": 8, "sessionsPerSim": 6 }), |bench| {
        let (history, first) = first_visit(bench);
        let now = BEGIN + 2 * DAY_MS;
        // Things happen to the sessions that are open: some end, others begin.
        burst(bench, 40, now - 20 * HOUR_MS);
        let with = visit_with(bench, history, now);
        let without = visit_without(bench, now);
        same(&with, &without, &first);
    });
}

#[test]
fn what_the_vendor_wrote_late_is_found() {
    // Records of sessions do not go back in time; events come when they come.
    on_vendors_that(
        |vendor| vendor.has_events,
        &long_ago(),
        |bench| {
            let (history, first) = first_visit(bench);
            // It happened before the end of what is known, and stands there since.
            burst(bench, 12, BEGIN - 2 * HOUR_MS);
            let now = BEGIN + DAY_MS;
            let (with, without) = (visit_with(bench, history, now), visit_without(bench, now));
            let (found, told) = (rows(&with), rows(&without));
            let events: Vec<&String> = told
                .keys()
                .filter(|name| name.starts_with("events"))
                .collect();
            assert!(events.iter().any(|name| !first.contains_key(*name)));
            for name in events {
                assert!(found.contains_key(name), "missing: {name}");
            }
        },
    );
}

#[test]
fn a_visit_that_was_cut_off_is_no_reason_to_leave_anything_out() {
    on_vendors_that(
        |vendor| vendor.has_events,
        &long_ago(),
        |bench| {
            let mut run = bench.run();
            run.driver.keep([]);
            run.driver.fetch(everything());
            let mut calls = 0;
            run.goes_on_until(|run| {
                calls = run.sent.len();
                calls >= 9
            });
            let history = std::mem::take(&mut run.history);
            let first = rows(&run);
            drop(run);
            let now = BEGIN + HOUR_MS;
            let with = visit_with(bench, history, now);
            let without = visit_without(bench, now);
            same(&with, &without, &first);
        },
    );
}

#[test]
fn more_than_was_asked_before_is_asked_in_full() {
    on_vendors_that(
        |vendor| vendor.has_events,
        &long_ago(),
        |bench| {
            let mut run = bench.run();
            run.driver.keep([]);
            let mut ask = everything();
            ask.range.from_ms = BEGIN - DAY_MS;
            run.load(ask);
            let history = std::mem::take(&mut run.history);
            let first = rows(&run);
            let now = BEGIN + HOUR_MS;
            let with = visit_with(bench, history, now);
            same(&with, &visit_without(bench, now), &first);
        },
    );
}

#[test]
fn old_rows_stay_when_the_vendor_has_forgotten_them() {
    on_every_vendor(&json!({ "sims": 4, "sessionsPerSim": 8 }), |bench| {
        let (history, _) = first_visit(bench);
        let began = bench.truth(BEGIN);
        let now = BEGIN + 200 * DAY_MS;
        let mut run = bench.run();
        run.remember(history, now);
        run.load(everything());
        let sessions = run.engine.store().session_count();
        let told: u32 = began.sessions.values().sum();
        assert!(
            sessions >= told,
            "{}: {sessions} of {told}",
            bench.vendor.name
        );
    });
}
