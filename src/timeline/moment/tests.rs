//! Typed times, as seen on Thursday 15 October 2026, 12:34:56.789 UTC.

use super::{Clock, Moment, Remark, Understood, understand};

const HOUR: i64 = 3_600_000;
/// The clocks of Oslo went back at this instant, on 25 October 2026.
const OSLO_WINTER: i64 = 1_792_890_000_000;
/// And had gone forward at this one, on 29 March 2026.
const OSLO_SUMMER: i64 = 1_774_746_000_000;

fn utc(text: &str) -> i64 {
    let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f");
    time.unwrap().and_utc().timestamp_millis()
}

fn oslo(ms: i64) -> i32 {
    if (OSLO_SUMMER..OSLO_WINTER).contains(&ms) {
        120
    } else {
        60
    }
}

fn with(text: &str, offset: &dyn Fn(i64) -> i32) -> Result<Understood, String> {
    let view = (utc("2026-10-12 00:00:00"), utc("2026-10-13 00:00:00"));
    understand(
        text,
        &Clock {
            now: utc("2026-10-15 12:34:56.789"),
            view,
            offset,
            named: &|name, ms| (name == "europe/oslo").then(|| oslo(ms)),
        },
    )
}

fn instant(text: &str) -> i64 {
    match with(text, &|_| 0) {
        Ok(Understood::Instant(moment)) => moment.at,
        other => panic!("{text}: {other:?}"),
    }
}

fn in_oslo(text: &str) -> Moment {
    match with(text, &oslo) {
        Ok(Understood::Instant(moment)) => moment,
        other => panic!("{text}: {other:?}"),
    }
}

fn range(text: &str) -> (i64, i64) {
    match with(text, &|_| 0) {
        Ok(Understood::Range(from, to)) => (from.at, to.at),
        other => panic!("{text}: {other:?}"),
    }
}

fn refusal(text: &str) -> String {
    match with(text, &|_| 0) {
        Err(message) => message,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn days_and_times_in_every_spelling() {
    for (text, wanted) in [
        ("2026-10-14", "2026-10-14 00:00:00"),
        ("2026-10-14 03:10", "2026-10-14 03:10:00"),
        ("2026-10-14T03:10:22.417", "2026-10-14 03:10:22.417"),
        ("2026-10-14T03:10:22.4171234Z", "2026-10-14 03:10:22.417"),
        ("2026-10-14T03:10Z", "2026-10-14 03:10:00"),
        ("2026-10-14T03:10+02:00", "2026-10-14 01:10:00"),
        ("2026-10-14 03:10 -0330", "2026-10-14 06:40:00"),
        ("2026-10-14 03:10 UTC", "2026-10-14 03:10:00"),
        ("2026-10-14 03:10 UTC+2", "2026-10-14 01:10:00"),
        ("2026-10-14 03:10 Europe/Oslo", "2026-10-14 01:10:00"),
        ("20261014 03:10", "2026-10-14 03:10:00"),
        ("14.10.2026 03:10", "2026-10-14 03:10:00"),
        ("14 Oct 03:10", "2026-10-14 03:10:00"),
        ("14 October 2025 03:10", "2025-10-14 03:10:00"),
        ("Oct 14, 2026 at 3:10 pm", "2026-10-14 15:10:00"),
        ("the 14th Oct", "2026-10-14 00:00:00"),
        ("1 Jan", "2027-01-01 00:00:00"),
        ("1 Jun", "2026-06-01 00:00:00"),
        ("03:10", "2026-10-12 03:10:00"),
        ("3am", "2026-10-12 03:00:00"),
        ("12 am", "2026-10-12 00:00:00"),
        ("12:30pm", "2026-10-12 12:30:00"),
        ("24:00", "2026-10-13 00:00:00"),
        ("now", "2026-10-15 12:34:56.789"),
        ("today", "2026-10-15 00:00:00"),
        ("Yesterday 03:10", "2026-10-14 03:10:00"),
        ("03:10 yesterday", "2026-10-14 03:10:00"),
        ("tomorrow 03:10:05", "2026-10-16 03:10:05"),
        ("Thursday 03:10", "2026-10-15 03:10:00"),
        ("last Thu", "2026-10-08 00:00:00"),
        ("next Thursday", "2026-10-22 00:00:00"),
        ("fri", "2026-10-09 00:00:00"),
        ("last friday 4pm", "2026-10-09 16:00:00"),
        ("next Monday", "2026-10-19 00:00:00"),
        ("-2h", "2026-10-15 10:34:56.789"),
        ("\u{2212}2h", "2026-10-15 10:34:56.789"),
        ("- 1h 30m", "2026-10-15 11:04:56.789"),
        ("+90s", "2026-10-15 12:36:26.789"),
        ("3 days ago", "2026-10-12 12:34:56.789"),
        ("an hour ago", "2026-10-15 11:34:56.789"),
        ("1.5 hours ago", "2026-10-15 11:04:56.789"),
        ("2 weeks and 1 day ago", "2026-09-30 12:34:56.789"),
        ("in 2 hours", "2026-10-15 14:34:56.789"),
        ("250 ms ago", "2026-10-15 12:34:56.539"),
    ] {
        assert_eq!(instant(text), utc(wanted), "{text}");
    }
}

#[test]
fn seconds_and_milliseconds_since_1970() {
    assert_eq!(instant("1760411400"), 1_760_411_400_000);
    assert_eq!(instant("1760411400.5"), 1_760_411_400_500);
    assert_eq!(instant("1760411400123"), 1_760_411_400_123);
    assert_eq!(instant("999999999"), 999_999_999_000);
}

#[test]
fn ranges() {
    let day = |day: u32| utc(&format!("2026-10-{day:02} 00:00:00"));
    assert_eq!(range("2026-10-01/2026-10-03"), (day(1), day(4)));
    assert_eq!(range("1 Oct .. 3 Oct"), (day(1), day(4)));
    assert_eq!(range("1 Oct – 3 Oct"), (day(1), day(4)));
    assert_eq!(range("1 Oct - 3 Oct 12:00"), (day(1), day(3) + 12 * HOUR));
    assert_eq!(range("yesterday to today"), (day(14), day(16)));
    assert_eq!(
        range("14 Oct 03:10..05:00"),
        (day(14) + 190 * 60_000, day(14) + 5 * HOUR)
    );
    assert_eq!(
        range("14 Oct 23:00 .. 01:00"),
        (day(14) + 23 * HOUR, day(15) + HOUR)
    );
    assert_eq!(
        range("14 Oct 23:00 .. +2h"),
        (day(14) + 23 * HOUR, day(15) + HOUR)
    );
    let now = utc("2026-10-15 12:34:56.789");
    assert_eq!(range("-2h .. now"), (now - 2 * HOUR, now));
    assert_eq!(
        range("1760411400 .. 1760415000"),
        (1_760_411_400_000, 1_760_415_000_000)
    );
    // The zone of the first time holds for the second.
    assert_eq!(
        range("2026-10-14T03:10+02:00/05:10"),
        (day(14) + 70 * 60_000, day(14) + 190 * 60_000)
    );
}

#[test]
fn without_a_zone_the_one_that_is_shown_is_meant() {
    assert_eq!(in_oslo("2026-10-14 03:10").at, utc("2026-10-14 01:10:00"));
    assert_eq!(in_oslo("2026-12-14 03:10").at, utc("2026-12-14 02:10:00"));
    assert_eq!(in_oslo("today").at, utc("2026-10-14 22:00:00"));
    assert_eq!(in_oslo("2026-10-14T03:10Z").at, utc("2026-10-14 03:10:00"));
}

#[test]
fn a_time_that_does_not_exist_is_the_instant_of_the_change() {
    for text in [
        "2026-03-29 02:00",
        "2026-03-29 02:30",
        "2026-03-29 02:59:59.999",
    ] {
        let moment = in_oslo(text);
        assert_eq!(
            moment,
            Moment {
                at: OSLO_SUMMER,
                remark: Some(Remark::Skipped)
            },
            "{text}"
        );
    }
    assert_eq!(in_oslo("2026-03-29 01:59").remark, None);
    let after = in_oslo("2026-03-29 03:00");
    assert_eq!((after.at, after.remark), (OSLO_SUMMER, None));
}

#[test]
fn of_a_time_that_exists_twice_the_earlier_is_taken() {
    let moment = in_oslo("2026-10-25 02:30");
    assert_eq!(moment.at, OSLO_WINTER - HOUR / 2);
    assert_eq!(moment.remark, Some(Remark::Twice));
    assert_eq!(in_oslo("2026-10-25 01:59").remark, None);
    assert_eq!(in_oslo("2026-10-25 03:00").remark, None);
    // Named with its offset it is one of the two.
    let later = in_oslo("2026-10-25 02:30+01:00");
    assert_eq!((later.at, later.remark), (OSLO_WINTER + HOUR / 2, None));
}

#[test]
fn days_ago_are_counted_on_the_calendar() {
    let at = in_oslo("in 12 days").at;
    assert_eq!(at - utc("2026-10-15 12:34:56.789"), (12 * 24 + 1) * HOUR);
}

#[test]
fn what_is_not_understood_is_refused_with_the_way_to_write_it() {
    for (text, part) in [
        ("", "Type a time"),
        ("   ", "Type a time"),
        ("soon", "“soon” is not understood"),
        ("2026-13-01", "There is no such day"),
        ("31 Nov", "There is no such day"),
        ("2026-02-29", "There is no such day"),
        ("25:00", "not understood"),
        ("03:60", "not understood"),
        ("13pm", "not understood"),
        ("14", "Name the day in full"),
        ("2026", "Name the day in full"),
        ("Oct", "Name the day in full"),
        ("last", "Name the day in full"),
        ("utc", "Name a day or a time"),
        ("2h", "not understood"),
        ("12345", "bare number"),
        ("123456789012345", "bare number"),
        ("99999999999999999999999", "too long"),
        ("14 Oct .. 13 Oct", "does not lie after"),
        ("14 Oct ..", "Type a time"),
        (".. 14 Oct", "Type a time"),
        ("03:10 04:10", "not understood"),
        (
            "14/10/2026",
            "Name the day in full, as 14 Oct or 2026-10-14",
        ),
        ("9999999 weeks ago", "outside the years"),
    ] {
        let message = refusal(text);
        assert!(message.contains(part), "{text}: {message}");
    }
}

proptest::proptest! {
    /// Whatever is typed, it is understood or refused.
    #[test]
    fn nothing_that_is_typed_breaks_it(text in "\\PC{0,24}|[0-9:./+ a-z–-]{0,24}") {
        let _ = with(&text, &oslo);
    }
}
