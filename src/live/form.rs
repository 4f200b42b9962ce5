//! What the visitor fills in. Fields come from the vendor's own description; nothing here knows a vendor.

use leptos::prelude::*;

use crate::app::Var;
use crate::error::Error;
use crate::model::ProviderId;
use crate::provider::connect;
use crate::provider::connection::{Account, Ask, Field, Scope};
use crate::provider::secret::Secret;

/// Everything that is filled in, for one vendor.
#[derive(Clone, Copy)]
pub struct Form {
    /// The vendor.
    pub provider: ProviderId,
    /// Name of the way to sign in.
    pub way: Var<String>,
    /// The fields, by name.
    pub fields: Var<Vec<(String, Secret)>>,
    /// Base URL of the API.
    pub api: Var<String>,
    /// Base URL of the token endpoint; empty where there is none.
    pub auth: Var<String>,
    /// What the visitor calls the account, where the sign-in does not tell which it is.
    pub account_name: Var<String>,
    /// All SIMs.
    pub all: Var<bool>,
    /// Identifiers, as they were typed.
    pub identifiers: Var<String>,
    /// How far back, days.
    pub days: Var<i64>,
    /// Each SIM's history too.
    pub history: Var<bool>,
    /// Usage too.
    pub usage: Var<bool>,
    /// Changes of the life-cycle status too.
    pub status_history: Var<bool>,
    /// Where the cells stand too.
    pub cell_locations: Var<bool>,
}

impl Form {
    /// The vendor's form, empty.
    pub fn new(provider: ProviderId) -> Self {
        let connection = connect(provider).connection();
        let way = connection.ways.first().map_or("", |way| way.name);
        let base = connection.bases.first();
        Self {
            provider,
            way: Var::new(way.to_owned()),
            fields: Var::default(),
            api: Var::new(base.map_or("", |base| base.api).to_owned()),
            auth: Var::new(base.and_then(|base| base.auth).unwrap_or("").to_owned()),
            account_name: Var::default(),
            all: Var::new(connection.scope.all),
            identifiers: Var::default(),
            days: Var::new(7),
            // Where the vendor lists sessions, they are what the visitor came for.
            history: Var::new(
                crate::provider::capability(provider).sessions == crate::provider::Sessions::Listed,
            ),
            usage: Var::new(false),
            status_history: Var::new(false),
            cell_locations: Var::new(false),
        }
    }

    /// The account, checked as far as it can be without asking.
    pub fn account(&self) -> Result<Account, Error> {
        let connection = connect(self.provider).connection();
        let base = |text: String, name: &str| {
            crate::provider::connection::checked_base(&text)
                .map_err(|why| Error::input(self.provider, format!("{name}: {why}")))
        };
        let auth = self.auth.get_untracked();
        let account = Account {
            way: self.way.get_untracked(),
            fields: self.fields.get_untracked(),
            api: base(self.api.get_untracked(), "Base URL")?,
            auth: match connection.bases.first().and_then(|base| base.auth) {
                Some(_) => Some(base(auth, "Token URL")?),
                None => None,
            },
            vouched: false,
        };
        match account.missing(connection) {
            Some(field) => Err(Error::input(
                self.provider,
                format!("{} is missing.", field.label),
            )),
            None => Ok(account),
        }
    }

    /// What is wanted.
    pub fn ask(&self) -> Result<Ask, Error> {
        let scope = if self.all.get_untracked() {
            Scope::All
        } else {
            let text = self.identifiers.get_untracked();
            let split = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
            let mut identifiers: Vec<String> = Vec::new();
            for identifier in split
                .map(|one| one.trim_matches('"'))
                .filter(|one| !one.is_empty())
            {
                if !identifiers.iter().any(|known| known == identifier) {
                    identifiers.push(identifier.to_owned());
                }
            }
            if identifiers.is_empty() {
                return Err(Error::input(
                    self.provider,
                    "Type or paste at least one identifier.",
                ));
            }
            Scope::Some(identifiers)
        };
        let cost = connect(self.provider).connection().cost;
        let named = matches!(scope, Scope::Some(_));
        Ok(Ask {
            scope,
            range: super::state::last_days(self.days.get_untracked()),
            history: self.history.get_untracked() || cost.needs_history || named,
            usage: self.usage.get_untracked(),
            status_history: self.status_history.get_untracked(),
            cell_locations: self.cell_locations.get_untracked(),
        })
    }

    fn set_field(self, name: &'static str, value: String) {
        self.fields.update(|fields| {
            fields.retain(|(known, _)| known != name);
            fields.push((name.to_owned(), Secret::new(value)));
        });
    }

    /// Forgets what was typed as a secret.
    pub fn forget(self) {
        self.fields.set(Vec::new());
    }
}

/// The fields of the chosen way to sign in.
#[component]
pub fn SignInFields(
    /// What is filled in.
    form: Form,
) -> impl IntoView {
    let connection = connect(form.provider).connection();
    let choice = (connection.ways.len() > 1).then(|| {
        view! {
            <label class="field">
                <span>"Sign in with"</span>
                <select
                    prop:value=move || form.way.get()
                    on:change=move |event| {
                        form.forget();
                        form.way.set(event_target_value(&event));
                    }
                >
                    {connection.ways.iter().map(|way| view! { <option value=way.name>{way.label}</option> }).map(IntoAny::into_any).collect_view()}
                </select>
            </label>
        }
    });
    view! {
        {choice}
        {move || {
            connection
                .way(&form.way.get())
                .map(|way| {
                    view! {
                        {way.fields.iter().map(|field| view! { <FieldView form=form field=field /> }).map(IntoAny::into_any).collect_view()}
                        <p class="dim">{way.note}</p>
                    }
                })
        }}
    }
}

#[component]
fn FieldView(
    /// What is filled in.
    form: Form,
    /// The field.
    field: &'static Field,
) -> impl IntoView {
    let kind = if field.secret { "password" } else { "text" };
    // The label goes with the browser's own manager of passwords only where the visitor wants that: nothing is suggested.
    let label = if field.optional {
        format!("{} (optional)", field.label)
    } else {
        field.label.to_owned()
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type=kind
                name=field.name
                placeholder=field.hint
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                on:input=move |event| form.set_field(field.name, event_target_value(&event))
            />
        </label>
    }
}
