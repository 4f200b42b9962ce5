//! How fast a vendor is asked: evenly spaced starts below half of its limit, few at once, and slower while it asks for that.

use crate::provider::connection::Pace;

/// Requests under way at once, per source.
pub const AT_ONCE: u32 = 4;
/// After so many good answers in a row one more may be under way again.
const GOOD_IN_A_ROW: u32 = 20;

/// When the next request may start.
#[derive(Debug, Clone)]
pub struct Pacer {
    /// Milliseconds between two starts.
    interval_ms: i64,
    /// Milliseconds between two starts that the vendor's headers ask for, until the given instant.
    quota: Option<(i64, i64)>,
    /// Nothing starts before this instant.
    not_before: i64,
    at_once: u32,
    good: u32,
}

impl Pacer {
    /// The pace of a vendor.
    pub fn new(pace: &Pace) -> Self {
        Self {
            interval_ms: (60_000 / i64::from(pace.allowed_per_minute())).max(1),
            quota: None,
            not_before: i64::MIN,
            at_once: AT_ONCE,
            good: 0,
        }
    }

    /// Milliseconds between two starts, now.
    pub fn interval_ms(&self, now: i64) -> i64 {
        match self.quota {
            Some((interval, until)) if now < until => interval.max(self.interval_ms),
            _ => self.interval_ms,
        }
    }

    /// When a request may start, with so many under way; null while there are too many.
    pub fn opens_at(&self, under_way: usize) -> Option<i64> {
        (under_way < self.at_once as usize).then_some(self.not_before)
    }

    /// A request starts.
    pub fn started(&mut self, now: i64) {
        self.not_before = self
            .not_before
            .max(now.saturating_add(self.interval_ms(now)));
    }

    /// A good answer came.
    pub fn good(&mut self) {
        self.good += 1;
        if self.good >= GOOD_IN_A_ROW {
            self.good = 0;
            self.at_once = (self.at_once + 1).min(AT_ONCE);
        }
    }

    /// The vendor wants fewer calls: half as many at once, and none for that long.
    pub fn hold(&mut self, now: i64, for_ms: i64) {
        self.good = 0;
        self.at_once = (self.at_once / 2).max(1);
        self.not_before = self.not_before.max(now.saturating_add(for_ms));
    }

    /// The vendor's headers: so many calls are left for so many milliseconds. Half of them are left to the visitor's production.
    pub fn quota(&mut self, now: i64, left: u32, for_ms: u64) {
        let for_ms = i64::try_from(for_ms).unwrap_or(60_000).min(3_600_000);
        let share = i64::from(left / 2).max(1);
        self.quota = Some((for_ms / share, now.saturating_add(for_ms)));
        if left == 0 {
            self.not_before = self.not_before.max(now.saturating_add(for_ms));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        calls_per_minute: Some(500),
        assumed_per_minute: 1,
    };

    #[test]
    fn half_of_the_limit_is_used() {
        let mut pacer = Pacer::new(&PACE);
        assert_eq!(pacer.opens_at(0), Some(i64::MIN));
        pacer.started(1000);
        assert_eq!(pacer.opens_at(3), Some(1240));
        assert_eq!(pacer.opens_at(4), None);
    }

    #[test]
    fn the_vendors_headers_slow_it_down_for_as_long_as_they_say() {
        let mut pacer = Pacer::new(&PACE);
        pacer.quota(0, 20, 60_000);
        assert_eq!(
            (pacer.interval_ms(0), pacer.interval_ms(60_000)),
            (6000, 240)
        );
        pacer.quota(0, 0, 10_000);
        assert_eq!(pacer.opens_at(0), Some(10_000));
    }

    #[test]
    fn a_hold_halves_what_is_under_way_and_good_answers_restore_it() {
        let mut pacer = Pacer::new(&PACE);
        pacer.hold(0, 5000);
        assert_eq!((pacer.opens_at(1), pacer.opens_at(2)), (Some(5000), None));
        for _ in 0..2 * GOOD_IN_A_ROW {
            pacer.good();
        }
        assert_eq!(pacer.opens_at(3), Some(5000));
    }
}
