//! Saved views: the list as it is shown, and what the visitor does with it, by names. What a view holds, and how they are kept, read
//! and written, is www/saved.

mod dialog;
mod form;
mod list;

pub use dialog::{ViewsDialog, show};

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::json::{Json, object};
use super::state::{Dialog, State, Tone};
use super::var::Var;

/// A view of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What it shows, in a few words.
    pub about: String,
    /// Everybody has it.
    pub ready: bool,
}

/// What there is to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The visitor's own, in their order, then those that everybody has.
    pub views: Vec<SavedView>,
    /// The name of the one to start with.
    pub start: Option<String>,
}

impl Listing {
    fn of(listing: &Json) -> Self {
        let entries = |key: &str, ready: bool| {
            let entries = listing.get(key).items();
            let entry = move |entry: &Json| SavedView {
                name: entry.get("name").text().unwrap_or_default(),
                about: entry.get("about").text().unwrap_or_default(),
                ready,
            };
            entries.iter().map(entry).collect::<Vec<_>>()
        };
        Self {
            views: [entries("views", false), entries("ready", true)].concat(),
            start: listing.get("start").text(),
        }
    }
}

/// What came of the last change, in the dialog.
#[derive(Debug, Clone, Default)]
pub struct Said {
    tone: Option<Tone>,
    text: String,
    /// There is a view of that name.
    exists: bool,
    /// It can be undone.
    undo: bool,
}

/// The saved views of an element. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct SavedViews {
    /// What there is to choose from.
    pub list: Var<Listing>,
    /// What came of the last change.
    said: Var<Said>,
    /// The name of the one that is being renamed.
    renaming: Var<Option<String>>,
}

impl SavedViews {
    /// As the element has them.
    pub fn new(host: &super::host::Host) -> Self {
        Self {
            list: Var::new(Listing::of(&Json::of(host.saved_views()))),
            said: Var::default(),
            renaming: Var::default(),
        }
    }
}

impl State {
    /// The saved views are others.
    pub fn take_saved(&self, listing: JsValue) {
        self.saved.list.set(Listing::of(&Json::of(listing)));
    }

    /// Shows a saved view.
    pub fn show_saved(&self, view: &SavedView) {
        let found = self
            .host
            .with_value(|host| host.saved_view(&view.name, view.ready));
        match found {
            Some(found) => self.set_view(found),
            None => self.tell(
                Tone::Warning,
                &view.name,
                "This view is not there any more. It may have been deleted in another tab.",
            ),
        }
    }

    /// Changes the list; whether that could be done.
    fn change_saved(&self, kind: &str, more: &[(&str, JsValue)]) -> bool {
        let change = [&[("kind", kind.into())], more].concat();
        let outcome = self
            .host
            .with_value(|host| host.change_views(&object(&change)));
        let Some(outcome) = outcome.map(Json::of) else {
            let text =
                "The saved views could not be changed. Load the page again, and try once more.";
            self.saved.said.set(Said {
                tone: Some(Tone::Bad),
                text: text.to_owned(),
                ..Said::default()
            });
            return false;
        };
        self.take_outcome(&outcome);
        outcome.get("done").truth() == Some(true)
    }

    fn take_outcome(&self, outcome: &Json) {
        self.take_saved(outcome.get("listing").into_value());
        let truth = |key: &str| outcome.get(key).truth() == Some(true);
        self.saved.said.set(Said {
            tone: Some(tone_of(outcome)),
            text: outcome.get("text").text().unwrap_or_default(),
            exists: truth("exists"),
            undo: truth("undo"),
        });
    }

    /// A document (by its number) turned out to hold saved views, which were added to the others: what came of it.
    pub fn open_saved(&self, document: u32, outcome: JsValue) {
        let outcome = Json::of(outcome);
        self.progress
            .update(|progress| progress.retain(|(known, _)| *known != document));
        self.opened_all();
        let link = self.link();
        let opened = link.take_opened(document).map(|(_, options)| options);
        let is_beside_demo = opened.as_ref().is_some_and(|options| options.beside_demo);
        if is_beside_demo && link.is_last(document) {
            self.sharing.demo.set(true);
        }
        let name = opened.map(|options| options.name).unwrap_or_default();
        if let Some(waits) = self.requests.take_load(document) {
            let text = "This file holds saved views, not data. They were added to the saved ones.";
            waits.refuse(&name, "saved_views", text);
        }
        if self.dialog.get_untracked() == Some(Dialog::Views) {
            self.take_outcome(&outcome);
        } else {
            self.take_saved(outcome.get("listing").into_value());
            let text = outcome.get("text").text().unwrap_or_default();
            self.tell(tone_of(&outcome), name, text);
        }
    }

    /// Puts the focus onto a part of the dialog, once it is drawn anew.
    fn focus_in_views(&self, selector: String) {
        let state = *self;
        set_timeout(
            move || {
                let root = state.root.try_get_value();
                let found = root.and_then(|root| root.query_selector(&selector).ok().flatten());
                if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                    // Focus is refused only to what cannot have it; then it stays where it is.
                    let _ = found.focus();
                }
            },
            Duration::ZERO,
        );
    }
}

fn tone_of(outcome: &Json) -> Tone {
    match outcome.get("tone").text().as_deref() {
        Some("good") => Tone::Good,
        Some("warning") => Tone::Warning,
        _ => Tone::Bad,
    }
}
