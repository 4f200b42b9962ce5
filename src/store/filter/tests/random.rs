//! What holds for any line, any filter and any store.

use proptest::prelude::*;

use super::fixture::with_facts;
use super::naive::{self, Known};
use super::rows::{bytes, enter, event, network, reader, usage};
use crate::model::{
    Basis, Cell, EndKind, Event, EventKind, Instant, Place, PlaceKind, ProviderId, Radio, Segment,
    Session, Sim, StartKind, Tag, Traffic, Usage,
};
use crate::provider::Rows;
use crate::store::Store;
use crate::store::filter::choice::Choice;
use crate::store::filter::pattern::Pattern;
use crate::store::filter::terms::{Edge, Filter, Flag, NumberField, Term, TextField, What};
use crate::store::filter::time::When;
use crate::store::filter::tokens::Op;
use crate::store::filter::{Area, Candidates, Facts, Matched, complete, parse};

const FROM: i64 = 1_790_000_000_000;
const HOUR: i64 = 3_600_000;
const KEYS: [&str; 5] = ["HS1", "HS2", "ThingId_3", "dev-4", "89440000005"];

fn text() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Example Norway",
        "example",
        "none",
        "open",
        "a,b",
        "x\"y",
        "-3",
        "HS1",
        "89440000005",
        "site",
        "north",
        "site=north",
        "242-01",
        "7",
        "Ås 4",
        "a*b",
        "back\\slash",
        "10.0.0.1",
        ">",
        "radio:2g",
    ])
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let literal = text().prop_map(Pattern::literal);
    let part = "[a-zA-Z0-9 *\",\\\\:å-]{1,6}".prop_map(|text| {
        let mut pattern = Pattern::default();
        text.chars().for_each(|c| pattern.take(c));
        pattern
    });
    prop_oneof![3 => literal, 2 => part]
}

fn number(field: NumberField) -> impl Strategy<Value = u64> {
    let scale = match field {
        NumberField::Duration | NumberField::Offline => 1_800_000,
        _ => 500,
    };
    (0..20_u64).prop_map(move |n| n * scale)
}

fn choice() -> impl Strategy<Value = (Choice, u16)> {
    let all = vec![
        Choice::Vendor,
        Choice::Radio,
        Choice::Basis,
        Choice::Start,
        Choice::End,
        Choice::Event,
    ];
    (prop::sample::select(all), any::<u16>()).prop_map(|(field, mask)| {
        let most = (1u32 << field.names().len()) - 1;
        (field, (mask & most as u16).max(1))
    })
}

fn when() -> impl Strategy<Value = When> {
    let instant = |n: i64| Instant::from_ms(FROM + n * HOUR / 2).unwrap();
    let day = |n: i64| Instant::from_ms((FROM / 86_400_000 + n) * 86_400_000).unwrap();
    prop_oneof![
        (0..80_i64).prop_map(move |n| When::At(instant(n))),
        (0..4_i64).prop_map(move |n| When::Day(day(n))),
        (0..40_000_u64).prop_map(|n| When::Ago(n * 60_000)),
        Just(When::Today),
        Just(When::Yesterday),
    ]
}

fn area() -> impl Strategy<Value = What> {
    let area = prop::option::weighted(
        0.8,
        prop::sample::select(vec![
            "59/10/60/11",
            "-20/177/-16/-178",
            "0/0/0/0",
            "-90/-180/90/180",
        ]),
    );
    (any::<bool>(), prop::collection::vec(area, 1..3)).prop_map(|(differs, values)| {
        let read = |text: &str| Area::read(text).unwrap();
        What::Area {
            differs,
            values: values.into_iter().map(|v| v.map(read)).collect(),
        }
    })
}

fn what() -> impl Strategy<Value = What> {
    use TextField as T;
    let texts = vec![
        T::Sim,
        T::Iccid,
        T::Imsi,
        T::Imei,
        T::Name,
        T::Operator,
        T::Plmn,
        T::Cell,
        T::Apn,
        T::Ip,
        T::Source,
        T::Tag,
        T::Status,
    ];
    let value = |field: TextField| {
        move |pattern: Option<Pattern>| match (field, pattern) {
            // Digits alone mean something else there.
            (T::Plmn, Some(pattern)) if pattern.text().is_some_and(|text| !text.contains('-')) => {
                None
            }
            (_, pattern) => pattern,
        }
    };
    let text =
        (prop::sample::select(texts), any::<bool>()).prop_flat_map(move |(field, differs)| {
            prop::collection::vec(
                prop::option::weighted(0.8, pattern()).prop_map(value(field)),
                1..3,
            )
            .prop_map(move |values| What::Text {
                field,
                differs,
                values,
            })
        });
    let country = prop::option::weighted(0.8, prop::sample::select(vec!["NO", "SE", "JP"]));
    let country =
        (any::<bool>(), prop::collection::vec(country, 1..3)).prop_map(|(differs, values)| {
            let code = |code: &str| crate::model::Country::from_alpha2(code).unwrap();
            What::Country {
                differs,
                values: values.into_iter().map(|v| v.map(code)).collect(),
            }
        });
    let numbers = vec![
        NumberField::Duration,
        NumberField::Bytes,
        NumberField::Up,
        NumberField::Down,
        NumberField::Packets,
        NumberField::Offline,
    ];
    let orders = vec![Op::Above, Op::AtLeast, Op::Below, Op::AtMost];
    let ordered = (
        prop::sample::select(numbers.clone()),
        prop::sample::select(orders),
    )
        .prop_flat_map(|(field, op)| {
            number(field).prop_map(move |n| What::Number {
                field,
                op,
                values: vec![Some(n)],
            })
        });
    let equal = (prop::sample::select(numbers), any::<bool>()).prop_flat_map(|(field, is)| {
        let op = if is { Op::Is } else { Op::IsNot };
        prop::collection::vec(prop::option::weighted(0.8, number(field)), 1..3)
            .prop_map(move |values| What::Number { field, op, values })
    });
    let flags = Flag::ALL.map(|(_, flag)| flag).to_vec();
    prop_oneof![
        2 => pattern().prop_map(What::Free),
        2 => prop::sample::select(flags).prop_map(What::Flag),
        5 => text,
        2 => country,
        2 => area(),
        3 => (choice(), any::<bool>()).prop_map(|((field, mask), differs)| What::Choice { field, differs, mask }),
        2 => ordered,
        2 => equal,
        2 => (any::<bool>(), when()).prop_map(|(since, at)| What::Time {
            edge: if since { Edge::Since } else { Edge::Until },
            at,
        }),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let term =
        (prop::bool::weighted(0.3), what()).prop_map(|(negated, what)| Term { negated, what });
    prop::collection::vec(term, 0..4).prop_map(|terms| Filter { terms })
}

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
        some(&["35007"]),
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
        some(&["35007", "35008"]),
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
