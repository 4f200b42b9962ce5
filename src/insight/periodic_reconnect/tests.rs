use super::super::testing::{DAY, HOUR, Made, minutes};
use super::super::{Figures, Rule};

/// Sessions of those lengths one after the other, so many minutes between. When the last ends.
fn row(made: &mut Made, lengths: &[i64], gap: i64) -> i64 {
    let mut at = 0;
    for length in lengths {
        made.session("S", at, at + length);
        at += length + gap;
    }
    at - gap
}

#[test]
fn six_of_four_hours_are_found_and_five_are_not() {
    for (count, found) in [(5, 0), (6, 1)] {
        let mut made = Made::until(10 * DAY);
        let mut lengths = vec![4 * HOUR; count];
        // One that the last is followed by, of another length.
        lengths.push(31);
        let end = row(&mut made, &lengths, 1) - 32;
        let regular = made.find(Rule::PeriodicReconnect);
        assert_eq!(regular.len(), found);
        if let [finding] = regular.as_slice() {
            assert_eq!(minutes(finding), (0, end));
            assert_eq!(finding.sessions.len(), 6);
            let Figures::PeriodicReconnect {
                period_ms,
                gap_ms,
                others,
                ..
            } = finding.figures
            else {
                panic!("{finding:?}");
            };
            assert_eq!((period_ms, gap_ms, others), (4 * 3_600_000, 60_000, 0));
        }
    }
}

#[test]
fn a_restart_does_not_end_the_pattern() {
    let mut made = Made::until(20 * DAY);
    let mut lengths = vec![2 * HOUR; 6];
    lengths.extend([17, 3]);
    lengths.extend([2 * HOUR; 6]);
    lengths.push(40);
    row(&mut made, &lengths, 1);
    let regular = made.find(Rule::PeriodicReconnect);
    assert_eq!(regular.len(), 1, "{regular:?}");
    assert_eq!(regular[0].sessions.len(), 12);
}

#[test]
fn reports_by_the_devices_own_clock_are_not_reconnects() {
    let mut made = Made::until(20 * DAY);
    made.every("S", 6 * HOUR, 15);
    assert_eq!(made.find(Rule::PeriodicReconnect), []);
}

#[test]
fn sessions_of_all_lengths_are_not_regular() {
    let mut made = Made::until(40 * DAY);
    let lengths: Vec<i64> = (0..40).map(|n| 120 + (n * 7919) % 600).collect();
    row(&mut made, &lengths, 1);
    assert_eq!(made.find(Rule::PeriodicReconnect), []);
}

#[test]
fn what_is_shorter_than_ten_minutes_is_left_to_the_storm() {
    let mut made = Made::until(2 * DAY);
    row(&mut made, &[4; 100], 1);
    assert_eq!(made.find(Rule::PeriodicReconnect), []);
}
