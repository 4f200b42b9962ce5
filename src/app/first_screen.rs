//! The first screen, while nothing is loaded: three choices and one line on privacy.

use crate::app::var::Var;
use leptos::prelude::*;

use super::import::{ChooseFiles, open_demo};
use super::sources::LiveChips;
use super::state::use_state;
use crate::model::ProviderId;

/// Three choices side by side.
#[component]
pub fn FirstScreen() -> impl IntoView {
    let state = use_state();
    let opening = Var::new(false);
    let demo = move |_| {
        opening.set(true);
        open_demo(state, move || opening.set(false));
    };
    let labels = ProviderId::ALL.map(|id| crate::provider::capability(id).label);
    view! {
        <main class="first">
            <h1>"What did the SIM do?"</h1>
            <p class="lead">
                "Data sessions from five connectivity vendors on one timeline and one map."
            </p>
            <div class="choices">
                <section class="choice" aria-labelledby="choice-demo">
                    <h2 id="choice-demo">"Look around"</h2>
                    <p>"40 SIMs over 30 days, with a truck abroad, a restless meter and a swapped SIM."</p>
                    <button type="button" class="button primary" on:click=demo prop:disabled=move || opening.get()>
                        {move || if opening.get() { "Opening…" } else { "Open the demo fleet" }}
                    </button>
                </section>
                <section class="choice dashed" aria-labelledby="choice-files">
                    <h2 id="choice-files">"Drop files here"</h2>
                    <p>
                        "API answers or CLI output, as JSON, NDJSON or .gz. Or paste with " <kbd>"Ctrl V"</kbd> "."
                    </p>
                    <ChooseFiles label="Choose files…" />
                </section>
                <section class="choice" aria-labelledby="choice-connect">
                    <h2 id="choice-connect">"Connect a provider"</h2>
                    <ul class="vendors">
                        {labels.into_iter().map(|label| view! { <li>{label}</li> }).map(IntoAny::into_any).collect_view()}
                    </ul>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| state.host.with_value(super::host::Host::connect)
                    >
                        "Connect…"
                    </button>
                </section>
            </div>
            <p class="privacy">
                "Everything stays in this tab. Keys are kept in memory only and go to the provider you name, nowhere else."
            </p>
            <ul class="sources" aria-label="Sources">
                <LiveChips />
            </ul>
            <Reading />
        </main>
    }
}

/// What is being read, before anything of it can be shown.
#[component]
fn Reading() -> impl IntoView {
    let state = use_state();
    view! {
        <p class="reading" role="status">
            {move || {
                state
                    .progress
                    .with(|progress| {
                        progress.first().map(|(_, first)| match first.share {
                                Some(share) => {
                                    let percent = super::words::fixed(share * 100.0, 0);
                                    format!("Reading {}: {percent} %", first.name)
                                }
                                None => format!("Reading {}…", first.name),
                            })
                    })
            }}
        </p>
    }
}
