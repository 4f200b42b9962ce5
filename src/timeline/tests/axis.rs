//! The axis: scale and ticks.

use std::fmt::Write;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::scene::{DAY, HOUR, MIN};
use crate::{Scale, Ticks, ticks};

fn at(text: &str) -> i64 {
    let at = chrono::DateTime::parse_from_rfc3339(text).unwrap();
    at.timestamp_millis()
}

fn utc(_: i64) -> i32 {
    0
}

/// Central European time, 2026: forward on 29 March, back on 25 October, at 01:00 UTC.
fn berlin(ms: i64) -> i32 {
    let summer = at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z");
    if summer.contains(&ms) { 120 } else { 60 }
}

/// A zone that skips midnight: forward from 00:00 to 01:00 on 5 September 2027.
fn santiago(ms: i64) -> i32 {
    if ms >= at("2027-09-05T04:00:00Z") {
        -180
    } else {
        -240
    }
}

fn text(found: &Ticks) -> String {
    let mut out = String::new();
    if let Some(context) = &found.context {
        let _ = writeln!(out, "context: {}", context.label);
    }
    let mut all: Vec<_> = found.minor.iter().map(|t| (t, "")).collect();
    all.extend(found.major.iter().map(|t| (t, " major")));
    all.sort_by_key(|(tick, _)| tick.ms);
    for (tick, major) in all {
        let instant = chrono::DateTime::from_timestamp_millis(tick.ms).unwrap();
        let instant = instant.format("%Y-%m-%dT%H:%M:%S%.3fZ");
        let label = if tick.label.is_empty() {
            "-"
        } else {
            &tick.label
        };
        let _ = writeln!(out, "{:7.1} {instant} {label}{major}", tick.x);
    }
    out
}

fn axis(from: &str, span: i64, zone: &dyn Fn(i64) -> i32) -> String {
    text(&ticks(at(from), at(from) + span, 860.0, zone))
}

#[test]
fn a_week_in_days() {
    assert_snapshot!(axis("2026-10-24T00:00:00Z", 7 * DAY, &utc));
}

#[test]
fn milliseconds() {
    assert_snapshot!(axis("2026-10-24T14:05:30.100Z", 1200, &utc));
}

#[test]
fn seconds() {
    assert_snapshot!(axis("2026-10-24T14:05:28Z", 40_000, &utc));
}

#[test]
fn hours_over_midnight() {
    assert_snapshot!(axis("2026-10-24T19:00:00Z", 10 * HOUR, &utc));
}

#[test]
fn months() {
    assert_snapshot!(axis("2026-09-15T00:00:00Z", 300 * DAY, &berlin));
}

#[test]
fn years() {
    assert_snapshot!(axis("2000-05-01T00:00:00Z", 40 * 365 * DAY, &utc));
}

#[test]
fn a_day_of_23_hours() {
    // Hours by the wall clock: there is no 02:00.
    assert_snapshot!(axis("2026-03-28T22:00:00Z", 8 * HOUR, &berlin));
}

#[test]
fn a_day_of_25_hours() {
    // 02:00 comes twice, an hour apart.
    assert_snapshot!(axis("2026-10-24T21:00:00Z", 8 * HOUR, &berlin));
}

#[test]
fn six_hours_apart_over_the_change() {
    assert_snapshot!(axis("2026-10-24T10:00:00Z", 2 * DAY, &berlin));
}

#[test]
fn days_begin_at_midnight_whatever_their_length() {
    let found = ticks(
        at("2026-10-23T22:00:00Z"),
        at("2026-10-28T23:00:00Z"),
        600.0,
        &berlin,
    );
    let mut days: Vec<i64> = found
        .minor
        .iter()
        .chain(&found.major)
        .map(|t| t.ms)
        .collect();
    days.sort_unstable();
    let lengths: Vec<i64> = days.windows(2).map(|d| (d[1] - d[0]) / HOUR).collect();
    assert_eq!(lengths, [24, 25, 24, 24, 24]);
}

#[test]
fn a_day_without_midnight_begins_when_the_clock_is_put_forward() {
    let found = ticks(
        at("2027-09-03T04:00:00Z"),
        at("2027-09-08T03:00:00Z"),
        600.0,
        &santiago,
    );
    let sunday = found.minor.iter().find(|t| t.label == "Sun 5 Sep").unwrap();
    assert_eq!(sunday.ms, at("2027-09-05T04:00:00Z"));
}

#[test]
fn zones_a_quarter_of_an_hour_off_are_aligned_to_their_clock() {
    let found = ticks(
        at("2026-05-01T08:00:00Z"),
        at("2026-05-01T13:00:00Z"),
        500.0,
        &|_| 345,
    );
    assert_eq!(found.minor[0].label, "");
    assert_eq!(found.minor[0].ms, at("2026-05-01T08:15:00Z"));
    assert_eq!(found.minor[2].label, "16:00");
}

#[test]
fn no_window_no_ticks() {
    for (from, to, width) in [
        (0, 0, 800.0),
        (5, 0, 800.0),
        (0, 1000, 0.0),
        (0, 1000, f64::NAN),
        (i64::MIN, i64::MAX, 800.0),
    ] {
        assert_eq!(ticks(from, to, width, &utc), Ticks::default());
    }
}

proptest! {
    #[test]
    fn labels_never_overlap_and_screens_are_never_bare(
        from in -1_000_000_000_000..4_000_000_000_000_i64,
        power in 1.0..12.97_f64,
        width in 300.0..2500.0_f64,
        offset in -720..840_i32,
    ) {
        let to = from + 10_f64.powf(power) as i64;
        let found = ticks(from, to, width, &|_| offset);
        let mut all: Vec<_> = found.minor.iter().chain(&found.major).collect();
        prop_assert!(!all.is_empty() && all.len() <= 2 + (width / 60.0) as usize);
        all.retain(|tick| !tick.label.is_empty());
        all.extend(&found.context);
        all.sort_by(|a, b| a.x.total_cmp(&b.x));
        prop_assert!(!all.is_empty());
        for pair in all.windows(2) {
            let end = pair[0].x + pair[0].label.len() as f64 * 6.5;
            prop_assert!(end <= pair[1].x, "{pair:?}");
        }
        prop_assert!(all.iter().all(|t| (0.0..=width).contains(&t.x)));
    }

    #[test]
    fn zooming_keeps_the_instant_under_the_pointer(
        from in 0..2_000_000_000_000_i64,
        span in 1000..100_000_000_000_i64,
        x in 0.0..1400.0_f64,
        factors in prop::collection::vec(0.3..3.0_f64, 1..20),
    ) {
        let mut scale = Scale::new(from as f64, (from + span) as f64, 1400.0);
        let anchor = scale.time_at(x);
        for factor in factors {
            scale = scale.zoomed(x, factor);
            prop_assert!((scale.x_at(anchor) - x).abs() < 0.1, "{scale:?}");
            prop_assert!((scale.time_at(x) - anchor).abs() < 0.02);
        }
    }
}

#[test]
fn a_scale_stays_within_its_limits() {
    let day = Scale::new(0.0, DAY as f64, 1440.0);
    assert!((day.ms_per_px() - MIN as f64).abs() < f64::EPSILON);
    let near = day.zoomed(100.0, 1e12);
    assert!((near.span_ms() - 100.0).abs() < f64::EPSILON);
    assert!((near.x_at(day.time_at(100.0)) - 100.0).abs() < 1e-6);
    assert_eq!(near.window().1 - near.window().0, 100);
    let far = day.zoomed(100.0, 1e-12);
    assert!((far.span_ms() / DAY as f64 - 14_610.0).abs() < 1.0);
    assert!(day.panned(1e30).to_ms() <= 253_402_300_799_999.0);
    assert!(day.panned(-1e30).from_ms() >= -62_167_219_200_000.0);
    assert_eq!(day.zoomed(5.0, f64::NAN), day);
    assert_eq!(day.panned(3.0).panned(-3.0), day);
    assert_eq!(day.panned(3.0).window(), (3 * MIN, DAY + 3 * MIN));
}

#[test]
fn a_fitted_window_leaves_its_margins() {
    let fitted = Scale::new(0.0, 1000.0, 1000.0).fitted(0.0, 8.0 * DAY as f64, 0.1);
    assert!((fitted.x_at(0.0) - 100.0).abs() < 1e-3);
    assert!((fitted.x_at(8.0 * DAY as f64) - 900.0).abs() < 1e-3);
    let wider = fitted.resized(1500.0);
    assert!((wider.ms_per_px() - fitted.ms_per_px()).abs() < 1e-2);
}
