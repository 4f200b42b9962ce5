//! What the element around the views hands in and hears of: options, events, the map library.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

use crate::engine::protocol::Selection;

/// The options that the element hands in when it starts the views.
#[derive(Clone)]
pub struct Host {
    options: JsValue,
}

impl Host {
    /// From the options.
    pub fn new(options: JsValue) -> Self {
        Self { options }
    }

    fn text(&self, key: &str) -> Option<String> {
        Reflect::get(&self.options, &key.into())
            .ok()?
            .as_string()
            .filter(|text| !text.is_empty())
    }

    fn call(&self, key: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.options, &key.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let list: js_sys::Array = arguments.iter().collect();
        function.apply(&JsValue::NULL, &list).ok()
    }

    /// The attribute `theme`.
    pub fn theme(&self) -> Option<String> {
        self.text("theme")
    }

    /// The attribute `zone`.
    pub fn zone(&self) -> Option<String> {
        self.text("zone")
    }

    /// The folder that the element's files lie in, ending with a slash.
    pub fn asset_base(&self) -> String {
        self.text("assetBase").unwrap_or_else(|| "./".to_owned())
    }

    /// Loads the map's part; resolves to its `createMap`.
    pub fn load_map(&self) -> Option<Promise> {
        self.call("loadMap", &[])?.dyn_into().ok()
    }

    fn emit(&self, name: &str, detail: &impl serde::Serialize) {
        if let Ok(detail) = serde_wasm_bindgen::to_value(detail) {
            self.call("emit", &[name.into(), detail]);
        }
    }

    /// Something was chosen.
    pub fn selected(&self, selection: Selection) {
        self.emit("simscope-select", &selection);
    }

    /// Something could not be done.
    pub fn failed(&self, title: &str, text: &str) {
        #[derive(serde::Serialize)]
        struct Failed<'a> {
            title: &'a str,
            message: &'a str,
        }
        let message = text;
        self.emit("simscope-error", &Failed { title, message });
    }

    /// The visitor changed a setting that the page may remember.
    pub fn settings(&self, theme: &str, zone: &str) {
        #[derive(serde::Serialize)]
        struct Settings<'a> {
            theme: &'a str,
            zone: &'a str,
        }
        self.emit("simscope-settings", &Settings { theme, zone });
    }

    /// Counts changed.
    pub fn status(&self, totals: &crate::store::Totals, loading: bool) {
        #[derive(serde::Serialize)]
        struct Status<'a> {
            #[serde(flatten)]
            totals: &'a crate::store::Totals,
            loading: bool,
        }
        self.emit("simscope-status", &Status { totals, loading });
    }
}
