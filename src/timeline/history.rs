//! The ranges that were rested on, as a browser keeps its pages: back, forward, and a new one cuts
//! off what lay ahead.

/// So many are kept.
const MOST: usize = 100;

/// A range: left and right edge, epoch milliseconds, perhaps between two of them.
pub type Range = (f64, f64);

/// The ranges, and where in them the visitor is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    ranges: Vec<Range>,
    at: usize,
}

fn same(a: Range, b: Range) -> bool {
    (a.0 - b.0).abs() < 1.0 && (a.1 - b.1).abs() < 1.0
}

impl History {
    /// The visitor rests on a range.
    pub fn rest(&mut self, range: Range) {
        if self
            .ranges
            .get(self.at)
            .is_some_and(|now| same(*now, range))
        {
            return;
        }
        self.ranges.truncate(self.at + 1);
        self.ranges.push(range);
        if self.ranges.len() > MOST {
            self.ranges.remove(0);
        }
        self.at = self.ranges.len().saturating_sub(1);
    }

    /// What is shown at first; until the visitor moves, more data move it.
    pub fn start(&mut self, range: Range) {
        self.ranges = vec![range];
        self.at = 0;
    }

    /// Whether there is a range before `now`.
    pub fn can_go_back(&self, now: Range) -> bool {
        let rests = self.ranges.get(self.at).is_some_and(|at| same(*at, now));
        self.at > 0 || (!rests && !self.ranges.is_empty())
    }

    /// Whether there is a range after `now`.
    pub fn can_go_forward(&self, now: Range) -> bool {
        let rests = self.ranges.get(self.at).is_some_and(|at| same(*at, now));
        rests && self.at + 1 < self.ranges.len()
    }

    /// The range before the one that is shown, which is kept for the way forward.
    pub fn back(&mut self, now: Range) -> Option<Range> {
        self.rest(now);
        self.at = self.at.checked_sub(1)?;
        self.ranges.get(self.at).copied()
    }

    /// The range after the one that is shown.
    pub fn forward(&mut self, now: Range) -> Option<Range> {
        self.rest(now);
        let next = self.ranges.get(self.at + 1).copied()?;
        self.at += 1;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Range = (0.0, 10.0);
    const B: Range = (5.0, 15.0);
    const C: Range = (7.25, 9.5);

    fn through(ranges: &[Range]) -> History {
        let mut history = History::default();
        for range in ranges {
            history.rest(*range);
        }
        history
    }

    #[test]
    fn back_and_forward_lead_over_the_same_ranges() {
        let mut history = through(&[A, B, C]);
        assert_eq!(history.back(C), Some(B));
        assert_eq!(history.back(B), Some(A));
        assert_eq!((history.back(A), history.can_go_back(A)), (None, false));
        assert_eq!(history.forward(A), Some(B));
        assert_eq!(history.forward(B), Some(C));
        assert_eq!(
            (history.forward(C), history.can_go_forward(C)),
            (None, false)
        );
    }

    #[test]
    fn a_new_range_cuts_off_what_lay_ahead() {
        let mut history = through(&[A, B]);
        history.back(B);
        history.rest(C);
        assert_eq!(history.forward(C), None);
        assert_eq!(history.back(C), Some(A));
    }

    #[test]
    fn going_back_while_moving_returns_to_where_the_visitor_rested() {
        let mut history = through(&[A, B]);
        assert!(history.can_go_back(C));
        assert_eq!(history.back(C), Some(B));
        assert_eq!(history.forward(B), Some(C));
    }

    #[test]
    fn resting_on_the_same_range_again_is_nothing_new() {
        let mut history = through(&[A, A, (0.4, 10.4)]);
        assert!(!history.can_go_back((0.4, 10.4)));
        assert_eq!(history.back(A), None);
    }

    #[test]
    fn the_first_range_follows_the_data_until_the_visitor_moves() {
        let mut history = History::default();
        assert!(!history.can_go_back(A));
        history.start(A);
        history.start(B);
        history.rest(C);
        assert_eq!(history.back(C), Some(B));
        assert_eq!(history.back(B), None);
    }

    #[test]
    fn only_the_last_hundred_are_kept() {
        let mut history = History::default();
        for n in 0..150 {
            history.rest((f64::from(n) * 10.0, 2000.0));
        }
        let mut now = (1490.0, 2000.0);
        let mut steps = 0;
        while let Some(next) = history.back(now) {
            now = next;
            steps += 1;
        }
        assert_eq!((steps, now), (99, (500.0, 2000.0)));
    }
}
