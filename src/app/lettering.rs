//! Text among the pixels of a canvas. The browser draws each text once, on a sheet aside, all that are new in one go; from then
//! on its pixels are copied. That is many times as quick as asking the browser for every text of every frame.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::timeline::Texts;
use crate::timeline::raster::{Canvas, Stamp};

/// So many texts are kept; then all are drawn anew.
const KEPT: usize = 600;
/// Width of the sheet, device pixels.
const SHEET: u32 = 1024;
/// Room around a text for what reaches beyond its width, device pixels.
const PAD: u32 = 2;

/// A text on its way to the pixels.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Index into the frame's rows.
    pub row: u32,
    /// What [`Letters::know`] returned for it.
    pub text: u32,
    /// What [`Letters::ink`] returned for its colour.
    pub ink: u32,
    /// Where it begins, device pixels.
    pub x: i32,
    /// Its middle, device pixels.
    pub y: i32,
}

/// The texts of a canvas in one font.
#[derive(Debug, Default)]
pub struct Letters {
    sheet: Option<CanvasRenderingContext2d>,
    /// Size of the font, device pixels.
    size: u32,
    words: Texts,
    /// Colours, as CSS text.
    inks: Texts,
    /// By number.
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    width: f64,
    faces: Vec<Face>,
}

/// A text in one colour.
#[derive(Debug)]
struct Face {
    ink: u32,
    /// From the text's beginning and from its middle to the upper left pixel.
    at: (i32, i32),
    stamp: Stamp,
}

impl Letters {
    /// A picture begins, with a font of that size in device pixels.
    ///
    /// # Errors
    ///
    /// The browser has no canvas for the sheet.
    pub fn begin(&mut self, size: u32) -> Result<(), JsValue> {
        if self.size != size || self.texts.len() > KEPT {
            self.texts.clear();
            self.words.clear();
            self.inks.clear();
            self.size = size;
            let context = self.context()?;
            prepare(&context, size);
        }
        Ok(())
    }

    fn context(&mut self) -> Result<CanvasRenderingContext2d, JsValue> {
        if let Some(sheet) = &self.sheet {
            return Ok(sheet.clone());
        }
        let document = web_sys::window().and_then(|window| window.document());
        let canvas: HtmlCanvasElement = document
            .ok_or("no document")?
            .create_element("canvas")?
            .dyn_into()?;
        canvas.set_width(SHEET);
        let often = super::object(&[("willReadFrequently", true.into())]);
        let sheet: CanvasRenderingContext2d = canvas
            .get_context_with_context_options("2d", &often)?
            .ok_or("no 2d context")?
            .dyn_into()?;
        Ok(self.sheet.insert(sheet).clone())
    }

    /// The number of a text, for [`Line::text`], and its width in device pixels. Holds until the next picture begins.
    ///
    /// # Errors
    ///
    /// As of [`Self::begin`].
    pub fn know(&mut self, text: &str) -> Result<(u32, f64), JsValue> {
        let number = self.words.number(text);
        if let Some(known) = self.texts.get(number as usize) {
            return Ok((number, known.width));
        }
        let width = self.context()?.measure_text(text)?.width();
        self.texts.push(Text {
            width,
            faces: Vec::new(),
        });
        Ok((number, width))
    }

    /// The number of a colour, for [`Line::ink`]; likewise.
    pub fn ink(&mut self, css: &str) -> u32 {
        self.inks.number(css)
    }

    /// Makes lines ready to be written.
    ///
    /// # Errors
    ///
    /// The browser has no memory for a sheet of that size.
    pub fn prepare<'a>(&mut self, lines: impl Iterator<Item = &'a Line>) -> Result<(), JsValue> {
        let mut missing = Vec::new();
        for line in lines {
            let text = self.texts.get_mut(line.text as usize);
            if let Some(text) = text.filter(|text| text.face(line.ink).is_none()) {
                missing.push((line.text, text.faces.len()));
                text.faces.push(Face {
                    ink: line.ink,
                    at: (0, 0),
                    stamp: Stamp::default(),
                });
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        self.draw(&missing)
    }

    /// Writes a line that was made ready among the pixels.
    pub fn write(&self, canvas: &mut Canvas<'_>, line: &Line) {
        let text = self.texts.get(line.text as usize);
        if let Some(face) = text.and_then(|text| text.face(line.ink)) {
            canvas.stamp((line.x + face.at.0, line.y + face.at.1), &face.stamp);
        }
    }

    /// Lets the browser draw texts (number, and which of its faces) on the sheet, and keeps their pixels.
    fn draw(&mut self, missing: &[(u32, usize)]) -> Result<(), JsValue> {
        let context = self.context()?;
        let canvas = context.canvas().ok_or("no canvas")?;
        let line = self.size * 3 / 2 + 2;
        let mut places = Vec::with_capacity(missing.len());
        let (mut x, mut y, mut widest) = (0, 0, SHEET);
        for (number, _) in missing {
            let text = self.texts.get(*number as usize);
            let width = text.map_or(0, |text| text.width.ceil() as u32) + 2 * PAD;
            if x > 0 && x + width > SHEET {
                (x, y) = (0, y + line);
            }
            places.push((x, y, width));
            x += width;
            widest = widest.max(width);
        }
        let height = y + line;
        // A new size empties the canvas, and what was set of its context.
        canvas.set_width(widest);
        canvas.set_height(height);
        prepare(&context, self.size);
        for ((number, face), (x, y, _)) in missing.iter().zip(&places) {
            let text = self.texts.get(*number as usize);
            let face = text.and_then(|text| text.faces.get(*face));
            let ink = face.and_then(|face| self.inks.get(face.ink));
            context.set_fill_style_str(ink.unwrap_or_default());
            let (x, y) = (f64::from(x + PAD), f64::from(y + line / 2));
            context.fill_text(self.words.get(*number).unwrap_or(""), x, y)?;
        }
        let image = context.get_image_data(0.0, 0.0, f64::from(widest), f64::from(height))?;
        let data = image.data().0;
        let (pixels, _) = data.as_chunks::<4>();
        for ((number, face), (x, y, width)) in missing.iter().zip(&places) {
            let text = self.texts.get_mut(*number as usize);
            let Some(face) = text.and_then(|text| text.faces.get_mut(*face)) else {
                continue;
            };
            let lines = pixels.chunks_exact(widest as usize);
            let lines = lines.skip(*y as usize).take(line as usize);
            let own = lines.map(|line| {
                let own = line.get(*x as usize..(*x + *width) as usize);
                own.unwrap_or_default()
            });
            face.at = (-(PAD as i32), -((line / 2) as i32));
            face.stamp = Stamp::new(own);
        }
        Ok(())
    }
}

impl Text {
    fn face(&self, ink: u32) -> Option<&Face> {
        self.faces.iter().find(|face| face.ink == ink)
    }
}

fn prepare(context: &CanvasRenderingContext2d, size: u32) {
    context.set_font(&format!("{size}px system-ui, sans-serif"));
    context.set_text_baseline("middle");
}
