//! The palette: every command by its name.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::commands::{run, why_not};
use super::dialog::Modal;
use super::state::{Dialog, State, use_state};
use super::var::{Var, effect};
use crate::commands::{Entry, find};

/// The palette's dialog.
#[component]
pub fn CommandPalette() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Commands));
    view! {
        <Modal title="Commands" open=open on_close=move |()| state.close(Dialog::Commands)>
            <Finder />
        </Modal>
    }
}

/// The field and what it finds.
#[component]
fn Finder() -> impl IntoView {
    let state = use_state();
    let typed = Var::new(String::new());
    let at = Var::new(0_usize);
    let field = NodeRef::<leptos::html::Input>::new();
    let list = NodeRef::<leptos::html::Ul>::new();
    effect(move || {
        if let Some(field) = field.get() {
            // It is in the document, so it can have the focus.
            let _ = field.focus();
        }
    });
    let find_now = move || {
        let used = state.aim.used.get_untracked();
        typed.with_untracked(|typed| find(typed, &used))
    };
    let found = Var::new(find_now());
    let chosen = move || at.get_untracked();
    let active = move || {
        let at = at.get();
        let entry = found.with(|found| found.get(at).copied());
        entry.map(option_id)
    };
    let press = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let now = chosen();
        let next = match event.key().as_str() {
            "ArrowDown" if now + 1 < count => now + 1,
            "ArrowDown" | "Home" => 0,
            "ArrowUp" if now > 0 => now - 1,
            "ArrowUp" | "End" => count.saturating_sub(1),
            "PageDown" => (now + 10).min(count.saturating_sub(1)),
            "PageUp" => now.saturating_sub(10),
            "Enter" => {
                event.prevent_default();
                if let Some(entry) = found.with_untracked(|found| found.get(now).copied()) {
                    choose(state, entry);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
        reveal(list, next);
    };
    view! {
        <div class="palette">
            <input
                node_ref=field
                type="text"
                role="combobox"
                aria-label="Find a command"
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls="command-list"
                aria-activedescendant=active
                placeholder="Find a command"
                autocomplete="off"
                spellcheck="false"
                autofocus
                prop:value=move || typed.get()
                on:input=move |event: ev::Event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                    found.set(find_now());
                    reveal(list, 0);
                }
                on:keydown=press
            />
            <ul node_ref=list id="command-list" role="listbox" aria-label="Commands">
                {move || {
                    let at = at.get();
                    found
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(number, entry)| choice(state, entry, number == at))
                        .collect_view()
                }}
            </ul>
            <p class="dim" role="status">
                {move || {
                    found
                        .with(Vec::is_empty)
                        .then_some("No command is called so. Try other words, such as zoom, group or copy.")
                }}
            </p>
        </div>
    }
}

fn option_id(entry: &Entry) -> String {
    format!("command-{}", entry.name)
}

/// A command in the list; `chosen` is the one that Enter takes.
fn choice(state: State, entry: &'static Entry, chosen: bool) -> AnyView {
    let why = why_not(state, entry);
    let keys = entry
        .shown()
        .map(|key| view! { <kbd>{key}</kbd> })
        .map(IntoAny::into_any)
        .collect_view();
    view! {
        <li
            role="option"
            id=option_id(entry)
            data-command=entry.name
            aria-selected=chosen.to_string()
            aria-disabled=why.is_some().to_string()
            on:click=move |_| choose(state, entry)
        >
            <span class="dim group">{entry.group.label()}</span>
            <span class="label">{entry.label}</span>
            <span class="dim why">{why.unwrap_or_default()}</span>
            <span class="keys-of">{keys}</span>
        </li>
    }
    .into_any()
}

/// Closes the palette and runs a command, if it applies.
fn choose(state: State, entry: &'static Entry) {
    if why_not(state, entry).is_some() {
        return;
    }
    state.aim.used.update(|used| {
        used.retain(|id| *id != entry.id);
        used.insert(0, entry.id);
    });
    state.close(Dialog::Commands);
    // The dialog gives the focus back when it closes; what a command focuses must come after.
    set_timeout(move || run(state, entry.id), Duration::ZERO);
}

fn reveal(list: NodeRef<leptos::html::Ul>, at: usize) {
    let Some(list) = list.try_get_untracked().flatten() else {
        return;
    };
    let item: Option<Element> = list.children().item(at as u32);
    let item = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(item) = item {
        let (top, height) = (item.offset_top(), item.offset_height());
        let (seen, room) = (list.scroll_top(), list.client_height());
        if top < seen {
            list.set_scroll_top(top);
        } else if top + height > seen + room {
            list.set_scroll_top(top + height - room);
        }
    }
}
