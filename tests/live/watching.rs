//! Watching: rounds of the same questions, for hours of simulated time, against vendors that repeat and reorder.

use std::collections::HashMap;

use serde_json::{Value, json};
use simscope::error::ErrorKind;
use simscope::transport::driver::{Phase, Watching};

use crate::bench::{BEGIN, Bench, on_every_vendor, on_vendors_that};
use crate::run::Run;
use crate::truth::kept_up;

const EVERY_MS: i64 = 30_000;
const ROUNDS: u32 = 200;
/// After so many rounds in which it did not come a record may be taken for a new one.
const REMEMBERED_ROUNDS: u32 = 25;

/// Vendors that repeat, reorder and give short pages.
fn unkind() -> Value {
    let small = json!({ "pageSize": 10 });
    json!({
        "sims": 6, "sessionsPerSim": 4, "repeat": true, "shuffle": true,
        "twilio": small, "kore": small, "soracom": small, "wayscloud": small,
    })
}

fn watching(run: &Run<'_>) -> Watching {
    run.driver.status().watching.clone().unwrap()
}

/// A run that was loaded and is watched.
fn watched<'b>(bench: &'b Bench<'_>) -> Run<'b> {
    let mut run = bench.loaded();
    assert_eq!(run.driver.status().phase, Phase::Done);
    run.driver.watch(EVERY_MS, run.now);
    run
}

/// Goes on for so many rounds; what was told of each is what was counted.
fn rounds(run: &mut Run<'_>, count: u32) {
    for _ in 0..count {
        let (calls, before) = (run.sent.len(), watching(run).rounds);
        assert!(run.goes_on_until(|run| watching(run).rounds > before));
        let now = watching(run);
        let counted = (run.sent.len() - calls) as u32;
        assert_eq!(now.calls, Some(counted));
        let every = u64::try_from(now.every_ms).unwrap();
        assert_eq!(
            now.tenths_per_minute(),
            Some(u64::from(counted) * 600_000 / every)
        );
    }
}

/// So many things happen from now on, one a second to each of the SIMs to which anything happens (four of the first six).
fn burst(run: &Run<'_>, count: u32) {
    let at = run.now + 1000 * i64::from(count);
    run.bench
        .control(&json!({ "do": "burst", "n": count, "at": at }));
}

/// The text of each record of a document.
fn records(bytes: &[u8]) -> Vec<String> {
    const LISTS: [&str; 6] = [
        "sims",
        "data_sessions",
        "hits",
        "Data",
        "sessions",
        "activity",
    ];
    let body: Value = serde_json::from_slice(bytes).unwrap();
    let list = LISTS.iter().find_map(|name| body[name].as_array());
    let rows = match list.or(body.as_array()) {
        Some(rows) => rows.clone(),
        None => vec![body],
    };
    rows.iter().map(ToString::to_string).collect()
}

/// The records handed on since then: none of them was handed on in the last rounds.
fn only_news(run: &Run<'_>, from: usize, round: u32, handed_on: &mut HashMap<String, u32>) {
    for opened in &run.opened[from..] {
        for record in records(&opened.bytes) {
            let before = handed_on.insert(record.clone(), round);
            // The state of a SIM may become again what it was.
            let is_state = record.contains("ConnectionStatus") || record.contains("sessionStatus");
            let again = before.is_some_and(|before| before + REMEMBERED_ROUNDS > round);
            let again = again && !(is_state && before < Some(round));
            // Of a load nothing is news; there a vendor may repeat.
            assert!(
                !again || !opened.watched,
                "{record} comes again in round {round}"
            );
        }
    }
}

#[test]
fn two_hundred_rounds_find_everything_once_and_remember_no_more() {
    on_every_vendor(&unkind(), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = watched(bench);
        let mut handed_on = HashMap::new();
        only_news(&run, 0, 0, &mut handed_on);
        let mut heard = HashMap::new();
        let mut most = 0;
        for round in 1..=ROUNDS {
            let opened = run.opened.len();
            match round {
                // More than a page of every vendor, and more than Monogoto tells of a SIM in one call.
                170 => burst(&run, 240),
                1..=168 if round % 4 == 0 => burst(&run, 5),
                _ => {}
            }
            rounds(&mut run, 1);
            only_news(&run, opened, round, &mut handed_on);
            // Of what came in the last rounds each record once, and nothing else.
            for body in run.heard.drain(..) {
                heard.extend(records(&body).into_iter().map(|record| (record, round)));
            }
            heard.retain(|_, last| *last + REMEMBERED_ROUNDS >= round);
            let remembered = run.driver.known_records();
            assert!(
                remembered <= heard.len(),
                "round {round}: {remembered} of {}",
                heard.len()
            );
            most = most.max(remembered);
        }
        let status = run.driver.status();
        assert_eq!(
            (status.phase, status.failures.len()),
            (Phase::Done, 0),
            "{status:?}"
        );
        kept_up(&run, began);
        // And that is few: no more than the account holds.
        assert!(most <= 1000 && run.driver.known_records() < most, "{most}");
        assert!(run.most_under_way() <= 4);
    });
}

#[test]
fn where_nothing_happens_nothing_is_new() {
    on_every_vendor(&unkind(), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = watched(bench);
        // Longer than records are remembered, and several times to the end of the lists.
        rounds(&mut run, REMEMBERED_ROUNDS + 20);
        assert_eq!(run.news, Vec::<String>::new());
        burst(&run, 4);
        rounds(&mut run, 4);
        assert!(!run.news.is_empty());
        assert!(run.news.len() <= 12, "{:?}", run.news);
        kept_up(&run, began);
    });
}

#[test]
fn a_hidden_page_does_not_ask() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = watched(bench);
        rounds(&mut run, 2);
        run.driver.set_hidden(true);
        let calls = run.sent.len();
        burst(&run, 6);
        run.until(run.now + 3_600_000);
        assert_eq!(run.sent.len(), calls);
        assert!(watching(&run).hidden);
        run.driver.set_hidden(false);
        rounds(&mut run, 2);
        assert!(run.sent.len() > calls);
        kept_up(&run, began);
    });
}

#[test]
fn an_outage_slows_the_rounds_down_and_loses_nothing() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = watched(bench);
        rounds(&mut run, 3);
        bench.fail(json!({ "path": ".", "status": 503, "times": null }));
        let (from, before) = (run.now, watching(&run).rounds);
        burst(&run, 6);
        let mut waits = Vec::new();
        while run.now < from + 7_200_000 {
            let began = watching(&run).next_ms;
            rounds(&mut run, 1);
            waits.push(watching(&run).next_ms - began);
        }
        let failed = watching(&run).rounds - before;
        assert!(
            (8..=24).contains(&failed),
            "{failed} rounds in two hours: {waits:?}"
        );
        assert_eq!(watching(&run).failed, failed);
        assert!(
            waits.windows(2).take(4).all(|pair| pair[0] < pair[1]),
            "{waits:?}"
        );
        assert!(
            waits.iter().all(|wait| *wait <= 600_000 + EVERY_MS),
            "{waits:?}"
        );
        // What had come is still shown, and the vendor's failure is told.
        let status = run.driver.status();
        assert_eq!(
            (status.phase, status.failures.len()),
            (Phase::Done, 1),
            "{status:?}"
        );
        assert_eq!(status.failures[0].error.kind, ErrorKind::Outage);

        bench.heal();
        burst(&run, 6);
        rounds(&mut run, 3);
        assert_eq!(watching(&run).failed, 0);
        assert!(
            run.driver.status().failures.is_empty(),
            "{:?}",
            run.driver.status()
        );
        kept_up(&run, began);
    });
}

#[test]
fn single_calls_that_fail_in_a_round_are_made_up_for() {
    on_every_vendor(&unkind(), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = watched(bench);
        for round in 0..30 {
            if round % 3 == 1 {
                burst(&run, 8);
                bench.fail(json!({ "path": bench.vendor.history, "status": 500, "times": 7 }));
            }
            rounds(&mut run, 1);
        }
        bench.heal();
        rounds(&mut run, 11);
        kept_up(&run, began);
    });
}

#[test]
fn a_sign_in_that_is_taken_back_is_renewed_or_ends_the_watch() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = watched(bench);
        rounds(&mut run, 3);
        if bench.vendor.renews {
            bench.control(&json!({ "do": "revoke" }));
            burst(&run, 6);
            rounds(&mut run, 3);
            assert!(run.driver.status().failures.is_empty());
            kept_up(&run, began);
            return;
        }
        bench.fail(json!({ "path": ".", "status": 401, "times": null }));
        run.goes_on_until(|run| run.driver.status().phase == Phase::Failed);
        let status = run.driver.status();
        assert_eq!(status.error.as_ref().unwrap().kind, ErrorKind::Expired);
        assert_eq!(status.watching, None);
        let calls = run.sent.len();
        run.until(run.now + 600_000);
        assert_eq!(run.sent.len(), calls);
    });
}

#[test]
fn a_watch_can_begin_while_it_loads_and_ends_when_told() {
    on_every_vendor(&json!({ "sims": 12 }), |bench| {
        let began = bench.truth(BEGIN);
        let mut run = bench.run();
        run.driver.fetch(crate::bench::everything());
        run.driver.watch(1, run.now);
        assert_eq!(watching(&run).every_ms, EVERY_MS, "never more often");
        run.goes_on_until(|run| run.driver.status().phase == Phase::Done);
        burst(&run, 6);
        run.goes_on_until(|run| watching(run).rounds == 3);
        kept_up(&run, began);
        run.driver.unwatch();
        let calls = run.sent.len();
        run.until(run.now + 600_000);
        assert_eq!(
            (run.sent.len(), run.driver.status().watching.clone()),
            (calls, None)
        );
    });
}

#[test]
fn sims_that_appear_while_watching_are_found() {
    // A fleet-wide list tells of them; there is none of sessions at Twilio and KORE.
    on_vendors_that(
        |vendor| vendor.name == "wayscloud",
        &json!({ "sims": 3, "sessionsPerSim": 0 }),
        |bench| {
            let mut run = watched(bench);
            rounds(&mut run, 1);
            assert!(run.driver.sims().is_empty());
            burst(&run, 3);
            rounds(&mut run, 2);
            assert!(!run.driver.sims().is_empty());
            assert!(run.engine.store().session_count() > 0);
        },
    );
}
