//! The inspector: the chosen session, SIM or event, or sums over the chosen span.

mod cell;
pub mod field;
mod network;
mod raw;
mod session;
mod shares;
mod sim;
mod sums;

pub use sums::{bar, range};

use leptos::prelude::*;

use super::state::use_state;
use crate::engine::protocol::Inspection;

/// What is chosen, in full.
#[component]
pub fn Inspector() -> impl IntoView {
    let state = use_state();
    let inspection = state.inspection;
    let title = move || {
        inspection.with(|found| {
            if found
                .sums
                .as_ref()
                .is_some_and(|sums| sums.picked.is_some())
            {
                "Picked"
            } else if found.sums.is_some() && found.session.is_none() && found.event.is_none() {
                "Span"
            } else if found.event.is_some() {
                "Event"
            } else if found.session.is_some() {
                "Session"
            } else if found.sim.is_some() {
                "SIM"
            } else {
                "Details"
            }
        })
    };
    let position = move || {
        inspection.with(|found| {
            found
                .position
                .filter(|_| {
                    let picked = found
                        .sums
                        .as_ref()
                        .is_some_and(|sums| sums.picked.is_some());
                    found.session.is_some() && !picked
                })
                .map(|(at, of)| format!("{at} of {of}"))
        })
    };
    view! {
        <section class="inspector" part="inspector" aria-label="Inspector">
            <header>
                <h2>{title}</h2>
                <span class="mono dim">{position}</span>
            </header>
            <div class="inspector-body" tabindex="0" role="group" aria-label="Details">
                {move || {
                    let mut found = inspection.get();
                    if found.sums.as_ref().is_some_and(|sums| sums.picked.is_some()) {
                        // What is picked takes the place of what is chosen.
                        found = Inspection {
                            sums: found.sums,
                            ..Inspection::default()
                        };
                    }
                    // The parts below read the zone when they are made, so they are made anew with it.
                    state.zone.track();
                    let nothing = found.session.is_none() && found.event.is_none()
                        && found.sim.is_none() && found.sums.is_none();
                    let only_span = found.session.is_none() && found.event.is_none();
                    view! {
                        {nothing
                            .then(|| {
                                view! {
                                    <p class="dim pad">
                                        "Click a bar, an event or a SIM to see it in full; drag over the timeline to sum a span of time."
                                    </p>
                                }
                            })}
                        {found
                            .sums
                            .clone()
                            .filter(|_| only_span)
                            .map(|sums| view! { <sums::Sums sums=sums /> })}
                        {found
                            .event
                            .clone()
                            .map(|event| {
                                let name = found.name.clone().unwrap_or_default();
                                let names = found.names.clone();
                                view! { <session::EventView event=event name=name names=names /> }
                            })}
                        {found
                            .session
                            .clone()
                            .map(|_| view! { <session::SessionView inspection=found.clone() /> })}
                        {found
                            .sim
                            .clone()
                            .filter(|_| found.session.is_none() && found.event.is_none())
                            .map(|_| view! { <sim::SimView inspection=found.clone() /> })}
                        <raw::Records records=found.records.clone() />
                    }
                }}
            </div>
        </section>
    }
}
