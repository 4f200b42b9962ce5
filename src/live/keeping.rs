//! What a source brings, on its way into this browser's memory and out of it. The memory itself is a part of the page
//! (`www/history`); here is which of the source's answers go there, and what the driver is told of those that come from there.

use std::cell::{Cell, RefCell};

use js_sys::{Array, BigUint64Array, Promise, Uint8Array};
use leptos::task::spawn_local;
use rustc_hash::FxHashMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::host::{Host, options_of};
use super::state::Given;
use crate::app::{Json, Var, object};
use crate::model::ProviderId;
use crate::provider::capability;
use crate::provider::connect;
use crate::provider::connection::Account;
use crate::provider::query::TimeRange;
use crate::transport::driver::{Answered, Document, New, Remembered};

/// A vendor whose limit nobody knows is taken to keep so many days.
const RETENTION_DAYS: u16 = 30;
const DAY_MS: i64 = 86_400_000;

/// How a source is kept, in words for its panel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// By which the memory knows it.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The host that is asked.
    pub place: String,
    /// What comes of it is kept on.
    pub keeps: bool,
    /// When it was first kept, epoch milliseconds.
    pub since: i64,
    /// `120 SIMs, 2026-08-01 – 2026-11-20, 4.2 MB`
    pub held: String,
    /// The browser does not delete it of its own accord; null where it does not say.
    pub persisted: Option<bool>,
}

impl About {
    /// As the page's part hands it out.
    pub fn of(value: &Json) -> Option<Self> {
        let text = |key: &str| value.get(key).text();
        Some(Self {
            id: text("id")?,
            label: text("label")?,
            place: text("place").unwrap_or_default(),
            keeps: value.get("keeps").truth().unwrap_or(false),
            since: value.get("since").number().unwrap_or(0.0) as i64,
            held: text("held").unwrap_or_default(),
            persisted: value.get("persisted").truth(),
        })
    }
}

/// Whether a source is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It is not.
    #[default]
    Off,
    /// The memory is being asked.
    Waiting,
    /// It is.
    On(About),
    /// It was, until something went wrong: what, and what to do.
    Stopped(String),
}

/// What of the source's answers would be kept, by the driver's numbers: so that keeping can begin at any time.
struct Came {
    /// The engine's number.
    document: u32,
    question: String,
    options: JsValue,
    observed_ms: i64,
    records: Vec<u64>,
}

/// The memory of one source.
pub struct Memory {
    host: Host,
    provider: ProviderId,
    label: String,
    place: String,
    /// What names the account; null where nothing that is no secret does.
    account: RefCell<Option<String>>,
    /// How it stands; the panel follows it.
    pub keeping: Var<Keeping>,
    id: RefCell<Option<String>>,
    came: RefCell<Vec<Came>>,
    answered: RefCell<Vec<Answered>>,
    /// The engine's numbers of what was opened from memory, by question.
    opened: RefCell<FxHashMap<String, Vec<u32>>>,
    sims: Cell<u32>,
}

impl Memory {
    /// Of a source that was just begun.
    pub fn new(
        host: Host,
        account: &Account,
        provider: ProviderId,
        label: &str,
        given: &Given,
    ) -> Self {
        let named = account_name(account, provider);
        let by_page = || given.name.as_ref().map(|name| format!("given {name}"));
        let by_visitor = || given.account.as_deref().map(named_account);
        Self {
            host,
            provider,
            label: label.to_owned(),
            place: account.api.clone(),
            account: RefCell::new(named.or_else(by_page).or_else(by_visitor)),
            keeping: Var::default(),
            id: RefCell::default(),
            came: RefCell::default(),
            answered: RefCell::default(),
            opened: RefCell::default(),
            sims: Cell::new(0),
        }
    }

    /// Whether the page around allows to keep anything.
    pub fn is_offered(&self) -> bool {
        self.host.history().is_some()
    }

    /// Whether the visitor has to name the account.
    pub fn needs_name(&self) -> bool {
        self.account.borrow().is_none()
    }

    /// What the visitor calls the account; where something else names it, that stays.
    pub fn name_account(&self, name: &str) {
        if self.needs_name() && !name.trim().is_empty() {
            self.account.replace(Some(named_account(name)));
        }
    }

    /// Whether something may be kept of it; costs nothing.
    pub fn may_remember(&self) -> bool {
        !self.needs_name()
            && self
                .host
                .history()
                .is_some_and(|history| history.call("any", &[]).is_some_and(|any| any.is_truthy()))
    }

    /// The engine's numbers of what was opened from memory.
    pub fn documents(&self) -> Vec<u32> {
        self.opened.borrow().values().flatten().copied().collect()
    }

    fn identity(&self) -> JsValue {
        let account = self.account.borrow().clone().unwrap_or_default();
        object(&[
            ("provider", self.provider.as_str().into()),
            ("label", self.label.as_str().into()),
            ("place", self.place.as_str().into()),
            ("account", account.into()),
        ])
    }

    /// Opens what is kept of the source; gives what the driver is to know of it. Null where nothing is kept, or it cannot be read.
    pub async fn remember(&self) -> Option<Remembered> {
        self.keeping.set(Keeping::Waiting);
        let found = match self.asked("remember", &[self.identity()]).await {
            Ok(found) => Json::of(found),
            Err(text) => {
                self.keeping.set(Keeping::Stopped(text));
                return None;
            }
        };
        let Some(about) = About::of(&found.get("about")) else {
            self.keeping.set(Keeping::Off);
            return None;
        };
        self.id.replace(Some(about.id.clone()));
        for opened in found.get("documents").items() {
            let question = opened.get("question").text().unwrap_or_default();
            if let Some(number) = opened.get("document").number() {
                let mut all = self.opened.borrow_mut();
                all.entry(question).or_default().push(number as u32);
            }
        }
        self.keeping.set(Keeping::On(about));
        // Behind the documents that were just opened.
        let unended = self.host.unended(&self.label).await.unwrap_or_default();
        Some(remembered(&found, &Json::parse(&unended)))
    }

    /// Keeps the source from now on, with what came before; gives what the driver is to know. `name` names the account where nothing
    /// else does.
    pub async fn begin(&self, name: Option<String>) -> Option<Vec<u64>> {
        if let Some(name) = name {
            self.name_account(&name);
        }
        self.keeping.set(Keeping::Waiting);
        let begun = self.asked("begin", &[self.identity()]).await;
        let about = begun.map(|about| About::of(&Json::of(about)));
        let about = match about {
            Ok(Some(about)) => about,
            Ok(None) => return None,
            Err(text) => {
                self.keeping.set(Keeping::Stopped(text));
                return None;
            }
        };
        self.id.replace(Some(about.id.clone()));
        self.keeping.set(Keeping::On(about));
        let mut records = Vec::new();
        for came in self.came.borrow().iter() {
            self.keep(came, JsValue::NULL);
            records.extend(&came.records);
        }
        for answered in self.answered.borrow().iter() {
            self.note(answered);
        }
        Some(records)
    }

    /// Keeps no more of it; what was kept stays.
    pub async fn end(&self) {
        if let Some(id) = self.id.take() {
            match self.asked("end", &[id.into()]).await {
                Ok(_) => self.keeping.set(Keeping::Off),
                Err(text) => self.keeping.set(Keeping::Stopped(text)),
            }
        }
    }

    /// What was kept of it was deleted.
    pub fn forget(&self) {
        self.id.replace(None);
        self.keeping.set(Keeping::Off);
    }

    /// By which the memory knows it; null where it is not kept.
    pub fn id(&self) -> Option<String> {
        self.id.borrow().clone()
    }

    /// A document came, which the engine knows by that number.
    pub fn came(&self, number: u32, document: &Document, sims: u32) {
        self.sims.set(sims);
        let Some(kept) = &document.kept else {
            return;
        };
        let came = Came {
            document: number,
            question: kept.question.clone(),
            options: options_of(self.provider.as_str(), document),
            observed_ms: document.observed_ms,
            records: kept.records.clone(),
        };
        match &kept.new {
            New::All => self.keep(&came, JsValue::NULL),
            New::Part(bytes) => {
                let bytes = Uint8Array::from(bytes.as_slice()).buffer();
                self.keep(&came, bytes.into());
            }
            New::Nothing => {}
        }
        self.came.borrow_mut().push(came);
    }

    fn keep(&self, came: &Came, bytes: JsValue) {
        let Some(id) = self.id() else {
            return;
        };
        let told = object(&[
            ("source", id.into()),
            ("question", came.question.as_str().into()),
            ("options", came.options.clone()),
            ("observed", JsValue::from_f64(came.observed_ms as f64)),
            (
                "records",
                BigUint64Array::from(came.records.as_slice()).into(),
            ),
            ("document", came.document.into()),
            ("bytes", bytes),
        ]);
        self.follow("keep", &[told]);
    }

    /// What these documents (the engine's numbers) say still held then.
    pub fn confirm(&self, documents: &[u32], observed_ms: i64) {
        if let Some(id) = self.id() {
            let numbers: Array = documents
                .iter()
                .map(|number| JsValue::from(*number))
                .collect();
            let observed = JsValue::from_f64(observed_ms as f64);
            self.follow("confirm", &[id.into(), numbers.into(), observed]);
        }
    }

    /// A question was answered in full. Gives what of memory still held then (the engine's numbers), and when that was.
    pub fn answered(&self, answered: Answered, sims: u32) -> Option<(Vec<u32>, i64)> {
        self.sims.set(sims);
        self.note(&answered);
        let held = answered.range.filter(|_| answered.rest);
        let held = held.and_then(|range| {
            let opened = self.opened.borrow();
            Some((opened.get(&answered.question)?.clone(), range.to_ms))
        });
        if let Some((documents, at)) = &held {
            self.confirm(documents, *at);
        }
        self.answered.borrow_mut().push(answered);
        held
    }

    fn note(&self, answered: &Answered) {
        let Some(id) = self.id() else {
            return;
        };
        let days = capability(self.provider)
            .retention_days
            .unwrap_or(RETENTION_DAYS);
        let range = answered.range.unwrap_or(TimeRange {
            from_ms: answered.began_ms - i64::from(days) * DAY_MS,
            to_ms: answered.began_ms,
        });
        let number = |ms: i64| JsValue::from_f64(ms as f64);
        let span = Array::of2(&number(range.from_ms), &number(range.to_ms));
        let told = object(&[
            ("source", id.into()),
            ("question", answered.question.as_str().into()),
            ("span", span.into()),
            ("began", number(answered.began_ms)),
            ("lasting", answered.lasting.into()),
            ("sims", self.sims.get().into()),
        ]);
        self.follow("answered", &[told]);
    }

    /// Asks the memory for something; what goes wrong is told in words.
    async fn asked(&self, name: &str, arguments: &[JsValue]) -> Result<JsValue, String> {
        let asked = self
            .host
            .history()
            .and_then(|history| history.ask(name, arguments));
        answer(asked).await
    }

    /// Has the memory write something, and shows how that went.
    fn follow(&self, name: &str, arguments: &[JsValue]) {
        let asked = self
            .host
            .history()
            .and_then(|history| history.ask(name, arguments));
        let keeping = self.keeping;
        spawn_local(async move {
            match answer(asked).await {
                Ok(about) => {
                    // While it was written, it may have been turned off.
                    let is_on = keeping.with_untracked(|now| matches!(now, Keeping::On(_)));
                    if let (true, Some(about)) = (is_on, About::of(&Json::of(about))) {
                        keeping.set(Keeping::On(about));
                    }
                }
                Err(text) => {
                    let is_on = keeping.with_untracked(|now| *now != Keeping::Off);
                    if is_on {
                        keeping.set(Keeping::Stopped(text));
                    }
                }
            }
        });
    }
}

/// What came of a promise; a failure in words.
pub async fn answer(asked: Option<Promise>) -> Result<JsValue, String> {
    const MISSING: &str = "The part of simscope that keeps history could not be fetched. Check the connection and try again; whoever hosts simscope must copy history.js as well.";
    let Some(asked) = asked else {
        return Err(MISSING.to_owned());
    };
    JsFuture::from(asked).await.map_err(|error| {
        let said = Json::of(error.clone());
        let is_ours = said.get("name").text().as_deref() == Some("HistoryError");
        if !is_ours {
            crate::app::report("simscope: kept history", &error);
        }
        let message = said.get("message").text().filter(|_| is_ours);
        message.unwrap_or_else(|| MISSING.to_owned())
    })
}

fn named_account(name: &str) -> String {
    format!("named {}", name.trim())
}

/// Whether a way to sign in tells which account it is.
pub fn names_account(provider: ProviderId, way: &str) -> bool {
    let way = connect(provider).connection().way(way);
    way.is_some_and(|way| {
        let mut fields = way.fields.iter();
        fields.any(|field| !field.secret && !field.optional)
    })
}

/// What names the account: what had to be filled in and is no secret.
fn account_name(account: &Account, provider: ProviderId) -> Option<String> {
    let way = connect(provider).connection().way(&account.way)?;
    let named = way
        .fields
        .iter()
        .filter(|field| !field.secret && !field.optional);
    let values: Option<Vec<&str>> = named.map(|field| account.field(field.name)).collect();
    let values = values?;
    (!values.is_empty()).then(|| values.join("\n"))
}

fn remembered(found: &Json, unended: &Json) -> Remembered {
    let mut known = Remembered::default();
    for question in found.get("questions").items() {
        let Some(name) = question.get("question").text() else {
            continue;
        };
        let spans = question.get("spans").items();
        let spans = spans.iter().filter_map(|span| {
            let ends: Vec<i64> = span
                .items()
                .iter()
                .filter_map(Json::number)
                .map(|at| at as i64)
                .collect();
            match ends.as_slice() {
                [from_ms, to_ms] => Some(TimeRange {
                    from_ms: *from_ms,
                    to_ms: *to_ms,
                }),
                _ => None,
            }
        });
        known.answered.insert(name, spans.collect());
    }
    if let Ok(records) = found
        .get("records")
        .into_value()
        .dyn_into::<BigUint64Array>()
    {
        known.records = records.to_vec().into_iter().collect();
    }
    known.sims = found
        .get("sims")
        .items()
        .iter()
        .filter_map(Json::text)
        .collect();
    for entry in unended.items() {
        if let [key, start] = entry.items().as_slice()
            && let (Some(key), Some(start)) = (key.text(), start.number())
        {
            known.unended.insert(key, start as i64);
        }
    }
    known
}
