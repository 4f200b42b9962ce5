//! The page's side of a frame, in one synchronous call each: what it asks, and the answer onto a canvas, by the
//! same functions as the page's.

use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, HtmlElement};

use crate::app::bench::{
    FleetPicture, Painter, Palette, Picture, Shot, paint_fleet, timeline_query,
};
use crate::embed::{bars_from_buffers, cells_from_buffers};
use crate::engine::protocol::{
    ColourBy, Command, FleetQuery, GroupBy, Selection, Settings, SortBy, Update, decode, encode,
};
use crate::timeline::{Scale, ticks};

/// One canvas at one device pixel per CSS pixel.
#[wasm_bindgen]
pub struct BenchPainter {
    canvas: HtmlCanvasElement,
    palette: Palette,
    painter: Painter,
    shot: Shot,
    fleet: Option<Arc<FleetPicture>>,
    /// What was said of findings last: how many, and whether all was looked at.
    findings: (u32, bool),
}

#[wasm_bindgen]
impl BenchPainter {
    /// For a canvas, in the colours of an element.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement, styled: &HtmlElement) -> Self {
        Self {
            canvas,
            palette: Palette::of(styled),
            painter: Painter::default(),
            shot: Shot::default(),
            fleet: None,
            findings: (0, false),
        }
    }

    /// The command that sets lanes of that height, ungrouped, the busiest first, by operator's colour, with a
    /// filter line.
    ///
    /// # Errors
    ///
    /// None in practice: every command can be written.
    pub fn settings(&self, row_px: u8, filter: &str) -> Result<Uint8Array, JsError> {
        command(&Command::Settings(Settings {
            colour: COLOUR,
            group: GroupBy::None,
            sort: SortBy::Sessions,
            row_px,
            filter: filter.to_owned(),
            ..Settings::default()
        }))
    }

    /// The command that asks for the lanes in a window (epoch milliseconds), scrolled by `top` CSS pixels.
    ///
    /// # Errors
    ///
    /// As of [`Self::settings`].
    pub fn timeline(&self, from: f64, to: f64, top: f32) -> Result<Uint8Array, JsError> {
        let height = self.canvas.height() as f32;
        let query = timeline_query(self.scale(from, to), 1.0, top, height);
        command(&Command::Timeline(query))
    }

    /// The command that asks for all lanes at once in a window (epoch milliseconds).
    ///
    /// # Errors
    ///
    /// As of [`Self::settings`].
    pub fn fleet(&self, from: f64, to: f64) -> Result<Uint8Array, JsError> {
        command(&Command::Fleet(Some(FleetQuery {
            from: from as i64,
            to: to as i64,
            width: self.canvas.width(),
            height: self.canvas.height(),
            first: 0,
            count: 0,
        })))
    }

    /// The command that stops showing all lanes at once.
    ///
    /// # Errors
    ///
    /// As of [`Self::settings`].
    pub fn no_fleet(&self) -> Result<Uint8Array, JsError> {
        command(&Command::Fleet(None))
    }

    /// The command that asks for all findings.
    ///
    /// # Errors
    ///
    /// As of [`Self::settings`].
    pub fn findings(&self) -> Result<Uint8Array, JsError> {
        command(&Command::Findings(Box::default()))
    }

    /// How many findings there are; undefined while not all was looked at.
    pub fn found(&self) -> Option<u32> {
        let (count, complete) = self.findings;
        complete.then_some(count)
    }

    /// Takes an update and says what it was: `frame`, `fleet`, or undefined for any other.
    ///
    /// # Errors
    ///
    /// The bytes are no update, or the buffers are not those of one.
    pub fn take(&mut self, body: &JsValue, buffers: &Array) -> Result<Option<String>, JsError> {
        let body = Uint8Array::new(body).to_vec();
        let lacking = || JsError::new("the buffers are not those of the update");
        Ok(match decode(&body)? {
            Update::Frame(meta) => {
                let bars = bars_from_buffers(buffers).ok_or_else(lacking)?;
                self.shot = Shot::new(meta, bars, &self.shot);
                Some("frame".to_owned())
            }
            Update::Fleet(meta) => {
                let (colour, up) = cells_from_buffers(buffers).ok_or_else(lacking)?;
                let picture = FleetPicture { meta, colour, up };
                self.fleet = Some(Arc::new(picture));
                Some("fleet".to_owned())
            }
            Update::Findings(page) => {
                self.findings = (page.all, page.complete);
                None
            }
            _ => None,
        })
    }

    /// How many bars and how many labels the last frame has.
    pub fn counts(&self) -> Vec<u32> {
        let frame = &self.shot.frame;
        vec![frame.bars.len() as u32, frame.bars.labels().len() as u32]
    }

    /// Leaves the labels of the last frame out, to tell what text costs.
    pub fn drop_labels(&mut self) {
        let bars = std::mem::take(&mut self.shot.frame.bars);
        self.shot.frame.bars = bars.without_labels();
        self.shot.frame.notes.clear();
    }

    /// Paints the lanes in a window (epoch milliseconds), with the grid of the axis.
    ///
    /// # Errors
    ///
    /// What the browser throws when it has no memory for the canvas.
    pub fn paint(&mut self, from: f64, to: f64, top: f32) -> Result<(), JsValue> {
        let scale = self.scale(from, to);
        let axis = ticks(from as i64, to as i64, scale.width(), &|_| 0);
        let lines = axis.minor.iter().chain(&axis.major);
        let grid: Vec<f64> = lines.map(|tick| tick.x).collect();
        let picture = Picture {
            frame: &self.shot.frame,
            scale,
            scroll_y: top,
            selection: Selection::default(),
            picked: &[],
            hovered: None,
            as_of: None,
            grid: &grid,
            palette: &self.palette,
            colour: COLOUR,
            ratio: 1.0,
            height: f64::from(self.canvas.height()),
        };
        self.painter.paint(&self.canvas, &picture)
    }

    /// Paints all lanes at once in a window (epoch milliseconds).
    ///
    /// # Errors
    ///
    /// As of [`Self::paint`].
    pub fn paint_fleet(&self, from: f64, to: f64) -> Result<(), JsValue> {
        let Some(picture) = &self.fleet else {
            return Ok(());
        };
        let height = f64::from(self.canvas.height());
        let theme = self.palette.theme(COLOUR);
        paint_fleet(&self.canvas, picture, self.scale(from, to), height, &theme)
    }

    fn scale(&self, from: f64, to: f64) -> Scale {
        Scale::new(from, to, f64::from(self.canvas.width()))
    }
}

const COLOUR: ColourBy = ColourBy::Operator;

fn command(command: &Command) -> Result<Uint8Array, JsError> {
    Ok(Uint8Array::from(encode(command)?.as_slice()))
}
