//! How many calls it takes, how fast they come, and what the visitor is asked before. The figures stand in `docs/calls.md`.

use serde_json::{Value, json};
use simscope::provider::connect::connect;
use simscope::provider::connection::Ask;
use simscope::transport::driver::{AT_ONCE, Choice, Phase};

use crate::bench::{BEGIN, Bench, everything, named, on_every_vendor};
use crate::run::Run;
use crate::truth::is_complete;

const SIMS: u64 = 1000;
/// Of the table's example.
const EVENTS: u64 = 12_000;
/// More calls than this are asked about.
const ASKED_FROM: u64 = 200;

/// A line of the table.
struct Figures {
    fleet: String,
    history: String,
    per_minute: u64,
    round: u64,
}

fn number(cell: &str) -> u64 {
    cell.replace(',', "")
        .parse()
        .unwrap_or_else(|_| panic!("{cell} is no number"))
}

/// A sum of numbers, `sims`, `events`, and either divided by a number.
fn worked_out(formula: &str, sims: u64, events: u64) -> u64 {
    let value = |name: &str| match name.trim() {
        "sims" => sims,
        "sims+1" => sims + 1,
        "events" => events,
        "events+1" => events + 1,
        other => number(other),
    };
    let term = |term: &str| match term.split_once('/') {
        Some((above, below)) => value(above).div_ceil(number(below.trim())),
        None => value(term),
    };
    formula.split(" + ").map(term).sum()
}

/// What the document says of a vendor. Its numbers are worked out from its formulas.
fn figures(vendor: &str) -> Figures {
    let text = include_str!("../../docs/calls.md");
    let line = text
        .lines()
        .find(|line| line.starts_with(&format!("| {vendor} ")));
    let line = line.unwrap_or_else(|| panic!("docs/calls.md does not tell of {vendor}"));
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [_, fleet, of_fleet, history, of_history, per_minute, round] = cells[..] else {
        panic!("{line}");
    };
    for (formula, said) in [(fleet, of_fleet), (history, of_history)] {
        assert_eq!(
            worked_out(formula, SIMS, EVENTS),
            number(said),
            "{vendor}: {formula}"
        );
    }
    Figures {
        fleet: fleet.to_owned(),
        history: history.to_owned(),
        per_minute: number(per_minute),
        round: number(round),
    }
}

fn fleet_alone() -> Ask {
    Ask {
        history: false,
        ..everything()
    }
}

fn kept_to_the_pace(run: &Run<'_>, figures: &Figures) {
    let pace = connect(run.bench.vendor.id).connection().pace;
    assert_eq!(u64::from(pace.allowed_per_minute()), figures.per_minute);
    assert!(
        pace.calls_per_minute
            .is_none_or(|limit| figures.per_minute * 2 <= u64::from(limit))
    );
    let busiest = run.busiest_minute() as u64;
    assert!(busiest <= figures.per_minute, "{busiest} calls in a minute");
    // Neither is the pace wasted: over a long load it is nearly reached.
    assert!(
        run.sent.len() < 300 || busiest * 10 >= figures.per_minute * 9,
        "{busiest}"
    );
    assert!(
        run.most_under_way() <= AT_ONCE as usize,
        "{}",
        run.most_under_way()
    );
    assert_eq!(run.driver.status().calls as usize, run.sent.len());
    assert_eq!(run.bench.violations(), json!([]));
}

/// A load that goes on until the visitor is asked.
fn asking<'b>(bench: &'b Bench<'_>, ask: Ask) -> Run<'b> {
    let mut run = bench.run();
    // What comes of it is shown with smaller fleets.
    run.reads = false;
    run.driver.fetch(ask);
    run.goes_on_until(|run| run.driver.status().phase == Phase::Asking);
    assert_eq!(run.driver.status().phase, Phase::Asking);
    run
}

/// Seven SIMs from the middle of the list, as the screen knows them.
fn on_screen(run: &Run<'_>) -> Vec<String> {
    let some = run
        .driver
        .sims()
        .iter()
        .skip(run.driver.sims().len() / 2)
        .take(7);
    some.map(|sim| sim.key.clone()).collect()
}

fn choose(run: &mut Run<'_>, choice: Choice) -> usize {
    let before = run.sent.len();
    run.driver.choose(choice, run.now);
    run.finish();
    assert_eq!(run.driver.status().phase, Phase::Done);
    let status = run.driver.status();
    assert_eq!(
        (status.done, status.failures.len()),
        (status.total, 0),
        "{status:?}"
    );
    run.sent.len() - before
}

#[test]
fn a_thousand_sims_take_the_calls_that_the_document_says() {
    let options = json!({ "sims": SIMS, "sessionsPerSim": 2 });
    on_every_vendor(&options, |bench| {
        let truth = bench.truth(BEGIN);
        let figures = figures(bench.vendor.name);
        let events = truth.events.values().map(|count| u64::from(*count)).sum();
        let sims = truth.sims.len() as u64;
        let fleet_calls = worked_out(&figures.fleet, sims, events);

        // The view alone, unless the history is part of it.
        if figures.history != "0" {
            let mut run = bench.run();
            run.reads = false;
            run.load(fleet_alone());
            assert_eq!(run.sent.len() as u64, fleet_calls);
            kept_to_the_pace(&run, &figures);
        }

        // With all histories: the visitor is asked, the estimate is right, those on screen come first.
        let mut run = asking(bench, everything());
        let before = run.sent.len() as u64;
        let shown = on_screen(&run);
        run.driver.set_on_screen(shown.clone());
        let estimate = run.driver.status().estimate.unwrap();
        assert_eq!(estimate.on_screen as usize, shown.len());
        let (from, found) = (run.now, run.driver.sims().len() as u64);
        let calls = choose(&mut run, Choice::All) as u64;
        assert_eq!(u64::from(estimate.calls), calls);
        assert!(calls > ASKED_FROM);
        let took_s = (run.now - from) / 1000;
        assert!(
            (took_s - i64::from(estimate.seconds)).abs() <= 2,
            "{took_s} {estimate:?}"
        );
        // SIMs that no list names have no history to ask for.
        let history = worked_out(&figures.history, found, events);
        assert_eq!(before + calls, fleet_calls + history);
        for sent in run.sent.iter().skip(before as usize).take(shown.len()) {
            assert!(
                shown.iter().any(|key| sent.asks.contains(key)),
                "{}",
                sent.asks
            );
        }
        kept_to_the_pace(&run, &figures);
        // Each row of the history is an answer's record at least once.
        let history = if bench.vendor.has_events {
            &truth.events
        } else {
            &truth.sessions
        };
        let rows: u32 = history.values().sum();
        assert!(run.driver.status().rows >= u64::from(rows));

        // A round of watching in which nothing happened.
        let calls = run.sent.len();
        run.driver.watch(30_000, run.now);
        run.goes_on_until(|run| {
            let watching = run.driver.status().watching.as_ref();
            watching.is_some_and(|watching| watching.rounds == 2)
        });
        let watching = run.driver.status().watching.clone().unwrap();
        assert_eq!(
            watching.calls.map(u64::from),
            Some(figures.round),
            "{watching:?}"
        );
        assert_eq!(run.sent.len() as u64 - calls as u64, 2 * figures.round);
        kept_to_the_pace(&run, &figures);
    });
}

#[test]
fn the_visitor_says_how_much() {
    on_every_vendor(&json!({ "sims": 260, "sessionsPerSim": 1 }), |bench| {
        let mut run = asking(bench, everything());
        let shown = on_screen(&run);
        run.driver.set_on_screen(shown.clone());
        assert_eq!(choose(&mut run, Choice::OnScreen), shown.len());

        let mut run = asking(bench, everything());
        let rows = run.driver.status().rows;
        assert_eq!(choose(&mut run, Choice::Nothing), 0);
        assert_eq!(run.driver.status().rows, rows);
        // The history of one can be had later.
        let before = run.sent.len();
        let key = run.driver.sims()[100].key.clone();
        run.driver.fetch_history(&[key]);
        run.finish();
        assert_eq!(run.sent.len() - before, 1);

        // Stopped instead of answered: another try asks again.
        let mut run = asking(bench, everything());
        let calls = run.driver.status().estimate.unwrap().calls;
        run.driver.stop();
        run.until(run.now + 60_000);
        run.driver.retry();
        run.settle();
        let status = run.driver.status();
        assert_eq!(status.phase, Phase::Asking);
        assert_eq!(status.estimate.map(|estimate| estimate.calls), Some(calls));
    });
}

#[test]
fn many_named_sims_are_asked_about_before_anything_is_sent() {
    on_every_vendor(&json!({ "sims": 260, "sessionsPerSim": 1 }), |bench| {
        let truth: Vec<String> = bench.truth(BEGIN).sims.into_keys().collect();
        let mut run = bench.run();
        run.driver.fetch(named(&truth));
        run.settle();
        let status = run.driver.status().clone();
        if let Some(estimate) = status.estimate {
            assert_eq!((status.phase, run.sent.len()), (Phase::Asking, 0));
            assert!(u64::from(estimate.calls) > ASKED_FROM);
            run.driver.set_on_screen(truth.iter().take(3).cloned());
            assert_eq!(run.driver.status().estimate.unwrap().on_screen, 3);
            run.driver.choose(Choice::Nothing, run.now);
            run.finish();
            assert!(run.sent.is_empty());
        } else {
            // Several in one call: the histories are asked about.
            run.goes_on_until(|run| run.driver.status().phase == Phase::Asking);
            assert!((run.sent.len() as u64) < ASKED_FROM);
        }

        // No SIM at all is no call at all.
        let mut run = bench.run();
        run.load(named::<String>(&[]));
        assert_eq!(
            (run.sent.len(), run.driver.status().phase),
            (0, Phase::Done)
        );
    });
}

#[test]
fn a_vendors_own_headers_slow_it_down() {
    // Soracom tells what is left of its limit for each path.
    let options =
        json!({ "sims": 100, "sessionsPerSim": 1, "soracom": { "rate": { "perMinute": 40 } } });
    crate::bench::on_vendors_that(
        |vendor| vendor.name == "soracom",
        &options,
        |bench| {
            let truth = bench.truth(BEGIN);
            let run = bench.loaded();
            let log: Value = bench.control(&json!({ "do": "log" }));
            let refused = log
                .as_array()
                .unwrap()
                .iter()
                .filter(|entry| entry["status"] == 429)
                .count();
            assert_eq!(refused, 0);
            assert!(run.busiest_minute() <= 40, "{}", run.busiest_minute());
            is_complete(&run, &truth);
        },
    );
}
