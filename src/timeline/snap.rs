//! The edge of a session near the pointer.

use serde::{Deserialize, Serialize};

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
    let bars = &frame.bars;
    let first = bars.row.partition_point(|known| (*known as usize) < row);
    let count = bars
        .row
        .get(first..)?
        .partition_point(|known| *known as usize == row);
    let is_piece = |at: usize| {
        at < first + count
            && bars
                .flags
                .get(at)
                .is_some_and(|flags| BarFlags(*flags).has(BarFlags::SEGMENT))
    };
    let mut best: Option<(f32, f32)> = None;
    for at in first..first + count {
        let start = bars.x0.get(at).filter(|_| !is_piece(at));
        let end = bars.x1.get(at).filter(|_| !is_piece(at + 1));
        for edge in start.into_iter().chain(end) {
            let away = (edge - x).abs();
            if away <= reach && best.is_none_or(|(least, _)| away < least) {
                best = Some((away, *edge));
            }
        }
    }
    best.map(|(_, edge)| edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Bars, Row};

    /// Bars as (row, from, to, flags) on rows of 28 pixels; two device pixels each CSS pixel, one
    /// device pixel each second.
    fn frame(bars: &[(u32, f32, f32, u8)]) -> Frame {
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
        Frame {
            from: 1_000_000,
            to: 2_000_000,
            width: 1000.0,
            ratio: 2.0,
            rows: kinds.into_iter().enumerate().map(row).collect(),
            bars: Bars {
                row: bars.iter().map(|bar| bar.0).collect(),
                x0: bars.iter().map(|bar| bar.1).collect(),
                x1: bars.iter().map(|bar| bar.2).collect(),
                x2: bars.iter().map(|bar| bar.2 + 50.0).collect(),
                flags: bars.iter().map(|bar| bar.3).collect(),
                ..Bars::default()
            },
            ..Frame::default()
        }
    }

    fn found(frame: &Frame, x: f32, y: f32) -> Option<(u32, i64)> {
        nearest_edge(frame, x, y, 6.0, (0.0, 140.0)).map(|edge| (edge.lane, edge.drawn))
    }

    #[test]
    fn starts_and_known_ends_hold_within_six_pixels() {
        let frame = frame(&[(1, 100.0, 300.0, 0)]);
        assert_eq!(found(&frame, 112.0, 40.0), Some((7, 1_100_000)));
        assert_eq!(found(&frame, 113.0, 40.0), None);
        assert_eq!(found(&frame, 290.0, 40.0), Some((7, 1_300_000)));
        // The light part of an open session has no end.
        assert_eq!(found(&frame, 350.0, 40.0), None);
    }

    #[test]
    fn the_lane_under_the_pointer_comes_first() {
        let frame = frame(&[
            (1, 100.0, 300.0, 0),
            (2, 110.0, 290.0, 0),
            (3, 101.0, 200.0, 0),
        ]);
        assert_eq!(found(&frame, 101.0, 60.0), Some((8, 1_110_000)));
        assert_eq!(found(&frame, 90.0, 60.0), Some((7, 1_100_000)));
        assert_eq!(found(&frame, 201.0, 60.0), Some((9, 1_200_000)));
    }

    #[test]
    fn lanes_far_away_or_out_of_view_do_not_hold() {
        let frame = frame(&[(4, 100.0, 300.0, 0)]);
        assert_eq!(found(&frame, 100.0, 40.0), None, "three rows away");
        assert_eq!(found(&frame, 100.0, 60.0), Some((10, 1_100_000)));
        let seen = nearest_edge(&frame, 100.0, 60.0, 6.0, (0.0, 112.0));
        assert_eq!(seen, None, "below the view");
    }

    #[test]
    fn changes_inside_a_session_are_no_edges() {
        let frame = frame(&[
            (1, 100.0, 200.0, 0),
            (1, 200.0, 300.0, BarFlags::SEGMENT),
            (2, 300.0, 400.0, 0),
        ]);
        assert_eq!(found(&frame, 200.0, 40.0), None);
        assert_eq!(found(&frame, 299.0, 40.0), Some((7, 1_300_000)));
    }

    #[test]
    fn heads_of_groups_have_no_edges_of_their_own() {
        let frame = frame(&[(1, 100.0, 300.0, 0)]);
        assert_eq!(found(&frame, 100.0, 10.0), Some((7, 1_100_000)));
        assert_eq!(found(&frame, 100.0, 1000.0), None);
    }
}
