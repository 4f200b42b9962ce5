//! What lies under the pointer.

use super::frame::{Frame, RowKind};
use super::geometry::LaneBox;

/// How far beside a bar still counts, CSS pixels.
const BESIDE_BAR: f32 = 3.0;
/// How far above or below a bar still counts, CSS pixels.
const OFF_BAR: f32 = 2.0;
/// How far beside a mark still counts, CSS pixels.
const BESIDE_MARK: f32 = 5.0;

/// What was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// Index into the frame's bars.
    Bar(usize),
    /// Index into the frame's marks.
    Mark(usize),
    /// Index into the frame's rows: a row, but nothing in it.
    Row(usize),
}

/// Finds what lies at `x` device pixels from the frame's left edge and `y` CSS pixels from the top
/// of the whole list. Null outside all rows of the frame.
///
/// A point inside a bar wins over one that is merely near another; near counts up to 3 CSS pixels,
/// for bars that are too narrow to be met. Marks are met above the bars.
pub fn hit(frame: &Frame, x: f32, y: f32) -> Option<Hit> {
    let row_index = row_at(frame, y)?;
    let row = &frame.rows[row_index];
    let lane = LaneBox::new(row, row.y, frame.ratio);
    let depth = (y - row.y) * frame.ratio;
    let marks_alone = matches!(row.kind, RowKind::Track(..));
    if (depth < lane.bar_top as f32 || marks_alone)
        && let Some(mark) = nearest_mark(frame, row_index, x)
    {
        return Some(Hit::Mark(mark));
    }
    Some(nearest_bar(frame, row_index, &lane, x, depth).map_or(Hit::Row(row_index), Hit::Bar))
}

/// The row at this height. Rows are in order of `y`.
pub(super) fn row_at(frame: &Frame, y: f32) -> Option<usize> {
    let rows = frame.rows_in_place();
    let below = rows.partition_point(|row| row.y <= y);
    let index = below.checked_sub(1)?;
    let row = rows.get(index)?;
    (y < row.y + row.height).then_some(index)
}

fn nearest_mark(frame: &Frame, row: usize, x: f32) -> Option<usize> {
    let first = frame.marks.partition_point(|m| (m.row as usize) < row);
    let count = frame.marks[first..].partition_point(|m| m.row as usize == row);
    let reach = BESIDE_MARK * frame.ratio;
    (first..first + count)
        .map(|i| (i, (frame.marks[i].x - x).abs()))
        .filter(|&(_, off)| off <= reach)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(i, _)| i)
}

fn nearest_bar(frame: &Frame, row: usize, lane: &LaneBox, x: f32, depth: f32) -> Option<usize> {
    let places = frame.bars.of_row(row);
    let (beside, off) = (BESIDE_BAR * frame.ratio, OFF_BAR * frame.ratio);
    let mut best: Option<(f32, usize)> = None;
    for (i, bar) in places.clone().zip(frame.bars.range(places)) {
        let (top, bottom) = lane.bar(bar.sub);
        let dx = outside(x, bar.x0 as f32, bar.x2 as f32);
        let dy = outside(depth, top as f32, bottom as f32);
        // Not `!(dx > beside)`: a position that is not a number hits nothing.
        if dx <= beside && dy <= off {
            let away = dx + dy;
            if best.is_none_or(|(least, _)| away < least) {
                best = Some((away, i));
            }
        }
    }
    best.map(|(_, i)| i)
}

/// How far `at` lies outside [from, to); inside counts as 0.
fn outside(at: f32, from: f32, to: f32) -> f32 {
    if at < from {
        from - at
    } else if at >= to {
        at - to + f32::EPSILON
    } else if at.is_nan() {
        f32::NAN
    } else {
        0.0
    }
}
