//! Where things sit inside a lane, in device pixels: shared by the painter and the hit test, so
//! that what is seen is what is hit.

use super::frame::{COLUMN, Row, RowKind};

/// A lane lower than this, in CSS pixels, has text of its own height, and bars that leave room for little else.
const LOW_PX: f32 = 13.0;
/// How much of a row a bar takes: of a low one more, so that its text stands on it.
const SHARE: f32 = 0.5;
const SHARE_OF_LOW: f32 = 0.7;

impl Row {
    /// Whether it is a lane that is too low for text of the usual size.
    pub fn is_low(&self) -> bool {
        matches!(self.kind, RowKind::Lane(_)) && self.height < LOW_PX
    }
}

/// The heights inside a row, in device pixels from the top of the canvas. Edges are whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneBox {
    /// Upper edge of the row.
    pub top: i32,
    /// One past the last line of the row: the separator is the line above it.
    pub bottom: i32,
    /// Upper edge of the bars.
    pub bar_top: i32,
    /// One past the last line of the bars.
    pub bar_bottom: i32,
    /// Between the two sub-rows.
    gap: i32,
}

impl LaneBox {
    /// The box of a row. `scroll_y` is what of the list lies above the canvas, in CSS pixels;
    /// `ratio` is device pixels per CSS pixel. Bars take half the height, in the middle; more of a low row.
    pub fn new(row: &Row, scroll_y: f32, ratio: f32) -> Self {
        let device = |css: f32| ((css - scroll_y) * ratio).round() as i32;
        let top = device(row.y);
        let bottom = device(row.y + row.height).max(top);
        let height = bottom.saturating_sub(top);
        let share = if row.is_low() { SHARE_OF_LOW } else { SHARE };
        let bar = ((row.height * share * ratio).round() as i32)
            .max(2)
            .min(height);
        let bar_top = top.saturating_add((height - bar) / 2);
        Self {
            top,
            bottom,
            bar_top,
            bar_bottom: bar_top.saturating_add(bar),
            gap: ((ratio.round() as i32).max(1)).min((bar - 2).max(0)),
        }
    }

    /// Upper edge of the marks of events, `height` pixels tall: above the bars, in a row of marks alone in the middle.
    pub(super) fn mark_top(&self, kind: RowKind, height: i32, offset: i32) -> i32 {
        if matches!(kind, RowKind::Track(..)) {
            return self.top + (self.bottom - self.top - height) / 2;
        }
        // Keeps clear of the bars in low rows.
        (self.top + offset).min(self.bar_top - height).max(self.top)
    }

    /// Upper and lower edge of a bar in this sub-row.
    pub fn bar(&self, sub: u8) -> (i32, i32) {
        let half = (self.bar_bottom - self.bar_top - self.gap) / 2;
        match sub {
            0 => (self.bar_top, self.bar_bottom),
            1 => (self.bar_top, self.bar_top + half),
            COLUMN.. => {
                let room = (self.bottom - self.top)
                    .saturating_sub(4 * self.gap.max(1))
                    .max(2);
                let share = i32::from(sub - COLUMN);
                let tall = (room * share / i32::from(u8::MAX - COLUMN)).max(2);
                let foot = self.bottom - 2 * self.gap.max(1);
                (foot - tall, foot)
            }
            _ => (self.bar_bottom - half, self.bar_bottom),
        }
    }
}

/// Size of an event's mark in device pixels: (half its width, height, upper edge from the row's
/// top).
pub(super) fn mark_size(ratio: f32) -> (i32, i32, i32) {
    let px = |css: f32| ((css * ratio).round() as i32).max(1);
    (px(3.0), px(4.0), px(1.0))
}
