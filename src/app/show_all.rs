//! The button under a list of which only the first rows are shown.

use leptos::prelude::*;

use super::var::Var;
use super::words;

/// Shows all rows of a list, or only the first ones again; null where there are no more than `few`.
pub fn show_all(all: Var<bool>, count: usize, few: usize) -> Option<AnyView> {
    (count > few).then(|| {
        let label = move || {
            if all.get() {
                "Show fewer".to_owned()
            } else {
                format!("Show all {}", words::count(count as u64))
            }
        };
        view! {
            <button
                type="button"
                class="link"
                aria-expanded=move || all.get().to_string()
                on:click=move |_| all.update(|all| *all = !*all)
            >
                {label}
            </button>
        }
        .into_any()
    })
}
