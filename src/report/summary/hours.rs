//! Time by the hours of a zone: each stretch is added in the same time, however many hours it covers.

use crate::report::Calendar;
use crate::report::stretches::Summed;

/// More hours are not told apart: eleven years.
const MOST_HOURS: usize = 100_000;

/// Sums of time for each hour between two instants.
#[derive(Debug, Default)]
pub struct Hours {
    /// Where each hour begins, and where the last one ends.
    edges: Vec<i64>,
    sums: [Sums; 3],
}

#[derive(Debug, Default)]
struct Sums {
    /// What covers a part of an hour.
    parts: Vec<i64>,
    /// How many more cover this whole hour than the one before.
    more: Vec<i64>,
}

impl Hours {
    /// The hours between two instants; null where there are too many.
    pub fn new(calendar: Calendar<'_>, from: i64, to: i64) -> Option<Self> {
        let mut edges = vec![from];
        let mut at = from;
        while at < to {
            at = calendar.next_hour(at).min(to);
            edges.push(at);
            if edges.len() > MOST_HOURS {
                return None;
            }
        }
        let sums = || Sums {
            parts: vec![0; edges.len()],
            more: vec![0; edges.len()],
        };
        let sums = [sums(), sums(), sums()];
        Some(Self { edges, sums })
    }

    /// Adds a stretch of time, as far as it lies between the edges.
    pub fn add(&mut self, what: Summed, from: i64, to: i64) {
        let (Some(first), Some(last)) = (self.edges.first(), self.edges.last()) else {
            return;
        };
        let (from, to) = (from.max(*first), to.min(*last));
        let Some(sums) = self.sums.get_mut(what as usize).filter(|_| from < to) else {
            return;
        };
        let begins = self.edges.partition_point(|edge| *edge <= from) - 1;
        let ends = self.edges.partition_point(|edge| *edge < to) - 1;
        if begins == ends {
            sums.parts[begins] += to - from;
            return;
        }
        sums.parts[begins] += self.edges[begins + 1] - from;
        sums.parts[ends] += to - self.edges[ends];
        sums.more[begins + 1] += 1;
        sums.more[ends] -= 1;
    }

    /// Calls `each` with the begin of each hour, and its time online at least, at most, and known, in milliseconds.
    pub fn each(&self, each: &mut dyn FnMut(i64, [i64; 3])) {
        let mut whole = [0; 3];
        for (at, edges) in self.edges.windows(2).enumerate() {
            let length = edges[1] - edges[0];
            let mut time = [0; 3];
            for ((time, whole), sums) in time.iter_mut().zip(&mut whole).zip(&self.sums) {
                *whole += sums.more[at];
                *time = sums.parts[at] + *whole * length;
            }
            each(edges[0], time);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn too_many_hours_are_not_told_apart() {
        assert!(Hours::new(Calendar::utc(), 0, i64::MAX).is_none());
        let none = Hours::new(Calendar::utc(), 5, 5).unwrap();
        none.each(&mut |_, _| unreachable!());
    }

    proptest! {
        #[test]
        fn each_hour_has_what_lies_in_it(
            stretches in prop::collection::vec((-3i64..60, 0i64..40), 0..12),
        ) {
            let tenth = HOUR / 10;
            let (from, to) = (3 * tenth, 47 * tenth);
            let mut hours = Hours::new(Calendar::utc(), from, to).unwrap();
            for (begin, length) in &stretches {
                hours.add(Summed::Known, begin * tenth, (begin + length) * tenth);
            }
            let mut seen = 0;
            hours.each(&mut |begin, time| {
                let end = (begin.div_euclid(HOUR) * HOUR + HOUR).min(to);
                let inside = stretches.iter().map(|(at, length)| {
                    (((at + length) * tenth).min(end) - (at * tenth).max(begin)).max(0)
                });
                assert_eq!(time, [0, 0, inside.sum()]);
                seen += end - begin;
            });
            prop_assert_eq!(seen, to - from);
        }
    }
}
