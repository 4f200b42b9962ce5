//! Loads in which nothing goes wrong: what is in the store afterwards is what the account holds.

use serde_json::json;
use simscope::export::to_json;
use simscope::provider::connect;
use simscope::provider::connection::Scope;
use simscope::transport::driver::Phase;

use crate::bench::{BEGIN, everything, named, on_every_vendor};
use crate::truth::{Found, is_complete};

fn done(run: &crate::run::Run<'_>) {
    let status = run.driver.status();
    assert_eq!(status.phase, Phase::Done, "{status:?}");
    assert!(status.failures.is_empty(), "{status:?}");
    assert_eq!((status.done, status.error.as_ref()), (status.total, None));
    assert_eq!(status.calls as usize, run.sent.len());
    assert_eq!(run.bench.violations(), json!([]));
}

#[test]
fn an_empty_account_is_done_at_once_and_no_failure() {
    for more in [
        json!({ "sims": 0 }),
        json!({ "sims": 0, "soracom": { "emptyList": "404" } }),
    ] {
        on_every_vendor(&more, |bench| {
            let run = bench.loaded();
            done(&run);
            let status = run.driver.status();
            assert_eq!((status.rows, status.sims), (0, 0));
            assert!(run.sent.len() <= 2, "{}", run.sent.len());
            assert_eq!(run.engine.store().totals().sims, 0);
        });
    }
}

#[test]
fn one_page_holds_a_small_account() {
    on_every_vendor(&json!({ "sims": 3, "sessionsPerSim": 2 }), |bench| {
        let truth = bench.truth(BEGIN);
        let run = bench.loaded();
        done(&run);
        is_complete(&run, &truth);
    });
}

#[test]
fn a_complete_load_is_what_the_account_holds() {
    on_every_vendor(&json!({ "sims": 60, "sessionsPerSim": 12 }), |bench| {
        let truth = bench.truth(BEGIN);
        let run = bench.loaded();
        done(&run);
        is_complete(&run, &truth);
        // A source is one run: what it found is counted for it alone.
        assert_eq!(run.engine.store().sources().len(), 1);
        assert_eq!(run.engine.store().sources()[0].bad_records, 0);
        assert_eq!(run.driver.status().fetched_ms, Some(run.now));
    });
}

#[test]
fn named_sims_are_found_even_where_nothing_happened() {
    on_every_vendor(&json!({ "sims": 9 }), |bench| {
        let truth = bench.truth(BEGIN);
        let keys: Vec<&String> = truth.sims.keys().collect();
        let mut run = bench.run();
        run.load(named(&keys));
        done(&run);
        is_complete(&run, &truth);
        let found = Found::of(&run);
        assert_eq!(found.sims, truth.sims);
    });
}

#[test]
fn many_pages_and_short_pages_lose_nothing() {
    let small = json!({ "pageSize": 7 });
    // Monogoto's list is a bare array without a total: a page that is not full is its end, and many SIMs make many pages.
    let options = json!({
        "sims": 30, "twilio": small, "kore": small, "soracom": small, "wayscloud": small,
        "monogoto": { "sims": 120 },
    });
    on_every_vendor(&options, |bench| {
        let truth = bench.truth(BEGIN);
        let run = bench.loaded();
        done(&run);
        is_complete(&run, &truth);
    });
}

#[test]
fn rows_that_come_twice_and_in_any_order_are_there_once() {
    let options =
        json!({ "repeat": true, "shuffle": true, "sims": 30, "soracom": { "opaqueKeys": true } });
    on_every_vendor(&options, |bench| {
        let truth = bench.truth(BEGIN);
        let run = bench.loaded();
        done(&run);
        is_complete(&run, &truth);
    });
}

#[test]
fn unknown_fields_and_another_order_of_keys_change_nothing() {
    fn with_more(reply: &mut simscope::provider::request::Reply) {
        let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&reply.body) else {
            return;
        };
        let more = json!({ "deep": [1, null, { "}": "]" }], "text": "{\"" });
        let add = |row: &mut serde_json::Value| {
            if let Some(object) = row.as_object_mut() {
                object.insert("zz_later".to_owned(), more.clone());
                object.insert("a_later".to_owned(), json!(null));
            }
        };
        add(&mut body);
        let lists = match &mut body {
            serde_json::Value::Array(rows) => rows.iter_mut().collect(),
            serde_json::Value::Object(object) => object
                .values_mut()
                .filter_map(serde_json::Value::as_array_mut)
                .flatten()
                .collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        lists.into_iter().for_each(add);
        reply.body = serde_json::to_vec(&body).unwrap();
    }
    on_every_vendor(&json!({ "sims": 20 }), |bench| {
        let truth = bench.truth(BEGIN);
        let mut run = bench.run();
        run.alter = with_more;
        run.load(everything());
        done(&run);
        is_complete(&run, &truth);
    });
}

#[test]
fn headers_that_a_browser_hides_are_not_needed() {
    // What CORS lets any page read.
    const SAFELISTED: [&str; 7] = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    let options = json!({ "sims": 30, "soracom": { "pageSize": 7 }, "cors": "hidden" });
    on_every_vendor(&options, |bench| {
        let truth = bench.truth(BEGIN);
        let mut run = bench.run();
        run.alter = |reply| {
            reply
                .headers
                .retain(|(name, _)| SAFELISTED.contains(&name.as_str()));
        };
        run.load(everything());
        done(&run);
        is_complete(&run, &truth);
    });
}

#[test]
fn what_no_account_has_is_said_and_the_rest_comes() {
    on_every_vendor(&json!({ "sims": 9 }), |bench| {
        let truth = bench.truth(BEGIN);
        let known = truth.sims.keys().next().unwrap().clone();
        let (unknown, failure) = bench.vendor.unknown;
        let mut run = bench.run();
        run.load(named(&[known.as_str(), unknown]));
        let status = run.driver.status().clone();
        assert_eq!(status.phase, Phase::Done, "{status:?}");
        let kinds: Vec<_> = status
            .failures
            .iter()
            .map(|failure| failure.error.kind)
            .collect();
        assert_eq!(kinds.is_empty(), failure.is_none(), "{status:?}");
        assert!(
            failure.is_none_or(|kind| kinds.contains(&kind)),
            "{status:?}"
        );
        assert!(Found::of(&run).sims.contains_key(&known));

        // Alone it is no SIM at all, and the run ends all the same.
        let mut run = bench.run();
        run.load(named(&[unknown]));
        assert!(!run.is_busy());
        assert_eq!(run.engine.store().totals().sims, 0);
        let Scope::Some(asked) = &run.driver.ask().scope else {
            panic!("the scope was named");
        };
        assert_eq!(asked, &[unknown]);
    });
}

#[test]
fn usage_status_and_places_of_cells_come_where_they_are_asked_for() {
    on_every_vendor(&json!({ "sims": 12 }), |bench| {
        let connection = connect(bench.vendor.id).connection();
        let mut run = bench.run();
        run.load(simscope::provider::connection::Ask {
            usage: true,
            status_history: true,
            cell_locations: true,
            ..everything()
        });
        done(&run);
        let all: serde_json::Value =
            serde_json::from_str(&to_json(run.engine.store()).unwrap()).unwrap();
        let rows = |kind: &str| all[kind].as_array().unwrap().clone();
        assert_eq!(!rows("usage").is_empty(), connection.usage.is_some());
        let status = rows("events")
            .into_iter()
            .any(|event| event["kind"] == "sim_status");
        assert_eq!(status, connection.status_history.is_some());
        let looked_up = rows("sessions")
            .into_iter()
            .any(|session| session["place_kind"] == "lookup");
        assert_eq!(looked_up, connection.cell_locations.is_some());
    });
}
