//! The engine as its host (a worker, or the page where none can start) drives it: bytes and commands
//! in, messages out, work in slices.

use std::collections::VecDeque;

use wasm_bindgen::prelude::*;

/// One message on its way out.
struct Outgoing {
    kind: &'static str,
    json: String,
}

/// The engine of one element.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    outgoing: VecDeque<Outgoing>,
    bytes: u64,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with nothing loaded.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one command, as JSON.
    pub fn command(&mut self, json: &str) {
        #[cfg(feature = "test-panic")]
        super::test_panic::heed(json);
        self.outgoing.push_back(Outgoing {
            kind: "command",
            json: format!(r#"{{"length":{}}}"#, json.len()),
        });
    }

    /// A document begins; its bytes follow in order.
    pub fn begin(&mut self, document: u32, options_json: &str) {
        self.bytes = 0;
        self.outgoing.push_back(Outgoing {
            kind: "begun",
            json: format!(r#"{{"document":{document},"options":{options_json}}}"#),
        });
    }

    /// The next bytes of a document.
    pub fn push(&mut self, document: u32, bytes: &[u8]) {
        let _ = document;
        self.bytes += bytes.len() as u64;
    }

    /// A document is complete.
    pub fn finish(&mut self, document: u32) {
        self.outgoing.push_back(Outgoing {
            kind: "finished",
            json: format!(r#"{{"document":{document},"bytes":{}}}"#, self.bytes),
        });
    }

    /// A document cannot be read to its end: `message` says why, for the visitor.
    pub fn fail(&mut self, document: u32, message: &str) {
        self.outgoing.push_back(Outgoing {
            kind: "unreadable",
            json: serde_json::json!({ "document": document, "message": message }).to_string(),
        });
    }

    /// Works for about `budget_ms` milliseconds; `now_ms` is the present time since the epoch.
    /// True when more work waits.
    pub fn step(&mut self, budget_ms: f64, now_ms: f64) -> bool {
        let _ = (budget_ms, now_ms);
        false
    }

    /// The next message `{kind, json, buffers}`, or undefined when there is none.
    ///
    /// # Errors
    ///
    /// None in practice: setting a property of a new plain object does not fail.
    pub fn take(&mut self) -> Result<JsValue, JsValue> {
        let Some(next) = self.outgoing.pop_front() else {
            return Ok(JsValue::UNDEFINED);
        };
        let message = js_sys::Object::new();
        js_sys::Reflect::set(&message, &"kind".into(), &next.kind.into())?;
        js_sys::Reflect::set(&message, &"json".into(), &next.json.into())?;
        js_sys::Reflect::set(&message, &"buffers".into(), &js_sys::Array::new())?;
        Ok(message.into())
    }
}
