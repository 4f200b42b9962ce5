//! What to do to get a vendor's data: the commands whose output can be dropped here.

use crate::app::var::Var;
use leptos::prelude::*;

use super::dialog::Modal;
use super::import::ChooseFiles;
use super::state::{Dialog, use_state};
use crate::model::ProviderId;
use crate::provider::{Capability, Sessions};

/// The vendors, each with its commands.
#[component]
pub fn ConnectDialog() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Connect));
    // Number of the vendor in their list; the second to begin with.
    let chosen = Var::new(1_usize);
    let capability = move || *crate::provider::capability(vendor(chosen.get()));
    view! {
        <Modal title="Connect a provider" open=open on_close=move |()| state.dialog.set(None)>
            <p>
                "This version reads saved answers. Run the vendor's own commands below with your keys in your own shell, then drop what they print here: no key ever reaches this page."
            </p>
            <div class="vendor-tabs" role="tablist" aria-label="Vendors">
                {ProviderId::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(at, id)| {
                        let label = crate::provider::capability(id).label;
                        view! {
                            <button
                                type="button"
                                role="tab"
                                aria-selected=move || (chosen.get() == at).to_string()
                                on:click=move |_| chosen.set(at)
                            >
                                {label}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            {move || view! { <Vendor capability=capability() /> }}
            <ChooseFiles label="Choose the saved files…" />
        </Modal>
    }
}

fn vendor(at: usize) -> ProviderId {
    ProviderId::ALL.get(at).copied().unwrap_or(ProviderId::Kore)
}

#[component]
fn Vendor(
    /// What the vendor can tell.
    capability: Capability,
) -> impl IntoView {
    let sessions = match capability.sessions {
        Sessions::Listed => "lists its sessions",
        Sessions::FromEvents => "lists session events, from which sessions are rebuilt",
        Sessions::CurrentOnly => "tells the current session only; history comes from its log",
    };
    let retention = capability
        .retention_days
        .map_or_else(String::new, |days| format!(", up to {days} days back"));
    let facts = format!("{} {sessions}{retention}.", capability.label);
    let answers = format!(
        "Answers that can be read: {}.",
        crate::provider::connect(capability.provider)
            .connection()
            .answers
            .join(", ")
    );
    view! {
        <p>{facts}</p>
        <pre tabindex="0" role="region" aria-label="Commands">{crate::provider::connect(capability.provider).connection().commands.join("\n")}</pre>
        <p class="dim">{answers}</p>
    }
}
