//! The activity report that a script makes of a vendor's events, and the one-liner for SIMs that were last in a country.

use super::{ms, read, report};
use crate::model::EventKind;
use crate::report::{Difference, Figures, Table};

#[test]
fn events_by_type_and_the_most_active_sims_are_those_of_the_script() {
    let mut events = Vec::new();
    for (at, (sim, kind, time)) in [
        ("8999100000000000001", "connection", "2026-03-04T23:30:00Z"),
        (
            "8999100000000000001",
            "disconnection",
            "2026-03-05T01:00:00Z",
        ),
        ("8999100000000000002", "connection", "2026-03-05T02:00:00Z"),
        (
            "8999100000000000001",
            "data_usage_update",
            "2026-03-05T03:00:00Z",
        ),
        ("8999100000000000003", "connection", "2026-03-06T03:00:00Z"),
        ("8999100000000000001", "sim_swap", "2026-03-06T04:00:00Z"),
        (
            "8999100000000000002",
            "disconnection",
            "2026-03-07T00:00:00Z",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        events.push(format!(
            r#"{{"event_id":"evt_{at}","iccid":"{sim}","event_type":"{kind}","timestamp":"{time}"}}"#
        ));
    }
    let answer = format!(r#"{{"activity":[{}],"total":7}}"#, events.join(","));
    let engine = read(&answer, "2026-03-08T00:00:00Z");
    let span = [ms("2026-03-01T00:00:00Z"), ms("2026-03-06T23:59:59Z")];
    let made = report(engine.store(), span, &|_| true);
    let activity = &made.activity;
    assert_eq!((activity.events, activity.sims_with_events), (6, 3));
    // value_counts() of the event type.
    let types: Vec<_> = activity
        .by_type
        .iter()
        .map(|of| (of.kind, of.events, of.reported[0].name.as_deref().unwrap()))
        .collect();
    assert_eq!(
        types,
        [
            (EventKind::Connection, 3, "connection"),
            (EventKind::Disconnection, 1, "disconnection"),
            (EventKind::DataUsage, 1, "data_usage_update"),
            (EventKind::Other, 1, "sim_swap"),
        ]
    );
    // value_counts().head(5) of the ICCID.
    let most = activity.most_events.iter();
    let most: Vec<_> = most.map(|sim| (&*sim.identifier, sim.count)).collect();
    assert_eq!(
        most,
        [
            ("8999100000000000001", 4),
            ("8999100000000000002", 1),
            ("8999100000000000003", 1)
        ]
    );
    let days = activity.by_day.iter();
    let days: Vec<_> = days.map(|of| (&*of.day, of.events)).collect();
    assert_eq!(
        days,
        [("2026-03-04", 1), ("2026-03-05", 3), ("2026-03-06", 2)]
    );
    let csv = made.to_csv(Table::Activity);
    assert!(csv.contains("events by type,connection,Connection,3\r\n"));
    assert!(csv.contains("events by day,2026-03-05,,3\r\n"));
}

#[test]
fn sims_whose_previous_session_was_in_a_country_are_those_of_the_one_liner() {
    let cell = |mcc: u16| format!(r#"{{"radioType":"lte","mcc":{mcc},"mnc":10,"tac":1,"eci":2}}"#);
    let sim = |n: u8, now: Option<u16>, before: u16| {
        let status = now.map_or_else(
            || r#"{"online":false,"lastUpdatedAt":1772000000000}"#.to_owned(),
            |mcc| {
                format!(
                    r#"{{"online":true,"imei":"35000000000099{n}","lastUpdatedAt":1772500000000,"sessionId":"now{n}","cell":{}}}"#,
                    cell(mcc)
                )
            },
        );
        format!(
            r#"{{"operatorId":"OP0000000001","imsi":"99901000000000{n}","iccid":"899910000000000000{n}",
            "subscription":"plan01s","speedClass":"s1.standard","status":"active","sessionStatus":{status},
            "previousSession":{{"imei":"35000000000000{n}","cell":{},
            "createdTime":1771000000000,"deletedTime":1771000900000}}}}"#,
            cell(before)
        )
    };
    let answer = format!(
        "[{},{},{},{}]",
        sim(1, None, 310),
        sim(2, None, 440),
        sim(3, Some(440), 310),
        // It is there now, but was elsewhere before.
        sim(4, Some(310), 440),
    );
    let engine = read(&answer, "2026-03-04T00:00:00Z");
    let store = engine.store();
    let there = |row: u32| {
        let mcc = store.session(row).network.mcc;
        mcc.is_some_and(|mcc| mcc.to_string() == "310")
    };
    let made = report(store, [0, ms("2026-04-01T00:00:00Z")], &there);
    let csv = made.to_csv(Table::Previous);
    let rows: Vec<String> = csv
        .lines()
        .skip(1)
        .map(|line| line.split(',').take(3).collect::<Vec<_>>().join(","))
        .collect();
    assert_eq!(
        rows,
        [
            "8999100000000000001,999010000000001,350000000000001",
            "8999100000000000003,999010000000003,350000000000003",
        ]
    );
}

#[test]
fn a_vendors_own_summary_stands_beside_ours_with_the_difference() {
    let session = |n: u8, from: &str, to: &str, seconds: u32, mb: f64| {
        format!(
            r#"{{"session_id":"ses_{n}","start_time":"2026-03-05T{from}Z","end_time":"2026-03-05T{to}Z",
            "duration_seconds":{seconds},"network":{{"country":"Norway","country_code":"NO","operator":"Example Norway",
            "network_code":"24299","network_type":"4G"}},"data_usage":{{"upload_mb":0.5,"download_mb":null,"total_mb":{mb}}},
            "ip_address":"10.0.0.{n}"}}"#
        )
    };
    let answer = format!(
        r#"{{"iccid":"8999100000000000001","sessions":[{},{}],"total":3,"summary":{{"total_sessions":3,
        "total_data_mb":113.4,"average_session_duration_seconds":13000}}}}"#,
        session(1, "08:00:00", "10:30:00", 9000, 47.8),
        session(2, "14:00:00", "18:45:00", 17_100, 65.3),
    );
    let engine = read(&answer, "2026-03-06T00:00:00Z");
    let store = engine.store();
    let span = [ms("2026-03-05T09:00:00Z"), ms("2026-03-05T20:00:00Z")];
    let made = report(store, span, &|_| true);
    let of = &made.vendors[0];
    let ours = Figures {
        sessions: Some(2),
        average_session_s: Some(13_050.0),
        data: Some(113.1),
    };
    let difference = Difference {
        sessions: Some(-1),
        average_session_s: Some(50.0),
        data: Some(-0.3),
    };
    assert_eq!(
        (of.ours, of.difference, of.durations_known),
        (ours, difference, 2)
    );
    assert_eq!((of.unit.as_str(), made.vendors.len()), ("MB", 1));
    // MB are never told as bytes.
    let all = &made.summary.all;
    assert_eq!(
        (all.data.megabytes.total, all.data.bytes.total),
        (Some(113.1), None)
    );
    assert_eq!(
        (all.data.megabytes.up, all.data.megabytes.down),
        (Some(1.0), None)
    );
    assert_eq!(all.durations.mean_ms, Some(13_050_000));
    assert_eq!(all.durations.median_ms, Some(13_050_000));
    // 09:00 to 10:30 and 14:00 to 18:45 of eleven hours.
    let online = all.online.unwrap();
    let hour = 3_600_000;
    assert_eq!(
        (online.at_least_ms, online.at_most_ms),
        (25 * hour / 4, 25 * hour / 4)
    );
    assert_eq!(online.known_ms, Some(11 * hour));
    let gap = all.longest_gap.as_ref().unwrap();
    assert_eq!(
        (gap.from, gap.to, gap.cut),
        (span[0] + 3 * hour / 2, span[0] + 5 * hour, false)
    );
    let hours: Vec<_> = made
        .summary
        .by_hour
        .rows
        .iter()
        .filter(|line| line.online.unwrap().at_least_ms > 0)
        .map(|line| {
            let minutes = line.online.unwrap().at_least_ms / 60_000;
            (line.value.as_deref().unwrap(), line.sessions, minutes)
        })
        .collect();
    assert_eq!(
        hours,
        [
            ("09", 0, 60),
            ("10", 0, 30),
            ("14", 1, 60),
            ("15", 0, 60),
            ("16", 0, 60),
            ("17", 0, 60),
            ("18", 0, 45)
        ]
    );
    let source = &made.sources[0];
    assert_eq!((source.partly, source.sims, source.records), (false, 1, 2));
    let csv = made.to_csv(Table::Vendors);
    assert!(
        csv.ends_with(",3,2,-1,13000,13050,50,2,113.4,113.1,-0.3,MB\r\n"),
        "{csv}"
    );
}
