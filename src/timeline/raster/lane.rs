//! One lane: its bars composed as a few lines of pixels and copied to all lines of the lane.

use super::canvas::{Canvas, Pixel, clip};
use super::corner::{Corner, Corners, radius};
use super::edge;
use super::line::Bar;
use super::overlay;
use super::place::{Across, Placement};
use super::theme::{Rgb, Shown, Theme};
use crate::bars;
use crate::frame::{BarFlags, COLUMN, Frame};
use crate::geometry::LaneBox;

/// Flags that call for an edge cut line by line.
const CUT_EDGES: u8 = BarFlags::START_UNSURE
    | BarFlags::START_BEFORE
    | BarFlags::END_UNKNOWN
    | BarFlags::END_ESTIMATED;

/// Flags that leave the left side square.
const OPEN_LEFT: u8 = BarFlags::START_UNSURE | BarFlags::START_BEFORE;
/// Flags that leave the right side square.
const OPEN_RIGHT: u8 = BarFlags::END_UNKNOWN | BarFlags::END_ESTIMATED;

/// What stays the same from lane to lane.
pub(super) struct Brush<'a> {
    pub frame: &'a Frame,
    pub place: &'a Placement,
    pub across: Across,
    pub theme: &'a Theme,
    pub shown: &'a Shown<'a>,
    /// By colour index: its colour, and whether it is faded.
    pub inks: [(Rgb, bool); 256],
    pub corners: Corners,
    /// A CSS pixel in whole device pixels.
    pub unit: i32,
}

/// What a row has beside bars of the whole height.
#[derive(Default)]
struct Others {
    sub_rows: bool,
    columns: bool,
    news: bool,
}

/// The bars of one height as they come to lie on a line.
#[derive(Default)]
struct Heap {
    /// Those that need more than to be drawn on the line.
    bars: Vec<Bar>,
    corners: Vec<Corner>,
    /// What one or another of the bars is.
    flags: u8,
}

impl Heap {
    fn has(&self, bits: u8) -> bool {
        self.flags & bits != 0
    }

    fn clear(&mut self) {
        self.bars.clear();
        self.corners.clear();
        self.flags = 0;
    }
}

/// Working space, kept from lane to lane.
#[derive(Default)]
pub(super) struct Scratch {
    heap: Heap,
    /// The bars of whole height where no corner or core is.
    full: Vec<Pixel>,
    special: Vec<Pixel>,
}

impl Brush<'_> {
    /// Paints the bars `range` of one row over lines that hold the background already.
    pub fn bars(
        &self,
        canvas: &mut Canvas<'_>,
        under: &[Pixel],
        lane: &LaneBox,
        range: std::ops::Range<usize>,
        scratch: &mut Scratch,
    ) {
        // What is around bars reaches beyond their row.
        if canvas.is_near((lane.top, lane.bottom), 0) {
            self.insides(canvas, under, lane, range.clone(), scratch);
        }
        let shown = self.shown;
        if !shown.picked_sessions.is_empty() {
            let is_picked = |bar: &bars::Bar| {
                !bar.flags.has(BarFlags::MERGED)
                    && shown.picked_sessions.binary_search(&bar.session).is_ok()
            };
            self.outline(canvas, lane, range.clone(), &is_picked, u8::MAX);
        }
        for (session, alpha) in [
            (shown.hovered_session, 140),
            (shown.chosen_session, u8::MAX),
        ] {
            if session.is_some() {
                let is_it = |bar: &bars::Bar| Some(bar.session) == session;
                self.outline(canvas, lane, range.clone(), &is_it, alpha);
            }
        }
    }

    /// Paints what lies within the row.
    fn insides(
        &self,
        canvas: &mut Canvas<'_>,
        under: &[Pixel],
        lane: &LaneBox,
        range: std::ops::Range<usize>,
        scratch: &mut Scratch,
    ) {
        let whole = (0, lane.bar(0));
        let others = self.draw_line(under, range.clone(), whole, scratch);
        // The lines of the whole height are written even where they hold no bar.
        self.paint_sub_row(canvas, under, whole, scratch);
        for sub in (1..=2).filter(|_| others.sub_rows) {
            let at = (sub, lane.bar(sub));
            self.draw_line(under, range.clone(), at, scratch);
            self.paint_sub_row(canvas, under, at, scratch);
        }
        if others.columns {
            self.columns(canvas, lane, range.clone());
        }
        if others.news {
            self.news(canvas, lane, range);
        }
    }

    /// Draws the bars of one sub-row, between two heights, on a line over the background, and keeps what is still to be done
    /// for them. Returns what else there is.
    fn draw_line(
        &self,
        under: &[Pixel],
        range: std::ops::Range<usize>,
        (sub, y): (u8, (i32, i32)),
        scratch: &mut Scratch,
    ) -> Others {
        let Scratch { heap, full, .. } = scratch;
        full.clear();
        full.extend_from_slice(under);
        heap.clear();
        let width = under.len() as i32;
        let largest = self.corners.largest(y.1 - y.0);
        let mut others = Others::default();
        // Of the bar before: its sub-row, where it ends, and its right corner.
        let mut before = (u8::MAX, i32::MIN, None);
        for bar in self.frame.bars.range(range) {
            others.news |= bar.fresh;
            // Segments, or one run of merged bars: no corners where they touch.
            let joined = before.0 == bar.sub && bar.x0 <= before.1;
            let last_corner = std::mem::replace(&mut before, (bar.sub, bar.x2, None)).2;
            if !joined {
                heap.corners.extend(last_corner);
            }
            if bar.sub != sub {
                others.sub_rows |= bar.sub < COLUMN;
                others.columns |= bar.sub >= COLUMN;
                continue;
            }
            let x0 = self.across.pixel(bar.x0);
            let x2 = self.across.pixel(bar.x2).max(x0 + 1);
            if x2 <= 0 || x0 >= width {
                continue;
            }
            let x1 = self.across.pixel(bar.x1).clamp(x0, x2);
            let (rgb, faded) = self.inks[usize::from(bar.colour)];
            let flags = bar.flags;
            let drawn = Bar {
                x0,
                x1,
                x2,
                rgb,
                faded,
                flags,
            };
            drawn.draw(full, self.theme);
            heap.flags |= flags.0;
            // Those of sub-rows are copied one by one.
            if sub != 0 || flags.has(BarFlags::MERGED | CUT_EDGES) {
                heap.bars.push(drawn);
            }
            let radius = radius(x2 - x0, largest);
            if radius > 0 {
                if !joined && !flags.has(OPEN_LEFT) {
                    heap.corners.push(Corner::left(x0, radius));
                }
                // Not where it fades, frays or is dashed.
                if x1 == x2 && !flags.has(OPEN_RIGHT) {
                    before.2 = Some(Corner::right(x2, radius));
                }
            }
        }
        heap.corners.extend(before.2);
        others
    }

    /// Paints the bars of one height, which are drawn on a line. Those of the whole height write their lines from edge to edge;
    /// those of sub-rows come after, on the same lines, and are copied bar by bar.
    fn paint_sub_row(
        &self,
        canvas: &mut Canvas<'_>,
        under: &[Pixel],
        (sub, y): (u8, (i32, i32)),
        scratch: &mut Scratch,
    ) {
        let Scratch {
            heap,
            full,
            special,
        } = scratch;
        let height = y.1 - y.0;
        let core = if heap.has(BarFlags::MERGED) {
            core_lines(height, self.unit)
        } else {
            0..0
        };
        let rounded = if heap.corners.is_empty() {
            0
        } else {
            self.corners.largest(height)
        };
        let put = |canvas: &mut Canvas<'_>, row: i32, line: &[Pixel]| {
            if sub == 0 {
                canvas.put(y.0 + row, line);
            } else {
                put_bars(canvas, y.0 + row, line, &heap.bars);
            }
        };
        for row in 0..(height + 1) / 2 {
            let below = height - 1 - row;
            let is_core = core.contains(&row);
            let line = if row < rounded || is_core {
                special.clear();
                special.extend_from_slice(full);
                for bar in heap.bars.iter().filter(|_| is_core) {
                    bar.draw_core(special, under);
                }
                if row < rounded {
                    let strengths = self.corners.row(row);
                    for corner in &heap.corners {
                        corner.round(special, under, &strengths);
                    }
                }
                &*special
            } else {
                &*full
            };
            put(canvas, row, line);
            if below > row {
                put(canvas, below, line);
            }
        }
        if heap.has(CUT_EDGES) {
            for bar in heap.bars.iter().filter(|bar| bar.flags.has(CUT_EDGES)) {
                edge::cut(canvas, under, bar, y, self.unit);
            }
        }
    }

    /// Columns that stand on the lower edge.
    fn columns(&self, canvas: &mut Canvas<'_>, lane: &LaneBox, range: std::ops::Range<usize>) {
        let bars = self.frame.bars.range(range);
        for bar in bars.filter(|bar| bar.sub >= COLUMN) {
            let (rgb, _) = self.inks[usize::from(bar.colour)];
            canvas.mix(self.across(&bar), lane.bar(bar.sub), rgb, u8::MAX);
        }
    }

    /// First pixel of a bar, and one past its last.
    fn across(&self, bar: &bars::Bar) -> (i32, i32) {
        let x0 = self.across.pixel(bar.x0);
        (x0, self.across.pixel(bar.x2).max(x0 + 1))
    }

    /// A line along each bar that is new to the visitor, outside of it so that it shows beside any
    /// colour: above the bar, below it in the lower sub-row.
    fn news(&self, canvas: &mut Canvas<'_>, lane: &LaneBox, range: std::ops::Range<usize>) {
        let (gap, thick) = (self.unit, 2 * self.unit);
        for bar in self.frame.bars.range(range).filter(|bar| bar.fresh) {
            let (top, bottom) = lane.bar(bar.sub);
            let y = if bar.sub == 2 {
                let last = (bottom + gap + thick)
                    .min(lane.bottom - self.unit)
                    .max(bottom);
                (last - thick, last)
            } else {
                let first = (top - gap - thick).max(lane.top).min(top);
                (first, first + thick)
            };
            canvas.mix(self.across(&bar), y, self.theme.accent, u8::MAX);
        }
    }

    /// Outlines what is asked for, all pieces of a session together.
    fn outline(
        &self,
        canvas: &mut Canvas<'_>,
        lane: &LaneBox,
        range: std::ops::Range<usize>,
        wants: &dyn Fn(&bars::Bar) -> bool,
        alpha: u8,
    ) {
        let mut bars = self.frame.bars.range(range).peekable();
        while let Some(first) = bars.next() {
            let mut end = first.x2;
            // The segments of a session follow each other.
            while let Some(piece) = bars.next_if(|next| next.flags.has(BarFlags::SEGMENT)) {
                end = piece.x2;
            }
            if wants(&first) {
                let x = (self.across.pixel(first.x0), self.across.pixel(end));
                let y = lane.bar(first.sub);
                overlay::outline(canvas, x, y, self.theme.accent, alpha, self.frame.ratio);
            }
        }
    }
}

/// The lines from the edge inwards that show the core of merged bars, of the upper half.
fn core_lines(height: i32, unit: i32) -> std::ops::Range<i32> {
    let half = (height + 1) / 2;
    if height < 5 { 0..0 } else { half - unit..half }
}

fn put_bars(canvas: &mut Canvas<'_>, y: i32, line: &[Pixel], bars: &[Bar]) {
    let to = canvas.line(y);
    for bar in bars {
        let range = clip(bar.x0, bar.x2, to.len().min(line.len()));
        to[range.clone()].copy_from_slice(&line[range]);
    }
}
