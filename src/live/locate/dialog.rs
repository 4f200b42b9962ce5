//! Which service is asked, what leaves this browser, and how it goes.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asking::Asking;
use super::words::{advice, host_of, said};
use crate::app::words::counted;
use crate::app::{Modal, Var};
use crate::geo::CellId;
use crate::geo::geolocate::CellTower;
use crate::live::state::{Dialog, Live, use_live};
use crate::live::words::seconds;
use crate::provider::connection::checked_base;
use crate::provider::secret::Secret;
use crate::transport::locator::{Locator, Phase, Service, Trouble};

type Cells = Vec<Vec<CellId>>;

const NOT_TOLD: &str = "The cells could not be counted. Close this, and open it again.";

/// The dialog.
#[component]
pub fn LocateDialog() -> impl IntoView {
    let live = use_live();
    let open = Signal::derive(move || live.dialog.get() == Some(Dialog::Locate));
    view! {
        <Modal title="Look cells up" open=open on_close=move |()| live.close(|dialog| *dialog == Dialog::Locate)>
            <Body />
        </Modal>
    }
}

/// Cells without a position, as the engine knows them now; null where it does not tell.
async fn unplaced(live: Live) -> Option<Cells> {
    let json = live.host().unplaced().await?;
    let towers: Vec<Vec<CellTower<'_>>> = serde_json::from_str(&json).ok()?;
    let cell = |candidates: Vec<CellTower<'_>>| {
        let ids = candidates.iter().filter_map(CellTower::id);
        ids.collect::<Vec<_>>()
    };
    Some(towers.into_iter().map(cell).collect())
}

/// What was typed, checked as far as it can be without asking.
fn service(address: &str, key: Secret) -> Result<Service, String> {
    let address = checked_base(address).map_err(|why| format!("Address: {why}"))?;
    let path = address.split_once("://").map_or("/", |(_, rest)| rest);
    if !path.contains('/') {
        return Err(
            "Address: type the whole address of the call, which mostly ends in /v1/geolocate."
                .to_owned(),
        );
    }
    Ok(Service {
        address,
        key: (!key.is_empty()).then_some(key),
    })
}

/// Made anew each time the dialog opens.
#[component]
fn Body() -> impl IntoView {
    let live = use_live();
    let known = live.asking.get_untracked();
    let address = Var::new(known.map_or_else(String::new, |asking| asking.address()));
    let key = Var::new(Secret::default());
    let problem = Var::new(None::<String>);
    let cells = Var::new(None::<Cells>);
    let look = move || {
        spawn_local(async move {
            // The dialog may be closed by the time that it is told.
            match unplaced(live).await {
                Some(found) => cells.try_update(|slot| *slot = Some(found)),
                None => problem.try_update(|slot| *slot = Some(NOT_TOLD.to_owned())),
            };
        });
    };
    look();
    // What came changes what is left.
    crate::app::effect(move || {
        let asking = live.asking.get();
        if asking.is_some_and(|asking| asking.status.with(|status| status.phase != Phase::Asks)) {
            look();
        }
    });
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match service(&address.get_untracked(), key.get_untracked()) {
            Ok(service) => {
                problem.set(None);
                let asking = live.ask_service(service);
                asking.ask(cells.get_untracked().unwrap_or_default());
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    let asks = move || {
        let asking = live.asking.get();
        asking.is_some_and(|asking| asking.status.with(|status| status.phase == Phase::Asks))
    };
    let left = move || {
        let asking = live.asking.get();
        let fresh = cells.with(|cells| {
            let cells = cells.as_deref().unwrap_or_default();
            asking
                .as_ref()
                .map_or(cells.len() as u32, |asking| asking.new_among(cells))
        });
        fresh + asking.map_or(0, |asking| asking.status.with(|status| status.left))
    };
    on_cleanup(move || key.set(Secret::default()));
    view! {
        <form class="connect locate" on:submit=begin autocomplete="off">
            <p>
                "A geolocate service knows where many cells stand. Any that speaks the protocol of Ichnaea (the former Mozilla Location Service) can be asked: one of your own, beaconDB, or another that you trust."
            </p>
            <p role="status">{move || cells.with(|cells| open_cells(cells.as_ref()))}</p>
            <fieldset>
                <legend>"Service"</legend>
                <label class="field">
                    <span>"Address"</span>
                    <input
                        type="text"
                        inputmode="url"
                        name="address"
                        placeholder="https://…/v1/geolocate"
                        spellcheck="false"
                        autocomplete="off"
                        prop:value=move || address.get()
                        on:input=move |event| address.set(event_target_value(&event))
                    />
                </label>
                <label class="field">
                    <span>"Key (optional)"</span>
                    <input
                        type="password"
                        name="key"
                        autocomplete="off"
                        spellcheck="false"
                        on:input=move |event| key.set(Secret::new(event_target_value(&event).trim()))
                    />
                    <span class="dim">
                        "Stays in this tab’s memory. These services take it in the address of each request, and in no other way."
                    </span>
                </label>
            </fieldset>
            <fieldset>
                <legend>"What leaves this browser"</legend>
                <p>{move || leaves(&address.get())}</p>
            </fieldset>
            <footer>
                <div class="outcome" aria-live="polite">
                    {move || problem.get().map(|why| view! { <p class="reach bad">{why}</p> })}
                    {move || live.asking.get().map(|asking| view! { <Progress asking=asking /> })}
                </div>
                <div class="buttons">
                    <button type="submit" class="button primary" prop:disabled=move || asks() || left() == 0>
                        {move || format!("Ask for {}", counted(u64::from(left()), "cell", "cells"))}
                    </button>
                    <Show when=asks>
                        <button type="button" class="button" on:click=move |_| live.stop_asking()>
                            "Stop"
                        </button>
                    </Show>
                    <Show when=move || live.asking.with(Option::is_some) && !asks()>
                        <button type="button" class="button" on:click=move |_| live.forget_asking()>
                            "Forget what it said"
                        </button>
                    </Show>
                    <span class="dim">
                        {move || {
                            let takes = Locator::takes_s(left());
                            (takes > 0).then(|| format!("about {} at an easy pace", seconds(takes)))
                        }}
                    </span>
                </div>
            </footer>
        </form>
    }
}

fn open_cells(cells: Option<&Cells>) -> String {
    match cells.map(Vec::len) {
        None => "Counting cells without a position…".to_owned(),
        Some(0) => "No cell of the loaded sessions is without a position that could be looked up."
            .to_owned(),
        Some(count) => {
            let cells = counted(
                count as u64,
                "cell of the loaded sessions has",
                "cells of the loaded sessions have",
            );
            format!(
                "{cells} no position. A dropped file of cell positions is tried first, and tells nobody anything."
            )
        }
    }
}

fn leaves(address: &str) -> String {
    let host = checked_base(address).map_or_else(|_| "the service".to_owned(), |url| host_of(&url));
    format!(
        "To {host}, cell by cell, each once: radio, MCC, MNC, area and cell number. Whoever runs it learns on which cells your SIMs \
         were, and this browser’s address; no SIM, no session, no time. It is told not to answer with your own position."
    )
}

/// How it goes.
#[component]
fn Progress(
    /// The service.
    asking: Rc<Asking>,
) -> impl IntoView {
    let status = asking.status;
    let host = host_of(&asking.address());
    let share = move || {
        let status = status.get();
        let asked = status.found + status.unknown + status.refused;
        let all = f64::from(asked + status.left);
        (status.phase == Phase::Asks).then(|| f64::from(asked) / all.max(1.0))
    };
    let trouble = move || match status.get().phase {
        Phase::Failed(trouble) => Some(trouble),
        _ => None,
    };
    view! {
        <p role="status">{move || said(&status.get())}</p>
        {move || share().map(|share| view! { <progress max="1" prop:value=share></progress> })}
        {move || trouble().map(|trouble| view! { <Failed trouble=trouble host=host.clone() /> })}
    }
}

#[component]
fn Failed(
    /// Why it cannot go on.
    trouble: Trouble,
    /// The service's.
    host: String,
) -> impl IntoView {
    let (what, next) = advice(&trouble, &host);
    view! {
        <div class="advice" role="alert">
            <p class="what">{what}</p>
            <p>{next}</p>
        </div>
    }
}
