//! The first screen inside the views, where sources may be on their way already.

use leptos::prelude::*;

use super::sources::LiveChips;
use super::state::use_state;

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
    let chips = view! { <LiveChips /> };
    view! { <crate::first::FirstScreen chips=chips.into_any() reading=reading /> }
}
