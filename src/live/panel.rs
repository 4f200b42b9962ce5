//! A live source: how it is doing, what could not be fetched and why, and what can be done about it.

use std::rc::Rc;

use leptos::prelude::*;

use super::advice::Advise;
use super::keep::KeepControls;
use super::source::{Source, now};
use super::state::{Dialog, use_live};
use super::watch::WatchControls;
use super::words;
use crate::app::Modal;
use crate::app::words::{count, counted};
use crate::transport::driver::{Choice, Driver, Estimate, Phase, Status};

/// The dialog of the source whose chip was clicked.
#[component]
pub fn SourcePanel() -> impl IntoView {
    let live = use_live();
    let chosen = move || match live.dialog.get() {
        Some(Dialog::Source(id)) => Some(id),
        _ => None,
    };
    let open = Signal::derive(move || chosen().is_some());
    view! {
        <Modal title="Live source" open=open on_close=move |()| live.close(|dialog| matches!(dialog, Dialog::Source(_)))>
            {move || {
                chosen().and_then(|id| live.source(id)).map(|source| view! { <Panel source=source /> })
            }}
        </Modal>
    }
}

#[component]
fn Panel(
    /// The source.
    source: Rc<Source>,
) -> impl IntoView {
    let status = source.status;
    let label = source.label.clone();
    let held = StoredValue::new_local(Rc::clone(&source));
    let told = move || said(&status.get());
    let share = move || {
        let status = status.get();
        let running = status.phase == Phase::Fetching && status.total > 0;
        running.then(|| f64::from(status.done) / f64::from(status.total))
    };
    view! {
        <div class="source-panel">
            <h3>{label}</h3>
            <p role="status" class="state" data-phase=move || format!("{:?}", status.get().phase).to_lowercase()>
                {told}
            </p>
            {move || share().map(|share| view! { <progress max="1" prop:value=share></progress> })}
            {move || status.get().error.map(|error| view! { <Advise error=error /> })}
            {move || {
                status
                    .get()
                    .estimate
                    .map(|estimate| view! { <GoOn source=held.get_value() estimate=estimate /> })
            }}
            <Failures source=Rc::clone(&source) />
            <Actions source=Rc::clone(&source) />
            // Signed out there is nothing to watch with.
            <Show when=move || status.get().phase != Phase::SignedOut>
                <WatchControls source=held.get_value() />
            </Show>
            <KeepControls source=held.get_value() />
        </div>
    }
}

/// The status in a sentence.
fn said(status: &Status) -> String {
    let rows = counted(status.rows, "record", "records");
    let sims = counted(u64::from(status.sims), "SIM", "SIMs");
    let calls = counted(u64::from(status.calls), "call", "calls");
    let came = format!("{rows} of {sims} came in {calls}.");
    let nothing = status.rows == 0 && status.sims == 0;
    match status.phase {
        Phase::Idle => "Nothing was asked yet.".to_owned(),
        Phase::SigningIn => "Signing in…".to_owned(),
        Phase::Fetching => {
            let mut text = words::progress(status);
            text.replace_range(..1, "F");
            let held = match status.held_until_ms {
                Some(until) => format!(
                    " The provider asked to wait {}.",
                    words::seconds(u32::try_from((until - now()).max(0) / 1000).unwrap_or(0))
                ),
                None => String::new(),
            };
            format!("{text} answers. {came}{held}")
        }
        Phase::Asking => format!("{came} The rest waits for your word."),
        Phase::Done if status.failures.is_empty() => format!("All was fetched. {came}"),
        Phase::Done => format!("Fetched in part. {came}"),
        Phase::Stopped if nothing => "Stopped; what had come before stays.".to_owned(),
        Phase::Stopped => format!("Stopped; what had come stays. {came}"),
        Phase::Failed if nothing => "It could not go on; what had come before stays.".to_owned(),
        Phase::Failed => format!("It could not go on; what had come stays. {came}"),
        Phase::SignedOut => {
            format!("Signed out: the credentials are forgotten, what had come stays. {came}")
        }
    }
}

/// A load of many calls waits for a word.
#[component]
fn GoOn(
    /// The source.
    source: Rc<Source>,
    /// What it would take.
    estimate: Estimate,
) -> impl IntoView {
    let held = StoredValue::new_local(source);
    let choose = move |choice: Choice| {
        move |_| held.with_value(|source| source.with(|driver| driver.choose(choice, now())))
    };
    let text = format!(
        "The rest takes {} at least, about {} at the pace that leaves room for your other programs.",
        counted(u64::from(estimate.calls), "call", "calls"),
        words::seconds(estimate.seconds)
    );
    let on_screen = (estimate.on_screen > 0).then(|| {
        let label = format!(
            "Only the {} on screen",
            counted(u64::from(estimate.on_screen), "SIM", "SIMs")
        );
        view! {
            <button type="button" class="button" on:click=choose(Choice::OnScreen)>
                {label}
            </button>
        }
    });
    view! {
        <div class="go-on">
            <p>{text}</p>
            <div class="buttons">
                <button type="button" class="button primary" on:click=choose(Choice::All)>
                    {format!("Fetch all {}", count(u64::from(estimate.calls)))}
                </button>
                {on_screen}
                <button type="button" class="button" on:click=choose(Choice::Nothing)>
                    "Leave it"
                </button>
            </div>
        </div>
    }
}

/// What could not be fetched, by reason.
#[component]
fn Failures(
    /// The source.
    source: Rc<Source>,
) -> impl IntoView {
    let status = source.status;
    move || {
        let status = status.get();
        let shown = status.error;
        status
            .failures
            .into_iter()
            .filter(|failure| shown.as_ref() != Some(&failure.error))
            .map(|failure| {
                let head = match (failure.count, failure.sim) {
                    (1, Some(sim)) => format!("Not fetched for {sim}"),
                    (1, None) => "Not fetched".to_owned(),
                    (more, _) => format!("{} calls failed", count(u64::from(more))),
                };
                view! {
                    <div class="failure">
                        <strong>{head}</strong>
                        <Advise error=failure.error />
                    </div>
                }
            })
            .map(IntoAny::into_any)
            .collect_view()
    }
}

/// What can be done.
#[component]
fn Actions(
    /// The source.
    source: Rc<Source>,
) -> impl IntoView {
    let live = use_live();
    let status = source.status;
    let (id, label) = (source.id, source.label.clone());
    let held = StoredValue::new_local(source);
    let act = move |change: fn(&mut Driver)| move |_| held.with_value(|source| source.with(change));
    let again = move |_| {
        held.with_value(|source| {
            let mut ask = source.ask();
            let days = (ask.range.to_ms - ask.range.from_ms) / 86_400_000;
            ask.range = super::state::last_days(days.max(1));
            source.with(|driver| driver.fetch(ask));
        });
    };
    let history = move |_| {
        held.with_value(|source| {
            let on_screen = live.host().on_screen();
            source.with(|driver| driver.fetch_history(&on_screen));
        });
    };
    let phase = move || status.get().phase;
    let busy = move || matches!(phase(), Phase::SigningIn | Phase::Fetching | Phase::Asking);
    let gone = move || phase() == Phase::SignedOut;
    let failed = move || {
        let status = status.get();
        matches!(status.phase, Phase::Stopped | Phase::Failed)
            || (status.phase == Phase::Done && !status.failures.is_empty())
    };
    let lacks_history =
        move || phase() == Phase::Done && !held.with_value(|source| source.ask().history);
    let details = move |_| {
        live.dialog.set(None);
        live.host().details(&label);
    };
    view! {
        <div class="buttons">
            <Show when=busy>
                <button type="button" class="button" on:click=act(Driver::stop)>
                    "Stop"
                </button>
            </Show>
            <Show when=failed>
                <button type="button" class="button primary" on:click=act(Driver::retry)>
                    "Retry"
                </button>
            </Show>
            <Show when=lacks_history>
                <button type="button" class="button" on:click=history>
                    "History of the SIMs on screen"
                </button>
            </Show>
            <Show when=move || !busy() && !gone()>
                <button type="button" class="button" on:click=again>
                    "Fetch again"
                </button>
            </Show>
            <button type="button" class="button" on:click=details>
                "What was read"
            </button>
            <Show when=move || !gone()>
                <button type="button" class="button" on:click=act(Driver::sign_out)>
                    "Sign out"
                </button>
            </Show>
            <Show when=gone>
                <button type="button" class="button primary" on:click=move |_| live.dialog.set(Some(Dialog::Connect))>
                    "Sign in again"
                </button>
            </Show>
            <button
                type="button"
                class="button"
                title="Sign out and take its rows out"
                on:click=move |_| live.remove(id)
            >
                "Remove"
            </button>
        </div>
    }
}
