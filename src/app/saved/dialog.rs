//! The dialog of the saved views: saving the present one, the list, files of views.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::super::dialog::Modal;
use super::super::import;
use super::super::state::{Dialog, State, Tone, use_state};
use super::Said;
use super::form::SaveForm;
use super::list::{OwnViews, ReadyViews};
use crate::first::Wish;

/// The dialog.
#[component]
pub fn ViewsDialog() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Views));
    view! {
        <Modal title="Views" open=open on_close=move |()| state.close(Dialog::Views)>
            <div class="views">
                <SaveForm />
                <OwnViews />
                <ReadyViews />
                <Files />
            </div>
        </Modal>
    }
}

/// Opens the dialog.
pub fn show(state: State) {
    state.saved.said.set(Said::default());
    state.saved.renaming.set(None);
    state.dialog.set(Some(Dialog::Views));
}

/// What came of the last change, with what can be done about it.
#[component]
pub fn Outcome(
    /// Called when a view of the same name is to be replaced.
    replace: Callback<()>,
) -> impl IntoView {
    let state = use_state();
    let said = state.saved.said;
    let class = move || match said.with(|said| said.tone) {
        Some(Tone::Bad) => "views-said bad",
        Some(Tone::Warning) => "views-said warning",
        _ => "views-said",
    };
    let undo = move |_| {
        if state.change_saved("undo", &[]) {
            state.focus_in_views(".views .saved-name".to_owned());
        }
    };
    view! {
        <div class=class>
            <span role="status">{move || said.with(|said| said.text.clone())}</span>
            <Show when=move || said.with(|said| said.exists)>
                <button type="button" class="button replace" on:click=move |_| replace.run(())>
                    "Replace it"
                </button>
            </Show>
            <Show when=move || said.with(|said| said.undo)>
                <button type="button" class="button undo" on:click=undo>
                    "Undo"
                </button>
            </Show>
        </div>
    }
}

/// All views as a file, and views from files.
#[component]
fn Files() -> impl IntoView {
    let state = use_state();
    let input = NodeRef::<leptos::html::Input>::new();
    let has_none = move || {
        let views = |listing: &super::Listing| listing.views.iter().all(|view| view.ready);
        state.saved.list.with(views)
    };
    let chosen = move |event: leptos::ev::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        let files = field.files();
        let at = |at| files.as_ref().and_then(|files| files.get(at));
        let files: Vec<File> = (0..).map_while(at).collect();
        // So that the same file can be chosen again.
        field.set_value("");
        import::act(state, Wish::Files(files));
    };
    let choose = move |_| {
        if let Some(input) = input.get() {
            input.unchecked_into::<web_sys::HtmlElement>().click();
        }
    };
    view! {
        <div class="views-files">
            <button
                type="button"
                class="button"
                disabled=has_none
                title="Save the views of your own as a file"
                on:click=move |_| export(state)
            >
                "Export"
            </button>
            <button
                type="button"
                class="button"
                title="Add the views of a file to these; dropping it does the same"
                on:click=choose
            >
                "Import…"
            </button>
            <input
                node_ref=input
                type="file"
                multiple
                hidden
                aria-label="Files of views"
                accept=".json,application/json"
                on:change=chosen
            />
            <span class="dim">
                "A view holds how to look: filter, groups, colours, tables. No data, and no identifier but what you typed into the filter."
            </span>
        </div>
    }
}

fn export(state: State) {
    state.host.with_value(|host| {
        if let Some(text) = host.views_file() {
            host.save_file("simscope-views.json", "application/json", &text);
        }
    });
}
