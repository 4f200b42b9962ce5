//! What the colours stand for; a click leaves a colour out, another one asks for it alone.

use leptos::ev;
use leptos::prelude::*;

use crate::engine::protocol::{ColourBy, LegendEntry};

use super::palette::property;
use super::state::{State, use_state};
use super::words;
use crate::model::ProviderId;
use crate::store::filter::line::{has_term, is_plmn, term};

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
    // What the entries are of, which follows the choice.
    let entries = move || {
        state
            .summary
            .with(|summary| (summary.coloured_by, summary.legend.clone()))
    };
    view! {
        <div class="legend" part="legend">
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
                    let (by, entries) = entries();
                    entries
                        .into_iter()
                        .map(|entry| entry_view(state, by, entry))
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

/// A value with its colour, and what asks for it alone.
fn entry_view(state: State, by: ColourBy, entry: LegendEntry) -> AnyView {
    let colour = entry.colour;
    let hidden = move || {
        state
            .settings
            .with(|settings| settings.hidden.contains(&colour))
    };
    let terms = terms_of(by, colour, &entry.label);
    let of_click = terms.clone();
    let toggle = move |event: ev::MouseEvent| {
        if (event.alt_key() || event.shift_key()) && !of_click.is_empty() {
            state.toggle_terms(&of_click);
            return;
        }
        state.set(|settings| {
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
    let nested = by == ColourBy::Radio && matches!(label.as_str(), "LTE-M" | "NB-IoT");
    let sessions = words::counted(u64::from(entry.sessions), "session", "sessions");
    let only = (!terms.is_empty()).then(|| only(state, &label, terms));
    view! {
        <li class:nested=nested>
            <button
                type="button"
                aria-pressed=move || (!hidden()).to_string()
                title=format!("{sessions}. Click to leave out or show, Alt+click for it alone.")
                on:click=toggle
            >
                <i style:background=format!("var({})", property(by, colour))></i>
                {label}
            </button>
            {only}
        </li>
    }
    .into_any()
}

/// Filters by a value alone, and once more not any more.
fn only(state: State, label: &str, terms: Vec<String>) -> AnyView {
    let asked = {
        let terms = terms.clone();
        move || {
            state.settings.with(|settings| {
                let mut terms = terms.iter();
                terms.all(|term| has_term(&settings.filter, term))
            })
        }
    };
    view! {
        <button
            type="button"
            class="only"
            aria-label=format!("Only {label}")
            aria-pressed=move || asked().to_string()
            title=format!("Only these: {}", terms.join(" "))
            on:click=move |_| state.toggle_terms(&terms)
        >
            <b aria-hidden="true"></b>
        </button>
    }
    .into_any()
}

/// What asks for a value of the legend alone; nothing where it stands for several.
fn terms_of(by: ColourBy, colour: u8, label: &str) -> Vec<String> {
    let known = Some(label).filter(|label| *label != "unknown");
    match by {
        ColourBy::Radio => vec![term("radio", Some(&label.to_lowercase()))],
        ColourBy::Provider => {
            let id = ProviderId::ALL.get(usize::from(colour));
            id.map(|id| term("vendor", Some(id.as_str())))
                .into_iter()
                .collect()
        }
        _ if label == "other" => Vec::new(),
        ColourBy::Country => vec![term("country", known)],
        // A network without an operator's name goes by its PLMN.
        ColourBy::Operator => match known {
            None => vec![term("operator", None), term("plmn", None)],
            Some(plmn) if is_plmn(plmn) => {
                vec![term("operator", None), term("plmn", Some(plmn))]
            }
            Some(operator) => vec![term("operator", Some(operator))],
        },
    }
}
