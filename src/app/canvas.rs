//! Paints a frame into the canvas: pixels by the timeline's own painter, text by the browser.

use std::borrow::Cow;

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::engine::protocol::{ColourBy, Selection};
use crate::model::EventKind;
use crate::timeline::raster::{Canvas, Placement, Shown, paint};
use crate::timeline::{Frame, Label, LaneBox, RowKind, Scale, Tone, Track};

use super::palette::Palette;

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
}

/// A canvas with the pixels that are copied to it.
#[derive(Debug, Default)]
pub struct Painter {
    pixels: Vec<u8>,
}

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
        self.pixels.resize((width * height * 4) as usize, 0);
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
        if let Some(mut target) = Canvas::new(&mut self.pixels, width as usize, height as usize) {
            paint(picture.frame, &mut target, &place, &theme, &shown);
        }
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")?
            .ok_or("no 2d context")?
            .dyn_into()?;
        let image = ImageData::new_with_u8_clamped_array_and_sh(
            wasm_bindgen::Clamped(&self.pixels),
            width,
            height,
        )?;
        context.put_image_data(&image, 0.0, 0.0)?;
        texts(&context, picture, &place)
    }
}

/// Labels inside bars and notes behind them.
fn texts(
    context: &CanvasRenderingContext2d,
    picture: &Picture<'_>,
    place: &Placement,
) -> Result<(), JsValue> {
    let ratio = picture.ratio;
    let font = format!("{}px system-ui, sans-serif", (11.0 * ratio).round() as u32);
    context.set_font(&font);
    context.set_text_baseline("middle");
    let width = picture.scale.width() * ratio;
    let x_of = |x: f32| f64::from(x) * place.scale + place.dx;
    let rows = &picture.frame.rows;
    let sticky = picture.frame.sticky_row(picture.scroll_y);
    let sticky = sticky.map_or(0.0, |row| {
        f64::from(row.y + row.height - picture.scroll_y) * ratio
    });
    for label in &picture.frame.labels {
        let Some(row) = rows.get(label.row as usize) else {
            continue;
        };
        let (x0, x1) = (x_of(label.x0).max(0.0), x_of(label.x1).min(width));
        let room = x1 - x0 - 10.0 * ratio;
        if room < 18.0 * ratio {
            continue;
        }
        let Some(text) = fitting(context, label, row.kind, room)? else {
            continue;
        };
        let bar = LaneBox::new(row, picture.scroll_y, ratio as f32);
        let middle = f64::from(bar.bar_top + bar.bar_bottom) / 2.0;
        if middle < sticky {
            continue;
        }
        let behind = picture.palette.css(picture.colour, label.colour);
        context.set_fill_style_str(text_on(behind));
        context.fill_text(&text, x0 + 5.0 * ratio, middle + 0.5 * ratio)?;
    }
    for (row, note) in &picture.frame.notes {
        let Some(row) = rows.get(*row as usize) else {
            continue;
        };
        let at =
            Scale::new(picture.scale.from_ms(), picture.scale.to_ms(), width).x_at(note.at as f64);
        let x = at.max(0.0) + 8.0 * ratio;
        if x + context.measure_text(&note.text)?.width() > width - 4.0 * ratio {
            continue;
        }
        let bar = LaneBox::new(row, picture.scroll_y, ratio as f32);
        let middle = f64::from(bar.bar_top + bar.bar_bottom) / 2.0;
        if middle < sticky {
            continue;
        }
        let token = match note.tone {
            Tone::Dim => "--text-dim",
            Tone::Warning => "--warning",
            Tone::Bad => "--bad",
        };
        context.set_fill_style_str(picture.palette.token(token));
        context.fill_text(&note.text, x, middle + 0.5 * ratio)?;
    }
    events(context, picture, place)
}

/// What of a label there is room for: identifiers keep their last digits.
fn fitting<'a>(
    context: &CanvasRenderingContext2d,
    label: &'a Label,
    kind: RowKind,
    room: f64,
) -> Result<Option<Cow<'a, str>>, JsValue> {
    if context.measure_text(&label.text)?.width() <= room {
        return Ok(Some(Cow::Borrowed(&label.text)));
    }
    if !matches!(
        kind,
        RowKind::Track(_, Track::Cell | Track::Imei | Track::Imsi)
    ) {
        return Ok(None);
    }
    let tail = super::words::tail(&label.text);
    let fits = context.measure_text(&tail)?.width() <= room;
    Ok(fits.then_some(Cow::Owned(tail)))
}

/// The names of events, in the row of an opened lane that they have to themselves.
fn events(
    context: &CanvasRenderingContext2d,
    picture: &Picture<'_>,
    place: &Placement,
) -> Result<(), JsValue> {
    let ratio = picture.ratio;
    let width = picture.scale.width() * ratio;
    let x_of = |x: f32| f64::from(x) * place.scale + place.dx;
    let marks = &picture.frame.marks;
    context.set_fill_style_str(picture.palette.token("--text-dim"));
    for (at, mark) in marks.iter().enumerate() {
        let row = picture.frame.rows.get(mark.row as usize);
        let Some(row) = row.filter(|row| matches!(row.kind, RowKind::Track(..))) else {
            continue;
        };
        let next = marks.get(at + 1).filter(|next| next.row == mark.row);
        let from = x_of(mark.x) + 6.0 * ratio;
        let room = next.map_or(width, |next| x_of(next.x) - 5.0 * ratio) - from;
        let kind = EventKind::ALL.get(usize::from(mark.kind));
        let label = kind.map_or("", |kind| kind.label());
        let text = if mark.count > 1 {
            format!("{label} +{}", mark.count - 1)
        } else {
            label.to_owned()
        };
        if from < 0.0 || room < 24.0 * ratio || context.measure_text(&text)?.width() > room {
            continue;
        }
        let bar = LaneBox::new(row, picture.scroll_y, ratio as f32);
        let middle = f64::from(bar.top + bar.bottom) / 2.0;
        context.fill_text(&text, from, middle + 0.5 * ratio)?;
    }
    Ok(())
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
