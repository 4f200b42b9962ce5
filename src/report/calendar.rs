//! Days and hours on the wall clock of a zone, which is handed in as its offsets: pure code knows no zone.

use chrono::DateTime;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// The calendar of a zone.
#[derive(Clone, Copy)]
pub struct Calendar<'a> {
    /// Minutes east of UTC at an instant, epoch milliseconds.
    offset_minutes: &'a dyn Fn(i64) -> i32,
}

impl<'a> Calendar<'a> {
    /// Of a zone that is known by its offsets: minutes east of UTC at an instant (epoch milliseconds). It is asked for
    /// each row, so it should look up what it has: see [`offset_in`].
    pub fn new(offset_minutes: &'a dyn Fn(i64) -> i32) -> Self {
        Self { offset_minutes }
    }

    fn local(self, ms: i64) -> i64 {
        ms.saturating_add(i64::from((self.offset_minutes)(ms)) * MINUTE_MS)
    }

    /// The day of an instant, counted from 1970-01-01.
    pub fn day_of(self, ms: i64) -> i64 {
        self.local(ms).div_euclid(DAY_MS)
    }

    /// The hour of the day of an instant, 0 to 23.
    pub fn hour_of(self, ms: i64) -> u32 {
        (self.local(ms).rem_euclid(DAY_MS) / HOUR_MS) as u32
    }

    /// The next instant at which the clock shows a full hour. A zone that changes its offset within an hour does so, for
    /// a report, at its end.
    pub(super) fn next_hour(self, ms: i64) -> i64 {
        ms.saturating_add(HOUR_MS - self.local(ms).rem_euclid(HOUR_MS))
    }
}

impl Calendar<'static> {
    /// UTC's.
    pub fn utc() -> Self {
        Self {
            offset_minutes: &|_| 0,
        }
    }
}

/// The offset that holds at an instant, of a table of changes in time's order: since when (epoch milliseconds), and minutes
/// east of UTC. Before the first one that one holds; of an empty table 0.
pub fn offset_in(changes: &[(i64, i32)], ms: i64) -> i32 {
    let after = changes.partition_point(|(since, _)| *since <= ms);
    let holds = changes.get(after.saturating_sub(1));
    holds.map_or(0, |(_, minutes)| *minutes)
}

/// A day as ISO 8601 writes it: `2026-10-20`; null beyond what a calendar can say.
pub fn date_of(day: i64) -> Option<String> {
    let at = DateTime::from_timestamp_millis(day.checked_mul(DAY_MS)?)?;
    Some(at.format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_zone() {
        // 2026-10-25T01:00Z: summer time ends in Oslo.
        let change = 1_792_890_000_000;
        let changes = [(0, 120), (change, 60)];
        let offset = |ms| offset_in(&changes, ms);
        let oslo = Calendar::new(&offset);
        let midnight = change - 3 * HOUR_MS;
        let date = |ms| date_of(oslo.day_of(ms)).unwrap();
        assert_eq!(date(midnight - 1), "2026-10-24");
        assert_eq!(date(midnight), "2026-10-25");
        // The day has 25 hours, and the third comes twice.
        assert_eq!(date(midnight + 25 * HOUR_MS - 1), "2026-10-25");
        assert_eq!((oslo.hour_of(change - 1), oslo.hour_of(change)), (2, 2));
        assert_eq!(oslo.next_hour(change - 1), change);
        assert_eq!(oslo.next_hour(change), change + HOUR_MS);
        assert_eq!(Calendar::utc().hour_of(-1), 23);
        assert_eq!((offset_in(&[], 5), offset_in(&changes, -5)), (0, 120));
        assert_eq!(date_of(i64::MAX), None);
    }
}
