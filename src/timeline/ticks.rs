//! Ticks of the time axis: from milliseconds to centuries, on the wall clock of a zone.

use super::civil::{self, Zone};
use super::tick_label::{Form, width};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// About 100,000 years, well within what the calendar can say.
const CALENDAR_MS: i64 = 100_000 * 365 * DAY;
/// More ticks than any screen shows; guards against an axis without end.
const MOST: usize = 512;

/// A line of the axis with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Epoch milliseconds.
    pub ms: i64,
    /// CSS pixels from the left edge. The label begins here.
    pub x: f64,
    /// Empty where a neighbour's label takes the room; the line stays.
    pub label: String,
}

/// The ticks of a window. No two labels overlap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ticks {
    /// Evenly spaced ticks, but for those in `major`.
    pub minor: Vec<Tick>,
    /// Where the next larger unit begins: midnights among hours, firsts among days, Januaries among
    /// months.
    pub major: Vec<Tick>,
    /// The date at the left edge, where only times are shown there: `Sat 24 Oct 2026`.
    pub context: Option<Tick>,
}

/// Distance of ticks and the labels that go with it.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Milliseconds that divide a day.
    Clock(i64),
    Days(i64),
    Months(i64),
}

/// From narrow to wide: step, its length in milliseconds, least spacing in CSS pixels.
const STEPS: [(Step, i64, f64); 36] = {
    const fn clock(ms: i64) -> (Step, i64, f64) {
        let spacing = if ms < SECOND {
            100.0
        } else if ms < MINUTE {
            74.0
        } else {
            64.0
        };
        (Step::Clock(ms), ms, spacing)
    }
    const fn days(n: i64) -> (Step, i64, f64) {
        (Step::Days(n), n * DAY, 84.0)
    }
    const fn months(n: i64) -> (Step, i64, f64) {
        (
            Step::Months(n),
            n * 28 * DAY,
            if n < 12 { 72.0 } else { 64.0 },
        )
    }
    [
        clock(1),
        clock(2),
        clock(5),
        clock(10),
        clock(20),
        clock(50),
        clock(100),
        clock(200),
        clock(500),
        clock(SECOND),
        clock(2 * SECOND),
        clock(5 * SECOND),
        clock(10 * SECOND),
        clock(15 * SECOND),
        clock(30 * SECOND),
        clock(MINUTE),
        clock(2 * MINUTE),
        clock(5 * MINUTE),
        clock(10 * MINUTE),
        clock(15 * MINUTE),
        clock(30 * MINUTE),
        clock(HOUR),
        clock(2 * HOUR),
        clock(3 * HOUR),
        clock(6 * HOUR),
        clock(12 * HOUR),
        days(1),
        days(2),
        days(7),
        days(14),
        months(1),
        months(3),
        months(6),
        months(12),
        months(24),
        months(60),
    ]
};

/// The ticks between two instants (epoch milliseconds) over a width in CSS pixels.
/// `offset_minutes_at` tells the zone's minutes east of UTC at an instant; it is asked some five
/// times a tick.
///
/// Days begin when the wall clock first shows midnight or later; the hours of a day on which the
/// clock is changed are placed where that clock shows them. Empty for a window that is none, or that
/// lies more than 100,000 years off.
pub fn ticks(
    from_ms: i64,
    to_ms: i64,
    width_css_px: f64,
    offset_minutes_at: &dyn Fn(i64) -> i32,
) -> Ticks {
    let span = to_ms as f64 - from_ms as f64;
    let known = |ms: &i64| (-CALENDAR_MS..CALENDAR_MS).contains(ms);
    let drawable = span > 0.0 && width_css_px > 0.0 && width_css_px.is_finite();
    if !drawable || !known(&from_ms) || !known(&to_ms) {
        return Ticks::default();
    }
    let zone = Zone(offset_minutes_at);
    let px_per_ms = width_css_px / span;
    let step = choose(px_per_ms);
    let x = |ms: i64| (ms.saturating_sub(from_ms) as f64 * px_per_ms).min(width_css_px);
    let mut found = Ticks::default();
    let first = zone.local(from_ms);
    for (ms, local) in places(step, from_ms, to_ms, first, zone) {
        let (form, major) = form(step, local);
        let tick = Tick {
            ms,
            x: x(ms),
            label: form.write(local),
        };
        if major {
            found.major.push(tick);
        } else {
            found.minor.push(tick);
        }
    }
    if matches!(step, Step::Clock(_)) {
        found.context = Some(Tick {
            ms: from_ms,
            x: 0.0,
            label: Form::Date.write(first),
        });
    }
    clear_overlaps(&mut found);
    found
}

fn choose(px_per_ms: f64) -> Step {
    for (step, ms, spacing) in STEPS {
        if ms as f64 * px_per_ms >= spacing {
            return step;
        }
    }
    let years = (1..5)
        .flat_map(|power| [1, 2, 5].map(|n| n * 10_i64.pow(power)))
        .find(|years| (years * 365 * DAY) as f64 * px_per_ms >= 64.0)
        .unwrap_or(100_000);
    Step::Months(12 * years)
}

/// (instant, wall-clock milliseconds) of every tick within the window.
fn places(step: Step, from: i64, to: i64, first: i64, zone: Zone<'_>) -> Vec<(i64, i64)> {
    let mut found = Vec::new();
    let mut keep = |ms: i64, local: i64| {
        if ms >= from && ms <= to && found.last().is_none_or(|&(last, _)| last < ms) {
            found.push((ms, local));
        }
        ms <= to && found.len() < MOST
    };
    match step {
        // Up to an hour, along the instants: the hour that the clock shows twice has its ticks twice.
        Step::Clock(length) if length <= HOUR => {
            let mut ms = from;
            loop {
                let local = zone.local(ms);
                let ahead = local.rem_euclid(length);
                if ahead == 0 {
                    if !keep(ms, local) {
                        break;
                    }
                    ms = ms.saturating_add(length);
                } else {
                    let next = ms.saturating_add(length - ahead);
                    if next > to || next == ms {
                        break;
                    }
                    ms = next;
                }
            }
        }
        Step::Clock(length) | Step::Days(length) => {
            // Weeks begin on Monday: 1970-01-05.
            let (length, anchor) = match step {
                Step::Days(n) if n % 7 == 0 => (n * DAY, 4 * DAY),
                Step::Days(n) => (n * DAY, 0),
                _ => (length, 0),
            };
            let behind = first.saturating_sub(anchor).rem_euclid(length);
            let mut local = first.saturating_sub(behind);
            while keep(zone.instant(local), local) {
                local = local.saturating_add(length);
            }
        }
        Step::Months(n) => {
            let Some(month) = civil::month_of(first) else {
                return found;
            };
            let mut month = month - month.rem_euclid(n);
            while let Some(local) = civil::month_start(month) {
                if !keep(zone.instant(local), local) {
                    break;
                }
                month += n;
            }
        }
    }
    found
}

/// What a tick says, and whether it begins the next larger unit.
fn form(step: Step, local: i64) -> (Form, bool) {
    let month = || civil::month_of(local);
    let is_month_start = || month().and_then(civil::month_start) == Some(local);
    match step {
        Step::Clock(_) if local.rem_euclid(DAY) == 0 => (Form::Day, true),
        Step::Clock(ms) if ms < SECOND => (Form::Millisecond, false),
        Step::Clock(ms) if ms < MINUTE => (Form::Second, false),
        Step::Clock(_) => (Form::Minute, false),
        Step::Days(_) => (Form::Day, is_month_start()),
        Step::Months(n) if n < 12 => (Form::Month, month().is_some_and(|m| m.rem_euclid(12) == 0)),
        Step::Months(_) => (Form::Year, false),
    }
}

/// Empties labels that would touch another: the date at the left edge yields to a major tick, a
/// minor tick to all others.
fn clear_overlaps(found: &mut Ticks) {
    if let Some(context) = &found.context {
        let end = width(&context.label);
        if found.major.iter().any(|tick| tick.x < end) {
            found.context = None;
        }
    }
    let mut end = found.context.as_ref().map_or(f64::MIN, |c| width(&c.label));
    for tick in &mut found.major {
        if tick.x < end {
            tick.label.clear();
        } else {
            end = tick.x + width(&tick.label);
        }
    }
    let mut end = found.context.as_ref().map_or(f64::MIN, |c| width(&c.label));
    for tick in &mut found.minor {
        let own_end = tick.x + width(&tick.label);
        let meets_major = found.major.iter().any(|major| {
            !major.label.is_empty() && tick.x < major.x + width(&major.label) && major.x < own_end
        });
        if tick.x < end || meets_major {
            tick.label.clear();
        } else {
            end = own_end;
        }
    }
}
