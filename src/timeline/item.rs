//! What a lane holds on the pixel grid before it becomes bars: a session wide enough to stand for
//! itself, or narrow neighbours merged.

use super::frame::{BarFlags, COLUMN, LaneBar};
use super::pixel_grid::PixelGrid;

/// A session on the pixel grid, or several on one stretch of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// First pixel.
    pub a: i32,
    /// One past its last pixel, light part included; at least one past `a`.
    pub b: i32,
    /// One past the last pixel of its solid part, if that ends before the light one.
    pub solid: i32,
    pub session: u32,
    pub text: u32,
    pub count: u32,
    /// For how long it is known to have been up, at least a millisecond.
    pub covered: i64,
    pub colour: u8,
    pub flags: BarFlags,
    pub sub: u8,
    pub fresh: bool,
}

impl Placed {
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as of `lane::Placing`")]
    pub fn new(bar: &LaneBar, grid: &PixelGrid) -> Self {
        let solid_until = bar.solid_until.max(bar.start);
        let light_until = bar.light_until.max(solid_until);
        let a = grid.px(bar.start);
        let b = grid.px(light_until).max(a + grid.sizes.least);
        let solid = if solid_until < light_until && bar.count == 1 {
            grid.px(solid_until)
        } else {
            i32::MAX
        };
        Self {
            a,
            b,
            solid,
            session: bar.session,
            text: bar.text,
            count: bar.count,
            covered: bar.covered.max(1),
            colour: bar.colour,
            flags: bar.flags,
            sub: bar.level.map_or(0, column),
            fresh: bar.fresh,
        }
    }

    /// Whether it stands for itself, however near its neighbours are.
    pub fn is_wide(&self, grid: &PixelGrid) -> bool {
        self.count == 1 && self.b - self.a >= grid.sizes.wide
    }
}

/// The height of a column as a sub-row.
fn column(level: u8) -> u8 {
    let most = u32::from(u8::MAX - COLUMN);
    COLUMN + (u32::from(level) * most / u32::from(u8::MAX)) as u8
}

/// One bar to be, or several if the session has segments.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Item {
    /// Its place among the lane's sessions; of merged ones the first's.
    pub first: u32,
    /// First pixel.
    pub a: i32,
    /// One past the last pixel.
    pub b: i32,
    /// Not to reach beyond this pixel, for the sake of the neighbour at the right.
    pub limit: i32,
    /// How many sessions; 0 once merged into another.
    pub count: u32,
    pub colour: u8,
    /// Sub-row.
    pub sub: u8,
    /// Continues in the next item without a gap.
    pub joined: bool,
    /// One of its sessions is new to the visitor.
    pub fresh: bool,
}

impl Item {
    pub fn single(at: usize, placed: &Placed) -> Self {
        Self {
            first: at as u32,
            a: placed.a,
            b: placed.b,
            limit: i32::MAX,
            count: placed.count,
            colour: placed.colour,
            sub: placed.sub,
            joined: false,
            fresh: placed.fresh,
        }
    }

    /// One past the last pixel that it may draw on.
    pub fn end(&self, grid: &PixelGrid) -> i32 {
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
