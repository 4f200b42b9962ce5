//! The range in view: presets, edges, and the zone that they are named in.

use std::time::Duration;

use leptos::prelude::*;

use super::commands::{back, fit, forward, show_last};
use super::state::{Dialog, State, Tone, use_state};
use super::var::{Var, effect};
use super::words;
use super::zone::Zone;

/// Presets, edges and zone.
#[component]
pub fn Range() -> impl IntoView {
    let state = use_state();
    let preset = move |event| match event_target_value(&event).as_str() {
        "1" => show_last(state, 1),
        "7" => show_last(state, 7),
        "30" => show_last(state, 30),
        "all" => fit(state),
        _ => {}
    };
    let days = move || {
        let days = state.scale.with(|scale| scale.span_ms() / 86_400_000.0);
        [(1.0, "1"), (7.0, "7"), (30.0, "30")]
            .into_iter()
            .find(|(span, _)| (days / span - 1.02_f64).abs() < 0.001)
            .map_or("", |(_, value)| value)
    };
    let edges = move || {
        let (scale, zone) = (state.scale.get(), state.zone.get());
        let (from, to) = scale.window();
        if scale.span_ms() > 3.0 * 86_400_000.0 {
            format!(
                "{} – {}",
                words::short_day(from, &zone),
                words::short_day(to, &zone)
            )
        } else {
            format!(
                "{} – {}",
                words::short_instant(from, &zone),
                words::short_instant(to, &zone)
            )
        }
    };
    view! {
        <div class="range">
            <Steps />
            <select aria-label="Range" prop:value=days on:change=preset>
                <option value="">"range"</option>
                <option value="1">"24 h"</option>
                <option value="7">"7 d"</option>
                <option value="30">"30 d"</option>
                <option value="all">"all"</option>
            </select>
            <button
                type="button"
                class="edges"
                title="Go to a time (G)"
                on:click=move |_| state.dialog.set(Some(Dialog::GoTo))
            >
                {edges}
            </button>
            <Zones />
        </div>
    }
}

/// The page stands before the list of zones is made: it is long, and few look at it.
const ZONES_AFTER: Duration = Duration::from_millis(250);

/// The zone that instants are named in.
#[component]
fn Zones() -> impl IntoView {
    let state = use_state();
    let select = NodeRef::<leptos::html::Select>::new();
    // The visitor's own, once the list stands.
    let local = Var::new(None::<String>);
    let listed = Var::new(false);
    let choose = move |event: leptos::ev::Event| {
        let name = event_target_value(&event);
        match Zone::named(&name) {
            Some(zone) => state.zone.set(zone),
            None => state.tell(
                Tone::Bad,
                "Time zone",
                format!("“{name}” is no time zone that this browser knows. Choose one of the list, such as Europe/Oslo."),
            ),
        }
    };
    let fill = move || {
        if let Some(select) = select.try_get_untracked().flatten() {
            let own = Zone::local();
            append_zones(&select, own.name());
            local.set(Some(own.name().to_owned()));
            // What is chosen is chosen anew among all.
            set_timeout(move || listed.set(true), Duration::ZERO);
        }
    };
    set_timeout(fill, ZONES_AFTER);
    let chosen = move || state.zone.with(|zone| zone.name().to_owned());
    // Until then, beside UTC only the zone that was remembered.
    let own = move || match local.get() {
        None => Some((chosen(), chosen())),
        Some(local) => Some((format!("local ({local})"), local)),
    };
    let own = move || own().filter(|(_, name)| name != "UTC");
    let value = move || {
        listed.track();
        chosen()
    };
    view! {
        <select
            aria-label="Time zone"
            class="zone"
            node_ref=select
            prop:value=value
            on:change=choose
        >
            <option value="UTC">"UTC"</option>
            {move || own().map(|(label, name)| view! { <option value=name>{label}</option> })}
        </select>
    }
}

/// Hundreds of entries that never change: made without a view for each.
fn append_zones(select: &web_sys::Element, local: &str) {
    let others = Zone::all();
    let others = others
        .iter()
        .filter(|name| *name != "UTC" && *name != local);
    for name in others {
        if let Ok(option) = document().create_element("option") {
            option.set_text_content(Some(name));
            // An option may always be added to its select.
            let _ = select.append_child(&option);
        }
    }
}

/// Back and forward over the ranges that were rested on.
#[component]
fn Steps() -> impl IntoView {
    let state = use_state();
    follow_ranges(state);
    let now = move || state.scale.with(|scale| (scale.from_ms(), scale.to_ms()));
    let no_back = move || !state.aim.ranges.with(|ranges| ranges.can_go_back(now()));
    let no_forward = move || !state.aim.ranges.with(|ranges| ranges.can_go_forward(now()));
    view! {
            <button
                type="button"
                class="button step"
                aria-label="Back to the range before"
                title="Back to the range before (Alt+← or [)"
                disabled=no_back
                on:click=move |_| back(state)
            >
                "‹"
            </button>
            <button
                type="button"
                class="button step"
                aria-label="Forward to the range after"
                title="Forward to the range after (Alt+→ or ])"
                disabled=no_forward
                on:click=move |_| forward(state)
            >
                "›"
            </button>
    }
}

/// A range that is shown so long without a change was rested on.
const REST: Duration = Duration::from_millis(500);

/// Keeps the ranges that the visitor rests on.
fn follow_ranges(state: State) {
    let range = move || state.scale.with(|scale| (scale.from_ms(), scale.to_ms()));
    let changes = Var::new(0_u32);
    let started = Var::new(false);
    effect(move || {
        let now = range();
        let is_set = state.scale_is_set.get();
        let first = !started.get_untracked();
        started.set(true);
        if first || !is_set {
            // What a first load shows is where the visitor begins.
            state.aim.ranges.update(|ranges| ranges.start(now));
            return;
        }
        changes.update(|changes| *changes += 1);
        rest_later(state, changes);
    });
}

fn rest_later(state: State, changes: Var<u32>) {
    let change = changes.get_untracked();
    set_timeout(
        move || {
            // Since then the range has changed, or the component is gone.
            if changes.try_with_untracked(|now| *now == change) != Some(true) {
                return;
            }
            if state.aim.hands.with_value(super::hands::Hands::are_busy) {
                rest_later(state, changes);
                return;
            }
            let scale = state.scale.get_untracked();
            let now = (scale.from_ms(), scale.to_ms());
            state.aim.ranges.update(|ranges| ranges.rest(now));
        },
        REST,
    );
}
