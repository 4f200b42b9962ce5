//! The report as an image: what stands on the sheet, without its tables.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::{activity, breakdown, figures, head};
use crate::app::json::object;
use crate::app::state::{State, Tone};
use crate::timeline::duration;

/// Saves the report that is shown.
pub fn save(state: State) {
    let Some(page) = state.reports.page.get_untracked() else {
        state.tell(
            Tone::Warning,
            "No picture yet",
            "The report is still being made. Try again when it is shown.",
        );
        return;
    };
    let report = &page.report;
    let [span, edges, filter] = untrack(|| head::said(state, report));
    let by = state.reports.by.get_untracked();
    let mut figures = figures::figures(&report.summary);
    let gap = report.summary.all.longest_gap.as_ref();
    let gap = gap.map(|gap| format!("{}, {}", duration(gap.to - gap.from), gap.sim));
    figures.push(("Longest gap", gap.map(|gap| (gap, String::new())).ok_or("")));
    let figures: Array = figures
        .into_iter()
        .map(|(name, figure)| {
            let value = figure.map_or("–".to_owned(), |(text, _)| text);
            object(&[("name", name.into()), ("value", value.into())])
        })
        .collect();
    let charts: Array = [
        Some(activity::bars(report).to_js()),
        Some(activity::columns(state, report).to_js()),
        breakdown::columns(state, by, report).map(|columns| columns.to_js()),
        Some(breakdown::bars(by, report).to_js()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let lines = [format!("{span}: {edges}"), filter];
    let lines: Array = lines.iter().map(JsValue::from).collect();
    let drawing = object(&[
        ("title", "simscope report".into()),
        ("lines", lines.into()),
        ("figures", figures.into()),
        ("charts", charts.into()),
    ]);
    let name = head::name_of_file("", [report.from, report.to], "png");
    let saved = state
        .host
        .with_value(|host| host.save_report_picture(&name, drawing));
    let Some(saved) = saved else { return };
    state.spawn(async move {
        if let Err(error) = wasm_bindgen_futures::JsFuture::from(saved).await {
            let why = crate::app::json::Json::of(error).get("message").text();
            state.tell(
                Tone::Bad,
                "No picture was saved",
                why.unwrap_or_else(|| "The browser could not draw it.".to_owned()),
            );
        }
    });
}
