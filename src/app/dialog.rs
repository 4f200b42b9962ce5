//! A modal dialog by the browser's own element: focus, Escape and the backdrop come with it.

use crate::app::var::effect;
use leptos::prelude::*;

/// A dialog that is open while `open` says so.
#[component]
pub fn Modal(
    /// Its title.
    title: &'static str,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the visitor closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// What is in it. Made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            if !dialog.open() && dialog.show_modal().is_err() {
                super::report::report("simscope: a dialog could not be opened.", &title.into());
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    // It is told of after the fact: by then the dialog may be open again.
    let closed = move |_| {
        if dialog
            .try_get_untracked()
            .flatten()
            .is_none_or(|dialog| !dialog.open())
        {
            on_close.run(());
        }
    };
    view! {
        <dialog node_ref=dialog class="dialog" part="dialog" aria-label=title on:close=closed>
            <header>
                <h2>{title}</h2>
                <button type="button" class="button" aria-label="Close" on:click=move |_| on_close.run(())>
                    "✕"
                </button>
            </header>
            <div class="dialog-body">
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </dialog>
    }
}
