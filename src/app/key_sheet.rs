//! Keys and gestures, from the command table.

use leptos::prelude::*;

use super::commands::COMMANDS;
use super::dialog::Modal;
use super::state::{Dialog, use_state};

const GESTURES: [(&str, &str); 6] = [
    ("Wheel", "scroll the lanes"),
    ("Ctrl + wheel, pinch", "zoom at the pointer"),
    ("Shift + wheel, two fingers", "move in time"),
    ("Drag", "choose a span of time"),
    ("Shift + drag", "move in time"),
    ("Double click", "zoom in"),
];

/// The list of keys.
#[component]
pub fn KeySheet() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Keys));
    view! {
        <Modal title="Keys and gestures" open=open on_close=move |()| state.dialog.set(None)>
            <dl class="keys">
                {COMMANDS
                    .iter()
                    .map(|command| (command.shown, command.label))
                    .chain(GESTURES)
                    .map(|(keys, label)| {
                        view! {
                            <dt>
                                <kbd>{keys}</kbd>
                            </dt>
                            <dd>{label}</dd>
                        }
                    })
                    .map(IntoAny::into_any).collect_view()}
            </dl>
            <p class="dim">"Keys act while the focus is inside simscope."</p>
        </Modal>
    }
}
