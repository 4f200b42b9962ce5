//! Aligned pairs of key and value.

use crate::app::json::Json;
use crate::app::state::{State, Tone};
use crate::app::words;
use crate::app::zone::Zone;
use crate::store::filter::line::{has_term, term};
use leptos::prelude::*;

/// A row's public JSON; null where there is none.
pub fn parse(json: Option<&str>) -> Json {
    json.map(Json::parse).unwrap_or_default()
}

/// The text under a key; null where there is none.
pub fn text(row: &Json, key: &str) -> Option<String> {
    row.get(key).text()
}

/// The number under a key.
pub fn number(row: &Json, key: &str) -> Option<f64> {
    row.get(key).number()
}

/// The whole number under a key.
pub fn whole(row: &Json, key: &str) -> Option<u64> {
    whole_number(row.get(key).number()?)
}

/// Epoch milliseconds of an instant of the public JSON.
pub fn epoch_ms(text: &str) -> Option<i64> {
    let ms = js_sys::Date::parse(text);
    ms.is_finite().then_some(ms as i64)
}

fn whole_number(n: f64) -> Option<u64> {
    (n >= 0.0 && n.fract() == 0.0).then_some(n as u64)
}

/// The instant under a key, epoch milliseconds.
pub fn instant(row: &Json, key: &str) -> Option<i64> {
    epoch_ms(&row.get(key).text()?)
}

/// The instant under a key in the zone.
pub fn shown_instant(row: &Json, key: &str, zone: &Zone) -> Option<String> {
    instant(row, key).map(|ms| words::instant(ms, zone))
}

/// A pair of key and value with a remark in a quieter tone; nothing where there is no value.
pub fn pair(key: &'static str, value: Option<String>, remark: Option<String>) -> AnyView {
    match value {
        None => ().into_any(),
        Some(value) => view! {
            <dt>{key}</dt>
            <dd>
                {value} {remark.map(|remark| view! { <span class="dim">" " {remark}</span> })}
            </dd>
        }
        .into_any(),
    }
}

/// A value that filters when it is clicked, and once more not any more.
pub fn filters(state: State, field: &'static str, by: &str, shown: String) -> AnyView {
    let term = term(field, Some(by));
    let terms = [term.clone()];
    view! {
        <button
            type="button"
            class="filters"
            title=format!("Filter by {term}")
            aria-pressed=move || {
                state.settings.with(|settings| has_term(&settings.filter, &term)).to_string()
            }
            on:click=move |_| state.toggle_terms(&terms)
        >
            {shown}
        </button>
    }
    .into_any()
}

/// A pair whose value is made of parts, with a remark; nothing where there is no part.
pub fn parts(key: &'static str, parts: Vec<AnyView>, remark: Option<String>) -> AnyView {
    if parts.is_empty() {
        return ().into_any();
    }
    let parts = parts.into_iter().enumerate().map(|(at, part)| {
        let between = (at > 0).then_some(" · ");
        view! { {between} {part} }.into_any()
    });
    let parts = parts.collect_view();
    view! {
        <dt>{key}</dt>
        <dd>
            {parts} {remark.map(|remark| view! { <span class="dim">" " {remark}</span> })}
        </dd>
    }
    .into_any()
}

/// An identifier; beside it what filters by it.
pub fn filtering_identifier(
    state: State,
    key: &'static str,
    field: &'static str,
    value: Option<String>,
) -> AnyView {
    let filter = value
        .clone()
        .map(|value| filters(state, field, &value, "filter".to_owned()));
    with_identifier(state, key, value, filter)
}

/// An identifier, in a monospaced face; a click copies the whole.
pub fn identifier(state: State, key: &'static str, value: Option<String>) -> AnyView {
    with_identifier(state, key, value, None)
}

fn with_identifier(
    state: State,
    key: &'static str,
    value: Option<String>,
    beside: Option<AnyView>,
) -> AnyView {
    let Some(value) = value else {
        return ().into_any();
    };
    let whole = value.clone();
    view! {
        <dt>{key}</dt>
        <dd>
            <button
                type="button"
                class="copy mono"
                title="Click to copy"
                on:click=move |_| copy(state, whole.clone())
            >
                {value}
            </button>
            {beside.map(|beside| view! { " " {beside} })}
        </dd>
    }
    .into_any()
}

/// Copies a text and says so.
pub fn copy(state: State, text: String) {
    let said = text.clone();
    copy_as(state, text, said);
}

/// Copies a text and says what it was.
pub fn copy_as(state: State, text: String, said: String) {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
    state.spawn(async move {
        let written = match clipboard {
            Some(clipboard) if !clipboard.is_undefined() => {
                wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text))
                    .await
                    .is_ok()
            }
            _ => false,
        };
        if written {
            state.tell(Tone::Good, "Copied", said);
        } else {
            state.tell(
                Tone::Warning,
                "Not copied",
                "The browser does not let this page use the clipboard. Select the text and copy it.",
            );
        }
    });
}
