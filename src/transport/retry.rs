//! Whether and when a failed call is made again: full jitter over a growing span, or the wait that the vendor names.

use crate::error::{Error, ErrorKind};

/// So often a call is made in all.
pub const TRIES: u32 = 5;
/// An answer that is not JSON is rarely a passing thing.
const TRIES_NOT_JSON: u32 = 2;
const FIRST_MS: u64 = 500;
const LONGEST_MS: u64 = 30_000;
/// A vendor that asks for more than this is not waited for: the visitor is told instead.
const LONGEST_NAMED_MS: u64 = 300_000;

/// Milliseconds to wait before the next try, after `tries` calls that failed; null where none follows.
pub fn wait_ms(error: &Error, tries: u32, random: &mut fastrand::Rng) -> Option<i64> {
    wait_after(error.kind, error.retry_after_ms, tries, random)
}

/// The same of any failure, by its kind and the wait that is named with it.
pub fn wait_after(
    kind: ErrorKind,
    named: Option<u64>,
    tries: u32,
    random: &mut fastrand::Rng,
) -> Option<i64> {
    let allowed = match kind {
        ErrorKind::NotJson => TRIES_NOT_JSON,
        _ => TRIES,
    };
    if !kind.is_temporary() || tries >= allowed {
        return None;
    }
    let wait = match named {
        Some(named) if named > LONGEST_NAMED_MS => return None,
        // A little more than named, so that waiting calls do not all come back at once.
        Some(named) => named + random.u64(0..=1000),
        None => {
            let grown = FIRST_MS.saturating_mul(1 << tries.min(16));
            random.u64(0..=grown.min(LONGEST_MS))
        }
    };
    i64::try_from(wait).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ProviderId;

    fn error(kind: ErrorKind, retry_after_ms: Option<u64>) -> Error {
        Error {
            retry_after_ms,
            ..Error::new(kind, ProviderId::Kore, "Sims")
        }
    }

    #[test]
    fn the_span_grows_is_bounded_and_used_whole() {
        let mut random = fastrand::Rng::with_seed(7);
        let waits: Vec<i64> = (0..2000)
            .filter_map(|_| wait_ms(&error(ErrorKind::Outage, None), 3, &mut random))
            .collect();
        assert!(waits.iter().all(|wait| (0..=4000).contains(wait)));
        assert!(waits.iter().any(|wait| *wait < 400) && waits.iter().any(|wait| *wait > 3600));
        assert_eq!(
            wait_ms(&error(ErrorKind::Outage, None), TRIES, &mut random),
            None
        );
    }

    #[test]
    fn a_named_wait_is_honoured_unless_it_is_absurd() {
        let mut random = fastrand::Rng::with_seed(7);
        let wait = wait_ms(&error(ErrorKind::RateLimited, Some(17_000)), 1, &mut random);
        assert!((17_000..=18_000).contains(&wait.unwrap()));
        let day = error(ErrorKind::RateLimited, Some(86_400_000));
        assert_eq!(wait_ms(&day, 1, &mut random), None);
    }

    #[test]
    fn what_cannot_get_better_is_not_tried_again() {
        let mut random = fastrand::Rng::with_seed(7);
        for kind in [
            ErrorKind::BadSecret,
            ErrorKind::CrossOrigin,
            ErrorKind::NotFound,
            ErrorKind::Offline,
        ] {
            assert_eq!(wait_ms(&error(kind, None), 1, &mut random), None);
        }
    }
}
