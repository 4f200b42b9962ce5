//! Instants. UTC everywhere: RFC 3339 with milliseconds and `Z` in JSON, epoch milliseconds inside.

use std::fmt;

use chrono::{DateTime, SecondsFormat};
use serde::{Serialize, Serializer};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

/// The last instant of the year 9999, the last that RFC 3339 can write.
const MAX_MS: i64 = 253_402_300_799_999;
/// From here on an epoch number of unknown unit is read as milliseconds, below it as seconds
/// (1e11 s is the year 5138, 1e11 ms is March 1973).
const SECONDS_BELOW: i64 = 100_000_000_000;

impl Instant {
    /// From epoch milliseconds; null outside the years 0 to 9999.
    pub fn from_ms(ms: i64) -> Option<Self> {
        (-62_167_219_200_000..=MAX_MS)
            .contains(&ms)
            .then_some(Self(ms))
    }

    /// From epoch seconds; null outside the years 0 to 9999.
    pub fn from_s(s: i64) -> Option<Self> {
        s.checked_mul(1000).and_then(Self::from_ms)
    }

    /// From an epoch number whose unit no document tells: milliseconds from 1e11 on, else seconds.
    pub fn from_epoch_of_unknown_unit(n: i64) -> Option<Self> {
        if n.abs() >= SECONDS_BELOW {
            Self::from_ms(n)
        } else {
            Self::from_s(n)
        }
    }

    /// Reads RFC 3339 (`2026-03-02T09:00:00Z`, fractions and offsets allowed). Null when unreadable.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .and_then(|t| Self::from_ms(t.timestamp_millis()))
    }

    /// Reads RFC 3339, or the same without a zone, which is then taken as UTC. The flag is true
    /// where the zone was missing. Null when unreadable.
    pub fn from_rfc3339_or_zoneless(text: &str) -> Option<(Self, bool)> {
        if let Some(instant) = Self::from_rfc3339(text) {
            return Some((instant, false));
        }
        Self::from_rfc3339(&format!("{text}Z")).map(|instant| (instant, true))
    }

    /// Epoch milliseconds.
    pub fn ms(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::from_timestamp_millis(self.0) {
            Some(t) => f.write_str(&t.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => write!(f, "{} ms", self.0),
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_utc_with_milliseconds() {
        for (text, printed) in [
            ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00.000Z"),
            ("2026-03-02T09:00:00.507Z", "2026-03-02T09:00:00.507Z"),
            ("2026-03-02T10:30:00+01:30", "2026-03-02T09:00:00.000Z"),
        ] {
            let instant = Instant::from_rfc3339(text).unwrap();
            assert_eq!(instant.to_string(), printed);
        }
        assert_eq!(Instant::from_rfc3339("2026-03-02T09:00:00"), None);
        assert_eq!(Instant::from_rfc3339("yesterday"), None);
    }

    #[test]
    fn a_missing_zone_is_utc_and_flagged() {
        let (instant, zoneless) =
            Instant::from_rfc3339_or_zoneless("2026-03-02T09:00:00.5").unwrap();
        assert_eq!(instant.to_string(), "2026-03-02T09:00:00.500Z");
        assert!(zoneless);
    }

    #[test]
    fn an_epoch_of_unknown_unit_goes_by_its_size() {
        let s = Instant::from_epoch_of_unknown_unit(1_770_000_000);
        let ms = Instant::from_epoch_of_unknown_unit(1_770_000_000_000);
        assert_eq!(s, ms);
    }
}
