//! What the element around the views hands in and hears of: options, events, the map library.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::json::{Json, object};
use super::mode::Mode;
use super::words;

/// A span of time for the host page: `{from, to}` in RFC 3339.
fn edges(from: i64, to: i64) -> JsValue {
    let at = |ms: i64| JsValue::from(words::rfc3339(ms));
    object(&[("from", at(from)), ("to", at(to))])
}

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

    /// Calls a function of the host; null where there is none, or it throws.
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

    /// What the attributes `view` and `chrome` say.
    pub fn mode(&self) -> Mode {
        let text = |key| self.text(key).unwrap_or_default();
        Mode::named(&text("view"), &text("chrome"))
    }

    /// The language of country names and of the map's numbers: the attribute `lang`, else the browser's.
    pub fn language(&self) -> String {
        let own = || web_sys::window().and_then(|window| window.navigator().language());
        self.text("lang")
            .or_else(own)
            .unwrap_or_else(|| "en".to_owned())
    }

    /// Reads one of the element's files: a promise of its text, or of null.
    pub fn read_text(&self, name: &str) -> Option<Promise> {
        self.call("readText", &[name.into()])?.dyn_into().ok()
    }

    /// Opens the dialog that connects a provider; its part is fetched with the first wish.
    pub fn connect(&self) {
        self.call("connect", &[]);
    }

    /// The sources of which something is kept in this browser.
    pub fn kept(&self) -> Vec<crate::first::KeptSource> {
        crate::first::KeptSource::list(self.call("kept", &[]))
    }

    /// Opens what is kept of one of them.
    pub fn open_kept(&self, id: &str) {
        self.call("openKept", &[id.into()]);
    }

    /// Opens the list of what is kept.
    pub fn show_kept(&self) {
        self.call("showKept", &[]);
    }

    /// Opens the panel of a live source.
    pub fn open_live(&self, source: u32) {
        self.call("openLive", &[source.into()]);
    }

    /// Watches all live sources for what is new, or none of them.
    pub fn watch_live(&self, on: bool) {
        self.call("watchLive", &[on.into()]);
    }

    /// Opens the dialog that asks a geolocate service where cells stand.
    pub fn locate(&self) {
        self.call("locate", &[]);
    }

    /// Saves a case as a file, with the identifiers masked or not; a promise of `{file, text}`.
    pub fn save_case(&self, masks: bool) -> Option<Promise> {
        self.call("saveCase", &[masks.into()])?.dyn_into().ok()
    }

    /// Hands a text to the visitor as a file of that name and media type. False where that could not be begun.
    pub fn save_file(&self, name: &str, mime: &str, text: &str) -> bool {
        let arguments = [name.into(), mime.into(), text.into()];
        self.call("saveFile", &arguments).is_some()
    }

    /// Draws a report and saves the picture as a PNG; a promise that rejects with a message for the visitor. `www/report-picture.ts`
    /// says what `drawing` holds.
    pub fn save_report_picture(&self, name: &str, drawing: JsValue) -> Option<Promise> {
        self.call("saveReportPicture", &[name.into(), drawing])?
            .dyn_into()
            .ok()
    }

    /// The saved views: `{views, ready, start}`.
    pub fn saved_views(&self) -> JsValue {
        self.call("savedViews", &[]).unwrap_or(JsValue::UNDEFINED)
    }

    /// A saved view as it is shown; null where it is not there any more.
    pub fn saved_view(&self, name: &str, ready: bool) -> Option<JsValue> {
        let view = self.call("savedView", &[name.into(), ready.into()])?;
        (!view.is_null()).then_some(view)
    }

    /// Changes the saved views; what came of it.
    pub fn change_views(&self, change: &JsValue) -> Option<JsValue> {
        self.call("changeViews", std::slice::from_ref(change))
    }

    /// The saved views as the text of a file.
    pub fn views_file(&self) -> Option<String> {
        self.call("viewsFile", &[])?.as_string()
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

    /// Something was chosen: rows as the model's JSON text, null where none is.
    pub fn selected(&self, [sim, session, event]: [Option<&str>; 3], span: Option<[i64; 2]>) {
        let row = |text: Option<&str>| {
            let row = text.map(|text| Json::parse(text).into_value());
            row.unwrap_or(JsValue::NULL)
        };
        let detail = [
            ("sim", row(sim)),
            ("session", row(session)),
            ("event", row(event)),
            (
                "span",
                span.map_or(JsValue::NULL, |[from, to]| edges(from, to)),
            ),
        ];
        self.emit("simscope-select", &detail);
    }

    /// Another window on time is shown.
    pub fn ranged(&self, (from, to): (i64, i64)) {
        self.call("emit", &["simscope-range".into(), edges(from, to)]);
    }

    /// Another filter line is in force, or cannot be: what is wrong with it then.
    pub fn filtered(&self, line: &str, problems: &[String]) {
        let problems: js_sys::Array = problems.iter().map(JsValue::from).collect();
        let detail = [("filter", line.into()), ("problems", problems.into())];
        self.emit("simscope-filter", &detail);
    }

    /// Whether the page around makes links to views.
    pub fn has_links(&self) -> bool {
        Reflect::get(&self.options, &"link".into()).is_ok_and(|link| link.is_function())
    }

    /// The address of a link to a view.
    pub fn link(&self, view: &JsValue) -> Option<String> {
        self.call("link", std::slice::from_ref(view))?.as_string()
    }

    /// The view is another one, and rests.
    pub fn viewed(&self, view: &JsValue) {
        self.call("viewed", std::slice::from_ref(view));
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
