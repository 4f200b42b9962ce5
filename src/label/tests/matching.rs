//! Rows to lanes.

use super::fixture::{Fleet, ICCID_A, ICCID_B, IMEI, IMSI_A, IMSI_B, labels};
use crate::label::{Identifier, Labels, Report, Why};
use crate::model::ProviderId::{Kore, Soracom, Twilio};
use crate::store::Store;

/// Two SIMs of one vendor. `A` was last in the device of that IMEI.
fn two() -> Fleet {
    let mut fleet = Fleet::new();
    fleet.sim(Kore, "HS01", |sim| {
        sim.iccid = Some(ICCID_A.into());
        sim.imsis = vec!["001010000000011".into(), IMSI_A.into()];
        sim.msisdn = Some("+4759000001".into());
    });
    fleet.sim(Kore, "HS02", |sim| sim.iccid = Some(ICCID_B.into()));
    fleet.session(Kore, "HS02", 1, |session| {
        session.imsi = Some(IMSI_B.into());
    });
    fleet.session(Kore, "HS01", 1, |session| {
        session.imei = Some("490154203237000".into());
    });
    fleet.session(Kore, "HS01", 2, |session| session.imei = Some(IMEI.into()));
    fleet
}

fn lane(store: &Store, key: &str) -> u32 {
    let mut lanes = store.lanes();
    let is = |rows: &crate::store::Lane| rows.keys.iter().any(|at| store.key_of(*at).1 == key);
    lanes.find(|(_, rows)| is(rows)).unwrap().0
}

fn names(labels: &Labels, store: &Store, keys: &[&str]) -> Vec<Option<String>> {
    let matches = labels.matching(store);
    keys.iter()
        .map(|key| {
            let label = matches.label(labels, lane(store, key));
            label.and_then(|label| label.name.map(str::to_owned))
        })
        .collect()
}

fn whys(report: &Report) -> Vec<(u32, Why)> {
    report
        .told
        .iter()
        .map(|told| (told.line, told.why))
        .collect()
}

#[test]
fn a_row_is_found_by_each_of_its_identifiers() {
    let store = two().store();
    for text in [
        format!("ICCID,Name\n{ICCID_A},Pump"),
        format!("ICCID,Name\n{},Pump", &ICCID_A[..18]),
        format!("ICCID,Name\n{ICCID_A}F,Pump"),
        format!("IMSI,Name\n{IMSI_A},Pump"),
        format!("IMEI,Name\n{IMEI},Pump"),
        "IMEI,Name\n4901542032375100,Pump".to_owned(),
        "MSISDN,Name\n0047 590 00 001,Pump".to_owned(),
        "Device id,Name\nHS01,Pump".to_owned(),
        // Of what the vendor does not know, nothing follows.
        format!("IMSI,EID,ICCID,Name\n001010000000099,,{ICCID_A},Pump"),
    ] {
        let found = names(&labels(&text), &store, &["HS01", "HS02"]);
        assert_eq!(found, [Some("Pump".to_owned()), None], "{text}");
    }
    let by_session = labels(&format!("IMSI,Name\n{IMSI_B},Pump"));
    assert_eq!(
        names(&by_session, &store, &["HS02"]),
        [Some("Pump".to_owned())]
    );
    let old_device = labels("IMEI,Name\n490154203237000,Pump");
    assert_eq!(names(&old_device, &store, &["HS01"]), [None]);
}

#[test]
fn a_vendor_that_leaves_out_the_check_digit_is_found() {
    let mut fleet = Fleet::new();
    fleet.sim(Soracom, &ICCID_A[..18], |_| {});
    let store = fleet.store();
    let labels = labels(&format!("ICCID,Name\n{ICCID_A},Pump"));
    assert_eq!(
        names(&labels, &store, &[&ICCID_A[..18]]),
        [Some("Pump".to_owned())]
    );
}

#[test]
fn name_group_and_tags_are_the_rows() {
    let store = two().store();
    let labels = labels(&format!(
        "ICCID;Name;Gruppe;Site;Floor\n{ICCID_A};Pump 7;north;Oslo;\n{ICCID_B};;;;2\n"
    ));
    let matches = labels.matching(&store);
    let label = matches.label(&labels, lane(&store, "HS01")).unwrap();
    assert_eq!((label.name, label.group), (Some("Pump 7"), Some("north")));
    let tags: Vec<_> = label.tags().map(|tag| (tag.name, tag.value)).collect();
    assert_eq!(tags, [("Site".into(), "Oslo".into())]);
    let label = matches.label(&labels, lane(&store, "HS02")).unwrap();
    assert_eq!(
        (label.name, label.group, label.tags().count()),
        (None, None, 1)
    );
    assert!(matches.is_of(&store));
}

#[test]
fn one_row_is_for_sims_of_two_vendors() {
    let mut fleet = two();
    fleet.sim(Twilio, "HS77", |sim| sim.iccid = Some(ICCID_A.into()));
    let store = fleet.store();
    let labels = labels(&format!("ICCID,Name\n{ICCID_A},Pump"));
    let report = labels.matching(&store).report().clone();
    assert_eq!((report.rows, report.matched, report.lanes), (1, 1, 2));
    let pump = || Some("Pump".to_owned());
    assert_eq!(names(&labels, &store, &["HS01", "HS77"]), [pump(), pump()]);
}

#[test]
fn identifiers_of_different_sims_are_told_and_not_applied() {
    let store = two().store();
    let labels = labels(&format!("ICCID,IMSI,Name\n{ICCID_A},{IMSI_B},Pump\n"));
    let matches = labels.matching(&store);
    let report = matches.report();
    assert_eq!(
        (
            report.matched,
            report.ambiguous,
            report.unmatched,
            report.lanes
        ),
        (0, 1, 0, 0)
    );
    assert_eq!(
        whys(report),
        [(2, Why::Different(Kore, Identifier::Iccid, Identifier::Imsi))]
    );
    assert!(
        report.told[0]
            .why
            .to_string()
            .starts_with("ICCID and IMSI are of different SIMs at KORE")
    );
}

#[test]
fn a_device_that_two_sims_were_in_is_told_unless_the_row_says_which() {
    let mut fleet = two();
    fleet.session(Kore, "HS02", 3, |session| session.imei = Some(IMEI.into()));
    let store = fleet.store();
    let by_imei = labels(&format!("IMEI,Name\n{IMEI},Pump\n"));
    assert_eq!(
        whys(by_imei.matching(&store).report()),
        [(2, Why::Several(Kore, 2))]
    );
    let by_both = labels(&format!("IMEI,ICCID,Name\n{IMEI},{ICCID_B},Pump\n"));
    assert_eq!(
        names(&by_both, &store, &["HS01", "HS02"]),
        [None, Some("Pump".to_owned())]
    );
}

#[test]
fn of_two_rows_for_a_sim_the_later_wins() {
    let store = two().store();
    let labels = labels(&format!("ICCID,IMSI,Name\n{ICCID_A},,Old\n,{IMSI_A},New\n"));
    let matches = labels.matching(&store);
    assert_eq!(names(&labels, &store, &["HS01"]), [Some("New".to_owned())]);
    let report = matches.report();
    assert_eq!((report.matched, report.replaced, report.lanes), (2, 1, 1));
    assert_eq!(whys(report), [(2, Why::Replaced(Kore, 3))]);
}

#[test]
fn rows_without_a_sim_are_told_why() {
    let store = two().store();
    let text = format!(
        "ICCID;IMSI;Name\n8,99990E+18;;a\n8,99990E+18;{IMSI_A};b\npump;;c\n;;d\n8999900000000009999;;e\n8999900000000000000;;f\n{ICCID_B};x;g\n"
    );
    let labels = labels(&text);
    let matches = labels.matching(&store);
    let report = matches.report();
    assert_eq!(
        whys(report),
        [
            (2, Why::Destroyed(Identifier::Iccid)),
            (3, Why::Destroyed(Identifier::Iccid)),
            (4, Why::NotOne(Identifier::Iccid)),
            (5, Why::NoIdentifier),
            (6, Why::NotLoaded),
            (7, Why::Rounded(Identifier::Iccid)),
        ]
    );
    assert_eq!(
        (
            report.rows,
            report.matched,
            report.unmatched,
            report.destroyed
        ),
        (7, 2, 5, 2)
    );
    assert_eq!(report.told[0].identifier, "8,99990E+18");
    assert!(
        report.told[0]
            .why
            .to_string()
            .contains("format the column as text")
    );
}

#[test]
fn an_identifier_of_too_many_rows_tells_nothing() {
    let store = two().store();
    let same = format!("{IMEI},,a\n").repeat(100);
    let text = format!("IMEI,ICCID,Name\n{same}{IMEI},{ICCID_B},b\n");
    let labels = labels(&text);
    let report = labels.matching(&store).report().clone();
    assert_eq!((report.matched, report.unmatched), (1, 100));
    assert_eq!(report.told[0].why, Why::Shared);
}

#[test]
fn what_is_loaded_later_is_found_when_asked_anew() {
    let mut fleet = Fleet::new();
    let labels = labels(&format!("ICCID,Name\n{ICCID_A},Pump\n"));
    let before = labels.matching(&fleet.0);
    assert_eq!(before.report().unmatched, 1);
    fleet.sim(Kore, "HS01", |sim| sim.iccid = Some(ICCID_A.into()));
    let store = fleet.store();
    assert!(!before.is_of(&store));
    assert_eq!(labels.matching(&store).report().matched, 1);
}
