//! Every trap of Soracom's answers, each with the made-up fixture that shows it.

use serde_json::{Value, json};

use crate::geo::country_of_mcc;
use crate::model::{Instant, Mcc, ProviderId};
use crate::provider::testing::{self, Collected};
use crate::provider::{Layout, ReadError};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/soracom/", $name))
    };
}

fn read(json: &str) -> Collected {
    testing::read(ProviderId::Soracom, json, None, None)
}

fn recognised(json: &str) -> Option<(&'static str, Layout)> {
    testing::recognise(ProviderId::Soracom, json).map(|answer| (answer.name, answer.layout))
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

#[test]
fn every_answer_is_recognised_by_its_own_keys() {
    for (json, name) in [
        (fixture!("sim_online.json"), "listSims"),
        (fixture!("sims_offline.json"), "listSims"),
        (fixture!("subscribers.json"), "listSubscribers"),
        (fixture!("session_events.json"), "listSimSessionEvents"),
        (
            fixture!("session_events_of_imsi.json"),
            "listSimSessionEvents",
        ),
        (fixture!("status_history.json"), "listSimStatusHistory"),
        (fixture!("air_stats.json"), "getAirStatsOfSim"),
        (fixture!("cell_locations.json"), "getCellLocation"),
        (fixture!("cell_location.json"), "getCellLocation"),
    ] {
        assert_eq!(recognised(json), Some((name, Layout::Record)));
    }
    let stats = testing::recognise(ProviderId::Soracom, fixture!("air_stats.json")).unwrap();
    assert!(stats.needs_sim);
}

#[test]
fn an_error_is_a_refusal_only_when_it_holds_nothing_else() {
    assert_eq!(
        recognised(fixture!("refusal.json")),
        Some(("error", Layout::Refusal))
    );
    assert_eq!(
        recognised(r#"{"code": 20003, "message": "no", "status": 401}"#),
        None
    );
    assert_eq!(recognised(r#"{"message": "no"}"#), None);
    assert_eq!(
        recognised(r#"{"lat": 1, "lon": 2, "range": 3, "cellid": 4, "radio": "LTE"}"#),
        None
    );
}

#[test]
fn a_sim_names_itself_two_levels_down() {
    let out = read(fixture!("sim_online.json"));
    assert!(out.bad.is_empty() && out.warnings.is_empty());
    has(
        &out.sims[0],
        json!({
            "sim": "8999900000000000017", "iccid": "8999900000000000017",
            "iccids": ["8999900000000000017"], "imsis": ["001010000000017", "001010000000018"],
            "eid": null, "msisdn": "999000000017", "subscription": "plan01s",
            "speed_class": "s1.standard", "name": "Pump 4 – north",
            "tags": [{"name": "site", "value": "harbour"}], "account": "OP0000000001",
            "status": "active", "online": true, "last_seen": "2026-02-02T03:40:00.000Z",
            "registered_at": "2026-02-02T02:39:50.000Z", "imei": "001234000000017",
            "current": "01KGE3H8WWEXAMP0E000000001", "previous": "01KGD000000EXAMP0E00000001",
            "radio": "lte-m", "mcc": "440", "mnc": "01", "mnc_assumed": true,
        }),
    );
    let all = format!("{:?}{:?}", out.sims, out.sessions);
    assert!(!all.contains("private-key"), "a secret was kept");
}

#[test]
fn the_open_session_has_an_estimated_start_and_no_end() {
    let out = read(fixture!("sim_online.json"));
    has(
        &out.sessions[1],
        json!({
            "id": "01KGE3H8WWEXAMP0E000000001", "sim": "8999900000000000017",
            "imsi": "001010000000017", "iccid": "8999900000000000017", "subscription": "plan01s",
            "start": "2026-02-02T02:39:59.900Z", "start_kind": "estimated",
            "end": null, "end_kind": "open", "last_seen": "2026-02-02T03:40:00.000Z",
            "basis": "rebuilt", "radio": "lte-m", "radio_reported": "LTE-M",
            "mcc": "440", "mnc": "01", "country": country(440),
            "ips": ["10.1.2.3"], "dns": ["100.127.0.53", "100.127.1.53"], "segments": [],
        }),
    );
    assert_eq!(out.sessions[1]["cell"]["eci"], 49_497_861);
    // The session before it used the SIM's other IMSI, and says so itself.
    has(
        &out.sessions[0],
        json!({
            "id": "01KGD000000EXAMP0E00000001", "imsi": "001010000000018",
            "subscription": "planX3", "imei": "001234000000009",
            "start": "2026-01-31T22:53:20.000Z", "start_kind": "exact",
            "end": "2026-02-01T23:53:20.000Z", "end_kind": "exact",
            "mcc": "310", "mnc": "026", "mnc_assumed": true, "country": country(310),
        }),
    );
    assert_eq!(out.sessions[0]["cell"]["eci"], 268_435_455);
}

#[test]
fn a_country_is_a_place_only_where_it_is_known() {
    let out = read(fixture!("sim_online.json"));
    let session = &out.sessions[1];
    if session["country"].is_null() {
        assert_eq!(session["place_kind"], Value::Null);
    } else {
        assert_eq!(session["place_kind"], "country");
        assert_eq!(session["place_at"], "2026-02-02T03:40:00.000Z");
    }
    assert_eq!(session["lat"], Value::Null);
}

#[test]
fn an_answer_fetched_live_says_when() {
    let observed = Instant::from_ms(1_770_010_000_000);
    let out = testing::read(
        ProviderId::Soracom,
        fixture!("sim_online.json"),
        None,
        observed,
    );
    assert_eq!(out.sessions[1]["observed"], "2026-02-02T05:26:40.000Z");
}

#[test]
fn an_offline_sim_has_its_previous_session_only() {
    let out = read(fixture!("sims_offline.json"));
    assert!(out.bad.is_empty() && out.warnings.is_empty());
    assert_eq!(out.sessions.len(), 1);
    has(
        &out.sims[0],
        json!({
            "online": false, "last_seen": "2026-02-02T02:40:42.466Z", "name": null, "tags": [],
            "imei": "001234000000025", "current": null, "previous": "01KGE3H8WWEXAMP0E000000025",
            "cell": null, "mcc": null, "msisdn": null, "imsis": ["001010000000025"],
        }),
    );
    has(
        &out.sessions[0],
        json!({
            "imsi": "001010000000025", "iccid": "8999900000000000025",
            "start": "2026-02-02T02:40:00.000Z", "end": "2026-02-02T02:40:42.141Z",
            "last_seen": "2026-02-02T02:40:42.141Z", "end_kind": "exact",
        }),
    );
}

#[test]
fn a_sim_that_never_connected_has_null_or_empty_state() {
    let out = read(fixture!("sims_offline.json"));
    has(
        &out.sims[1],
        json!({"online": null, "last_seen": null, "current": null, "previous": null, "status": "active", "imsis": []}),
    );
    // The active profile comes first although it is listed second; the SIM id is an EID.
    has(
        &out.sims[2],
        json!({
            "online": null, "previous": null,
            "sim": "89001012012341234012345678901224", "eid": "89001012012341234012345678901224",
            "iccid": "8999900000000000058",
            "iccids": ["8999900000000000058", "8999900000000000041"],
            "imsis": ["001010000000058", "001010000000059", "001010000000041"],
            "subscription": "planP1", "msisdn": "999000000058",
        }),
    );
}

#[test]
fn a_subscriber_of_2020_has_no_session_ids_and_lower_case_radios() {
    let out = read(fixture!("subscribers.json"));
    assert!(out.bad.is_empty() && out.warnings.is_empty());
    has(
        &out.sims[0],
        json!({
            "sim": "8999900000000000066", "iccid": "8999900000000000066", "imsis": ["001010000000066"],
            "msisdn": "999000000066", "speed_class": "s1.fast", "subscription": "plan01s",
            "current": "2020-09-02T03:28:37.572Z", "previous": "2020-08-05T05:52:51.678Z", "radio": "4g",
        }),
    );
    has(
        &out.sessions[1],
        json!({
            "id": null, "imsi": "001010000000066", "start": "2020-09-02T03:28:37.572Z",
            "start_kind": "estimated", "end_kind": "open", "radio": "4g", "radio_reported": "lte",
        }),
    );
    // A cell identity above 65535 cannot be GSM, whatever the old spelling says.
    has(
        &out.sessions[0],
        json!({"id": null, "radio": "3g", "radio_reported": "gsm", "dns": []}),
    );
    assert_eq!(out.sessions[0]["cell"]["ci"], 68_485_165);
}

#[test]
fn a_registration_gives_the_network_with_its_zeros_where_no_cell_does() {
    let out = read(fixture!("subscribers.json"));
    has(
        &out.sims[1],
        json!({
            "sim": "8999900000000009974", "iccid": "8999900000000000074",
            "registered_at": "2026-02-02T02:41:40.000Z",
            "mcc": "310", "mnc": "410", "mnc_assumed": false, "country": country(310),
        }),
    );
}

#[test]
fn each_event_is_one_part_of_its_session() {
    let out = read(fixture!("session_events.json"));
    assert!(out.bad.is_empty() && out.warnings.is_empty());
    assert_eq!((out.sessions.len(), out.events.len()), (5, 5));
    let [handover, deleted, next, modified, created] = out.sessions.as_slice() else {
        panic!("five parts");
    };
    has(
        created,
        json!({
            "id": "01KGE3H8WWEXAMP0E000000001", "sim": "8999900000000000017",
            "imsi": "001010000000017", "imei": "001234000000017", "apn": "soracom.io",
            "subscription": "plan01s", "basis": "rebuilt",
            "start": "2026-02-02T02:40:00.000Z", "start_kind": "exact",
            "end": null, "end_kind": "open", "last_seen": "2026-02-02T02:40:00.000Z",
            "ips": ["10.1.2.3"], "dns": ["100.127.0.53", "100.127.1.53"], "radio": "4g",
        }),
    );
    assert_eq!(created["segments"][0]["from"], "2026-02-02T02:40:00.000Z");
    // A handover is neither an end nor a new session.
    has(
        modified,
        json!({
            "id": "01KGE3H8WWEXAMP0E000000001", "start": "2026-02-02T02:40:00.000Z",
            "start_kind": "before_window", "end": null, "radio": "nb-iot",
            "last_seen": "2026-02-02T03:10:00.000Z",
        }),
    );
    assert_eq!(modified["segments"][0]["from"], "2026-02-02T03:10:00.000Z");
    assert_eq!(modified["segments"][0]["radio"], "nb-iot");
    has(
        deleted,
        json!({
            "id": "01KGE3H8WWEXAMP0E000000001", "start": "2026-02-02T02:40:00.000Z",
            "start_kind": "before_window", "end": "2026-02-02T03:40:02.500Z", "end_kind": "exact",
            "radio": "nb-iot", "mcc": "440", "mnc": "10", "segments": [],
        }),
    );
    // Deletion is asynchronous: it may be stamped after the next session's start.
    has(
        next,
        json!({"id": "01KGE6YQ0GEXAMP0E000000002", "start": "2026-02-02T03:40:00.000Z"}),
    );
    // An event without a cell does not tell of a change to an unknown one.
    has(
        handover,
        json!({"segments": [], "cell": null, "mcc": null, "radio": null}),
    );
}

#[test]
fn events_are_drawn_as_points_too() {
    let out = read(fixture!("session_events.json"));
    has(
        &out.events[4],
        json!({
            "sim": "8999900000000000017", "id": null, "time": "2026-02-02T02:40:00.000Z",
            "kind": "session_created", "reported_kind": "Created", "radio": "4g",
            "detail": "IMSI 001010000000017",
        }),
    );
    assert_eq!(out.events[4]["network"]["mcc"], "440");
    assert_eq!(out.events[4]["cell"]["tac"], 4728);
    assert_eq!(out.events[3]["kind"], "session_modified");
    assert_eq!(out.events[1]["kind"], "session_deleted");
}

#[test]
fn events_without_a_sim_id_go_by_what_was_told_else_by_their_imsi() {
    let out = read(fixture!("session_events_of_imsi.json"));
    assert_eq!(out.sessions[0]["sim"], "001010000000082");
    let told = testing::read(
        ProviderId::Soracom,
        fixture!("session_events_of_imsi.json"),
        Some("8999900000000000082"),
        None,
    );
    assert_eq!(told.sessions[0]["sim"], "8999900000000000082");
}

#[test]
fn a_session_known_by_its_end_alone_still_has_its_true_start() {
    let out = read(fixture!("session_events_of_imsi.json"));
    has(
        &out.sessions[0],
        json!({
            "id": null, "imei": null, "start": "2026-02-02T02:40:00.000Z", "start_kind": "before_window",
            "end": "2026-02-02T02:40:42.141Z", "dns": ["100.127.0.53"],
        }),
    );
}

#[test]
fn a_time_without_a_zone_is_utc_and_flagged() {
    let out = read(fixture!("session_events_of_imsi.json"));
    assert_eq!(out.sessions[1]["start"], "2026-02-02T02:41:00.000Z");
    let zones: Vec<_> = out
        .warnings
        .iter()
        .filter(|w| w.code == "zone_missing")
        .collect();
    assert_eq!(zones.len(), 1);
    assert_eq!(zones[0].field.as_deref(), Some("createdTime"));
}

#[test]
fn two_imsis_at_one_instant_are_two_events() {
    let out = read(fixture!("session_events_of_imsi.json"));
    assert_eq!(out.events[0]["time"], out.events[1]["time"]);
    assert_ne!(out.events[0]["detail"], out.events[1]["detail"]);
}

#[test]
fn an_event_that_names_no_session_is_an_event_only() {
    let out = read(fixture!("session_events_of_imsi.json"));
    assert_eq!((out.sessions.len(), out.events.len()), (3, 5));
    assert!(out.warnings.iter().any(|w| w.code == "session_not_named"));
    // Named by its id alone, the session begins at the instant inside that id, as an estimate.
    has(
        &out.sessions[2],
        json!({"start": "2026-02-02T02:39:59.900Z", "start_kind": "estimated", "end": null}),
    );
}

#[test]
fn an_unknown_event_is_kept_as_reported_and_changes_no_session() {
    let out = read(fixture!("session_events_of_imsi.json"));
    has(
        &out.events[4],
        json!({"kind": "other", "reported_kind": "Paused"}),
    );
}

#[test]
fn radios_plmns_and_identities_of_2g_and_3g() {
    let out = read(fixture!("session_events_radios.json"));
    assert!(out.bad.is_empty());
    let radios: Vec<&Value> = out.sessions.iter().map(|row| &row["radio"]).collect();
    assert_eq!(
        radios,
        [
            &json!("2g"),
            &json!("3g"),
            &Value::Null,
            &json!("3g"),
            &json!("nb-iot"),
            &Value::Null,
            &Value::Null
        ]
    );
    // A numeric MNC of a country with three-digit codes is padded, and marked as assumed.
    has(
        &out.sessions[0],
        json!({"mcc": "334", "mnc": "020", "mnc_assumed": true}),
    );
    assert_eq!(out.sessions[0]["cell"]["ci"], 4660);
    assert_eq!(out.sessions[0]["cell"]["eci"], Value::Null);
    // A service area code is no cell identity, and a routing area code of 255 is filler.
    assert_eq!(out.sessions[1]["cell"]["lac"], 195);
    assert_eq!(out.sessions[1]["cell"]["ci"], Value::Null);
    // An MCC of 0 is none; lower case is read alike.
    has(
        &out.sessions[4],
        json!({"mcc": null, "mnc": null, "radio_reported": "nb-iot"}),
    );
    // Unknown names stay as reported; 901 has no country.
    has(
        &out.sessions[5],
        json!({"radio_reported": "NR-RedCap", "mcc": "901", "country": null}),
    );
    has(&out.sessions[6], json!({"cell": null, "segments": []}));
}

#[test]
fn unreadable_values_make_a_record_bad_and_name_the_field() {
    let out = read(fixture!("session_events_bad.json"));
    let fields: Vec<&str> = out
        .bad
        .iter()
        .map(|error| match error {
            ReadError::Bad { field, message } => {
                assert!(!message.contains("Monday") && !message.contains("1010000000017"));
                field.as_str()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        fields,
        [
            "time",
            "createdTime",
            "createdTime",
            "imsi",
            "cell.mcc",
            "cell.eci",
            "simId"
        ]
    );
    assert!(out.sessions.is_empty() && out.events.is_empty() && out.warnings.is_empty());
}

#[test]
fn life_cycle_changes_are_counted_in_seconds() {
    let out = read(fixture!("status_history.json"));
    has(
        &out.events[0],
        json!({
            "time": "2026-02-02T02:40:00.000Z", "kind": "sim_status", "reported_kind": "suspended",
            "detail": "IMSI 001010000000017, subscription plan01s, speed class s1.standard, \
                       bundles bundle-a bundle-b",
        }),
    );
    assert_eq!(out.events[1]["detail"], "IMSI 001010000000017");
    assert!(
        matches!(&out.bad[0], ReadError::Bad { field, .. } if field == "applyDateTimeEpochSec")
    );
}

#[test]
fn usage_is_summed_over_speed_classes_and_counted_in_seconds() {
    let stats = fixture!("air_stats.json");
    let out = testing::read(
        ProviderId::Soracom,
        stats,
        Some("8999900000000000017"),
        None,
    );
    assert_eq!(
        out.usage[0],
        json!({
            "provider": "soracom", "source": "", "sim": "8999900000000000017",
            "from": "2026-02-02T00:00:00.000Z", "to": null, "bytes_up": 111, "bytes_down": 2000,
            "bytes_total": null, "packets_up": 4, "packets_down": 4,
        })
    );
    assert_eq!(out.usage[1]["bytes_up"], Value::Null);
    assert!(matches!(&out.bad[0], ReadError::Bad { field, .. } if field == "unixtime"));
    // Without a SIM it would be taken for the account's.
    assert_eq!(read(stats).usage.len(), 0);
}

#[test]
fn tower_positions_are_named_by_their_identifier() {
    let out = read(fixture!("cell_locations.json"));
    assert_eq!(out.cell_locations.len(), 2);
    let first = &out.cell_locations[0];
    for part in [
        "mcc: 440, mnc: 10, area: 4728, cell: 49497861",
        "Some(1200.0)",
        "CC BY-SA 4.0",
    ] {
        assert!(first.contains(part), "{part} in {first}");
    }
    // A radius of 0 is not a precise position, and a malformed age does not spoil the rest.
    assert!(out.cell_locations[1].contains("accuracy_m: None, updated: None"));
    let codes: Vec<&str> = out.warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(codes, ["time_unreadable", "cell_not_named"]);
    let single = read(fixture!("cell_location.json"));
    assert_eq!(single.warnings[0].code, "cell_not_named");
}
