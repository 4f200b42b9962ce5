//! Pages that lead in circles or elsewhere.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;
use simscope::transport::driver::Phase;

use crate::bench::{BEGIN, everything, on_every_vendor, on_vendors_that};
use crate::client::Client;
use crate::truth::{Found, is_complete, without};

#[test]
fn a_page_that_comes_again_ends_the_list() {
    let small = json!({ "pageSize": 5 });
    let options = json!({
        "sims": 25, "sessionsPerSim": 2, "twilio": small, "kore": small, "soracom": small, "wayscloud": small,
        "monogoto": { "sims": 110 },
    });
    on_every_vendor(&options, |bench| {
        let truth = bench.truth(BEGIN);
        let vendor = bench.vendor;
        // The first page as it came, for every later one: with the same key or link to the next.
        let first = first_page(bench);
        let mut headers = serde_json::Map::new();
        for (name, value) in &first.headers {
            if name == "link" || name == "x-soracom-next-key" {
                headers.insert(name.clone(), json!(value));
            }
        }
        headers.insert("content-type".to_owned(), json!("application/json"));
        let body = String::from_utf8(first.body).unwrap();
        bench.fail(json!({
            "path": vendor.list, "query": vendor.later_page, "status": 200, "body": body, "headers": headers,
            "times": null,
        }));
        let run = bench.loaded();
        let status = run.driver.status();
        assert_eq!(status.phase, Phase::Done, "{status:?}");
        let lists = run
            .sent
            .iter()
            .filter(|sent| is_list(vendor.name, &sent.asks))
            .count();
        assert_eq!(lists, 2, "one page, and one that is the same");
        let found = Found::of(&run);
        let none: Vec<String> = Vec::new();
        assert_eq!(without(&found.sims, &truth.sims), none);
        assert_eq!(without(&found.events, &truth.events), none, "rows twice");
    });
}

/// Whether that asks for a page of the list.
fn is_list(vendor: &str, asks: &str) -> bool {
    let path = asks.split('?').next().unwrap();
    match vendor {
        "twilio" | "kore" => path == "/Sims",
        "soracom" => path == "/sims",
        "monogoto" => path == "/things",
        _ => path == "/sims/activity",
    }
}

/// The first page of the list.
fn first_page(bench: &crate::bench::Bench<'_>) -> simscope::provider::request::Reply {
    use simscope::transport::driver::{Action, Driver, Setup};
    let mut driver = Driver::new(Setup {
        provider: bench.vendor.id,
        account: bench.account(bench.vendor.ways[0]),
        ask: everything(),
        seed: 1,
    });
    let client = Client::new(20_000);
    let mut now = BEGIN;
    driver.fetch(everything());
    loop {
        while let Some(action) = driver.poll(now) {
            let Action::Send(request) = action else {
                continue;
            };
            let reply = client.send(&request, now).unwrap().unwrap();
            let path = request.url.split('?').next().unwrap();
            if ["/Sims", "/sims", "/things", "/sims/activity"]
                .iter()
                .any(|end| path.ends_with(end))
            {
                return reply;
            }
            driver.told(request.ticket, Ok(reply), now);
        }
        now = driver.wakes_at(now).unwrap();
    }
}

#[test]
fn links_to_another_host_are_never_followed() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", other.local_addr().unwrap());
    let visits = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&visits);
    // Ends with the test binary.
    std::thread::spawn(move || {
        for _visit in other.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let options = json!({ "sims": 25, "pageSize": 4, "nextPageOrigin": origin });
    on_vendors_that(
        |vendor| matches!(vendor.name, "twilio" | "kore"),
        &options,
        |bench| {
            let truth = bench.truth(BEGIN);
            let run = bench.loaded();
            let told = run.opened.iter().any(|opened| {
                let text = String::from_utf8_lossy(&opened.bytes);
                text.contains(&origin)
            });
            assert!(told, "no link led elsewhere");
            assert_eq!(run.driver.status().phase, Phase::Done);
            is_complete(&run, &truth);
        },
    );
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}
