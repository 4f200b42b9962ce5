//! A filter line on all that the published engine holds, without the views that follow from it.

use wasm_bindgen::prelude::*;

use crate::embed::engine::Engine;
use crate::store::filter::{Facts, Matched, SimFindings, parse};

const DAY_MS: i64 = 86_400_000;

#[wasm_bindgen]
impl Engine {
    /// Reads a line and tries it on everything that is loaded, as the engine does once for each new line.
    /// Returns how many sessions are let through. `offline` is not to be asked for: only the engine itself
    /// knows since when a SIM is.
    ///
    /// # Errors
    ///
    /// The line cannot be understood.
    pub fn bench_filter(&self, line: &str) -> Result<u32, JsError> {
        let store = self.core().store();
        let filter = parse(line).map_err(|_| JsError::new("the line cannot be understood"))?;
        let facts = Facts {
            as_of: store.extent().map_or(0, |extent| extent.to),
            silent_ms: DAY_MS,
            offline_ms: &|_| None,
            findings: &|_| SimFindings::default(),
        };
        let matched = Matched::new(store, &filter, &facts);
        let rows = store.session_rows();
        Ok(rows.filter(|row| matched.session(*row)).count() as u32)
    }
}
