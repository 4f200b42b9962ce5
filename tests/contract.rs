//! What holds for every answer of every vendor, shown on all fixtures: pieces of any size give the
//! same rows, the same file twice adds nothing, a file cut off anywhere neither panics nor loses
//! what was complete, and the vendor is recognised from the content.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

use std::fs;
use std::path::PathBuf;

use simscope::export::to_lines;
use simscope::import::{Importer, Options, Outcome};
use simscope::model::ProviderId;
use simscope::store::{Source, Store};

struct Fixture {
    provider: ProviderId,
    name: String,
    bytes: Vec<u8>,
}

fn fixtures() -> Vec<Fixture> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    for provider in ProviderId::ALL {
        for entry in fs::read_dir(root.join(provider.as_str())).unwrap() {
            let path = entry.unwrap().path();
            found.push(Fixture {
                provider,
                name: path.file_name().unwrap().to_string_lossy().into_owned(),
                bytes: fs::read(&path).unwrap(),
            });
        }
    }
    assert!(found.len() > 40, "only {} fixtures", found.len());
    found
}

fn options(fixture: &Fixture, named: bool) -> Options {
    Options {
        name: fixture.name.clone(),
        provider: named.then_some(fixture.provider),
        sim: Some("told".to_owned()),
        account: true,
        ..Options::default()
    }
}

/// Reads bytes in pieces of a size into a store.
fn read(store: &mut Store, bytes: &[u8], options: Options, piece: usize) -> Outcome {
    let source = store.add_source(Source::new("source", options.provider));
    let mut importer = Importer::new(store, source, options);
    for piece in bytes.chunks(piece) {
        importer.push(store, piece);
    }
    let outcome = importer.finish(store);
    store.settle();
    outcome
}

fn lines(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    to_lines::<serde_json::Error>(store, |line| {
        lines.push(line.to_owned());
        Ok(())
    })
    .unwrap();
    lines
}

#[test]
fn pieces_of_any_size_give_the_same_rows() {
    for fixture in fixtures() {
        let mut whole = Store::new();
        let outcome = read(
            &mut whole,
            &fixture.bytes,
            options(&fixture, true),
            usize::MAX,
        );
        for piece in [1, 7, 64] {
            let mut pieces = Store::new();
            let same = read(&mut pieces, &fixture.bytes, options(&fixture, true), piece);
            assert_eq!(outcome, same, "{} in pieces of {piece}", fixture.name);
            assert_eq!(lines(&whole), lines(&pieces), "{}", fixture.name);
        }
    }
}

#[test]
fn the_same_file_twice_adds_nothing() {
    for fixture in fixtures() {
        let mut store = Store::new();
        read(
            &mut store,
            &fixture.bytes,
            options(&fixture, true),
            usize::MAX,
        );
        let once = store.totals();
        read(
            &mut store,
            &fixture.bytes,
            options(&fixture, true),
            usize::MAX,
        );
        assert_eq!(once, store.totals(), "{}", fixture.name);
    }
}

#[test]
fn a_file_cut_off_anywhere_keeps_what_was_complete() {
    for fixture in fixtures() {
        let mut whole = Store::new();
        let outcome = read(
            &mut whole,
            &fixture.bytes,
            options(&fixture, true),
            usize::MAX,
        );
        if outcome.problem.is_some() {
            continue;
        }
        let end = fixture.bytes.trim_ascii_end().len();
        for cut in (1..end).step_by(23) {
            let mut store = Store::new();
            let part = fixture.bytes.get(..cut).unwrap();
            let told = read(&mut store, part, options(&fixture, true), usize::MAX);
            let lines_of_ndjson = part.ends_with(b"\n");
            assert!(
                told.problem.is_some() || lines_of_ndjson,
                "{} cut at {cut} of {end} was taken for whole",
                fixture.name
            );
            assert!(told.records <= outcome.records, "{}", fixture.name);
        }
    }
}

#[test]
fn the_vendor_is_recognised_from_the_content() {
    for fixture in fixtures() {
        let mut named = Store::new();
        let outcome = read(
            &mut named,
            &fixture.bytes,
            options(&fixture, true),
            usize::MAX,
        );
        if outcome.records == 0 {
            continue;
        }
        let mut open = Store::new();
        read(
            &mut open,
            &fixture.bytes,
            options(&fixture, false),
            usize::MAX,
        );
        let found = open.sources().first().and_then(|source| source.provider);
        // Where nothing tells the two apart, KORE is assumed, and said so.
        let assumed = open.sources().iter().any(|source| source.provider_assumed);
        let twins = [ProviderId::Twilio, ProviderId::Kore];
        let fits = found == Some(fixture.provider)
            || (assumed && twins.contains(&fixture.provider) && found == Some(ProviderId::Kore));
        assert!(fits, "{} was taken for {found:?}", fixture.name);
    }
}

/// The demo fleet's answers of one vendor's name prefix, in the order of the manifest.
fn demo(prefix: &str) -> Vec<(Options, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/demo");
    let index = fs::read(root.join("index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let answers = index["answers"].as_array().unwrap().iter();
    answers
        .filter(|answer| answer["file"].as_str().unwrap().starts_with(prefix))
        .map(|answer| {
            let file = answer["file"].as_str().unwrap();
            let options = Options {
                name: file.to_owned(),
                sim: answer["sim"].as_str().map(str::to_owned),
                account: true,
                ..Options::default()
            };
            (options, fs::read(root.join(file)).unwrap())
        })
        .collect()
}

/// What is known of every session, without where it came from.
fn session_facts(answers: &[(Options, Vec<u8>)]) -> Vec<String> {
    let mut store = Store::new();
    for (options, bytes) in answers {
        read(&mut store, bytes, options.clone(), usize::MAX);
    }
    let mut facts: Vec<String> = lines(&store)
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|row| row["type"] == "session")
        .map(|row| {
            let fact = |key: &str| row[key].to_string();
            let keys = [
                "id",
                "imsi",
                "imei",
                "start",
                "start_kind",
                "end",
                "end_kind",
            ];
            keys.map(fact).join(" ")
        })
        .collect();
    facts.sort();
    facts
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    for vendor in ProviderId::ALL {
        let mut answers = demo(vendor.as_str());
        let forward = session_facts(&answers);
        answers.reverse();
        let backward = session_facts(&answers);
        let half = answers.len() / 2;
        answers.rotate_left(half);
        let turned = session_facts(&answers);
        assert!(forward.len() > 5);
        assert_eq!(forward, backward, "{vendor:?}");
        assert_eq!(forward, turned, "{vendor:?}");
    }
}
