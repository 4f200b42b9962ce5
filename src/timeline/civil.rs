//! Wall-clock time in a zone that is known by its offsets alone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

const MINUTE_MS: i64 = 60_000;

/// A zone: minutes east of UTC at an instant (epoch milliseconds).
#[derive(Clone, Copy)]
pub(super) struct Zone<'a>(pub &'a dyn Fn(i64) -> i32);

impl Zone<'_> {
    fn offset(self, ms: i64) -> i64 {
        i64::from((self.0)(ms)) * MINUTE_MS
    }

    /// What the wall clock shows, as milliseconds since 1970-01-01T00:00 on that clock.
    pub fn local(self, ms: i64) -> i64 {
        ms.saturating_add(self.offset(ms))
    }

    /// The first instant at which the wall clock shows `local`; where it is put forward over that
    /// time, the instant at which that is done.
    pub fn instant(self, local: i64) -> i64 {
        let day = 86_400_000;
        // No zone is a day off, so these are the offsets before and after any change near `local`.
        let before = local.saturating_sub(self.offset(local.saturating_sub(day)));
        let after = local.saturating_sub(self.offset(local.saturating_add(day)));
        let shows = |ms: i64| self.local(ms) == local;
        match (shows(before), shows(after)) {
            (true, true) => before.min(after),
            (true, false) => before,
            (false, true) => after,
            (false, false) => self.change_at(local, before.max(after)),
        }
    }

    /// The instant near `guess` from which on the clock shows `local` or later: found by halving.
    fn change_at(self, local: i64, guess: i64) -> i64 {
        let (mut early, mut late) = (
            guess.saturating_sub(86_400_000),
            guess.saturating_add(86_400_000),
        );
        while late.saturating_sub(early) > 1 {
            let middle = early.midpoint(late);
            if self.local(middle) >= local {
                late = middle;
            } else {
                early = middle;
            }
        }
        late
    }
}

/// Date and time of wall-clock milliseconds; null beyond what the calendar can say.
pub(super) fn date_time(local: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_millis(local).map(|t| t.naive_utc())
}

/// Wall-clock milliseconds of the first of a month; months are counted from the year 0.
pub(super) fn month_start(month: i64) -> Option<i64> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    let date = NaiveDate::from_ymd_opt(year, month.rem_euclid(12) as u32 + 1, 1)?;
    Some(
        date.and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp_millis(),
    )
}

/// The month of wall-clock milliseconds, counted from the year 0.
pub(super) fn month_of(local: i64) -> Option<i64> {
    date_time(local).map(|t| i64::from(t.year()) * 12 + i64::from(t.month0()))
}
