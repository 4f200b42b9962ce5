//! What the element around the views hands in and hears of: options, events, the map library.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::json::object;
use super::words;
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

    /// Opens the dialog that connects a provider; its part is fetched with the first wish.
    pub fn connect(&self) {
        self.call("connect", &[]);
    }

    /// Opens the panel of a live source.
    pub fn open_live(&self, source: u32) {
        self.call("openLive", &[source.into()]);
    }

    /// Opens the dialog that asks a geolocate service where cells stand.
    pub fn locate(&self) {
        self.call("locate", &[]);
    }

    /// Ends all live sources.
    pub fn clear_live(&self) {
        self.call("clearLive", &[]);
    }

    /// Loads the map's part; resolves to its `createMap`.
    pub fn load_map(&self) -> Option<Promise> {
        self.call("loadMap", &[])?.dyn_into().ok()
    }

    fn emit(&self, name: &str, detail: &[(&str, JsValue)]) {
        self.call("emit", &[name.into(), object(detail)]);
    }

    /// Something was chosen.
    pub fn selected(&self, selection: Selection) {
        let id = |id: Option<u32>| id.map_or(JsValue::NULL, JsValue::from);
        let edge = |at: Option<i64>| at.map_or(JsValue::NULL, |at| JsValue::from_f64(at as f64));
        self.emit(
            "simscope-select",
            &[
                ("lane", id(selection.lane)),
                ("session", id(selection.session)),
                ("event", id(selection.event)),
                ("from", edge(selection.span.map(|span| span[0]))),
                ("to", edge(selection.span.map(|span| span[1]))),
            ],
        );
    }

    /// Something could not be done.
    pub fn failed(&self, title: &str, text: &str) {
        let detail = [("title", title.into()), ("message", text.into())];
        self.emit("simscope-error", &detail);
    }

    /// The visitor changed a setting that the page may remember.
    pub fn settings(&self, theme: &str, zone: &str) {
        let detail = [("theme", theme.into()), ("zone", zone.into())];
        self.emit("simscope-settings", &detail);
    }

    /// Counts changed.
    pub fn status(&self, totals: &crate::store::Totals, loading: bool) {
        let title = match totals.sims {
            0 => String::new(),
            sims => words::counted(u64::from(sims), "SIM", "SIMs"),
        };
        self.emit(
            "simscope-status",
            &[
                ("title", title.into()),
                ("sims", totals.sims.into()),
                ("sessions", totals.sessions.into()),
                ("open", totals.open.into()),
                ("events", totals.events.into()),
                ("usage", totals.usage.into()),
                ("loading", loading.into()),
            ],
        );
    }
}
