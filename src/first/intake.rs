//! How files come: dropped, chosen, pasted.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, FileList, HtmlElement, HtmlInputElement};

use super::choices::{Choices, use_choices};
use super::wish::Wish;
use crate::app::{Var, on_element};

/// The files of a list, which the browser empties when its event is over.
fn files_of(list: Option<FileList>) -> Vec<web_sys::File> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// What is handed over: files, else a text that is not empty, called `name`.
fn wish_of(data: &DataTransfer, name: &str) -> Option<Wish> {
    let files = files_of(data.files());
    if !files.is_empty() {
        return Some(Wish::Files(files));
    }
    let text = data.get_data("text/plain").ok()?;
    (!text.trim().is_empty()).then(|| Wish::Text {
        text,
        name: name.to_owned(),
    })
}

/// Takes what is dropped anywhere on the element.
#[component]
pub fn DropZone(
    /// The element that everything is mounted in.
    root: HtmlElement,
) -> impl IntoView {
    let choices = use_choices();
    // Entering a child leaves its parent: count, to know when the pointer is really gone.
    let depth = Var::new(0i32);
    let carries_files = |event: &DragEvent| {
        event.data_transfer().is_some_and(|data| {
            let types = data.types();
            (0..types.length()).any(|at| {
                let name = types.get(at).as_string();
                matches!(name.as_deref(), Some("Files" | "text/plain"))
            })
        })
    };
    let on_enter = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            depth.update(|depth| *depth += 1);
        }
    };
    let on_over = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
        }
    };
    let on_leave = move |_: DragEvent| depth.update(|depth| *depth = (*depth - 1).max(0));
    let on_drop = move |event: DragEvent| {
        depth.set(0);
        let Some(data) = event.data_transfer() else {
            return;
        };
        event.prevent_default();
        if let Some(wish) = wish_of(&data, "dropped text") {
            choices.act(wish);
        }
    };
    on_element(&root, "dragenter", on_enter);
    on_element(&root, "dragover", on_over);
    on_element(&root, "dragleave", on_leave);
    on_element(&root, "drop", on_drop);
    view! {
        <div class="drop" class:shown=move || { depth.get() > 0 } aria-hidden="true">
            <p>"Drop to read: what a vendor's API or command-line tool prints"</p>
        </div>
    }
}

/// Takes what is pasted, unless it goes into a field.
pub fn paste(choices: Choices, event: &ClipboardEvent) {
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"));
    let data = event.clipboard_data().filter(|_| !in_field);
    if let Some(wish) = data.and_then(|data| wish_of(&data, "pasted text")) {
        event.prevent_default();
        choices.act(wish);
    }
}

/// A button that asks for files.
#[component]
pub fn ChooseFiles(
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let choices = use_choices();
    let opening = move || choices.opening.get().files;
    let input = NodeRef::<leptos::html::Input>::new();
    let changed = move |event: ev::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        let files = files_of(field.files());
        // So that the same file can be chosen again.
        field.set_value("");
        if !files.is_empty() {
            choices.act(Wish::Files(files));
        }
    };
    view! {
        <button
            type="button"
            class="button"
            prop:disabled=opening
            on:click=move |_| {
                if let Some(input) = input.get() {
                    input.click();
                }
            }
        >
            {move || if opening() { "Opening…" } else { label }}
        </button>
        <input
            node_ref=input
            type="file"
            multiple
            hidden
            aria-label="Files"
            accept=".json,.ndjson,.jsonl,.txt,.csv,.tsv,.gz,.zip,application/json,application/gzip,application/zip,text/csv"
            on:change=changed
        />
    }
}
