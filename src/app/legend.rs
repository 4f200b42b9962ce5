//! What the colours stand for; a click leaves a colour out.

use leptos::prelude::*;

use crate::engine::protocol::ColourBy;

use super::palette::property;
use super::state::use_state;
use super::words;

/// The legend with the choice of what to colour by.
#[component]
pub fn Legend() -> impl IntoView {
    let state = use_state();
    let by = move || state.settings.with(|settings| settings.colour);
    let choose = move |event| {
        let value = event_target_value(&event);
        let colour = match value.as_str() {
            "operator" => ColourBy::Operator,
            "country" => ColourBy::Country,
            "provider" => ColourBy::Provider,
            _ => ColourBy::Radio,
        };
        state.set(|settings| {
            settings.colour = colour;
            settings.hidden.clear();
        });
    };
    let chosen = move || match by() {
        ColourBy::Radio => "radio",
        ColourBy::Operator => "operator",
        ColourBy::Country => "country",
        ColourBy::Provider => "provider",
    };
    let entries = move || state.summary.with(|summary| summary.legend.clone());
    view! {
        <div class="legend">
            <label>
                <span>"Colour by"</span>
                <select prop:value=chosen on:change=choose>
                    <option value="radio">"radio"</option>
                    <option value="operator">"operator"</option>
                    <option value="country">"country"</option>
                    <option value="provider">"vendor"</option>
                </select>
            </label>
            <ul>
                {move || {
                    let by = by();
                    entries()
                        .into_iter()
                        .map(|entry| {
                            let colour = entry.colour;
                            let hidden = move || {
                                state.settings.with(|settings| settings.hidden.contains(&colour))
                            };
                            let toggle = move |_| {
                                state
                                    .set(|settings| {
                                        if settings.hidden.contains(&colour) {
                                            settings.hidden.retain(|known| *known != colour);
                                        } else {
                                            settings.hidden.push(colour);
                                        }
                                    });
                            };
                            let label = if by == ColourBy::Country && entry.label.len() == 2 {
                                words::country(&entry.label)
                            } else {
                                entry.label
                            };
                            let nested = by == ColourBy::Radio
                                && matches!(label.as_str(), "LTE-M" | "NB-IoT");
                            let sessions = words::counted(
                                u64::from(entry.sessions),
                                "session",
                                "sessions",
                            );
                            view! {
                                <li class:nested=nested>
                                    <button
                                        type="button"
                                        aria-pressed=move || (!hidden()).to_string()
                                        title=format!("{sessions}. Click to leave out or show.")
                                        on:click=toggle
                                    >
                                        <i style:background=format!("var({})", property(by, colour))></i>
                                        {label}
                                    </button>
                                </li>
                            }
                        })
                        .map(IntoAny::into_any).collect_view()
                }}
            </ul>
        </div>
    }
}
