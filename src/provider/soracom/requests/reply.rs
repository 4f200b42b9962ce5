//! What Soracom's replies say: their records, whose they are, where the next page begins, what went wrong, what is left of
//! the limit.

use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::ID;
use super::call::{CELLS_PER_CALL, Call, Holds, Number, PAGE_SIZE, call};
use crate::error::{Error, ErrorKind};
use crate::provider::json::{Digits, Object, Str};
use crate::provider::query::{Cursor, Page, Query, SimKey, Target, TimeRange, What};
use crate::provider::raw::Records;
use crate::provider::refusal::of_status;
use crate::provider::request::Reply;
use crate::provider::soracom::wire;

const NEXT_KEY: &str = "x-soracom-next-key";
const LIMIT_LEFT: &str = "x-soracom-ratelimit-remaining";
const LIMIT_SECONDS: &str = "x-soracom-ratelimit-seconds-before-refresh";
/// The limits are counted by the minute, so no wait is longer.
const LONGEST_WAIT_S: u64 = 60;

/// Reads a reply of status 2xx.
pub fn page<'b>(
    query: &Query,
    cursor: Option<&Cursor>,
    reply: &'b Reply,
) -> Result<Page<'b>, Error> {
    let call = call(query)?;
    let unreadable = || disguised(call.operation, reply);
    let found = Records::read(&reply.body, "").map_err(|_| unreadable())?;
    if call.holds == Holds::One {
        let text = std::str::from_utf8(&reply.body).map_err(|_| unreadable())?;
        let sim = sim_key(text);
        if found.has_array || sim.key.is_empty() {
            return Err(unreadable());
        }
        return Ok(Page {
            records: vec![text.trim()],
            sims: vec![sim],
            ..Page::default()
        });
    }
    if !found.has_array {
        return Err(unreadable());
    }
    let records = found.records;
    let sims: Vec<SimKey> = match query.what {
        What::Sims | What::Subscribers => records.iter().map(|record| sim_key(record)).collect(),
        _ => Vec::new(),
    };
    let more = match (&query.of, query.what) {
        // What a search left out is asked for by itself, so such a search has one page.
        (Target::Sims(asked), _) => left_out(asked, &sims),
        (Target::Cells(cells), _) => cells
            .get(CELLS_PER_CALL..)
            .filter(|rest| !rest.is_empty())
            .map(|rest| Query::new(query.what, Target::Cells(rest.to_vec())))
            .into_iter()
            .collect(),
        (_, What::StatusHistory) if !tells_of_pages(reply) => {
            earlier(query, &records).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let next = match query.of {
        Target::Sims(_) => None,
        _ => next(&call, cursor, &records, reply),
    };
    Ok(Page {
        records,
        sims,
        next,
        more,
        ..Page::default()
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key<'b> {
    #[serde(borrow)]
    sim_id: Option<Str<'b>>,
    iccid: Option<Str<'b>>,
    imsi: Option<Str<'b>>,
    profiles: Option<wire::Entries<'b, Option<wire::Profile<'b>>>>,
}

/// The SIM that a SIM's or a subscriber's record is about; nameless where the record cannot be read.
fn sim_key(record: &str) -> SimKey {
    let Ok(read) = serde_json::from_str::<Key<'_>>(record) else {
        return SimKey::default();
    };
    let mut names: Vec<String> = Vec::new();
    let mut name = |text: Option<Str<'_>>| {
        if let Some(text) = text.and_then(Str::non_empty)
            && !names.iter().any(|known| *known == text)
        {
            names.push(text.into_owned());
        }
    };
    name(read.sim_id);
    name(read.imsi);
    name(read.iccid);
    for (iccid, profile) in read.profiles.into_iter().flat_map(|profiles| profiles.0) {
        name(Some(iccid));
        let Some(profile) = profile else { continue };
        name(profile.iccid);
        name(profile.primary_imsi);
        for (imsi, _) in profile.subscribers.into_iter().flat_map(|all| all.0) {
            name(Some(imsi));
        }
    }
    let mut names = names.into_iter();
    SimKey {
        key: names.next().unwrap_or_default(),
        also: names.collect(),
    }
}

/// Those of the SIMs asked for that a search did not find: its index lags, and a page may be shorter than asked for.
fn left_out(asked: &[SimKey], found: &[SimKey]) -> Vec<Query> {
    // The vendor compares parts: digits without a check digit find the whole number.
    let has = |sim: &SimKey, text: &str| {
        sim.key.contains(text) || sim.also.iter().any(|other| other.contains(text))
    };
    asked
        .iter()
        .filter(|sim| !found.iter().any(|known| has(known, &sim.key)))
        .map(alone)
        .collect()
}

/// The question for one SIM by its number.
pub fn alone(sim: &SimKey) -> Query {
    Query::new(What::Sim, target(sim))
}

/// A SIM as calls name it: by its IMSI where the vendor gave no ID.
pub fn target(sim: &SimKey) -> Target {
    match Number::of(&sim.key) {
        Some(Number::Imsi) => Target::Imsi(sim.key.clone()),
        _ => Target::Sim(sim.clone()),
    }
}

/// Whether this page may read the headers that tell of the next page: where any of the vendor's own can be read, all can.
fn tells_of_pages(reply: &Reply) -> bool {
    let own = |name: &str| name == "link" || name.starts_with("x-soracom-");
    reply.headers.iter().any(|(name, _)| own(name))
}

/// Where the next page begins.
fn next(call: &Call, cursor: Option<&Cursor>, records: &[&str], reply: &Reply) -> Option<Cursor> {
    if call.holds != Holds::Pages {
        return None;
    }
    let key = match reply.header(NEXT_KEY).map(str::trim) {
        Some(key) => Some(key.to_owned()).filter(|key| !key.is_empty()),
        None if tells_of_pages(reply) => reply.header("link").and_then(key_of_link),
        // A page may be shorter than asked for without being the last, so only an empty one ends it.
        None => records
            .last()
            .and_then(|record| key_of_record(call.operation, record)),
    };
    key.map(Cursor).filter(|next| Some(next) != cursor)
}

/// The key in `</v1/sims?last_evaluated_key=1>; rel=next`. Only the key is used, so no reply leads elsewhere.
fn key_of_link(link: &str) -> Option<String> {
    link.split('<').skip(1).find_map(|part| {
        let (url, parameters) = part.split_once('>')?;
        let is_next = parameters.split([';', ',']).any(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                name.trim().eq_ignore_ascii_case("rel")
                    && value.trim().trim_matches('"').eq_ignore_ascii_case("next")
            })
        });
        let query = url.split_once('?').filter(|_| is_next)?.1;
        let key = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("last_evaluated_key="))?;
        let key = percent_decode_str(key).decode_utf8().ok()?;
        (!key.is_empty()).then(|| key.into_owned())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Last<'b> {
    #[serde(borrow)]
    sim_id: Option<Str<'b>>,
    imsi: Option<Str<'b>>,
    /// Epoch milliseconds.
    time: Option<i64>,
    apply_date_time_epoch_sec: Option<i64>,
}

/// What the vendor documents the key to be, for a browser that may not read the headers.
fn key_of_record(operation: &str, record: &str) -> Option<String> {
    let last: Last<'_> = serde_json::from_str(record).ok()?;
    let text = |value: Option<Str<'_>>| value.and_then(Str::non_empty).map(Into::into);
    match operation {
        "listSims" | "searchSims" => text(last.sim_id),
        "listSubscribers" => text(last.imsi),
        "listSimSessionEvents" | "listSessionEvents" => last.time.map(|time| time.to_string()),
        // The key of the status history holds a millisecond that its records do not tell: see `earlier`.
        _ => None,
    }
}

/// The rest of a full page of the status history (newest first), whose key cannot be made: the same up to its last second.
fn earlier(query: &Query, records: &[&str]) -> Option<Query> {
    let last: Last<'_> = serde_json::from_str(records.last()?).ok()?;
    let to_ms = last
        .apply_date_time_epoch_sec?
        .checked_add(1)?
        .checked_mul(1000)?;
    let (from_ms, before) = match query.range {
        Some(range) => (range.from_ms, range.to_ms),
        None => (0, i64::MAX),
    };
    let goes_on = records.len() >= PAGE_SIZE && from_ms < to_ms && to_ms < before;
    goes_on.then(|| query.clone().over(TimeRange { from_ms, to_ms }))
}

/// `{"code": "SEM0001", "message": "…"}`; either may be missing, and a gateway answers in plain text.
#[derive(Deserialize)]
struct Refusal<'b> {
    #[serde(borrow)]
    code: Option<Digits<'b>>,
    #[serde(borrow)]
    message: Option<Str<'b>>,
}

/// Reads a refusal.
pub fn refusal(operation: &'static str, reply: &Reply) -> Error {
    let mut error = of_status(ID, operation, reply);
    if error.kind == ErrorKind::RateLimited {
        let named = number(reply, LIMIT_SECONDS);
        let wait = named
            .map(|seconds| seconds.saturating_mul(1000))
            .or(error.retry_after_ms);
        error.retry_after_ms = wait.map(|ms| ms.clamp(1000, LONGEST_WAIT_S * 1000));
    }
    if let Ok(Object(said)) = serde_json::from_slice::<Object<Refusal<'_>>>(&reply.body) {
        error.code = said.code.map(|code| match code {
            Digits::Text(text) => text.into_owned(),
            Digits::Number(number) => number.to_string(),
        });
        let message = said.message.and_then(Str::non_empty);
        error.message = message.map(Into::into).or(error.message);
    }
    error
}

/// A reply of 2xx that is not what was asked for: a refusal after all, or nothing readable.
pub fn disguised(operation: &'static str, reply: &Reply) -> Error {
    let error = refusal(operation, reply);
    match error.code {
        Some(_) => Error {
            kind: ErrorKind::Refused,
            ..error
        },
        None => error,
    }
}

/// An account without SIMs: the vendor answers 404 `No such SIM found` to a list. Any other 404 is a wrong address.
pub fn is_empty(query: &Query, reply: &Reply) -> bool {
    let is_list =
        query.what == What::Sims && matches!(query.of, Target::Fleet | Target::Matching(_));
    is_list
        && reply.status == 404
        && refusal("listSims", reply)
            .message
            .is_some_and(|message| message.to_ascii_lowercase().contains("no such sim"))
}

/// What is left of the limit, and for how many milliseconds.
pub fn quota(reply: &Reply) -> Option<(u32, u64)> {
    let left = number(reply, LIMIT_LEFT)?;
    let seconds = number(reply, LIMIT_SECONDS).unwrap_or(LONGEST_WAIT_S);
    let left = u32::try_from(left).unwrap_or(u32::MAX);
    Some((left, seconds.min(LONGEST_WAIT_S) * 1000))
}

fn number(reply: &Reply, header: &str) -> Option<u64> {
    reply.header(header)?.trim().parse().ok()
}
