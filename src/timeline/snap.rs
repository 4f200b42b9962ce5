//! The edge of a session near the pointer.

use serde::{Deserialize, Serialize};

use super::bars::Bar;
use super::frame::{BarFlags, Frame, RowKind};
use super::hit::row_at;

/// Rows above and below the pointer's whose edges hold it as well.
const ROWS_AROUND: usize = 2;

/// An edge that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The lane that it is of.
    pub lane: u32,
    /// Upper edge of its row in the whole list, CSS pixels.
    pub y: f32,
    /// Where it is drawn, epoch milliseconds: to the pixel, not to the millisecond.
    pub drawn: i64,
}

/// An edge of a session as a frame shows it, of which the engine is asked where exactly it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeQuery {
    /// The lane.
    pub lane: u32,
    /// Where it is drawn.
    pub drawn: i64,
    /// How far off the drawing may be, milliseconds.
    pub within: i64,
}

/// The nearest start or end of a session to `x` (device pixels from the frame's left edge), at most
/// `reach` CSS pixels away: in the row at `y` (CSS pixels of the whole list) first, then in its
/// neighbours, the nearest row first, where they lie within `seen` (from, to).
pub fn nearest_edge(frame: &Frame, x: f32, y: f32, reach: f32, seen: (f32, f32)) -> Option<Edge> {
    let own = row_at(frame, y)?;
    let around = (1..=ROWS_AROUND).flat_map(|off| [own.checked_sub(off), own.checked_add(off)]);
    [Some(own)]
        .into_iter()
        .chain(around)
        .flatten()
        .find_map(|at| {
            let row = frame.rows.get(at)?;
            let RowKind::Lane(lane) = row.kind else {
                return None;
            };
            if row.y + row.height <= seen.0 || row.y >= seen.1 {
                return None;
            }
            let edge = edge_in(frame, at, x, reach * frame.ratio)?;
            let own_ms = (frame.to - frame.from) as f64 / f64::from(frame.width.max(1.0));
            Some(Edge {
                lane,
                y: row.y,
                drawn: frame.from + (f64::from(edge) * own_ms).round() as i64,
            })
        })
}

fn edge_in(frame: &Frame, row: usize, x: f32, reach: f32) -> Option<f32> {
    let mut best: Option<(f32, f32)> = None;
    let mut bars = frame.bars.range(frame.bars.of_row(row)).peekable();
    let is_piece = |bar: &Bar| bar.flags.has(BarFlags::SEGMENT);
    while let Some(bar) = bars.next() {
        let goes_on = bars.peek().is_some_and(is_piece);
        let start = (!is_piece(&bar)).then_some(bar.x0);
        let end = (!goes_on).then_some(bar.x1);
        for edge in start.into_iter().chain(end) {
            let edge = edge as f32;
            let away = (edge - x).abs();
            if away <= reach && best.is_none_or(|(least, _)| away < least) {
                best = Some((away, edge));
            }
        }
    }
    best.map(|(_, edge)| edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bars, Row};

    /// Bars as (row, from, to, flags) on rows of 28 pixels; two device pixels each CSS pixel, one
    /// device pixel each second.
    fn frame(drawn: &[(usize, i32, i32, u8)]) -> Frame {
        let row = |(at, kind)| Row {
            kind,
            y: at as f32 * 28.0,
            height: 28.0,
        };
        let kinds = [
            RowKind::Group(0),
            RowKind::Lane(7),
            RowKind::Lane(8),
            RowKind::Lane(9),
            RowKind::Lane(10),
        ];
        let mut bars = Bars::default();
        for row in 0..kinds.len() {
            for &(_, x0, x1, flags) in drawn.iter().filter(|bar| bar.0 == row) {
                bars.push(Bar {
                    x0,
                    x1,
                    x2: x1 + 50,
                    flags: BarFlags(flags),
                    ..Bar::default()
                });
            }
            bars.end_row();
        }
        Frame {
            from: 1_000_000,
            to: 2_000_000,
            width: 1000.0,
            ratio: 2.0,
            rows: kinds.into_iter().enumerate().map(row).collect(),
            bars,
            ..Frame::default()
        }
    }

    fn found(frame: &Frame, x: f32, y: f32) -> Option<(u32, i64)> {
        nearest_edge(frame, x, y, 6.0, (0.0, 140.0)).map(|edge| (edge.lane, edge.drawn))
    }

    #[test]
    fn starts_and_known_ends_hold_within_six_pixels() {
        let frame = frame(&[(1, 100, 300, 0)]);
        assert_eq!(found(&frame, 112.0, 40.0), Some((7, 1_100_000)));
        assert_eq!(found(&frame, 113.0, 40.0), None);
        assert_eq!(found(&frame, 290.0, 40.0), Some((7, 1_300_000)));
        // The light part of an open session has no end.
        assert_eq!(found(&frame, 350.0, 40.0), None);
    }

    #[test]
    fn the_lane_under_the_pointer_comes_first() {
        let frame = frame(&[(1, 100, 300, 0), (2, 110, 290, 0), (3, 101, 200, 0)]);
        assert_eq!(found(&frame, 101.0, 60.0), Some((8, 1_110_000)));
        assert_eq!(found(&frame, 90.0, 60.0), Some((7, 1_100_000)));
        assert_eq!(found(&frame, 201.0, 60.0), Some((9, 1_200_000)));
    }

    #[test]
    fn lanes_far_away_or_out_of_view_do_not_hold() {
        let frame = frame(&[(4, 100, 300, 0)]);
        assert_eq!(found(&frame, 100.0, 40.0), None, "three rows away");
        assert_eq!(found(&frame, 100.0, 60.0), Some((10, 1_100_000)));
        let seen = nearest_edge(&frame, 100.0, 60.0, 6.0, (0.0, 112.0));
        assert_eq!(seen, None, "below the view");
    }

    #[test]
    fn changes_inside_a_session_are_no_edges() {
        let frame = frame(&[
            (1, 100, 200, 0),
            (1, 200, 300, BarFlags::SEGMENT),
            (2, 300, 400, 0),
        ]);
        assert_eq!(found(&frame, 200.0, 40.0), None);
        assert_eq!(found(&frame, 299.0, 40.0), Some((7, 1_300_000)));
    }

    #[test]
    fn heads_of_groups_have_no_edges_of_their_own() {
        let frame = frame(&[(1, 100, 300, 0)]);
        assert_eq!(found(&frame, 100.0, 10.0), Some((7, 1_100_000)));
        assert_eq!(found(&frame, 100.0, 1000.0), None);
    }
}
