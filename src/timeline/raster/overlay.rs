//! What lies over all rows or around one bar: the chosen span, the present, outlines.

use super::canvas::Canvas;
use super::place::Placement;
use super::theme::{Rgb, Shown, Theme};

/// Strength of 255 of the span's tint.
const SPAN: u8 = 38;

/// Draws the chosen span and the present over the whole canvas.
pub(super) fn draw(canvas: &mut Canvas<'_>, shown: &Shown, theme: &Theme, ratio: f32) {
    let unit = (ratio.round() as i32).max(1);
    let bottom = i32::try_from(canvas.height()).unwrap_or(i32::MAX);
    let pixel = |x: f32| Placement::whole(f64::from(x));
    if let Some((from, to)) = shown.span {
        let (from, to) = (pixel(from.min(to)), pixel(from.max(to)));
        canvas.mix((from, to), (0, bottom), theme.accent, SPAN);
        for x in [from, to - unit] {
            canvas.mix((x, x + unit), (0, bottom), theme.accent, u8::MAX);
        }
    }
    if let Some(x) = shown.now.map(pixel) {
        let mut y = 0;
        while y < bottom {
            canvas.mix((x, x + unit), (y, y + 3 * unit), theme.now, u8::MAX);
            y += 6 * unit;
        }
    }
}

/// Draws a line around a bar, its corners left out.
pub(super) fn outline(
    canvas: &mut Canvas<'_>,
    x: (i32, i32),
    y: (i32, i32),
    colour: Rgb,
    alpha: u8,
    ratio: f32,
) {
    let thick = ((1.5 * ratio).round() as i32).max(1);
    for outer in [(y.0 - thick, y.0), (y.1, y.1 + thick)] {
        canvas.mix(x, outer, colour, alpha);
    }
    for outer in [(x.0 - thick, x.0), (x.1, x.1 + thick)] {
        canvas.mix(outer, y, colour, alpha);
    }
}
