//! The command-line example `normalize`, as a shell runs it: what it prints, and how it ends.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// `cargo test` builds the examples beside the tests.
fn program() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples").join("normalize")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(program())
        .args(arguments)
        .current_dir(ROOT)
        .output()
        .unwrap()
}

/// Runs it on a file of that content.
fn run_on(name: &str, content: &[u8]) -> (Option<i32>, Vec<String>, String) {
    let folder = std::env::temp_dir().join(format!("simscope-normalize-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::File::create(&file)
        .unwrap()
        .write_all(content)
        .unwrap();
    let output = run(&[file.to_str().unwrap()]);
    std::fs::remove_file(&file).unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().map(str::to_owned).collect();
    let told = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), lines, told)
}

fn count(lines: &[String], kind: &str) -> usize {
    let start = format!("{{\"type\":\"{kind}\"");
    lines.iter().filter(|line| line.starts_with(&start)).count()
}

#[test]
fn an_answer_becomes_one_object_per_line() {
    let events = std::fs::read(format!("{ROOT}/www/demo/soracom/bus-33-events.json")).unwrap();
    let (code, lines, told) = run_on("events.json", &events);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert!(count(&lines, "session") > 10 && count(&lines, "event") > 20);
    assert!(lines.iter().all(|line| {
        serde_json::from_str::<serde_json::Value>(line).is_ok_and(|row| row.is_object())
    }));

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&events).unwrap();
    let (_, unpacked, _) = run_on("events.json", &packed.finish().unwrap());
    assert_eq!(lines.len(), unpacked.len());
}

#[test]
fn what_cannot_be_read_ends_with_1_and_says_why() {
    for (content, why) in [
        (&b""[..], "empty"),
        (b"<!doctype html><title>Sign in</title>", "web page"),
        (b"ICCID;IMSI\n1;2\n", "not JSON"),
        (b"{\"hello\":1}", "no answer of"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
    ] {
        let (code, lines, told) = run_on("answer", content);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains(why), "{told}");
        assert!(lines.is_empty());
    }
}

#[test]
fn a_cut_off_file_ends_with_1_but_prints_what_was_complete() {
    let events = std::fs::read(format!("{ROOT}/www/demo/soracom/bus-33-events.json")).unwrap();
    let (code, lines, told) = run_on("cut.json", events.get(..6000).unwrap());
    assert_eq!(code, Some(1));
    assert!(told.contains("ends in the middle"), "{told}");
    assert!(count(&lines, "event") > 3);
}

#[test]
fn bad_records_are_warnings_and_end_with_0() {
    let file = "tests/fixtures/twilio/bad_records.json";
    let output = run(&[file, "--provider", "twilio"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(lines.contains("\"code\":\"bad_record\""));
}

#[test]
fn an_answer_that_names_no_sim_needs_one() {
    let file = "tests/fixtures/monogoto/log.json";
    let without = run(&[file]);
    assert_eq!(without.status.code(), Some(1));
    assert!(String::from_utf8(without.stderr).unwrap().contains("--sim"));
    let with = run(&["--sim", "ThingId_ICCID_8999", file]);
    assert_eq!(with.status.code(), Some(0));
    assert!(
        String::from_utf8(with.stdout)
            .unwrap()
            .contains("ThingId_ICCID_8999")
    );
}
