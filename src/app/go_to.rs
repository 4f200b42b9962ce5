//! Going to a time: one field, and what it is understood as, before anything moves.

use leptos::ev;
use leptos::prelude::*;

use super::commands::go_to;
use super::dialog::Modal;
use super::state::{Dialog, State, use_state};
use super::var::{Var, effect};
use super::words;
use super::zone::Zone;
use crate::timeline::{Clock, Moment, Remark, Understood, exact_duration, understand};

/// The dialog.
#[component]
pub fn GoTo() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::GoTo));
    view! {
        <Modal title="Go to a time" open=open on_close=move |()| state.close(Dialog::GoTo)>
            <Typed />
        </Modal>
    }
}

/// The field and what it means.
#[component]
fn Typed() -> impl IntoView {
    let state = use_state();
    let typed = Var::new(String::new());
    let field = NodeRef::<leptos::html::Input>::new();
    effect(move || {
        if let Some(field) = field.get() {
            // It is in the document, so it can have the focus.
            let _ = field.focus();
        }
    });
    let meaning = move || {
        let zone = state.zone.get_untracked();
        let text = typed.get_untracked();
        (!text.trim().is_empty()).then(|| read(state, &text, &zone))
    };
    let understood = Var::new(None::<bool>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(Ok(understood)) = meaning() {
            state.close(Dialog::GoTo);
            go_to(state, understood);
        }
    };
    let input = move |event: ev::Event| {
        typed.set(event_target_value(&event));
        understood.set(meaning().map(|meaning| meaning.is_ok()));
    };
    let zone_name = move || state.zone.with(|zone| zone.name().to_owned());
    view! {
        <form class="go-to" on:submit=submit>
            <label>
                <span>"A time, or a range. Without a zone it is meant in " <strong>{zone_name}</strong> "."</span>
                <span class="go-to-field">
                    <input
                        node_ref=field
                        type="text"
                        class="mono"
                        placeholder="yesterday 03:10"
                        autocomplete="off"
                        spellcheck="false"
                        autofocus
                        aria-describedby="go-to-meaning"
                        aria-invalid=move || (understood.get() == Some(false)).to_string()
                        prop:value=move || typed.get()
                        on:input=input
                    />
                    <button type="submit" class="button primary" disabled=move || understood.get() != Some(true)>
                        "Go"
                    </button>
                </span>
            </label>
            <div id="go-to-meaning" class="meaning" role="status">
                {move || {
                    typed.track();
                    let zone = state.zone.get();
                    match meaning() {
                        None => view! { <p class="dim">{EXAMPLES}</p> }.into_any(),
                        Some(Err(message)) => view! { <p class="wrong">{message}</p> }.into_any(),
                        Some(Ok(understood)) => said(state, understood, &zone).into_any(),
                    }
                }}
            </div>
        </form>
    }
}

const EXAMPLES: &str = "For example 2026-10-14T03:10Z, 14 Oct 03:10, 03:10, yesterday 03:10, last Friday, -2h, 3 days ago, 1760411400, \
    now; or a range: 14 Oct 03:10 .. 05:00, 2026-10-01/2026-10-03.";

fn read(state: State, text: &str, zone: &Zone) -> Result<Understood, String> {
    let named = |name: &str, ms: i64| Zone::named(name).map(|zone| zone.offset_minutes(ms));
    understand(
        text,
        &Clock {
            now: js_sys::Date::now() as i64,
            view: state.scale.get_untracked().window(),
            offset: &|ms| zone.offset_minutes(ms),
            named: &named,
        },
    )
}

/// What was understood, in the zone that is shown and in UTC.
fn said(state: State, understood: Understood, zone: &Zone) -> impl IntoView {
    let (from, to) = match understood {
        Understood::Instant(at) => (at, None),
        Understood::Range(from, to) => (from, Some(to)),
    };
    let both = |write: &dyn Fn(i64) -> String| match to {
        None => write(from.at),
        Some(to) => format!("{} – {}", write(from.at), write(to.at)),
    };
    let remarks: Vec<String> = [Some(from), to]
        .into_iter()
        .flatten()
        .filter_map(|moment| remark(moment, zone))
        .chain(outside(state, from.at, to.map_or(from.at, |to| to.at)))
        .collect();
    view! {
        <dl class="meanings">
            <dt>{zone.name().to_owned()}</dt>
            <dd class="mono">{both(&|ms| words::exact_instant(ms, zone))}</dd>
            {(zone.name() != "UTC")
                .then(|| {
                    view! {
                        <dt>"UTC"</dt>
                        <dd class="mono">{both(&|ms| words::exact_instant(ms, &Zone::utc()))}</dd>
                    }
                })}
            {to
                .map(|to| {
                    view! {
                        <dt>"Length"</dt>
                        <dd>{exact_duration(to.at - from.at)}</dd>
                    }
                })}
        </dl>
        {remarks
            .into_iter()
            .map(|text| view! { <p class="remark">{text}</p> })
            .map(IntoAny::into_any)
            .collect_view()}
    }
}

fn remark(moment: Moment, zone: &Zone) -> Option<String> {
    let at = words::exact_instant(moment.at, zone);
    match moment.remark? {
        Remark::Skipped => Some(format!(
            "That local time does not exist: the clock was put forward over it. Taken as {at}, when that was done."
        )),
        Remark::Twice => Some(format!(
            "That local time exists twice, because the clock was put back. Taken as the earlier one, {at}."
        )),
    }
}

/// Nothing that is loaded lies there.
fn outside(state: State, from: i64, to: i64) -> Option<String> {
    let extent = state.summary.with_untracked(|summary| summary.extent)?;
    (to < extent.from || from > extent.to)
        .then(|| "Nothing that is loaded lies there. You can go there all the same.".to_owned())
}
