//! What a lane holds on the pixel grid before it becomes bars: a session wide enough to stand for
//! itself, or narrow neighbours merged.

use super::frame::{COLUMN, LaneBar};
use super::pixel_grid::PixelGrid;

/// A session on the pixel grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub bar: LaneBar,
    /// First pixel.
    pub a: i64,
    /// One past its last pixel, light part included; at least one past `a`.
    pub b: i64,
}

impl Placed {
    pub fn new(mut bar: LaneBar, grid: &PixelGrid) -> Self {
        bar.solid_until = bar.solid_until.max(bar.start);
        bar.light_until = bar.light_until.max(bar.solid_until);
        let a = grid.px(bar.start);
        let b = grid.px(bar.light_until).max(a + grid.sizes.least);
        Self { bar, a, b }
    }

    /// For how long it is known to have been up, at least a millisecond.
    pub fn covered(&self) -> i64 {
        self.bar.covered.max(1)
    }
}

/// One bar to be, or several if the session has segments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// The session; of merged ones the first.
    pub first: Placed,
    /// First pixel.
    pub a: i64,
    /// One past the last pixel.
    pub b: i64,
    /// Not to reach beyond this pixel, for the sake of the neighbour at the right.
    pub limit: i64,
    pub colour: u8,
    /// How many sessions; 0 once merged into another.
    pub count: u32,
    /// Sub-row.
    pub sub: u8,
    /// Continues in the next item without a gap.
    pub joined: bool,
    /// One of its sessions is new to the visitor.
    pub fresh: bool,
}

/// The height of a column as a sub-row.
fn column(level: u8) -> u8 {
    let most = u32::from(u8::MAX - COLUMN);
    COLUMN + (u32::from(level) * most / u32::from(u8::MAX)) as u8
}

impl Item {
    pub fn single(placed: Placed) -> Self {
        Self {
            first: placed,
            a: placed.a,
            b: placed.b,
            limit: i64::MAX,
            colour: placed.bar.colour,
            count: placed.bar.count,
            sub: placed.bar.level.map_or(0, column),
            joined: false,
            fresh: placed.bar.fresh,
        }
    }

    /// One past the last pixel that it may draw on.
    pub fn end(&self, grid: &PixelGrid) -> i64 {
        let wanted = self.b.max(self.a + grid.sizes.wanted);
        wanted.min(self.limit).max(self.a + grid.sizes.least)
    }
}

/// Time covered by colour.
#[derive(Debug, Default)]
pub(super) struct Tally(Vec<(u8, i64)>);

impl Tally {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn add(&mut self, colour: u8, ms: i64) {
        match self.0.iter_mut().find(|(known, _)| *known == colour) {
            Some((_, sum)) => *sum = sum.saturating_add(ms),
            None => self.0.push((colour, ms)),
        }
    }

    /// The colour that covers most, the earlier one of equals; 0 where there is none.
    pub fn dominant(&self) -> u8 {
        let mut best = (0, 0);
        for &(colour, ms) in &self.0 {
            if ms > best.1 {
                best = (colour, ms);
            }
        }
        best.0
    }
}
