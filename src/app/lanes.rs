//! The labels beside the timeline, and what they are grouped and ordered by.

use leptos::prelude::*;

use crate::engine::protocol::{GroupBy, RowLabel, SimState, SortBy};

use super::findings::lane_mark;
use super::state::{State, use_state};
use super::words;

/// A state as a word, for those who do not see its dot.
pub fn state_word(state: SimState) -> &'static str {
    match state {
        SimState::Open => "session open",
        SimState::Silent => "open but silent",
        SimState::Offline => "offline",
        SimState::NotActive => "not active",
        SimState::NotFetched => "sessions not fetched",
        SimState::NoneKept(_) => "no sessions kept",
        SimState::Unknown => "state unknown",
    }
}

/// A state as the class of its dot.
pub fn state_class(state: SimState) -> &'static str {
    match state {
        SimState::Open => "dot ok",
        SimState::Silent => "dot warning",
        SimState::Offline => "dot bad",
        SimState::NotActive | SimState::NotFetched | SimState::NoneKept(_) | SimState::Unknown => {
            "dot unknown"
        }
    }
}

/// What lanes can be grouped by: with its name in the page's markup, and what it is called.
pub const GROUPS: [(GroupBy, &str, &str); 9] = [
    (GroupBy::Country, "country", "country"),
    (GroupBy::Provider, "provider", "vendor"),
    (GroupBy::Operator, "operator", "operator"),
    (GroupBy::Tag, "tag", "tag"),
    (GroupBy::Device, "device", "device"),
    (GroupBy::Radio, "radio", "radio"),
    (GroupBy::DeviceType, "device-type", "device type"),
    (GroupBy::Group, "group", "group"),
    (GroupBy::None, "none", "none"),
];

/// What lanes can be ordered by, likewise.
const ORDERS: [(SortBy, &str, &str); 5] = [
    (SortBy::Name, "name", "name"),
    (SortBy::Offline, "offline", "offline longest"),
    (SortBy::Seen, "seen", "last seen"),
    (SortBy::Sessions, "sessions", "sessions"),
    (SortBy::Traffic, "traffic", "traffic"),
];

/// Grouping and order.
#[component]
pub fn LanesHead() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="lanes-head">
            <Choice
                label="Group"
                choices=&GROUPS
                chosen=move || state.settings.with(|settings| settings.group)
                choose=move |group| state.set(|settings| settings.group = group)
            />
            <Choice
                label="Sort"
                choices=&ORDERS
                chosen=move || state.settings.with(|settings| settings.sort)
                choose=move |sort| state.set(|settings| settings.sort = sort)
            />
        </div>
    }
}

/// A choice out of a table of (value, its name in the markup, what it is called).
#[component]
pub fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    choices: &'static [(T, &'static str, &'static str)],
    chosen: impl Fn() -> T + Send + Sync + 'static,
    choose: impl Fn(T) + 'static,
) -> impl IntoView {
    let change = move |event| {
        let name = event_target_value(&event);
        if let Some((value, ..)) = choices.iter().find(|choice| choice.1 == name) {
            choose(*value);
        }
    };
    let name = move || {
        let chosen = chosen();
        let found = choices.iter().find(|choice| choice.0 == chosen);
        found.map_or("", |choice| choice.1)
    };
    let options = choices
        .iter()
        .map(|(_, name, called)| view! { <option value=*name>{*called}</option> }.into_any());
    view! {
        <label>
            <span aria-hidden="true">{label}</span>
            <select aria-label=label prop:value=name on:change=change>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// A row's place in the list and what it says.
#[derive(Clone, PartialEq)]
struct Labelled {
    y: f32,
    height: f32,
    /// Its text has its own height.
    low: bool,
    label: RowLabel,
}

/// The labels of the rows in view.
#[component]
pub fn LaneLabels() -> impl IntoView {
    let state = use_state();
    let rows = Memo::new(move |_| {
        let shot = state.shot.get();
        let rows = shot.frame.rows_in_place().iter().zip(shot.labels.iter());
        rows.map(|(row, label)| Labelled {
            y: row.y,
            height: row.height,
            low: row.is_low(),
            label: label.clone(),
        })
        .collect::<Vec<_>>()
    });
    view! {
        <div class="labels" style:transform=move || format!("translateY({})", words::px(-f64::from(state.scroll_y.get())))>
            {move || {
                rows.get()
                    .into_iter()
                    .map(|row| row_label(state, row))
                    .collect_view()
            }}
        </div>
    }
}

/// The head of the group that the topmost lane belongs to, while that head itself lies above.
#[component]
pub fn StickyHead() -> impl IntoView {
    let state = use_state();
    let head = Memo::new(move |_| {
        let shot = state.shot.get();
        let scroll_y = state.scroll_y.get();
        let row = shot.frame.sticky_row(scroll_y)?;
        Some(Labelled {
            y: row.y - scroll_y,
            height: row.height,
            low: row.is_low(),
            label: shot.labels.get(shot.frame.sticky? as usize)?.clone(),
        })
    });
    view! {
        <div class="sticky-head">
            {move || {
                let shown = head.get().filter(|_| state.fleet_lanes.with(Option::is_none));
                shown.map(|row| row_label(state, row))
            }}
        </div>
    }
}

fn row_label(state: State, row: Labelled) -> AnyView {
    let (top, height) = (
        words::px(f64::from(row.y)),
        words::px(f64::from(row.height)),
    );
    match row.label {
        label @ RowLabel::Lane { .. } => lane_label(state, top, (height, row.low), label),
        RowLabel::Track { track, .. } => view! {
            <div class="track-label" style:top=top style:height=height>
                {track.label()}
            </div>
        }
        .into_any(),
        label @ RowLabel::Group { .. } => group_label(state, top, height, label),
    }
}

fn lane_label(
    state: State,
    top: String,
    (height, low): (String, bool),
    label: RowLabel,
) -> AnyView {
    let RowLabel::Lane {
        lane,
        name,
        identifier,
        state: sim_state,
        opened,
        pinned,
        finding,
        ..
    } = label
    else {
        return ().into_any();
    };
    let chosen = move || {
        state
            .selection
            .with(|selection| selection.lane == Some(lane))
    };
    let own_name = name != identifier;
    let tail = if own_name {
        words::tail(&identifier)
    } else {
        String::new()
    };
    let shown_name = if own_name {
        name.clone()
    } else {
        words::tail(&name)
    };
    view! {
        <div
            class="lane-label"
            class:chosen=chosen
            class:pinned=pinned
            class:low=low
            style:top=top
            style:font-size=if low { height.clone() } else { String::new() }
            style:height=height
        >
            <button
                type="button"
                class="lane-open"
                tabindex="-1"
                aria-expanded=opened.to_string()
                aria-label=format!("{name}: all that is known, in rows")
                title="Open into rows"
                on:click=move |_| open_lane(state, lane)
            >
                <i class="fold" class:folded=!opened></i>
            </button>
            <button
                type="button"
                class="lane-name"
                tabindex="-1"
                title=format!("{name} · {identifier} · {}", state_word(sim_state))
                on:click=move |_| state.select_lane(lane)
                on:dblclick=move |_| open_lane(state, lane)
            >
                <i class=state_class(sim_state)></i>
                {finding.as_ref().map(lane_mark)}
                <span class="name">{shown_name}</span>
                <span class="identifier">{tail}</span>
            </button>
            <span class="lane-tools">
                <button
                    type="button"
                    tabindex="-1"
                    aria-pressed=pinned.to_string()
                    aria-label=format!("Keep {name} at the top")
                    title="Keep at the top"
                    on:click=move |_| pin_lane(state, lane)
                >
                    "⤒"
                </button>
                <button
                    type="button"
                    tabindex="-1"
                    aria-label=format!("Leave {name} out")
                    title="Leave out of the list"
                    on:click=move |_| leave_out_lane(state, lane)
                >
                    "✕"
                </button>
            </span>
        </div>
    }
    .into_any()
}

fn group_label(state: State, top: String, height: String, label: RowLabel) -> AnyView {
    let RowLabel::Group {
        key,
        label,
        country,
        sims,
        folded,
    } = label
    else {
        return ().into_any();
    };
    let label = if country {
        words::country(&label)
    } else {
        label
    };
    let fold = move |_| {
        let key = key.clone();
        state.set(|settings| toggle(&mut settings.folded, key));
    };
    view! {
        <button
            type="button"
            class="group-label"
            tabindex="-1"
            style:top=top
            style:height=height
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

/// Takes it out, or puts it in.
fn toggle<T: PartialEq>(list: &mut Vec<T>, it: T) {
    match list.iter().position(|known| *known == it) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(it),
    }
}

/// Opens a lane into rows, or closes it.
pub fn open_lane(state: State, lane: u32) {
    state.set(|settings| toggle(&mut settings.opened, lane));
}

/// Keeps a lane at the top, or lets it go back to its place.
pub fn pin_lane(state: State, lane: u32) {
    state.set(|settings| toggle(&mut settings.pinned, lane));
}

/// Leaves a lane out of the list.
pub fn leave_out_lane(state: State, lane: u32) {
    state.set(|settings| toggle(&mut settings.left_out, lane));
}

/// Brings back all lanes that were left out.
pub fn bring_back_lanes(state: State) {
    state.set(|settings| settings.left_out.clear());
}

/// Makes lanes taller, or lower, by so many CSS pixels.
pub fn grow_lanes(state: State, by: i16) {
    state.set(|settings| {
        let now = if settings.row_px == 0 {
            28
        } else {
            i16::from(settings.row_px)
        };
        settings.row_px = (now + by).clamp(6, 96) as u8;
    });
}

/// How many lanes were left out, with a way to bring them back.
#[component]
pub fn LeftOut() -> impl IntoView {
    let state = use_state();
    let count = move || {
        state
            .settings
            .with(|settings| settings.left_out.len() as u64)
    };
    view! {
        <Show when=move || { count() > 0 }>
            <button type="button" class="left-out" on:click=move |_| bring_back_lanes(state)>
                {move || format!("{} left out · show", words::counted(count(), "SIM", "SIMs"))}
            </button>
        </Show>
    }
}
