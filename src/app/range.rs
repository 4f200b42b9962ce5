//! The range in view: presets, edges, and the zone that they are named in.

use leptos::prelude::*;

use super::commands::{fit, show_last};
use super::state::{Tone, use_state};
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
            <select aria-label="Range" prop:value=days on:change=preset>
                <option value="">"range"</option>
                <option value="1">"24 h"</option>
                <option value="7">"7 d"</option>
                <option value="30">"30 d"</option>
                <option value="all">"all"</option>
            </select>
            <span class="edges">{edges}</span>
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
