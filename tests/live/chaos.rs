//! Anything that can go wrong for a while, at random: a load always ends, and what is asked for again afterwards is complete.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use simscope::transport::driver::Phase;

use crate::bench::{BEGIN, Bench, everything, on_every_vendor_of};
use crate::simulators::Simulators;
use crate::truth::is_complete;

/// What goes wrong with how many calls, after how many that work.
#[derive(Debug, Clone)]
struct Fault {
    rule: Value,
    of_history: bool,
    after: u32,
    times: u32,
}

fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let rule = prop_oneof![
        Just(json!({ "status": 429 })),
        Just(json!({ "status": 429, "headers": { "Retry-After": "9" } })),
        Just(json!({ "status": 500 })),
        Just(json!({ "status": 503 })),
        Just(json!({ "status": 200, "body": "<html>" })),
        Just(json!({ "status": 200, "body": "" })),
        Just(json!({ "drop": true })),
        Just(json!({ "drop": true, "truncate": true })),
        Just(json!({ "truncate": true })),
    ];
    let fault = (rule, any::<bool>(), 0..12_u32, 1..8_u32);
    let fault = fault.prop_map(|(rule, of_history, after, times)| Fault {
        rule,
        of_history,
        after,
        times,
    });
    prop::collection::vec(fault, 1..6)
}

/// A load under these faults and with such latencies, which may be stopped; then without.
fn survives(bench: &Bench<'_>, faults: &[Fault], latency_ms: i64, stop_after: Option<usize>) {
    let truth = bench.truth(BEGIN);
    bench.heal();
    for fault in faults {
        let mut rule = fault.rule.clone();
        let path = if fault.of_history {
            bench.vendor.history
        } else {
            "."
        };
        rule["path"] = json!(path);
        rule["after"] = json!(fault.after);
        rule["times"] = json!(fault.times);
        bench.fail(rule);
    }
    let mut run = bench.run();
    run.latency_ms = latency_ms;
    run.driver.fetch(everything());
    if let Some(calls) = stop_after {
        run.goes_on_until(|run| run.sent.len() >= calls || !run.is_busy());
        run.driver.stop();
        run.until(run.now + 1000);
        run.driver.retry();
    }
    run.finish();
    let rows = run.driver.status().rows;
    bench.heal();
    // So slow that some calls still run into the deadline: more than one try may be needed.
    run.latency_ms = 100;
    for _ in 0..2 {
        run.driver.retry();
        run.finish();
    }
    let status = run.driver.status();
    assert_eq!(status.phase, Phase::Done, "{status:?}");
    assert!(
        status.failures.is_empty() && status.error.is_none(),
        "{status:?}"
    );
    assert_eq!(status.done, status.total, "{status:?}");
    assert!(status.rows >= rows);
    is_complete(&run, &truth);
}

#[test]
fn whatever_goes_wrong_for_a_while_nothing_is_lost_or_doubled() {
    let small = json!({ "pageSize": 6 });
    let simulators = Simulators::start(&json!({
        "sims": 9, "sessionsPerSim": 3, "twilio": small, "kore": small, "soracom": small, "wayscloud": small,
        "monogoto": { "sims": 55 },
    }));
    let mut runner = TestRunner::new(Config {
        cases: 8,
        failure_persistence: None,
        ..Config::default()
    });
    let latency = prop_oneof![3 => 0..400_i64, 1 => 30_000..40_000_i64];
    let stop = prop::option::of(1..40_usize);
    let property = runner.run(&(faults(), latency, stop), |(faults, latency_ms, stop)| {
        on_every_vendor_of(&simulators, |bench| {
            survives(bench, &faults, latency_ms, stop);
        });
        Ok(())
    });
    property.unwrap();
}
