//! `normalize`: one vendor's answer in, the model out. No views, no worker.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::export::to_json;
use crate::import::{Options, read_all};
use crate::model::ProviderId;
use crate::store::Store;

/// What JavaScript may say of an answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NormalizeOptions {
    /// The vendor; any other's answer is then refused.
    provider: Option<ProviderId>,
    /// The SIM that the answer is about, where it names none.
    sim: Option<String>,
    /// The file's name, for warnings.
    name: Option<String>,
}

/// Why nothing (or not all) could be read.
#[derive(Debug, Serialize)]
struct Refused {
    code: &'static str,
    message: String,
}

/// Reads one answer (unpacked) and returns the model as JSON text:
/// `{provider, sims, sessions, events, usage, warnings}`.
///
/// # Errors
///
/// `{code, message}` when the text is empty, not JSON, cut off, of none of the five vendors, or
/// names no SIM and none was given; `rows` then holds what was complete before, as JSON text.
#[wasm_bindgen]
pub fn normalize(bytes: &[u8], options: JsValue) -> Result<String, JsValue> {
    let options: NormalizeOptions = if options.is_undefined() || options.is_null() {
        NormalizeOptions::default()
    } else {
        serde_wasm_bindgen::from_value(options)?
    };
    let mut store = Store::new();
    let outcome = read_all(
        &mut store,
        bytes,
        Options {
            name: options.name.unwrap_or_default(),
            provider: options.provider,
            sim: options.sim,
            ..Options::default()
        },
    );
    let json = to_json(&store).map_err(|error| JsError::new(&error.to_string()))?;
    let refused = match (outcome.question, outcome.problem) {
        (Some(question), _) => Refused {
            code: "sim_not_named",
            message: format!(
                "This answer ({}) does not say which SIM it is about. Name it with the option sim.",
                question.answer
            ),
        },
        (None, Some(problem)) if !problem.is_harmless() => Refused {
            code: problem.code(),
            message: problem.to_string(),
        },
        _ => return Ok(json),
    };
    let error = serde_wasm_bindgen::to_value(&refused)?;
    js_sys::Reflect::set(&error, &"rows".into(), &json.into())?;
    Err(error)
}
