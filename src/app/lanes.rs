//! The labels beside the timeline, and what they are grouped and ordered by.

use leptos::prelude::*;

use crate::engine::protocol::{GroupBy, RowLabel, SimState, SortBy};

use super::state::use_state;
use super::words;

/// A state as a word, for those who do not see its dot.
pub fn state_word(state: SimState) -> &'static str {
    match state {
        SimState::Open => "session open",
        SimState::Silent => "open but silent",
        SimState::Offline => "offline",
        SimState::Unknown => "state unknown",
    }
}

/// A state as the class of its dot.
pub fn state_class(state: SimState) -> &'static str {
    match state {
        SimState::Open => "dot ok",
        SimState::Silent => "dot warning",
        SimState::Offline => "dot bad",
        SimState::Unknown => "dot unknown",
    }
}

/// Grouping and order.
#[component]
pub fn LanesHead() -> impl IntoView {
    let state = use_state();
    let group = move |event| {
        let value = event_target_value(&event);
        let group = match value.as_str() {
            "provider" => GroupBy::Provider,
            "operator" => GroupBy::Operator,
            "none" => GroupBy::None,
            _ => GroupBy::Country,
        };
        state.set(|settings| settings.group = group);
    };
    let sort = move |event| {
        let value = event_target_value(&event);
        let sort = match value.as_str() {
            "offline" => SortBy::Offline,
            "seen" => SortBy::Seen,
            "sessions" => SortBy::Sessions,
            _ => SortBy::Name,
        };
        state.set(|settings| settings.sort = sort);
    };
    let grouped = move || {
        state.settings.with(|settings| match settings.group {
            GroupBy::Country => "country",
            GroupBy::Provider => "provider",
            GroupBy::Operator => "operator",
            GroupBy::None => "none",
        })
    };
    let sorted = move || {
        state.settings.with(|settings| match settings.sort {
            SortBy::Name => "name",
            SortBy::Offline => "offline",
            SortBy::Seen => "seen",
            SortBy::Sessions => "sessions",
        })
    };
    view! {
        <div class="lanes-head">
            <label>
                <span aria-hidden="true">"Group"</span>
                <select aria-label="Group" prop:value=grouped on:change=group>
                    <option value="country">"country"</option>
                    <option value="provider">"vendor"</option>
                    <option value="operator">"operator"</option>
                    <option value="none">"none"</option>
                </select>
            </label>
            <label>
                <span aria-hidden="true">"Sort"</span>
                <select aria-label="Sort" prop:value=sorted on:change=sort>
                    <option value="name">"name"</option>
                    <option value="offline">"offline longest"</option>
                    <option value="seen">"last seen"</option>
                    <option value="sessions">"sessions"</option>
                </select>
            </label>
        </div>
    }
}

/// The labels of the rows in view.
#[component]
pub fn LaneLabels() -> impl IntoView {
    let state = use_state();
    let rows = Memo::new(move |_| {
        let shot = state.shot.get();
        let rows = shot.frame.rows.iter().zip(&shot.labels);
        rows.map(|(row, label)| (row.y, label.clone()))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="labels" style:transform=move || format!("translateY({})", words::px(-f64::from(state.scroll_y.get())))>
            {move || {
                rows.get()
                    .into_iter()
                    .map(|(y, label)| view! { <RowLabelView y=y label=label /> })
                    .map(IntoAny::into_any).collect_view()
            }}
        </div>
    }
}

#[component]
fn RowLabelView(
    /// Upper edge in the list, CSS pixels.
    y: f32,
    /// What it says.
    label: RowLabel,
) -> impl IntoView {
    let state = use_state();
    match label {
        RowLabel::Lane {
            lane,
            name,
            identifier,
            state: sim_state,
        } => {
            let chosen = move || {
                state
                    .selection
                    .with(|selection| selection.lane == Some(lane))
            };
            let tail = if name == identifier {
                String::new()
            } else {
                words::tail(&identifier)
            };
            let shown_name = if name == identifier {
                words::tail(&name)
            } else {
                name.clone()
            };
            view! {
                <button
                    type="button"
                    class="lane-label"
                    class:chosen=chosen
                    tabindex="-1"
                    style:top=words::px(f64::from(y))
                    title=format!("{name} · {identifier} · {}", state_word(sim_state))
                    on:click=move |_| state.select_lane(lane)
                >
                    <i class=state_class(sim_state)></i>
                    <span class="name">{shown_name}</span>
                    <span class="identifier">{tail}</span>
                </button>
            }
            .into_any()
        }
        RowLabel::Group {
            key,
            label,
            country,
            sims,
            folded,
        } => {
            let label = if country {
                words::country(&label)
            } else {
                label
            };
            let fold = move |_| {
                let key = key.clone();
                state.set(|settings| {
                    if folded {
                        settings.folded.retain(|known| *known != key);
                    } else {
                        settings.folded.push(key);
                    }
                });
            };
            view! {
                <button
                    type="button"
                    class="group-label"
                    tabindex="-1"
                    style:top=words::px(f64::from(y))
                    aria-expanded=(!folded).to_string()
                    on:click=fold
                >
                    <i class="fold" class:folded=folded></i>
                    <strong>{label}</strong>
                    <span class="dim">{words::counted(u64::from(sims), "SIM", "SIMs")}</span>
                </button>
            }
            .into_any()
        }
    }
}
