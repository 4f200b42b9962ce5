//! The calls of WAYSCloud GlobalSIM. There is no list of SIMs: the activity of all SIMs stands for it, and is the one answer
//! that tells of several SIMs in one call. Sessions take a call for each SIM. Pages go by offset.
//!
//! Dates are whole days of a time zone that no document names, and whether the last one is included is not told either. So a
//! range is asked for in UTC days, half a day earlier (no zone is further west) and a day later; what lies outside the range
//! comes along and is shown.
//!
//! Of named SIMs the activity is asked for in three ways, for the fewest calls: of a few, each one's own, which tells most but
//! takes no dates; of more, that of all SIMs filtered by each ICCID; of very many, and of more than a few in a round of
//! watching, that of all SIMs once, in which the named ones are found.

mod account;
mod answer;
mod call;
mod refused;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use super::{ID, Wayscloud};
use crate::error::Error;
use crate::model::Instant;
use crate::provider::connect::{Connect, Entry};
use crate::provider::connection::{Account, Ask, Connection, Scope};
use crate::provider::query::{Cursor, Page, Query, SimKey, Target, TimeRange, What};
use crate::provider::raw::Records;
use crate::provider::refusal::unreadable;
use crate::provider::request::{Pass, Reply, Request, query_string};
use call::Call;

/// The largest page that the vendor takes, and the one that is asked for.
const LARGEST_PAGE: usize = 100;
/// So many named SIMs are asked for their own activity, which tells network codes and signals.
const FEW: usize = 5;
/// Of more than these, each one's activity is no longer asked for on its own.
const MANY: usize = 200;
const DAY_MS: i64 = 86_400_000;
/// A smaller page than the largest.
const LIMIT: &str = "limit";

/// What the visitor typed is an ICCID; anything else is taken for a device's ID.
fn is_iccid(text: &str) -> bool {
    // An ICCID's length differs, and device IDs are words.
    text.len() >= 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The identifiers that the visitor named.
fn named(scope: &Scope) -> impl Iterator<Item = &str> {
    let identifiers: &[String] = match scope {
        Scope::All => &[],
        Scope::Some(identifiers) => identifiers,
    };
    let trimmed = identifiers.iter().map(|text| text.trim());
    trimmed.filter(|text| !text.is_empty())
}

/// The device by whose ID the visitor named this SIM.
fn named_device(scope: &Scope, sim: &SimKey) -> Option<String> {
    let found = named(scope).find(|identifier| !is_iccid(identifier) && sim.is(identifier));
    found.map(str::to_owned)
}

/// The activity of these SIMs; of more than `single` of them in one question.
fn activity(mut sims: Vec<SimKey>, single: usize, range: TimeRange) -> Vec<Query> {
    sims.retain(|sim| !sim.key.is_empty());
    let count = sims.len();
    let targets: Vec<Target> = if count > single {
        vec![Target::Sims(sims)]
    } else if count > FEW {
        let alone = |sim| Target::Sims(vec![sim]);
        sims.into_iter().map(alone).collect()
    } else {
        sims.into_iter().map(Target::Sim).collect()
    };
    targets
        .into_iter()
        .map(|of| Query::new(What::Events, of).over(range))
        .collect()
}

/// The rows that a page of this query may hold.
fn limit(query: &Query) -> usize {
    filter(query, LIMIT)
        .and_then(|text| text.parse().ok())
        .unwrap_or(LARGEST_PAGE)
        .clamp(1, LARGEST_PAGE)
}

fn filter<'q>(query: &'q Query, name: &str) -> Option<&'q str> {
    let found = query.filters.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_str())
}

fn offset(cursor: Option<&Cursor>) -> usize {
    cursor
        .and_then(|cursor| cursor.0.parse().ok())
        .unwrap_or_default()
}

/// `2026-02-01`, in UTC.
fn day(ms: i64) -> Result<String, Error> {
    let at = Instant::from_ms(ms)
        .ok_or_else(|| Error::input(ID, "The range must lie within the years 0 to 9999."))?;
    Ok(at.to_string().chars().take("2026-02-01".len()).collect())
}

impl Connect for Wayscloud {
    fn connection(&self) -> &'static Connection {
        &account::CONNECTION
    }

    fn enter(&self, account: &Account) -> Result<Entry, Error> {
        account::pass(account).map(Entry::Pass)
    }

    /// One event of any SIM.
    fn trial(&self, _ask: &Ask) -> Query {
        let mut query = Query::new(What::Events, Target::Fleet);
        query.filters.push((LIMIT, "1".to_owned()));
        query
    }

    fn request(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        _account: &Account,
        _pass: &Pass,
    ) -> Result<Request, Error> {
        let call = Call::of(query)?;
        let mut names = query.filters.iter().map(|(name, _)| name);
        if let Some(name) = names.find(|name| **name != LIMIT && !call.filters.contains(name)) {
            return Err(Error::input(
                ID,
                format!("{} takes no {name}.", call.operation),
            ));
        }
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if call.array.is_some() {
            pairs.push((LIMIT, limit(query).to_string()));
            pairs.push(("offset", offset(cursor).to_string()));
        }
        for name in call.filters {
            pairs.extend(filter(query, name).map(|value| (*name, value.to_owned())));
        }
        if let Target::Sims(sims) = &query.of
            && let [sim] = sims.as_slice()
        {
            pairs.retain(|(name, _)| *name != "iccid");
            pairs.push(("iccid", sim.key.clone()));
        }
        if let Some(range) = query.range.filter(|_| call.dates) {
            let last_ms = range.to_ms.saturating_sub(1).max(range.from_ms);
            let from_ms = range.from_ms.saturating_sub(DAY_MS / 2);
            pairs.push(("start_date", day(from_ms)?));
            pairs.push(("end_date", day(last_ms.saturating_add(DAY_MS))?));
        }
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Ok(Request::get(
            call.operation,
            call.path + &query_string(&pairs),
        ))
    }

    /// `sims` is filled for a device's SIM, and for activity, which stands for a list of SIMs.
    fn page<'b>(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        _account: &Account,
        reply: &'b Reply,
    ) -> Result<Page<'b>, Error> {
        let call = Call::of(query)?;
        let found = Records::read(&reply.body, call.array.unwrap_or_default())
            .map_err(|_| unreadable(ID, call.operation, reply))?;
        if call.array.is_none() {
            let mut keys = found.around.iter().map(|(key, _)| key);
            if found.has_array || !keys.any(|key| key == "device_id" || key == "sim") {
                return Err(refused::disguised(call.operation, reply));
            }
            return Ok(answer::device_page(query, reply));
        }
        if !found.has_array {
            return Err(refused::disguised(call.operation, reply));
        }
        let sims = match query.what {
            What::Events => answer::sims_of_activity(&found, query, cursor.is_none()),
            _ => Vec::new(),
        };
        Ok(Page {
            next: answer::next(&found, limit(query), offset(cursor)),
            records: found.records,
            sims,
            ..Page::default()
        })
    }

    fn refusal(&self, operation: &'static str, reply: &Reply) -> Error {
        refused::refusal(operation, reply)
    }

    /// All: the activity of all SIMs. Named: the activity of the SIMs named by ICCID, and the SIM of each device.
    fn fleet(&self, ask: &Ask) -> Result<Vec<Query>, Error> {
        if ask.scope == Scope::All {
            return Ok(vec![
                Query::new(What::Events, Target::Fleet).over(ask.range),
            ]);
        }
        let mut once = FxHashSet::default();
        let (iccids, devices): (Vec<&str>, Vec<&str>) = named(&ask.scope)
            .filter(|identifier| once.insert(*identifier))
            .partition(|identifier| is_iccid(identifier));
        let sims = iccids.into_iter().map(SimKey::new).collect();
        let mut queries = activity(sims, MANY, ask.range);
        for id in devices {
            call::device(id)?;
            queries.push(Query::new(What::Sim, Target::Device(id.to_owned())));
        }
        Ok(queries)
    }

    /// The sessions, where history is wanted; and the activity of a device, which no call of the fleet view told.
    fn of_sim(&self, ask: &Ask, sim: &SimKey) -> Vec<Query> {
        if sim.key.is_empty() {
            return Vec::new();
        }
        let device = named_device(&ask.scope, sim);
        let target = device
            .clone()
            .map_or_else(|| Target::Sim(sim.clone()), Target::Device);
        let mut queries = Vec::new();
        if ask.history {
            queries.push(Query::new(What::Sessions, target.clone()).over(ask.range));
        }
        if device.is_some() {
            queries.push(Query::new(What::Events, target).over(ask.range));
        }
        queries
    }

    /// What is new is known from events: one call for all SIMs, or for each of a few that were named. The largest page costs no
    /// more than a small one.
    fn round(&self, ask: &Ask, sims: &[SimKey], since_ms: i64, now_ms: i64) -> Vec<Query> {
        let range = TimeRange {
            from_ms: since_ms,
            to_ms: now_ms.saturating_add(1),
        };
        if ask.scope == Scope::All {
            return vec![Query::new(What::Events, Target::Fleet).over(range)];
        }
        let mut by_iccid = Vec::new();
        let mut devices = Vec::new();
        for sim in sims {
            match named_device(&ask.scope, sim) {
                Some(id) => devices.push(Query::new(What::Events, Target::Device(id)).over(range)),
                None => by_iccid.push(sim.clone()),
            }
        }
        let mut queries = activity(by_iccid, FEW, range);
        queries.append(&mut devices);
        queries
    }

    /// Without dates, which go by the start of a session: what ended may have begun long ago.
    fn changed(&self, sim: &SimKey, _range: TimeRange) -> Vec<Query> {
        vec![Query::new(What::Sessions, Target::Sim(sim.clone()))]
    }
}
