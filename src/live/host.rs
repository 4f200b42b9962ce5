//! What the element around hands in: the line to the engine, the source chips of the views, and what is on screen.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::object;
use crate::transport::driver::Document;

/// Documents of live sources are numbered from here on: those of files come before.
const FIRST_DOCUMENT: u32 = 1 << 24;

/// The functions that the element hands in.
#[derive(Clone)]
pub struct Host {
    functions: JsValue,
}

/// A chip of a live source, as the views show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// Number of the source.
    pub id: u32,
    /// The name that its rows carry.
    pub label: String,
    /// `ok`, `busy`, `warning` or `bad`.
    pub tone: &'static str,
    /// How it is doing.
    pub text: String,
    /// When all was fetched last, where it is done.
    pub at: Option<i64>,
    /// Whether it is watched for what is new; null where there is nothing to watch.
    pub watching: Option<bool>,
}

impl Host {
    /// From the object that holds them.
    pub fn new(functions: JsValue) -> Self {
        Self { functions }
    }

    /// The engine's number of a new document.
    pub fn new_document(&self) -> u32 {
        let own = self
            .call("newDocument", &[])
            .and_then(|number| number.as_f64());
        FIRST_DOCUMENT + own.unwrap_or(0.0) as u32
    }

    /// Hands an answer to the engine.
    pub fn open(&self, number: u32, source: &str, provider: &str, document: &Document) {
        let options = options_of(provider, document);
        let more: [(&str, JsValue); 2] = [
            ("source", source.into()),
            ("watched", document.watched.into()),
        ];
        for (key, value) in more {
            // Setting a property of a new plain object does not fail.
            let _ = Reflect::set(&options, &key.into(), &value);
        }
        self.send_document(number, options, &document.bytes);
    }

    /// What keeps history in this browser; null where the page around does not allow it.
    pub fn history(&self) -> Option<Self> {
        let functions = Reflect::get(&self.functions, &"history".into()).ok()?;
        functions.is_object().then(|| Self::new(functions))
    }

    /// Calls a function of it; null where it throws.
    pub fn call(&self, key: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.functions, &key.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let list: Array = arguments.iter().collect();
        function.apply(&self.functions, &list).ok()
    }

    /// The same of one that gives a promise.
    pub fn ask(&self, key: &str, arguments: &[JsValue]) -> Option<Promise> {
        self.call(key, arguments)?.dyn_into().ok()
    }

    /// The SIMs of a source with a session of which no end is known, as JSON; null where they cannot be had.
    pub async fn unended(&self, label: &str) -> Option<String> {
        let asked = self.ask("unended", &[label.into()])?;
        JsFuture::from(asked).await.ok()?.as_string()
    }

    /// Hands what a geolocate service said to the engine, as lines of `geo::geolocate::Located`.
    pub fn open_located(&self, source: &str, host: &str, lines: &str) -> u32 {
        let number = self.new_document();
        let options = object(&[
            ("name", source.into()),
            ("source", source.into()),
            ("located", host.into()),
            // It comes in small pieces, as fetched documents do.
            (
                "observed",
                String::from(js_sys::Date::new_0().to_iso_string()).into(),
            ),
        ]);
        self.send_document(number, options, lines.as_bytes());
        number
    }

    fn send_document(&self, number: u32, options: JsValue, bytes: &[u8]) {
        let bytes = Uint8Array::from(bytes).buffer();
        let message = object(&[
            ("type", "open".into()),
            ("document", number.into()),
            ("options", options),
            ("bytes", bytes.clone().into()),
        ]);
        self.call("send", &[message, Array::of1(&bytes).into()]);
    }

    /// The cells without a position, as JSON; null where they cannot be had.
    pub async fn unplaced(&self) -> Option<String> {
        let asked = self.ask("unplaced", &[])?;
        JsFuture::from(asked).await.ok()?.as_string()
    }

    /// What these documents say still held then.
    pub fn confirm(&self, documents: &[u32], observed_ms: i64) {
        let numbers: Array = documents
            .iter()
            .map(|number| JsValue::from(*number))
            .collect();
        let message = object(&[
            ("type", "confirm".into()),
            ("documents", numbers.into()),
            ("observed", JsValue::from_f64(observed_ms as f64)),
        ]);
        self.call("send", &[message, Array::new().into()]);
    }

    /// Takes the rows of these documents out again.
    pub fn forget(&self, documents: &[u32]) {
        let numbers: Array = documents
            .iter()
            .map(|number| JsValue::from(*number))
            .collect();
        let message = object(&[("type", "forget".into()), ("documents", numbers.into())]);
        self.call("send", &[message, Array::new().into()]);
    }

    /// The chips, for the views.
    pub fn show(&self, chips: &[Chip]) {
        let list: Array = chips
            .iter()
            .map(|chip| {
                object(&[
                    ("id", chip.id.into()),
                    ("label", chip.label.as_str().into()),
                    ("tone", chip.tone.into()),
                    ("text", chip.text.as_str().into()),
                    (
                        "at",
                        chip.at
                            .map_or(JsValue::NULL, |at| JsValue::from_f64(at as f64)),
                    ),
                    (
                        "watching",
                        chip.watching.map_or(JsValue::NULL, JsValue::from),
                    ),
                ])
            })
            .collect();
        self.call("show", &[list.into()]);
    }

    /// Opens what the views know of a source: records read, skipped, warnings.
    pub fn details(&self, label: &str) {
        self.call("details", &[label.into()]);
    }

    /// Identifiers of the SIMs on screen.
    pub fn on_screen(&self) -> Vec<String> {
        let list: Option<Array> = self
            .call("onScreen", &[])
            .and_then(|list| list.dyn_into().ok());
        list.map(|list| list.iter().filter_map(|id| id.as_string()).collect())
            .unwrap_or_default()
    }
}

/// How an answer is opened, short of the source's name.
pub fn options_of(provider: &str, document: &Document) -> JsValue {
    let instant = |ms: i64| crate::model::Instant::from_ms(ms).map(|at| at.to_string());
    let mut options = vec![
        ("name", document.name.into()),
        ("provider", provider.into()),
        ("account", document.account.into()),
        ("history", document.history.into()),
    ];
    let texts = [
        ("sim", document.sim.clone()),
        ("observed", instant(document.observed_ms)),
        ("asked_before", document.asked_before_ms.and_then(instant)),
    ];
    let told = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key, JsValue::from(text?))));
    options.extend(told);
    object(&options)
}
