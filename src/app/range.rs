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
    let choose_zone = move |event: leptos::ev::Event| {
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
    let local = Zone::local();
    let local_name = local.name().to_owned();
    let others = Zone::all();
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
            <select
                aria-label="Time zone"
                class="zone"
                prop:value=move || state.zone.with(|zone| zone.name().to_owned())
                on:change=choose_zone
            >
                <option value="UTC">"UTC"</option>
                {(local_name != "UTC")
                    .then(|| view! { <option value=local_name.clone()>{format!("local ({local_name})")}</option> })}
                {others
                    .into_iter()
                    .filter(|name| name != "UTC" && *name != local.name())
                    .map(|name| view! { <option value=name.clone()>{name.clone()}</option> })
                    .map(IntoAny::into_any).collect_view()}
            </select>
        </div>
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
