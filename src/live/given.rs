//! Sources that the host page gives, instead of a visitor who fills in the form. What it gives is checked as the form is, before
//! anything changes. Its credentials are of this instance's memory alone.

use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::source::{Source, now};
use super::state::{Given, Live, last_days};
use crate::app::Json;
use crate::model::ProviderId;
use crate::provider::connection::{Account, Ask, Connection, Scope, checked_base};
use crate::provider::secret::Secret;
use crate::provider::{Sessions, capability, connect};
use crate::transport::driver::Driver;

/// So far back is fetched where nothing is said.
const DAYS: i64 = 7;
/// More often nothing is watched.
const LEAST_WATCH_MS: f64 = 30_000.0;

/// One source, checked.
struct Checked {
    provider: ProviderId,
    account: Account,
    ask: Ask,
    given: Given,
    watch_ms: Option<i64>,
}

impl Live {
    /// Takes the sources that the host page gives in place of those that it gave before.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them, in words; nothing has changed then.
    pub fn set_given(&self, list: JsValue) -> Result<(), String> {
        let list = Json::of(list);
        if !list.is_list() {
            return Err(
                "sources is a list, as [{ provider: \"kore\", credentials: { … } }].".to_owned(),
            );
        }
        let items = list.items();
        let checked = items
            .iter()
            .enumerate()
            .map(|(at, source)| checked(source).map_err(|why| format!("sources[{at}]: {why}")));
        let checked: Vec<Checked> = checked.collect::<Result<_, _>>()?;
        for id in self.given.get_value() {
            self.remove(id);
        }
        let mut ids = Vec::new();
        for one in checked {
            let source = self.begin(one.provider, one.account, one.ask.clone(), one.given);
            ids.push(source.id);
            self.keep(Rc::clone(&source));
            start(&source, one.ask, one.watch_ms);
        }
        self.given.set_value(ids);
        Ok(())
    }
}

fn start(source: &Rc<Source>, ask: Ask, watch_ms: Option<i64>) {
    source.begin(ask, move |driver: &mut Driver| {
        if let Some(every) = watch_ms {
            driver.watch(every, now());
        }
    });
}

fn checked(source: &Json) -> Result<Checked, String> {
    let provider = source.get("provider").text().unwrap_or_default();
    let provider = ProviderId::from_name(&provider).ok_or_else(|| {
        let all = ProviderId::ALL.map(ProviderId::as_str).join(", ");
        format!("provider is one of {all}.")
    })?;
    let connection = connect(provider).connection();
    let fetch = source.get("fetch");
    let fetch: Option<Function> = if fetch.is_there() {
        let function = fetch.into_value().dyn_into();
        Some(function.map_err(|_| "fetch is a function.")?)
    } else {
        None
    };
    let fields = fields_of(&source.get("credentials"), connection)?;
    let way = way_of(&source.get("credentials"), &fields, connection)?;
    let bases = connection.bases.first();
    let base = |name: &str, usual: Option<&str>| -> Result<Option<String>, String> {
        let given = source.get("baseUrls").get(name).text();
        let text = given.or_else(|| usual.map(ToOwned::to_owned));
        text.map(|text| checked_base(&text))
            .transpose()
            .map_err(|why| format!("baseUrls.{name}: {why}"))
    };
    let mut account = Account {
        way,
        fields,
        api: base("api", bases.map(|base| base.api))?.unwrap_or_default(),
        auth: match bases.and_then(|base| base.auth) {
            Some(usual) => base("auth", Some(usual))?,
            None => None,
        },
        vouched: false,
    };
    let missing = account.missing(connection);
    account.vouched = fetch.is_some() && missing.is_some();
    if let (false, Some(field)) = (account.vouched, missing) {
        return Err(format!(
            "credentials.{} is missing. Give it, or a fetch of your own that signs the calls in.",
            field.name
        ));
    }
    Ok(Checked {
        provider,
        account,
        ask: ask_of(source, provider, connection)?,
        given: Given {
            name: source.get("name").text().filter(|name| !name.is_empty()),
            fetch,
            account: None,
        },
        watch_ms: source
            .get("watch")
            .number()
            .map(|seconds| (seconds * 1000.0).max(LEAST_WATCH_MS) as i64),
    })
}

/// The credentials by the names of the vendor's fields; one that it has not is a mistake, of which only the name is told.
fn fields_of(credentials: &Json, connection: &Connection) -> Result<Vec<(String, Secret)>, String> {
    let mut fields = Vec::new();
    for name in credentials.keys() {
        if name == "way" {
            continue;
        }
        let known = connection.ways.iter().flat_map(|way| way.fields);
        if !known.clone().any(|field| field.name == name) {
            let mut names: Vec<&str> = known.map(|field| field.name).collect();
            names.sort_unstable();
            names.dedup();
            return Err(format!(
                "credentials has no {name}: its fields are {}.",
                names.join(", ")
            ));
        }
        let value = credentials.get(&name);
        let value = value
            .text()
            .or_else(|| value.number().map(crate::app::words::short));
        let value = value.ok_or_else(|| format!("credentials.{name} is a text."))?;
        fields.push((name, Secret::new(value)));
    }
    Ok(fields)
}

/// The way that is named, else the first of which all fields are there.
fn way_of(
    credentials: &Json,
    fields: &[(String, Secret)],
    connection: &Connection,
) -> Result<String, String> {
    let named = credentials.get("way");
    if named.is_there() {
        let name = named.text();
        let is_known = connection
            .ways
            .iter()
            .any(|way| Some(way.name) == name.as_deref());
        return name.filter(|_| is_known).ok_or_else(|| {
            let names: Vec<&str> = connection.ways.iter().map(|way| way.name).collect();
            format!("credentials.way is one of {}.", names.join(", "))
        });
    }
    let has = |name: &str| fields.iter().any(|(known, _)| known == name);
    let complete = connection.ways.iter().find(|way| {
        let needed = way.fields.iter().filter(|field| !field.optional);
        needed.clone().all(|field| has(field.name))
    });
    let way = complete.or(connection.ways.first());
    Ok(way.map_or("", |way| way.name).to_owned())
}

fn ask_of(source: &Json, provider: ProviderId, connection: &Connection) -> Result<Ask, String> {
    let sims = source.get("sims");
    let named: Vec<String> = sims.items().iter().filter_map(Json::text).collect();
    let scope = if sims.is_list() {
        if named.is_empty() {
            return Err("sims names no SIM: leave it out for all of them.".to_owned());
        }
        Scope::Some(named)
    } else if connection.scope.all {
        Scope::All
    } else {
        return Err(format!(
            "sims is missing: this vendor lists none. Give {}.",
            connection.scope.identifiers
        ));
    };
    let wish = |name: &str| source.get(name).truth();
    let days = source
        .get("days")
        .number()
        .map_or(DAYS, |days| days.clamp(1.0, 366.0) as i64);
    let lists = capability(provider).sessions == Sessions::Listed;
    let history = wish("history").unwrap_or(lists);
    Ok(Ask {
        history: history || connection.cost.needs_history || matches!(scope, Scope::Some(_)),
        scope,
        range: last_days(days),
        usage: wish("usage").unwrap_or(false) && connection.usage.is_some(),
        status_history: wish("statusHistory").unwrap_or(false)
            && connection.status_history.is_some(),
        cell_locations: wish("cellLocations").unwrap_or(false)
            && connection.cell_locations.is_some(),
    })
}
