//! The filter line: typed, completed, marked where it is wrong. What it means is the engine's business.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::filter_list::{FilterList, OPTION_ID};
use super::state::{State, use_state};
use super::var::{Var, effect};
use crate::engine::protocol::Command;
use crate::store::filter::line::parts;
use crate::store::filter::{Completion, Problem};

/// The list is as wide as this at most, where there is room for it.
const LIST_PX: f64 = 560.0;
/// A line is put in force when nothing was typed for so long.
const PAUSE: Duration = Duration::from_millis(180);

/// What the bar and its list share. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Bar {
    state: State,
    input: NodeRef<leptos::html::Input>,
    marks: NodeRef<leptos::html::Div>,
    /// What stands in the field.
    typed: Var<String>,
    /// The list is open.
    pub open: Var<bool>,
    /// The chosen entry of the list.
    pub active: Var<Option<usize>>,
    /// The field has the focus.
    pub focused: Var<bool>,
    /// Where the field begins, in CSS pixels from the element's left edge.
    pub left: Var<f64>,
    /// Grows with every key: what waits for a pause knows whether another came.
    strokes: Var<u32>,
}

impl Bar {
    /// The entries, if the list is open and they are about what stands in the field.
    pub fn items(&self) -> Vec<Completion> {
        let line = self.typed.get();
        self.state.completions.with(|found| {
            let fits = found.line == line && self.open.get();
            if fits {
                found.items.clone()
            } else {
                Vec::new()
            }
        })
    }

    /// What is wrong with the line, but for what is being written just now.
    pub fn problems(&self) -> Vec<Problem> {
        let line = self.typed.get();
        let proposes = !self.items().is_empty();
        let (from, to) = self
            .state
            .completions
            .with(|found| (found.from.saturating_sub(1), found.to));
        self.state.filter.with(|found| {
            let problems = found.problems.iter().filter(|_| found.line == line);
            let others = problems.filter(|p| !(proposes && p.from <= to && p.to >= from));
            others.cloned().collect()
        })
    }

    /// Asks what could stand where the cursor is, and opens the list.
    fn ask(&self) {
        let Some(input) = self.input.try_get_untracked().flatten() else {
            return;
        };
        let line = self.typed.get_untracked();
        let end = line.encode_utf16().count() as u32;
        let place = input.selection_start().ok().flatten().unwrap_or(end);
        self.active.set(None);
        self.open.set(true);
        self.place();
        self.state.command(&Command::Complete {
            cursor: in_characters(&line, place),
            line,
        });
    }

    /// Finds out where what hangs below the field is to hang.
    fn place(&self) {
        let app = self
            .state
            .root
            .with_value(|root| root.get_bounding_client_rect());
        if let Some(input) = self.input.try_get_untracked().flatten() {
            let field = input.get_bounding_client_rect();
            let room = (app.width() - LIST_PX - 8.0).max(8.0);
            self.left.set((field.left() - app.left()).min(room));
        }
    }

    fn apply(&self) {
        let line = self.typed.get_untracked();
        self.state.set(|settings| settings.filter = line);
    }

    fn typed(&self, line: String) {
        self.typed.set(line);
        let stroke = self.strokes.get_untracked() + 1;
        self.strokes.set(stroke);
        let bar = *self;
        set_timeout(
            move || {
                // Gone with its component, or followed by another key.
                if bar.strokes.try_with_untracked(|last| *last == stroke) == Some(true) {
                    bar.apply();
                }
            },
            PAUSE,
        );
        self.ask();
    }

    /// Writes an entry into the line.
    pub fn take(&self, item: &Completion) {
        let line = self.typed.get_untracked();
        let (from, to) = self
            .state
            .completions
            .with_untracked(|found| (found.from, found.to));
        let (from, to) = (from as usize, to as usize);
        let before: String = line.chars().take(from).chain(item.insert.chars()).collect();
        let mut after: String = line.chars().skip(to).collect();
        let mut place = before.encode_utf16().count() as u32;
        if !item.goes_on && after.is_empty() {
            after.push(' ');
        }
        place += u32::from(!item.goes_on && after.starts_with(' '));
        let line = before + &after;
        if let Some(input) = self.input.try_get_untracked().flatten() {
            input.set_value(&line);
            // The place lies inside the value that was set.
            let _ = input.set_selection_range(place, place);
            // It is on the page, so it takes the focus.
            let _ = input.focus();
        }
        self.typed.set(line);
        if item.goes_on {
            self.ask();
        } else {
            self.close();
            self.apply();
        }
        self.follow_scroll();
    }

    fn close(&self) {
        self.open.set(false);
        self.active.set(None);
    }

    fn clear(&self) {
        self.typed.set(String::new());
        self.close();
        self.apply();
        if let Some(input) = self.input.try_get_untracked().flatten() {
            // It is on the page, so it takes the focus.
            let _ = input.focus();
        }
    }

    /// The marks stand behind the characters: they move with them.
    fn follow_scroll(&self) {
        let (input, marks) = (self.input, self.marks);
        request_animation_frame(move || {
            if let (Some(input), Some(marks)) = (
                input.try_get_untracked().flatten(),
                marks.try_get_untracked().flatten(),
            ) {
                marks.set_scroll_left(input.scroll_left());
            }
        });
    }

    fn on_key(&self, event: &ev::KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        self.follow_scroll();
        let items = self.items();
        let active = self.active.get_untracked().filter(|at| *at < items.len());
        let taken = match event.key().as_str() {
            "ArrowDown" if items.is_empty() => {
                self.ask();
                true
            }
            "ArrowDown" => {
                self.active
                    .set(Some(active.map_or(0, |at| (at + 1) % items.len())));
                true
            }
            "ArrowUp" if !items.is_empty() => {
                let last = items.len() - 1;
                self.active.set(Some(
                    active.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
                ));
                true
            }
            "Enter" => {
                if let Some(item) = active.and_then(|at| items.get(at)) {
                    self.take(item);
                } else {
                    self.close();
                    self.apply();
                }
                true
            }
            "Tab" if !event.shift_key() && !self.typed.get_untracked().is_empty() => {
                let item = items.get(active.unwrap_or(0));
                item.inspect(|item| self.take(item)).is_some()
            }
            "Escape" if !items.is_empty() => {
                self.close();
                true
            }
            _ => false,
        };
        if taken {
            event.prevent_default();
        }
    }
}

/// A place in UTF-16 units, as the browser counts, in characters.
fn in_characters(line: &str, place: u32) -> u32 {
    let mut units = 0;
    let before = line.chars().take_while(|c| {
        units += c.len_utf16() as u32;
        units <= place
    });
    before.count() as u32
}

/// The filter line with its completions and what is wrong with it.
#[component]
pub fn FilterBar() -> impl IntoView {
    let state = use_state();
    let bar = Bar {
        state,
        input: NodeRef::new(),
        marks: NodeRef::new(),
        typed: Var::default(),
        open: Var::default(),
        active: Var::default(),
        focused: Var::default(),
        left: Var::default(),
        strokes: Var::default(),
    };
    // A click elsewhere writes the line, too.
    effect(move || {
        let line = state.settings.with(|settings| settings.filter.clone());
        if line != bar.typed.get_untracked() {
            bar.strokes.update(|strokes| *strokes += 1);
            bar.typed.set(line);
            bar.close();
            bar.follow_scroll();
        }
    });
    let problems = move || bar.problems();
    let input = move |event| bar.typed(event_target_value(&event));
    let expanded = move || (!bar.items().is_empty()).to_string();
    let active = move || bar.active.get().map(|at| format!("{OPTION_ID}{at}"));
    let enter = move |_| {
        bar.place();
        bar.focused.set(true);
    };
    let leave = move |_| {
        bar.focused.set(false);
        bar.close();
        bar.apply();
    };
    let under_pointer = move |event: ev::MouseEvent| {
        let field = event_target::<HtmlInputElement>(&event);
        if !field.value().is_empty() {
            bar.ask();
        }
        bar.follow_scroll();
    };
    view! {
        <div class="find" class:filters=move || !bar.typed.with(String::is_empty)>
            <div class="find-field">
                <div class="find-marks" aria-hidden="true" node_ref=bar.marks>
                    {move || marks(&bar.typed.get(), &problems())}
                </div>
                <input
                    type="text"
                    node_ref=bar.input
                    role="combobox"
                    aria-label="Filter"
                    aria-autocomplete="list"
                    aria-controls="filter-list"
                    aria-expanded=expanded
                    aria-activedescendant=active
                    aria-invalid=move || (!problems().is_empty()).to_string()
                    aria-describedby="filter-said"
                    placeholder="Filter, as operator:Telia* -radio:2g dur>1h"
                    prop:value=move || bar.typed.get()
                    on:input=input
                    on:keydown=move |event| bar.on_key(&event)
                    on:click=under_pointer
                    on:focus=enter
                    on:blur=leave
                    on:scroll=move |_| bar.follow_scroll()
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                />
            </div>
            <Show when=move || !bar.typed.with(String::is_empty)>
                <button
                    type="button"
                    class="find-clear"
                    aria-label="Remove the filter"
                    title="Remove the filter"
                    on:click=move |_| bar.clear()
                >
                    "×"
                </button>
            </Show>
            <kbd aria-hidden="true">"/"</kbd>
        </div>
        <FilterList bar=bar />
    }
}

fn marks(line: &str, problems: &[Problem]) -> AnyView {
    parts(line, problems)
        .into_iter()
        .map(|part| {
            let term = part.term;
            let runs = part.runs.into_iter().map(|run| {
                view! { <b class:field=run.field class:wrong=run.wrong>{run.text}</b> }.into_any()
            });
            let runs = runs.collect_view();
            view! { <span class:term=term>{runs}</span> }
        })
        .map(IntoAny::into_any)
        .collect_view()
        .into_any()
}
