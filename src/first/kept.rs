//! The sources of which something is kept in this browser, as the first screen offers them: a note tells of them, what is kept is not
//! looked at before the visitor wants that.

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::choices::use_choices;
use super::wish::Wish;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSource {
    id: String,
    label: String,
    text: String,
}

impl KeptSource {
    /// Out of the page's list of `{id, label, text}`; none where there is no list.
    pub fn list(list: Option<JsValue>) -> Vec<Self> {
        let list: Option<Array> = list.and_then(|list| list.dyn_into().ok());
        let sources = list.iter().flat_map(Array::iter);
        sources
            .filter_map(|source| {
                let text = |key: &str| Reflect::get(&source, &key.into()).ok()?.as_string();
                Some(Self {
                    id: text("id")?,
                    label: text("label")?,
                    text: text("text")?,
                })
            })
            .collect()
    }
}

/// A button for each; nothing where nothing is kept.
#[component]
pub fn Kept() -> impl IntoView {
    let choices = use_choices();
    let kept = choices.kept();
    (!kept.is_empty()).then(|| {
        view! {
            <ul class="kept-sources" aria-label="Kept history">
                {kept
                    .into_iter()
                    .map(|source| {
                        let id = source.id;
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="chip"
                                    title="Show what is kept in this browser, without asking the provider"
                                    prop:disabled=move || choices.opening.get().kept
                                    on:click=move |_| choices.act(Wish::Kept(id.clone()))
                                >
                                    <i class="dot kept"></i>
                                    <span class="chip-name">{format!("Kept history: {}", source.label)}</span>
                                    <span class="dim">{source.text}</span>
                                </button>
                            </li>
                        }
                    })
                    .map(IntoAny::into_any)
                    .collect_view()}
            </ul>
        }
    })
}
