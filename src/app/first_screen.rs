//! The first screen inside the views, where sources may be on their way already.

use leptos::prelude::*;

use super::sources::{FileChips, LiveChips};
use super::state::use_state;
use crate::engine::protocol::SourceInfo;

/// Positions of cells, and labels, are no answers: they wait here for some.
fn waits(source: &SourceInfo) -> bool {
    source.cells > 0 || source.labels.is_some()
}

/// The first screen, while nothing is loaded.
#[component]
pub fn FirstScreen() -> impl IntoView {
    let state = use_state();
    let reading = move || {
        state.progress.with(|progress| {
            let (_, first) = progress.first()?;
            Some(match first.share {
                Some(share) => {
                    let percent = super::words::fixed(share * 100.0, 0);
                    format!("Reading {}: {percent} %", first.name)
                }
                None => format!("Reading {}…", first.name),
            })
        })
    };
    let any_waits = move || {
        state
            .summary
            .with(|summary| summary.sources.iter().any(waits))
    };
    let chips = view! {
        <LiveChips />
        <FileChips of=waits />
        <Show when=any_waits>
            <li>
                <button type="button" class="button" title="Forget these files" on:click=move |_| state.clear()>
                    "Clear"
                </button>
            </li>
        </Show>
    };
    view! { <crate::first::FirstScreen chips=chips.into_any() reading=reading /> }
}
