//! The event log, `POST /thing/searchCDR`. It has no offset and no documented order, so it is paged by time: a page with as
//! many rows as were asked for may have been cut, and is asked for again in two halves of its window. The names of its bounds
//! say that windows are half-open, so halves share no row; a row that came twice nevertheless does no harm.

use serde::Serialize;

use crate::error::Error;
use crate::model::Instant;
use crate::provider::query::{Query, TimeRange};
use crate::provider::request::{Pass, Request};

use super::{ID, account, thing_id};

/// Its name among the answers.
pub const OPERATION: &str = "thing/searchCDR";
/// The filter that asks for more rows of a millisecond that cannot be halved.
const LIMIT: &str = "limit";
/// The documented number of rows. A larger one is not asked for as long as windows can be halved: should the vendor silently
/// keep to less, a cut page would look whole.
const USUAL: usize = 50;
/// The search engine whose output the log is gives no more by default.
const MOST: usize = 10_000;

/// The documented body; empty filters are taken for "all".
#[derive(Serialize)]
struct Search<'a> {
    #[serde(rename = "ThingIdELK")]
    thing_id: &'a str,
    #[serde(rename = "SeverityELK")]
    severity: &'a str,
    #[serde(rename = "gteTimestampELK")]
    from: String,
    #[serde(rename = "ltTimestampELK")]
    to: String,
    #[serde(rename = "EsDataTypeELK")]
    es_data_type: &'a str,
    #[serde(rename = "MessageTypeELK")]
    message_type: &'a str,
    /// A string, as documented.
    limit: String,
}

/// The request for the rows of a window.
pub fn request(query: &Query, key: &str, pass: &Pass) -> Result<Request, Error> {
    let range = query
        .range
        .filter(|range| range.from_ms < range.to_ms)
        .ok_or_else(|| Error::input(ID, "The log is asked for over a range of time."))?;
    let customer = pass.value(account::CUSTOMER_ID).ok_or_else(|| {
        Error::input(
            ID,
            "The log needs the customer ID, which the sign-in did not tell. Sign in with a token and the customer ID.",
        )
    })?;
    let search = Search {
        thing_id: &thing_id(key)?,
        severity: "",
        from: time(range.from_ms)?,
        to: time(range.to_ms)?,
        es_data_type: "",
        message_type: "",
        limit: limit(query).to_string(),
    };
    let json = serde_json::to_string(&search)
        .map_err(|_| Error::input(ID, "The log cannot be asked for."))?;
    let mut request = Request::post_json(OPERATION, "/thing/searchCDR", json);
    request.headers.push(("apikey", customer.clone()));
    Ok(request)
}

fn time(ms: i64) -> Result<String, Error> {
    let at = Instant::from_ms(ms)
        .ok_or_else(|| Error::input(ID, "The range must lie within the years 0 to 9999."))?;
    Ok(at.to_string())
}

fn limit(query: &Query) -> usize {
    let found = query.filters.iter().find(|(name, _)| *name == LIMIT);
    found
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(USUAL)
        .clamp(1, MOST)
}

/// What to ask where a window has so many rows that some may be missing: its halves; of a single millisecond, more rows, up to
/// the most that are given. Empty where the window is complete, or as complete as it can be.
pub fn rest(query: &Query, rows: usize) -> Vec<Query> {
    let limit = limit(query);
    let Some(range) = query.range.filter(|_| rows >= limit) else {
        return Vec::new();
    };
    let length = range.to_ms.saturating_sub(range.from_ms);
    if length > 1 {
        let middle = range.from_ms + length / 2;
        let part = |from_ms, to_ms| query.clone().over(TimeRange { from_ms, to_ms });
        return vec![part(range.from_ms, middle), part(middle, range.to_ms)];
    }
    if limit >= MOST {
        return Vec::new();
    }
    let mut longer = query.clone();
    longer.filters.retain(|(name, _)| *name != LIMIT);
    longer
        .filters
        .push((LIMIT, (limit * 2).min(MOST).to_string()));
    vec![longer]
}
