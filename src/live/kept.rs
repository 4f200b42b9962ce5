//! All that is kept in this browser: how much it is; opened without asking anybody, and deleted.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::keep::{Delete, told};
use super::keeping::{About, answer};
use super::state::{Dialog, Live, use_live};
use crate::app::{Json, Modal, Var};

/// What the dialog shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Shown {
    /// The memory is being asked.
    #[default]
    Waiting,
    /// The sources, and how much space there is.
    List(Vec<About>, String),
    /// What went wrong.
    Wrong(String),
}

/// The dialog.
#[component]
pub fn KeptDialog() -> impl IntoView {
    let live = use_live();
    let open = Signal::derive(move || live.dialog.get() == Some(Dialog::Kept));
    view! {
        <Modal title="Kept history" open=open on_close=move |()| live.close(|dialog| *dialog == Dialog::Kept)>
            <Listed />
        </Modal>
    }
}

/// Has the memory do something, and then shows what there is.
fn act(live: Live, shown: Var<Shown>, name: &'static str, id: Option<String>) {
    spawn_local(async move {
        let Some(history) = live.host().history() else {
            let text = "This page keeps no history: whoever embeds simscope has not allowed it.";
            return shown.set(Shown::Wrong(text.to_owned()));
        };
        if !name.is_empty() {
            let id = id.as_deref();
            let done =
                answer(history.ask(name, &[id.map_or(JsValue::UNDEFINED, Into::into)])).await;
            match done {
                Err(text) => return shown.set(Shown::Wrong(text)),
                Ok(_) if name != "open" => live.forget_kept(id),
                Ok(opened) if opened.is_truthy() => {
                    return live.close(|dialog| *dialog == Dialog::Kept);
                }
                Ok(_) => {
                    let text = "Nothing is kept of this source yet.";
                    return shown.set(Shown::Wrong(text.to_owned()));
                }
            }
        }
        shown.set(match answer(history.ask("list", &[])).await {
            Ok(listed) => {
                let listed = Json::of(listed);
                let sources = listed.get("sources").items();
                let space = listed.get("space").text().unwrap_or_default();
                Shown::List(sources.iter().filter_map(About::of).collect(), space)
            }
            Err(text) => Shown::Wrong(text),
        });
    });
}

#[component]
fn Listed() -> impl IntoView {
    let live = use_live();
    let shown = Var::new(Shown::Waiting);
    act(live, shown, "", None);
    view! {
        <div class="kept">
            {move || match shown.get() {
                Shown::Waiting => view! { <p role="status">"Looking at what is kept…"</p> }.into_any(),
                Shown::Wrong(text) => {
                    view! {
                        <p class="wrong" role="alert">
                            {text}
                        </p>
                        <div class="buttons">
                            <button type="button" class="button" on:click=move |_| act(live, shown, "", None)>
                                "Try again"
                            </button>
                        </div>
                    }
                        .into_any()
                }
                Shown::List(sources, _) if sources.is_empty() => {
                    view! {
                        <p>
                            "Nothing is kept in this browser. To keep the history of a source, click its chip and tick “Keep history in this browser”."
                        </p>
                    }
                        .into_any()
                }
                Shown::List(sources, space) => {
                    view! {
                        <ul class="kept-list">
                            {sources
                                .into_iter()
                                .map(|about| view! { <Row about=about shown=shown /> })
                                .map(IntoAny::into_any)
                                .collect_view()}
                        </ul>
                        <p class="dim">{space}</p>
                        <div class="buttons">
                            <Delete label="Delete all" delete=move || act(live, shown, "clear", None) />
                        </div>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Row(
    /// The source.
    about: About,
    /// What the dialog shows.
    shown: Var<Shown>,
) -> impl IntoView {
    let live = use_live();
    let (opened, deleted) = (about.id.clone(), about.id.clone());
    let text = told(&About {
        persisted: None,
        ..about.clone()
    });
    let ended = (!about.keeps).then_some(" What comes now is not kept.");
    view! {
        <li>
            <strong>{about.label}</strong>
            <span class="dim">{about.place}</span>
            <p>{text} {ended}</p>
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    title="Show what is kept, without asking the provider"
                    on:click=move |_| act(live, shown, "open", Some(opened.clone()))
                >
                    "Open"
                </button>
                <Delete label="Delete" delete=move || act(live, shown, "remove", Some(deleted.clone())) />
            </div>
        </li>
    }
}
