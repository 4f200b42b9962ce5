//! Strips of group heads: a column per bucket, standing on the lower edge.

use super::canvas::Canvas;
use super::place::Placement;
use super::theme::Theme;
use crate::frame::Strip;
use crate::geometry::LaneBox;

/// Strength of 255 of the lowest columns.
const LOW: u32 = 130;

/// Draws a strip into the box of its row. Columns are in proportion to its own highest.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    strip: &Strip,
    row: &LaneBox,
    place: &Placement,
    theme: &Theme,
    ratio: f32,
) {
    let most = strip.counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return;
    }
    let unit = (ratio.round() as i32).max(1);
    let bottom = row.bottom - 3 * unit;
    let room = ((row.bottom - row.top) * 2 / 5).max(1);
    for (i, &count) in strip.counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        let left = place.x(strip.x0 + i as f32 * strip.bucket);
        let right = place.x(strip.x0 + (i + 1) as f32 * strip.bucket) - unit;
        let part = f64::from(count) / f64::from(most);
        let height = ((part * f64::from(room)).round() as i32).max(unit);
        let alpha = LOW + (part * f64::from(255 - LOW)) as u32;
        canvas.mix(
            (left, right.max(left + 1)),
            (bottom - height, bottom),
            theme.strip,
            alpha as u8,
        );
    }
}
