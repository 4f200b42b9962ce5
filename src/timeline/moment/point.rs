//! One typed time: epoch numbers, amounts before and after now, days and times of day.

use super::super::civil::Zone;
use super::amount::{Amount, amount};
use super::day::Day;
use super::time::{offset, time};
use super::{Clock, Moment, Remark};

/// How to write a time, for the end of a message.
const EXAMPLES: &str = "Write it as 2026-10-14 03:10, 14 Oct 03:10, yesterday 03:10 or -2h.";

/// A zone that was chosen for a time.
pub(super) type Offsets<'a> = Box<dyn Fn(i64) -> i32 + 'a>;

/// What one time turned out to be.
pub(super) struct Point<'a> {
    pub moment: Moment,
    /// What its wall clock shows, milliseconds.
    pub local: i64,
    /// The zone of that clock.
    pub zone: Offsets<'a>,
    /// No time of day was named.
    pub day_only: bool,
    /// No day was named.
    pub time_only: bool,
}

/// The instant at which the wall clock shows `local`.
pub(super) fn resolved(local: i64, zone: Zone<'_>) -> Moment {
    let at = zone.instant(local);
    let later =
        local.saturating_sub(i64::from((zone.0)(at.saturating_add(super::DAY_MS))) * 60_000);
    let remark = if zone.local(at) != local {
        Some(Remark::Skipped)
    } else if later > at && zone.local(later) == local {
        Some(Remark::Twice)
    } else {
        None
    };
    Moment { at, remark }
}

/// Reads one time, in lower case. `start` is the range's first time where this is its second.
pub(super) fn point<'a>(
    text: &str,
    clock: &Clock<'a>,
    start: Option<&Point<'a>>,
) -> Result<Point<'a>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("Type a time. {EXAMPLES}"));
    }
    if text == "now" {
        return Ok(exactly(clock.now, clock));
    }
    if let Some(at) = epoch(text)? {
        return Ok(exactly(at, clock));
    }
    if let Some((sign, amount)) = relative(text) {
        // In `03:10 .. +2h` the amount begins at the first time.
        let base = start.filter(|_| text.starts_with('+'));
        let base = base.map_or(clock.now, |start| start.moment.at);
        return Ok(shifted(base, sign, amount, clock));
    }
    named(text, clock, start)
}

fn exactly<'a>(at: i64, clock: &Clock<'a>) -> Point<'a> {
    let offset = clock.offset;
    Point {
        moment: Moment { at, remark: None },
        local: Zone(offset).local(at),
        zone: Box::new(offset),
        day_only: false,
        time_only: false,
    }
}

/// Seconds (9 to 11 digits) or milliseconds (12 to 14 digits) since 1970, with a fraction or without.
fn epoch(text: &str) -> Result<Option<i64>, String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() < 5 || !digits(whole) || !digits(fraction) {
        return Ok(None);
    }
    let Ok(number) = whole.parse::<i64>() else {
        return Err("That number is too long for seconds or milliseconds since 1970.".to_owned());
    };
    match whole.len() {
        8 if fraction.is_empty() => Ok(None),
        9..=11 => {
            let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
            Ok(Some(number * 1000 + padded.parse::<i64>().unwrap_or(0)))
        }
        12..=14 => Ok(Some(number)),
        _ => Err(
            "A bare number is read as seconds (10 digits) or milliseconds (13 digits) since 1970."
                .to_owned(),
        ),
    }
}

/// `-2h`, `+30 min`, `3 days ago`, `in 2 hours`: sign and amount.
fn relative(text: &str) -> Option<(i64, Amount)> {
    let (sign, rest) = if let Some(rest) = text.strip_prefix('-') {
        (-1, rest)
    } else if let Some(rest) = text.strip_prefix('+') {
        (1, rest)
    } else if let Some(rest) = text.strip_prefix("in ") {
        (1, rest)
    } else {
        (-1, text.strip_suffix(" ago")?)
    };
    amount(rest).map(|amount| (sign, amount))
}

/// Days are counted on the calendar: `3 days ago` is the same time of day, whatever the clock did.
fn shifted<'a>(base: i64, sign: i64, amount: Amount, clock: &Clock<'a>) -> Point<'a> {
    let mut at = base;
    let mut remark = None;
    if amount.days != 0 {
        let days = amount
            .days
            .saturating_mul(sign)
            .saturating_mul(super::DAY_MS);
        let zone = Zone(clock.offset);
        let moment = resolved(zone.local(at).saturating_add(days), zone);
        (at, remark) = (moment.at, moment.remark);
    }
    let at = at.saturating_add(amount.ms.saturating_mul(sign));
    let mut point = exactly(at, clock);
    point.moment.remark = remark.filter(|_| amount.ms == 0);
    point
}

/// A day, a time of day, or both, and perhaps a zone.
fn named<'a>(
    text: &str,
    clock: &Clock<'a>,
    start: Option<&Point<'a>>,
) -> Result<Point<'a>, String> {
    let mut day = Day::default();
    let mut of_day = None;
    let mut zone: Option<Offsets<'a>> = None;
    let fixed = |minutes: i32| -> Offsets<'a> { Box::new(move |_| minutes) };
    let spaced = spaced(text);
    let mut tokens = spaced.split_ascii_whitespace().peekable();
    while let Some(token) = tokens.next() {
        let half = tokens.next_if(|next| matches!(*next, "am" | "pm"));
        let joined = half.map(|half| format!("{token}{half}"));
        let token = joined.as_deref().unwrap_or(token);
        if matches!(token, "at" | "on" | "the") {
            continue;
        }
        if let (Some(found), None) = (time(token), of_day) {
            of_day = Some(found.ms);
            zone = found.offset.map(fixed).or(zone);
        } else if let Some(minutes) = offset(token) {
            zone = Some(fixed(minutes));
        } else if token.contains('/') && (clock.named)(token, clock.now).is_some() {
            let (name, of_name) = (token.to_owned(), clock.named);
            zone = Some(Box::new(move |ms| of_name(&name, ms).unwrap_or(0)));
        } else if !day.take(token) {
            return Err(format!("“{token}” is not understood. {EXAMPLES}"));
        }
    }
    if day.is_empty() && of_day.is_none() {
        return Err(format!("Name a day or a time of day. {EXAMPLES}"));
    }
    // The second time of a range is in the zone of the first, and on its day.
    let zone = match (zone, start) {
        (Some(zone), _) => zone,
        (None, Some(start)) if has_fixed_zone(start, clock) => fixed((start.zone)(start.moment.at)),
        (None, _) => Box::new(clock.offset),
    };
    let clockwork = Zone(&zone);
    let middle = clock.view.0.midpoint(clock.view.1);
    let near = start.map_or(middle, |start| start.moment.at);
    let midnight = day.local(clockwork.local(clock.now), clockwork.local(near))?;
    let local = midnight.saturating_add(of_day.unwrap_or(0));
    Ok(Point {
        moment: resolved(local, clockwork),
        local,
        day_only: of_day.is_none(),
        time_only: day.is_empty(),
        zone,
    })
}

fn has_fixed_zone(start: &Point<'_>, clock: &Clock<'_>) -> bool {
    (start.zone)(start.moment.at) != (clock.offset)(start.moment.at)
}

/// With spaces for commas and for the `T` of ISO 8601.
fn spaced(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .map(|(at, c)| {
            let between = at > 0 && digit(at - 1) && digit(at + 1);
            if c == ',' || (c == 't' && between) {
                ' '
            } else {
                c
            }
        })
        .collect()
}
