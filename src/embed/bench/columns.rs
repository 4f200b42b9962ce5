//! A vendor's bytes into columns, the way the engine takes them in.

use std::collections::HashMap;

use wasm_bindgen::prelude::*;

use crate::import::{Importer, Options};
use crate::model::{Instant, Session};
use crate::store::{Source, Store};

/// One document on its way into a store of its own.
#[wasm_bindgen]
pub struct BenchColumns {
    store: Store,
    importer: Option<Importer>,
}

#[wasm_bindgen]
impl BenchColumns {
    /// An empty store and a document that begins.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "JavaScript makes it")]
    pub fn new() -> Self {
        let mut store = Store::new();
        let source = store.add_source(Source::new("bench", None));
        let importer = Importer::new(&mut store, source, Options::default());
        Self {
            store,
            importer: Some(importer),
        }
    }

    /// The next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(importer) = &mut self.importer {
            importer.push(&mut self.store, bytes);
        }
    }

    /// The document is complete: settles the lanes and returns how many sessions there are.
    ///
    /// # Errors
    ///
    /// The document could not be read to its end, or a record was skipped.
    pub fn finish(&mut self) -> Result<u32, JsError> {
        let Some(importer) = self.importer.take() else {
            return Ok(self.store.session_count());
        };
        let outcome = importer.finish(&mut self.store);
        self.store.settle();
        match outcome.problem {
            Some(problem) => Err(JsError::new(&problem.to_string())),
            None if outcome.bad_records > 0 => Err(JsError::new("a record was skipped")),
            None => Ok(self.store.session_count()),
        }
    }

    /// One column, a number for each session in the order of the document. Instants are epoch
    /// milliseconds; what is null is NaN. Texts are numbered from 1 by their first appearance, null
    /// is 0. Undefined for a column that nobody knows.
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let number: fn(&Session<'_>) -> Option<f64> = match name {
            "start" => |s| ms(s.start),
            "end" => |s| ms(s.end),
            "last_seen" => |s| ms(s.last_seen),
            "packets_up" => |s| s.traffic.packets_up.map(|n| n as f64),
            "packets_down" => |s| s.traffic.packets_down.map(|n| n as f64),
            "lat" => |s| s.place.lat,
            "lon" => |s| s.place.lon,
            _ => return self.texts(name),
        };
        let rows = self.store.session_rows();
        Some(
            rows.map(|row| number(&self.store.session(row)).unwrap_or(f64::NAN))
                .collect(),
        )
    }

    fn texts(&self, name: &str) -> Option<Vec<f64>> {
        let text: fn(&Session<'_>) -> Option<String> = match name {
            "sim" => |s| Some(s.sim.to_string()),
            "operator" => |s| s.network.operator.as_deref().map(str::to_owned),
            "country" => |s| s.network.country.map(|country| format!("{country:?}")),
            "cell" => |s| s.cell.reported.as_deref().map(str::to_owned),
            "imei" => |s| s.imei.as_deref().map(str::to_owned),
            _ => return None,
        };
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let number = |row| match text(&self.store.session(row)) {
            None => 0.0,
            Some(text) => {
                let next = numbers.len() + 1;
                *numbers.entry(text).or_insert(next) as f64
            }
        };
        Some(self.store.session_rows().map(number).collect())
    }
}

fn ms(at: Option<Instant>) -> Option<f64> {
    at.map(|at| at.ms() as f64)
}
