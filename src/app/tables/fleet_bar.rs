//! The line above the table of SIMs: which are offline for how long, the groups of the fleet, and over which time sessions count.

use leptos::ev;
use leptos::prelude::*;

use crate::app::lanes::{Choice, GROUPS};
use crate::app::state::{State, Tone, use_state};
use crate::app::var::Var;
use crate::app::words;
use crate::engine::protocol::{SimGroup, Tab};
use crate::store::filter::line::{bound_in, has_term, with_bound, without_term};
use crate::store::filter::parse;

/// The field that says for how long a SIM is offline.
const FIELD: &str = "offline";
const HOUR_MS: i64 = 3_600_000;

/// Thresholds with what their buttons say.
const THRESHOLDS: [(&str, &str); 3] = [
    ("offline>1h", "1 h"),
    ("offline>1d", "1 d"),
    ("offline>7d", "7 d"),
];

/// Times back from when the data were fetched, in hours, with what their buttons say.
const SPANS: [(i64, &str); 3] = [(24, "24 h"), (7 * 24, "7 d"), (30 * 24, "30 d")];

/// The line above the table of SIMs.
#[component]
pub fn FleetBar() -> impl IntoView {
    view! {
        <div class="fleet-bar" role="toolbar" aria-label="Fleet">
            <Thresholds />
            <Spans />
            <Groups />
        </div>
    }
}

/// Whether a term is in force.
fn is_in(state: State, term: &str) -> bool {
    state
        .settings
        .with(|settings| has_term(&settings.filter, term))
}

/// Puts a bound into the filter line, or takes it out again.
fn toggle_bound(state: State, term: &str) {
    state.set(|settings| {
        let line = std::mem::take(&mut settings.filter);
        settings.filter = if has_term(&line, term) {
            without_term(&line, term)
        } else {
            with_bound(&line, term)
        };
    });
}

#[component]
fn Thresholds() -> impl IntoView {
    let state = use_state();
    let is_open = Var::new(false);
    let buttons = THRESHOLDS.map(|(term, label)| {
        view! {
            <button
                type="button"
                class="tool"
                title=format!("Show the SIMs that have been offline for more than {label}; again, show all")
                aria-label=format!("Offline over {label}")
                aria-pressed=move || is_in(state, term).to_string()
                on:click=move |_| toggle_bound(state, term)
            >
                {label}
            </button>
        }
        .into_any()
    });
    let custom = move || {
        let bound = state
            .settings
            .with(|settings| bound_in(&settings.filter, FIELD));
        bound.filter(|bound| THRESHOLDS.iter().all(|(term, _)| term != bound))
    };
    let said = move || match custom() {
        Some(bound) => bound
            .trim_start_matches(FIELD)
            .trim_start_matches(['>', '='])
            .to_owned(),
        None => "custom…".to_owned(),
    };
    let press = move |_| match custom() {
        Some(bound) => toggle_bound(state, &bound),
        None => is_open.update(|open| *open = !*open),
    };
    view! {
        <div class="part" role="group" aria-label="Offline over">
            <span class="dim" aria-hidden="true">"Offline over"</span>
            {buttons.into_iter().collect_view()}
            <button
                type="button"
                class="tool"
                title="Show the SIMs that have been offline for longer than a time of your own; again, show all"
                aria-label=move || format!("Offline over {}", said())
                aria-pressed=move || custom().is_some().to_string()
                aria-expanded=move || is_open.get().to_string()
                on:click=press
            >
                {said}
            </button>
            <Show when=move || is_open.get()>
                <Custom is_open=is_open />
            </Show>
        </div>
    }
}

/// Where a threshold of one's own is typed.
#[component]
fn Custom(
    /// It is shown.
    is_open: Var<bool>,
) -> impl IntoView {
    let state = use_state();
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus is still there to be clicked.
            let _ = field.focus();
        }
    });
    let take = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        let typed: String = field.value().split_whitespace().collect();
        let term = format!("{FIELD}>{typed}");
        if typed.is_empty() || typed.contains([',', '"']) || parse(&term).is_err() {
            state.tell(
                Tone::Warning,
                "Not understood",
                format!(
                    "“{}” is no length of time. Write it as 36h, 10d or 90min.",
                    field.value()
                ),
            );
            return;
        }
        state.set(|settings| settings.filter = with_bound(&settings.filter, &term));
        is_open.set(false);
    };
    let leave = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            is_open.set(false);
        }
    };
    view! {
        <form on:submit=take on:keydown=leave>
            <input
                node_ref=field
                type="text"
                aria-label="Offline over, as 36h or 10d"
                placeholder="36h, 10d"
                size="7"
                autocomplete="off"
                spellcheck="false"
            />
        </form>
    }
}

/// Over which time the sessions of a SIM count.
#[component]
fn Spans() -> impl IntoView {
    let state = use_state();
    let span_of = move |hours: i64| {
        let as_of = state.summary.with(|summary| summary.as_of);
        as_of.map(|as_of| [as_of - hours * HOUR_MS, as_of])
    };
    let span = move || state.selection.with(|selection| selection.span);
    let buttons = SPANS.map(|(hours, label)| {
        let is_chosen = move || span().is_some() && span() == span_of(hours);
        let press = move |_| {
            let now = is_chosen();
            state.select_span(span_of(hours).filter(|_| !now));
        };
        view! {
            <button
                type="button"
                class="tool"
                title=format!("Count the sessions of the last {label} before the data were fetched, and show the SIMs that have any; again, count all")
                aria-label=format!("Active in the last {label}")
                aria-pressed=move || is_chosen().to_string()
                on:click=press
            >
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="part" role="group" aria-label="Active in the last">
            <span class="dim" aria-hidden="true">"Active in"</span>
            {buttons.into_iter().collect_view()}
        </div>
    }
}

/// The groups of the SIMs in the table, each to be filtered to.
#[component]
fn Groups() -> impl IntoView {
    let state = use_state();
    let groups = Memo::new(move |_| {
        state.table.with(|page| {
            let page = page.as_ref().filter(|page| page.tab == Tab::Sims);
            page.map(|page| page.groups.clone()).unwrap_or_default()
        })
    });
    let more = move || {
        let more = groups.with(|groups| groups.total as usize - groups.groups.len());
        (more > 0).then(|| {
            let text = format!("and {} more", words::count(more as u64));
            view! { <span class="dim">{text}</span> }
        })
    };
    view! {
        <div class="part grows">
            <Choice
                label="SIMs by"
                choices=&GROUPS
                chosen=move || state.settings.with(|settings| settings.group)
                choose=move |group| state.set(|settings| settings.group = group)
            />
            <div class="group-chips" role="group" aria-label="Groups of SIMs">
                {move || {
                    let groups = groups.get().groups.into_iter();
                    groups.map(|group| chip(state, group)).collect_view()
                }}
                {more}
            </div>
        </div>
    }
}

fn chip(state: State, group: SimGroup) -> AnyView {
    let label = match group.label {
        Some(code) if group.is_country => words::country(&code),
        Some(label) => label,
        None => "Not known".to_owned(),
    };
    let SimGroup {
        sims,
        online,
        offline,
        term,
        ..
    } = group;
    let counts = format!(
        "{label}: {}, {online} online, {offline} offline",
        words::counted(sims.into(), "SIM", "SIMs"),
    );
    let inside = view! {
        <span class="name">{label}</span>
        <strong>{words::count(sims.into())}</strong>
        <span class="dim">{words::count(online.into())} " on"</span>
        <span class="dim">{words::count(offline.into())} " off"</span>
    };
    let Some(term) = term else {
        return view! { <span class="group-chip" title=counts>{inside}</span> }.into_any();
    };
    let pressed = {
        let term = term.clone();
        move || is_in(state, &term).to_string()
    };
    view! {
        <button
            type="button"
            class="group-chip"
            title=format!("{counts}. Show these SIMs alone; again, show all")
            aria-label=counts
            aria-pressed=pressed
            on:click=move |_| state.toggle_terms(std::slice::from_ref(&term))
        >
            {inside}
        </button>
    }
    .into_any()
}
