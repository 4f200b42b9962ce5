use super::super::testing::{DAY, HOUR, Made, minutes};
use super::super::{Figures, Rule, Severity};

#[test]
fn ten_sessions_within_an_hour_are_a_storm_and_nine_are_none() {
    for (count, found) in [(9, 0), (10, 1), (30, 1)] {
        let mut made = Made::until(10 * DAY);
        made.every("S", 8 * HOUR, 60);
        // Begins an hour after one of the others.
        let from = 5 * DAY + 2 * HOUR;
        for step in 0..count {
            made.session("S", from + step * 2, from + step * 2 + 1);
        }
        let storms = made.find(Rule::ReconnectStorm);
        assert_eq!(storms.len(), found, "{count}");
        if let [storm] = storms.as_slice() {
            assert_eq!(minutes(storm), (from, from + count * 2 - 1));
            assert_eq!(storm.sessions.len(), count as usize);
            assert_eq!(storm.severity, Severity::Warning);
            let Figures::ReconnectStorm { busiest, usual, .. } = storm.figures else {
                panic!("{storm:?}");
            };
            assert_eq!((busiest, usual), (count as u32, 1));
        }
    }
}

#[test]
fn a_device_that_opens_a_session_for_each_report_is_no_storm() {
    let mut made = Made::until(10 * DAY);
    made.every("S", 5, 1);
    assert_eq!(made.find(Rule::ReconnectStorm), []);
}

#[test]
fn three_times_the_usual_is_needed_where_much_is_usual() {
    for (count, found) in [(10, 0), (30, 1)] {
        let mut made = Made::until(10 * DAY);
        // Six an hour.
        made.every("S", 10, 1);
        for step in 0..count {
            // Between the usual ones, within an hour.
            made.session("S", 5 * DAY + 1 + step, 5 * DAY + 2 + step);
        }
        assert_eq!(made.find(Rule::ReconnectStorm).len(), found, "{count}");
    }
}

#[test]
fn a_storm_of_two_days_is_one_and_critical() {
    let mut made = Made::until(10 * DAY);
    for from in (5 * DAY..7 * DAY).step_by(4) {
        made.session("S", from, from + 2);
    }
    made.every("S", DAY, 1);
    let storms = made.find(Rule::ReconnectStorm);
    assert_eq!(storms.len(), 1, "{storms:?}");
    assert_eq!(storms[0].severity, Severity::Critical);
}
