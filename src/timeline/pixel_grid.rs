//! Where instants fall on whole device pixels. The grid is anchored at the epoch, not at the left
//! edge of the view: while the view pans at one scale, all that is drawn moves as one and nothing
//! is rounded or merged differently from one frame to the next.

use super::block::Merging;
use super::forest::Detail;
use super::frame::FrameQuery;

/// Positions are held within this many pixels of the frame's left edge. Far enough for the fade of
/// a bar that reaches far out of the view, near enough for `f32` to hold them exactly.
pub(super) const REACH: i32 = 1 << 20;
/// Added before rounding to the nearest. A little, so that an instant exactly between two pixels is not tipped to either side by
/// the last bit of a float.
const NUDGE: f64 = 0.0001;
/// From here on floats are whole numbers.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// Sizes in device pixels that decide what is told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    /// Narrowest that a bar is ever drawn.
    pub least: i32,
    /// Narrowest that a bar is drawn where there is room.
    pub wanted: i32,
    /// From this width on a bar stands for itself and is never merged.
    pub wide: i32,
    /// Kept free between neighbours.
    pub gap: i32,
    /// Merged bars are split by colour at multiples of two to the power of this.
    pub cell_bits: u32,
    /// From this width on a session shows its segments.
    pub segmented: i32,
    /// From this visible width on a bar gets a label.
    pub labelled: i32,
    /// From this visible width on the label of a merged bar has words.
    pub worded: i32,
    /// Events in the same stretch of this width share a mark.
    pub mark: i32,
    /// Width of a strip's buckets.
    pub bucket: i32,
    /// How far outside the view bars are still drawn.
    pub margin: i32,
}

impl Sizes {
    fn new(ratio: f64) -> Self {
        let px = |css: f64| ((css * ratio).round() as i32).max(1);
        let (gap, wanted) = (px(0.75), px(1.5).max(2));
        Self {
            least: px(0.75),
            wanted,
            wide: wanted + gap,
            gap,
            cell_bits: px(8.0).cast_unsigned().next_power_of_two().trailing_zeros(),
            segmented: px(6.0),
            labelled: px(36.0),
            worded: px(84.0),
            mark: px(6.0),
            bucket: px(3.0),
            margin: px(8.0),
        }
    }
}

/// The pixel grid of one view.
#[derive(Debug, Clone, Copy)]
pub(super) struct PixelGrid {
    from: i64,
    /// The same; instants are exact as floats but for those that mean "ever".
    from_ms: f64,
    ms_per_px: f64,
    px_per_ms: f64,
    /// What is added before a position is rounded to its pixel, counted from [`REACH`] pixels left of the view: how far the
    /// left edge lies right of its pixel's middle, and a nudge.
    offset: f64,
    /// Number of the left edge's pixel, counted from the epoch.
    origin: i64,
    /// The last pixel that there is, counted from [`REACH`] pixels left of the view.
    last: f64,
    /// Width of the view.
    pub width: i32,
    /// What is told apart.
    pub sizes: Sizes,
}

impl PixelGrid {
    pub fn new(query: &FrameQuery<'_>) -> Self {
        let width = at_least(query.width, 1.0, 1.0);
        let span = (query.to as f64 - query.from as f64).max(1.0);
        let ms_per_px = span / width;
        let edge = query.from as f64 / ms_per_px;
        let origin = (edge + 0.5 + NUDGE).floor();
        let whole_width = (width.ceil() as i32).min(REACH);
        Self {
            from: query.from,
            from_ms: query.from as f64,
            ms_per_px,
            px_per_ms: width / span,
            offset: edge - origin + NUDGE + f64::from(REACH),
            origin: origin as i64,
            last: f64::from(whole_width + 2 * REACH),
            width: whole_width,
            sizes: Sizes::new(at_least(query.ratio, 0.25, 1.0).min(16.0)),
        }
    }

    /// The pixel of an instant, counted from the left edge of the view, within [`REACH`].
    #[inline]
    pub fn px(&self, ms: i64) -> i32 {
        // Asked for every session of every picture.
        let x = (ms as f64 - self.from_ms) * self.px_per_ms + self.offset;
        let x = if x < self.last { x } else { self.last };
        // What is not a number is 0.
        let x = if x > 0.0 { x } else { 0.0 };
        // Rounded to a whole number by that addition, which is then all that its lower bits hold: quicker than a cast, which
        // must look for what does not fit.
        ((x + WHOLE).to_bits() as u32).cast_signed() - REACH
    }

    /// The instant of a pixel, to the millisecond.
    pub fn ms(&self, px: i32) -> i64 {
        self.from
            .saturating_add((f64::from(px) * self.ms_per_px) as i64)
    }

    /// Which stretch of `size` pixels a pixel lies in, counted alike in all views of this scale but
    /// for a constant.
    pub fn cell(&self, px: i32, size: i32) -> i32 {
        (px - self.first_cell(size)).div_euclid(size)
    }

    /// Which stretch of two to the power of `bits` pixels a pixel lies in, likewise.
    pub fn cell_of_bits(&self, px: i32, bits: u32) -> i64 {
        self.origin.wrapping_add(i64::from(px)) >> bits
    }

    /// Where the first stretch of `size` pixels begins that reaches into the view: 0 or left of it.
    pub fn first_cell(&self, size: i32) -> i32 {
        -(self.origin.rem_euclid(i64::from(size)) as i32)
    }

    /// How much of a lane's sessions is told apart: those of up to two pixels that lie a gap or less from each other, or begin
    /// within a bar's and a gap's width, make one chain anyway, over a stretch that shares a colour.
    pub fn detail<'a>(&self, px: &'a dyn Fn(i64) -> i64) -> Detail<'a> {
        let sizes = self.sizes;
        let ms = |px: i32| f64::from(px) * self.ms_per_px;
        let merging = Merging::new(
            ms(2 << sizes.cell_bits),
            ms(sizes.wide - sizes.least),
            ms(sizes.gap),
            ms(sizes.wanted + sizes.gap),
        );
        Detail {
            px,
            // Instants are whole milliseconds, and a pixel's edges are nudged.
            px_ms: (ms(1) as i64).saturating_add(2),
            merging: Some(merging),
        }
    }

    /// What the view asks of the lanes: its window with a margin, so that bars at its edges find the
    /// same neighbours when the view has moved on.
    pub fn window(&self) -> (i64, i64) {
        let margin = self.sizes.margin;
        (self.ms(-margin), self.ms(self.width + margin))
    }
}

fn at_least(value: f32, least: f64, otherwise: f64) -> f64 {
    if value.is_finite() {
        f64::from(value).max(least)
    } else {
        otherwise
    }
}
