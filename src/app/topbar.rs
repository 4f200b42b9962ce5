//! One row of controls.

use leptos::prelude::*;

use super::commands::copy_link;
use super::filter_bar::FilterBar;
use super::range::Range;
use super::sources::Sources;
use super::state::{Dialog, use_state};
use crate::first::ChooseFiles;

/// Name, sources, range, filter, theme, help.
#[component]
pub fn TopBar() -> impl IntoView {
    let state = use_state();
    let clear = move |_| state.clear();
    let has_links = move || state.host.with_value(super::host::Host::has_links);
    let next_theme = move |_| {
        let next = match state.theme.get_untracked().as_str() {
            "light" => "dark",
            "dark" => "system",
            _ => "light",
        };
        state.theme.set(next.to_owned());
    };
    view! {
        <header class="bar" part="bar">
            <h1>"simscope"</h1>
            <Sources />
            <ChooseFiles label="+ Add" />
            <button
                type="button"
                class="button"
                title="Connect a provider"
                on:click=move |_| state.host.with_value(super::host::Host::connect)
            >
                "+ Connect"
            </button>
            <WatchButton />
            <Range />
            <FilterBar />
            <Show when=has_links>
                <button
                    type="button"
                    class="button"
                    title="Copy a link to this view (Y). It holds no data."
                    on:click=move |_| copy_link(state)
                >
                    "Link"
                </button>
            </Show>
            <button
                type="button"
                class="button"
                title="Saved views, and ready-made ones (Q)"
                on:click=move |_| super::saved::show(state)
            >
                "Views"
            </button>
            <button
                type="button"
                class="button"
                title="Save all of this as one file, for a ticket (Ctrl+S)"
                on:click=move |_| super::case::show(state)
            >
                "Save"
            </button>
            <button
                type="button"
                class="button"
                title="Forget everything that is loaded. Files of cell positions stay for what is opened next; where there is nothing else, they are forgotten, too."
                on:click=clear
            >
                "Clear"
            </button>
            <button
                type="button"
                class="button"
                title=move || format!("Theme: {}. Click to change.", state.theme.get())
                on:click=next_theme
            >
                {move || match state.theme.get().as_str() {
                    "light" => "Light",
                    "dark" => "Dark",
                    _ => "System",
                }}
            </button>
            <button
                type="button"
                class="button"
                aria-label="Keys and gestures"
                title="Keys and gestures"
                on:click=move |_| state.dialog.set(Some(Dialog::Keys))
            >
                "?"
            </button>
        </header>
    }
}

/// Watches live sources; there where there are any.
#[component]
fn WatchButton() -> impl IntoView {
    let state = use_state();
    view! {
        <Show when=move || state.watching().is_some()>
            <button
                type="button"
                class="button"
                title="Look for what is new at all live sources, again and again, and mark it"
                aria-pressed=move || state.watching().unwrap_or(false).to_string()
                on:click=move |_| state.switch_watch()
            >
                "Watch"
            </button>
        </Show>
    }
}
