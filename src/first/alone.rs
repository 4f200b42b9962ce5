//! The first screen as all that there is: what is wished is handed to the page, which fetches the views. Until they stand in its
//! place it says that they are on their way, or why they cannot be had.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::choices::{Choices, Opening};
use super::intake::{DropZone, paste};
use super::kept::KeptSource;
use super::screen::FirstScreen;
use super::wish::Wish;
use crate::app::Var;

/// Why the views could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    title: String,
    text: String,
}

/// What was wished and waits for the views. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Waiting {
    /// All that waits; buttons show it while it is under way.
    wished: Var<Opening>,
    /// What the screen says of it.
    files: Var<Option<String>>,
    opening: Var<Opening>,
    failure: Var<Option<Failure>>,
}

impl Default for Waiting {
    fn default() -> Self {
        Self::new()
    }
}

impl Waiting {
    /// Nothing waits.
    pub fn new() -> Self {
        Self {
            wished: Var::default(),
            files: Var::default(),
            opening: Var::default(),
            failure: Var::default(),
        }
    }

    fn add(&self, wish: &Wish) {
        self.wished.update(|wished| wished.begin(wish));
        match wish {
            Wish::Files(files) => {
                let name = match files.as_slice() {
                    [file] => file.name(),
                    _ => "the files".to_owned(),
                };
                self.files.set(Some(name));
            }
            Wish::Text { name, .. } => self.files.set(Some(name.clone())),
            Wish::Demo | Wish::Connect | Wish::Kept(_) => {}
        }
        self.begin();
    }

    /// The views are asked for, maybe once more.
    fn begin(&self) {
        self.failure.set(None);
        self.opening.set(self.wished.get_untracked());
    }

    /// The views cannot be had: the choices can be made again, and what was wished is kept.
    pub fn failed(&self, title: String, text: String) {
        self.opening.set(Opening::default());
        self.failure.set(Some(Failure { title, text }));
    }

    /// What of files is under way.
    fn reading(&self) -> Option<String> {
        if !self.opening.get().files {
            return None;
        }
        let name = self.files.get()?;
        Some(format!("Opening {name}…"))
    }
}

/// The first screen without views.
#[component]
pub fn Alone(
    /// The element that it is mounted in.
    root: HtmlElement,
    /// What waits for the views.
    waiting: Waiting,
    /// Is called with every wish.
    act: Rc<dyn Fn(Wish)>,
    /// Is called when the views are to be asked for once more.
    again: Rc<dyn Fn()>,
    /// The sources of which something is kept in this browser.
    kept: Vec<KeptSource>,
) -> impl IntoView {
    let wished = move |wish| {
        waiting.add(&wish);
        act(wish);
    };
    let choices = Choices::new(waiting.opening, wished, move || kept.clone());
    provide_context(choices);
    let again = StoredValue::new_local(again);
    let retry = move |_| {
        waiting.begin();
        again.get_value()();
    };
    let failure = move || {
        let Failure { title, text } = waiting.failure.get()?;
        Some(view! {
            <div class="message bad">
                <strong>{title}</strong>
                <p>{text}</p>
                <button type="button" class="button" on:click=retry>
                    "Try again"
                </button>
                <button type="button" aria-label="Dismiss" on:click=move |_| waiting.failure.set(None)>
                    "✕"
                </button>
            </div>
        })
    };
    view! {
        <div class="app" tabindex="-1" on:paste=move |event: web_sys::ClipboardEvent| paste(choices, &event)>
            <DropZone root=root />
            <FirstScreen chips=().into_any() reading=move || waiting.reading() />
            <div class="messages" role="log" aria-label="Messages">
                {failure}
            </div>
        </div>
    }
}
