//! What goes wrong under way, and what of it is left at the end: nothing that came is lost, what is given up is named, and
//! another try gets the rest.

use serde_json::{Value, json};
use simscope::error::ErrorKind;
use simscope::transport::driver::Phase;

use crate::bench::{BEGIN, Bench, everything, on_every_vendor, on_vendors_that};
use crate::run::Run;
use crate::truth::{Found, Truth, is_complete, without};

/// So often the driver makes a call that fails for a passing reason.
const TRIES: usize = 5;
/// So long the driver waits for an answer.
const DEADLINE_MS: i64 = 30_000;

/// Several pages of lists on every vendor; where a page that is not full is the end, none is short.
fn several_pages() -> Value {
    let small = json!({ "pageSize": 10 });
    json!({
        "sims": 25, "sessionsPerSim": 3, "twilio": small, "kore": small, "soracom": small, "wayscloud": small,
        "monogoto": { "sims": 60 },
    })
}

fn kinds(run: &Run<'_>) -> Vec<ErrorKind> {
    let failures = &run.driver.status().failures;
    failures.iter().map(|failure| failure.error.kind).collect()
}

fn done_and_complete(run: &Run<'_>, truth: &Truth) {
    let status = run.driver.status();
    assert_eq!(status.phase, Phase::Done, "{status:?}");
    assert!(
        status.failures.is_empty() && status.error.is_none(),
        "{status:?}"
    );
    assert_eq!(status.done, status.total, "{status:?}");
    is_complete(run, truth);
}

/// A failure rule that meets so many calls after some that work: the load gets over it by itself.
fn gets_over(rule: &Value) {
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        for path in [bench.vendor.list, bench.vendor.history] {
            bench.heal();
            let mut rule = rule.clone();
            rule["path"] = json!(path);
            rule["after"] = json!(1);
            bench.fail(rule);
            let run = bench.loaded();
            done_and_complete(&run, &truth);
        }
    });
}

#[test]
fn a_server_error_that_passes_is_tried_again() {
    gets_over(&json!({ "status": 503, "times": 2 }));
}

#[test]
fn a_web_page_in_place_of_an_answer_is_tried_again() {
    gets_over(&json!({ "status": 200, "body": "<html><title>Sign in</title></html>", "times": 1 }));
}

#[test]
fn a_body_that_is_cut_off_is_tried_again() {
    gets_over(&json!({ "truncate": true, "times": 1 }));
}

#[test]
fn a_connection_that_breaks_is_tried_again() {
    gets_over(&json!({ "drop": true, "times": 2 }));
    gets_over(&json!({ "drop": true, "truncate": true, "times": 1 }));
}

#[test]
fn an_answer_that_never_comes_is_given_up_after_the_deadline() {
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        bench.fail(json!({ "path": bench.vendor.list, "after": 1, "hang": true }));
        let mut run = bench.run();
        run.client = crate::client::Client::new(1500);
        run.load(everything());
        assert!(run.aborted >= 1);
        assert!(run.now - BEGIN >= DEADLINE_MS, "{}", run.now - BEGIN);
        done_and_complete(&run, &truth);
    });
}

#[test]
fn a_named_wait_is_kept() {
    const WAIT_S: i64 = 17;
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        bench.fail(json!({
            "path": bench.vendor.history, "after": 3, "status": 429, "headers": { "Retry-After": WAIT_S.to_string() },
        }));
        let mut run = bench.run();
        run.driver.fetch(everything());
        let told = run.goes_on_until(|run| run.driver.status().held_until_ms.is_some());
        assert!(told, "no wait was told");
        let (held_from, calls) = (run.now, run.sent.len());
        run.finish();
        let after = run.sent[calls..].iter().map(|sent| sent.at).min().unwrap();
        assert!(after >= held_from + WAIT_S * 1000, "{}", after - held_from);
        assert_eq!(run.driver.status().held_until_ms, None);
        done_and_complete(&run, &truth);
    });
}

#[test]
fn a_vendor_that_is_down_is_not_asked_on_and_on() {
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        bench.fail(json!({ "path": bench.vendor.list, "status": 503, "times": null }));
        let mut run = bench.loaded();
        let status = run.driver.status().clone();
        assert_eq!(status.phase, Phase::Failed);
        assert_eq!(status.error.unwrap().kind, ErrorKind::Outage);
        let sign_ins = usize::from(bench.vendor.renews);
        assert_eq!(run.sent.len(), TRIES + sign_ins);

        bench.heal();
        run.driver.retry();
        run.finish();
        done_and_complete(&run, &truth);
    });
}

#[test]
fn histories_that_all_fail_end_early_and_can_be_asked_for_again() {
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        bench.fail(json!({ "path": bench.vendor.history, "status": 500, "times": null }));
        let mut run = bench.loaded();
        let status = run.driver.status();
        assert_eq!(status.phase, Phase::Failed, "{status:?}");
        assert!(status.sims > 0);
        let log = bench.control(&json!({ "do": "log" }));
        let failed = log
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["status"] == 500)
            .count();
        // Three questions are given up; others are tried in the waits of these.
        assert!(
            (3 * TRIES..=80).contains(&failed),
            "{failed} calls to a vendor that is down"
        );

        bench.heal();
        run.driver.retry();
        run.finish();
        done_and_complete(&run, &truth);
    });
}

#[test]
fn a_page_that_fails_in_the_middle_leaves_the_rest_and_comes_with_another_try() {
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        let vendor = bench.vendor;
        bench.fail(json!({
            "path": vendor.list, "query": vendor.later_page, "status": 500, "times": null,
        }));
        let mut run = bench.loaded();
        let status = run.driver.status().clone();
        assert_eq!(status.phase, Phase::Done, "{status:?}");
        assert_eq!(kinds(&run), [ErrorKind::Outage]);
        assert_eq!((status.failures[0].count, status.done), (1, status.total));
        assert!(status.sims > 0 && status.rows > 0);

        bench.heal();
        run.driver.retry();
        run.finish();
        done_and_complete(&run, &truth);
    });
}

#[test]
fn another_try_of_what_was_complete_changes_nothing() {
    on_every_vendor(&json!({ "sims": 3 }), |bench| {
        let truth = bench.truth(BEGIN);
        let mut run = bench.loaded();
        let calls = run.sent.len();
        run.driver.retry();
        run.finish();
        assert_eq!(run.sent.len(), calls);
        done_and_complete(&run, &truth);
    });
}

/// Stops after so many calls.
fn stopped(bench: &Bench<'_>, after: usize) {
    let truth = bench.truth(BEGIN);
    let mut run = bench.run();
    run.driver.fetch(everything());
    if !run.goes_on_until(|run| run.sent.len() >= after || !run.is_busy()) {
        return;
    }
    if !run.is_busy() {
        return;
    }
    let rows = run.driver.status().rows;
    run.driver.stop();
    run.settle();
    assert_eq!(run.driver.status().phase, Phase::Stopped);
    let calls = run.sent.len();
    run.until(run.now + 600_000);
    assert_eq!(run.sent.len(), calls, "it goes on after the stop");
    assert_eq!(run.driver.status().rows, rows);

    run.driver.retry();
    run.finish();
    done_and_complete(&run, &truth);
}

#[test]
fn a_load_can_be_stopped_anywhere_and_gone_on_with() {
    on_every_vendor(&several_pages(), |bench| {
        for after in [1, 2, 3, 4, 6, 9, 20, 40] {
            stopped(bench, after);
        }
    });
}

#[test]
fn a_list_that_is_not_allowed_is_asked_for_in_another_way() {
    on_vendors_that(
        |vendor| vendor.name == "soracom",
        &several_pages(),
        |bench| {
            let truth = bench.truth(BEGIN);
            bench.fail(json!({ "path": "^/v1/sims$", "status": 403, "times": null }));
            let mut run = bench.loaded();
            let status = run.driver.status();
            assert_eq!(status.phase, Phase::Done, "{status:?}");
            assert!(status.failures.is_empty(), "{status:?}");
            assert!(run.calls("listSubscribers") > 1);
            // A row for each IMSI tells the previous session of each, so there may be more of these than of SIMs.
            let found = Found::of(&run);
            assert!(without(&truth.sims, &found.sims).is_empty());
            assert!(without(&truth.sessions, &found.sessions).is_empty());
            assert!(without(&truth.events, &found.events).is_empty());
            let refused = run.calls("listSims");
            run.load(everything());
            assert_eq!(run.calls("listSims"), refused, "it is known by now");
        },
    );
}

#[test]
fn a_permission_that_is_missing_is_not_asked_for_once_for_each_sim() {
    on_every_vendor(&several_pages(), |bench| {
        let truth = bench.truth(BEGIN);
        bench.fail(json!({ "path": bench.vendor.history, "status": 403, "times": null }));
        let mut run = bench.loaded();
        let status = run.driver.status().clone();
        assert_eq!(status.phase, Phase::Done, "{status:?}");
        assert_eq!(kinds(&run), [ErrorKind::Forbidden]);
        assert_eq!(status.done, status.total, "{status:?}");
        assert!(status.sims >= 20, "{status:?}");
        let log = bench.control(&json!({ "do": "log" }));
        let refused = log
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["status"] == 403)
            .count();
        assert!(refused <= 12, "{refused} refusals");

        // The permission was given: another try brings all that was left out.
        bench.heal();
        run.driver.retry();
        run.finish();
        done_and_complete(&run, &truth);
    });
}
