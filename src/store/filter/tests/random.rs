//! What holds for any line, any filter and any store.

use proptest::prelude::*;

use super::any_filter::{FROM, HOUR, filter};
use super::fixture::with_facts;
use super::naive::{self, Known};
use super::rows::{bytes, enter, event, network, reader, usage};
use crate::model::{
    Basis, Cell, EndKind, Event, EventKind, Instant, Place, PlaceKind, ProviderId, Radio, Segment,
    Session, Sim, StartKind, Tag, Traffic, Usage,
};
use crate::provider::Rows;
use crate::store::Store;
use crate::store::filter::terms::Filter;
use crate::store::filter::{Candidates, Facts, Matched, complete, parse};

const KEYS: [&str; 5] = ["HS1", "HS2", "ThingId_3", "dev-4", "89440000005"];

#[derive(Debug, Clone)]
struct Fleet {
    sims: Vec<Sim<'static>>,
    sessions: Vec<Session<'static>>,
    events: Vec<Event<'static>>,
    usage: Vec<Usage<'static>>,
}

fn key() -> impl Strategy<Value = (ProviderId, &'static str)> {
    (0..KEYS.len()).prop_map(|at| (ProviderId::ALL[at], KEYS[at]))
}

fn of_network() -> impl Strategy<Value = crate::model::Network<'static>> {
    let plmn = prop::sample::select(vec!["242-01", "242-001", "440-10", ""]);
    let country = prop::sample::select(vec!["NO", "SE", "JP", ""]);
    let operator = prop::sample::select(vec!["Example Norway", "example", "none", ""]);
    (plmn, country, operator).prop_map(|(plmn, country, operator)| network(plmn, country, operator))
}

fn some(
    texts: &[&'static str],
) -> impl Strategy<Value = Option<crate::model::Text<'static>>> + use<> {
    prop::option::of(prop::sample::select(texts.to_vec())).prop_map(|text| text.map(Into::into))
}

fn radio() -> impl Strategy<Value = Option<Radio>> {
    prop::option::of(prop::sample::select(Radio::ALL.to_vec()))
}

fn place() -> impl Strategy<Value = Place> {
    let point = |(lat, lon)| Place::point(lat, lon, PlaceKind::Tower).unwrap_or_default();
    let points = vec![
        (59.91, 10.75),
        (60.0, 11.0),
        (-17.7, 178.0),
        (-17.7, -179.0),
        (1.3, 103.8),
    ];
    prop_oneof![
        2 => Just(Place::default()),
        1 => Just(Place::country(None)),
        4 => prop::sample::select(points).prop_map(point),
    ]
}

fn cell() -> impl Strategy<Value = Cell<'static>> {
    (some(&["7", "a,b"]), prop::option::of(6..9_u32)).prop_map(|(reported, eci)| Cell {
        reported,
        eci,
        ..Cell::default()
    })
}

fn sim() -> impl Strategy<Value = Sim<'static>> {
    let texts = (
        some(&["Ås 4", "open", "x\"y"]),
        some(&["89440000005", "8981"]),
        some(&["active", "none"]),
    );
    (
        key(),
        texts,
        some(&["35007", "350007000000019"]),
        of_network(),
        radio(),
        (cell(), place()),
        any::<bool>(),
    )
        .prop_map(
            |(
                (provider, key),
                (name, iccid, status),
                imei,
                network,
                radio,
                (cell, place),
                tagged,
            )| Sim {
                place,
                name,
                // Two vendors' SIMs never share a lane, and one vendor's would here.
                iccid: iccid.map(|text| format!("{text}{}", provider as u8).into()),
                status,
                imei,
                network,
                radio,
                cell,
                tags: tagged
                    .then(|| Tag {
                        name: "site".into(),
                        value: "north".into(),
                    })
                    .into_iter()
                    .collect(),
                ..Sim::new(provider, key.into())
            },
        )
}

fn traffic() -> impl Strategy<Value = Traffic> {
    let count = || prop::option::of((0..20_u64).prop_map(|n| n * 500));
    prop_oneof![
        Just(Traffic::default()),
        (count(), count(), count()).prop_map(|(up, down, total)| bytes(up, down, total)),
        (count(), count()).prop_map(|(up, down)| Traffic::packets(up, down)),
    ]
}

fn session() -> impl Strategy<Value = Session<'static>> {
    let time = || {
        prop::option::weighted(
            0.8,
            (0..80_i64).prop_map(|n| Instant::from_ms(FROM + n * HOUR / 2).unwrap()),
        )
    };
    let kinds = (0..4_u8, 0..4_u8, prop::bool::ANY);
    let texts = (
        some(&["35007", "350007000000019"]),
        some(&["242010", "none"]),
        some(&["iot.example"]),
        some(&["10.0.0.1"]),
    );
    (
        (key(), any::<u64>()),
        (time(), time(), time()),
        kinds,
        (radio(), of_network(), cell()),
        (place(), prop::collection::vec(place(), 0..3)),
        texts,
        traffic(),
    )
        .prop_map(
            |(
                ((provider, key), id),
                (start, a, b),
                (begun, end, ended),
                (radio, network, cell),
                (place, places),
                (imei, imsi, apn, ip),
                traffic,
            )| {
                let end_kind = [
                    EndKind::Exact,
                    EndKind::Open,
                    EndKind::Estimated,
                    EndKind::Unknown,
                ][end as usize];
                Session {
                    id: Some(format!("s{id}").into()),
                    start,
                    start_kind: match (start, begun) {
                        (None, _) => StartKind::Unknown,
                        (_, 0) => StartKind::BeforeWindow,
                        (_, 1) => StartKind::Estimated,
                        _ => StartKind::Exact,
                    },
                    end: a.filter(|_| ended || end_kind == EndKind::Exact),
                    end_kind,
                    end_latest: b.filter(|_| end_kind == EndKind::Estimated),
                    last_seen: b,
                    radio,
                    network,
                    cell,
                    place,
                    segments: (0..)
                        .zip(places)
                        .map(|(n, place)| segment(n, place))
                        .collect(),
                    imei,
                    // An IMSI of two SIMs would unite them.
                    imsi: imsi.map(|imsi| format!("{imsi}{}", provider as u8).into()),
                    apn,
                    ips: ip.into_iter().collect(),
                    traffic,
                    ..Session::new(provider, key.into(), Basis::Reported)
                }
            },
        )
}

fn segment(n: i64, place: Place) -> Segment<'static> {
    Segment {
        from: Instant::from_ms(FROM + n * HOUR).unwrap(),
        radio: None,
        network: crate::model::Network::default(),
        cell: Cell::default(),
        place,
    }
}

fn fleet() -> impl Strategy<Value = Fleet> {
    let time = || (0..80_i64).prop_map(|n| Instant::from_ms(FROM + n * HOUR / 2).unwrap());
    let told = (
        key(),
        time(),
        prop::sample::select(EventKind::ALL.to_vec()),
        of_network(),
        of_network(),
        radio(),
        (cell(), place()),
    );
    let told = told.prop_map(
        |((provider, sim), at, kind, network, network_after, radio, (cell, place))| Event {
            radio,
            network,
            network_after,
            cell,
            place,
            ..event(provider, sim, at, kind)
        },
    );
    let used = (key(), any::<bool>(), time(), prop::option::of(time()));
    let used = used
        .prop_map(|((provider, sim), own, from, to)| usage(provider, own.then_some(sim), from, to));
    (
        prop::collection::vec(sim(), 0..5),
        prop::collection::vec(session(), 0..12),
        prop::collection::vec(told, 0..8),
        prop::collection::vec(used, 0..6),
    )
        .prop_map(|(sims, sessions, events, usage)| Fleet {
            sims,
            sessions,
            events,
            usage,
        })
}

fn store_of(fleet: &Fleet) -> Store {
    let mut store = Store::new();
    let half = fleet.sessions.len() / 2;
    let mut rows = reader(&mut store, "none", Instant::from_ms(FROM + 45 * HOUR));
    fleet.sims.iter().for_each(|sim| rows.sim(sim));
    enter(&mut rows, fleet.sessions.iter().take(half).cloned());
    let mut rows = reader(&mut store, "x\"y", None);
    enter(&mut rows, fleet.sessions.iter().skip(half).cloned());
    fleet.events.iter().for_each(|event| rows.event(event));
    fleet.usage.iter().for_each(|usage| rows.usage(usage));
    store.settle();
    store
}

fn check(store: &Store, filter: &Filter, facts: &Facts<'_>) -> Result<(), TestCaseError> {
    let matched = Matched::new(store, filter, facts);
    for (lane, found) in store.lanes() {
        let known = Known::new(store, lane, facts);
        prop_assert_eq!(
            matched.lane(lane),
            known.listed(filter, facts),
            "lane {}",
            lane
        );
        for (row, session) in found.sessions.iter().zip(&known.sessions) {
            let expected = known.session(session, filter, facts);
            prop_assert_eq!(matched.session(*row), expected, "{:#?}", session);
        }
        for (row, event) in found.events.iter().zip(&known.events) {
            prop_assert_eq!(
                matched.event(*row),
                known.event(event, filter, facts),
                "{:#?}",
                event
            );
        }
    }
    for (number, row) in store.usage_rows() {
        let listed = row
            .sim
            .map(|key| Known::new(store, store.lane_of_key(key), facts).listed(filter, facts));
        let usage = store.usage(number).unwrap();
        prop_assert_eq!(
            matched.usage(number),
            naive::usage(&usage, listed, filter, facts),
            "{:#?}",
            usage
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 512 } else { 20_000 }))]

    #[test]
    fn any_line_is_read(line in "\\PC{0,40}") {
        let _ = parse(&line);
    }

    #[test]
    fn any_line_of_its_own_letters_is_read(line in "[a-z:=<>!,\"* \\\\.0-9-]{0,30}", cursor in 0..40_u32) {
        if let Err(problems) = parse(&line) {
            let length = line.chars().count() as u32;
            for problem in problems {
                prop_assert!(problem.from < problem.to && problem.from < length, "{:?}", problem);
                prop_assert!(problem.to <= length + 1 && !problem.message.is_empty(), "{:?}", problem);
            }
        }
        let store = super::fixture::store();
        let found = complete(&store, &mut Candidates::default(), &line, cursor);
        prop_assert!(found.from <= found.to);
    }

    #[test]
    fn a_filter_prints_as_itself(filter in filter()) {
        let line = filter.to_string();
        prop_assert_eq!(parse(&line), Ok(filter), "{}", line);
    }

    #[test]
    fn a_filter_lets_through_what_it_says(fleet in fleet(), filter in filter()) {
        let store = store_of(&fleet);
        with_facts(&store, |facts| {
            check(&store, &filter, &Facts { as_of: FROM + 40 * HOUR, ..*facts })
        })?;
    }
}
