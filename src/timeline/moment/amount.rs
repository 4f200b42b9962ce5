//! Amounts of time: `2h`, `1h 30m`, `3 days`, `1.5 hours`.

/// An amount: whole days are counted on the calendar, the rest in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub days: i64,
    pub ms: i64,
}

/// Reads an amount; null where the text is something else.
pub(super) fn amount(text: &str) -> Option<Amount> {
    let mut out = Amount::default();
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (thousandths, behind) = number(rest)?;
        let behind = behind.trim_start();
        let length = behind
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(behind.len());
        let (unit, after) = behind.split_at_checked(length)?;
        match unit_of(unit)? {
            Unit::Days(days) if thousandths % 1000 == 0 => {
                out.days = out
                    .days
                    .checked_add((thousandths / 1000).checked_mul(days)?)?;
            }
            Unit::Days(days) => {
                let ms = thousandths.checked_mul(days)?.checked_mul(86_400)?;
                out.ms = out.ms.checked_add(ms)?;
            }
            Unit::Ms(ms) => out.ms = out.ms.checked_add(thousandths.checked_mul(ms)? / 1000)?,
        }
        rest = after.trim_start();
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
    }
    Some(out)
}

/// A number in thousandths, and what follows it. `a` and `an` are one.
fn number(text: &str) -> Option<(i64, &str)> {
    for one in ["an ", "a "] {
        if let Some(rest) = text.strip_prefix(one) {
            return Some((1000, rest));
        }
    }
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let (whole, rest) = text.split_at_checked(digits(text))?;
    let whole: i64 = whole.parse().ok()?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(behind) => {
            let (fraction, rest) = behind.split_at_checked(digits(behind))?;
            let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
            (padded.parse().ok()?, rest)
        }
        None => (0, rest),
    };
    Some((whole.checked_mul(1000)?.checked_add(fraction)?, rest))
}

enum Unit {
    Days(i64),
    Ms(i64),
}

fn unit_of(word: &str) -> Option<Unit> {
    Some(match word {
        "ms" | "millisecond" | "milliseconds" => Unit::Ms(1),
        "s" | "sec" | "secs" | "second" | "seconds" => Unit::Ms(1000),
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Ms(60_000),
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Ms(3_600_000),
        "d" | "day" | "days" => Unit::Days(1),
        "w" | "week" | "weeks" => Unit::Days(7),
        _ => return None,
    })
}
