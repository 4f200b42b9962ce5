//! The report over the chosen span and filter.

use leptos::prelude::*;

/// The sheet beside the tables.
#[component]
pub fn ReportSheet() -> impl IntoView {
    view! { <div class="sheet"></div> }
}
