//! Watch a source: on or off, how often, what it costs.

use std::rc::Rc;

use leptos::prelude::*;

use super::source::{Source, now};
use crate::app::Var;
use crate::app::words::counted;
use crate::provider::connect;
use crate::transport::driver::{Driver, Phase, Watching};

/// How often a round may begin: milliseconds, and how that is called.
const EVERY: [(i64, &str); 5] = [
    (30_000, "30 seconds"),
    (60_000, "minute"),
    (300_000, "5 minutes"),
    (900_000, "15 minutes"),
    (3_600_000, "hour"),
];

/// How often a round begins until something else is chosen.
pub const USUAL_MS: i64 = 60_000;

/// The controls.
#[component]
pub fn WatchControls(
    /// The source.
    source: Rc<Source>,
) -> impl IntoView {
    let status = source.status;
    let words = connect(source.provider()).connection().watch;
    let held = StoredValue::new_local(source);
    let every = Var::new(status.with_untracked(|status| {
        let watching = status.watching.as_ref();
        watching.map_or(USUAL_MS, |watching| watching.every_ms)
    }));
    let is_on = move || status.get().watching.is_some();
    let can = move || matches!(status.get().phase, Phase::Done | Phase::Stopped);
    let set = move |on: bool| {
        held.with_value(|source| {
            if on {
                let every = every.get_untracked();
                source.with(|driver| driver.watch(every, now()));
            } else {
                source.with(Driver::unwatch);
            }
        });
    };
    view! {
        <fieldset class="watch">
            <legend>"Watch"</legend>
            <label class="check">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=is_on
                    prop:disabled=move || !can() && !is_on()
                    on:change=move |event| set(event_target_checked(&event))
                />
                <span>"Look for news every"</span>
                <select
                    aria-label="How often"
                    prop:value=move || every.get().to_string()
                    on:change=move |event| {
                        if let Ok(ms) = event_target_value(&event).parse() {
                            every.set(ms);
                            if is_on() {
                                set(true);
                            }
                        }
                    }
                >
                    {EVERY
                        .into_iter()
                        .map(|(ms, label)| {
                            view! { <option value=ms.to_string() selected=ms == every.get_untracked()>{label}</option> }
                        })
                        .map(IntoAny::into_any).collect_view()}
                </select>
            </label>
            <p class="dim">{words}</p>
            {move || status.get().watching.map(|watching| view! { <p role="status">{told(&watching)}</p> })}
        </fieldset>
    }
}

/// How the watch goes.
fn told(watching: &Watching) -> String {
    let mut text = match watching.tenths_per_minute() {
        None => "The first round is under way.".to_owned(),
        Some(tenths) => format!(
            "{}, {}.{} calls a minute, over {}.",
            counted(u64::from(watching.rounds), "round", "rounds"),
            tenths / 10,
            tenths % 10,
            counted(u64::from(watching.sims), "SIM", "SIMs")
        ),
    };
    if watching.hidden {
        text += " It rests while this tab is hidden.";
    }
    if watching.failed > 0 {
        text += " The last round failed; the next waits longer.";
    }
    text
}
