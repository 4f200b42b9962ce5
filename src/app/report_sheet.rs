//! The report over a span of time and what the filter lets through: what happened, sessions in figures, the vendors' own
//! summaries beside ours. Every figure stands in a table or beside its name; bars only repeat them.

mod activity;
mod asking;
mod breakdown;
mod cells;
mod charts;
mod figures;
mod head;
mod picture;
mod vendors;

use std::sync::Arc;

use leptos::prelude::*;

use super::state::use_state;
use super::var::Var;
use crate::engine::protocol::{ReportPage, ReportQuery, ReportSpan, Table};
use breakdown::{By, Column};
pub use head::save;

/// The report, and how it is shown. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Reports {
    /// The report; null until it is made.
    page: Var<Option<Arc<ReportPage>>>,
    /// Over which time it is to be.
    span: Var<ReportSpan>,
    /// What was asked last; null where no report is shown.
    asked: Var<Option<ReportQuery>>,
    /// What sessions are broken down by.
    by: Var<By>,
    /// Which column the rows are ordered by, and whether from high to low; null for the report's own order.
    order: Var<Option<(Column, bool)>>,
    /// All rows are shown.
    all: Var<bool>,
    /// Which table is saved as CSV.
    table: Var<Table>,
}

impl Reports {
    /// None yet.
    pub fn new() -> Self {
        Self {
            page: Var::default(),
            span: Var::default(),
            asked: Var::default(),
            by: Var::default(),
            order: Var::default(),
            all: Var::default(),
            table: Var::default(),
        }
    }

    /// Takes what the engine made.
    pub fn take(&self, page: ReportPage) {
        if self.asked.with_untracked(Option::is_some) {
            self.page.set(Some(Arc::new(page)));
        }
    }
}

/// The sheet beside the tables.
#[component]
pub fn ReportSheet() -> impl IntoView {
    let state = use_state();
    asking::ask(state);
    let body = move || match state.reports.page.get() {
        None => {
            view! { <p class="pad dim" role="status">"The report is being made."</p> }.into_any()
        }
        Some(page) => {
            let zone = state.zone.get_untracked();
            view! {
                {head::warnings(state, &page)}
                {activity::section(state, &page)}
                {figures::section(state, &page, &zone)}
                {breakdown::section(state, &page)}
                {vendors::section(state, &page)}
            }
            .into_any()
        }
    };
    view! {
        <div class="sheet report" role="tabpanel" aria-label="Report">
            {head::head(state)}
            {body}
        </div>
    }
}
