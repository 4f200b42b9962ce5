//! The vendor's own records of what is shown, as text.

use crate::app::var::Var;
use leptos::prelude::*;

use crate::app::json::Json;
use crate::app::state::use_state;
use crate::engine::protocol::RawAt;

/// The records, fetched when they are opened.
#[component]
pub fn Records(
    /// Where they lie, the latest first.
    records: Vec<RawAt>,
) -> impl IntoView {
    let state = use_state();
    let count = records.len();
    let texts = Var::new(None::<Vec<String>>);
    let open = move |_| {
        if texts.with_untracked(Option::is_some) {
            return;
        }
        texts.set(Some(vec!["…".to_owned(); records.len()]));
        for (at, record) in records.iter().copied().enumerate() {
            state.link().raw(record, move |result| {
                let text = result.map_or_else(|message| message, |text| pretty(&text));
                // The inspector may show something else by now.
                texts.update(|texts| {
                    if let Some(slot) = texts.as_mut().and_then(|texts| texts.get_mut(at)) {
                        *slot = text;
                    }
                });
            });
        }
    };
    (count > 0).then(|| {
        let title = if count == 1 {
            "Record as the vendor sent it".to_owned()
        } else {
            format!("{count} records as the vendor sent them")
        };
        view! {
            <details class="block raw" on:toggle=open>
                <summary>{title}</summary>
                {move || {
                    texts
                        .get()
                        .into_iter()
                        .flatten()
                        .map(|text| view! { <pre tabindex="0" role="region" aria-label="Record">{text}</pre> })
                        .map(IntoAny::into_any).collect_view()
                }}
            </details>
        }
    })
}

fn pretty(text: &str) -> String {
    let parsed = Json::parse(text);
    parsed.pretty().unwrap_or_else(|| text.to_owned())
}
