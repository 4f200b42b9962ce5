//! The engine as its host (a worker, or the page where none can start) drives it: bytes and commands
//! in, messages out, work in slices.

use js_sys::{Array, Date, Float32Array, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::engine::protocol::{decode, encode};
use crate::engine::{Engine as Core, OpenOptions, Outgoing};
use crate::timeline::Bars;

/// The engine of one element.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    core: Core,
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
        let Some(Outgoing { update, bars }) = self.core.take() else {
            return Ok(JsValue::UNDEFINED);
        };
        let body = encode(&update).map_err(|error| JsError::new(&error.to_string()))?;
        let message = Object::new();
        let body = Uint8Array::from(body.as_slice()).buffer();
        Reflect::set(&message, &"body".into(), &body)?;
        let buffers = bars.as_ref().map_or_else(Array::new, bars_to_buffers);
        Reflect::set(&message, &"buffers".into(), &buffers)?;
        Ok(message.into())
    }
}

/// The arrays of some bars as buffers, to be transferred.
fn bars_to_buffers(bars: &Bars) -> Array {
    let u32s = |values: &[u32]| Uint32Array::from(values).buffer();
    let f32s = |values: &[f32]| Float32Array::from(values).buffer();
    let u8s = |values: &[u8]| Uint8Array::from(values).buffer();
    Array::of4(
        &u32s(&bars.row),
        &f32s(&bars.x0),
        &f32s(&bars.x1),
        &f32s(&bars.x2),
    )
    .concat(&Array::of5(
        &u8s(&bars.colour),
        &u8s(&bars.flags),
        &u32s(&bars.count),
        &u32s(&bars.session),
        &u8s(&bars.sub),
    ))
}

/// The bars out of the buffers that [`bars_to_buffers`] made; null where there are none.
pub(crate) fn bars_from_buffers(buffers: &Array) -> Option<Bars> {
    if buffers.length() < 9 {
        return None;
    }
    let u32s = |at: u32| Uint32Array::new(&buffers.get(at)).to_vec();
    let f32s = |at: u32| Float32Array::new(&buffers.get(at)).to_vec();
    let u8s = |at: u32| Uint8Array::new(&buffers.get(at)).to_vec();
    Some(Bars {
        row: u32s(0),
        x0: f32s(1),
        x1: f32s(2),
        x2: f32s(3),
        colour: u8s(4),
        flags: u8s(5),
        count: u32s(6),
        session: u32s(7),
        sub: u8s(8),
    })
}
