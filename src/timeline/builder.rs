//! From a view of the lanes to a frame: only what the window shows, on whole device pixels.

use super::bars::Bars;
use super::frame::{EventMark, Frame, FrameQuery, LaneView, RowKind};
use super::lane::{self, Scratch};
use super::pixel_grid::PixelGrid;
use super::strip;

/// Makes the frame for one view.
///
/// Cost: linear in the sessions and events that touch the window of the rows asked for; a group head
/// whose view has no counts of it, or is so near that they would be too coarse, visits the sessions of its lanes in the window. All positions are whole device
/// pixels, on a grid anchored at the epoch: the frame as a whole lies up to half a pixel off, and two
/// frames of one scale differ by a shift alone.
pub fn build(view: &impl LaneView, query: &FrameQuery<'_>) -> Frame {
    Builder::default().build(view, query)
}

/// Makes frame after frame, with the working space of the one before.
#[derive(Debug, Default)]
pub struct Builder {
    scratch: Scratch,
    /// How many bars the frame before had.
    bars: usize,
}

impl Builder {
    /// As [`build`].
    pub fn build(&mut self, view: &impl LaneView, query: &FrameQuery<'_>) -> Frame {
        let mut frame = fill(view, query, &mut self.scratch, self.bars);
        frame.texts = self.scratch.take_texts();
        self.bars = frame.bars.len();
        frame
    }
}

fn fill(view: &impl LaneView, query: &FrameQuery<'_>, scratch: &mut Scratch, bars: usize) -> Frame {
    let grid = PixelGrid::new(query);
    let mut frame = Frame {
        bars: Bars::with_capacity(bars + bars / 8),
        from: query.from,
        to: query.to,
        width: query.width,
        ratio: query.ratio,
        rows: query.rows.to_vec(),
        ..Frame::default()
    };
    for (row, place) in (0_u32..).zip(query.rows) {
        match place.kind {
            kind @ (RowKind::Lane(lane) | RowKind::Track(lane, _)) => {
                lane::draw(view, &grid, (row, kind), scratch, &mut frame);
                mark_events(view, &grid, (row, kind), &mut frame);
                if let Some(ms) = view.nothing_before(lane) {
                    let x = grid.px(ms);
                    if x > 0 {
                        frame.hatches.push((row, x as f32));
                    }
                }
                if let Some(note) = view.note(kind).filter(|note| note.at <= query.to) {
                    frame.notes.push((row, note));
                }
            }
            RowKind::Group(group) => {
                let lanes = query.group_lanes.get(group as usize);
                if let Some(lanes) = lanes.filter(|lanes| !lanes.is_empty()) {
                    let counts = view.counts(group);
                    frame
                        .strips
                        .push(match counts.filter(|c| strip::suits(c, &grid)) {
                            Some(counts) => strip::of_counts(counts, &grid, row),
                            None => strip::sum(view, &grid, row, lanes),
                        });
                }
            }
        }
        frame.bars.end_row();
    }
    frame
}

/// Adds the marks of a lane. Events share a mark by stretches of the pixel grid, not by their
/// distance from the mark before, so that panning regroups nothing.
fn mark_events(
    view: &impl LaneView,
    grid: &PixelGrid,
    (row, kind): (u32, RowKind),
    frame: &mut Frame,
) {
    let marks = &mut frame.marks;
    let first_of_row = marks.len();
    let size = grid.sizes.mark;
    let mut latest: Option<i32> = None;
    view.events(kind, grid.window(), &mut |event| {
        let px = grid.px(event.time);
        // Across the border of two stretches a mark takes what would lie half upon it.
        let shared = latest
            .is_some_and(|at| grid.cell(at, size) == grid.cell(px, size) || px - at < size / 2);
        match marks.get_mut(first_of_row..).and_then(<[_]>::last_mut) {
            Some(mark) if shared => {
                mark.count += 1;
                mark.fresh |= event.fresh;
            }
            _ => {
                latest = Some(px);
                marks.push(EventMark {
                    row,
                    x: px as f32,
                    kind: event.kind,
                    count: 1,
                    event: event.event,
                    fresh: event.fresh,
                });
            }
        }
    });
}
