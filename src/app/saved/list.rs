//! The list of the saved views: each can be shown, renamed, moved, deleted, or be the one to start with.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::super::state::{Dialog, State, use_state};
use super::super::var::Var;
use super::SavedView;

/// The visitor's own.
#[component]
pub fn OwnViews() -> impl IntoView {
    let state = use_state();
    let rows = move || {
        let listing = state.saved.list.get();
        let renaming = state.saved.renaming.get();
        let own = listing.views.into_iter().filter(|view| !view.ready);
        own.enumerate()
            .map(|(at, view)| {
                if renaming.as_ref() == Some(&view.name) {
                    renamed(state, at, view)
                } else {
                    let starts = listing.start.as_ref() == Some(&view.name);
                    own_view(state, at, view, starts)
                }
            })
            .collect::<Vec<_>>()
    };
    let has_any = move || {
        let any = |listing: &super::Listing| listing.views.iter().any(|view| !view.ready);
        state.saved.list.with(any)
    };
    view! {
        <section aria-labelledby="own-views">
            <h3 id="own-views">"Saved"</h3>
            <Show
                when=has_any
                fallback=|| view! { <p class="dim">"None yet. Type a name above to save what you see now."</p> }
            >
                <ol class="saved-views">{rows}</ol>
                <label class="no-start">
                    <input
                        type="radio"
                        name="start-view"
                        prop:checked=move || state.saved.list.with(|listing| listing.start.is_none())
                        on:change=move |_| {
                            state.change_saved("start", &[("name", JsValue::NULL)]);
                        }
                    />
                    <span class="dim">"Start with none"</span>
                </label>
                <p class="dim">
                    "The one marked at the left is shown with what is loaded first, when simscope is opened. The view of a link wins over it."
                </p>
            </Show>
        </section>
    }
}

/// Those that everybody has.
#[component]
pub fn ReadyViews() -> impl IntoView {
    let state = use_state();
    let rows = move || {
        let views = state.saved.list.get().views;
        let ready = views.into_iter().filter(|view| view.ready);
        ready
            .map(|view| view! { <li>{shows(state, view)}</li> }.into_any())
            .collect::<Vec<_>>()
    };
    view! {
        <section aria-labelledby="ready-views">
            <h3 id="ready-views">"Ready-made"</h3>
            <ul class="saved-views ready">{rows}</ul>
        </section>
    }
}

/// The button that shows a view.
fn shows(state: State, view: SavedView) -> AnyView {
    let (name, about) = (view.name.clone(), view.about.clone());
    let apply = move |_| {
        state.close(Dialog::Views);
        state.show_saved(&view);
    };
    view! {
        <button type="button" class="saved-name" on:click=apply>
            <bdi>{name}</bdi>
            <span class="dim">{about}</span>
        </button>
    }
    .into_any()
}

fn own_view(state: State, at: usize, view: SavedView, starts: bool) -> AnyView {
    let named = |what: &str| format!("{what} “{}”", view.name);
    let name = StoredValue::new_local(view.name.clone());
    let by_name = move || [("name", JsValue::from(name.get_value()))];
    let start = move |_| {
        state.change_saved("start", &by_name());
        state.focus_in_views(format!("#saved-{at} input"));
    };
    let remove = move |_| {
        if state.change_saved("remove", &by_name()) {
            state.focus_in_views(".views .undo".to_owned());
        }
    };
    let rename = move |_| {
        state.saved.said.set(super::Said::default());
        state.saved.renaming.set(Some(name.get_value()));
        state.focus_in_views(format!("#saved-{at} input"));
    };
    let step = move |by: i32, class: &'static str| {
        let [name] = by_name();
        state.change_saved("move", &[name, ("by", by.into())]);
        let last = state.saved.list.with_untracked(|listing| {
            let own = listing.views.iter().filter(|view| !view.ready);
            own.count().saturating_sub(1)
        });
        let to = at.saturating_add_signed(by as isize).min(last);
        state.focus_in_views(format!("#saved-{to} .{class}"));
    };
    view! {
        <li id=format!("saved-{at}")>
            <input
                type="radio"
                name="start-view"
                aria-label=named("Start with")
                title="Start with this view"
                prop:checked=starts
                on:change=start
            />
            {shows(state, view.clone())}
            <button
                type="button"
                class="tool up"
                aria-label=named("Move up")
                title="Move up"
                on:click=move |_| step(-1, "up")
            >
                "↑"
            </button>
            <button
                type="button"
                class="tool down"
                aria-label=named("Move down")
                title="Move down"
                on:click=move |_| step(1, "down")
            >
                "↓"
            </button>
            <button type="button" class="tool rename" aria-label=named("Rename") on:click=rename>
                "Rename"
            </button>
            <button type="button" class="tool" aria-label=named("Delete") on:click=remove>
                "Delete"
            </button>
        </li>
    }
    .into_any()
}

/// A view that is being renamed.
fn renamed(state: State, at: usize, view: SavedView) -> AnyView {
    let typed = Var::new(view.name.clone());
    let end = move || {
        state.saved.renaming.set(None);
        state.focus_in_views(format!("#saved-{at} .rename"));
    };
    let from = StoredValue::new_local(view.name.clone());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let change = [
            ("name", JsValue::from(from.get_value())),
            ("to", typed.get_untracked().into()),
        ];
        if state.change_saved("rename", &change) {
            end();
        } else {
            state.focus_in_views(format!("#saved-{at} input"));
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            // Not the dialog: it stays.
            event.prevent_default();
            event.stop_propagation();
            end();
        }
    };
    view! {
        <li id=format!("saved-{at}")>
            <form class="view-field" novalidate on:submit=submit on:keydown=press>
                <input
                    type="text"
                    aria-label="New name"
                    maxlength="160"
                    autocomplete="off"
                    prop:value=view.name
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="button primary">"Rename"</button>
                <button type="button" class="button" on:click=move |_| end()>"Cancel"</button>
            </form>
        </li>
    }
    .into_any()
}
