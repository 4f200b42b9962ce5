//! The calls of Monogoto's console API, reads alone: the list of SIMs ("things"), their state, 50 in one call, one SIM with its
//! place, and the log. A list of past sessions does not exist.

mod account;
mod log;
mod refused;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::Monogoto;
use crate::error::Error;
use crate::model::ProviderId;
use crate::provider::connect::{Connect, Entry};
use crate::provider::connection::{Account, Ask, Connection, Scope};
use crate::provider::json::Str;
use crate::provider::query::{Cursor, Page, Query, SimKey, Target, TimeRange, What};
use crate::provider::raw::Records;
use crate::provider::refusal::unreadable;
use crate::provider::request::{Pass, Reply, Request, encoded, query_string};

const ID: ProviderId = ProviderId::Monogoto;
/// The largest page of SIMs, and so many are asked for in one call of state.
const PAGE: usize = 50;
/// What stands before the ICCID in a thing's ID.
const THING_PREFIX: &str = "ThingId_ICCID_";
const THINGS: &str = "things";
const THING: &str = "thing";
const STATUS: &str = "thing/status";

/// The ID of a thing by which the calls name it, of that ID or of an ICCID, whose length differs.
fn thing_id(text: &str) -> Result<String, Error> {
    let (iccid, fits): (_, fn(&u8) -> bool) = match text.strip_prefix(THING_PREFIX) {
        Some(iccid) => (iccid, u8::is_ascii_alphanumeric),
        None => (text, u8::is_ascii_digit),
    };
    if iccid.is_empty() || !iccid.as_bytes().iter().all(fits) {
        return Err(Error::input(
            ID,
            format!("{text:?} is neither an ICCID nor a thing's ID, ThingId_ICCID_ and the ICCID."),
        ));
    }
    Ok(format!("{THING_PREFIX}{iccid}"))
}

/// A SIM by its thing's ID, known by its ICCID as well.
fn sim_of(thing_id: String) -> SimKey {
    let iccid = thing_id.strip_prefix(THING_PREFIX).map(str::to_owned);
    SimKey::new(thing_id).also(iccid)
}

/// Fifteen digits are an IMEI: no ICCID is so short.
fn is_imei(text: &str) -> bool {
    text.len() == 15 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The states of these SIMs, 50 in one call, those that come first in the first calls. Whatever their order, the same SIMs are
/// asked for together each time: what an answer says is compared with what the same question brought before.
fn states(sims: &[SimKey]) -> Vec<Query> {
    let mut places: Vec<(&SimKey, usize)> = sims.iter().zip(0..).collect();
    places.retain(|(sim, _)| !sim.key.is_empty());
    places.sort_by_key(|(sim, _)| sim.key.as_str());
    let mut calls: Vec<&[(&SimKey, usize)]> = places.chunks(PAGE).collect();
    calls.sort_by_key(|call| call.iter().map(|(_, place)| *place).min());
    calls
        .into_iter()
        .map(|call| call.iter().map(|(sim, _)| (*sim).clone()).collect())
        .map(|sims| Query::new(What::State, Target::Sims(sims)))
        .collect()
}

fn asked(query: &Query) -> &[SimKey] {
    match &query.of {
        Target::Sim(sim) => std::slice::from_ref(sim),
        Target::Sims(sims) => sims,
        _ => &[],
    }
}

fn no_such_call() -> Error {
    Error::input(ID, "This vendor has no such call.")
}

fn offset(cursor: Option<&Cursor>) -> usize {
    cursor
        .and_then(|cursor| cursor.0.parse().ok())
        .unwrap_or_default()
}

/// The list of SIMs, in an order in which the offset keeps its meaning.
fn things(imei: Option<&str>, cursor: Option<&Cursor>) -> Request {
    let (limit, offset) = (PAGE.to_string(), offset(cursor).to_string());
    let mut pairs = vec![
        ("limit", limit.as_str()),
        ("offset", offset.as_str()),
        ("sortBy[ThingName]", "ASC"),
    ];
    pairs.extend(imei.map(|imei| ("filterBy[IMEI]", imei)));
    Request::get(THINGS, format!("/things{}", query_string(&pairs)))
}

/// The state of up to 50 SIMs. How several IDs are to be separated is not documented; a comma is usual.
fn status(sims: &[SimKey]) -> Result<Request, Error> {
    if sims.is_empty() || sims.len() > PAGE {
        return Err(Error::input(
            ID,
            "The state is asked for of 1 to 50 SIMs in one call.",
        ));
    }
    let ids: Vec<String> = sims
        .iter()
        .map(|sim| thing_id(&sim.key).map(|id| encoded(&id)))
        .collect::<Result<_, _>>()?;
    let ids = ids.join(",");
    Ok(Request::get(
        STATUS,
        format!("/thing/status?ThingIds={ids}&limit={PAGE}&offset=0"),
    ))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Thing<'b> {
    #[serde(borrow)]
    thing_id: Option<Str<'b>>,
    /// The ICCID.
    external_unique_id: Option<Str<'b>>,
}

/// The SIM that a record is about; empty where it names none.
fn sim_key(record: &str) -> SimKey {
    let Ok(thing) = serde_json::from_str::<Thing<'_>>(record) else {
        return SimKey::default();
    };
    let iccid = thing.external_unique_id.and_then(Str::non_empty);
    match (thing.thing_id.and_then(Str::non_empty), iccid) {
        (Some(id), Some(iccid)) => SimKey::new(id).also(Some(iccid)),
        (Some(id), None) => sim_of(id.into_owned()),
        (None, Some(iccid)) => sim_of(format!("{THING_PREFIX}{iccid}")),
        (None, None) => SimKey::default(),
    }
}

fn sim_keys(records: &[&str]) -> Vec<SimKey> {
    records.iter().map(|record| sim_key(record)).collect()
}

/// A bare array, which ends with a page that is not full.
fn things_page<'b>(cursor: Option<&Cursor>, reply: &'b Reply) -> Result<Page<'b>, Error> {
    let found = Records::read(&reply.body, "").map_err(|_| unreadable(ID, THINGS, reply))?;
    if !found.has_array {
        return Err(refused::disguised(THINGS, reply));
    }
    let count = found.records.len();
    Ok(Page {
        sims: sim_keys(&found.records),
        next: (count >= PAGE).then(|| Cursor((offset(cursor) + count).to_string())),
        records: found.records,
        ..Page::default()
    })
}

/// One SIM: a bare object.
fn thing_page(reply: &Reply) -> Result<Page<'_>, Error> {
    let found = Records::read(&reply.body, "").map_err(|_| unreadable(ID, THING, reply))?;
    let text = std::str::from_utf8(&reply.body).unwrap_or_default().trim();
    let sim = sim_key(text);
    if found.has_array || sim.key.is_empty() || refused::says_no(&reply.body) {
        return Err(refused::disguised(THING, reply));
    }
    Ok(Page {
        records: vec![text],
        sims: vec![sim],
        ..Page::default()
    })
}

/// The states, and questions for each SIM alone that an answer about several left out.
fn status_page<'b>(query: &Query, reply: &'b Reply) -> Result<Page<'b>, Error> {
    let found = Records::read(&reply.body, "Data").map_err(|_| unreadable(ID, STATUS, reply))?;
    let success: Option<bool> = found.around("Success");
    let is_null = |(key, json): &(_, &str)| key == "Data" && *json == "null";
    let has_data = found.has_array || success == Some(true) && found.around.iter().any(is_null);
    if success == Some(false) || !has_data {
        return Err(refused::disguised(STATUS, reply));
    }
    let sims = sim_keys(&found.records);
    let asked = asked(query);
    let missing = asked.iter().filter(|sim| {
        let id = thing_id(&sim.key).unwrap_or_default();
        !sims.iter().any(|found| found.is(&id))
    });
    let more = if asked.len() > 1 {
        missing
            .map(|sim| Query::new(What::State, Target::Sims(vec![sim.clone()])))
            .collect()
    } else {
        Vec::new()
    };
    Ok(Page {
        records: found.records,
        sims,
        more,
        ..Page::default()
    })
}

/// Rows of the log. Of a page that may have been cut, nothing is lost: its rows come again.
fn log_page<'b>(query: &Query, reply: &'b Reply) -> Result<Page<'b>, Error> {
    let found =
        Records::read(&reply.body, "hits").map_err(|_| unreadable(ID, log::OPERATION, reply))?;
    if !found.has_array {
        return Err(refused::disguised(log::OPERATION, reply));
    }
    let more = log::rest(query, found.records.len());
    Ok(Page {
        records: found.records,
        partial: !more.is_empty(),
        more,
        ..Page::default()
    })
}

impl Connect for Monogoto {
    fn connection(&self) -> &'static Connection {
        &account::CONNECTION
    }

    fn enter(&self, account: &Account) -> Result<Entry, Error> {
        account::enter(account)
    }

    fn entered(&self, _account: &Account, reply: &Reply, _now_ms: i64) -> Result<Pass, Error> {
        account::entered(reply)
    }

    /// The list of SIMs; of named ones, one SIM's state, which is the documented call.
    fn trial(&self, ask: &Ask) -> Query {
        let named = match &ask.scope {
            Scope::Some(identifiers) => identifiers.iter(),
            Scope::All => [].iter(),
        };
        let mut ids = named
            .map(|text| text.trim())
            .filter(|text| !is_imei(text))
            .filter_map(|text| thing_id(text).ok());
        match ids.next() {
            Some(id) => Query::new(What::State, Target::Sims(vec![sim_of(id)])),
            None => Query::new(What::Sims, Target::Fleet),
        }
    }

    fn request(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        _account: &Account,
        pass: &Pass,
    ) -> Result<Request, Error> {
        match (query.what, &query.of) {
            (What::Sims, Target::Fleet) => Ok(things(None, cursor)),
            (What::Sims, Target::Matching(imei)) if is_imei(imei) => Ok(things(Some(imei), cursor)),
            (What::Sims, Target::Matching(_)) => Err(Error::input(
                ID,
                "SIMs are found by IMEI alone, which is 15 digits.",
            )),
            (What::Sim, Target::Sim(sim)) => {
                let id = thing_id(&sim.key)?;
                Ok(Request::get(THING, format!("/thing/{}", encoded(&id))))
            }
            (What::State, Target::Sim(_) | Target::Sims(_)) => status(asked(query)),
            (What::Events, Target::Sim(sim)) => log::request(query, &sim.key, pass),
            _ => Err(no_such_call()),
        }
    }

    fn page<'b>(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        _account: &Account,
        reply: &'b Reply,
    ) -> Result<Page<'b>, Error> {
        match query.what {
            What::Sims => things_page(cursor, reply),
            What::Sim => thing_page(reply),
            What::State => status_page(query, reply),
            What::Events => log_page(query, reply),
            _ => Err(no_such_call()),
        }
    }

    fn refusal(&self, operation: &'static str, reply: &Reply) -> Error {
        refused::refusal(operation, reply)
    }

    /// All: the list. Named: their states in the fewest calls, and each one alone for its cell and place; those named by IMEI
    /// are looked for in the list.
    fn fleet(&self, ask: &Ask) -> Result<Vec<Query>, Error> {
        let Scope::Some(identifiers) = &ask.scope else {
            return Ok(vec![Query::new(What::Sims, Target::Fleet)]);
        };
        let mut once = FxHashSet::default();
        let (mut lists, mut sims) = (Vec::new(), Vec::new());
        for text in identifiers.iter().map(|text| text.trim()) {
            if text.is_empty() {
                continue;
            }
            if is_imei(text) {
                if once.insert(text.to_owned()) {
                    lists.push(Query::new(What::Sims, Target::Matching(text.to_owned())));
                }
                continue;
            }
            let id = thing_id(text)?;
            if once.insert(id.clone()) {
                sims.push(sim_of(id));
            }
        }
        let mut queries = lists;
        queries.extend(states(&sims));
        let alone = |sim| Query::new(What::Sim, Target::Sim(sim));
        queries.extend(sims.into_iter().map(alone));
        Ok(queries)
    }

    fn batch(&self, _ask: &Ask, sims: &[SimKey]) -> Vec<Query> {
        states(sims)
    }

    fn of_sim(&self, ask: &Ask, sim: &SimKey) -> Vec<Query> {
        if sim.key.is_empty() || !ask.history {
            return Vec::new();
        }
        vec![Query::new(What::Events, Target::Sim(sim.clone())).over(ask.range)]
    }

    /// The throughput of an open session may differ at each reading; that alone is no change of the SIM's state.
    fn essence<'r>(&self, query: &Query, record: &'r str) -> Cow<'r, str> {
        if query.what != What::State {
            return record.into();
        }
        let mut kept: Cow<'r, str> = record.into();
        for field in ["\"UplinkThroughput\"", "\"DownlinkThroughput\""] {
            let Some(at) = kept.find(field) else { continue };
            let rest = kept.get(at..).unwrap_or_default();
            let length = rest.find([',', '}']).unwrap_or(rest.len());
            let mut without = kept.into_owned();
            without.replace_range(at..at + length, "");
            kept = without.into();
        }
        kept
    }

    fn round(&self, _ask: &Ask, sims: &[SimKey], _since_ms: i64, _now_ms: i64) -> Vec<Query> {
        states(sims)
    }

    fn changed(&self, sim: &SimKey, range: TimeRange) -> Vec<Query> {
        vec![
            Query::new(What::Sim, Target::Sim(sim.clone())),
            Query::new(What::Events, Target::Sim(sim.clone())).over(range),
        ]
    }
}
