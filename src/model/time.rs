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
        if let Some(instant) = from_whole_seconds(text.as_bytes()) {
            return Some(instant);
        }
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

/// What vendors write most, `2026-03-02T09:00:00Z`, in a tenth of the time. Null for any other spelling.
fn from_whole_seconds(text: &[u8]) -> Option<Instant> {
    let [
        y0,
        y1,
        y2,
        y3,
        b'-',
        m0,
        m1,
        b'-',
        d0,
        d1,
        b'T',
        h0,
        h1,
        b':',
        n0,
        n1,
        b':',
        s0,
        s1,
        b'Z',
    ] = *text
    else {
        return None;
    };
    let mut highest = 0;
    let mut two = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        highest = highest.max(tens).max(ones);
        u32::from(tens) * 10 + u32::from(ones)
    };
    let (year, month, day) = (two(y0, y1) * 100 + two(y2, y3), two(m0, m1), two(d0, d1));
    let (hour, minute, second) = (two(h0, h1), two(n0, n1), two(s0, s1));
    // Some years have a 29 February, some days a second 60: those take the long way.
    let longest = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if highest > 9 || !(1..=longest).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Days since 1 March of the year 0, in years that begin with March and so end with the day that some lack.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year.checked_sub(1)?, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    let seconds = i64::from(days) * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    // 1970-01-01 is day 719,468.
    Some(Instant((seconds - 719_468 * 86_400) * 1000))
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
    fn every_day_is_read_as_the_long_way_reads_it() {
        let long_way = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .ok()
                .and_then(|t| Instant::from_ms(t.timestamp_millis()))
                .map(Instant::ms)
        };
        for year in [
            0, 1, 3, 4, 99, 100, 400, 1582, 1899, 1900, 1969, 1970, 2000, 2024, 2026, 2100, 9999,
        ] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                for time in [
                    "00:00:00", "23:59:59", "09:08:07", "24:00:00", "23:60:00", "23:59:60",
                ] {
                    let text = format!("{year:04}-{month:02}-{day:02}T{time}Z");
                    assert_eq!(
                        Instant::from_rfc3339(&text).map(Instant::ms),
                        long_way(&text),
                        "{text}"
                    );
                }
            }
        }
        let usual = b"2026-03-02T09:00:00Z";
        assert_eq!(
            from_whole_seconds(usual).map(Instant::ms),
            Some(1_772_442_000_000)
        );
        for at in 0..usual.len() {
            for byte in 0..=0x7f {
                let mut text = *usual;
                text[at] = byte;
                let text = std::str::from_utf8(&text).unwrap();
                assert_eq!(
                    Instant::from_rfc3339(text).map(Instant::ms),
                    long_way(text),
                    "{text}"
                );
            }
        }
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
