//! The fast way against `serde_json`: [`one`] compares both in tests, so these only have to hand it
//! documents.

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Pulled, pull, pulled};
use crate::provider::json::{Digits, Json, Object, Str, one};

/// Every kind of value that a wire struct holds.
#[derive(Debug, Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    text: Option<Str<'a>>,
    digits: Option<Digits<'a>>,
    whole: Option<u64>,
    small: Option<u32>,
    signed: i64,
    real: Option<f64>,
    yes: Option<bool>,
    list: Option<Vec<Str<'a>>>,
    inner: Option<Object<Inner<'a>>>,
}

#[derive(Debug, Deserialize)]
struct Inner<'a> {
    #[serde(borrow)]
    name_of_more_than_sixteen_bytes: Option<Str<'a>>,
    real: Option<f64>,
}

pulled! {
    Wire<'a> {
        text: "text",
        digits: "digits",
        whole: "whole",
        small: "small",
        signed: "signed",
        real: "real",
        yes: "yes",
        list: "list",
        inner: "inner",
    }
    Inner<'a> {
        name_of_more_than_sixteen_bytes: "name_of_more_than_sixteen_bytes",
        real: "real",
    }
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u64>().prop_map(|n| n.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<u32>().prop_map(|n| n.to_string()),
        any::<f64>().prop_map(|n| format!("{n}")),
        (-180.0..180.0).prop_map(|n: f64| format!("{n}")),
        (any::<i32>(), 0..12usize)
            .prop_map(|(n, places)| format!("{:.places$}", f64::from(n) / 1024.0)),
        "-?[0-9]{1,22}(\\.[0-9]{0,22})?([eE][+-]?[0-9]{0,3})?",
    ]
}

fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -!#-\\[\\]-~]{0,40}",
        "[a-zé中𝄞]{0,12}",
        "([a-z]|\\\\[\"\\\\/bfnrtu]|\\\\u[0-9a-fA-F]{4}|\\\\ud83d\\\\ude00|[\t\n]){0,20}",
    ]
    .prop_map(|inside| format!("\"{inside}\""))
}

fn key() -> impl Strategy<Value = String> {
    let known = prop::sample::select([Wire::KEYS, Inner::KEYS].concat());
    prop_oneof![
        8 => known.prop_map(|key| format!("\"{}\"", key.text())),
        1 => string(),
    ]
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        number(),
        string(),
        prop::sample::select(vec!["null", "true", "false", "nul", "tru", "NaN", "-", ""])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|all| format!("[{}]", all.join(","))),
            object(inner),
        ]
    })
}

fn space() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 1 => "[ \t\r\n\u{c}]{0,10}"]
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let member = (space(), key(), space(), space(), value, space())
        .prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
    prop::collection::vec(member, 0..6).prop_map(|all| format!("{{{}}}", all.join(",")))
}

/// A document with a byte changed, cut off, or followed by something else.
fn document() -> impl Strategy<Value = Vec<u8>> {
    let around = (
        any::<prop::sample::Index>(),
        any::<u8>(),
        0..8u8,
        "[ ,}\\]x]{0,3}",
    );
    (object(value()), around).prop_map(|(text, (at, byte, what, behind))| {
        let mut bytes = text.into_bytes();
        match what {
            0 => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            1 => bytes.truncate(at.index(bytes.len())),
            _ => bytes.extend(behind.bytes()),
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn what_is_read_is_what_serde_json_reads(json in document()) {
        // Each of these compares both ways and tells by a panic where they differ.
        let text = std::str::from_utf8(&json).ok();
        for json in [Some(Json::from(json.as_slice())), text.map(Json::from)].into_iter().flatten() {
            let _ = one::<Wire<'_>>(json);
            let _ = one::<Object<Inner<'_>>>(json);
            let _ = one::<IgnoredAny>(json);
        }
    }

    #[test]
    fn what_is_well_formed_and_expected_is_read_at_once(
        text in "[ -!#-\\[\\]-~]{0,40}",
        signed in 1..i64::MAX / 2,
        whole in 0..10_000_000_000_000_000_000u64,
        small in any::<u32>(),
        millionths in -180_000_000..180_000_000i64,
        yes in any::<bool>(),
    ) {
        let real = millionths as f64 / 1e6;
        let json = serde_json::json!({
            "text": text, "digits": whole, "whole": whole, "small": small, "signed": -signed, "real": real, "yes": yes,
            "list": [text, "b"], "beside": [1, {"a": null}], "inner": {"name_of_more_than_sixteen_bytes": text, "real": null},
        }).to_string();
        let (wire, length) = pull::<Wire<'_>>(json.as_str().into()).unwrap();
        prop_assert_eq!(length, json.len());
        prop_assert_eq!(wire.text.map(|text| text.0.into_owned()), Some(text));
        prop_assert_eq!((wire.whole, wire.small, wire.signed), (Some(whole), Some(small), -signed));
        prop_assert_eq!((wire.real, wire.yes), (Some(real), Some(yes)));
        prop_assert_eq!(wire.digits, Some(Digits::Number(whole)));
        prop_assert_eq!(wire.list.map(|list| list.len()), Some(2));
        let inner = wire.inner.map(|inner| inner.0).unwrap();
        prop_assert!(inner.name_of_more_than_sixteen_bytes.is_some() && inner.real.is_none());
    }
}
