//! Hatching where the vendor kept nothing.

use super::canvas::{Canvas, Pixel, clip};
use super::theme::Rgb;

/// Distance of the lines, CSS pixels.
const APART: f32 = 6.0;

/// Draws slanted lines left of `edge`, only where nothing but the background was painted. `phase` is
/// the number of the canvas's first line in the whole list, so that the pattern scrolls with it.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    under: &[Pixel],
    y: (i32, i32),
    edge: i32,
    phase: i32,
    colour: Rgb,
    ratio: f32,
) {
    let apart = ((APART * ratio).round() as i32).max(2);
    let thick = (ratio.round() as i32).max(1);
    for row in canvas.lines(y.0, y.1) {
        let line = canvas.line(row);
        let range = clip(0, edge, line.len().min(under.len()));
        // Moves with the edge, and by one pixel a line.
        let first = (row + phase - edge).rem_euclid(apart);
        for (x, pixel) in (0..).zip(&mut line[range]) {
            if (x + first) % apart < thick && *pixel == under[x as usize] {
                *pixel = colour.pixel();
            }
        }
    }
}
