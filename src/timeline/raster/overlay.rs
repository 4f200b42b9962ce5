//! What lies over all rows or around one bar: the chosen span, the present, outlines.

use super::canvas::Canvas;
use super::place::Placement;
use super::theme::{Rgb, Shown, Theme};

/// Strength of 255 of the span's tint.
const SPAN: u8 = 38;

/// Draws the chosen span and the present over some lines.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    (top, bottom): (i32, i32),
    shown: &Shown<'_>,
    theme: &Theme,
    ratio: f32,
) {
    let unit = (ratio.round() as i32).max(1);
    let pixel = |x: f32| Placement::whole(f64::from(x));
    if let Some((from, to)) = shown.span {
        let (from, to) = (pixel(from.min(to)), pixel(from.max(to)));
        canvas.mix((from, to), (top, bottom), theme.accent, SPAN);
        for x in [from, to - unit] {
            canvas.mix((x, x + unit), (top, bottom), theme.accent, u8::MAX);
        }
    }
    if let Some(x) = shown.now.map(pixel) {
        for y in canvas.lines(top, bottom).filter(|y| y / unit % 6 < 3) {
            canvas.mix((x, x + unit), (y, y + 1), theme.now, u8::MAX);
        }
    }
}

/// Draws a line around a bar with a gap between, so that it shows on a bar of its own colour too.
/// Corners are cut off.
pub(super) fn outline(
    canvas: &mut Canvas<'_>,
    x: (i32, i32),
    y: (i32, i32),
    colour: Rgb,
    alpha: u8,
    ratio: f32,
) {
    let gap = (ratio.round() as i32).max(1);
    let reach = gap + ((1.5 * ratio).round() as i32).max(1);
    for out in gap + 1..=reach {
        let wider = reach + gap - out;
        let across = (x.0 - wider, x.1 + wider);
        // Down to where the lines across begin: no pixel is mixed twice.
        let down = (y.0 - gap, y.1 + gap);
        for line in [y.0 - out, y.1 + out - 1] {
            canvas.mix(across, (line, line + 1), colour, alpha);
        }
        for column in [x.0 - out, x.1 + out - 1] {
            canvas.mix((column, column + 1), down, colour, alpha);
        }
    }
}
