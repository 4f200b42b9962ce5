//! The calls of the shared resource tree. Query names are written exactly as the vendors document them; pages are followed by
//! the query of `next_page_url`, on the configured base alone.

use serde::Deserialize;

use crate::error::{Error, ErrorKind};
use crate::model::{Instant, ProviderId};
use crate::provider::connection::{Ask, Scope};
use crate::provider::json::Str;
use crate::provider::query::{Cursor, Page, Query, SimKey, Target, What};
use crate::provider::raw::Records;
use crate::provider::refusal::{of_status, unreadable};
use crate::provider::request::{Reply, Request, encoded, query_string};

/// The largest page that both vendors take.
const PAGE_SIZE: &str = "1000";

/// Whether it is the SID of a SIM: `DE` and 32 hexadecimal digits.
fn is_sim_sid(text: &str) -> bool {
    is_sid(text, "DE")
}

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The resource below the base, the name of the call, and the key of its array.
fn resource(
    provider: ProviderId,
    query: &Query,
) -> Result<(&'static str, String, &'static str), Error> {
    let unknown = || Error::input(provider, "This vendor has no such call.");
    let of_sim = |name: &str| match query.sim() {
        Some(sim) => Ok(format!("/Sims/{}/{name}", encoded(&sim.key))),
        None => Err(unknown()),
    };
    Ok(match (query.what, &query.of) {
        (What::Sims, Target::Fleet | Target::Matching(_)) => ("Sims", "/Sims".to_owned(), "sims"),
        (What::Sim, Target::Sim(sim)) => ("Sim", format!("/Sims/{}", encoded(&sim.key)), ""),
        (What::Sessions, _) => ("DataSessions", of_sim("DataSessions")?, "data_sessions"),
        (What::Usage, Target::Fleet) => {
            ("UsageRecords", "/UsageRecords".to_owned(), "usage_records")
        }
        (What::Usage, _) => ("UsageRecords", of_sim("UsageRecords")?, "usage_records"),
        _ => return Err(unknown()),
    })
}

/// Whole seconds, as the vendors write their times.
fn time(ms: i64) -> String {
    Instant::from_ms(ms - ms.rem_euclid(1000))
        .map(|at| at.to_string().replace(".000Z", "Z"))
        .unwrap_or_default()
}

/// The request for a page.
pub fn request(
    provider: ProviderId,
    query: &Query,
    cursor: Option<&Cursor>,
) -> Result<Request, Error> {
    let (operation, path, array) = resource(provider, query)?;
    if let Some(cursor) = cursor {
        return Ok(Request::get(operation, format!("{path}?{}", cursor.0)));
    }
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if let Target::Matching(iccid) = &query.of {
        pairs.push(("Iccid", iccid.clone()));
    }
    if query.what == What::Usage {
        pairs.push(("Granularity", "daily".to_owned()));
        if let Some(range) = query.range {
            pairs.push(("Start", time(range.from_ms)));
            pairs.push(("End", time(range.to_ms)));
        }
    }
    if !array.is_empty() {
        pairs.push(("PageSize", PAGE_SIZE.to_owned()));
    }
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Ok(Request::get(operation, path + &query_string(&pairs)))
}

#[derive(Deserialize)]
struct Meta<'b> {
    #[serde(borrow)]
    next_page_url: Option<Str<'b>>,
}

#[derive(Deserialize)]
struct Sim<'b> {
    #[serde(borrow)]
    sid: Option<Str<'b>>,
    iccid: Option<Str<'b>>,
}

/// Reads a page.
pub fn page<'b>(provider: ProviderId, query: &Query, reply: &'b Reply) -> Result<Page<'b>, Error> {
    let (operation, _, array) = resource(provider, query)?;
    let found =
        Records::read(&reply.body, array).map_err(|_| unreadable(provider, operation, reply))?;
    if array.is_empty() {
        let text = std::str::from_utf8(&reply.body).unwrap_or_default();
        return Ok(Page {
            records: vec![text.trim()],
            sims: vec![sim_key(text)],
            ..Page::default()
        });
    }
    if !found.has_array {
        return Err(unreadable(provider, operation, reply));
    }
    let meta: Option<Meta<'_>> = found.around("meta");
    let next = meta
        .and_then(|meta| meta.next_page_url)
        .and_then(|url| url.0.split_once('?').map(|(_, query)| query.to_owned()))
        .map(Cursor);
    let sims = match query.what {
        What::Sims => found.records.iter().map(|record| sim_key(record)).collect(),
        _ => Vec::new(),
    };
    Ok(Page {
        records: found.records,
        sims,
        next,
        ..Page::default()
    })
}

fn sim_key(record: &str) -> SimKey {
    let sim: Option<Sim<'_>> = serde_json::from_str(record).ok();
    let Some(sim) = sim else {
        return SimKey::default();
    };
    SimKey::new(sim.sid.map(|sid| sid.0).unwrap_or_default()).also(sim.iccid.map(|iccid| iccid.0))
}

/// The body of an error: `{code, message, status}`, KORE's gateway `{message, error}`, or its token endpoint's
/// `{error, error_description}`.
#[derive(Deserialize)]
struct Refusal<'b> {
    code: Option<i64>,
    #[serde(borrow)]
    message: Option<Str<'b>>,
    error: Option<Str<'b>>,
    error_description: Option<Str<'b>>,
}

/// Reads a refusal.
pub fn refusal(provider: ProviderId, operation: &'static str, reply: &Reply) -> Error {
    let mut error = of_status(provider, operation, reply);
    let Ok(body) = serde_json::from_slice::<Refusal<'_>>(&reply.body) else {
        return error;
    };
    let own = |text: Option<Str<'_>>| text.map(|text| text.0.into_owned());
    let said = own(body.error);
    if said.as_deref().is_some_and(|said| said.contains("expired")) {
        error.kind = ErrorKind::Expired;
    }
    error.code = body
        .code
        .map(|code| code.to_string())
        .or_else(|| said.clone());
    error.message = own(body.error_description)
        .or_else(|| own(body.message))
        .or(said);
    match body.code {
        Some(20429) => error.kind = ErrorKind::RateLimited,
        // Overloaded; with 429 the account asked too often.
        Some(33004) if reply.status != 429 => error.kind = ErrorKind::Outage,
        _ => {}
    }
    error
}

/// What is asked first.
pub fn fleet(provider: ProviderId, ask: &Ask) -> Result<Vec<Query>, Error> {
    let Scope::Some(identifiers) = &ask.scope else {
        return Ok(vec![Query::new(What::Sims, Target::Fleet)]);
    };
    identifiers
        .iter()
        .map(|identifier| {
            if is_sid(identifier, "HS") {
                return Err(Error::input(
                    provider,
                    format!(
                        "{identifier} is a Super SIM, which has no list of data sessions. Give SIMs of Programmable Wireless: \
                         their SIDs begin with DE."
                    ),
                ));
            }
            let is_iccid = identifier.len() >= 18 && identifier.bytes().all(|b| b.is_ascii_digit());
            Ok(match (is_sim_sid(identifier), is_iccid) {
                (false, true) => Query::new(What::Sims, Target::Matching(identifier.clone())),
                // Anything else is taken for the SIM's unique name, which this call takes as well.
                _ => Query::new(What::Sim, Target::Sim(SimKey::new(identifier.clone()))),
            })
        })
        .collect()
}

/// What is asked for each SIM.
pub fn of_sim(ask: &Ask, sim: &SimKey) -> Vec<Query> {
    let target = || Target::Sim(sim.clone());
    // The vendors take no range for sessions: at most 30 days, whichever they choose.
    let mut queries = vec![Query::new(What::Sessions, target())];
    if ask.usage {
        queries.push(Query::new(What::Usage, target()).over(ask.range));
    }
    queries
}

/// One round of watching: the sessions of each SIM, for there is no call for several.
pub fn round(sims: &[SimKey]) -> Vec<Query> {
    let sessions = |sim: &SimKey| Query::new(What::Sessions, Target::Sim(sim.clone()));
    sims.iter().map(sessions).collect()
}

/// What the two vendors' `Connect` have in common: all but the sign-in.
macro_rules! shared_calls {
    ($id:expr) => {
        fn trial(
            &self,
            _ask: &$crate::provider::connection::Ask,
        ) -> $crate::provider::query::Query {
            $crate::provider::query::Query::new(
                $crate::provider::query::What::Sims,
                $crate::provider::query::Target::Fleet,
            )
        }

        fn request(
            &self,
            query: &$crate::provider::query::Query,
            cursor: Option<&$crate::provider::query::Cursor>,
            _account: &$crate::provider::connection::Account,
            _pass: &$crate::provider::request::Pass,
        ) -> Result<$crate::provider::request::Request, $crate::error::Error> {
            $crate::provider::wireless::requests::request($id, query, cursor)
        }

        fn page<'b>(
            &self,
            query: &$crate::provider::query::Query,
            _cursor: Option<&$crate::provider::query::Cursor>,
            _account: &$crate::provider::connection::Account,
            reply: &'b $crate::provider::request::Reply,
        ) -> Result<$crate::provider::query::Page<'b>, $crate::error::Error> {
            $crate::provider::wireless::requests::page($id, query, reply)
        }

        fn refusal(
            &self,
            operation: &'static str,
            reply: &$crate::provider::request::Reply,
        ) -> $crate::error::Error {
            $crate::provider::wireless::requests::refusal($id, operation, reply)
        }

        fn fleet(
            &self,
            ask: &$crate::provider::connection::Ask,
        ) -> Result<Vec<$crate::provider::query::Query>, $crate::error::Error> {
            $crate::provider::wireless::requests::fleet($id, ask)
        }

        fn of_sim(
            &self,
            ask: &$crate::provider::connection::Ask,
            sim: &$crate::provider::query::SimKey,
        ) -> Vec<$crate::provider::query::Query> {
            $crate::provider::wireless::requests::of_sim(ask, sim)
        }

        fn round(
            &self,
            _ask: &$crate::provider::connection::Ask,
            sims: &[$crate::provider::query::SimKey],
            _since_ms: i64,
            _now_ms: i64,
        ) -> Vec<$crate::provider::query::Query> {
            $crate::provider::wireless::requests::round(sims)
        }
    };
}
pub(in crate::provider) use shared_calls;
