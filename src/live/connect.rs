//! Connect a provider: which one, where, how to sign in, which SIMs, how far back; try it; fetch.

use std::rc::Rc;

use leptos::prelude::*;

use super::advice::{Advise, Commands};
use super::check::{Reach, Reachability, check};
use super::form::{Form, SignInFields};
use super::keeping::names_account;
use super::source::Source;
use super::state::{Dialog, Given, use_live};
use crate::app::words::counted;
use crate::app::{Modal, Var};
use crate::error::Error;
use crate::model::ProviderId;
use crate::provider::connect;
use crate::provider::connection::{Ask, Connection};
use crate::transport::driver::{Driver, Phase};

/// The dialog.
#[component]
pub fn ConnectDialog() -> impl IntoView {
    let live = use_live();
    let open = Signal::derive(move || live.dialog.get() == Some(Dialog::Connect));
    view! {
        <Modal title="Connect a provider" open=open on_close=move |()| live.close(|dialog| *dialog == Dialog::Connect)>
            <Chooser />
        </Modal>
    }
}

/// Made anew each time the dialog opens: nothing that was typed stays behind.
#[component]
fn Chooser() -> impl IntoView {
    // Which vendor; none to begin with, so that nobody is asked before the visitor chose.
    let chosen = Var::new(None::<ProviderId>);
    view! {
        <div class="vendor-tabs" role="group" aria-label="Provider">
            {ProviderId::ALL
                .into_iter()
                .map(|id| {
                    view! {
                        <button
                            type="button"
                            class="vendor"
                            aria-pressed=move || (chosen.get() == Some(id)).to_string()
                            on:click=move |_| chosen.set(Some(id))
                        >
                            {crate::provider::capability(id).label}
                        </button>
                    }
                })
                .map(IntoAny::into_any).collect_view()}
        </div>
        {move || match chosen.get() {
            Some(id) => view! { <Connecting form=Form::new(id) /> }.into_any(),
            None => {
                view! {
                    <p>
                        "Choose where your SIMs are. Keys stay in this tab's memory, go only to the address that you confirm, and are gone when the tab closes."
                    </p>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Connecting(
    /// What is filled in.
    form: Form,
) -> impl IntoView {
    let live = use_live();
    let connection = connect(form.provider).connection();
    let problem = Var::new(None::<Error>);
    let trial = Var::new(None::<Rc<Source>>);
    // A source as the form is now. One that was tried with the same account is used on: a one-time code is good only once.
    let begin = move || -> Option<(Rc<Source>, Ask)> {
        let former = trial.get_untracked();
        let prepared = form
            .account()
            .and_then(|account| Ok((account, form.ask()?)));
        match prepared {
            Ok((account, ask)) => {
                problem.set(None);
                if let Some(former) = former {
                    if former.is_of(form.provider, &account) {
                        former
                            .memory
                            .name_account(&form.account_name.get_untracked());
                        return Some((former, ask));
                    }
                    former.end();
                }
                trial.set(None);
                let name = form.account_name.get_untracked();
                let given = Given {
                    account: Some(name).filter(|name| !name.trim().is_empty()),
                    ..Given::default()
                };
                let source = live.begin(form.provider, account, ask.clone(), given);
                Some((source, ask))
            }
            Err(error) => {
                problem.set(Some(error));
                None
            }
        }
    };
    let try_it = move |_| {
        if let Some((source, _)) = begin() {
            source.with(Driver::try_it);
            trial.set(Some(source));
        }
    };
    let fetch = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some((source, ask)) = begin() {
            // It is not the dialog's any more.
            trial.set(None);
            form.forget();
            live.keep(Rc::clone(&source));
            source.begin(ask, |_| ());
            live.dialog.set(Some(Dialog::Source(source.id)));
        }
    };
    on_cleanup(move || {
        form.forget();
        if let Some(source) = trial.get_untracked() {
            source.end();
        }
    });
    view! {
        <form class="connect" on:submit=fetch autocomplete="off">
            <p>{connection.notes.first().copied()}</p>
            <fieldset>
                <legend>"Address"</legend>
                <Address form=form />
            </fieldset>
            <fieldset>
                <legend>"Sign-in"</legend>
                <SignInFields form=form />
                <AccountName form=form />
            </fieldset>
            <fieldset>
                <legend>"What to fetch"</legend>
                <Wanted form=form />
            </fieldset>
            <details>
                <summary>{format!("What to know about {}", crate::provider::capability(form.provider).label)}</summary>
                <ul class="notes">
                    {connection.notes.iter().skip(1).map(|note| view! { <li>{*note}</li> }).map(IntoAny::into_any).collect_view()}
                </ul>
            </details>
            <Commands connection=connection />
            <footer>
                <div class="outcome" aria-live="polite">
                    {move || problem.get().map(|error| view! { <Advise error=error /> })}
                    {move || trial.get().map(|source| view! { <Tried source=source /> })}
                </div>
                <div class="buttons">
                    <button type="submit" class="button primary">
                        "Fetch"
                    </button>
                    <button type="button" class="button" on:click=try_it>
                        "Try it"
                    </button>
                    <span class="dim">{connection.cost.words}</span>
                </div>
            </footer>
        </form>
    }
}

/// What the account is called, where history may be kept and the sign-in does not tell which account it is.
#[component]
fn AccountName(
    /// What is filled in.
    form: Form,
) -> impl IntoView {
    let is_offered = use_live().host().history().is_some();
    let is_asked = move || is_offered && !names_account(form.provider, &form.way.get());
    view! {
        <Show when=is_asked>
            <label class="field">
                <span>"Account name"</span>
                <input
                    type="text"
                    name="account-name"
                    autocomplete="off"
                    placeholder="only for kept history, of your choice"
                    prop:value=move || form.account_name.get()
                    on:input=move |event| form.account_name.set(event_target_value(&event))
                />
            </label>
        </Show>
    }
}

/// Where the provider is asked, and whether this page may.
#[component]
fn Address(
    /// What is filled in.
    form: Form,
) -> impl IntoView {
    let connection: &'static Connection = connect(form.provider).connection();
    let (reach, auth_reach) = (Var::new(Reach::default()), Var::new(Reach::default()));
    let (latest, auth_latest) = (Var::new(0_u32), Var::new(0_u32));
    let look_at = |text: &str, reach: Var<Reach>, latest: Var<u32>| {
        match crate::provider::connection::checked_base(text) {
            Ok(url) => check(url, reach, latest),
            Err(_) => reach.set(Reach::Unknown),
        }
    };
    let look = move || look_at(&form.api.get_untracked(), reach, latest);
    // A token endpoint may refuse this page where the API does not: that is told before the secret is typed, too.
    let look_at_auth = move || look_at(&form.auth.get_untracked(), auth_reach, auth_latest);
    look();
    look_at_auth();
    let preset = (connection.bases.len() > 1).then(|| {
        view! {
            <label class="field">
                <span>"Coverage"</span>
                <select on:change=move |event| {
                    let label = event_target_value(&event);
                    if let Some(base) = connection.bases.iter().find(|base| base.label == label) {
                        form.api.set(base.api.to_owned());
                        form.auth.set(base.auth.unwrap_or_default().to_owned());
                        look();
                        look_at_auth();
                    }
                }>
                    {connection
                        .bases
                        .iter()
                        .map(|base| view! { <option value=base.label>{base.label}</option> })
                        .map(IntoAny::into_any).collect_view()}
                </select>
            </label>
        }
    });
    let auth = connection
        .bases
        .first()
        .and_then(|base| base.auth)
        .map(|_| {
            view! {
                {url_field("Token URL", "auth-url", form.auth, look_at_auth)}
                <Reachability provider=form.provider reach=auth_reach />
            }
        });
    view! {
        {preset}
        {url_field("Base URL", "base-url", form.api, look)}
        <Reachability provider=form.provider reach=reach />
        {auth}
    }
}

/// A field for an address, which is looked at when it was changed.
fn url_field(
    label: &'static str,
    name: &'static str,
    url: Var<String>,
    look: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text"
                inputmode="url"
                name=name
                spellcheck="false"
                autocomplete="off"
                prop:value=move || url.get()
                on:change=move |event| {
                    url.set(event_target_value(&event));
                    look();
                }
            />
        </label>
    }
}

/// Which SIMs, how far back, and what else.
#[component]
fn Wanted(
    /// What is filled in.
    form: Form,
) -> impl IntoView {
    let connection: &'static Connection = connect(form.provider).connection();
    let retention = crate::provider::capability(form.provider).retention_days;
    let ranges = [(1, "24 hours"), (7, "7 days"), (30, "30 days")];
    let kept = retention.map(|days| format!("The provider keeps {days} days."));
    let option = move |label: &'static str, cost: String, value: Var<bool>| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || value.get()
                    on:change=move |event| value.set(event_target_checked(&event))
                />
                <span>{label}</span>
                <span class="dim">{cost}</span>
            </label>
        }
    };
    let calls = connection.cost.history_per_sim;
    let history = (!connection.cost.needs_history).then(|| {
        let cost = counted(
            u64::from(calls),
            "call for each SIM, at least",
            "calls for each SIM, at least",
        );
        option("Each SIM's history", cost, form.history)
    });
    let usage = connection
        .usage
        .map(|cost| option("Usage", cost.to_owned(), form.usage));
    let status_history = connection.status_history.map(|cost| {
        option(
            "Changes of the SIM's status",
            cost.to_owned(),
            form.status_history,
        )
    });
    let cell_locations = connection.cell_locations.map(|cost| {
        option(
            "Where the cells stand",
            cost.to_owned(),
            form.cell_locations,
        )
    });
    view! {
        <label class="check">
            <input
                type="radio"
                name="scope"
                prop:checked=move || form.all.get()
                prop:disabled=!connection.scope.all
                on:change=move |_| form.all.set(true)
            />
            <span>"Everything"</span>
            <span class="dim">{connection.scope.all_means}</span>
        </label>
        <label class="check">
            <input
                type="radio"
                name="scope"
                prop:checked=move || !form.all.get()
                on:change=move |_| form.all.set(false)
            />
            <span>"Only these"</span>
            <span class="dim">{connection.scope.identifiers}</span>
        </label>
        <Show when=move || !form.all.get()>
            <textarea
                name="identifiers"
                rows="3"
                spellcheck="false"
                aria-label="Identifiers, one on each line"
                placeholder="One on each line, or a pasted column"
                prop:value=move || form.identifiers.get()
                on:input=move |event| form.identifiers.set(event_target_value(&event))
            ></textarea>
        </Show>
        <label class="field">
            <span>"How far back"</span>
            <select
                name="days"
                prop:value=move || form.days.get().to_string()
                on:change=move |event| {
                    if let Ok(days) = event_target_value(&event).parse() {
                        form.days.set(days);
                    }
                }
            >
                {ranges
                    .into_iter()
                    .map(|(days, label)| {
                        view! { <option value=days.to_string() selected=days == 7>{label}</option> }
                    })
                    .map(IntoAny::into_any).collect_view()}
            </select>
            <span class="dim">{kept}</span>
        </label>
        {history}
        {usage}
        {status_history}
        {cell_locations}
    }
}

/// What "try it" found.
#[component]
fn Tried(
    /// The source that tries.
    source: Rc<Source>,
) -> impl IntoView {
    let status = source.status;
    move || {
        let status = status.get();
        if let Some(error) = status.error {
            return Some(view! { <Advise error=error /> }.into_any());
        }
        if let Some(trial) = status.trial {
            let records = counted(u64::from(trial.records), "record", "records");
            let more = if trial.more { ", and more follow" } else { "" };
            let text = match trial.records {
                0 => "✓ It works: signed in. The first page holds nothing.".to_owned(),
                _ => format!("✓ It works: signed in, {records} on the first page{more}."),
            };
            return Some(view! { <p class="reach ok">{text}</p> }.into_any());
        }
        let text = match status.phase {
            Phase::SigningIn => "Signing in…",
            Phase::Fetching => "Asking for a first page…",
            _ => return None,
        };
        Some(view! { <p class="dim">{text}</p> }.into_any())
    }
}
