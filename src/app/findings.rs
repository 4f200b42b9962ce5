//! Findings: what stands out in what is loaded. A list at the left, the chosen one in full beside it.

mod bar;
mod detail;
mod evidence;
mod limits;
mod list;
mod marks;
mod store;

use leptos::prelude::*;

use super::state::use_state;
use super::words;
use crate::engine::protocol::FindingsPage;
use crate::insight::Rule;
use bar::Bar;
use detail::Detail;
use limits::LimitsDialog;
use list::List;
pub use marks::{Lines, lane_mark};
pub use store::{FindingsState, begin};

/// The sheet beside the tables.
#[component]
pub fn FindingsSheet() -> impl IntoView {
    let state = use_state();
    let empty = move || {
        state
            .findings
            .page
            .with(|page| (page.total == 0).then(|| nothing(page)))
    };
    view! {
        <div class="findings">
            <Bar />
            <div class="findings-body">
                <List />
                <Detail />
                {move || empty().map(|text| view! { <p class="dim pad findings-empty">{text}</p> })}
            </div>
        </div>
        <LimitsDialog />
    }
}

/// What is said where no finding is listed.
fn nothing(page: &FindingsPage) -> String {
    let looked_at = format!(
        "{}, {} and {} kinds of findings",
        words::counted(u64::from(page.sims), "SIM", "SIMs"),
        words::counted(u64::from(page.sessions), "session", "sessions"),
        Rule::ALL.len(),
    );
    if page.sims == 0 {
        return "Nothing is loaded.".to_owned();
    }
    if !page.complete && page.all == 0 {
        return format!(
            "Still looking: {} of {}.",
            words::count(u64::from(page.looked_at)),
            words::counted(u64::from(page.sims), "SIM", "SIMs"),
        );
    }
    if page.all > 0 {
        return format!(
            "Nothing stands out under this filter, span and choice of kinds. Elsewhere {}.",
            words::counted(u64::from(page.all), "finding does", "findings do"),
        );
    }
    if page.muted > 0 {
        return format!(
            "Nothing else stands out. {} not a problem: show it with “Muted”.",
            words::counted(
                u64::from(page.muted),
                "finding is marked as",
                "findings are marked as"
            ),
        );
    }
    format!("Nothing stands out in {looked_at}.")
}

/// The count behind the tab's name; nothing before all was looked at for the first time.
#[component]
pub fn TabCount() -> impl IntoView {
    let state = use_state();
    move || {
        state.findings.page.with(|page| {
            let listed: u32 = page.by_severity.iter().sum();
            let known = page.complete || page.all > 0;
            known.then(|| words::count(u64::from(listed)))
        })
    }
}
