//! One lane: its bars composed as a few lines of pixels and copied to all lines of the lane.

use super::canvas::{Canvas, Pixel, clip};
use super::corner::Corners;
use super::edge;
use super::line::Bar;
use super::overlay;
use super::place::Placement;
use super::theme::{Shown, Theme};
use crate::timeline::frame::{BarFlags, Bars, COLUMN, Frame};
use crate::timeline::geometry::LaneBox;

/// Flags that call for an edge cut line by line.
const CUT_EDGES: u8 = BarFlags::START_UNSURE
    | BarFlags::START_BEFORE
    | BarFlags::END_UNKNOWN
    | BarFlags::END_ESTIMATED;

/// What stays the same from lane to lane.
pub(super) struct Brush<'a> {
    pub frame: &'a Frame,
    pub place: &'a Placement,
    pub theme: &'a Theme,
    pub shown: &'a Shown,
    pub corners: Corners,
    /// A CSS pixel in whole device pixels.
    pub unit: i32,
}

/// Working space, kept from lane to lane.
#[derive(Default)]
pub(super) struct Scratch {
    bars: Vec<Bar>,
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
        for sub in 0..=2 {
            self.collect(range.clone(), sub, under.len(), &mut scratch.bars);
            // The lines of the whole height are written even where they hold no bar.
            if sub == 0 || !scratch.bars.is_empty() {
                self.paint_sub_row(canvas, under, lane.bar(sub), sub > 0, scratch);
            }
        }
        self.columns(canvas, lane, range.clone());
        self.news(canvas, lane, range.clone());
        if self.shown.chosen_session.is_some() || self.shown.hovered_session.is_some() {
            self.outlines(canvas, lane, range);
        }
    }

    fn collect(&self, range: std::ops::Range<usize>, sub: u8, width: usize, into: &mut Vec<Bar>) {
        let bars = &self.frame.bars;
        into.clear();
        let mut joined = false;
        for i in range.clone() {
            if bars.sub[i] != sub {
                continue;
            }
            let joins = i + 1 < range.end && touches(bars, i);
            let x0 = self.place.x(bars.x0[i]);
            let x2 = self.place.x(bars.x2[i]).max(x0 + 1);
            let visible = x2 > 0 && x0 < width as i32;
            if visible {
                into.push(Bar {
                    x0,
                    x1: self.place.x(bars.x1[i]).clamp(x0, x2),
                    x2,
                    rgb: self.theme.bar(bars.colour[i]),
                    faded: self.theme.is_faded(bars.colour[i]),
                    flags: BarFlags(bars.flags[i]),
                    joined: (joined, joins),
                });
            }
            joined = joins;
        }
    }

    /// Paints the bars of one height. Those of the whole height write their lines from edge to edge;
    /// those of sub-rows come after, on the same lines, and are copied bar by bar.
    fn paint_sub_row(
        &self,
        canvas: &mut Canvas<'_>,
        under: &[Pixel],
        y: (i32, i32),
        shared: bool,
        scratch: &mut Scratch,
    ) {
        let Scratch {
            bars,
            full,
            special,
        } = scratch;
        full.clear();
        full.extend_from_slice(under);
        for bar in &*bars {
            bar.draw(full, self.theme);
        }
        let height = y.1 - y.0;
        let merged = bars.iter().any(|bar| bar.flags.has(BarFlags::MERGED));
        let core = core_lines(height, self.unit);
        let put = |canvas: &mut Canvas<'_>, row: i32, line: &[Pixel]| {
            if shared {
                put_bars(canvas, y.0 + row, line, bars);
            } else {
                canvas.put(y.0 + row, line);
            }
        };
        for row in 0..(height + 1) / 2 {
            let below = height - 1 - row;
            let is_core = merged && core.contains(&row);
            if row < self.corners.most() || is_core {
                special.clear();
                special.extend_from_slice(full);
                for bar in &*bars {
                    if is_core && bar.flags.has(BarFlags::MERGED) {
                        bar.draw_core(special, under);
                    }
                    bar.round(special, under, &self.corners, row, height);
                }
                put(canvas, row, special);
                put(canvas, below, special);
            } else {
                put(canvas, row, full);
                put(canvas, below, full);
            }
        }
        for bar in bars.iter().filter(|bar| bar.flags.has(CUT_EDGES)) {
            edge::cut(canvas, under, bar, y, self.unit);
        }
    }

    /// Columns that stand on the lower edge.
    fn columns(&self, canvas: &mut Canvas<'_>, lane: &LaneBox, range: std::ops::Range<usize>) {
        let bars = &self.frame.bars;
        for i in range.filter(|&i| bars.sub[i] >= COLUMN) {
            let x0 = self.place.x(bars.x0[i]);
            let x2 = self.place.x(bars.x2[i]).max(x0 + 1);
            let colour = self.theme.bar(bars.colour[i]);
            canvas.mix((x0, x2), lane.bar(bars.sub[i]), colour, u8::MAX);
        }
    }

    /// A line along each bar that is new to the visitor, outside of it so that it shows beside any
    /// colour: above the bar, below it in the lower sub-row.
    fn news(&self, canvas: &mut Canvas<'_>, lane: &LaneBox, range: std::ops::Range<usize>) {
        let bars = &self.frame.bars;
        let (gap, thick) = (self.unit, 2 * self.unit);
        for i in range {
            if bars.fresh.get(i).is_none_or(|fresh| *fresh == 0) {
                continue;
            }
            let x0 = self.place.x(bars.x0[i]);
            let x2 = self.place.x(bars.x2[i]).max(x0 + 1);
            let (top, bottom) = lane.bar(bars.sub[i]);
            let y = if bars.sub[i] == 2 {
                let last = (bottom + gap + thick)
                    .min(lane.bottom - self.unit)
                    .max(bottom);
                (last - thick, last)
            } else {
                let first = (top - gap - thick).max(lane.top).min(top);
                (first, first + thick)
            };
            canvas.mix((x0, x2), y, self.theme.accent, u8::MAX);
        }
    }

    /// Outlines the chosen session and the one under the pointer, all their pieces together.
    fn outlines(&self, canvas: &mut Canvas<'_>, lane: &LaneBox, range: std::ops::Range<usize>) {
        let bars = &self.frame.bars;
        let shown = self.shown;
        for (session, alpha) in [
            (shown.hovered_session, 140),
            (shown.chosen_session, u8::MAX),
        ] {
            let Some(session) = session else { continue };
            let mut pieces = range.clone().filter(|&i| bars.session[i] == session);
            let Some(first) = pieces.next() else { continue };
            let last = pieces.next_back().unwrap_or(first);
            let x = (self.place.x(bars.x0[first]), self.place.x(bars.x2[last]));
            let y = lane.bar(bars.sub[first]);
            let accent = self.theme.accent;
            overlay::outline(canvas, x, y, accent, alpha, self.frame.ratio);
        }
    }
}

/// Whether a bar and the next of its row touch: segments, or one run of merged bars.
fn touches(bars: &Bars, i: usize) -> bool {
    bars.sub[i] == bars.sub[i + 1] && bars.x0[i + 1] <= bars.x2[i]
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
