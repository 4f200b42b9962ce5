//! The line to the engine: messages out, and the few answers that somebody waits for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::json::{Json, object};
use crate::engine::protocol::{Command, RawAt, encode};

/// How to read a document; the engine's `OpenOptions`.
#[derive(Debug, Clone, Default)]
pub struct OpenAs {
    /// Its name.
    pub name: String,
    /// The source that it belongs to; null for one of its own.
    pub source: Option<String>,
    /// The vendor's lower-case name, if the visitor named one.
    pub provider: Option<String>,
    /// The SIM that it is about, if the visitor named one.
    pub sim: Option<String>,
    /// It is about the whole account.
    pub account: bool,
    /// When it was fetched, RFC 3339; null for files.
    pub observed: Option<String>,
    /// When the same was asked successfully before, RFC 3339: of a case's documents that were fetched.
    pub asked_before: Option<String>,
    /// Whether it tells what SIMs did: of a case's documents that were fetched.
    pub history: Option<bool>,
    /// The host of the geolocate service that it is from: of a case's documents.
    pub located: Option<String>,
    /// What the columns of a file of labels are, as the engine says it: of a case's documents.
    pub labels: Option<JsValue>,
    /// It is one of a case's: many may follow, so that not each is shown before the next is read.
    pub of_case: bool,
    /// The host page opened it and waits for what it holds.
    pub by_host: bool,
    /// Before it was opened, the demo fleet was all that is loaded.
    pub beside_demo: bool,
}

impl OpenAs {
    /// What the host page, or a case, says of a document.
    pub fn of(options: &Json) -> Self {
        let text = |key: &str| options.get(key).text();
        Self {
            name: text("name").unwrap_or_default(),
            source: text("source"),
            provider: text("provider"),
            sim: text("sim"),
            account: options.get("account").truth().unwrap_or(false),
            observed: text("observed"),
            ..Self::default()
        }
    }

    fn to_js(&self) -> JsValue {
        let text = |text: &Option<String>| {
            text.as_ref()
                .map_or(JsValue::NULL, std::convert::Into::into)
        };
        object(&[
            ("name", self.name.as_str().into()),
            ("source", text(&self.source)),
            ("provider", text(&self.provider)),
            ("sim", text(&self.sim)),
            ("account", self.account.into()),
            ("observed", text(&self.observed)),
            ("asked_before", text(&self.asked_before)),
            ("history", self.history.map_or(JsValue::NULL, Into::into)),
            ("located", text(&self.located)),
            ("labels", self.labels.clone().unwrap_or(JsValue::NULL)),
            ("of_case", self.of_case.into()),
            ("by_host", self.by_host.into()),
        ])
    }
}

type RawWaiting = Vec<(u32, Box<dyn FnOnce(Result<String, String>)>)>;

struct Inner {
    send: Function,
    next_document: Cell<u32>,
    next_request: Cell<u32>,
    /// What was opened, by number, until the engine says what came of it: a question needs it again.
    opened: RefCell<Vec<(u32, (web_sys::Blob, OpenAs))>>,
    raw: RefCell<RawWaiting>,
}

/// The line to the engine. Cheap to clone.
#[derive(Clone)]
pub struct Link(Rc<Inner>);

impl Link {
    /// `send(message, transfer)` takes messages to the engine host.
    pub fn new(send: Function) -> Self {
        Self(Rc::new(Inner {
            send,
            next_document: Cell::new(0),
            next_request: Cell::new(0),
            opened: RefCell::default(),
            raw: RefCell::default(),
        }))
    }

    fn send(&self, parts: &[(&str, JsValue)]) {
        let message = object(parts);
        if let Err(error) = self.0.send.call2(&JsValue::NULL, &message, &Array::new()) {
            super::report::report("simscope: a message could not be sent.", &error);
        }
    }

    /// Sends a command.
    pub fn command(&self, command: &Command) {
        match encode(command) {
            Ok(body) => {
                let body = js_sys::Uint8Array::from(body.as_slice());
                self.send(&[("type", "command".into()), ("body", body.into())]);
            }
            Err(error) => {
                let why = error.to_string().into();
                super::report::report("simscope: a command could not be sent.", &why);
            }
        }
    }

    /// What the engine sent is on screen.
    pub fn drawn(&self) {
        self.send(&[("type", "drawn".into())]);
    }

    /// Forgets everything that was opened.
    pub fn clear(&self) {
        self.send(&[("type", "clear".into())]);
    }

    /// Whether no document was opened after this one.
    pub fn is_last(&self, document: u32) -> bool {
        self.0.next_document.get() == document.wrapping_add(1)
    }

    /// Lets go of a document's text: it is neither read anew nor saved.
    pub fn close(&self, document: u32) {
        self.send(&[("type", "close".into()), ("document", document.into())]);
    }

    /// What these documents say still held then, epoch milliseconds.
    pub fn confirm(&self, documents: &[u32], observed_ms: f64) {
        let numbers: Array = documents
            .iter()
            .map(|number| JsValue::from(*number))
            .collect();
        self.send(&[
            ("type", "confirm".into()),
            ("documents", numbers.into()),
            ("observed", observed_ms.into()),
        ]);
    }

    /// Opens a file and returns its number.
    pub fn open(&self, blob: web_sys::Blob, options: OpenAs) -> u32 {
        let document = self.0.next_document.get();
        self.0.next_document.set(document + 1);
        let as_js = options.to_js();
        self.send(&[
            ("type", "open".into()),
            ("document", document.into()),
            ("options", as_js),
            ("blob", blob.clone().into()),
        ]);
        self.0.opened.borrow_mut().push((document, (blob, options)));
        document
    }

    /// A file that the engine is done with: what was opened, for another try.
    pub fn take_opened(&self, document: u32) -> Option<(web_sys::Blob, OpenAs)> {
        take(&mut self.0.opened.borrow_mut(), document)
    }

    /// Asks for the text of a record.
    pub fn raw(&self, at: RawAt, then: impl FnOnce(Result<String, String>) + 'static) {
        let request = self.0.next_request.get();
        self.0.next_request.set(request + 1);
        self.0.raw.borrow_mut().push((request, Box::new(then)));
        self.send(&[
            ("type", "raw".into()),
            ("request", request.into()),
            ("document", at.document.into()),
            ("offset", at.offset.into()),
            ("length", at.length.into()),
        ]);
    }

    /// The text of a record came.
    pub fn deliver_raw(&self, request: u32, text: Result<String, String>) {
        let waiting = take(&mut self.0.raw.borrow_mut(), request);
        if let Some(then) = waiting {
            then(text);
        }
    }
}

/// Takes out what was kept under a number. Few things are kept at once.
fn take<T>(kept: &mut Vec<(u32, T)>, number: u32) -> Option<T> {
    let at = kept.iter().position(|(known, _)| *known == number)?;
    Some(kept.swap_remove(at).1)
}
