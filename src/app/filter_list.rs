//! What hangs below the filter line: what could be written next, and what is wrong. It lies outside the bar of
//! controls, which cuts off what does not fit.

use leptos::ev;
use leptos::prelude::*;

use super::filter_bar::Bar;
use super::words;
use crate::store::filter::{Completion, Counted};

/// The ids of the entries begin so.
pub const OPTION_ID: &str = "filter-option-";

/// The list of completions and the problems of the line.
#[component]
pub fn FilterList(
    /// The bar that it belongs to.
    bar: Bar,
) -> impl IntoView {
    let said = move || {
        let told = bar.problems().into_iter().map(|problem| {
            let (from, to) = (problem.from + 1, problem.to);
            let place = if from >= to {
                format!("At {from}: ")
            } else {
                format!("At {from}–{to}: ")
            };
            view! {
                <p>
                    <span class="dim">{place}</span>
                    {problem.message}
                </p>
            }
        });
        told.map(IntoAny::into_any).collect_view()
    };
    let options = move || {
        let items = bar.items().into_iter().enumerate();
        items.map(|(at, item)| option(bar, at, item)).collect_view()
    };
    // The field keeps the focus while the list is clicked or scrolled.
    let hold = move |event: ev::MouseEvent| event.prevent_default();
    view! {
        <div
            class="find-below"
            on:mousedown=hold
            style:left=move || format!("{}px", words::fixed(bar.left.get(), 0))
        >
            <div id="filter-said" class="find-said" class:sr=move || !bar.focused.get() role="status" aria-live="polite">
                {said}
            </div>
            <ul
                id="filter-list"
                class="find-list"
                role="listbox"
                aria-label="What can be written here"
                hidden=move || bar.items().is_empty()
            >
                {options}
            </ul>
        </div>
    }
}

fn option(bar: Bar, at: usize, item: Completion) -> AnyView {
    let about = match (&item.country, item.about.as_str()) {
        (Some(code), _) => words::country(code),
        (None, about) => about.to_owned(),
    };
    let count = item.count.map(|count| match count {
        Counted::Sessions(n) => words::counted(u64::from(n), "session", "sessions"),
        Counted::Events(n) => words::counted(u64::from(n), "event", "events"),
    });
    let shown = item.insert.clone();
    let chosen = move || bar.active.get() == Some(at);
    view! {
        <li
            id=format!("{OPTION_ID}{at}")
            role="option"
            aria-selected=move || chosen().to_string()
            class:chosen=chosen
            on:click=move |_| bar.take(&item)
        >
            <b>{shown}</b>
            <span class="about">{about}</span>
            <span class="dim">{count}</span>
        </li>
    }
    .into_any()
}
