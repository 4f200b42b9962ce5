//! Instants and days, as they are written in a filter. What is relative counts back from the data: from when
//! they were fetched, else from the last instant in them, as the range's presets do.

use std::fmt;

use super::number;
use super::terms::{Edge, NumberField};
use crate::model::Instant;

const DAY_MS: i64 = 86_400_000;
/// An epoch number has at least so many digits; fewer are a mistake (a year, a day).
const EPOCH_DIGITS: usize = 9;

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// An instant.
    At(Instant),
    /// A day in UTC, by its first instant.
    Day(Instant),
    /// So many milliseconds before the data's last instant.
    Ago(u64),
    /// The day of the data's last instant, in UTC.
    Today,
    /// The day before.
    Yesterday,
}

impl When {
    /// Reads `2026-10-01`, `2026-10-01T08:00`, RFC 3339, epoch seconds or milliseconds, `7d`, `today`,
    /// `yesterday`. Without an offset it is UTC.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        if text == "TODAY" {
            return Some(Self::Today);
        }
        if text == "YESTERDAY" {
            return Some(Self::Yesterday);
        }
        if text.len() >= EPOCH_DIGITS && text.bytes().all(|b| b.is_ascii_digit()) {
            let number = text.parse().ok()?;
            return Instant::from_epoch_of_unknown_unit(number).map(Self::At);
        }
        if let Some(ago) = number::read_duration(&text) {
            return Some(Self::Ago(ago));
        }
        if text.len() == "2026-10-01".len() {
            let day = Instant::from_rfc3339(&format!("{text}T00:00:00Z"))?;
            return Some(Self::Day(day));
        }
        let (minute, rest) = text.split_at_checked("2026-10-01T08:00".len())?;
        let whole = if rest.starts_with(':') {
            text.clone()
        } else {
            format!("{minute}:00{rest}")
        };
        let (at, _) = Instant::from_rfc3339_or_zoneless(&whole)?;
        Some(Self::At(at))
    }

    /// Epoch milliseconds: the first of a day for [`Edge::Since`], the last for [`Edge::Until`]. `as_of` is
    /// the data's last instant.
    pub fn ms(self, edge: Edge, as_of: i64) -> i64 {
        let day = |begin: i64| match edge {
            Edge::Since => begin,
            Edge::Until => begin.saturating_add(DAY_MS - 1),
        };
        let today = as_of.saturating_sub(as_of.rem_euclid(DAY_MS));
        match self {
            Self::At(at) => at.ms(),
            Self::Day(at) => day(at.ms()),
            Self::Ago(ms) => as_of.saturating_sub(i64::try_from(ms).unwrap_or(i64::MAX)),
            Self::Today => day(today),
            Self::Yesterday => day(today.saturating_sub(DAY_MS)),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => write!(f, "{at}"),
            Self::Day(at) => {
                let text = at.to_string();
                f.write_str(text.get(.."2026-10-01".len()).unwrap_or(&text))
            }
            Self::Ago(ms) if *ms == 0 => f.write_str("0s"),
            Self::Ago(ms) => f.write_str(&number::written(NumberField::Duration, *ms)),
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-10-15T13:30:00Z.
    const AS_OF: i64 = 1_792_071_000_000;

    fn edges(text: &str) -> (String, String) {
        let when = When::read(text).unwrap();
        let edge = |edge| Instant::from_ms(when.ms(edge, AS_OF)).unwrap().to_string();
        (edge(Edge::Since), edge(Edge::Until))
    }

    #[test]
    fn days_reach_from_their_first_to_their_last_instant() {
        for (text, since, until) in [
            (
                "2026-10-01",
                "2026-10-01T00:00:00.000Z",
                "2026-10-01T23:59:59.999Z",
            ),
            (
                "today",
                "2026-10-15T00:00:00.000Z",
                "2026-10-15T23:59:59.999Z",
            ),
            (
                "Yesterday",
                "2026-10-14T00:00:00.000Z",
                "2026-10-14T23:59:59.999Z",
            ),
        ] {
            assert_eq!(edges(text), (since.to_owned(), until.to_owned()), "{text}");
        }
    }

    #[test]
    fn instants_are_utc_unless_they_say_otherwise() {
        for (text, at) in [
            ("2026-10-01T08:00", "2026-10-01T08:00:00.000Z"),
            ("2026-10-01t08:00z", "2026-10-01T08:00:00.000Z"),
            ("2026-10-01T08:00+02:00", "2026-10-01T06:00:00.000Z"),
            ("2026-10-01T08:00:30.5", "2026-10-01T08:00:30.500Z"),
            ("1790841600", "2026-10-01T08:00:00.000Z"),
            ("1790841600123", "2026-10-01T08:00:00.123Z"),
            ("24h", "2026-10-14T13:30:00.000Z"),
            ("7d", "2026-10-08T13:30:00.000Z"),
        ] {
            assert_eq!(edges(text), (at.to_owned(), at.to_owned()), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_time() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-10-1",
            "7",
            "soon",
            "2026-10-01T25:00",
            "åååååååååå",
        ] {
            assert_eq!(When::read(text), None, "{text}");
        }
    }
}
