//! What the host page asked of the views and waits for: what a document holds, whether a row was found.

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::json::{Json, object};
use super::link::OpenAs;
use super::state::State;
use crate::engine::Wanted;
use crate::engine::protocol::{Command, Held, Loaded, Selection};
use crate::model::{ProviderId, Warning};

/// Who waits for a document, and what came of it.
type Read = (Waiting, Result<JsValue, JsValue>);
/// A case that the host page opened: who waits, and its documents.
struct Case {
    waits: Waiting,
    name: String,
    documents: Vec<u32>,
    /// How many of them are not read yet.
    left: usize,
    records: u64,
    bad_records: u64,
    cells: u64,
}

/// What settles a choice, and the span to choose beside it.
type Choosing = (Function, Option<[i64; 2]>);

/// Who waits. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Requests {
    /// For what a document holds, by its number.
    loads: StoredValue<Vec<(u32, Waiting)>, LocalStorage>,
    /// The documents that were read, until what they hold is drawn.
    read: StoredValue<Vec<Read>, LocalStorage>,
    /// For what a case holds, until all of it is read.
    cases: StoredValue<Vec<Case>, LocalStorage>,
    /// The same, until the engine has counted it, by the request's number.
    counted: StoredValue<Vec<(u32, Case)>, LocalStorage>,
    /// For what was chosen, by the request's number, with the span to choose beside it.
    choices: StoredValue<Vec<(u32, Choosing)>, LocalStorage>,
    next: StoredValue<u32, LocalStorage>,
}

/// The two ends of a promise.
pub struct Waiting {
    resolve: Function,
    reject: Function,
}

impl Waiting {
    /// Tells that a document could not be read: nothing of it is loaded.
    pub fn refuse(self, name: &str, code: &str, message: &str) {
        let loaded = Loaded {
            name: name.to_owned(),
            ..Loaded::default()
        };
        let more = [("code", code.into()), ("message", message.into())];
        let refused = described(&loaded, &Held::default(), &more);
        // Settling a promise does not fail.
        let _ = self.reject.call1(&JsValue::NULL, &refused);
    }
}

impl Requests {
    /// Nobody waits.
    pub fn new() -> Self {
        Self {
            loads: StoredValue::new_local(Vec::new()),
            read: StoredValue::new_local(Vec::new()),
            cases: StoredValue::new_local(Vec::new()),
            counted: StoredValue::new_local(Vec::new()),
            choices: StoredValue::new_local(Vec::new()),
            next: StoredValue::new_local(0),
        }
    }

    /// Who waits for a document, and does not any more.
    pub fn take_load(&self, document: u32) -> Option<Waiting> {
        let mut found = None;
        self.loads.update_value(|loads| {
            let at = loads.iter().position(|(known, _)| *known == document);
            found = at.map(|at| loads.swap_remove(at).1);
        });
        found
    }

    fn next(&self) -> u32 {
        let request = self.next.get_value();
        self.next.set_value(request + 1);
        request
    }
}

impl State {
    /// Opens a document for the host page: `options` are `{name, source, provider, sim, account, observed}`. Resolves to what it
    /// holds once that is drawn.
    pub fn load(&self, blob: Blob, options: JsValue) -> Promise {
        let options = OpenAs {
            by_host: true,
            ..OpenAs::of(&Json::of(options))
        };
        let mut ends = None;
        let promise = Promise::new(&mut |resolve, reject| ends = Some(Waiting { resolve, reject }));
        let document = self.open(blob, options);
        if let Some(ends) = ends {
            self.requests
                .loads
                .update_value(|loads| loads.push((document, ends)));
        }
        promise
    }

    /// A document was read. False where the host page did not open it.
    pub fn tell_host(&self, loaded: &Loaded) -> bool {
        let Some(waits) = self.requests.take_load(loaded.document) else {
            return self.read_of_case(loaded);
        };
        let outcome = outcome_of(loaded);
        self.requests
            .read
            .update_value(|read| read.push((waits, outcome)));
        true
    }

    /// The host page waits for a case, whose documents have these numbers.
    pub fn wait_for_case(&self, waits: Waiting, name: String, documents: Vec<u32>) {
        let case = Case {
            waits,
            name,
            left: documents.len(),
            documents,
            records: 0,
            bad_records: 0,
            cells: 0,
        };
        if case.left == 0 {
            self.count_case(case);
        } else {
            self.requests.cases.update_value(|cases| cases.push(case));
        }
    }

    /// A document was read: false where it is of no case that the host page opened.
    fn read_of_case(&self, loaded: &Loaded) -> bool {
        let mut is_one = false;
        let mut complete = None;
        self.requests.cases.update_value(|cases| {
            let is_of = |case: &Case| case.documents.binary_search(&loaded.document).is_ok();
            let Some(at) = cases.iter().position(is_of) else {
                return;
            };
            is_one = true;
            if let Some(case) = cases.get_mut(at) {
                case.left = case.left.saturating_sub(1);
                case.records += loaded.records;
                case.bad_records += loaded.bad_records;
                case.cells += loaded.cells;
                if case.left == 0 {
                    complete = Some(cases.swap_remove(at));
                }
            }
        });
        if let Some(case) = complete {
            self.count_case(case);
        }
        is_one
    }

    fn count_case(&self, case: Case) {
        let request = self.requests.next();
        let documents = case.documents.clone();
        self.requests
            .counted
            .update_value(|counted| counted.push((request, case)));
        self.command(&Command::Held { request, documents });
    }

    /// The engine counted what a case holds.
    pub fn counted(&self, request: u32, held: &Held) {
        let mut found = None;
        self.requests.counted.update_value(|counted| {
            let at = counted.iter().position(|(known, _)| *known == request);
            found = at.map(|at| counted.swap_remove(at).1);
        });
        let Some(case) = found else { return };
        let loaded = Loaded {
            name: case.name,
            records: case.records,
            bad_records: case.bad_records,
            cells: case.cells,
            ..Loaded::default()
        };
        let outcome = Ok(described(&loaded, held, &[]));
        self.requests
            .read
            .update_value(|read| read.push((case.waits, outcome)));
    }

    /// What was sent is drawn, the rows of documents that were read before included.
    pub fn tell_host_drawn(&self) {
        let mut read = Vec::new();
        if self
            .requests
            .read
            .try_update_value(|all| read = std::mem::take(all))
            .is_none()
        {
            return;
        }
        for (waits, outcome) in read {
            // Settling a promise does not fail.
            let _ = match outcome {
                Ok(held) => waits.resolve.call1(&JsValue::NULL, &held),
                Err(refused) => waits.reject.call1(&JsValue::NULL, &refused),
            };
        }
    }

    /// Chooses what the host page names: `{provider, sim, session, event, from, to}`. Resolves to whether it is loaded.
    pub fn choose(&self, named: JsValue) -> Promise {
        let named = Json::of(named);
        let text = |key: &str| named.get(key).text();
        let edge = |key: &str| named.get(key).number().map(|ms| ms as i64);
        let span = edge("from").zip(edge("to")).map(|(from, to)| [from, to]);
        let wanted = Wanted {
            provider: text("provider").and_then(|name| ProviderId::from_name(&name)),
            sim: text("sim"),
            session: text("session"),
            event: text("event"),
        };
        if wanted == Wanted::default() {
            self.select(Selection {
                span,
                ..Selection::default()
            });
            return Promise::resolve::<JsValue>(&true.into());
        }
        let request = self.requests.next();
        let requests = self.requests;
        let promise = Promise::new(&mut |resolve, _| {
            requests
                .choices
                .update_value(|all| all.push((request, (resolve, span))));
        });
        self.command(&Command::Choose { request, wanted });
        promise
    }

    /// The engine found what was named, or not.
    pub fn chosen(&self, request: u32, found: Option<Selection>) {
        let mut waits = None;
        self.requests.choices.update_value(|all| {
            let at = all.iter().position(|(known, _)| *known == request);
            waits = at.map(|at| all.swap_remove(at));
        });
        let Some((_, (resolve, span))) = waits else {
            return;
        };
        if let Some(found) = found {
            self.select(Selection { span, ..found });
        }
        // Settling a promise does not fail.
        let _ = resolve.call1(&JsValue::NULL, &found.is_some().into());
    }
}

/// What came of a document: what it holds, or why it could not be read (to its end), `{code, message, …what it holds}`.
fn outcome_of(loaded: &Loaded) -> Result<JsValue, JsValue> {
    let held = loaded.held.clone().unwrap_or_default();
    if let Some(question) = &loaded.question {
        let message = format!(
            "This answer ({}) does not say which SIM it is about. Name it with the option sim.",
            question.answer
        );
        return Err(described(
            loaded,
            &held,
            &[
                ("code", "sim_not_named".into()),
                ("message", message.into()),
            ],
        ));
    }
    match (&loaded.problem, loaded.code.as_deref()) {
        (Some(message), Some(code)) if code != "no_records" => Err(described(
            loaded,
            &held,
            &[("code", code.into()), ("message", message.as_str().into())],
        )),
        _ => Ok(described(loaded, &held, &[])),
    }
}

fn described(loaded: &Loaded, held: &Held, more: &[(&str, JsValue)]) -> JsValue {
    let warnings: js_sys::Array = held.warnings.iter().map(warning).collect();
    let provider = held.provider.map_or(JsValue::NULL, |id| id.as_str().into());
    let mut parts = vec![
        ("name", loaded.name.as_str().into()),
        ("provider", provider),
        ("records", JsValue::from_f64(loaded.records as f64)),
        ("bad_records", JsValue::from_f64(loaded.bad_records as f64)),
        ("sims", held.sims.into()),
        ("sessions", held.sessions.into()),
        ("events", held.events.into()),
        ("usage", held.usage.into()),
        ("cells", JsValue::from_f64(loaded.cells as f64)),
        ("warnings", warnings.into()),
    ];
    parts.extend_from_slice(more);
    object(&parts)
}

fn warning(warning: &Warning) -> JsValue {
    let text = |text: &Option<String>| text.as_ref().map_or(JsValue::NULL, Into::into);
    let position = warning
        .position
        .map_or(JsValue::NULL, |at| JsValue::from_f64(at as f64));
    object(&[
        ("code", warning.code.as_str().into()),
        ("message", warning.message.as_str().into()),
        ("file", text(&warning.file)),
        ("position", position),
        ("field", text(&warning.field)),
    ])
}
