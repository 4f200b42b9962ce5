//! Case files: everything that is loaded, with the view, as one file. Writing and reading them is the part `case.js`; here is the
//! dialog that saves one, and what is done with one that was opened.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::dialog::Modal;
use super::json::Json;
use super::link::OpenAs;
use super::state::{Dialog, State, Tone, use_state};
use super::var::Var;

impl State {
    /// A document (by its number) turned out to be a case file: `{documents, confirmed, view, masked, notes}`, or `{code, message}`
    /// where it is none that can be read. What was loaded before stays; the view is the file's where there was nothing.
    pub fn open_case(&self, document: u32, found: JsValue) {
        let found = Json::of(found);
        let was_empty = !self.is_loaded_untracked();
        self.progress
            .update(|progress| progress.retain(|(known, _)| *known != document));
        let opened = self.link().take_opened(document);
        let name = opened.map(|(_, options)| options.name).unwrap_or_default();
        let waits = self.requests.take_load(document);
        if let Some(message) = found.get("message").text() {
            self.opened_all();
            self.tell(Tone::Bad, &name, &message);
            if let Some(waits) = waits {
                let code = found.get("code").text().unwrap_or_default();
                waits.refuse(&name, &code, &message);
            }
            return;
        }
        let numbers = self.open_documents(&found, waits.is_some());
        self.sharing.demo.set(false);
        if was_empty {
            self.set_view(found.get("view").into_value());
        }
        let notes = found.get("notes").items();
        let notes: Vec<String> = notes.iter().filter_map(Json::text).collect();
        if !notes.is_empty() {
            self.tell(Tone::Warning, &name, notes.join(" "));
        }
        if numbers.is_empty() {
            self.opened_all();
            self.tell(Tone::Warning, &name, "There is nothing in this case.");
        } else if found.get("masked").truth() == Some(true) {
            self.tell(
                Tone::Good,
                &name,
                "The identifiers in this case are masked: others of the same form stand for them.",
            );
        }
        if let Some(waits) = waits {
            self.wait_for_case(waits, name, numbers);
        }
    }

    /// Opens the documents of a case, and confirms what was confirmed, in the order in which that came. Gives their numbers.
    fn open_documents(&self, found: &Json, by_host: bool) -> Vec<u32> {
        let documents = found.get("documents").items();
        let confirmed = found.get("confirmed").items();
        let mut numbers = Vec::new();
        let mut next = confirmed.iter().peekable();
        for at in 0..=documents.len() {
            while let Some(step) =
                next.next_if(|step| step.get("after").number() == Some(at as f64))
            {
                let places = step.get("documents").items();
                let places = places.iter().filter_map(Json::number);
                let of: Vec<u32> = places
                    .filter_map(|place| numbers.get(place as usize).copied())
                    .collect();
                if let Some(observed) = step.get("observed").number() {
                    self.link().confirm(&of, observed);
                }
            }
            let Some(document) = documents.get(at) else {
                continue;
            };
            let Ok(blob) = document.get("blob").into_value().dyn_into::<Blob>() else {
                continue;
            };
            let options = options_of(&document.get("options"), by_host);
            numbers.push(self.open(blob, options));
        }
        numbers
    }
}

fn options_of(options: &Json, by_host: bool) -> OpenAs {
    OpenAs {
        asked_before: options.get("asked_before").text(),
        history: options.get("history").truth(),
        located: options.get("located").text(),
        labels: Some(options.get("labels"))
            .filter(Json::is_there)
            .map(Json::into_value),
        of_case: true,
        by_host,
        ..OpenAs::of(options)
    }
}

/// The dialog that saves a case.
#[component]
pub fn CaseDialog() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Case));
    view! {
        <Modal title="Save a case" open=open on_close=move |()| state.close(Dialog::Case)>
            <Choices />
        </Modal>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let state = use_state();
    let masks = Var::new(false);
    let busy = Var::new(false);
    let wrong = Var::new(None::<String>);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        state.spawn(async move {
            let saved = save(state, masks.get_untracked()).await;
            // Since then the dialog may have been closed.
            busy.set(false);
            match saved {
                Ok((file, text)) => {
                    state.close(Dialog::Case);
                    state.tell(Tone::Good, file, text);
                }
                Err(message) if state.dialog.get_untracked() == Some(Dialog::Case) => {
                    wrong.set(Some(message));
                }
                Err(message) => state.tell(Tone::Bad, "Case", message),
            }
        });
    };
    view! {
        <div class="save-case">
            <p>
                "Everything that is loaded, with the present view, as one file: for a ticket, or for a colleague, who opens it in simscope and \
                 sees what you see. Credentials are not in it, nor are secrets that a vendor sent along."
            </p>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || masks.get()
                    on:change=move |event| masks.set(event_target_checked(&event))
                />
                <span>"Mask identifiers"</span>
                <span class="dim">
                    "ICCID, IMSI, IMEI, EID, MSISDN, keys, names, tags and IP addresses become others of the same form. What belongs together \
                     stays together; times, networks, cells and places stay."
                </span>
            </label>
            <p class="wrong" role="alert">{move || wrong.get()}</p>
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    aria-disabled=move || busy.get().to_string()
                    on:click=save
                >
                    {move || if busy.get() { "Saving…" } else { "Save" }}
                </button>
                <button type="button" class="button" on:click=move |_| state.close(Dialog::Case)>
                    "Cancel"
                </button>
            </div>
        </div>
    }
}

/// Saves it; the file's name and what is in it, or why it could not be saved.
async fn save(state: State, masks: bool) -> Result<(String, String), String> {
    let missing = "The part that writes case files could not be loaded. Load the page again, and try once more.";
    let promise = state.host.with_value(|host| host.save_case(masks));
    let saved = match promise {
        Some(promise) => JsFuture::from(promise).await,
        None => Err(JsValue::UNDEFINED),
    };
    match saved.map(Json::of) {
        Ok(saved) => {
            let text = |key| saved.get(key).text().unwrap_or_default();
            Ok((text("file"), text("text")))
        }
        Err(error) => {
            let message = Json::of(error.clone()).get("message").text();
            let is_said = Json::of(error.clone()).get("code").is_there();
            if !is_said {
                super::report::report("simscope: a case could not be saved.", &error);
            }
            Err(message
                .filter(|_| is_said)
                .unwrap_or_else(|| missing.to_owned()))
        }
    }
}

/// Opens the dialog.
pub fn show(state: State) {
    state.dialog.set(Some(Dialog::Case));
}
