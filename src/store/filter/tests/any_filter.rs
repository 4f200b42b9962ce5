//! Any filter that the language can say, about what the random fleets hold.

use proptest::prelude::*;

use crate::model::Instant;
use crate::store::filter::Area;
use crate::store::filter::choice::Choice;
use crate::store::filter::pattern::Pattern;
use crate::store::filter::terms::{Edge, Filter, Flag, NumberField, Term, TextField, What};
use crate::store::filter::time::When;
use crate::store::filter::tokens::Op;

/// When the random fleets begin, epoch milliseconds.
pub const FROM: i64 = 1_790_000_000_000;
/// Milliseconds.
pub const HOUR: i64 = 3_600_000;

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
        "35000700",
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
        Choice::LastRadio,
        Choice::Basis,
        Choice::Start,
        Choice::End,
        Choice::Event,
        Choice::Finding,
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
        T::LastOperator,
        T::DeviceType,
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
    let country = (any::<[bool; 2]>(), prop::collection::vec(country, 1..3)).prop_map(
        |([differs, last], values)| {
            let code = |code: &str| crate::model::Country::from_alpha2(code).unwrap();
            let values = values.into_iter().map(|v| v.map(code)).collect();
            if last {
                What::LastCountry { differs, values }
            } else {
                What::Country { differs, values }
            }
        },
    );
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
        3 => country,
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

/// Of up to three terms.
pub fn filter() -> impl Strategy<Value = Filter> {
    let term =
        (prop::bool::weighted(0.3), what()).prop_map(|(negated, what)| Term { negated, what });
    prop::collection::vec(term, 0..4).prop_map(|terms| Filter { terms })
}
