//! What the engine is asked: over which time, in whose days.

use leptos::prelude::*;

use crate::app::state::State;
use crate::app::var::effect;
use crate::engine::protocol::{Command, ReportQuery, ReportSpan};
use crate::report::offsets_between;

/// So many rows of each list are sent.
pub const MOST: u32 = 100;
/// The table of a zone reaches so far beyond what is loaded: it stays the same while more comes.
const MARGIN_MS: i64 = 366 * 86_400_000;

/// Asks for a report as long as the sheet is there, and again whenever it is to be another one.
pub fn ask(state: State) {
    effect(move || {
        let query = Some(query(state));
        if state.reports.asked.get_untracked() != query {
            state.reports.asked.set(query.clone());
            state.command(&Command::Report(query));
        }
    });
    follow_span(state);
    on_cleanup(move || {
        state.reports.asked.set(None);
        state.reports.page.set(None);
        state.command(&Command::Report(None));
    });
}

/// A span that is chosen from now on is meant.
fn follow_span(state: State) {
    let before = super::Var::new(state.selection.get_untracked().span);
    effect(move || {
        let span = state.selection.get().span;
        if before.get_untracked() != span {
            before.set(span);
            if span.is_some() {
                state.reports.span.set(ReportSpan::Chosen);
            }
        }
    });
}

/// What is asked at present.
pub fn query(state: State) -> ReportQuery {
    let zone = state.zone.get();
    let loaded = state.summary.with(|summary| {
        let extent = summary.extent?;
        let to = extent.to.max(summary.as_of.unwrap_or(extent.to));
        Some((extent.from, to))
    });
    let offsets = match loaded {
        Some((from, to)) if zone.name() != "UTC" => {
            let begin = |ms: i64| ms.div_euclid(MARGIN_MS) * MARGIN_MS;
            let (from, to) = (begin(from), begin(to) + 2 * MARGIN_MS);
            offsets_between(&|ms| zone.offset_minutes(ms), from, to)
        }
        _ => Vec::new(),
    };
    ReportQuery {
        span: state.reports.span.get(),
        offsets,
        most: MOST,
    }
}
