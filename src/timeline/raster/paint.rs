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

/// Paints a frame. Every pixel of the canvas is written; text is the caller's.
///
/// `place` may show a frame shifted and scaled while the next one is under way. Rows are drawn where
/// their `y` says, on the background; where a row is missing the background shows.
pub fn paint(
    frame: &Frame,
    canvas: &mut Canvas<'_>,
    place: &Placement,
    theme: &Theme,
    shown: &Shown<'_>,
) {
    let unit = (frame.ratio.round() as i32).max(1);
    let ink = |colour: u8| (theme.bar(colour), theme.is_faded(colour));
    let brush = Brush {
        inks: std::array::from_fn(|colour| ink(colour as u8)),
        frame,
        place,
        theme,
        shown,
        corners: Corners::new((CORNER * frame.ratio).round().clamp(0.0, 24.0) as usize),
        unit,
    };
    let mut scratch = Scratch::default();
    let mut under = Vec::new();
    let bottom = i32::try_from(canvas.height()).unwrap_or(i32::MAX);
    let mut painted_to = 0;
    for (index, row) in frame.rows_in_place().iter().enumerate() {
        let lane = LaneBox::new(row, place.scroll_y, frame.ratio);
        if lane.bottom <= 0 || lane.top >= bottom {
            continue;
        }
        if lane.top > painted_to {
            background(&mut under, canvas.width(), None, theme, shown, unit);
            fill(canvas, painted_to, lane.top, &under);
        }
        painted_to = lane.bottom.max(painted_to);
        brush.row(canvas, (index, row.kind), &lane, &mut under, &mut scratch);
    }
    background(&mut under, canvas.width(), None, theme, shown, unit);
    fill(canvas, painted_to, bottom, &under);
    if let Some((index, row)) = frame.sticky.zip(frame.sticky_row(place.scroll_y)) {
        let lane = LaneBox::new(&row, place.scroll_y, frame.ratio);
        let at = (index as usize, row.kind);
        brush.row(canvas, at, &lane, &mut under, &mut scratch);
    }
    overlay::draw(canvas, shown, theme, frame.ratio);
}

impl Brush<'_> {
    /// Paints a row into its box.
    fn row(
        &self,
        canvas: &mut Canvas<'_>,
        (index, kind): (usize, RowKind),
        lane: &LaneBox,
        under: &mut Vec<Pixel>,
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
        let hatched = hatched_to(frame, index, place);
        background(under, canvas.width(), Some(kind), theme, shown, unit);
        if !is_chosen(kind, shown) {
            let range = clip(0, hatched, under.len());
            under[range].fill(theme.hatch_background.pixel());
        }
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
    }
}

/// Composes the background line of a row, or of no row: the grid is drawn on the plain one only.
fn background(
    line: &mut Vec<Pixel>,
    width: usize,
    kind: Option<RowKind>,
    theme: &Theme,
    shown: &Shown<'_>,
    unit: i32,
) {
    let colour: Rgb = match kind {
        Some(RowKind::Group(_)) => theme.group_background,
        Some(kind) if is_chosen(kind, shown) => theme.chosen_background,
        _ => theme.background,
    };
    line.clear();
    line.resize(width, colour.pixel());
    if colour == theme.background {
        for &x in &shown.grid {
            let x = Placement::whole(f64::from(x));
            let range = clip(x, x + unit, width);
            line[range].fill(theme.line.pixel());
        }
    }
}

fn is_chosen(kind: RowKind, shown: &Shown<'_>) -> bool {
    kind.lane()
        .is_some_and(|lane| shown.chosen_lane == Some(lane))
}

fn fill(canvas: &mut Canvas<'_>, from: i32, to: i32, line: &[Pixel]) {
    for y in canvas.lines(from, to) {
        canvas.put(y, line);
    }
}

/// Right edge of the hatching of a row; 0 where there is none.
fn hatched_to(frame: &Frame, row: usize, place: &Placement) -> i32 {
    frame
        .hatches
        .iter()
        .find(|(at, _)| *at as usize == row)
        .map_or(0, |(_, x)| place.x(*x).max(0))
}

fn marks_of(frame: &Frame, row: usize) -> std::ops::Range<usize> {
    let first = frame.marks.partition_point(|m| (m.row as usize) < row);
    first..first + frame.marks[first..].partition_point(|m| m.row as usize == row)
}
