//! All lanes at once, a pixel or less each: an outage shows as a column, a SIM that went dark as a row. Each cell tells how
//! many of its lanes were up at the middle of its time, and in which colour most of them were.

use crate::timeline::{Detail, LaneBar, LaneView, RowKind};

use super::lanes::LaneList;
use super::protocol::{Band, FleetMeta, FleetQuery};
use super::view::StoreView;

/// So many colours there are at most.
const COLOURS: usize = 16;
/// A canvas is not larger than this either way.
const MOST_PX: u32 = 8192;

/// The cells of a picture, row by row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// The colour that covers most.
    pub colour: Vec<u8>,
    /// How much of 255 of its lanes was up; at least 1 where anything was.
    pub up: Vec<u8>,
}

/// Draws the lanes of the list in its order, folded ones included.
///
/// Cost: the sessions in the window, but at most a few visits for each lane and column.
pub fn draw(view: &StoreView<'_>, list: &LaneList, query: &FleetQuery) -> (FleetMeta, Cells) {
    let lanes = list.lanes();
    let total = lanes.len() as u32;
    let first = query.first.min(total.saturating_sub(1));
    let count = match query.count {
        0 => total - first.min(total),
        count => count.min(total - first.min(total)),
    };
    let (width, height) = (
        query.width.clamp(1, MOST_PX) as usize,
        query.height.clamp(1, MOST_PX) as usize,
    );
    let mut cells = Cells {
        colour: vec![0; width * height],
        up: vec![0; width * height],
    };
    let shown = lanes
        .get(first as usize..(first + count) as usize)
        .unwrap_or_default();
    let mut line = Line::new(query, width);
    // A row of pixels holds several lanes, or a lane takes several rows.
    let row_of = |at: usize| at * height / shown.len().max(1);
    let mut at = 0;
    while at < shown.len() {
        let row = row_of(at);
        let end = (at + 1..shown.len())
            .find(|next| row_of(*next) != row)
            .unwrap_or(shown.len());
        line.clear();
        for &lane in shown.get(at..end).unwrap_or_default() {
            line.add(view, lane);
        }
        let until = if end < shown.len() {
            row_of(end)
        } else {
            height
        };
        line.write((end - at) as u32, &mut cells, row..until.max(row + 1));
        at = end;
    }
    let meta = FleetMeta {
        from: query.from,
        to: query.to,
        width: width as u32,
        height: height as u32,
        first,
        count,
        total,
        bands: bands(list, first, count),
    };
    (meta, cells)
}

/// One row of pixels while its lanes are added up.
struct Line {
    from: i64,
    to: i64,
    px_per_ms: f64,
    width: usize,
    /// By column and colour: one more or less lane up than in the column before.
    steps: Vec<[i16; COLOURS]>,
}

impl Line {
    fn new(query: &FleetQuery, width: usize) -> Self {
        let to = query.to.max(query.from.saturating_add(1));
        Self {
            from: query.from,
            to,
            px_per_ms: width as f64 / (to as f64 - query.from as f64),
            width,
            steps: vec![[0; COLOURS]; width + 1],
        }
    }

    fn clear(&mut self) {
        self.steps.fill([0; COLOURS]);
    }

    fn add(&mut self, view: &StoreView<'_>, lane: u32) {
        let (from, px_per_ms) = (self.from, self.px_per_ms);
        let px = |ms: i64| (ms.saturating_sub(from) as f64 * px_per_ms).floor() as i64;
        let last = self.width as i64;
        let steps = &mut self.steps;
        // Sessions that touch each other do not count twice in a column.
        let mut done = 0_i64;
        let window = (from, self.to);
        let mut visit: &mut dyn FnMut(LaneBar) = &mut |bar| {
            let begin = px(bar.start).max(done);
            let end = (px(bar.solid_until) + 1).min(last);
            if begin >= end {
                return;
            }
            done = end;
            let colour = usize::from(bar.colour).min(COLOURS - 1);
            for (at, step) in [(begin, 1), (end, -1)] {
                let count = usize::try_from(at).ok().and_then(|at| steps.get_mut(at));
                if let Some(count) = count.and_then(|colours| colours.get_mut(colour)) {
                    *count = count.saturating_add(step);
                }
            }
        };
        let detail = Detail::of_pixels(&px);
        view.bars(RowKind::Lane(lane), window, detail, &mut visit);
    }

    fn write(&self, lanes: u32, cells: &mut Cells, rows: std::ops::Range<usize>) {
        let mut up = [0_i32; COLOURS];
        let start = rows.start * self.width;
        for (column, steps) in self.steps.iter().take(self.width).enumerate() {
            let (mut best, mut sum) = ((0_u8, 0_i32), 0_i32);
            for (colour, (count, step)) in (0_u8..).zip(up.iter_mut().zip(steps)) {
                *count += i32::from(*step);
                sum += *count;
                if *count > best.1 {
                    best = (colour, *count);
                }
            }
            if sum > 0 {
                let share = i64::from(sum) * 255 / i64::from(lanes.max(1));
                if let Some(cell) = cells.colour.get_mut(start + column) {
                    *cell = best.0;
                }
                if let Some(cell) = cells.up.get_mut(start + column) {
                    *cell = share.clamp(1, 255) as u8;
                }
            }
        }
        for row in rows.skip(1) {
            let to = row * self.width;
            if to + self.width <= cells.up.len() {
                cells.colour.copy_within(start..start + self.width, to);
                cells.up.copy_within(start..start + self.width, to);
            }
        }
    }
}

fn bands(list: &LaneList, first: u32, count: u32) -> Vec<Band> {
    let mut at = 0_u32;
    let mut bands = Vec::new();
    for group in &list.groups {
        let end = at + group.lanes.len() as u32;
        let (from, to) = (at.max(first), end.min(first + count));
        if from < to {
            bands.push(Band {
                label: group.label.clone(),
                country: group.country,
                sims: to - from,
                first: from,
            });
        }
        at = end;
    }
    bands
}
