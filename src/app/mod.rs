//! The page's components and their state. Talks to the engine by messages only; parses, stores and
//! computes nothing itself.

use leptos::prelude::*;

/// The first screen, while nothing is loaded.
#[component]
pub fn EmptyState() -> impl IntoView {
    view! {
        <main class="empty">
            <h1>"What did the SIM do?"</h1>
            <p>"Data sessions from five connectivity vendors on one timeline and one map."</p>
        </main>
    }
}
