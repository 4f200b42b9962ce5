//! Soracom's wire to the model: the only home of its quirks. `event` reads session events and the
//! status log, `sim` reads SIMs and subscribers with the sessions inside them, `serving` reads cells
//! and networks, `stats` reads usage and tower positions.

mod event;
mod serving;
mod sim;
mod stats;

pub(super) use event::{session_event, status_change};
pub(super) use sim::sim;
pub(super) use stats::{air_stats, cell_location};

use crate::model::{Instant, Text, Warning};
use crate::provider::ReadError;
use crate::provider::json::Str;

/// Below this an epoch number in milliseconds would lie before March 1973, so it is no such thing.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
/// Soracom began in 2015: an earlier instant inside a session id is no instant.
const ULID_FROM_MS: i64 = 1_420_070_400_000;

/// Epoch milliseconds; 0 is none. The document fixes the unit, the magnitude only checks it.
fn milliseconds(field: &str, value: Option<i64>) -> Result<Option<Instant>, ReadError> {
    match value {
        None | Some(0) => Ok(None),
        Some(ms) => (ms >= MILLISECONDS_FROM)
            .then(|| Instant::from_ms(ms))
            .flatten()
            .map(Some)
            .ok_or_else(|| ReadError::bad(field, "not an instant in epoch milliseconds")),
    }
}

/// The text, borrowed; null and empty are none.
fn some<'b>(value: Option<&'b Str<'_>>) -> Option<Text<'b>> {
    value
        .filter(|text| !text.0.is_empty())
        .map(|text| Text::Borrowed(text.0.as_ref()))
}

/// A list of texts without the empty ones.
fn texts<'b, 'a: 'b>(values: impl IntoIterator<Item = &'b Str<'a>>) -> Vec<Text<'b>> {
    values
        .into_iter()
        .filter_map(|text| some(Some(text)))
        .collect()
}

/// The instant in a session id, where that is a ULID: its first ten characters are 48 bits of epoch
/// milliseconds. Undocumented; seen to lie up to 0.7 s before the recorded start.
fn ulid_instant(id: &str) -> Option<Instant> {
    const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    if id.len() != 26 {
        return None;
    }
    let mut ms: i64 = 0;
    for (at, byte) in id.bytes().enumerate() {
        let digit = CROCKFORD
            .iter()
            .position(|c| *c == byte.to_ascii_uppercase())?;
        if at == 0 && digit > 7 {
            return None;
        }
        if at < 10 {
            ms = ms << 5 | digit as i64;
        }
    }
    (ms >= ULID_FROM_MS).then(|| Instant::from_ms(ms)).flatten()
}

/// A time came without a zone and was taken as UTC.
fn zone_missing(field: &str) -> Warning {
    Warning {
        field: Some(field.to_owned()),
        ..Warning::new(
            "zone_missing",
            "A time came without a zone. It was read as UTC.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instant_inside_a_session_id_is_read() {
        // 1 770 000 000 000 ms is 01KGE3H900 in Crockford's base 32.
        let at = ulid_instant("01KGE3H900ZZZZZZZZZZZZZZZZ").unwrap();
        assert_eq!(at.ms(), 1_770_000_000_000);
        assert_eq!(ulid_instant("01KGE3H900"), None);
        assert_eq!(ulid_instant("01KGE3H900UUUUUUUUUUUUUUUU"), None);
        assert_eq!(ulid_instant("00000000000000000000000000"), None);
    }

    #[test]
    fn seconds_where_milliseconds_belong_are_not_an_instant() {
        assert!(milliseconds("time", Some(1_770_000_000)).is_err());
        assert_eq!(milliseconds("time", Some(0)), Ok(None));
        assert!(milliseconds("time", Some(1_770_000_000_000)).is_ok());
    }
}
