//! What is wished, into the engine: files, texts, the demo fleet; and the dialog that connects a provider.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::host::Host;
use super::json::Json;
use super::link::OpenAs;
use super::state::{State, Tone};
use crate::first::Wish;

/// Does what is wished.
pub fn act(state: State, wish: Wish) {
    match wish {
        Wish::Demo => open_demo(state),
        Wish::Files(files) => {
            for file in files {
                open_file(state, file);
            }
        }
        Wish::Text { text, name } => open_text(state, &text, &name),
        Wish::Connect => state.host.with_value(Host::connect),
        Wish::Kept(id) => state.host.with_value(|host| host.open_kept(&id)),
    }
}

fn open_file(state: State, file: File) {
    let options = OpenAs {
        name: file.name(),
        ..OpenAs::default()
    };
    state.open(file.unchecked_into::<Blob>(), options);
}

fn open_text(state: State, text: &str, name: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    match Blob::new_with_str_sequence(&parts) {
        Ok(blob) => {
            let options = OpenAs {
                name: free_name(state, name),
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

/// The name with the first number that no source has, nor a text that is still being read.
fn free_name(state: State, name: &str) -> String {
    let is_taken = |wanted: &str| {
        let read = state
            .summary
            .with_untracked(|summary| summary.sources.iter().any(|known| known.label == wanted));
        let waits = |(_, known): &(u32, super::state::Progress)| known.name == wanted;
        read || state.progress.with_untracked(|all| all.iter().any(waits))
    };
    let mut number = 1;
    loop {
        let wanted = format!("{name} {number}");
        if !is_taken(&wanted) {
            return wanted;
        }
        number += 1;
    }
}

/// Opens the demo fleet: recorded answers, through the same adapters as any file. It is on its way until all of it is read.
pub fn open_demo(state: State) {
    state.opening.update(|opening| opening.demo = true);
    let alone = !state.is_loaded_untracked();
    state.sharing.demo.set(alone);
    state.spawn(async move {
        if let Err(message) = load_demo(state).await {
            state.opening.update(|opening| opening.demo = false);
            state.tell(Tone::Bad, "Demo fleet", message);
        }
    });
}

async fn load_demo(state: State) -> Result<(), String> {
    let read = move |file: String| {
        let asked = state
            .host
            .with_value(|host| host.read_text(&format!("demo/{file}")));
        async move { JsFuture::from(asked?).await.ok()?.as_string() }
    };
    let missing = |file: &str| {
        format!(
            "{file} could not be fetched. Whoever hosts simscope must copy the folder demo/ as well."
        )
    };
    let text = read("index.json".to_owned())
        .await
        .ok_or_else(|| missing("demo/index.json"))?;
    let answers = Json::parse(&text).get("answers").items();
    if answers.is_empty() {
        return Err(missing("demo/index.json"));
    }
    let field = |answer: &Json, key: &str| answer.get(key).text();
    // All at once: the browser queues what it does not fetch in parallel.
    let fetched: js_sys::Array = answers
        .iter()
        .map(|answer| {
            let text = read(field(answer, "file").unwrap_or_default());
            JsValue::from(wasm_bindgen_futures::future_to_promise(async move {
                Ok(text.await.map_or(JsValue::NULL, JsValue::from))
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
                ..OpenAs::default()
            },
        );
    }
    Ok(())
}
