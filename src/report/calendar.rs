//! Days and hours on the wall clock of a zone, which is handed in as its offsets: pure code knows no zone.

use chrono::{DateTime, Datelike};

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
    // Formatting by a pattern would weigh more than a table.
    Some(format!(
        "{:04}-{:02}-{:02}",
        at.year(),
        at.month(),
        at.day()
    ))
}

/// The table that [`offset_in`] reads: when a zone changes its offset between two instants, to the minute, as `offset_minutes`
/// tells it. Looked for in steps of two weeks, in longer ones where that would be more than a thousand.
pub fn offsets_between(offset_minutes: &dyn Fn(i64) -> i32, from: i64, to: i64) -> Vec<(i64, i32)> {
    const MOST_STEPS: i64 = 1000;
    let mut held = offset_minutes(from);
    let mut changes = vec![(from, held)];
    let step = (14 * DAY_MS).max(to.saturating_sub(from) / MOST_STEPS);
    let mut before = from;
    while before < to {
        let after = before.saturating_add(step).min(to);
        let offset = offset_minutes(after);
        if offset != held {
            let (mut early, mut late) = (before, after);
            while late - early > MINUTE_MS {
                // On full minutes of UTC, where zones change.
                let middle = early.midpoint(late).div_euclid(MINUTE_MS) * MINUTE_MS;
                let middle = middle.max(early.saturating_add(1));
                if offset_minutes(middle) == held {
                    early = middle;
                } else {
                    late = middle;
                }
            }
            changes.push((late, offset));
            held = offset;
        }
        before = after;
    }
    changes
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
        assert_eq!(date_of(-719_528).as_deref(), Some("0000-01-01"));
    }

    #[test]
    fn the_changes_of_a_zone_are_found_to_the_minute() {
        let (there, back) = (1_774_746_000_000, 1_792_890_000_000);
        let oslo = |ms: i64| {
            if (there..back).contains(&ms) { 120 } else { 60 }
        };
        let (from, to) = (there - 40 * DAY_MS - 12_345, back + 100 * DAY_MS + 1);
        let changes = offsets_between(&oslo, from, to);
        assert_eq!(changes, [(from, 60), (there, 120), (back, 60)]);
        assert_eq!(offsets_between(&oslo, from, from), [(from, 60)]);
        // However long it is, it comes to an end.
        assert!(offsets_between(&oslo, i64::MIN / 4, i64::MAX / 4).len() < 4);
    }
}
