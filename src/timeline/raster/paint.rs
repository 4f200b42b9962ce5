//! The whole canvas: rows with their background, what is in them, and what lies over all.

use super::canvas::{Canvas, Pixel, clip};
use super::corner::Corners;
use super::lane::{Brush, Scratch};
use super::place::Placement;
use super::theme::{Rgb, Shown, Theme};
use super::{hatch, mark, overlay, strip};
use crate::frame::{Frame, RowKind};
use crate::geometry::LaneBox;

/// Radius of the bars' corners, CSS pixels.
const CORNER: f32 = 3.0;

/// Paints a frame. Every pixel of the canvas is written.
///
/// `place` may show a frame shifted and scaled while the next one is under way. Rows are drawn where
/// their `y` says, on the background; where a row is missing the background shows. Text is the caller's: `write` puts that of
/// a row, by its index, on the canvas. It is called for each row that is painted, in order, when its pixels are still at hand.
pub fn paint(
    frame: &Frame,
    canvas: &mut Canvas<'_>,
    place: &Placement,
    theme: &Theme,
    shown: &Shown<'_>,
    write: &mut dyn FnMut(&mut Canvas<'_>, u32),
) {
    let ink = |colour: u8| (theme.bar(colour), theme.is_faded(colour));
    let brush = Brush {
        inks: std::array::from_fn(|colour| ink(colour as u8)),
        frame,
        place,
        across: place.across(),
        theme,
        shown,
        corners: Corners::new((CORNER * frame.ratio).round().clamp(0.0, 24.0) as usize),
        unit: (frame.ratio.round() as i32).max(1),
    };
    let mut scratch = Scratch::default();
    let mut ground = Ground::default();
    let bottom = i32::try_from(canvas.height()).unwrap_or(i32::MAX);
    let mut painted_to = 0;
    let mut last = None;
    for (index, row) in (0..).zip(frame.rows_in_place()) {
        let lane = LaneBox::new(row, place.scroll_y, frame.ratio);
        if lane.bottom <= 0 || lane.top >= bottom {
            continue;
        }
        if lane.top > painted_to {
            brush.no_row(canvas, painted_to, lane.top, &mut ground);
        }
        painted_to = lane.bottom.max(painted_to);
        brush.row(canvas, (index, row.kind), &lane, &mut ground, &mut scratch);
        // What reaches down from the row before must not lie beneath this one.
        if let Some(before) = last.replace(index) {
            write(canvas, before);
        }
    }
    brush.no_row(canvas, painted_to, bottom, &mut ground);
    if let Some(last) = last {
        write(canvas, last);
    }
    if let Some((index, row)) = frame.sticky.zip(frame.sticky_row(place.scroll_y)) {
        let lane = LaneBox::new(&row, place.scroll_y, frame.ratio);
        brush.row(canvas, (index, row.kind), &lane, &mut ground, &mut scratch);
        write(canvas, index);
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
        (index, kind): (u32, RowKind),
        lane: &LaneBox,
        ground: &mut Ground,
        scratch: &mut Scratch,
    ) {
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

fn marks_of(frame: &Frame, row: usize) -> std::ops::Range<usize> {
    let first = frame.marks.partition_point(|m| (m.row as usize) < row);
    first..first + frame.marks[first..].partition_point(|m| m.row as usize == row)
}
