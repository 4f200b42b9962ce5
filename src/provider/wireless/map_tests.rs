//! What the adapter makes of every oddity that the vendors' documents and samples show.

use serde_json::{Value, json};

use crate::model::{Instant, ProviderId};
use crate::provider::testing::{self, Collected};
use crate::provider::{Layout, ReadError};

const SIM: &str = "DE0000000000000000000000000000b001";

macro_rules! read {
    ($file:literal) => {
        read!($file, None)
    };
    ($file:literal, $sim:expr) => {{
        let id = if $file.starts_with("kore") {
            ProviderId::Kore
        } else {
            ProviderId::Twilio
        };
        let json = include_str!(concat!("../../../tests/fixtures/", $file, ".json"));
        testing::read(id, json, $sim, None)
    }};
}

/// The values of a field in all sessions.
fn each(out: &Collected, field: &str) -> Vec<Value> {
    assert_eq!(out.bad, [], "no record is bad");
    out.sessions.iter().map(|row| row[field].clone()).collect()
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
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_whole_session_has_every_documented_field() {
    let json = include_str!("../../../tests/fixtures/kore/single_record.json");
    let fetched = Instant::from_ms(1_772_500_000_000);
    let out = testing::read(ProviderId::Kore, json, None, fetched);
    assert_eq!(
        out.sessions,
        [serde_json::from_str::<Value>(
            r#"{
            "provider": "kore", "source": "", "sim": "DE0000000000000000000000000000b001",
            "id": "WN0000000000000000000000000000a001",
            "iccid": null, "imsi": null, "imei": "001234000000017", "subscription": null,
            "start": "2026-03-02T09:00:00.000Z", "start_kind": "exact",
            "end": "2026-03-02T10:15:00.000Z", "end_kind": "exact",
            "end_earliest": null, "end_latest": null,
            "last_seen": "2026-03-02T10:15:00.000Z", "observed": "2026-03-03T01:06:40.000Z",
            "basis": "reported", "duration_reported_s": null,
            "radio": "4g", "radio_reported": "LTE",
            "mcc": "310", "mnc": "410", "mnc_assumed": false, "country": "US",
            "operator": "Example Mobile",
            "cell": {
                "reported": "310-410-7033-1234567", "lac": null, "tac": 7033, "ci": null,
                "eci": 1234567, "nci": null, "enb": 4822, "sector": 135
            },
            "lat": 39.5, "lon": -105.1, "accuracy_m": null, "place_kind": "tower",
            "place_at": "2026-03-02T10:15:00.000Z", "segments": [],
            "bytes_up": null, "bytes_down": null, "bytes_total": null,
            "packets_up": 118, "packets_down": 97,
            "traffic_reported": {"up": 118.0, "down": 97.0, "total": null, "unit": "packets"},
            "ips": [], "dns": [], "apn": null
        }"#
        )
        .unwrap()]
    );
    assert_eq!(out.warnings, []);
}

#[test]
fn an_end_of_null_or_absent_is_open_and_no_instant_is_made_up() {
    let out = read!("twilio/end_null_is_open");
    assert_eq!(
        each(&out, "end_kind"),
        ["open", "exact", "open"].map(Value::from)
    );
    assert_eq!(out.sessions[0]["end"], Value::Null);
    assert_eq!(out.sessions[0]["last_seen"], "2026-03-02T10:15:00.000Z");
    assert_eq!(out.sessions[1]["end"], "2026-03-01T22:40:00.000Z");
}

#[test]
fn a_null_or_repeated_sid_loses_no_session() {
    let out = read!("twilio/sid_null_or_repeated");
    let sid = json!("WN0000000000000000000000000000a001");
    let none = Value::Null;
    assert_eq!(
        each(&out, "id"),
        [&none, &none, &sid, &sid, &none].map(Clone::clone)
    );
}

#[test]
fn a_numeric_plmn_is_padded_and_flagged_and_zero_is_none() {
    let out = read!("twilio/integers_in_the_plmn");
    assert_eq!(
        each(&out, "mcc"),
        [json!("310"), Value::Null, json!("440"), Value::Null]
    );
    assert_eq!(
        each(&out, "mnc"),
        [json!("026"), Value::Null, json!("01"), Value::Null]
    );
    assert_eq!(
        each(&out, "mnc_assumed"),
        [true, false, true, false].map(Value::from)
    );
    assert_eq!(
        codes(&out),
        [("mnc_without_mcc", Some("operator_mnc"))],
        "the number that cannot be read is not lost in silence"
    );
}

#[test]
fn empty_strings_and_nulls_are_none() {
    for out in [read!("twilio/empty_strings"), read!("twilio/all_null")] {
        for row in &out.sessions {
            for field in [
                "id",
                "imei",
                "start",
                "end",
                "last_seen",
                "radio",
                "radio_reported",
                "mcc",
                "mnc",
                "country",
                "operator",
                "cell",
                "lat",
                "lon",
                "place_kind",
                "place_at",
            ] {
                assert_eq!(row[field], Value::Null, "{field}");
            }
            assert_eq!(
                (&row["start_kind"], &row["sim"]),
                (&json!("unknown"), &json!(SIM))
            );
        }
        assert_eq!((out.bad.len(), out.warnings.len()), (0, 0));
    }
    let zero = read!("twilio/empty_strings");
    assert_eq!(each(&zero, "packets_up"), [0], "a reported 0 is 0");
    let absent = read!("twilio/all_null");
    assert_eq!(each(&absent, "packets_up"), [Value::Null, Value::Null]);
    assert_eq!(
        each(&absent, "traffic_reported"),
        [Value::Null, Value::Null]
    );
}

#[test]
fn no_spelling_of_no_position_becomes_a_point() {
    let out = read!("twilio/no_position");
    assert_eq!(out.sessions.len(), 7);
    for row in &out.sessions {
        assert_eq!((&row["lat"], &row["lon"]), (&Value::Null, &Value::Null));
        assert_eq!(row["place_kind"], "country");
        assert_eq!(row["place_at"], "2026-03-02T10:15:00.000Z");
    }
}

#[test]
fn a_composite_cell_id_is_read_by_its_radio_and_else_kept() {
    let out = read!("twilio/cell_ids");
    let parts = |n: usize| {
        let cell = &out.sessions[n]["cell"];
        ["lac", "ci", "tac", "eci", "nci"].map(|part| cell[part].as_u64())
    };
    let none = [None; 5];
    assert_eq!(parts(0), [Some(7033), Some(4321), None, None, None]);
    assert_eq!(parts(1), [Some(7033), Some(40_001_234), None, None, None]);
    assert_eq!(parts(2), [None, None, Some(7033), Some(1_234_567), None]);
    assert_eq!(parts(3), parts(2), "NB-IoT cells are LTE cells");
    assert_eq!(
        parts(4),
        [None, None, Some(99_999), None, Some(68_719_476_735)]
    );
    for n in 5..11 {
        assert_eq!(
            parts(n),
            none,
            "{n}: unknown radio, too many bits or another form"
        );
    }
    assert_eq!(out.sessions[5]["radio"], Value::Null);
    assert_eq!(out.sessions[5]["radio_reported"], "WARP");
    assert_eq!(out.sessions[7]["cell"]["reported"], "a tower");
    assert_eq!(out.bad, []);
}

#[test]
fn an_imei_keeps_or_regains_its_zeros() {
    let out = read!("twilio/numeric_imei");
    assert_eq!(
        each(&out, "imei"),
        [
            json!("001234000000017"),
            json!("350000000000017"),
            Value::Null,
            json!("0012340000000123"),
            Value::Null
        ]
    );
}

#[test]
fn fractions_offsets_and_missing_zones_are_read() {
    let out = read!("twilio/fractional_seconds");
    assert_eq!(each(&out, "start"), ["2026-03-02T09:00:00.507Z"]);
    assert_eq!(each(&out, "end"), ["2026-03-02T10:15:00.123Z"]);
    assert_eq!(out.warnings, []);
    let out = read!("twilio/zone_missing");
    assert_eq!(each(&out, "start"), ["2026-03-02T09:00:00.000Z"]);
    assert_eq!(codes(&out), [("zone_missing", Some("start"))]);
}

#[test]
fn the_country_falls_back_to_the_mcc() {
    let out = read!("twilio/country_from_the_mcc");
    assert_eq!(
        each(&out, "country"),
        [json!("NO"), json!("US"), Value::Null]
    );
    assert_eq!(
        each(&out, "place_kind"),
        [json!("country"), json!("tower"), Value::Null]
    );
    assert_eq!(codes(&out), [("country_unknown", Some("operator_country"))]);
}

#[test]
fn a_bad_record_names_its_field_and_spares_the_others() {
    let out = read!("twilio/bad_records");
    assert_eq!(
        bad_fields(&out),
        [
            "operator_mnc",
            "start",
            "packets_uploaded",
            "packets_downloaded",
            "operator_mcc",
            "cell_location_estimate.lat",
            "cell_location_estimate",
            "imei",
            "operator_country",
            "sid",
        ]
    );
    assert_eq!(out.sessions.len(), 2);
}

#[test]
fn a_super_sim_is_said_to_be_another_product() {
    let out = read!("twilio/super_sim");
    assert_eq!((bad_fields(&out), out.sessions.len()), (vec!["sim_sid"], 0));
    assert!(format!("{:?}", out.bad).contains("another product"));
}

#[test]
fn an_empty_list_is_read_as_no_rows() {
    let out = read!("twilio/empty_list");
    assert_eq!((out.sessions.len(), out.bad.len()), (0, 0));
    assert_eq!(out.vendors, [ProviderId::Twilio]);
}

#[test]
fn bare_arrays_escapes_and_unknown_keys_are_read() {
    assert_eq!(read!("twilio/bare_array").sessions.len(), 2);
    let out = read!("twilio/unknown_keys");
    assert_eq!(each(&out, "operator"), ["Exémple \"4\""]);
}

#[test]
fn the_sim_that_the_answer_is_about_stands_in_for_a_missing_one() {
    let json = r#"{"sid":"WN1","radio_link":"LTE","start":null}"#;
    let out = testing::read(ProviderId::Twilio, json, Some("DE7"), None);
    assert_eq!(each(&out, "sim"), ["DE7"]);
    let out = testing::read(ProviderId::Twilio, json, None, None);
    assert_eq!(bad_fields(&out), ["sim_sid"]);
}

#[test]
fn the_addresses_say_which_vendor_wrote_it() {
    assert_eq!(read!("kore/vendor_in_meta").vendors, [ProviderId::Kore]);
    let out = read!("kore/next_page_on_the_old_host");
    assert_eq!(out.vendors, [], "the next page's host alone does not tell");
    assert_eq!(
        read!("kore/single_record").vendors,
        [],
        "a session alone does not tell"
    );
}

#[test]
fn a_sims_status_says_nothing_about_a_connection() {
    let out = read!("twilio/sim_active_is_not_online");
    let row = &out.sims[0];
    assert_eq!(
        (&row["status"], &row["online"]),
        (&json!("active"), &Value::Null)
    );
    assert_eq!(row["sim"], SIM);
    assert_eq!(row["iccid"], "8900000000000000017");
    assert_eq!(row["iccids"], json!(["8900000000000000017"]));
    assert_eq!(row["eid"], "89000000000000000000000000000017");
    assert_eq!(row["name"], "Pump 7");
    assert_eq!(row["account"], "AC0000000000000000000000000000c001");
    assert_eq!(row["subscription"], "WP0000000000000000000000000000e001");
    assert_eq!(
        row["tags"],
        json!([{"name": "unique_name", "value": "pump-07"}])
    );
    let bare = &out.sims[1];
    assert_eq!(
        (&bare["status"], &bare["iccid"], &bare["name"]),
        (&json!("deleted"), &Value::Null, &Value::Null)
    );
    assert_eq!(out.vendors, [ProviderId::Twilio; 2], "the SIM and the page");
}

#[test]
fn kores_eid_and_lone_link_are_read() {
    let out = read!("kore/eid_spelled_eid");
    assert_eq!(out.sims[0]["eid"], "89000000000000000000000000000017");
    assert_eq!(
        out.sims[0]["name"], "pump-07",
        "the unique name where there is no other"
    );
    assert_eq!(out.vendors, [ProviderId::Kore; 2]);
}

#[test]
fn usage_is_in_bytes_beyond_32_bits() {
    let out = read!("twilio/usage_above_32_bits");
    assert_eq!(
        out.usage,
        [json!({
            "provider": "twilio", "source": "", "sim": SIM,
            "from": "2026-03-01T00:00:00.000Z", "to": "2026-03-02T00:00:00.000Z",
            "bytes_up": 1_000_000_000, "bytes_down": 4_000_000_000_u64,
            "bytes_total": 5_000_000_000_u64, "packets_up": null, "packets_down": null
        })]
    );
}

#[test]
fn usage_without_a_sim_is_the_accounts_unless_told_otherwise() {
    let out = read!("twilio/usage_of_the_account");
    assert_eq!(out.usage[0]["sim"], Value::Null);
    assert_eq!(out.usage[1]["to"], "2026-03-02T10:11:37.507Z");
    let out = read!("twilio/usage_of_the_account", Some("DE7"));
    assert_eq!(out.usage[0]["sim"], "DE7");
}

#[test]
fn empty_objects_in_usage_are_no_error() {
    let out = read!("twilio/usage_empty_objects");
    let without_period = ("usage_without_period", Some("period.start"));
    assert_eq!(codes(&out), [without_period, without_period]);
    assert_eq!((out.usage.len(), out.bad.len()), (1, 0));
    assert_eq!(out.usage[0]["bytes_total"], Value::Null);
}

#[test]
fn usage_in_another_unit_is_not_taken_for_bytes() {
    let out = read!("twilio/usage_other_unit");
    assert_eq!((bad_fields(&out), out.usage.len()), (vec!["data.units"], 0));
}

#[test]
fn error_answers_are_refusals_and_never_empty_lists() {
    for (id, json) in [
        (
            ProviderId::Twilio,
            include_str!("../../../tests/fixtures/twilio/refusal.json"),
        ),
        (
            ProviderId::Twilio,
            include_str!("../../../tests/fixtures/twilio/refusal_without_code.json"),
        ),
        (
            ProviderId::Kore,
            include_str!("../../../tests/fixtures/kore/refusal_resource.json"),
        ),
        (
            ProviderId::Kore,
            include_str!("../../../tests/fixtures/kore/refusal_expired_token.json"),
        ),
        (
            ProviderId::Kore,
            include_str!("../../../tests/fixtures/kore/refusal_token_endpoint.json"),
        ),
    ] {
        let answer = testing::recognise(id, json).unwrap();
        assert_eq!((answer.layout, answer.provider), (Layout::Refusal, id));
    }
}
