use super::super::testing::{DAY, HOUR, Made, minutes};
use super::super::{Figures, Finding, Rule, Severity};
use super::Device;

/// A session with each IMEI, six hours apart.
fn with(imeis: &[Option<&'static str>]) -> Vec<Finding> {
    let mut made = Made::until(30 * DAY);
    for (place, imei) in (0..).zip(imeis) {
        let from = place * 6 * HOUR;
        made.session_with("S", (from, from + HOUR), |session| {
            session.imei = imei.map(Into::into);
        });
    }
    made.find(Rule::ImeiChanged)
}

const FIRST: &str = "352099001234561";
const SAME_MODEL: &str = "352099001234660";
const OTHER_MODEL: &str = "864123001234560";

#[test]
fn another_device_is_found_with_the_sessions_around_the_change() {
    let found = with(&[
        Some(FIRST),
        None,
        Some(FIRST),
        Some(OTHER_MODEL),
        Some(OTHER_MODEL),
    ]);
    let [finding] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(minutes(finding), (13 * HOUR, 18 * HOUR));
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.sessions.len(), 2);
    let expected = Figures::ImeiChanged {
        before: FIRST.to_owned(),
        after: OTHER_MODEL.to_owned(),
        changes: 1,
        same_model: false,
    };
    assert_eq!(finding.figures, expected);
    assert_eq!(
        with(&[Some(FIRST), Some(SAME_MODEL)])[0].severity,
        Severity::Notice
    );
}

#[test]
fn the_same_device_in_other_spellings_is_no_change() {
    let spellings = [
        FIRST,
        "352099001234560",
        "35209900123456",
        "3520990012345612",
        "3520990012345699",
    ];
    for a in spellings {
        for b in spellings {
            assert_eq!(with(&[Some(a), Some(b)]), [], "{a} {b}");
        }
    }
    // As numbers, without their leading zeros.
    assert_eq!(with(&[Some("012345001234561"), Some("12345001234561")]), []);
    assert_eq!(with(&[Some("001234000000017"), Some("1234000000017")]), []);
}

#[test]
fn nothing_is_known_of_no_imei_and_of_what_is_none() {
    let told = [
        Some(FIRST),
        None,
        Some("000000000000000"),
        Some("n/a"),
        Some(""),
        Some(FIRST),
    ];
    assert_eq!(with(&told), []);
    assert_eq!(with(&[None, Some(FIRST), None]), []);
}

#[test]
fn back_and_forth_is_one_finding() {
    let found = with(&[
        Some(FIRST),
        Some(OTHER_MODEL),
        Some(FIRST),
        Some(OTHER_MODEL),
    ]);
    let [finding] = found.as_slice() else {
        panic!("{found:?}");
    };
    let Figures::ImeiChanged { changes, .. } = finding.figures else {
        panic!("{finding:?}");
    };
    assert_eq!((changes, finding.severity), (3, Severity::Critical));
}

#[test]
fn a_device_is_its_first_fourteen_digits() {
    let device = |imei| Device::read(imei).unwrap();
    assert!(device("352099001234561").is(device("3520990012345678")));
    assert!(!device("352099001234561").is(device("352099001234661")));
    assert!(device("352099001234561").is_same_model(device("352099009999999")));
    assert_eq!(Device::read("35209900123456X"), None);
    assert_eq!(Device::read("35209900"), None);
}
