use super::super::testing::{DAY, HOUR, Made, minutes};
use super::super::{Figures, Finding, Rule, Severity};
use crate::model::{Traffic, TrafficUnit};

/// A session of an hour every six hours, with that many packets each; null where nothing is told.
fn packets(told: &[Option<u64>]) -> Vec<Finding> {
    let mut made = Made::until(60 * DAY);
    for (place, told) in (0..).zip(told) {
        let from = place * 6 * HOUR;
        made.session_with("S", (from, from + HOUR), |session| {
            if told.is_some() {
                session.traffic = Traffic::packets(*told, *told);
            }
        });
    }
    made.find(Rule::NoTraffic)
}

fn some(count: usize) -> Vec<Option<u64>> {
    vec![Some(7); count]
}

#[test]
fn five_empty_sessions_in_a_row_are_found_and_four_are_not() {
    for (count, found) in [(4, 0), (5, 1), (9, 1)] {
        let mut told = some(20);
        told.extend(vec![Some(0); count]);
        told.extend(some(20));
        let empty = packets(&told);
        assert_eq!(empty.len(), found, "{count}");
        if let [finding] = empty.as_slice() {
            assert_eq!(minutes(finding).0, 20 * 6 * HOUR);
            assert_eq!(finding.sessions.len(), count);
            assert_eq!(finding.severity, Severity::Warning);
            let Figures::NoTraffic {
                unit, others_with, ..
            } = finding.figures
            else {
                panic!("{finding:?}");
            };
            assert_eq!((unit, others_with), (TrafficUnit::Packets, 40));
        }
    }
}

#[test]
fn to_the_end_it_is_critical_and_of_all_sessions_a_warning() {
    let mut told = some(20);
    told.extend(vec![Some(0); 8]);
    assert_eq!(packets(&told)[0].severity, Severity::Critical);
    assert_eq!(packets(&[Some(0); 30])[0].severity, Severity::Warning);
}

#[test]
fn where_nothing_is_told_nothing_is_said() {
    assert_eq!(packets(&[None; 30]), []);
    // Untold ones neither count nor break the row.
    let mut told = some(20);
    told.extend([
        Some(0),
        None,
        Some(0),
        None,
        Some(0),
        Some(0),
        None,
        Some(0),
    ]);
    assert_eq!(packets(&told)[0].sessions.len(), 5);
}

#[test]
fn sessions_that_are_often_empty_are_usual() {
    let told: Vec<Option<u64>> = (0..80).map(|n| Some(u64::from(n % 9 < 3))).collect();
    assert_eq!(packets(&told), []);
}

#[test]
fn a_short_while_without_is_not_enough() {
    let mut made = Made::until(10 * DAY);
    for from in (0..5 * DAY).step_by(6 * 60) {
        made.session_with("S", (from, from + 60), |session| {
            session.traffic = Traffic::packets(Some(5), Some(5));
        });
    }
    // Ten in an hour and a half.
    for step in 0..10 {
        let from = 6 * DAY + step * 9;
        made.session_with("S", (from, from + 8), |session| {
            session.traffic = Traffic::packets(Some(0), Some(0));
        });
    }
    assert_eq!(made.find(Rule::NoTraffic), []);
}

/// Sessions of some megabytes, then of none.
fn megabytes(some: f64) -> Vec<Finding> {
    let mut made = Made::until(60 * DAY);
    for step in 0..40 {
        let from = step * 6 * HOUR;
        let total = if step < 30 { some } else { 0.0 };
        made.session_with("S", (from, from + HOUR), |session| {
            session.traffic = Traffic::megabytes(None, None, Some(total));
        });
    }
    made.find(Rule::NoTraffic)
}

#[test]
fn rounded_megabytes_tell_nothing_of_a_meter() {
    assert_eq!(megabytes(5.0).len(), 1);
    assert_eq!(megabytes(0.1), []);
    assert_eq!(megabytes(0.0), []);
}
