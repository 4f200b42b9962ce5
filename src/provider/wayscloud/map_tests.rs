//! What the adapter makes of every oddity that the vendor's page shows or leaves open.

use serde_json::{Value, json};

use crate::model::ProviderId;
use crate::provider::testing::{self, Collected};
use crate::provider::{Layout, ReadError};

const ID: ProviderId = ProviderId::Wayscloud;
const ICCID: &str = "8900000000000000001";

macro_rules! fixture {
    ($file:literal) => {
        include_str!(concat!(
            "../../../tests/fixtures/wayscloud/",
            $file,
            ".json"
        ))
    };
}

macro_rules! read {
    ($file:literal) => {
        testing::read(ID, fixture!($file), None, None)
    };
}

/// The values of a field in all rows.
fn each(rows: &[Value], field: &str) -> Vec<Value> {
    rows.iter().map(|row| row[field].clone()).collect()
}

fn codes(out: &Collected) -> Vec<(&str, Option<&str>)> {
    out.warnings
        .iter()
        .map(|warning| (warning.code.as_str(), warning.field.as_deref()))
        .collect()
}

fn bad_fields(out: &Collected) -> Vec<&str> {
    out.bad
        .iter()
        .map(|error| match error {
            ReadError::Bad { field, .. } => field.as_str(),
            ReadError::NoSim => "no sim",
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn sessions_have_every_documented_field() {
    let out = read!("sessions");
    let expected: Value = serde_json::from_str(
        r#"{
            "provider": "wayscloud", "source": "", "sim": "8900000000000000001",
            "id": "ses_a001", "iccid": "8900000000000000001", "imsi": null, "imei": null,
            "subscription": null,
            "start": "2026-03-05T08:00:00.000Z", "start_kind": "exact",
            "end": "2026-03-05T10:30:00.000Z", "end_kind": "exact",
            "end_earliest": null, "end_latest": null, "last_seen": null, "observed": null,
            "basis": "reported", "duration_reported_s": 9000,
            "radio": "4g", "radio_reported": "4G",
            "mcc": "242", "mnc": "99", "mnc_assumed": false, "country": "NO",
            "operator": "Example Norway", "cell": null,
            "lat": null, "lon": null, "accuracy_m": null, "place_kind": "country",
            "place_at": "2026-03-05T10:30:00.000Z", "segments": [],
            "bytes_up": 2500000, "bytes_down": 45300000, "bytes_total": 47800000,
            "packets_up": null, "packets_down": null,
            "traffic_reported": {"up": 2.5, "down": 45.3, "total": 47.8, "unit": "MB"},
            "ips": ["10.20.30.40"], "dns": [], "apn": null
        }"#,
    )
    .unwrap();
    assert_eq!(out.sessions[0], expected);
    let six_digits = &out.sessions[1];
    assert_eq!(
        (&six_digits["mcc"], &six_digits["mnc"], &six_digits["radio"]),
        (&json!("310"), &json!("999"), &json!("5g"))
    );
    assert_eq!((out.warnings.len(), out.bad.len()), (0, 0));
}

#[test]
fn the_summary_is_kept_as_the_vendors_figure() {
    let out = read!("sessions");
    assert_eq!(out.sims.len(), 1);
    assert_eq!(out.sims[0]["sim"], ICCID);
    assert_eq!(
        out.sims[0]["usage_reported"],
        json!({
            "value": 113.1, "unit": "MB", "period": null,
            "sessions": 2, "average_session_s": 13050.0
        })
    );
}

#[test]
fn a_session_without_an_end_is_open_and_no_instant_is_made_of_its_duration() {
    let out = read!("open_session");
    assert_eq!(each(&out.sessions, "end_kind"), ["open"; 3]);
    for field in ["end", "last_seen"] {
        assert_eq!(
            each(&out.sessions, field),
            [Value::Null, Value::Null, Value::Null]
        );
    }
    assert_eq!(
        each(&out.sessions, "duration_reported_s"),
        [Value::Null, json!(1200), Value::Null]
    );
    assert_eq!(
        each(&out.sessions, "place_at"),
        ["2026-03-05T08:00:00.000Z"; 3]
    );
}

#[test]
fn a_duration_that_differs_from_the_times_is_kept_beside_them() {
    let out = read!("duration_differs");
    let row = &out.sessions[0];
    assert_eq!(row["duration_reported_s"], 8000);
    assert_eq!(row["end"], "2026-03-05T10:30:00.000Z");
}

#[test]
fn megabytes_are_kept_as_reported_beside_the_bytes() {
    let out = read!("megabytes_as_reported");
    let first = &out.sessions[0];
    assert_eq!(first["traffic_reported"]["down"], 1048.576);
    assert_eq!(
        ["bytes_up", "bytes_down", "bytes_total"].map(|field| first[field].as_u64()),
        [Some(0), Some(1_048_576_000), Some(0)]
    );
    for row in &out.sessions[1..] {
        assert_eq!(row["traffic_reported"], Value::Null);
        assert_eq!(row["bytes_total"], Value::Null);
    }
}

#[test]
fn a_missing_network_is_no_network() {
    let out = read!("network_absent");
    assert_eq!(out.sessions.len(), 3);
    for row in &out.sessions {
        for field in [
            "mcc",
            "mnc",
            "country",
            "operator",
            "radio",
            "place_kind",
            "place_at",
        ] {
            assert_eq!(row[field], Value::Null, "{field}");
        }
    }
    assert_eq!(out.sims.len(), 0, "no summary, no figure");
}

#[test]
fn the_country_is_that_of_the_code_the_mcc_or_the_name() {
    let out = read!("country_by_code_mcc_or_name");
    assert_eq!(
        each(&out.sessions, "country"),
        [json!("NO"), json!("NO"), Value::Null, json!("VN")]
    );
    assert_eq!(out.sessions[2]["place_kind"], Value::Null);
    assert_eq!(codes(&out), [("country_unknown", Some("network.country"))]);
}

#[test]
fn times_without_a_zone_are_utc_and_flagged() {
    let out = read!("zone_missing");
    assert_eq!(out.sessions[0]["start"], "2026-03-05T08:00:00.000Z");
    assert_eq!(out.sessions[0]["end"], "2026-03-05T10:30:00.500Z");
    assert_eq!(codes(&out), [("zone_missing", Some("start_time"))]);
}

#[test]
fn the_sim_is_the_records_the_pages_or_the_one_that_was_told() {
    assert_eq!(read!("iccid_after_the_records").sessions[0]["sim"], ICCID);
    assert_eq!(read!("session_record").sessions[0]["sim"], ICCID);
    let none = read!("no_sim_named");
    assert_eq!(
        (bad_fields(&none), none.sessions.len()),
        (vec!["no sim"], 0)
    );
    assert_eq!(codes(&none), [("summary_without_sim", Some("summary"))]);
    let told = testing::read(
        ID,
        fixture!("no_sim_named"),
        Some("8900000000000000077"),
        None,
    );
    assert_eq!(told.sessions[0]["sim"], "8900000000000000077");
    assert_eq!(told.sessions[0]["iccid"], "8900000000000000077");
}

#[test]
fn a_record_that_names_no_sim_must_be_told_it() {
    let needs = |json| testing::recognise(ID, json).unwrap().needs_sim;
    assert!(needs(r#"{"session_id":"ses_1","start_time":null}"#));
    assert!(needs(r#"{"event_id":"evt_1","event_type":"connection"}"#));
    assert!(!needs(fixture!("session_record")));
    assert!(!needs(fixture!("event_record")));
}

#[test]
fn a_total_of_more_than_the_page_makes_no_rows() {
    let out = read!("total_is_a_hint");
    assert_eq!((out.sessions.len(), out.sims.len()), (0, 1));
    assert_eq!(out.sims[0]["usage_reported"]["value"], 0.0);
}

#[test]
fn an_unreadable_summary_spares_the_sessions() {
    let out = read!("unreadable_summary");
    assert_eq!((out.sessions.len(), out.sims.len()), (1, 0));
    assert_eq!(codes(&out), [("bad_record", Some("summary"))]);
}

#[test]
fn a_page_that_names_its_device_links_it() {
    let out = read!("device_sessions");
    assert_eq!(out.sims[0]["device_id"], "iot_dev_a001");
}

#[test]
fn a_bad_session_names_its_field_and_spares_the_others() {
    let out = read!("bad_records");
    assert_eq!(
        bad_fields(&out),
        [
            "session_id",
            "start_time",
            "network.network_code",
            "network.network_code",
            "network.country_code",
            "data_usage.total_mb",
            "duration_seconds",
            "network",
        ]
    );
    assert_eq!(out.sessions.len(), 2);
}

#[test]
fn events_of_a_sim_are_read_in_the_order_of_the_page() {
    let out = read!("activity_unsorted");
    assert_eq!(
        each(&out.events, "kind"),
        ["connection", "data_usage", "network_change"]
    );
    assert_eq!(each(&out.events, "sim"), [ICCID; 3]);
    let connection = &out.events[0];
    assert_eq!(
        (
            &connection["radio"],
            &connection["signal"],
            &connection["detail"]
        ),
        (&json!("4g"), &json!(-65.0), &Value::Null)
    );
    assert_eq!(connection["network"]["mnc"], "99");
    assert_eq!(connection["network"]["country"], "NO");
    let usage = &out.events[1];
    assert_eq!(usage["detail"], "870.5 MB in current_month");
    assert_eq!(
        (&usage["network"], &usage["place_kind"]),
        (&Value::Null, &Value::Null)
    );
    let change = &out.events[2];
    assert_eq!(change["network"], Value::Null);
    assert_eq!(change["network_before"]["operator"], "Example Norway");
    assert_eq!(change["network_after"]["operator"], "Example Sweden");
    assert_eq!(change["detail"], "reason: roaming");
    assert_eq!(
        (&change["place_kind"], &change["place_at"]),
        (&json!("country"), &json!("2026-03-04T16:20:00.000Z"))
    );
    assert_eq!(out.sims.len(), 0);
}

#[test]
fn unknown_types_and_details_survive() {
    let out = read!("unknown_events");
    assert_eq!(
        each(&out.events, "kind"),
        [
            "disconnection",
            "location_update",
            "other",
            "connection",
            "other"
        ]
    );
    assert_eq!(
        each(&out.events, "reported_kind"),
        [
            json!("disconnection"),
            json!("location_update"),
            json!("imei_lock"),
            json!("CONNECTION"),
            Value::Null
        ]
    );
    assert_eq!(
        out.events[2]["detail"],
        "network_type: 6G; attempts: 3; by: rule \"7\"; locked: true; ratio: 0.25"
    );
    assert_eq!(out.events[3]["id"], Value::Null);
    assert_eq!(out.bad, []);
}

#[test]
fn the_activity_of_all_sims_names_them_and_their_devices() {
    let out = read!("fleet_activity");
    // The two differ in the middle digits only.
    let sims = [ICCID, "8900000000100000001"];
    assert_eq!(each(&out.events, "sim"), sims);
    assert_eq!(each(&out.sims, "sim"), sims);
    assert_eq!(each(&out.sims, "iccid"), sims);
    assert_eq!(each(&out.sims, "msisdn"), ["+4700000001", "+4600000002"]);
    assert_eq!(
        each(&out.sims, "device_id"),
        ["iot_dev_a001", "iot_dev_a002"]
    );
    let network = &out.events[1]["network"];
    assert_eq!(
        (&network["country"], &network["mcc"]),
        (&json!("SE"), &Value::Null),
        "no network code: the country comes from its name"
    );
}

#[test]
fn a_bad_event_names_its_field_and_spares_the_others() {
    let out = read!("bad_events");
    assert_eq!(
        bad_fields(&out),
        [
            "timestamp",
            "timestamp",
            "details.signal_strength",
            "details",
            "current_network.network_code",
        ]
    );
    assert_eq!(each(&out.events, "id"), ["evt_a009"]);
}

#[test]
fn single_events_are_read() {
    assert_eq!(each(&read!("event_record").events, "sim"), [ICCID]);
}

#[test]
fn a_device_and_its_sim_are_read() {
    let out = read!("device_sim");
    let row = &out.sims[0];
    for (field, value) in [
        ("sim", json!(ICCID)),
        ("iccid", json!(ICCID)),
        ("status", json!("active")),
        ("online", Value::Null),
        ("msisdn", json!("+4700000001")),
        ("device_id", json!("iot_dev_a001")),
        ("device_name", json!("Pump 7")),
        ("linked_at", json!("2025-10-15T10:00:00.000Z")),
        ("radio", json!("4g")),
        ("country", json!("NO")),
        ("operator", json!("Example Norway")),
        ("place_kind", json!("country")),
        ("place_at", Value::Null),
    ] {
        assert_eq!(row[field], value, "{field}");
    }
    assert_eq!(row["usage_reported"]["value"], 125.4);
    assert_eq!(row["usage_reported"]["sessions"], Value::Null);
}

#[test]
fn a_device_without_a_sim_or_offline_is_no_error() {
    let out = read!("device_without_sim");
    assert_eq!(codes(&out), [("device_without_sim", Some("sim")); 3]);
    assert_eq!((out.sims.len(), out.bad.len()), (1, 0));
    assert_eq!(out.sims[0]["operator"], Value::Null);
}

#[test]
fn error_answers_are_refusals_and_never_empty_lists() {
    for json in [
        fixture!("refusal"),
        fixture!("refusal_detail_text"),
        fixture!("refusal_detail_list"),
    ] {
        let answer = testing::recognise(ID, json).unwrap();
        assert_eq!(answer.layout, Layout::Refusal);
    }
}
