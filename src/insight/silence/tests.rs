use super::super::testing::{DAY, HOUR, Made, at, minutes};
use super::super::{Figures, Rule, Severity};
use crate::model::{EndKind, EventKind};

const END: i64 = 30 * DAY;

/// A SIM that reports every so many minutes until then.
fn reports(made: &mut Made, minutes: i64, until: i64) {
    for from in (0..until).step_by(minutes as usize) {
        made.session("S", from, from + 2);
    }
}

#[test]
fn a_daily_reporter_is_missed_on_the_third_day() {
    for (days, found) in [(0, 0), (1, 0), (2, 1), (10, 1)] {
        let mut made = Made::until(END);
        reports(&mut made, DAY, END - days * DAY);
        let silences = made.find(Rule::Silence);
        assert_eq!(silences.len(), found, "{days}");
        if let [finding] = silences.as_slice() {
            let last = END - (days + 1) * DAY + 2;
            assert_eq!(minutes(finding), (last, END));
            assert_eq!(finding.sessions.len(), 1);
            let Figures::Silence {
                usual_ms, ongoing, ..
            } = finding.figures
            else {
                panic!("{finding:?}");
            };
            assert_eq!((usual_ms, ongoing), ((DAY - 2) * 60_000, true));
        }
    }
}

#[test]
fn a_busy_device_is_missed_after_half_a_day() {
    for (hours, found) in [(11, 0), (13, 1)] {
        let mut made = Made::until(END);
        reports(&mut made, 15, END - hours * HOUR);
        assert_eq!(made.find(Rule::Silence).len(), found, "{hours}");
    }
}

#[test]
fn a_silence_that_is_over_is_a_notice() {
    let mut made = Made::until(END);
    reports(&mut made, HOUR, 10 * DAY);
    for from in (12 * DAY..END).step_by(60) {
        made.session("S", from, from + 2);
    }
    let silences = made.find(Rule::Silence);
    assert_eq!(silences.len(), 1);
    assert_eq!(silences[0].severity, Severity::Warning);
    assert_eq!(minutes(&silences[0]), (10 * DAY - HOUR + 2, 12 * DAY));
    assert_eq!(silences[0].sessions.len(), 2);
}

#[test]
fn weekends_and_weekly_reports_are_a_rhythm() {
    let mut made = Made::until(END);
    for day in (0..30).filter(|day| (day + 2) % 7 < 5) {
        for hour in 8..18 {
            let from = day * DAY + hour * HOUR;
            made.session("S", from, from + 59);
        }
    }
    assert_eq!(made.find(Rule::Silence), []);
    let mut made = Made::until(END);
    made.every("S", 7 * DAY, 30);
    assert_eq!(made.find(Rule::Silence), []);
}

#[test]
fn a_few_days_of_data_do_not_show_a_weekend() {
    // From Wednesday to Friday evening; fetched on Monday morning, 62 hours later.
    let mut made = Made::until(5 * DAY + 8 * HOUR);
    reports(&mut made, HOUR, 2 * DAY + 18 * HOUR);
    assert_eq!(made.find(Rule::Silence), []);
}

#[test]
fn an_open_session_is_no_silence_however_old_its_record() {
    let mut made = Made::until(END);
    reports(&mut made, HOUR, 10 * DAY);
    made.session_with("S", (10 * DAY, 0), |session| {
        session.end = None;
        session.end_kind = EndKind::Open;
        session.last_seen = Some(at(10 * DAY + 5));
    });
    assert_eq!(made.find(Rule::Silence), []);
}

#[test]
fn a_sim_that_is_said_to_be_online_or_not_active_is_not_missed() {
    let silent = |tell: &dyn Fn(&mut crate::model::Sim<'static>)| {
        let mut made = Made::until(END);
        reports(&mut made, HOUR, 20 * DAY);
        made.sim("S", tell);
        made.find(Rule::Silence)
    };
    assert_eq!(silent(&|_| {}).len(), 1);
    assert_eq!(silent(&|sim| sim.online = Some(false)).len(), 1);
    assert_eq!(silent(&|sim| sim.online = Some(true)), []);
    assert_eq!(silent(&|sim| sim.status = Some("SUSPENDED".into())), []);
    // Heard of later than its sessions tell.
    assert_eq!(silent(&|sim| sim.last_seen = Some(at(END - 20))), []);
}

#[test]
fn an_old_last_seen_alone_is_no_silence() {
    let mut made = Made::until(END);
    made.sim("S", |sim| {
        sim.online = Some(false);
        sim.last_seen = Some(at(DAY));
    });
    assert_eq!(made.find(Rule::Silence), []);
}

#[test]
fn nobody_knows_how_long_after_a_session_without_an_end() {
    let mut made = Made::until(END);
    reports(&mut made, HOUR, 20 * DAY);
    made.session_with("S", (20 * DAY, 20 * DAY), |session| {
        session.end = None;
        session.end_kind = EndKind::Unknown;
    });
    assert_eq!(made.find(Rule::Silence), []);
}

#[test]
fn events_are_signs_of_life_but_for_what_the_owner_does() {
    for (kind, found) in [(EventKind::Connection, 0), (EventKind::SimStatus, 1)] {
        let mut made = Made::until(END);
        reports(&mut made, HOUR, 20 * DAY);
        for minute in (20 * DAY..END).step_by(120) {
            made.event("S", minute, kind, |_| {});
        }
        assert_eq!(made.find(Rule::Silence).len(), found, "{kind:?}");
    }
}

#[test]
fn a_file_that_ends_with_the_sim_does_not_tell_of_silence() {
    let mut made = Made::of_file(END);
    reports(&mut made, HOUR, 20 * DAY);
    assert_eq!(made.find(Rule::Silence), []);
    // Others in the same file go on.
    let mut made = Made::of_file(END);
    reports(&mut made, HOUR, 20 * DAY);
    made.every("T", HOUR, 2);
    assert_eq!(made.find(Rule::Silence).len(), 1);
}

#[test]
fn too_few_signs_show_no_rhythm() {
    let mut made = Made::until(END);
    made.session("S", 0, 2);
    made.session("S", DAY, DAY + 2);
    made.session("S", 2 * DAY, 2 * DAY + 2);
    assert_eq!(made.find(Rule::Silence), []);
}
