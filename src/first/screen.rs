//! The first screen: three choices and one line on privacy.

use leptos::prelude::*;

use super::choices::use_choices;
use super::intake::ChooseFiles;
use super::kept::Kept;
use super::wish::Wish;
use crate::model::ProviderId;

/// Three choices side by side.
#[component]
pub fn FirstScreen(
    /// The chips of the sources that are being asked already.
    chips: AnyView,
    /// What is being read, before anything of it can be shown.
    reading: impl Fn() -> Option<String> + Send + 'static,
) -> impl IntoView {
    let choices = use_choices();
    let labels = ProviderId::ALL.map(|id| crate::provider::capability(id).label);
    let demo = move || choices.opening.get().demo;
    let connect = move || choices.opening.get().connect;
    let privacy = if choices.kept().is_empty() {
        "Everything stays in this tab."
    } else {
        "Everything stays in this browser."
    };
    view! {
        <main class="first" part="first-screen">
            <h1>"What did the SIM do?"</h1>
            <p class="lead">
                "Data sessions from five connectivity vendors on one timeline and one map."
            </p>
            <div class="choices">
                <section class="choice" aria-labelledby="choice-demo">
                    <h2 id="choice-demo">"Look around"</h2>
                    <p>"40 SIMs over 30 days, with a truck abroad, a restless meter and a swapped SIM."</p>
                    <button type="button" class="button primary" on:click=move |_| choices.act(Wish::Demo) prop:disabled=demo>
                        {move || if demo() { "Opening…" } else { "Open the demo fleet" }}
                    </button>
                </section>
                <section class="choice dashed" aria-labelledby="choice-files">
                    <h2 id="choice-files">"Drop files here"</h2>
                    <p>
                        "API answers or CLI output, as JSON, NDJSON or .gz, a saved case, or a CSV with names for SIMs. Or paste with " <kbd>"Ctrl V"</kbd> "."
                    </p>
                    <ChooseFiles label="Choose files…" />
                </section>
                <section class="choice" aria-labelledby="choice-connect">
                    <h2 id="choice-connect">"Connect a provider"</h2>
                    <ul class="vendors">
                        {labels.into_iter().map(|label| view! { <li>{label}</li> }).map(IntoAny::into_any).collect_view()}
                    </ul>
                    <button type="button" class="button" on:click=move |_| choices.act(Wish::Connect) prop:disabled=connect>
                        {move || if connect() { "Opening…" } else { "Connect…" }}
                    </button>
                </section>
            </div>
            <Kept />
            <p class="privacy">
                {privacy} " Keys are kept in memory only and go to the provider you name, nowhere else."
            </p>
            <ul class="sources" aria-label="Sources">
                {chips}
            </ul>
            <p class="reading" role="status">
                {reading}
            </p>
        </main>
    }
}
