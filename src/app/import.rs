//! Files into the engine: dropped, chosen, pasted, or the demo fleet.

use crate::app::var::Var;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ClipboardEvent, DragEvent, File, FileList, HtmlInputElement};

use super::json::Json;
use super::link::OpenAs;
use super::state::{State, Tone, use_state};

/// Opens some files.
fn open_files(state: State, files: &FileList) {
    for at in 0..files.length() {
        if let Some(file) = files.get(at) {
            open_file(state, file);
        }
    }
}

fn open_file(state: State, file: File) {
    let options = OpenAs {
        name: file.name(),
        ..OpenAs::default()
    };
    state.open(file.unchecked_into::<Blob>(), options);
}

/// Takes what is dropped anywhere on the element.
#[component]
pub fn DropZone() -> impl IntoView {
    let state = use_state();
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
        match data.files() {
            Some(files) if files.length() > 0 => open_files(state, &files),
            _ => {
                if let Ok(text) = data.get_data("text/plain") {
                    open_text(state, &text, "dropped text");
                }
            }
        }
    };
    let root = state.root.get_value();
    super::gestures::on_element(&root, "dragenter", on_enter);
    super::gestures::on_element(&root, "dragover", on_over);
    super::gestures::on_element(&root, "dragleave", on_leave);
    super::gestures::on_element(&root, "drop", on_drop);
    view! {
        <div class="drop" class:shown=move || { depth.get() > 0 } aria-hidden="true">
            <p>"Drop to read: what a vendor's API or command-line tool prints"</p>
        </div>
    }
}

/// Takes what is pasted, unless it goes into a field.
pub fn paste(state: State, event: &ClipboardEvent) {
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"));
    let Some(data) = event.clipboard_data().filter(|_| !in_field) else {
        return;
    };
    match data.files() {
        Some(files) if files.length() > 0 => open_files(state, &files),
        _ => match data.get_data("text/plain") {
            Ok(text) if !text.trim().is_empty() => open_text(state, &text, "pasted text"),
            _ => return,
        },
    }
    event.prevent_default();
}

fn open_text(state: State, text: &str, name: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    match Blob::new_with_str_sequence(&parts) {
        Ok(blob) => {
            let number = state.summary.with_untracked(|summary| {
                let same = summary.sources.iter();
                same.filter(|source| source.label.starts_with(name)).count()
            });
            let options = OpenAs {
                name: format!("{name} {}", number + 1),
                ..OpenAs::default()
            };
            state.open(blob, options);
        }
        Err(_) => state.tell(
            Tone::Bad,
            name,
            "The browser could not take the text over. Save it as a file and drop that.",
        ),
    }
}

/// A button that asks for files.
#[component]
pub fn ChooseFiles(
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let state = use_state();
    let input = NodeRef::<leptos::html::Input>::new();
    let changed = move |event: ev::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        if let Some(files) = field.files() {
            open_files(state, &files);
        }
        // So that the same file can be chosen again.
        field.set_value("");
    };
    view! {
        <button
            type="button"
            class="button"
            on:click=move |_| {
                if let Some(input) = input.get() {
                    input.click();
                }
            }
        >
            {label}
        </button>
        <input
            node_ref=input
            type="file"
            multiple
            hidden
            aria-label="Files"
            accept=".json,.ndjson,.jsonl,.txt,.gz,application/json,application/gzip"
            on:change=changed
        />
    }
}

/// Opens the demo fleet: recorded answers, through the same adapters as any file.
pub fn open_demo(state: State, done: impl Fn() + 'static) {
    leptos::task::spawn_local(async move {
        if let Err(message) = load_demo(state).await {
            state.tell(Tone::Bad, "Demo fleet", message);
        }
        done();
    });
}

async fn load_demo(state: State) -> Result<(), String> {
    let base = state
        .host
        .with_value(|host| format!("{}demo/", host.asset_base()));
    let missing = |file: &str| {
        format!(
            "{file} could not be fetched. Whoever hosts simscope must copy the folder demo/ as well."
        )
    };
    let text = crate::transport::fetch::text(&format!("{base}index.json"))
        .await
        .map_err(|_| missing("demo/index.json"))?;
    let answers = Json::parse(&text).get("answers").items();
    if answers.is_empty() {
        return Err(missing("demo/index.json"));
    }
    let field = |answer: &Json, key: &str| answer.get(key).text();
    // All at once: the browser queues what it does not fetch in parallel.
    let fetched: js_sys::Array = answers
        .iter()
        .map(|answer| {
            let url = format!("{base}{}", field(answer, "file").unwrap_or_default());
            JsValue::from(wasm_bindgen_futures::future_to_promise(async move {
                let text = crate::transport::fetch::text(&url).await;
                Ok(text.map_or(JsValue::NULL, JsValue::from))
            }))
        })
        .collect();
    let texts = JsFuture::from(js_sys::Promise::all(&fetched)).await;
    let texts: js_sys::Array = texts
        .ok()
        .and_then(|texts| texts.dyn_into().ok())
        .unwrap_or_default();
    for (answer, text) in answers.iter().zip(texts.iter()) {
        let file = field(answer, "file").unwrap_or_default();
        if text.is_null() {
            return Err(missing(&file));
        }
        let parts = js_sys::Array::of1(&text);
        let blob = Blob::new_with_str_sequence(&parts)
            .map_err(|_| "The browser could not keep the demo fleet.".to_owned())?;
        let sim = field(answer, "sim");
        state.open(
            blob,
            OpenAs {
                name: file,
                source: field(answer, "source"),
                provider: field(answer, "provider"),
                account: sim.is_none(),
                sim,
                observed: field(answer, "observed"),
            },
        );
    }
    Ok(())
}
