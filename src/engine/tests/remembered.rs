//! What was kept in this browser and opened from there is told apart from what was fetched since.

use super::drain;
use crate::engine::protocol::{Command, RememberedInfo, Selection, Summary, Update};
use crate::engine::{Engine, OpenOptions};
use crate::model::ProviderId;

const KEPT_UNTIL: i64 = 1_790_000_000_000;
const FETCHED: &str = "2026-09-22T10:00:00.000Z";
const FETCHED_MS: i64 = 1_790_071_200_000;

fn session(sid: &str, start: &str, end: Option<&str>) -> String {
    let end = end.map_or("null".to_owned(), |end| format!("\"{end}\""));
    format!(
        r#"{{"sid":"{sid}","sim_sid":"DE1","account_sid":"CO1","radio_link":"4G","packets_uploaded":1,"packets_downloaded":1,
            "last_updated":"2026-09-20T12:00:00Z","start":"{start}","end":{end}}}"#
    )
}

fn open(engine: &mut Engine, document: u32, remembered: Option<i64>, rows: &[String]) {
    let observed = if remembered.is_some() {
        "2026-09-20T13:00:00.000Z"
    } else {
        FETCHED
    };
    let options = OpenOptions {
        name: "DataSessions".to_owned(),
        source: Some("KORE".to_owned()),
        provider: Some(ProviderId::Kore),
        observed: Some(observed.to_owned()),
        history: Some(true),
        remembered,
        ..OpenOptions::default()
    };
    let body = format!(r#"{{"data_sessions":[{}],"meta":{{}}}}"#, rows.join(","));
    engine.begin(document, options);
    engine.push(document, body.as_bytes());
    engine.finish(document);
}

fn summary(engine: &mut Engine) -> Summary {
    let updates = drain(engine).into_iter();
    let mut found = updates.filter_map(|update| match update {
        Update::Summary(summary) => Some(summary),
        _ => None,
    });
    found.next_back().unwrap()
}

fn is_remembered(engine: &mut Engine, row: u32) -> bool {
    engine.command(Command::Select(Selection {
        session: Some(row),
        ..Selection::default()
    }));
    let updates = drain(engine).into_iter();
    let mut found = updates.filter_map(|update| match update {
        Update::Inspection(found) => Some(found.remembered),
        _ => None,
    });
    found.next_back().unwrap()
}

#[test]
fn a_source_tells_what_of_it_is_from_memory() {
    let mut engine = Engine::new();
    let ended = session("WN1", "2026-09-20T10:00:00Z", Some("2026-09-20T11:00:00Z"));
    let open_since = session("WN2", "2026-09-20T11:30:00Z", None);
    open(&mut engine, 7, Some(KEPT_UNTIL), &[ended, open_since]);
    let kept = RememberedInfo {
        records: 2,
        until: KEPT_UNTIL,
        fresh_since: None,
    };
    assert_eq!(summary(&mut engine).sources[0].remembered, Some(kept));
    assert!(is_remembered(&mut engine, 0) && is_remembered(&mut engine, 1));
    // What was open then may have ended since.
    assert_eq!(
        engine.unended("KORE"),
        [("DE1".to_owned(), 1_789_903_800_000)]
    );
    assert_eq!(engine.unended("Twilio"), []);

    let over = session("WN2", "2026-09-20T11:30:00Z", Some("2026-09-21T00:00:00Z"));
    open(&mut engine, 8, None, &[over]);
    let since = RememberedInfo {
        fresh_since: Some(FETCHED_MS),
        ..kept
    };
    let told = summary(&mut engine);
    assert_eq!(told.sources.len(), 1);
    assert_eq!(told.sources[0].remembered, Some(since));
    assert!(is_remembered(&mut engine, 0) && !is_remembered(&mut engine, 1));
    assert_eq!(engine.unended("KORE"), []);

    engine.command(Command::Clear);
    open(
        &mut engine,
        9,
        None,
        &[session("WN3", "2026-09-20T10:00:00Z", None)],
    );
    assert_eq!(summary(&mut engine).sources[0].remembered, None);
}
