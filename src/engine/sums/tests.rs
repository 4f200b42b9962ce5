//! The sums over a small store: by hand, and against looking at each millisecond.

use proptest::prelude::*;

use super::*;
use crate::engine::colours::Colours;
use crate::engine::fresh::Fresh;
use crate::engine::protocol::{ColourBy, Flow};
use crate::model::{
    Basis, Country, EndKind, Event, EventKind, Instant, Network, ProviderId, Radio, Segment,
    Session, StartKind, Text, Traffic, TrafficReported,
};
use crate::provider::Rows;
use crate::store::{Document, Reader, Source, Store};

const T0: i64 = 1_770_000_000_000;

fn instant(at: i64) -> Option<Instant> {
    Instant::from_ms(T0 + at)
}

/// An operator of that number, in the country of its parity.
fn network(operator: u8) -> Network<'static> {
    Network {
        operator: Some(Text::Owned(format!("Operator {operator}"))),
        country: Country::from_alpha2(if operator.is_multiple_of(2) {
            "NO"
        } else {
            "SE"
        }),
        ..Network::default()
    }
}

fn session(sim: &'static str, begin: i64, end: i64) -> Session<'static> {
    Session {
        id: Some(Text::Owned(format!("{sim}-{begin}-{end}"))),
        start: instant(begin),
        start_kind: StartKind::Exact,
        end: instant(end),
        end_kind: EndKind::Exact,
        last_seen: instant(end),
        radio: Some(Radio::G4),
        network: network(0),
        ..Session::new(ProviderId::Twilio, Text::Borrowed(sim), Basis::Reported)
    }
}

fn open(sim: &'static str, begin: i64, seen: i64) -> Session<'static> {
    Session {
        end: None,
        end_kind: EndKind::Open,
        last_seen: instant(seen),
        ..session(sim, begin, seen)
    }
}

fn lost(sim: &'static str, begin: i64, seen: i64) -> Session<'static> {
    Session {
        end_kind: EndKind::Unknown,
        ..open(sim, begin, seen)
    }
}

fn bytes(up: Option<u64>, down: Option<u64>, total: Option<u64>) -> Traffic {
    let real = |n: Option<u64>| n.map(|n| n as f64);
    Traffic {
        bytes_up: up,
        bytes_down: down,
        bytes_total: total,
        reported: Some(TrafficReported {
            up: real(up),
            down: real(down),
            total: real(total),
            unit: TrafficUnit::Bytes,
        }),
        ..Traffic::default()
    }
}

/// A store with one answer, fetched at that instant.
fn store(observed: i64, sessions: &[Session<'_>], events: &[Event<'_>]) -> Store {
    let mut store = Store::new();
    let source = store.add_source(Source::new("Fleet", Some(ProviderId::Twilio)));
    let document = store.add_document(Document {
        source,
        name: "answer".to_owned(),
        observed: instant(observed),
        confirmed_before: None,
        watched: false,
    });
    let mut reader = Reader::new(&mut store, document);
    for (at, session) in (0u64..).zip(sessions) {
        reader.at(at);
        reader.session(session);
        reader.close_record(1);
    }
    for (at, event) in (1_000_000u64..).zip(events) {
        reader.at(at);
        reader.event(event);
        reader.close_record(1);
    }
    store.settle();
    store
}

/// What is asked of the sums: a span, or picked sessions; with colours left out.
fn sums_of(
    store: &Store,
    hidden: &[u8],
    ask: &dyn Fn(&StoreView<'_>, &Ground) -> SpanSums,
) -> SpanSums {
    let view = StoreView {
        store,
        colours: &Colours::new(store, ColourBy::Radio),
        hidden,
        fresh: &Fresh::default(),
        as_of: store.latest_observed().map_or(T0, Instant::ms),
        matched: None,
        index: &crate::engine::index::Index::default(),
        tracks: &crate::engine::tracks::Tracks::default(),
        strips: &crate::engine::strips::Strips::default(),
        findings: &crate::engine::findings::Findings::default(),
    };
    ask(&view, &Ground::new(store))
}

fn span(store: &Store, from: i64, to: i64) -> SpanSums {
    sums_of(store, &[], &|view, ground| {
        of_span(view, ground, &|_| true, None, [T0 + from, T0 + to])
    })
}

fn picked(store: &Store, rows: &[u32]) -> SpanSums {
    sums_of(store, &[], &|view, ground| {
        of_picked(view, ground, &|_| true, rows)
    })
}

type Line = (String, u32, u32, i64, i64);

/// Label, sessions, SIMs, time online at least and at most.
fn lines(shares: &Shares) -> Vec<Line> {
    let line = |share: &Share| {
        let label = share.label.clone().unwrap_or_default();
        (
            label,
            share.sessions,
            share.sims,
            share.online_ms,
            share.online_most_ms,
        )
    };
    shares.rows.iter().map(line).collect()
}

fn line(label: &str, sessions: u32, sims: u32, least: i64, most: i64) -> Line {
    (label.to_owned(), sessions, sims, least, most)
}

#[test]
fn a_fleet_of_two_by_hand() {
    let sessions = [
        // A: 10..30 and 20..40 overlap, 70 open, heard of until 80, fetched at 95.
        Session {
            traffic: bytes(Some(1), Some(10), None),
            ..session("A", 10, 30)
        },
        Session {
            traffic: bytes(Some(0), None, None),
            ..session("A", 20, 40)
        },
        open("A", 70, 80),
        // B: before the span, and one of which nobody reported the end.
        session("B", -50, -10),
        Session {
            traffic: Traffic::packets(Some(5), Some(6)),
            ..lost("B", 50, 60)
        },
    ];
    let sums = span(&store(95, &sessions, &[]), 0, 100);
    assert_eq!((sums.sessions, sums.sims, sums.reach_out), (4, 2, 0));
    assert_eq!(
        (sums.online_ms, sums.online_most_ms),
        (30 + 10 + 10, 30 + 25 + 10)
    );
    // Each is known until 95; B until 60 only.
    assert_eq!(
        (sums.known_ms, sums.unknown_ms, sums.not_fetched_ms),
        (95 + 60, 35, 10)
    );
    assert_eq!((sums.sims_known, sums.sims_without), (2, 0));
    assert_eq!(
        sums.bytes,
        Flow {
            up: Some(1),
            down: Some(10),
            total: Some(11),
            sessions: [2, 1, 2]
        }
    );
    assert_eq!(
        (sums.packets.total, sums.packets.sessions),
        (Some(11), [1, 1, 1])
    );
    // A: 40..70, and before 10 it was not there yet, as far as known; B: 0..50.
    assert_eq!(
        (sums.gaps.count, sums.gaps.median_ms, sums.gaps.unsure),
        (2, Some(40), 1)
    );
    let longest = sums.gaps.longest.unwrap();
    assert_eq!((longest.from, longest.to, longest.cut), (T0, T0 + 50, true));
    let [operators, countries, radios, sims] = &sums.shares;
    for (shares, label) in
        [operators, countries, radios]
            .into_iter()
            .zip(["Operator 0", "NO", "4g"])
    {
        assert_eq!(lines(shares), [line(label, 4, 2, 50, 65)]);
    }
    assert_eq!(
        lines(sims),
        [line("A", 3, 1, 40, 55), line("B", 1, 1, 10, 10)]
    );
    assert_eq!(
        sims.rows
            .iter()
            .map(|sim| (sim.known_ms, sim.longest_gap_ms))
            .collect::<Vec<_>>(),
        [(Some(95), Some(30)), (Some(60), Some(50))]
    );
}

#[test]
fn nothing_reported_is_null_and_never_nought() {
    let sums = span(&store(100, &[session("A", 0, 10)], &[]), 0, 100);
    assert_eq!(
        (sums.bytes, sums.packets),
        (Flow::default(), Flow::default())
    );
    let nought = Session {
        traffic: bytes(Some(0), Some(0), None),
        ..session("A", 0, 10)
    };
    let sums = span(&store(100, &[nought], &[]), 0, 100);
    assert_eq!(
        (sums.bytes.total, sums.bytes.sessions),
        (Some(0), [1, 1, 1])
    );
}

#[test]
fn megabytes_and_unknown_units_are_told_apart() {
    let sessions = [
        Session {
            traffic: Traffic::megabytes(Some(1.5), Some(0.25), None),
            ..session("A", 0, 10)
        },
        Session {
            traffic: Traffic::of_unknown_unit(Some(7.0), None),
            ..session("A", 20, 30)
        },
    ];
    let sums = span(&store(100, &sessions, &[]), 0, 100);
    assert_eq!(
        (sums.bytes.up, sums.bytes.total),
        (Some(1_500_000), Some(1_750_000))
    );
    assert_eq!((sums.in_megabytes, sums.unit_unknown), (1, 1));
}

#[test]
fn a_session_is_split_where_it_changed() {
    let segment = |from, radio, operator| Segment {
        from: instant(from).unwrap(),
        radio: Some(radio),
        network: network(operator),
        cell: crate::model::Cell::default(),
        place: crate::model::Place::default(),
    };
    let roaming = Session {
        radio: Some(Radio::G2),
        network: network(2),
        segments: vec![
            segment(0, Radio::G4, 1),
            segment(30, Radio::G4, 2),
            segment(60, Radio::G2, 2),
        ],
        traffic: bytes(Some(100), Some(0), None),
        ..open("A", 0, 80)
    };
    let other = Session {
        network: network(2),
        traffic: bytes(Some(7), None, None),
        ..session("A", 50, 70)
    };
    let store = store(100, &[roaming, other], &[]);
    let [operators, countries, radios, _] = span(&store, 10, 90).shares;
    // The other one, 50..70, lies within what is counted already.
    let [one, two] = [
        line("Operator 1", 1, 1, 20, 20),
        line("Operator 2", 2, 1, 50, 60),
    ];
    assert_eq!(lines(&operators), [two, one]);
    assert_eq!(
        lines(&countries),
        [line("NO", 2, 1, 50, 60), line("SE", 1, 1, 20, 20)]
    );
    assert_eq!(
        lines(&radios),
        [line("4g", 2, 1, 60, 60), line("2g", 1, 1, 20, 30)]
    );
    // What it carried cannot be told apart by operator.
    let norway = &operators.rows[0];
    assert_eq!((norway.bytes.up, norway.split), (Some(7), 1));
    assert_eq!(
        (operators.rows[1].bytes.up, operators.rows[1].split),
        (None, 1)
    );
    // A span that only holds the end.
    let [operators, ..] = span(&store, 75, 90).shares;
    assert_eq!(lines(&operators), [line("Operator 2", 1, 1, 5, 15)]);
}

#[test]
fn a_session_of_no_length_is_counted_where_it_was() {
    let sums = span(&store(100, &[session("A", 50, 50)], &[]), 0, 100);
    let [operators, ..] = &sums.shares;
    assert_eq!((sums.sessions, sums.online_ms), (1, 0));
    assert_eq!(lines(operators), [line("Operator 0", 1, 1, 0, 0)]);
}

#[test]
fn a_reported_disconnection_ends_what_is_unknown() {
    let event = |kind, at| {
        let sim = Text::Borrowed("A");
        Event {
            id: Some(Text::Owned(format!("{at}"))),
            ..Event::new(ProviderId::Twilio, sim, instant(at).unwrap(), kind)
        }
    };
    let events = [
        event(EventKind::DataUsage, 45),
        event(EventKind::Disconnection, 50),
    ];
    let sums = span(&store(100, &[lost("A", 0, 40)], &events), 0, 100);
    assert_eq!((sums.known_ms, sums.unknown_ms), (90, 10));
}

#[test]
fn what_is_left_out_by_colour_is_not_summed() {
    let sessions = [
        session("A", 0, 10),
        Session {
            radio: Some(Radio::G2),
            ..session("A", 10, 40)
        },
    ];
    let two_g = 5;
    let sums = sums_of(&store(100, &sessions, &[]), &[two_g], &|view, ground| {
        of_span(view, ground, &|_| true, None, [T0, T0 + 100])
    });
    assert_eq!((sums.sessions, sums.online_ms, sums.known_ms), (1, 10, 100));
    assert_eq!(sums.shares[2].total, 1);
}

#[test]
fn the_vendors_memory_bounds_what_is_known() {
    let day = 86_400_000;
    let old = store(
        50 * day,
        &[session("A", 45 * day, 46 * day), session("B", 0, day)],
        &[],
    );
    let kept = crate::provider::capability(ProviderId::Twilio).retention_days;
    let sums = span(&old, 10 * day, 50 * day);
    let kept_from = kept.map_or(0, |days| 50 - i64::from(days));
    // B has a row older than that: what was fetched of it goes back so far.
    assert_eq!(sums.known_ms, (50 - kept_from.max(10) + 40) * day);
}

#[test]
fn picked_sessions_are_summed_alone() {
    let sessions = [
        session("A", 0, 10),
        session("A", 20, 30),
        session("A", 60, 70),
        session("B", 5, 15),
    ];
    let store = store(100, &sessions, &[]);
    let sums = picked(&store, &[0, 2, 3, 3]);
    assert_eq!((sums.picked, sums.sessions, sums.sims), (Some(4), 3, 2));
    assert_eq!((sums.from, sums.to), (T0, T0 + 70));
    assert_eq!((sums.online_ms, sums.known_ms), (30, 70 + 10));
    assert_eq!((sums.gaps.count, sums.gaps.median_ms), (1, Some(50)));
    assert_eq!(picked(&store, &[99]).sessions, 0);
}

#[test]
fn a_sim_of_which_no_session_is_loaded_is_left_out() {
    let mut store = store(100, &[session("A", 0, 10)], &[]);
    let mut reader = Reader::new(&mut store, 0);
    reader.sim(&crate::model::Sim::new(
        ProviderId::Twilio,
        Text::Borrowed("C"),
    ));
    store.settle();
    let sums = span(&store, 0, 100);
    assert_eq!((sums.sims_without, sums.known_ms), (1, 100));
}

/// How long, and which sessions of which SIMs.
#[derive(Debug, Default, PartialEq)]
struct Slow {
    least: i64,
    most: i64,
    sessions: Vec<usize>,
    sims: Vec<String>,
}

prop_compose! {
    fn any_session()(
        sim in prop::sample::select(vec!["A", "B", "C"]),
        begin in -40i64..120,
        length in 1i64..60,
        kind in 0u8..3,
        operators in prop::collection::vec((0u8..4, 1i64..20), 1..4),
    ) -> Session<'static> {
        let made = match kind {
            0 => open(sim, begin, begin + length),
            1 => lost(sim, begin, begin + length),
            _ => session(sim, begin, begin + length),
        };
        let mut at = begin;
        let mut segments = Vec::new();
        for (operator, after) in &operators {
            segments.push(Segment {
                from: instant(at).unwrap(),
                radio: Some(Radio::G4),
                network: network(*operator),
                cell: crate::model::Cell::default(),
                place: crate::model::Place::default(),
            });
            at += after;
        }
        let last = operators.last().map_or(0, |(operator, _)| *operator);
        Session { network: network(last), segments, ..made }
    }
}

proptest! {
    #[test]
    fn the_breakdowns_agree_with_looking_at_each_millisecond(
        mut sessions in prop::collection::vec(any_session(), 1..10),
    ) {
        let (from, to, observed) = (0i64, 100i64, 150i64);
        sessions.sort_by_key(|session| session.id.clone());
        sessions.dedup_by_key(|session| session.id.clone());
        let sums = span(&store(observed, &sessions, &[]), from, to);
        let ms = |at: Option<Instant>| at.map(|at| at.ms() - T0);
        let mut slow: Vec<(String, Slow)> = Vec::new();
        for sim in ["A", "B", "C"] {
            for at in from..to {
                let mut here: Vec<(String, bool)> = Vec::new();
                for (number, session) in sessions.iter().enumerate().filter(|(_, s)| s.sim == sim) {
                    let begin = ms(session.start).unwrap();
                    let solid = ms(session.end.or(session.last_seen)).unwrap();
                    let light = if session.end_kind == EndKind::Open { observed.max(solid) } else { solid };
                    if at < begin || at >= light {
                        continue;
                    }
                    let segment = session.segments.iter().rfind(|segment| segment.from.ms() - T0 <= at);
                    let operator = segment.and_then(|segment| segment.network.operator.clone()).unwrap();
                    here.push((operator.to_string(), at < solid));
                    let known = slow.iter().position(|(label, _)| *label == operator);
                    let row = known.unwrap_or_else(|| {
                        slow.push((operator.to_string(), Slow::default()));
                        slow.len() - 1
                    });
                    let row = &mut slow[row].1;
                    if !row.sessions.contains(&number) {
                        row.sessions.push(number);
                    }
                    if !row.sims.contains(&sim.to_owned()) {
                        row.sims.push(sim.to_owned());
                    }
                }
                for (label, row) in &mut slow {
                    row.most += i64::from(here.iter().any(|(operator, _)| operator == label));
                    row.least += i64::from(here.iter().any(|(operator, solid)| operator == label && *solid));
                }
            }
        }
        let mut slow: Vec<Line> = slow
            .into_iter()
            .map(|(label, row)| (label, row.sessions.len() as u32, row.sims.len() as u32, row.least, row.most))
            .collect();
        slow.sort();
        let mut quick = lines(&sums.shares[0]);
        // A session that only touches the span in an instant is counted too.
        quick.retain(|line| line.4 > 0);
        quick.sort();
        let touching = |s: &&Session<'_>| {
            let solid = ms(s.end.or(s.last_seen)).unwrap();
            ms(s.start) == Some(to) || (solid == from && s.end_kind != EndKind::Open)
        };
        if sessions.iter().any(|s| touching(&s)) {
            for (quick, slow) in quick.iter().zip(&slow) {
                prop_assert_eq!((&quick.0, quick.3, quick.4), (&slow.0, slow.3, slow.4));
            }
        } else {
            prop_assert_eq!(quick, slow);
        }
    }
}

/// How long a million sessions take, on demand:
/// `cargo test --release --lib engine::sums -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
#[expect(clippy::disallowed_methods, reason = "measures; runs natively only")]
fn a_million_sessions() {
    let hour = 3_600_000;
    let mut fleet = Store::new();
    let source = fleet.add_source(Source::new("Fleet", Some(ProviderId::Twilio)));
    let document = fleet.add_document(Document {
        source,
        name: "answer".to_owned(),
        observed: instant(100 * 10 * hour),
        confirmed_before: None,
        watched: false,
    });
    let mut reader = Reader::new(&mut fleet, document);
    for sim in 0..10_000i64 {
        let name: &'static str = Box::leak(format!("SIM {sim}").into_boxed_str());
        for n in 0..100 {
            let begin = n * 10 * hour + sim * 1000;
            reader.at(0);
            reader.session(&Session {
                network: network((n % 40) as u8),
                traffic: bytes(Some(n as u64), Some(7), None),
                ..session(name, begin, begin + (n % 9) * hour)
            });
            reader.close_record(1);
        }
    }
    fleet.settle();
    let began = std::time::Instant::now();
    let ground = Ground::new(&fleet);
    println!("ground: {:?}", began.elapsed());
    drop(ground);
    for (from, to) in [(0, 1000), (500, 524)] {
        let began = std::time::Instant::now();
        let sums = span(&fleet, from * hour, to * hour);
        println!(
            "{} sessions: {:?} with colours and ground",
            sums.sessions,
            began.elapsed()
        );
    }
}
