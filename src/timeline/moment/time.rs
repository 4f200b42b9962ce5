//! Times of day with their zone: `03:10`, `3:10:22.417 pm`, `3am`, `03:10+02:00`.

/// Milliseconds since midnight, and minutes east of UTC where the time says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub ms: i64,
    pub offset: Option<i32>,
}

/// Reads a time of day; null where the text is something else or no such time exists.
pub(super) fn time(token: &str) -> Option<Time> {
    let (clock, offset) = split_offset(token)?;
    let (clock, half) = if let Some(clock) = clock.strip_suffix("am") {
        (clock, Some(0))
    } else if let Some(clock) = clock.strip_suffix("pm") {
        (clock, Some(12))
    } else {
        (clock, None)
    };
    let mut parts = clock.split(':');
    let mut hour = two_digits(parts.next()?)?;
    let minute = parts.next();
    if minute.is_none() && half.is_none() {
        return None;
    }
    let minute = minute.map_or(Some(0), two_digits)?;
    let (second, ms) = parts.next().map_or(Some((0, 0)), seconds)?;
    if parts.next().is_some() || minute > 59 || second > 59 {
        return None;
    }
    if let Some(noon) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + noon;
    }
    let total = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    (total <= 24 * 3_600_000).then_some(Time { ms: total, offset })
}

/// Minutes east of UTC of `z`, `utc`, `gmt`, `+02:00`, `-0330`, `+2`, `utc+2`.
pub(super) fn offset(token: &str) -> Option<i32> {
    let rest = match token {
        "z" | "utc" | "gmt" => return Some(0),
        _ => token
            .strip_prefix("utc")
            .or_else(|| token.strip_prefix("gmt"))
            .unwrap_or(token),
    };
    let (sign, digits) = match rest.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (two_digits(hours)?, two_digits(minutes)?),
        None if digits.len() == 4 => (two_digits(digits.get(..2)?)?, two_digits(digits.get(2..)?)?),
        None => (two_digits(digits)?, 0),
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours < 19 && minutes < 60).then_some(sign * total)
}

fn split_offset(token: &str) -> Option<(&str, Option<i32>)> {
    if let Some(clock) = token.strip_suffix('z') {
        return Some((clock, Some(0)));
    }
    for name in ["utc", "gmt"] {
        if let Some(clock) = token.strip_suffix(name) {
            return Some((clock, Some(0)));
        }
    }
    match token.find(['+', '-']) {
        Some(at) => {
            let (clock, rest) = token.split_at_checked(at)?;
            Some((clock, Some(offset(rest)?)))
        }
        None => Some((token, None)),
    }
}

/// Seconds and milliseconds; digits behind the third are cut off.
fn seconds(text: &str) -> Option<(i64, i64)> {
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, "0"), |(whole, fraction)| (whole, fraction));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some((two_digits(whole)?, padded.parse().ok()?))
}

/// A number of one or two digits.
pub(super) fn two_digits(text: &str) -> Option<i64> {
    let fits = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}
