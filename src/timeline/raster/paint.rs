//! The whole canvas: rows with their background, what is in them, and what lies over all.

use std::ops::Range;

use super::canvas::{Canvas, Pixel, clip};
use super::corner::Corners;
use super::lane::{Brush, Scratch};
use super::place::Placement;
use super::theme::{Rgb, Shown, Theme};
use super::{hatch, mark, overlay, strip};
use crate::frame::{Frame, Row, RowKind};
use crate::geometry::LaneBox;

/// Radius of the bars' corners, CSS pixels.
const CORNER: f32 = 3.0;

/// How far what belongs to a row reaches beyond it, CSS pixels: text and outlines do.
const OVERHANG: f32 = 20.0;
/// Pixels of a stripe: they stay in a processor's nearest caches from when they are painted until they are copied.
const STRIPE: usize = 96 * 1024;

/// A picture that is to be painted.
pub struct Painting<'a> {
    brush: Brush<'a>,
    /// The rows that are in view: their index, what they are, and where they lie.
    rows: Vec<Painted>,
    sticky: Option<Painted>,
    /// Width and height of the picture.
    size: (usize, i32),
}

#[derive(Clone, Copy)]
struct Painted {
    index: u32,
    kind: RowKind,
    lane: LaneBox,
}

impl<'a> Painting<'a> {
    /// Of a frame, in device pixels of that width and height.
    ///
    /// `place` may show a frame shifted and scaled while the next one is under way. Rows are drawn where
    /// their `y` says, on the background; where a row is missing the background shows.
    pub fn new(
        frame: &'a Frame,
        size: (usize, i32),
        place: &'a Placement,
        theme: &'a Theme,
        shown: &'a Shown<'a>,
    ) -> Self {
        let ink = |colour: u8| (theme.bar(colour), theme.is_faded(colour));
        let painted = |index: u32, row: &Row| Painted {
            index,
            kind: row.kind,
            lane: LaneBox::new(row, place.scroll_y, frame.ratio),
        };
        let rows = (0..).zip(frame.rows_in_place());
        let rows = rows.map(|(index, row)| painted(index, row));
        let in_view = |row: &Painted| row.lane.bottom > 0 && row.lane.top < size.1;
        let sticky = frame.sticky.zip(frame.sticky_row(place.scroll_y));
        Self {
            rows: rows.filter(in_view).collect(),
            sticky: sticky.map(|(index, row)| painted(index, &row)),
            size,
            brush: Brush {
                inks: std::array::from_fn(|colour| ink(colour as u8)),
                frame,
                place,
                across: place.across(),
                theme,
                shown,
                corners: Corners::new((CORNER * frame.ratio).round().clamp(0.0, 24.0) as usize),
                unit: (frame.ratio.round() as i32).max(1),
            },
        }
    }

    /// Its lines in stripes from top to bottom, to be painted one after the other: that is quicker than all at once. They end
    /// where rows end, if they can.
    pub fn stripes(&self) -> impl Iterator<Item = Range<i32>> {
        let (width, height) = self.size;
        let most = i32::try_from(STRIPE / width.max(1)).unwrap_or(i32::MAX);
        let mut ends = self.rows.iter().map(|row| row.lane.bottom).peekable();
        let mut from = 0_i32;
        std::iter::from_fn(move || {
            let farthest = from.saturating_add(most.max(1)).min(height);
            let mut end = None;
            while let Some(bottom) = ends.next_if(|bottom| *bottom <= farthest) {
                end = Some(bottom).filter(|bottom| *bottom > from).or(end);
            }
            // Nothing but background below them all.
            let to = end.filter(|_| farthest < height).unwrap_or(farthest);
            let stripe = from..to;
            from = to;
            Some(stripe).filter(|stripe| !stripe.is_empty())
        })
    }

    /// Paints some lines over RGBA bytes, as an `ImageData` holds them: every pixel of them is written, nothing where there are
    /// too few bytes for them.
    ///
    /// Text is the caller's: `write` puts that of a row, by its index, on the canvas. It is called in order, for each row that
    /// reaches into the lines, when its pixels are still at hand.
    pub fn paint(
        &self,
        bytes: &mut [u8],
        lines: Range<i32>,
        write: &mut dyn FnMut(&mut Canvas<'_>, u32),
    ) {
        let Some(canvas) = &mut Canvas::new(bytes, self.size.0, lines) else {
            return;
        };
        let brush = &self.brush;
        let overhang = (OVERHANG * brush.frame.ratio).round() as i32;
        let mut scratch = Scratch::default();
        let mut ground = Ground::default();
        let mut painted_to = 0;
        let mut last = None;
        for row in &self.rows {
            let Painted { index, lane, .. } = row;
            if lane.top > painted_to {
                brush.no_row(canvas, painted_to, lane.top, &mut ground);
            }
            painted_to = lane.bottom.max(painted_to);
            if !canvas.is_near((lane.top, lane.bottom), overhang) {
                continue;
            }
            brush.row(canvas, row, &mut ground, &mut scratch);
            // What reaches down from the row before must not lie beneath this one.
            if let Some(before) = last.replace(*index) {
                write(canvas, before);
            }
        }
        brush.no_row(canvas, painted_to, self.size.1, &mut ground);
        if let Some(last) = last {
            write(canvas, last);
        }
        if let Some(row) = &self.sticky {
            brush.row(canvas, row, &mut ground, &mut scratch);
            write(canvas, row.index);
        }
    }
}

/// The line of pixels behind the bars of a row. Most rows have the same as the row before.
#[derive(Default)]
struct Ground {
    line: Vec<Pixel>,
    /// What it was composed of.
    of: Option<(Rgb, i32)>,
}

impl Brush<'_> {
    /// Paints lines where there is no row.
    fn no_row(&self, canvas: &mut Canvas<'_>, from: i32, to: i32, ground: &mut Ground) {
        self.lay(ground, canvas.width(), self.theme.background, 0);
        fill(canvas, from, to, &ground.line);
        overlay::draw(canvas, (from, to), self.shown, self.theme, self.frame.ratio);
    }

    /// Paints a row into its box.
    fn row(
        &self,
        canvas: &mut Canvas<'_>,
        &Painted { index, kind, lane }: &Painted,
        ground: &mut Ground,
        scratch: &mut Scratch,
    ) {
        let lane = &lane;
        let Self {
            frame,
            place,
            theme,
            shown,
            unit,
            ..
        } = *self;
        let chosen = kind.lane().is_some() && kind.lane() == shown.chosen_lane;
        let hatched = hatched_to(frame, index, place);
        let colour = match kind {
            RowKind::Group(_) => theme.group_background,
            _ if chosen => theme.chosen_background,
            _ => theme.background,
        };
        self.lay(
            ground,
            canvas.width(),
            colour,
            if chosen { 0 } else { hatched },
        );
        let under = &ground.line;
        let index = index as usize;
        let bars = frame.bars.of_row(index);
        let separator = lane.bottom - unit;
        if bars.is_empty() {
            fill(canvas, lane.top, separator, under);
        } else {
            fill(canvas, lane.top, lane.bar_top, under);
            // The lines of the bars are written once, with the bars.
            fill(canvas, lane.bar_bottom, separator, under);
            self.bars(canvas, under, lane, bars, scratch);
        }
        canvas.mix(
            (0, i32::MAX),
            (separator.max(lane.bar_bottom), lane.bottom),
            theme.line,
            u8::MAX,
        );
        if hatched > 0 {
            let phase = (place.scroll_y * frame.ratio).round() as i32;
            let y = (lane.top, separator);
            hatch::draw(canvas, under, y, hatched, phase, theme.hatch, frame.ratio);
        }
        for i in marks_of(frame, index) {
            let at = (kind, lane);
            mark::draw(canvas, &frame.marks[i], at, place, theme, frame.ratio);
        }
        for sums in frame.strips.iter().filter(|s| s.row as usize == index) {
            strip::draw(canvas, sums, lane, place, theme, frame.ratio);
        }
        overlay::draw(canvas, (lane.top, lane.bottom), shown, theme, frame.ratio);
    }

    /// Composes the line behind a row: the grid is drawn on the plain background only, and not where it is hatched.
    fn lay(&self, ground: &mut Ground, width: usize, colour: Rgb, hatched: i32) {
        if ground.of.replace((colour, hatched)) == Some((colour, hatched)) {
            return;
        }
        let line = &mut ground.line;
        line.clear();
        line.resize(width, colour.pixel());
        if colour == self.theme.background {
            for &x in &self.shown.grid {
                let x = Placement::whole(f64::from(x));
                let range = clip(x, x + self.unit, width);
                line[range].fill(self.theme.line.pixel());
            }
        }
        let range = clip(0, hatched, width);
        line[range].fill(self.theme.hatch_background.pixel());
    }
}

fn fill(canvas: &mut Canvas<'_>, from: i32, to: i32, line: &[Pixel]) {
    for y in canvas.lines(from, to) {
        canvas.put(y, line);
    }
}

/// Right edge of the hatching of a row; 0 where there is none.
fn hatched_to(frame: &Frame, row: u32, place: &Placement) -> i32 {
    frame
        .hatches
        .iter()
        .find(|(at, _)| *at == row)
        .map_or(0, |(_, x)| place.x(*x).max(0))
}

fn marks_of(frame: &Frame, row: usize) -> Range<usize> {
    let first = frame.marks.partition_point(|m| (m.row as usize) < row);
    first..first + frame.marks[first..].partition_point(|m| m.row as usize == row)
}
