//! Credentials: wrong ones, ones that run out, ones that are taken back, and the end.

use serde_json::{Value, json};
use simscope::error::ErrorKind;
use simscope::provider::connection::Account;
use simscope::provider::secret::Secret;
use simscope::transport::driver::Phase;

use crate::bench::{BEGIN, Bench, everything, named, on_every_vendor, on_vendors_that};
use crate::truth::{Found, is_complete};

fn with(mut account: Account, field: &str, value: &str) -> Account {
    account.fields.retain(|(name, _)| name != field);
    account.fields.push((field.to_owned(), Secret::new(value)));
    account
}

#[test]
fn every_way_to_sign_in_works_and_try_it_asks_once() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let truth = bench.truth(BEGIN);
        for way in bench.vendor.ways {
            let mut run = bench.run_as(bench.account(way));
            run.driver.try_it();
            run.finish();
            let status = run.driver.status();
            assert_eq!(status.phase, Phase::Done, "{way}: {status:?}");
            assert!(
                status.trial.is_some_and(|trial| trial.records > 0),
                "{status:?}"
            );
            assert_eq!(run.sent.len(), 1 + usize::from(bench.vendor.renews));
            assert!(run.opened.is_empty());
            run.load(everything());
            is_complete(&run, &truth);
        }
    });
}

#[test]
fn try_it_works_with_named_sims() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let truth = bench.truth(BEGIN);
        let mut run = bench.run();
        run.driver
            .fetch(named(&[truth.sims.keys().next().unwrap()]));
        run.driver.try_it();
        run.finish();
        let status = run.driver.status();
        assert_eq!((status.phase, status.trial.is_some()), (Phase::Done, true));
    });
}

#[test]
fn a_wrong_secret_is_said_after_one_call() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let vendor = bench.vendor;
        let wrong = with(
            bench.account(vendor.ways[0]),
            vendor.secret,
            "wrong-but-long-enough",
        );
        for trial in [true, false] {
            let mut run = bench.run_as(wrong.clone());
            if trial {
                run.driver.try_it();
            } else {
                run.driver.fetch(everything());
            }
            run.finish();
            let status = run.driver.status();
            assert_eq!(status.phase, Phase::Failed);
            let error = status.error.clone().unwrap();
            assert_eq!(error.kind, ErrorKind::BadSecret);
            assert_eq!(run.sent.len(), 1);
            let shown = format!("{error} {error:?} {:?} {:?}", error.advice(), run.driver);
            assert!(!shown.contains("wrong-but-long-enough"), "{shown}");
        }
    });
}

#[test]
fn an_answer_that_repeats_the_secret_does_not_bring_it_on_screen() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let account = bench.account(bench.vendor.ways[0]);
        let secret = account.field(bench.vendor.secret).unwrap();
        let said = format!("No access with {secret}");
        let body = json!({ "code": 1, "message": said, "error": { "message": said } });
        let path = if bench.vendor.renews {
            "(token|[Aa]uth)$"
        } else {
            "."
        };
        for status in [400, 401] {
            bench.heal();
            bench.fail(json!({ "path": path, "status": status, "body": body, "times": null }));
            let mut run = bench.run();
            run.load(everything());
            assert_eq!(run.driver.status().phase, Phase::Failed);
        }
    });
}

#[test]
fn a_sign_in_that_runs_out_is_renewed_under_way() {
    // Soracom's token lasts as long as was asked for; the others' ends in the middle of the load.
    let options = json!({ "sims": 90, "sessionsPerSim": 2, "tokenSeconds": 50, "kore": { "tokenSeconds": 70 } });
    on_vendors_that(
        |vendor| vendor.renews,
        &options,
        |bench| {
            let truth = bench.truth(BEGIN);
            let mut run = bench.run();
            if bench.vendor.name == "soracom" {
                let account = bench.account("auth_key");
                run = bench.run_as(with(account, "tokenTimeoutSeconds", "180"));
                run.driver.fetch(everything());
                run.goes_on_until(|run| run.sent.len() > 40);
                // Soracom's load is short; the rest comes when the sign-in is nearly over.
                run.driver.stop();
                run.until(run.now + 150_000);
                run.driver.retry();
                run.finish();
            } else {
                run.latency_ms = 2_500;
                run.load(everything());
            }
            let names = ["token", "auth", "Auth", "generateToken"];
            let sign_ins: usize = names.iter().map(|name| run.calls(name)).sum();
            assert!(sign_ins >= 2, "{sign_ins}");
            // Soracom gives a token for a token: a one-time code works once only.
            let is_renewed = run.calls("generateToken") > 0;
            assert_eq!(is_renewed, bench.vendor.name == "soracom");
            let status = run.driver.status();
            assert_eq!(
                (status.phase, status.failures.len()),
                (Phase::Done, 0),
                "{status:?}"
            );
            is_complete(&run, &truth);
        },
    );
}

/// Takes a sign-in back after some calls.
fn revoked(bench: &Bench<'_>, after: usize) {
    let truth = bench.truth(BEGIN);
    let mut run = bench.run();
    run.driver.fetch(everything());
    run.goes_on_until(|run| run.sent.len() >= after);
    bench.control(&json!({ "do": "revoke" }));
    run.finish();
    let names = ["token", "auth", "Auth", "generateToken"];
    let sign_ins: usize = names.iter().map(|name| run.calls(name)).sum();
    assert_eq!(sign_ins, 2);
    let status = run.driver.status();
    assert_eq!(
        (status.phase, status.failures.len()),
        (Phase::Done, 0),
        "{status:?}"
    );
    is_complete(&run, &truth);
}

#[test]
fn a_sign_in_that_is_taken_back_is_renewed_once() {
    for cors in [json!({}), json!({ "kore": { "gatewayCors": false } })] {
        on_vendors_that(
            |vendor| vendor.renews,
            &cors,
            |bench| {
                for after in [2, 3, 5, 8] {
                    revoked(bench, after);
                }
            },
        );
    }
}

/// The token that a visitor pastes for Monogoto.
fn pasted(bench: &Bench<'_>) -> Account {
    let mut account = bench.account("password");
    let login: Value = json!({
        "UserName": account.field("UserName"), "Password": account.field("Password"),
    });
    let url = format!("{}/Auth", account.api);
    let now = BEGIN.to_string();
    let client = crate::client::Client::new(20_000);
    let body = client.post_json_at(&url, &login.to_string(), &now);
    let reply: Value = serde_json::from_slice(&body).unwrap();
    "token".clone_into(&mut account.way);
    account.fields = ["token", "CustomerId"]
        .map(|name| (name.to_owned(), Secret::new(reply[name].as_str().unwrap())))
        .into();
    account
}

#[test]
fn what_came_before_a_key_was_taken_back_is_kept() {
    let is_key = |vendor: &crate::vendors::Vendor| !vendor.renews || vendor.name == "monogoto";
    on_vendors_that(is_key, &json!({ "sims": 20 }), |bench| {
        let truth = bench.truth(BEGIN);
        let is_monogoto = bench.vendor.name == "monogoto";
        let account = if is_monogoto {
            pasted(bench)
        } else {
            bench.account(bench.vendor.ways[0])
        };
        let mut run = bench.run_as(account.clone());
        run.driver.fetch(everything());
        run.goes_on_until(|run| run.driver.status().done >= 6);
        if is_monogoto {
            bench.control(&json!({ "do": "revoke" }));
        } else {
            bench.fail(json!({ "path": ".", "status": 401, "times": null }));
        }
        let rows = run.driver.status().rows;
        run.finish();
        let status = run.driver.status().clone();
        assert_eq!(status.phase, Phase::Failed, "{status:?}");
        assert_eq!(status.error.unwrap().kind, ErrorKind::Expired);
        assert!(status.rows >= rows && rows > 0);
        assert!(Found::of(&run).sims.len() > 3);

        if is_monogoto {
            return;
        }
        // The key is good again.
        bench.heal();
        run.driver.retry();
        run.finish();
        assert_eq!(run.driver.status().phase, Phase::Done);
        is_complete(&run, &truth);
    });
}

#[test]
fn signing_out_forgets_the_credentials_and_tells_the_vendor_where_it_wants_to_know() {
    on_every_vendor(&json!({ "sims": 20 }), |bench| {
        let mut run = bench.run();
        run.driver.fetch(everything());
        run.goes_on_until(|run| run.sent.len() >= 5);
        run.driver.sign_out();
        run.settle();
        let leaves = run.calls("logout");
        assert_eq!(leaves, usize::from(bench.vendor.name == "soracom"));
        let calls = run.sent.len();
        run.driver.retry();
        run.until(run.now + 600_000);
        assert_eq!(
            (run.sent.len(), run.driver.status().phase),
            (calls, Phase::SignedOut)
        );
        // Nothing can be asked any more.
        run.driver.fetch(everything());
        run.finish();
        assert_eq!(
            (run.sent.len(), run.driver.status().phase),
            (calls, Phase::Failed)
        );
    });
}

#[test]
fn where_the_sender_signs_calls_in_none_is_exchanged_and_none_carries_a_secret() {
    on_every_vendor(&json!({ "sims": 4 }), |bench| {
        let mut account = bench.account(bench.vendor.ways[0]);
        account.fields.clear();
        account.vouched = true;
        let mut run = bench.run_as(account);
        run.driver.fetch(everything());
        run.finish();
        // Nobody signed these calls in, so the vendor refuses them: only that they came is of interest.
        assert_eq!(run.driver.status().phase, Phase::Failed);
        assert!(!run.sent.is_empty());
        for sent in &run.sent {
            let names = &sent.headers;
            assert!(names.iter().all(|name| *name == "Accept"), "{names:?}");
            let signs_in = matches!(sent.operation, "sign in" | "auth" | "Auth" | "token");
            assert!(!signs_in, "{}", sent.operation);
        }
    });
}
