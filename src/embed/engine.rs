//! The engine as its host (a worker, or the page where none can start) drives it: bytes and commands
//! in, messages out, work in slices.

use js_sys::{Date, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::buffers::{bars_to_buffers, cells_to_buffers, pieces_to_buffers};
use crate::engine::protocol::{decode, encode};
use crate::engine::{Engine as Core, OpenOptions, Outgoing};
use crate::export::{Form, strip_secrets};
use crate::geo::geolocate::CellTower;

/// The engine of one element.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    core: Core,
}

#[cfg(feature = "bench")]
impl Engine {
    /// What the bench looks at.
    pub(super) fn core(&self) -> &Core {
        &self.core
    }
}

#[wasm_bindgen]
impl Engine {
    /// An engine with nothing loaded.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one command, as `engine::protocol` encodes it.
    ///
    /// # Errors
    ///
    /// The bytes are no command: page and engine are of one build, so this is a mistake in simscope.
    pub fn command(&mut self, body: &[u8]) -> Result<(), JsError> {
        #[cfg(feature = "test-panic")]
        super::test_panic::heed(body);
        self.core.command(decode(body)?);
        Ok(())
    }

    /// Forgets everything that was loaded.
    pub fn clear(&mut self) {
        self.core.command(crate::engine::protocol::Command::Clear);
    }

    /// A document begins; its bytes follow in order.
    ///
    /// # Errors
    ///
    /// The options are of a wrong type.
    pub fn begin(&mut self, document: u32, options_json: &str) -> Result<(), JsError> {
        let options: OpenOptions = serde_json::from_str(options_json)?;
        self.core.begin(document, options);
        Ok(())
    }

    /// The next bytes of a document, unpacked.
    pub fn push(&mut self, document: u32, bytes: &[u8]) {
        self.core.push(document, bytes);
    }

    /// A document is complete.
    pub fn finish(&mut self, document: u32) {
        self.core.finish(document);
    }

    /// A document cannot be read to its end: `message` says why, for the visitor.
    pub fn fail(&mut self, document: u32, message: &str) {
        self.core.fail(document, message);
    }

    /// What these documents say still held at an instant, epoch milliseconds: they were asked for
    /// again and nothing in them had changed.
    pub fn confirm(&mut self, documents: Vec<u32>, observed_ms: f64) {
        self.core.confirm(&documents, observed_ms as i64);
    }

    /// The cells of sessions without a position, for a geolocate service: a JSON list, each item a list of what the cell may be, the
    /// likelier first, in the words of `geo::geolocate::CellTower`.
    pub fn unplaced_cells(&self) -> String {
        let cells = self.core.store().unplaced_cells();
        let towers: Vec<Vec<CellTower<'_>>> = cells
            .into_iter()
            .map(|cell| cell.into_iter().map(CellTower::of).collect())
            .collect();
        // Numbers and fixed words: writing them does not fail.
        serde_json::to_string(&towers).unwrap_or_default()
    }

    /// Whether the list of networks' names is wanted: true once, when something that has no name without it is loaded.
    pub fn wants_network_names(&mut self) -> bool {
        self.core.wants_network_names()
    }

    /// Takes the list of networks' names. False for bytes that are no such list: they change nothing.
    pub fn take_network_names(&mut self, bytes: &[u8]) -> bool {
        self.core.take_network_names(bytes)
    }

    /// Begins to hand sessions over as `json`, `csv` or `geojson`: all of them, or those that the filter and the chosen span let
    /// through. Returns how many they are.
    ///
    /// # Errors
    ///
    /// There is no such form.
    pub fn hand_over(&mut self, form: &str, all: bool) -> Result<u32, JsError> {
        let form =
            Form::named(form).ok_or_else(|| JsError::new("The format is json, csv or geojson."))?;
        Ok(self.core.hand_over(form, all))
    }

    /// A piece of what is handed over.
    pub fn handed(&self, at: u32, count: u32) -> String {
        self.core.handed(at, count)
    }

    /// What was handed over is complete.
    pub fn handed_over(&mut self) {
        self.core.handed_over();
    }

    /// Begins to save what is loaded into a case file, with the identifiers masked or not.
    pub fn begin_case(&mut self, masks: bool) {
        self.core.begin_case(masks);
    }

    /// A document that was opened so: how it is to be opened anew, as JSON. Undefined where nothing of it is loaded.
    ///
    /// # Errors
    ///
    /// The options are of a wrong type.
    pub fn case_document(
        &mut self,
        document: u32,
        options_json: &str,
    ) -> Result<Option<String>, JsError> {
        let options: OpenOptions = serde_json::from_str(options_json)?;
        Ok(self.core.case_document(document, options))
    }

    /// What is to be saved of the next bytes of that document.
    pub fn case_piece(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.core.case_piece(bytes)
    }

    /// What is to be saved of its rest, to its end or to where it is not JSON any more.
    pub fn case_rest(&mut self) -> Vec<u8> {
        self.core.case_rest().0
    }

    /// All documents are saved: of the view what follows from the data, as JSON.
    pub fn end_case(&mut self) -> String {
        // Texts and numbers: writing them does not fail.
        serde_json::to_string(&self.core.end_case()).unwrap_or_default()
    }

    /// The SIMs of a source with a session of which no end is known, as JSON: `[key, start of the earliest]`, epoch milliseconds.
    pub fn unended(&self, label: &str) -> String {
        // Texts and numbers: writing them does not fail.
        serde_json::to_string(&self.core.unended(label)).unwrap_or_default()
    }

    /// The text of a vendor's record without the secrets that may be in it.
    pub fn without_secrets(&self, text: &str) -> String {
        strip_secrets(text)
    }

    /// Works for about `budget_ms` milliseconds. True when more work waits.
    pub fn step(&mut self, budget_ms: f64, _now_ms: f64) -> bool {
        self.core.step(budget_ms, &Date::now)
    }

    /// The next message `{body, buffers}`, or undefined when there is none.
    ///
    /// # Errors
    ///
    /// None in practice: setting a property of a new plain object does not fail, and every update
    /// can be encoded.
    pub fn take(&mut self) -> Result<JsValue, JsValue> {
        let Some(Outgoing {
            update,
            bars,
            cells,
            places,
        }) = self.core.take()
        else {
            return Ok(JsValue::UNDEFINED);
        };
        let body = encode(&update).map_err(|error| JsError::new(&error.to_string()))?;
        let message = Object::new();
        let body = Uint8Array::from(body.as_slice()).buffer();
        Reflect::set(&message, &"body".into(), &body)?;
        let buffers = match (&bars, &cells) {
            (Some(bars), _) => bars_to_buffers(bars),
            (None, Some(cells)) => cells_to_buffers(cells),
            (None, None) => pieces_to_buffers(&places),
        };
        Reflect::set(&message, &"buffers".into(), &buffers)?;
        Ok(message.into())
    }
}
