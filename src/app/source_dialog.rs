//! A source: what was read, what was skipped and where, and which vendor it is.

use leptos::prelude::*;

use crate::engine::protocol::{Command, SourceInfo};

use super::dialog::Modal;
use super::state::{Dialog, use_state};
use super::words;

/// The source whose chip was clicked.
#[component]
pub fn SourceDialog() -> impl IntoView {
    let state = use_state();
    let number = move || match state.dialog.get() {
        Some(Dialog::Source(number)) => Some(number),
        _ => None,
    };
    let open = Signal::derive(move || number().is_some());
    let source = move || {
        let number = number()?;
        state
            .summary
            .with(|summary| summary.sources.iter().find(|s| s.source == number).cloned())
    };
    view! {
        <Modal title="Source" open=open on_close=move |()| state.dialog.set(None)>
            {move || source().map(|source| view! { <Details source=source /> })}
        </Modal>
    }
}

#[component]
fn Details(
    /// The source.
    source: SourceInfo,
) -> impl IntoView {
    let state = use_state();
    let number = source.source;
    let vendor = source
        .provider
        .map_or("not recognised", |id| crate::provider::capability(id).label);
    let switch = source.alternative.map(|other| {
        let label = crate::provider::capability(other).label;
        let relabel = move |_| {
            state.command(&Command::Relabel {
                source: number,
                provider: other,
            });
        };
        view! {
            <p>
                "The vendor was assumed: another has the very same answers. "
                <button type="button" class="button" on:click=relabel>
                    {format!("It is {label}")}
                </button>
            </p>
        }
    });
    let left_out = words::count(source.bad_records);
    let read = if let Some(host) = &source.service {
        let cells = words::counted(source.cells, "cell position", "cell positions");
        format!(
            "{cells}, as the geolocate service at {host} gave them when it was asked. They place sessions of which nothing else tells \
             where their cell is."
        )
    } else if source.cells > 0 {
        let cells = words::counted(source.cells, "cell position", "cell positions");
        format!(
            "{cells} at hand, {left_out} left out. They place sessions whose vendor tells the cell but not where it is, in this tab \
             alone: nothing is sent anywhere."
        )
    } else {
        let records = source.records.saturating_sub(source.bad_records);
        let records = words::counted(records, "record", "records");
        format!("Vendor: {vendor}. {records} read, {left_out} left out.")
    };
    let more = source
        .warning_count
        .saturating_sub(source.warnings.len() as u64);
    let remembered = source.remembered.map(|info| {
        let records = words::counted(info.records, "record was", "records were");
        let told = words::remembered(&info, &state.zone.get());
        view! { <p>{format!("{records} kept in this browser: {told}.")}</p> }
    });
    view! {
        <h3>{source.label}</h3>
        <p>{read}</p>
        {remembered}
        {switch}
        <ol class="warnings">
            {source
                .warnings
                .into_iter()
                .map(|warning| {
                    let place = [
                        warning.file,
                        warning.position.map(|at| format!("byte {at}")),
                        warning.field.map(|field| format!("field {field}")),
                    ];
                    let place: Vec<String> = place.into_iter().flatten().collect();
                    view! {
                        <li>
                            <span>{warning.message}</span>
                            <code>{place.join(" · ")}</code>
                        </li>
                    }
                })
                .map(IntoAny::into_any).collect_view()}
        </ol>
        {(more > 0).then(|| format!("and {} more of the same file", words::count(more)))}
    }
}
