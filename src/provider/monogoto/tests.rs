//! Every trap of Monogoto's answers, each with the made-up fixture that shows it.

use serde_json::{Value, json};

use crate::geo::country_of_mcc;
use crate::model::{Instant, Mcc, ProviderId};
use crate::provider::testing::{self, Collected};
use crate::provider::{Layout, ReadError, Shape, ValueKind};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/monogoto/", $name))
    };
}

const SIM: &str = "ThingId_ICCID_8999900000000000017";

fn read(json: &str) -> Collected {
    testing::read(ProviderId::Monogoto, json, None, None)
}

fn read_log() -> Collected {
    testing::read(ProviderId::Monogoto, fixture!("log.json"), Some(SIM), None)
}

fn country(mcc: u64) -> Value {
    json!(country_of_mcc(Mcc::from_number(mcc).unwrap()).map(|country| country.to_string()))
}

/// Asserts some fields of a row.
fn has(row: &Value, fields: Value) {
    for (name, value) in fields.as_object().unwrap() {
        assert_eq!(&row[name], value, "{name} of {row:#}");
    }
}

fn bad_fields(out: &Collected) -> Vec<&str> {
    out.bad
        .iter()
        .map(|error| match error {
            ReadError::Bad { field, .. } => field.as_str(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn pages_bare_arrays_and_single_objects_are_recognised() {
    for (json, name, page) in [
        (fixture!("status.json"), "thing/status", Some("Data")),
        (
            fixture!("status_refused.json"),
            "thing/status",
            Some("Data"),
        ),
        (fixture!("things.json"), "thing", None),
        (fixture!("thing.json"), "thing", None),
        (fixture!("log.json"), "thing/searchCDR", Some("hits")),
    ] {
        let answer = testing::recognise(ProviderId::Monogoto, json).unwrap();
        assert_eq!(answer.name, name);
        match (answer.layout, page) {
            (Layout::Page { records, .. }, Some(page)) => assert_eq!(records, page),
            (layout, page) => assert_eq!((layout, page), (Layout::Record, None)),
        }
        assert_eq!(answer.needs_sim, name == "thing/searchCDR");
    }
    let line = r#"{"ThingId": "ThingId_ICCID_8999900000000000017", "ActiveSessions": []}"#;
    let answer = testing::recognise(ProviderId::Monogoto, line).unwrap();
    assert_eq!(
        (answer.name, answer.layout),
        ("thing/status", Layout::Record)
    );
}

#[test]
fn a_search_engines_own_nesting_is_not_taken_for_the_list() {
    let shape = Shape {
        keys: vec![("took", ValueKind::Number), ("hits", ValueKind::Object)],
        complete: true,
    };
    assert_eq!(
        super::super::provider(ProviderId::Monogoto).recognise(&shape),
        None
    );
}

#[test]
fn errors_are_refusals_and_never_empty_lists() {
    for json in [fixture!("refusal.json"), fixture!("refusal_v1.json")] {
        let answer = testing::recognise(ProviderId::Monogoto, json).unwrap();
        assert_eq!(answer.layout, Layout::Refusal);
    }
    // `Success: false` may come with HTTP 200 and an empty list.
    let out = read(fixture!("status_refused.json"));
    assert_eq!(out.warnings.len(), 1);
    assert_eq!(out.warnings[0].code, "vendor_refused");
    assert!(out.warnings[0].message.contains("Thing not found"));
    assert!(read(fixture!("status.json")).warnings.is_empty());
}

#[test]
fn an_active_session_as_an_object_is_an_open_session() {
    let out = read(fixture!("status.json"));
    has(
        &out.sims[0],
        json!({
            "sim": SIM, "iccid": "8999900000000000017", "iccids": ["8999900000000000017"],
            "imsis": ["001010000000017"], "msisdn": "+10000000017",
            "name": "ICCID 8999900000000000017", "description": "Pump 4", "account": "cid_0000",
            "status": "ACTIVE", "online": true, "last_seen": "2026-02-02T02:40:00.000Z",
            "current": "s-1", "previous": null,
        }),
    );
    has(
        &out.sessions[0],
        json!({
            "sim": SIM, "id": "s-1", "basis": "polled", "imsi": "001010000000017",
            "start": "2026-02-02T02:40:00.000Z", "start_kind": "exact", "end": null,
            "end_kind": "open", "apn": "data.example", "ips": ["10.1.2.3"], "observed": null,
        }),
    );
}

#[test]
fn throughput_keeps_its_unknown_unit() {
    let out = read(fixture!("status.json"));
    has(
        &out.sessions[0],
        json!({
            "bytes_up": null, "bytes_down": null, "bytes_total": null, "packets_up": null,
            "traffic_reported": {"up": 0.0, "down": 12.5, "total": null, "unit": "unknown"},
        }),
    );
    assert_eq!(out.sessions[1]["traffic_reported"], Value::Null);
}

#[test]
fn connected_without_session_and_times_is_open_with_an_unknown_start() {
    let out = read(fixture!("status.json"));
    has(
        &out.sessions[1],
        json!({
            "id": null, "start": null, "start_kind": "unknown", "end": null, "end_kind": "open",
            "iccid": "8999900000000025",
        }),
    );
    has(
        &out.sims[1],
        json!({"online": true, "current": null, "last_seen": null, "description": null, "msisdn": null}),
    );
}

#[test]
fn a_single_reading_yields_a_bar() {
    let out = read(fixture!("status_readings.json"));
    assert!(out.bad.is_empty());
    // Closed between the two times.
    has(
        &out.sessions[0],
        json!({"start": "2026-02-02T02:40:00.000Z", "end": "2026-02-02T03:40:00.000Z", "end_kind": "exact"}),
    );
    has(
        &out.sims[0],
        json!({"online": false, "current": null, "previous": "2026-02-02T02:40:00.000Z"}),
    );
    // Open since the last connection.
    has(
        &out.sessions[1],
        json!({"start": "2026-02-02T02:40:00.000Z", "end": null, "end_kind": "open"}),
    );
    assert_eq!(out.sims[1]["current"], "2026-02-02T02:40:00.000Z");
    // Disconnected, but nobody reported when.
    has(
        &out.sessions[2],
        json!({"start": "2026-02-02T02:40:00.000Z", "end": null, "end_kind": "unknown"}),
    );
    // Ended, with a start that nobody reported.
    has(
        &out.sessions[3],
        json!({"start": null, "start_kind": "unknown", "end": "2026-02-02T03:40:00.000Z"}),
    );
    // Disconnected without any time: no session at all.
    assert_eq!(out.sims[4]["online"], false);
    assert!(
        out.sessions
            .iter()
            .all(|row| row["sim"] != out.sims[4]["sim"])
    );
}

#[test]
fn an_unreported_end_lies_before_the_reading() {
    let observed = Instant::from_ms(1_770_010_000_000);
    let json = fixture!("status_readings.json");
    let out = testing::read(ProviderId::Monogoto, json, None, observed);
    has(
        &out.sessions[2],
        json!({
            "end": null, "end_kind": "estimated", "end_earliest": "2026-02-02T02:40:00.000Z",
            "end_latest": "2026-02-02T05:26:40.000Z", "observed": "2026-02-02T05:26:40.000Z",
        }),
    );
}

#[test]
fn connected_after_the_last_disconnection_is_another_session() {
    let out = read(fixture!("status_readings.json"));
    let of: Vec<&Value> = out
        .sessions
        .iter()
        .filter(|row| row["sim"] == "ThingId_ICCID_8999900000000000106")
        .collect();
    has(
        of[0],
        json!({"start": "2026-02-02T02:40:00.000Z", "end": "2026-02-02T03:40:00.000Z"}),
    );
    has(
        of[1],
        json!({"start": null, "end": null, "end_kind": "open"}),
    );
}

#[test]
fn a_missing_connection_status_follows_from_the_active_sessions() {
    let out = read(fixture!("status_readings.json"));
    has(
        &out.sims[6],
        json!({"online": true, "status": "SUSPENDED", "current": "s-7a"}),
    );
    let of: Vec<&Value> = out
        .sessions
        .iter()
        .filter(|row| row["sim"] == out.sims[6]["sim"])
        .collect();
    has(
        of[0],
        json!({"id": "s-7a", "start": "2026-02-02T02:40:00.000Z", "end_kind": "open"}),
    );
    // A time of 0 is none.
    has(
        of[1],
        json!({"id": "s-7b", "start": null, "ips": [], "end_kind": "open"}),
    );
}

#[test]
fn an_unknown_connection_status_is_neither_online_nor_offline() {
    let out = read(fixture!("status_readings.json"));
    assert_eq!(out.sims[7]["online"], Value::Null);
    assert!(out.warnings.iter().any(|w| w.code == "status_unknown"));
}

#[test]
fn a_time_without_a_zone_is_utc_and_flagged() {
    let out = read(fixture!("status_readings.json"));
    let zones: Vec<_> = out
        .warnings
        .iter()
        .filter(|w| w.code == "zone_missing")
        .collect();
    assert_eq!(zones.len(), 1);
    assert_eq!(zones[0].field.as_deref(), Some("LastDisconnectionTime"));
}

#[test]
fn unreadable_values_make_a_record_bad_and_name_the_field() {
    let out = read(fixture!("status_bad.json"));
    assert_eq!(
        bad_fields(&out),
        [
            "LastConnectionTime",
            "ActiveSessions",
            "ActiveSessions.ActiveSessionId",
            "ConnectionStatus",
            "ThingId"
        ]
    );
    assert!(out.sims.is_empty() && out.sessions.is_empty());
}

#[test]
fn the_measured_place_is_in_kilometres_and_never_the_geofence() {
    let out = read(fixture!("things.json"));
    has(
        &out.sims[0],
        json!({
            "sim": SIM, "iccid": "8999900000000000017", "imei": "001234000000017",
            "imsis": ["001010000000017", "001010000000018"], "status": "ACTIVE", "online": null,
            "last_seen": "2026-02-02T02:40:00.000Z", "lat": 52.37, "lon": 4.89,
            "accuracy_m": 1500.0, "place_kind": "tower", "place_at": "2026-02-02T02:40:00.000Z",
            "mcc": "204", "mnc": "04", "mnc_assumed": false, "operator": "Example Mobile",
            "country": country(204), "radio": null,
            "usage_reported": {"value": 734_003_200.0, "unit": "bytes", "period": "lifetime",
                "sessions": null, "average_session_s": null},
        }),
    );
    // 0/0, a lone axis and no measured place are no place, whatever the geofence says.
    for sim in &out.sims[1..4] {
        has(sim, json!({"lat": null, "lon": null, "accuracy_m": null}));
        assert_ne!(sim["place_kind"], "tower");
    }
    has(&out.sims[3], json!({"mcc": null, "last_seen": null}));
    // A radius of 0 is unknown, not exact.
    has(
        &out.sims[4],
        json!({"lat": 52.37, "accuracy_m": null, "mcc": "204", "mnc": "04", "mnc_assumed": true}),
    );
}

#[test]
fn a_thing_without_its_id_is_named_by_its_iccid() {
    let out = read(fixture!("things.json"));
    has(
        &out.sims[1],
        json!({"sim": "ThingId_ICCID_8999900000000000025", "iccid": "8999900000000000025"}),
    );
    assert_eq!(out.sims[1]["usage_reported"]["value"], 2048.0);
    assert_eq!(out.sims[1]["usage_reported"]["period"], Value::Null);
}

#[test]
fn a_large_cell_id_cannot_be_gsm_and_stays_ambiguous() {
    let out = read(fixture!("things.json"));
    has(
        &out.sims[0]["cell"],
        json!({"reported": "204-04-4728-49497861", "lac": null, "ci": null, "tac": null, "eci": null}),
    );
    has(
        &out.sims[1]["cell"],
        json!({"reported": "310-410-195-4660", "lac": 195, "ci": 4660}),
    );
    assert_eq!(out.sims[2]["cell"], Value::Null);
}

#[test]
fn each_position_read_is_an_event_of_its_own() {
    let out = read(fixture!("things.json"));
    assert_eq!(out.events.len(), 3);
    has(
        &out.events[0],
        json!({
            "sim": SIM, "id": null, "time": "2026-02-02T02:40:00.000Z", "kind": "location_update",
            "reported_kind": "CELL", "lat": 52.37, "lon": 4.89, "accuracy_m": 1500.0,
            "place_at": "2026-02-02T02:40:00.000Z",
        }),
    );
    let later = read(fixture!("thing.json"));
    assert_eq!(later.events[0]["time"], "2026-02-02T03:40:00.000Z");
    assert_eq!(later.events[0]["cell"]["ci"], 4661);
}

#[test]
fn an_unreadable_position_makes_a_thing_bad() {
    let out = read(fixture!("things.json"));
    assert_eq!(
        bad_fields(&out),
        ["LastLocation.MCC", "LastLocation.Latitude"]
    );
}

#[test]
fn every_log_row_is_an_event_with_its_raw_text() {
    let out = read_log();
    let kinds: Vec<(&str, &str)> = out
        .events
        .iter()
        .map(|row| {
            (
                row["kind"].as_str().unwrap(),
                row["reported_kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("data_usage", "DATA"),
            ("disconnection", "Session-End"),
            ("connection", "pdp create"),
            ("other", "GEO_WHATEVER"),
            ("other", "MT_SMS"),
        ]
    );
    has(
        &out.events[0],
        json!({"sim": SIM, "id": null, "time": "2026-02-02T04:40:00.000Z", "detail": "text"}),
    );
    assert_eq!(out.events[3]["detail"], "something \"new\"");
}

#[test]
fn sessions_come_only_from_rows_known_as_start_or_end() {
    let out = read_log();
    assert_eq!(out.sessions.len(), 2);
    has(
        &out.sessions[0],
        json!({"basis": "rebuilt", "start": null, "start_kind": "unknown", "end": "2026-02-02T03:40:00.000Z"}),
    );
    has(
        &out.sessions[1],
        json!({"basis": "rebuilt", "start": "2026-02-02T02:40:00.000Z", "end": null, "end_kind": "open"}),
    );
}

#[test]
fn log_rows_are_in_epoch_milliseconds() {
    assert_eq!(
        bad_fields(&read_log()),
        ["_source.Timestamp", "_source.Timestamp"]
    );
    // Without a SIM nobody knows whose log it is.
    assert!(read(fixture!("log.json")).events.is_empty());
}
