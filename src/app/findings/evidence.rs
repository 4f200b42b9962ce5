//! The SIMs, sessions and events that show a finding, each of which can be chosen.

use leptos::prelude::*;

use crate::app::state::use_state;
use crate::app::words;
use crate::engine::protocol::Evidence;
use crate::timeline::duration;

/// How many are told, where that is not all.
fn rest(told: usize, all: u32) -> Option<String> {
    let left = all.saturating_sub(told as u32);
    (left > 0).then(|| {
        format!(
            "and {} more, in CSV and JSON.",
            words::count(u64::from(left))
        )
    })
}

fn list(title: String, rows: Vec<AnyView>, rest: Option<String>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <h4>{title}</h4>
        <ul class="evidence">{rows}</ul>
        {rest.map(|rest| view! { <p class="dim">{rest}</p> })}
    }
    .into_any()
}

/// The SIMs of one that is about many.
#[component]
pub fn Sims(
    /// Lanes and names.
    sims: Vec<(u32, String)>,
    /// How many there are.
    all: u32,
) -> impl IntoView {
    let state = use_state();
    let told = sims.len();
    let rows = sims.into_iter().map(|(lane, name)| {
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| state.select_lane(lane)>
                    {name}
                </button>
            </li>
        }
        .into_any()
    });
    let title = words::counted(u64::from(all), "SIM", "SIMs");
    list(title, rows.collect(), rest(told, all))
}

/// The sessions.
#[component]
pub fn Sessions(
    /// Those that are told.
    sessions: Vec<Evidence>,
    /// How many there are.
    all: u32,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone.get();
    let told = sessions.len();
    let rows = sessions.into_iter().map(|session| {
        let from = session.from.map(|at| words::instant(at, &zone));
        let length = session
            .from
            .zip(session.to)
            .map(|(from, to)| duration(to - from));
        let row = session.row;
        let chosen = move || {
            state
                .selection
                .with(|selection| selection.session == Some(row))
                .to_string()
        };
        view! {
            <li>
                <button
                    type="button"
                    class="link"
                    aria-pressed=chosen
                    on:click={
                        let session = session.clone();
                        move |_| state.choose_evidence_session(&session)
                    }
                >
                    <span class="mono">{from.unwrap_or_else(|| "start not known".to_owned())}</span>
                </button>
                " "
                <span>{length}</span>
                " "
                <span class="dim">{session.text.clone()}</span>
            </li>
        }
        .into_any()
    });
    let title = words::counted(u64::from(all), "session", "sessions");
    list(title, rows.collect(), rest(told, all))
}

/// The events.
#[component]
pub fn Events(
    /// Those that are told.
    events: Vec<Evidence>,
    /// How many there are.
    all: u32,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone.get();
    let told = events.len();
    let rows = events.into_iter().map(|event| {
        let at = event.from.map(|at| words::instant(at, &zone));
        view! {
            <li>
                <button
                    type="button"
                    class="link"
                    on:click={
                        let event = event.clone();
                        move |_| state.choose_evidence_event(&event)
                    }
                >
                    <span class="mono">{at}</span>
                </button>
                " "
                <span class="dim">{event.text.clone()}</span>
            </li>
        }
        .into_any()
    });
    let title = words::counted(u64::from(all), "event", "events");
    list(title, rows.collect(), rest(told, all))
}
