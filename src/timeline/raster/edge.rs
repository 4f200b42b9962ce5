//! Edges that say how the end of a session is known: cut into the painted bar, line by line.

use super::canvas::{Canvas, Pixel, clip};
use super::line::Bar;
use crate::timeline::frame::BarFlags;

/// Cuts the edges of a bar whose lines are `y.0..y.1`, back to the background line.
pub(super) fn cut(canvas: &mut Canvas<'_>, under: &[Pixel], bar: &Bar, y: (i32, i32), unit: i32) {
    let height = y.1 - y.0;
    let most = ((bar.x2 - bar.x0) / 2).min(4 * unit);
    if most < 1 {
        return;
    }
    for line in canvas.lines(y.0, y.1) {
        let row = line - y.0;
        let left = if bar.flags.has(BarFlags::START_UNSURE) {
            saw(row, unit)
        } else if bar.flags.has(BarFlags::START_BEFORE) {
            arrow(row, height)
        } else {
            0
        };
        let right = if bar.flags.has(BarFlags::END_UNKNOWN) {
            saw(row, unit)
        } else if bar.flags.has(BarFlags::END_ESTIMATED) && row / (2 * unit) % 2 == 1 {
            2 * unit
        } else {
            0
        };
        let to = canvas.line(line);
        let width = to.len().min(under.len());
        let cut = clip(bar.x0, bar.x0 + left.min(most), width);
        to[cut.clone()].copy_from_slice(&under[cut]);
        let cut = clip(bar.x2 - right.min(most), bar.x2, width);
        to[cut.clone()].copy_from_slice(&under[cut]);
    }
}

/// Depth of a saw's teeth, two units to a flank.
fn saw(row: i32, unit: i32) -> i32 {
    let along = row % (4 * unit);
    let up = if along < 2 * unit {
        along
    } else {
        4 * unit - 1 - along
    };
    up * 3 / 2
}

/// Depth of a point at mid-height.
fn arrow(row: i32, height: i32) -> i32 {
    (2 * row + 1 - height).abs() / 2
}
