//! Findings: what stands out in what is loaded.

use leptos::prelude::*;

/// The sheet beside the tables.
#[component]
pub fn FindingsSheet() -> impl IntoView {
    view! { <div class="sheet"></div> }
}
