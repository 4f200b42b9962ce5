//! Which rows of a table are in view at which place of the scroll bar. Browsers draw nothing beyond some
//! height (Firefox 17.9 million pixels, Chromium 33 million), so that a table of a million rows
//! cannot be as high as its rows together. Above a limit the scroll bar is a scale of all rows, while
//! small moves (wheel, keys, fingers) stay exact to the pixel: the rows are shifted against the bar, and
//! the bar catches up when it rests.

/// No table is made higher, CSS pixels.
const HIGHEST_PX: f64 = 8_000_000.0;
/// Moves up to this, or one and a half views, are small. A pixel of the bar stands for much more than
/// that wherever the scale is not one to one.
const SMALL_PX: f64 = 1_000.0;
/// Rows that are drawn above and below what is in view, and in what steps.
const STEP: u32 = 10;

/// Where a table is scrolled to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scroll {
    rows: u32,
    row_px: f64,
    view_px: f64,
    highest_px: f64,
    /// The scroll bar's own place.
    at_px: f64,
    /// How far the rows are shifted up against it.
    shift_px: f64,
}

impl Default for Scroll {
    fn default() -> Self {
        Self::new(24.0)
    }
}

impl Scroll {
    /// An empty table with rows of that height.
    pub fn new(row_px: f64) -> Self {
        Self {
            rows: 0,
            row_px,
            view_px: 0.0,
            highest_px: HIGHEST_PX,
            at_px: 0.0,
            shift_px: 0.0,
        }
    }

    fn full_px(&self) -> f64 {
        f64::from(self.rows) * self.row_px
    }

    fn is_scaled(&self) -> bool {
        self.full_px() > self.highest_px
    }

    /// The height to give to what is scrolled.
    pub fn height_px(&self) -> f64 {
        self.full_px().min(self.highest_px)
    }

    /// How far the bar can go, and how far the rows can.
    fn ends(&self) -> (f64, f64) {
        let end = |height: f64| (height - self.view_px).max(0.0);
        (end(self.height_px()), end(self.full_px()))
    }

    /// What of the rows lies above the view, in pixels.
    fn top_px(&self) -> f64 {
        self.at_px + self.shift_px
    }

    /// The table has so many rows now, and so much of it is in view.
    pub fn resize(&mut self, rows: u32, view_px: f64) {
        self.rows = rows;
        self.view_px = view_px;
        let (end, last) = self.ends();
        self.at_px = within(self.at_px, 0.0, end);
        self.shift_px = if self.is_scaled() {
            within(self.shift_px, -self.at_px, last - self.at_px)
        } else {
            0.0
        };
    }

    /// The bar was moved there.
    pub fn moved(&mut self, at_px: f64) {
        let (end, last) = self.ends();
        let at_px = within(at_px, 0.0, end);
        let by = (at_px - self.at_px).abs();
        self.at_px = at_px;
        self.shift_px = if !self.is_scaled() || at_px <= 0.0 {
            0.0
        } else if at_px >= end - 0.5 {
            last - at_px
        } else if by <= SMALL_PX.max(self.view_px * 1.5) {
            within(self.shift_px, -at_px, last - at_px)
        } else {
            at_px / end * last - at_px
        };
    }

    /// The bar came near its end while the rows did not: it should catch up at once.
    pub fn is_cornered(&self) -> bool {
        let (end, last) = self.ends();
        let near = self.view_px * 3.0;
        let far = self.view_px * 6.0;
        let top = self.top_px();
        (self.at_px < near && top > far) || (end - self.at_px < near && last - top > far)
    }

    /// The bar rests: where it should stand for the rows in view, which stay where they are. Null where
    /// it stands there.
    pub fn caught_up(&mut self) -> Option<f64> {
        let (end, last) = self.ends();
        if !self.is_scaled() || last <= 0.0 {
            return None;
        }
        let top = self.top_px();
        let at = (top / last * end).round();
        if (at - self.at_px).abs() < 1.0 {
            return None;
        }
        self.at_px = at;
        self.shift_px = top - at;
        Some(at)
    }

    /// Brings a row into view. Where the bar must go; null where the row is in view.
    pub fn reveal(&mut self, row: u32) -> Option<f64> {
        let above = f64::from(row) * self.row_px;
        let below = above + self.row_px - self.view_px;
        let top = self.top_px();
        let wanted = if above < top {
            above
        } else if below > top {
            below.min(above)
        } else {
            return None;
        };
        let (end, last) = self.ends();
        let wanted = within(wanted, 0.0, last);
        let at = self.at_px + wanted - top;
        let is_small = (wanted - top).abs() <= SMALL_PX.max(self.view_px * 1.5);
        self.at_px = if !self.is_scaled() {
            wanted
        } else if is_small && at >= 1.0 && at <= end - 1.0 {
            at
        } else {
            (wanted / last * end).round()
        };
        self.shift_px = wanted - self.at_px;
        Some(self.at_px)
    }

    /// Number of the first row that is in view, in part or whole.
    pub fn first_row(&self) -> u32 {
        (self.top_px() / self.row_px).max(0.0) as u32
    }

    /// How many whole rows are in view.
    pub fn page_rows(&self) -> u32 {
        (self.view_px / self.row_px).max(1.0) as u32
    }

    /// Number of the first row to draw, and how many: what is in view and some around it, in steps, so
    /// that others are asked for only now and then.
    pub fn drawn(&self) -> (u32, u32) {
        let first = self.first_row().saturating_sub(STEP) / STEP * STEP;
        let count = (self.page_rows() + 3 * STEP).div_ceil(STEP) * STEP;
        (first, count)
    }

    /// Where a row lies in what is scrolled.
    pub fn place_of(&self, row: u32) -> f64 {
        f64::from(row) * self.row_px - self.shift_px
    }
}

/// The nearest number between two. The standard library's own says in words what it does not like, and
/// for that brings along all that writes floats.
fn within(number: f64, least: f64, most: f64) -> f64 {
    number.max(least).min(most)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "places are whole pixels")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VIEW: f64 = 300.0;

    fn table(rows: u32) -> Scroll {
        let mut scroll = Scroll::default();
        scroll.resize(rows, VIEW);
        scroll
    }

    fn same(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-6, "{one} is not {other}");
    }

    /// The row at the upper edge of the view, and how far it is cut off.
    fn upper(scroll: &Scroll) -> (u32, f64) {
        let row = scroll.first_row();
        (row, scroll.at_px - scroll.place_of(row))
    }

    #[test]
    fn a_short_table_is_as_high_as_its_rows() {
        let mut scroll = table(100_000);
        same(scroll.height_px(), 2_400_000.0);
        scroll.moved(1_234_567.0);
        assert_eq!(upper(&scroll), (51_440, 7.0));
        same(scroll.place_of(51_440), 51_440.0 * 24.0);
        assert_eq!(scroll.caught_up(), None);
    }

    #[test]
    fn a_million_rows_have_both_their_ends() {
        let mut scroll = table(1_000_000);
        same(scroll.height_px(), HIGHEST_PX);
        scroll.moved(HIGHEST_PX - VIEW);
        let last = scroll.place_of(999_999) + 24.0;
        same(last, HIGHEST_PX);
        assert_eq!(scroll.first_row(), 999_987);
        scroll.moved(0.0);
        assert_eq!(upper(&scroll), (0, 0.0));
        // The middle of the bar is the middle of the rows.
        scroll.moved((HIGHEST_PX - VIEW) / 2.0);
        assert!(scroll.first_row().abs_diff(500_000) < 10);
    }

    #[test]
    fn small_moves_are_exact_and_the_bar_catches_up() {
        let mut scroll = table(1_000_000);
        scroll.moved(4_000_000.0);
        let (row, cut) = upper(&scroll);
        let at = scroll.at_px;
        for step in 1..=50 {
            scroll.moved(at + f64::from(step) * 24.0);
        }
        let (next, next_cut) = upper(&scroll);
        assert_eq!(next, row + 50);
        assert!((next_cut - cut).abs() < 1e-6);
        let before = upper(&scroll);
        let at = scroll.caught_up().unwrap();
        assert!(at < 4_000_600.0, "{at}");
        assert_eq!(upper(&scroll).0, before.0);
        assert_eq!(scroll.caught_up(), None);
        // The browser says where it put the bar: nothing moves.
        scroll.moved(at);
        assert_eq!(upper(&scroll).0, before.0);
    }

    #[test]
    fn a_bar_that_comes_to_its_end_too_early_is_cornered() {
        let mut scroll = table(1_000_000);
        for step in 1..200 {
            scroll.moved(f64::from(step) * 600.0);
        }
        assert!(!scroll.is_cornered());
        scroll.caught_up();
        let at = scroll.at_px;
        let top = scroll.top_px();
        let mut step = 0.0;
        while !scroll.is_cornered() {
            step += 600.0;
            scroll.moved(at - step);
            assert!(step < 600.0 * 200.0, "never cornered");
        }
        assert!(scroll.top_px() > 0.0 && scroll.top_px() < top);
        let before = upper(&scroll).0;
        assert!(scroll.caught_up().is_some());
        assert_eq!(upper(&scroll).0, before);
    }

    #[test]
    fn a_row_is_revealed_and_no_further() {
        let mut scroll = table(1_000_000);
        assert_eq!(scroll.reveal(3), None);
        scroll.reveal(999_999);
        same(scroll.place_of(999_999) + 24.0, scroll.at_px + VIEW);
        scroll.reveal(999_980);
        same(scroll.place_of(999_980), scroll.at_px);
        scroll.reveal(0);
        assert_eq!((scroll.at_px, scroll.top_px()), (0.0, 0.0));
        let mut short = table(100);
        assert_eq!(short.reveal(50), Some(51.0 * 24.0 - VIEW));
    }

    #[test]
    fn fewer_rows_leave_no_empty_view() {
        let mut scroll = table(1_000_000);
        scroll.moved(7_999_000.0);
        scroll.resize(400_000, VIEW);
        assert!(scroll.first_row() < 400_000);
        scroll.resize(10, VIEW);
        assert_eq!((scroll.first_row(), scroll.place_of(0)), (0, 0.0));
    }

    proptest! {
        #[test]
        fn whatever_is_done_the_view_is_full_of_rows(
            rows in 1u32..2_000_000,
            acts in prop::collection::vec((0u8..4, 0.0f64..1.0), 1..40),
        ) {
            let mut scroll = table(rows);
            for (act, share) in acts {
                let (end, last) = scroll.ends();
                match act {
                    0 => scroll.moved(share * end),
                    1 => scroll.moved(scroll.at_px + share * 2000.0 - 1000.0),
                    2 => { scroll.caught_up(); }
                    _ => {
                        let row = (share * f64::from(rows)) as u32;
                        scroll.reveal(row);
                        let place = scroll.place_of(row) - scroll.at_px;
                        prop_assert!(place >= -0.01 && place + 24.0 <= VIEW + 0.01, "{place}");
                    }
                }
                prop_assert!(scroll.at_px >= 0.0 && scroll.at_px <= end);
                prop_assert!(scroll.top_px() >= -0.01 && scroll.top_px() <= last + 0.01);
                let (first, count) = scroll.drawn();
                prop_assert!(first <= scroll.first_row());
                prop_assert!(first + count >= (scroll.first_row() + scroll.page_rows() + 1).min(rows));
            }
        }
    }
}
