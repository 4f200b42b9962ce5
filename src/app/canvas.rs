//! Paints a frame into the canvas: pixels by the timeline's own painter, text by the browser.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::engine::protocol::{ColourBy, Selection};
use crate::model::EventKind;
use crate::timeline::raster::{Canvas, Painting, Placement, Shown};
use crate::timeline::{Frame, LaneBox, Row, RowKind, Scale, Tone, Track};

use super::lettering::{Letters, Line};
use super::palette::Palette;

/// Device pixels per CSS pixel.
pub fn ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio().clamp(0.5, 4.0))
}

/// Everything that one picture depends on.
pub struct Picture<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// The window on time, in CSS pixels.
    pub scale: Scale,
    /// What of the list lies above.
    pub scroll_y: f32,
    /// What is chosen.
    pub selection: Selection,
    /// What is summed session by session, in order of their numbers.
    pub picked: &'a [u32],
    /// The session under the pointer.
    pub hovered: Option<u32>,
    /// When the data were fetched.
    pub as_of: Option<i64>,
    /// Where the axis has lines, CSS pixels.
    pub grid: &'a [f64],
    /// The colours.
    pub palette: &'a Palette,
    /// What sessions are coloured by.
    pub colour: ColourBy,
    /// Device pixels per CSS pixel.
    pub ratio: f64,
    /// Height of the canvas, device pixels.
    pub height: f64,
}

impl Picture<'_> {
    /// Whether some of a row lies on the canvas: a frame holds rows around it, too.
    fn is_in_view(&self, row: &LaneBox) -> bool {
        row.bottom > 0 && f64::from(row.top) < self.height
    }
}

/// A canvas with the pixels that are copied to it.
#[derive(Debug, Default)]
pub struct Painter {
    pixels: Vec<u8>,
    /// Of the usual size, and of the size that low rows have room for.
    letters: [Letters; 2],
}

/// Size of text, CSS pixels.
const TEXT_PX: f64 = 11.0;

impl Painter {
    /// Paints a picture.
    ///
    /// # Errors
    ///
    /// What the browser throws when it has no memory for a canvas of that size.
    pub fn paint(
        &mut self,
        canvas: &HtmlCanvasElement,
        picture: &Picture<'_>,
    ) -> Result<(), JsValue> {
        let (width, height) = (canvas.width(), canvas.height());
        if width == 0 || height == 0 {
            return Ok(());
        }
        let device = Scale::new(
            picture.scale.from_ms(),
            picture.scale.to_ms(),
            picture.scale.width() * picture.ratio,
        );
        let place = Placement::in_view(picture.frame, &device, picture.scroll_y);
        let x_of = |ms: i64| device.x_at(ms as f64) as f32;
        let shown = Shown {
            chosen_lane: picture.selection.lane,
            chosen_session: picture.selection.session,
            picked_sessions: picture.picked,
            hovered_session: picture.hovered,
            span: picture.selection.span.map(|[a, b]| (x_of(a), x_of(b))),
            now: picture.as_of.map(x_of),
            grid: picture
                .grid
                .iter()
                .map(|x| (x * picture.ratio) as f32)
                .collect(),
        };
        let theme = picture.palette.theme(picture.colour);
        let lines = lines(&mut self.letters, picture, &place)?;
        let letters = &self.letters;
        let write = &mut |canvas: &mut Canvas<'_>, row: u32| {
            let letters = &letters[usize::from(is_low(picture, row))];
            for line in lines.iter().flat_map(|lines| of_row(lines, row)) {
                letters.write(canvas, line);
            }
        };
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")?
            .ok_or("no 2d context")?
            .dyn_into()?;
        let size = (width as usize, i32::try_from(height).unwrap_or(i32::MAX));
        let painting = Painting::new(picture.frame, size, &place, &theme, &shown);
        for lines in painting.stripes() {
            let top = f64::from(lines.start);
            self.pixels.resize(size.0 * lines.len() * 4, 0);
            painting.paint(&mut self.pixels, lines, write);
            let pixels = wasm_bindgen::Clamped(&*self.pixels);
            let image = ImageData::new_with_u8_clamped_array(pixels, width)?;
            context.put_image_data(&image, 0.0, top)?;
        }
        Ok(())
    }
}

/// The texts of a row, of those of all rows in order.
fn of_row(lines: &[Line], row: u32) -> &[Line] {
    let first = lines.partition_point(|line| line.row < row);
    let rest = lines.get(first..).unwrap_or_default();
    let count = rest.partition_point(|line| line.row == row);
    rest.get(..count).unwrap_or_default()
}

/// Labels inside bars, notes behind them and the names of events: each in order of their rows, and ready to be written.
fn lines(
    letters: &mut [Letters; 2],
    picture: &Picture<'_>,
    place: &Placement,
) -> Result<[Vec<Line>; 3], JsValue> {
    let device = |px: f64| (px * picture.ratio).round() as u32;
    letters[0].begin(device(TEXT_PX))?;
    // All lanes are of one height.
    if let Some(low) = picture.frame.rows.iter().find(|row| row.is_low()) {
        letters[1].begin(device(f64::from(low.height).min(TEXT_PX)))?;
    }
    let lines = [
        labels(letters, picture, place)?,
        notes(letters, picture)?,
        events(&mut letters[0], picture, place)?,
    ];
    for (letters, low) in letters.iter_mut().zip([false, true]) {
        let lines = lines.iter().flatten();
        letters.prepare(lines.filter(|line| is_low(picture, line.row) == low))?;
    }
    Ok(lines)
}

/// The nearest whole pixel.
fn pixel(x: f64) -> i32 {
    (x + 0.5).floor() as i32
}

fn is_low(picture: &Picture<'_>, row: u32) -> bool {
    let row = picture.frame.rows.get(row as usize);
    row.is_some_and(Row::is_low)
}

/// What lies below the head of a group that stands at the top of the canvas, device pixels.
fn below_the_sticky_head(picture: &Picture<'_>) -> f64 {
    let sticky = picture.frame.sticky_row(picture.scroll_y);
    sticky.map_or(0.0, |row| {
        f64::from(row.y + row.height - picture.scroll_y) * picture.ratio
    })
}

/// Labels inside bars.
fn labels(
    letters: &mut [Letters; 2],
    picture: &Picture<'_>,
    place: &Placement,
) -> Result<Vec<Line>, JsValue> {
    let mut lines = Vec::with_capacity(picture.frame.bars.labels().len());
    let ratio = picture.ratio;
    let width = picture.scale.width() * ratio;
    let x_of = |x: i32| f64::from(x) * place.scale + place.dx;
    let rows = &picture.frame.rows;
    // Of thousands of labels few differ.
    let mut known: [Vec<Option<(u32, f64)>>; 2] =
        std::array::from_fn(|_| vec![None; picture.frame.texts.len()]);
    let mut inks: [[Option<u32>; 256]; 2] = [[None; 256]; 2];
    let sticky = below_the_sticky_head(picture);
    // A row's labels follow each other.
    let mut place_of_row = (u32::MAX, None);
    for label in picture.frame.bars.labels() {
        if label.row != place_of_row.0 {
            let middle = rows.get(label.row as usize).and_then(|row| {
                let bar = LaneBox::new(row, picture.scroll_y, ratio as f32);
                let middle = f64::from(bar.bar_top + bar.bar_bottom) / 2.0;
                let shows = middle >= sticky && picture.is_in_view(&bar);
                shows.then_some((row.kind, usize::from(row.is_low()), middle))
            });
            place_of_row = (label.row, middle);
        }
        let Some((kind, low, middle)) = place_of_row.1 else {
            continue;
        };
        let (x0, x1) = (x_of(label.x0).max(0.0), x_of(label.x1).min(width));
        let room = x1 - x0 - 10.0 * ratio;
        if room < 18.0 * ratio {
            continue;
        }
        let letters = &mut letters[low];
        let words = picture.frame.texts.get(label.text as usize);
        let (Some(words), Some(known)) = (words, known[low].get_mut(label.text as usize)) else {
            continue;
        };
        let whole = match *known {
            Some(known) => known,
            None => *known.insert(letters.know(words)?),
        };
        let Some(text) = fitting(letters, whole, words, kind, room)? else {
            continue;
        };
        let ink = inks[low][usize::from(label.colour)].get_or_insert_with(|| {
            letters.ink(text_on(picture.palette.css(picture.colour, label.colour)))
        });
        lines.push(Line {
            row: label.row,
            text,
            ink: *ink,
            x: pixel(x0 + 5.0 * ratio),
            y: pixel(middle + 0.5 * ratio),
        });
    }
    Ok(lines)
}

/// Notes behind the bars.
fn notes(letters: &mut [Letters; 2], picture: &Picture<'_>) -> Result<Vec<Line>, JsValue> {
    let mut lines = Vec::new();
    let ratio = picture.ratio;
    let width = picture.scale.width() * ratio;
    let sticky = below_the_sticky_head(picture);
    for (index, note) in &picture.frame.notes {
        let Some(row) = picture.frame.rows.get(*index as usize) else {
            continue;
        };
        let letters = &mut letters[usize::from(row.is_low())];
        let at =
            Scale::new(picture.scale.from_ms(), picture.scale.to_ms(), width).x_at(note.at as f64);
        let x = at.max(0.0) + 8.0 * ratio;
        let bar = LaneBox::new(row, picture.scroll_y, ratio as f32);
        let middle = f64::from(bar.bar_top + bar.bar_bottom) / 2.0;
        if middle < sticky || !picture.is_in_view(&bar) {
            continue;
        }
        let (text, wide) = letters.know(&note.text)?;
        if x + wide > width - 4.0 * ratio {
            continue;
        }
        let token = match note.tone {
            Tone::Dim => "--text-dim",
            Tone::Warning => "--warning",
            Tone::Bad => "--bad",
        };
        lines.push(Line {
            row: *index,
            text,
            ink: letters.ink(picture.palette.token(token)),
            x: pixel(x),
            y: pixel(middle + 0.5 * ratio),
        });
    }
    Ok(lines)
}

/// What of a label there is room for: identifiers keep their last digits.
fn fitting(
    letters: &mut Letters,
    (whole, width): (u32, f64),
    words: &str,
    kind: RowKind,
    room: f64,
) -> Result<Option<u32>, JsValue> {
    if width <= room {
        return Ok(Some(whole));
    }
    if !matches!(
        kind,
        RowKind::Track(_, Track::Cell | Track::Imei | Track::Imsi)
    ) {
        return Ok(None);
    }
    let (tail, width) = letters.know(&super::words::tail(words))?;
    Ok((width <= room).then_some(tail))
}

/// The names of events, in the row of an opened lane that they have to themselves.
fn events(
    letters: &mut Letters,
    picture: &Picture<'_>,
    place: &Placement,
) -> Result<Vec<Line>, JsValue> {
    let mut lines = Vec::new();
    let ratio = picture.ratio;
    let width = picture.scale.width() * ratio;
    let x_of = |x: f32| f64::from(x) * place.scale + place.dx;
    let marks = &picture.frame.marks;
    for (at, mark) in marks.iter().enumerate() {
        let row = picture.frame.rows.get(mark.row as usize);
        let Some(row) = row.filter(|row| matches!(row.kind, RowKind::Track(..))) else {
            continue;
        };
        let next = marks.get(at + 1).filter(|next| next.row == mark.row);
        let from = x_of(mark.x) + 6.0 * ratio;
        let room = next.map_or(width, |next| x_of(next.x) - 5.0 * ratio) - from;
        let bar = LaneBox::new(row, picture.scroll_y, ratio as f32);
        if from < 0.0 || room < 24.0 * ratio || !picture.is_in_view(&bar) {
            continue;
        }
        let kind = EventKind::ALL.get(usize::from(mark.kind));
        let label = kind.map_or("", |kind| kind.label());
        let (text, wide) = if mark.count > 1 {
            letters.know(&format!("{label} +{}", mark.count - 1))?
        } else {
            letters.know(label)?
        };
        if wide > room {
            continue;
        }
        let middle = f64::from(bar.top + bar.bottom) / 2.0;
        lines.push(Line {
            row: mark.row,
            text,
            ink: letters.ink(picture.palette.token("--text-dim")),
            x: pixel(from),
            y: pixel(middle + 0.5 * ratio),
        });
    }
    Ok(lines)
}

/// Black or white, whichever is easier to read on a colour (`#rrggbb`): WCAG's relative luminance.
fn text_on(colour: &str) -> &'static str {
    let hex = colour.trim_start_matches('#');
    let part = |at: usize| {
        hex.get(at..at + 2)
            .and_then(|two| u8::from_str_radix(two, 16).ok())
            .map_or(0.25, |value| {
                // WCAG's curve, closely enough for a choice between two.
                let share = f64::from(value) / 255.0;
                share * share
            })
    };
    let luminance = 0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4);
    // Where both would do, white reads as part of the bar.
    if luminance > 0.3 {
        "#10151b"
    } else {
        "#ffffff"
    }
}
