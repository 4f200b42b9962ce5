//! What is saved of a case: nothing is lost, nothing secret is in it, and masked nothing tells of a SIM.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use serde_json::Value;

use super::{DEMO, demo, drain, open_demo};
use crate::engine::protocol::{
    Command, FindingsItem, FindingsPage, FindingsQuery, Selection, Settings, Update,
};
use crate::engine::{CaseView, Engine, OpenOptions};
use crate::export::to_json;
use crate::model::ProviderId;

/// A document as it was opened.
type Opened = (OpenOptions, Vec<u8>);

fn open(documents: &[Opened]) -> Engine {
    let mut engine = Engine::new();
    for (number, (options, bytes)) in (0u32..).zip(documents) {
        engine.begin(number, options.clone());
        engine.push(number, bytes);
        engine.finish(number);
    }
    engine
}

/// What is saved of it, each document in pieces of so many bytes.
fn save(
    engine: &mut Engine,
    documents: &[Opened],
    masks: bool,
    piece: usize,
) -> (Vec<Opened>, CaseView) {
    engine.begin_case(masks);
    let mut saved = Vec::new();
    for (number, (options, bytes)) in (0u32..).zip(documents) {
        let Some(options) = engine.case_document(number, options.clone()) else {
            continue;
        };
        let mut kept = Vec::new();
        for piece in bytes.chunks(piece) {
            kept.extend(engine.case_piece(piece));
        }
        kept.extend(engine.case_rest().0);
        saved.push((serde_json::from_str(&options).unwrap(), kept));
    }
    let view = engine.end_case();
    (saved, view)
}

fn demo_documents() -> Vec<Opened> {
    let index = std::fs::read_to_string(format!("{DEMO}index.json")).unwrap();
    let index: Value = serde_json::from_str(&index).unwrap();
    let answers = index["answers"].as_array().unwrap().iter();
    answers
        .map(|answer| {
            let text = |key: &str| answer[key].as_str().map(str::to_owned);
            let file = text("file").unwrap();
            let bytes = std::fs::read(format!("{DEMO}{file}")).unwrap();
            let options = OpenOptions {
                name: file,
                source: text("source"),
                sim: text("sim"),
                account: text("sim").is_none(),
                observed: text("observed"),
                ..OpenOptions::default()
            };
            (options, bytes)
        })
        .collect()
}

fn rows(engine: &Engine) -> Value {
    serde_json::from_str(&to_json(engine.store()).unwrap()).unwrap()
}

#[test]
fn what_is_saved_gives_the_same_rows() {
    let documents = demo_documents();
    let mut engine = demo();
    drain(&mut engine);
    let (saved, _) = save(&mut engine, &documents, false, 1000);
    assert_eq!(saved.len(), documents.len());
    for ((_, kept), (options, bytes)) in saved.iter().zip(&documents) {
        assert!(kept == bytes, "{}", options.name);
    }
    assert_eq!(rows(&open(&saved)), rows(&engine));
}

/// Members whose values tell of a SIM or its owner.
const TELLING: [&str; 26] = [
    "sim",
    "id",
    "iccid",
    "iccids",
    "imsi",
    "imsis",
    "imei",
    "eid",
    "msisdn",
    "name",
    "description",
    "account",
    "device_id",
    "device_name",
    "tags",
    "ips",
    "dns",
    "current",
    "previous",
    "source",
    "file",
    "label",
    "value",
    // Free text of vendors, of which nobody knows what is in it.
    "detail",
    "message",
    "position",
];

/// Which texts stand for which, both ways.
#[derive(Default)]
struct Pairs {
    there: HashMap<String, String>,
    back: HashMap<String, String>,
}

impl Pairs {
    fn note(&mut self, a: &str, b: &str, at: &str) {
        let there = self
            .there
            .entry(a.to_owned())
            .or_insert_with(|| b.to_owned());
        assert_eq!(there, b, "{at}: {a} is masked in two ways");
        let back = self
            .back
            .entry(b.to_owned())
            .or_insert_with(|| a.to_owned());
        assert_eq!(back, a, "{at}: {b} stands for two");
    }
}

/// Both say the same, but for what tells of a SIM, where one stands for the other.
fn compare(a: &Value, b: &Value, key: &str, at: &str, pairs: &mut Pairs) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let keys =
                |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(a), keys(b), "{at}");
            for (name, value) in a {
                // What is in tags is the owner's.
                let inner = if key == "tags" { "name" } else { name };
                compare(value, &b[name], inner, &format!("{at}.{name}"), pairs);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{at}");
            for (number, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, key, &format!("{at}[{number}]"), pairs);
            }
        }
        (Value::String(a), Value::String(b)) if TELLING.contains(&key) => {
            if key != "detail" && key != "message" {
                pairs.note(a, b, at);
            }
        }
        // A plan may be told by its key.
        (Value::String(a), Value::String(b)) if key == "subscription" => pairs.note(a, b, at),
        (Value::Number(_), Value::Number(_)) if key == "position" => {}
        _ => assert_eq!(a, b, "{at}"),
    }
}

/// The texts that must not be in what is masked.
fn telling(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                telling(value, if key == "tags" { "name" } else { name }, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| telling(item, key, found)),
        Value::String(text) if TELLING.contains(&key) && !matches!(key, "detail" | "message") => {
            found.insert(text.clone());
        }
        _ => {}
    }
}

/// Masks what is loaded, and looks that it gives the same rows of other SIMs.
fn try_masking(documents: &[Opened], what: &str) -> (Engine, Engine, CaseView) {
    let mut engine = open(documents);
    drain(&mut engine);
    let (saved, view) = save(&mut engine, documents, true, 7);
    let (whole, _) = save(&mut engine, documents, true, 1 << 20);
    for ((_, a), (_, b)) in saved.iter().zip(&whole) {
        assert!(a == b, "{what}: pieces make a difference");
    }
    let masked = open(&saved);
    if saved.is_empty() {
        // Nothing was read of it.
        return (engine, masked, view);
    }
    let (was, is) = (rows(&engine), rows(&masked));
    compare(&was, &is, "", what, &mut Pairs::default());

    let mut secrets = BTreeSet::new();
    telling(&was, "", &mut secrets);
    let usual: Vec<&str> = ProviderId::ALL
        .iter()
        .map(|id| crate::provider::capability(*id).label)
        // What a vendor calls a field is no secret, where it became the name of a tag.
        .chain(crate::provider::holds::fields().map(|(name, _)| name))
        .collect();
    for (options, bytes) in &saved {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let said = format!("{options:?} {text}");
        for secret in &secrets {
            // An open session without an id is told by its start.
            let is_instant = crate::model::Instant::from_rfc3339(secret).is_some();
            let may_stay =
                secret.len() < 5 || is_instant || usual.iter().any(|usual| usual.contains(secret));
            let place = said.find(secret).filter(|_| !may_stay);
            let around = place.map(|at| said.get(at.saturating_sub(80)..(at + 80).min(said.len())));
            assert!(around.is_none(), "{what}: {secret} is in {around:?}");
        }
    }
    (engine, masked, view)
}

#[test]
fn masked_the_demo_gives_the_same_rows_of_other_sims() {
    try_masking(&demo_documents(), "the demo");
}

#[test]
fn masked_every_oddity_of_every_vendor_stays_what_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut tried = 0;
    for id in ProviderId::ALL {
        for file in std::fs::read_dir(folder.join(id.as_str())).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let options = OpenOptions {
                name: name.clone(),
                provider: Some(id),
                sim: Some("8999900000000000999".to_owned()),
                observed: Some("2026-03-06T00:00:00Z".to_owned()),
                ..OpenOptions::default()
            };
            try_masking(
                &[(options, std::fs::read(&path).unwrap())],
                &format!("{id:?} {name}"),
            );
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

#[test]
fn a_secret_in_a_record_is_saved_in_no_case() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/soracom/sim_online.json"
    );
    let bytes = std::fs::read(path).unwrap();
    let documents = [(OpenOptions::default(), bytes.clone())];
    let mut engine = open(&documents);
    for masks in [false, true] {
        let (saved, _) = save(&mut engine, &documents, masks, 10);
        let text = String::from_utf8(saved[0].1.clone()).unwrap();
        assert!(text.contains("arcClientPeerPrivateKey"));
        assert!(!text.contains("made-up-private-key"), "{text}");
        // Unmasked, every record stays where it was.
        assert_eq!(text.len() == bytes.len(), !masks);
    }
}

#[test]
fn what_was_chosen_is_found_in_what_was_masked() {
    let documents = demo_documents();
    let (mut engine, _, _) = try_masking(&documents, "the demo");
    let lanes: Vec<u32> = engine.store().lanes().map(|(lane, _)| lane).collect();
    for lane in lanes.into_iter().step_by(5) {
        let rows = engine.store().lane(lane).unwrap();
        let selection = Selection {
            lane: Some(lane),
            session: rows.sessions.last().copied(),
            event: rows.events.first().copied(),
            span: None,
        };
        engine.command(Command::Settings(Settings {
            pinned: vec![lane],
            ..Settings::default()
        }));
        engine.command(Command::Select(selection));
        let (saved, view) = save(&mut engine, &documents, true, 4000);
        let mut masked = open(&saved);
        // Rows have the same numbers: it was opened in the same order.
        masked.command(Command::Settings(Settings {
            pinned: vec![lane],
            ..Settings::default()
        }));
        masked.command(Command::Select(selection));
        let (_, found) = save(&mut masked, &saved, false, 4000);
        assert_eq!(view.marks, found.marks);
        let (_, plain) = save(&mut engine, &documents, false, 4000);
        assert_ne!(view.marks.sim, plain.marks.sim, "a mark tells of the SIM");
    }
}

#[test]
fn a_filter_that_tells_of_sims_is_left_out_where_these_are_masked() {
    let mut engine = Engine::new();
    open_demo(&mut engine);
    for (filter, stays) in [
        ("country:NL open", true),
        ("operator:Example radio:lte-m", true),
        ("", true),
        ("gate", false),
        ("name:gate", false),
        ("-iccid:8999*", false),
        ("country:NL imei:0012*", false),
        ("what:ever", false),
    ] {
        engine.command(Command::Settings(Settings {
            filter: filter.to_owned(),
            ..Settings::default()
        }));
        let kept = |engine: &mut Engine, masks| {
            engine.begin_case(masks);
            engine.end_case().filter
        };
        assert_eq!(kept(&mut engine, false).as_deref(), Some(filter));
        let expected = stays.then_some(filter);
        assert_eq!(kept(&mut engine, true).as_deref(), expected, "{filter}");
    }
}

#[test]
fn what_nothing_was_read_of_is_not_saved() {
    let documents = [
        // Names no SIM, and nobody said which.
        (
            OpenOptions::default(),
            std::fs::read(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/fixtures/soracom/air_stats.json"
            ))
            .unwrap(),
        ),
        (OpenOptions::default(), b"nothing of the kind".to_vec()),
        // Asked, and nothing was there: that is known.
        (OpenOptions::default(), br#"{"data_sessions": [], "meta": {"key": "data_sessions"}}"#.to_vec()),
        // Positions of cells are no JSON.
        (OpenOptions::default(), b"radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal\nLTE,440,10,4728,49497861,0,139.7,35.6,1200,1,1,1,1,0\n".to_vec()),
    ];
    for masks in [false, true] {
        let mut engine = open(&documents);
        let (saved, _) = save(&mut engine, &documents, masks, 11);
        assert_eq!(saved.len(), 2, "{saved:?}");
        assert_eq!(saved[1].1, documents[3].1);
    }
}

#[test]
fn a_vendor_that_was_named_afterwards_is_saved() {
    let bytes = std::fs::read(format!("{DEMO}kore/gate-4-data-sessions.json")).unwrap();
    let documents = [(OpenOptions::default(), bytes)];
    let mut engine = open(&documents);
    let other = match engine.store().sources()[0].provider {
        Some(ProviderId::Kore) => ProviderId::Twilio,
        _ => ProviderId::Kore,
    };
    engine.command(Command::Relabel {
        source: 0,
        provider: other,
    });
    drain(&mut engine);
    let (saved, _) = save(&mut engine, &documents, false, 100);
    assert_eq!(saved[0].0.provider, Some(other));
    assert_eq!(rows(&open(&saved))["sessions"], rows(&engine)["sessions"]);
}

/// What is told of the findings where these are muted.
fn findings(engine: &mut Engine, muted: Vec<u64>) -> FindingsPage {
    engine.command(Command::Findings(Box::new(FindingsQuery {
        muted,
        count: 1000,
        ..FindingsQuery::default()
    })));
    let updates = drain(engine).into_iter().rev();
    let mut pages = updates.filter_map(|update| match update {
        Update::Findings(page) => Some(*page),
        _ => None,
    });
    pages.next().unwrap()
}

#[test]
fn what_is_no_problem_is_none_in_what_was_masked() {
    let documents = demo_documents();
    let mut engine = demo();
    let all = findings(&mut engine, Vec::new());
    let keys = all.rows.iter().filter_map(|item| match item {
        FindingsItem::Finding(row) => Some(row.key),
        FindingsItem::Head { .. } => None,
    });
    let keys: Vec<u64> = keys.take(3).collect();
    findings(&mut engine, keys.clone());
    let (_, plain) = save(&mut engine, &documents, false, 1000);
    let texts: Vec<String> = keys.iter().map(|key| format!("{key:016x}")).collect();
    assert_eq!(plain.marks.muted, texts);
    let (saved, view) = save(&mut engine, &documents, true, 1000);
    let muted = view.marks.muted.iter();
    let muted: Vec<u64> = muted
        .map(|key| u64::from_str_radix(key, 16).unwrap())
        .collect();
    assert!(
        muted.iter().all(|key| !keys.contains(key)),
        "a key tells of the SIM"
    );
    let page = findings(&mut open(&saved), muted);
    assert_eq!((page.muted, page.listed), (3, all.listed - 3));
}
