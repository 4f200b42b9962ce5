//! The palette: every command by its name, and every saved view.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::commands::{run, why_not};
use super::dialog::Modal;
use super::saved::SavedView;
use super::state::{Dialog, State, use_state};
use super::var::{Var, effect};
use crate::commands::{Entry, Need, find, score};

/// What can be found.
#[derive(Debug, Clone)]
enum Found {
    Command(&'static Entry),
    /// A saved view, with its place in the list.
    View(usize, SavedView),
}

impl Found {
    fn label(&self) -> String {
        match self {
            Self::Command(entry) => entry.label.to_owned(),
            Self::View(_, view) => format!("View: {}", view.name),
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Command(entry) => format!("command-{}", entry.name),
            Self::View(at, _) => format!("view-{at}"),
        }
    }

    /// Why it does not apply now; null where it does.
    fn why_not(&self, state: State) -> Option<&'static str> {
        match self {
            Self::Command(entry) => why_not(state, entry),
            Self::View(..) => (!state.is_loaded_untracked()).then_some(Need::Data.missing()),
        }
    }
}

/// What fits, the best first: commands, then views; where something is typed, views among them.
fn find_all(state: State, typed: &str) -> Vec<Found> {
    let used = state.aim.used.get_untracked();
    let commands = find(typed, &used).into_iter().map(Found::Command);
    let mut found: Vec<Found> = commands.collect();
    // Letters of any script are the same in capitals.
    let lower = |text: &str| String::from(js_sys::JsString::from(text).to_lower_case());
    let wanted = lower(typed);
    let fits = |found: &Found| score(&wanted, &lower(&found.label()));
    let views = state.saved.list.with_untracked(|listing| {
        let views = listing.views.iter().cloned().enumerate();
        let views = views.map(|(at, view)| Found::View(at, view));
        views
            .filter(|view| fits(view).is_some())
            .collect::<Vec<_>>()
    });
    if typed.trim().is_empty() {
        found.extend(views);
        return found;
    }
    for view in views {
        let worse = |known: &Found| fits(known) < fits(&view);
        let at = found.iter().position(worse).unwrap_or(found.len());
        found.insert(at, view);
    }
    found
}

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
    let find_now = move || typed.with_untracked(|typed| find_all(state, typed));
    let found = Var::new(find_now());
    let chosen = move || at.get_untracked();
    let active = move || {
        let at = at.get();
        found.with(|found| found.get(at).map(Found::id))
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
                if let Some(chosen) = found.with_untracked(|found| found.get(now).cloned()) {
                    choose(state, &chosen);
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
                        .map(|(number, found)| choice(state, found, number == at))
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

/// An entry of the list; `chosen` is the one that Enter takes.
fn choice(state: State, found: Found, chosen: bool) -> AnyView {
    let why = found.why_not(state);
    let command = match &found {
        Found::Command(entry) => Some(*entry),
        Found::View(..) => None,
    };
    let keys = command
        .into_iter()
        .flat_map(Entry::shown)
        .map(|key| view! { <kbd>{key}</kbd> })
        .map(IntoAny::into_any)
        .collect_view();
    let label = found.label();
    let about = match &found {
        Found::Command(_) => String::new(),
        Found::View(_, view) => view.about.clone(),
    };
    view! {
        <li
            role="option"
            id=found.id()
            data-command=command.map(|entry| entry.name)
            aria-selected=chosen.to_string()
            aria-disabled=why.is_some().to_string()
            on:click=move |_| choose(state, &found)
        >
            <span class="dim group">{command.map_or("Views", |entry| entry.group.label())}</span>
            <span class="label"><bdi>{label}</bdi></span>
            <span class="dim why">{why.map_or(about, ToOwned::to_owned)}</span>
            <span class="keys-of">{keys}</span>
        </li>
    }
    .into_any()
}

/// Closes the palette and runs a command, or shows a view, if it applies.
fn choose(state: State, found: &Found) {
    if found.why_not(state).is_some() {
        return;
    }
    if let Found::Command(entry) = found {
        state.aim.used.update(|used| {
            used.retain(|id| *id != entry.id);
            used.insert(0, entry.id);
        });
    }
    state.close(Dialog::Commands);
    let found = found.clone();
    // The dialog gives the focus back when it closes; what a command focuses must come after.
    set_timeout(
        move || match &found {
            Found::Command(entry) => run(state, entry.id),
            Found::View(_, view) => state.show_saved(view),
        },
        Duration::ZERO,
    );
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
