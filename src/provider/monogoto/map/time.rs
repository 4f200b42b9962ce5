//! Times in every spelling that the vendor's undocumented fields may use.

use crate::model::{Instant, Warning};
use crate::provider::ReadError;

use super::super::wire::When;

/// Reads times, and gathers the warnings about them until the whole record is read.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub warnings: Vec<Warning>,
}

impl Times {
    /// The instant under `field`: RFC 3339, ISO without a zone (read as UTC and flagged), epoch
    /// seconds or milliseconds as a number or as digits. Null, empty and 0 are none.
    pub fn read(
        &mut self,
        field: &str,
        value: Option<&When<'_>>,
    ) -> Result<Option<Instant>, ReadError> {
        let bad = || ReadError::bad(field, "not a time");
        let number = match value {
            None => return Ok(None),
            Some(When::Text(text)) if text.is_empty() => return Ok(None),
            Some(When::Text(text)) if text.bytes().all(|b| b.is_ascii_digit()) => {
                text.parse().map_err(|_| bad())?
            }
            Some(When::Text(text)) => {
                let (at, zoneless) = Instant::from_rfc3339_or_zoneless(text).ok_or_else(bad)?;
                if zoneless {
                    self.warnings.push(Warning {
                        field: Some(field.to_owned()),
                        ..Warning::new(
                            "zone_missing",
                            "A time came without a zone. It was read as UTC.",
                        )
                    });
                }
                return Ok(Some(at));
            }
            Some(When::Epoch(number)) => *number,
            Some(When::Fraction(number)) => {
                let unit_ms = if number.abs() < SECONDS_BELOW {
                    1000.0
                } else {
                    1.0
                };
                // A number too large saturates and is then found to be no instant.
                (number * unit_ms) as i64
            }
        };
        match number {
            0 => Ok(None),
            n if n < 0 => Err(bad()),
            n => Instant::from_epoch_of_unknown_unit(n)
                .map(Some)
                .ok_or_else(bad),
        }
    }
}

/// As in [`Instant::from_epoch_of_unknown_unit`].
const SECONDS_BELOW: f64 = 1e11;

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(json: &str) -> Option<i64> {
        let value: Option<When<'_>> = serde_json::from_str(json).unwrap();
        Times::default()
            .read("t", value.as_ref())
            .unwrap()
            .map(Instant::ms)
    }

    #[test]
    fn every_spelling_is_the_same_instant() {
        for json in [
            "1770000000000",
            "1770000000",
            "1770000000.0",
            "1770000000000.25",
            "\"1770000000000\"",
            "\"1770000000\"",
            "\"2026-02-02T02:40:00Z\"",
            "\"2026-02-02T03:40:00.000+01:00\"",
            "\"2026-02-02T02:40:00\"",
            "\"2026-02-02 02:40:00.000\"",
        ] {
            assert_eq!(ms(json), Some(1_770_000_000_000), "{json}");
        }
    }

    #[test]
    fn none_has_several_spellings() {
        for json in ["null", "0", "0.0", "\"\"", "\"0\""] {
            assert_eq!(ms(json), None, "{json}");
        }
    }

    #[test]
    fn anything_else_is_unreadable() {
        for json in [
            "\"soon\"",
            "-5",
            "1e300",
            "\"99999999999999999999999\"",
            "18446744073709551615",
        ] {
            let value: When<'_> = serde_json::from_str(json).unwrap();
            assert!(Times::default().read("t", Some(&value)).is_err(), "{json}");
        }
    }
}
