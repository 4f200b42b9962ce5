//! The chosen finding in full: what was seen, what to check next, its figures, and what shows it.

use leptos::prelude::*;

use super::evidence::{Events, Sessions, Sims};
use super::list::sims_of;
use super::marks::severity_class;
use crate::app::commands::focus_field;
use crate::app::state::{State, use_state};
use crate::app::words;
use crate::engine::protocol::FindingDetail;
use crate::timeline::duration;

/// The chosen finding; a hint where none is.
#[component]
pub fn Detail() -> impl IntoView {
    let state = use_state();
    // Drawn anew where it says something else, so that the focus in it stays.
    let shown = Memo::new(move |_| {
        let page = state.findings.page;
        page.with(|page| (page.detail.clone(), page.total > 0))
    });
    view! {
        <section class="finding-detail keeps-arrows" aria-label="The chosen finding" tabindex="0">
            {move || match shown.get() {
                (Some(detail), _) => whole(state, *detail),
                (None, true) => view! { <p class="dim">"Choose a finding to see what shows it."</p> }.into_any(),
                (None, false) => ().into_any(),
            }}
        </section>
    }
}

fn whole(state: State, detail: FindingDetail) -> AnyView {
    let row = detail.row.clone();
    let zone = state.zone.get();
    let when = format!(
        "{} to {} {}",
        words::instant(row.from, &zone),
        words::instant(row.to, &zone),
        zone.name()
    );
    let figures: Vec<AnyView> = detail
        .figures
        .iter()
        .map(|(label, value)| {
            view! { <dt>{label.clone()}</dt> <dd>{value.clone()}</dd> }.into_any()
        })
        .collect();
    let (key, muted, sims) = (row.key, row.muted, sims_of(&row));
    let shown = detail.clone();
    let sim = match row.lane {
        Some(lane) => view! {
            <button type="button" class="link" title="Choose the SIM" on:click=move |_| state.select_lane(lane)>
                {sims}
            </button>
        }
        .into_any(),
        None => view! { <span>{sims}</span> }.into_any(),
    };
    view! {
        <h3>
            <i class=severity_class(row.severity) aria-hidden="true"></i>
            {row.rule.label()}
            " "
            <span class="dim">{row.severity.label()}</span>
        </h3>
        <p>
            {sim}
            " · "
            <span class="mono">{when}</span>
            " · "
            {duration(row.to - row.from)}
        </p>
        <p>{row.what.clone()}</p>
        <p>
            <strong>"Check next: "</strong>
            {detail.next.clone()}
        </p>
        <p class="finding-actions">
            <button type="button" class="button" on:click=move |_| state.show_evidence(&shown)>
                "Show evidence"
            </button>
            <button
                type="button"
                class="button"
                title="It is not listed, counted or marked any more. Links and cases keep that."
                on:click=move |_| {
                    state.mute_finding(key);
                    // What is told of it is drawn anew, and it may be gone from the list.
                    focus_field(state, ".findings-list");
                }
            >
                {if muted { "A problem after all" } else { "Not a problem" }}
            </button>
        </p>
        <dl class="finding-figures">{figures}</dl>
        <Sims sims=detail.sims.clone() all=row.sims />
        <Sessions sessions=detail.sessions.clone() all=detail.all_sessions.len() as u32 />
        <Events events=detail.events.clone() all=detail.event_count />
    }
    .into_any()
}
