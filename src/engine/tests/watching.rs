//! What rounds of watching bring: news, marks, and confirmations.

use serde_json::json;

use super::drain;
use crate::engine::protocol::{
    Command, GroupBy, NewsItem, Settings, Tab, TableQuery, TimelineQuery, Update,
};
use crate::engine::{Engine, OpenOptions};
use crate::timeline::{Bars, EventMark};

const T0: i64 = 1_770_000_000_000;
const MINUTE: i64 = 60_000;

fn time(minutes: i64) -> String {
    crate::model::Instant::from_ms(T0 + minutes * MINUTE)
        .unwrap()
        .to_string()
}

/// A reading of one SIM's state, as a document of a round.
fn poll(engine: &mut Engine, document: u32, minute: i64, connected: bool, watched: bool) {
    let state = if connected {
        "CONNECTED"
    } else {
        "DISCONNECTED"
    };
    let body = json!({"Success": true, "Data": [{
        "ThingId": "ThingId_ICCID_8999900000000000017", "ThingName": "Pump 4",
        "ConnectionStatus": state, "ActiveSessions": [],
        "LastConnectionTime": null, "LastDisconnectionTime": null}]});
    read(engine, document, &body, minute, watched, None);
}

fn read(
    engine: &mut Engine,
    document: u32,
    body: &serde_json::Value,
    minute: i64,
    watched: bool,
    sim: Option<&str>,
) {
    engine.begin(
        document,
        OpenOptions {
            name: format!("round {document}"),
            source: Some("Fleet".to_owned()),
            sim: sim.map(str::to_owned),
            observed: Some(time(minute)),
            watched,
            ..OpenOptions::default()
        },
    );
    engine.push(document, body.to_string().as_bytes());
    engine.finish(document);
}

fn news(updates: &[Update]) -> Vec<Vec<NewsItem>> {
    let of = |update: &Update| match update {
        Update::News(items) => Some(items.clone()),
        _ => None,
    };
    updates.iter().filter_map(of).collect()
}

fn words(updates: &[Update]) -> Vec<String> {
    let items = news(updates).into_iter().flatten();
    items.map(|item| item.text).collect()
}

fn fresh_sessions(updates: &[Update]) -> Option<Vec<bool>> {
    updates.iter().rev().find_map(|update| match update {
        Update::Table(page) if page.tab == Tab::Sessions => {
            Some(page.rows.iter().map(|row| row.fresh).collect())
        }
        _ => None,
    })
}

fn show_table(engine: &mut Engine, tab: Tab) {
    engine.command(Command::Table(TableQuery {
        tab,
        columns: Vec::new(),
        sort: None,
        descending: false,
        first: 0,
        count: 100,
    }));
}

fn marked(bars: &Bars) -> Vec<bool> {
    bars.iter().map(|bar| bar.fresh).collect()
}

fn show_frame(engine: &mut Engine) -> (Bars, Vec<EventMark>) {
    engine.command(Command::Settings(Settings {
        group: GroupBy::None,
        // A lane that is alone is opened unless it is named.
        opened: vec![0],
        ..Settings::default()
    }));
    engine.command(Command::Timeline(TimelineQuery {
        from: T0,
        to: T0 + 120 * MINUTE,
        width: 1200.0,
        ratio: 1.0,
        top: 0.0,
        height: 5_000.0,
    }));
    while engine.step(1000.0, &|| 0.0) {}
    let mut found = (Bars::default(), Vec::new());
    while let Some(next) = engine.take() {
        if let (Update::Frame(meta), Some(bars)) = (next.update, next.bars) {
            found = (bars, meta.marks);
        }
    }
    found
}

#[test]
fn the_first_answer_raises_no_news_and_later_ones_do() {
    let mut engine = Engine::new();
    show_table(&mut engine, Tab::Sessions);
    poll(&mut engine, 0, 10, true, false);
    let updates = drain(&mut engine);
    assert!(news(&updates).is_empty());
    assert_eq!(fresh_sessions(&updates), Some(vec![false]));

    poll(&mut engine, 1, 20, false, true);
    let updates = drain(&mut engine);
    assert_eq!(words(&updates), ["SIM Pump 4 session closed"]);
    assert_eq!(fresh_sessions(&updates), Some(vec![true]));

    poll(&mut engine, 2, 30, true, true);
    let updates = drain(&mut engine);
    let items = news(&updates);
    assert_eq!(items.len(), 1, "once for a document");
    assert_eq!(items[0].len(), 1);
    assert_eq!(items[0][0].text, "SIM Pump 4 session opened");
    assert_eq!(items[0][0].time, T0 + 30 * MINUTE);
    assert_eq!(fresh_sessions(&updates), Some(vec![true, true]));
    let (bars, _) = show_frame(&mut engine);
    assert_eq!(marked(&bars), [true, true]);

    engine.command(Command::Seen);
    assert_eq!(
        fresh_sessions(&drain(&mut engine)),
        Some(vec![false, false])
    );
    let (bars, _) = show_frame(&mut engine);
    assert_eq!(marked(&bars), [false, false]);

    // The same again is no news.
    poll(&mut engine, 3, 30, true, true);
    let updates = drain(&mut engine);
    assert!(news(&updates).is_empty());
    assert_eq!(fresh_sessions(&updates), Some(vec![false, false]));
}

#[test]
fn a_confirmed_document_draws_its_open_session_further() {
    let mut engine = Engine::new();
    poll(&mut engine, 7, 10, true, false);
    poll(&mut engine, 8, 20, true, false);
    let before = show_frame(&mut engine).0;
    assert_eq!(before.get(0).unwrap().x2, 200);
    engine.confirm(&[8, 99], T0 + 50 * MINUTE);
    let updates = drain(&mut engine);
    let as_of = updates.iter().find_map(|update| match update {
        Update::Summary(summary) => Some(summary.as_of),
        _ => None,
    });
    assert_eq!(as_of, Some(Some(T0 + 50 * MINUTE)));
    let after = show_frame(&mut engine).0;
    let after = after.get(0).unwrap();
    assert_eq!((after.x1, after.x2), (200, 500));
    assert_eq!(engine.store().session_count(), 1);
}

/// Rows of a log of the SIM: (minute, type).
fn log(rows: &[(i64, &str)]) -> serde_json::Value {
    let hits: Vec<_> = rows
        .iter()
        .map(|(minute, kind)| {
            json!({"_source": {"Severity": "info", "message": "", "MessageType": "CDR",
                "Timestamp": T0 + minute * MINUTE, "EsDataType": kind}})
        })
        .collect();
    json!({ "hits": hits })
}

const SIM: &str = "ThingId_ICCID_8999900000000000017";

#[test]
fn events_are_told_in_words_and_marked() {
    let mut engine = Engine::new();
    let first = log(&[(10, "ATTACH")]);
    read(&mut engine, 0, &first, 12, false, Some(SIM));
    drain(&mut engine);
    let second = log(&[
        (20, "DETACH"),
        (10, "ATTACH"),
        (30, "LOCATION_UPDATE"),
        (40, "CONNECTED"),
        (50, "Whatever"),
    ]);
    read(&mut engine, 1, &second, 52, true, Some(SIM));
    let updates = drain(&mut engine);
    // The session that was rebuilt from the event at 40 is not told again.
    assert_eq!(
        words(&updates),
        [
            format!("SIM {SIM} disconnected"),
            format!("SIM {SIM} location update"),
            format!("SIM {SIM} connected"),
            format!("SIM {SIM} Whatever"),
        ]
    );
    let (bars, marks) = show_frame(&mut engine);
    assert_eq!(marked(&bars), [true]);
    let fresh: Vec<bool> = marks.iter().map(|mark| mark.fresh).collect();
    assert_eq!(fresh, [false, true, true, true, true]);
    show_table(&mut engine, Tab::Events);
    let listed = drain(&mut engine)
        .into_iter()
        .find_map(|update| match update {
            Update::Table(page) if page.tab == Tab::Events => Some(page.rows),
            _ => None,
        });
    let fresh = listed.unwrap().into_iter().filter(|row| row.fresh).count();
    assert_eq!(fresh, 4);
}

#[test]
fn much_news_is_cut_short_and_counted() {
    let mut engine = Engine::new();
    let rows: Vec<(i64, &str)> = (0..50).map(|minute| (minute, "ATTACH")).collect();
    read(&mut engine, 0, &log(&rows), 60, true, Some(SIM));
    let items = news(&drain(&mut engine)).remove(0);
    assert_eq!(items.len(), 21);
    assert_eq!(items[0].time, T0 + 30 * MINUTE);
    assert_eq!(items[19].time, T0 + 49 * MINUTE);
    assert_eq!(items[20].text, "and 30 more");
    assert_eq!(items[20].lane, u32::MAX);
}

/// A vendor that reports sessions: one record, on a network, ended or not.
fn reported(seen: i64, network: [&str; 3], end: Option<i64>) -> serde_json::Value {
    let [mcc, mnc, country] = network;
    json!({"data_sessions": [{
        "sid": "WN00000000000000000000000000000017", "sim_sid": "DE00000000000000000000000000000017",
        "account_sid": "AC00000000000000000000000000000017", "radio_link": "LTE",
        "operator_mcc": mcc, "operator_mnc": mnc, "operator_name": "Example",
        "operator_country": country, "packets_uploaded": 1, "packets_downloaded": 2,
        "last_updated": time(seen), "start": time(1), "end": end.map(time)}],
        "meta": {"page": 0, "page_size": 50, "key": "data_sessions",
            "first_page_url": "https://wireless.twilio.com/v1/Sims/DE00000000000000000000000000000017/DataSessions?PageSize=50&Page=0",
            "previous_page_url": null, "url": "https://wireless.twilio.com/v1/Sims/DE00000000000000000000000000000017/DataSessions?PageSize=50&Page=0",
            "next_page_url": null}})
}

#[test]
fn a_reported_session_tells_its_network_and_its_end_but_not_every_update() {
    let mut engine = Engine::new();
    let nl = ["204", "04", "NLD"];
    read(&mut engine, 0, &reported(10, nl, None), 10, false, None);
    assert!(words(&drain(&mut engine)).is_empty());
    assert_eq!(engine.store().session_count(), 1);
    read(&mut engine, 1, &reported(20, nl, None), 20, true, None);
    assert!(words(&drain(&mut engine)).is_empty(), "only seen later");
    let moved = reported(30, ["262", "01", "DEU"], Some(30));
    read(&mut engine, 2, &moved, 30, true, None);
    let told = words(&drain(&mut engine));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("changed network from Example (NL) to Example (DE)"),
        "{told:?}"
    );
    assert!(
        told[1].ends_with("session closed on Example (DE)"),
        "{told:?}"
    );
}
