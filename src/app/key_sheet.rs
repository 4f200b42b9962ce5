//! Keys and gestures, from the command table.

use leptos::prelude::*;

use super::dialog::Modal;
use super::state::{Dialog, use_state};
use crate::commands::{COMMANDS, GESTURES, Group};

/// The list of keys.
#[component]
pub fn KeySheet() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Keys));
    view! {
        <Modal title="Keys and gestures" open=open on_close=move |()| state.close(Dialog::Keys)>
            <p class="dim">
                "Keys act while the focus is inside simscope. Commands without a key are found by their name. "
                <button
                    type="button"
                    class="link"
                    on:click=move |_| state.dialog.set(Some(Dialog::Commands))
                >
                    "Find a command…"
                </button>
            </p>
            <div class="key-groups">
                {Group::ALL.into_iter().map(keys_of).map(IntoAny::into_any).collect_view()}
                <section>
                    <h3>"Hands"</h3>
                    <dl class="keys">
                        {GESTURES
                            .into_iter()
                            .map(|(how, what)| view! { <dt><kbd>{how}</kbd></dt><dd>{what}</dd> })
                            .map(IntoAny::into_any).collect_view()}
                    </dl>
                </section>
            </div>
        </Modal>
    }
}

fn keys_of(group: Group) -> impl IntoView {
    let entries = COMMANDS.iter();
    let entries = entries.filter(|entry| entry.group == group && !entry.keys.is_empty());
    let lines = entries
        .map(|entry| {
            let keys = entry
                .shown()
                .map(|key| view! { <kbd>{key}</kbd> })
                .map(IntoAny::into_any)
                .collect_view();
            view! {
                <dt data-command=entry.name>{keys}</dt>
                <dd>{entry.label}</dd>
            }
        })
        .map(IntoAny::into_any)
        .collect_view();
    view! {
        <section>
            <h3>{group.label()}</h3>
            <dl class="keys">{lines}</dl>
        </section>
    }
}
