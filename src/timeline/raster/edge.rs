//! Edges that say how the end of a session is known: cut into the painted bar, line by line.

use super::canvas::{Canvas, Pixel, clip};
use super::line::Bar;
use crate::frame::BarFlags;

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

/// Depth of a saw's teeth: four units deep, six high.
fn saw(row: i32, unit: i32) -> i32 {
    unit * [0, 1, 3, 4, 3, 1][(row / unit).rem_euclid(6) as usize]
}

/// Depth of a point at mid-height.
fn arrow(row: i32, height: i32) -> i32 {
    (2 * row + 1 - height).abs() / 2
}
