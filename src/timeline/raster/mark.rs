//! Event marks: small triangles above the bars, pointing down.

use super::canvas::Canvas;
use super::place::Placement;
use super::theme::Theme;
use crate::frame::{EventMark, RowKind};
use crate::geometry::{LaneBox, mark_size};

/// Draws a mark; one that stands for several has a line above it, one that is new to the visitor a
/// border in the accent's colour.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    mark: &EventMark,
    (kind, lane): (RowKind, &LaneBox),
    place: &Placement,
    theme: &Theme,
    ratio: f32,
) {
    let (half, height, offset) = mark_size(ratio);
    let top = lane.mark_top(kind, height, offset);
    let x = place.x(mark.x);
    let colour = theme.mark(mark.kind);
    if mark.fresh {
        let border = (height / 2).max(1);
        for row in 0..height + border {
            let reach = (half * (height - 1 - row) / (height - 1).max(1)).max(0) + border;
            let y = top + row;
            let x = (x - reach, x + reach + 1);
            canvas.mix(x, (y, y + 1), theme.accent, u8::MAX);
        }
    }
    for row in 0..height {
        let reach = half * (height - 1 - row) / (height - 1).max(1);
        let y = top + row;
        canvas.mix((x - reach, x + reach + 1), (y, y + 1), colour, u8::MAX);
    }
    if mark.count > 1 {
        let thick = (height / 4).max(1);
        let x = (x - half - 1, x + half + 2);
        canvas.mix(x, (top, top + thick), colour, u8::MAX);
    }
}
