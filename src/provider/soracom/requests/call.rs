//! Which of Soracom's calls answers a question: its path, its parameters and its body.

use serde::Serialize;

use super::ID;
use crate::error::Error;
use crate::provider::query::{CellQuery, Cursor, Query, SimKey, Target, TimeRange, What};
use crate::provider::request::{Request, encoded, query_string};

/// The largest page where the vendor states one. For lists of SIMs and events it states none; it only says that a page may
/// be smaller than asked for.
pub const PAGE_SIZE: usize = 100;
/// Cells in one look-up. The vendor states no limit.
pub const CELLS_PER_CALL: usize = 100;
/// Up to this span usage is asked for by about 5 minutes, beyond it by day. The vendor keeps minutes for 32 days, which
/// cannot be checked here: nobody tells the time.
const MINUTES_SPAN_MS: i64 = 2 * 24 * 3_600_000;
/// The vendor refuses shorter search values.
const SEARCH_CHARS: usize = 2;

/// What a call's answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A bare array, in pages.
    Pages,
    /// A bare array, at once.
    All,
    /// A bare object.
    One,
}

/// One call.
#[derive(Debug)]
pub struct Call {
    /// The vendor's name of it.
    pub operation: &'static str,
    /// What its answer is.
    pub holds: Holds,
    path: String,
    pairs: Vec<(&'static str, String)>,
    body: Option<String>,
}

impl Call {
    fn new(operation: &'static str, holds: Holds, path: String) -> Self {
        Self {
            operation,
            holds,
            path,
            pairs: Vec::new(),
            body: None,
        }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.pairs.push((name, value.to_string()));
        self
    }

    /// Epoch milliseconds, as events and the status history take them.
    fn over_ms(self, range: Option<TimeRange>) -> Self {
        match range {
            Some(range) => self
                .with("from", range.from_ms.max(0))
                .with("to", range.to_ms.max(0)),
            None => self,
        }
    }
}

/// The call for a question.
pub fn call(query: &Query) -> Result<Call, Error> {
    let unknown = || Error::input(ID, "This vendor has no such call.");
    let pages = |operation, path: String| Call::new(operation, Holds::Pages, path);
    let sim = |sim: &SimKey| segment(&sim.key);
    let mut call = match (query.what, &query.of) {
        (What::Sims, Target::Fleet) => pages("listSims", "/sims".to_owned()),
        (What::Sims, Target::Matching(text)) => matching(text)?,
        (What::Sims, Target::Sims(sims)) => search(sims)?,
        (What::Subscribers, Target::Fleet) => pages("listSubscribers", "/subscribers".to_owned()),
        (What::Sim, Target::Sim(key)) => {
            Call::new("getSim", Holds::One, format!("/sims/{}", sim(key)?))
        }
        (What::Sim, Target::Imsi(imsi)) => Call::new(
            "getSubscriber",
            Holds::One,
            format!("/subscribers/{}", segment(imsi)?),
        ),
        // A `from` of more than 32 days ago is cut silently by the vendor. It is sent as it is: nobody tells the time here.
        (What::Events, Target::Sim(key)) => pages(
            "listSimSessionEvents",
            format!("/sims/{}/events/sessions", sim(key)?),
        )
        .over_ms(query.range),
        (What::Events, Target::Imsi(imsi)) => pages(
            "listSessionEvents",
            format!("/subscribers/{}/events/sessions", segment(imsi)?),
        )
        .over_ms(query.range),
        (What::StatusHistory, Target::Sim(key)) => pages(
            "listSimStatusHistory",
            format!("/sims/{}/statuses/history", sim(key)?),
        )
        .over_ms(query.range)
        .with("sort", "desc"),
        (What::Usage, Target::Sim(key)) => air_stats(
            "getAirStatsOfSim",
            format!("/stats/air/sims/{}", sim(key)?),
            query.range,
        )?,
        (What::Usage, Target::Imsi(imsi)) => air_stats(
            "getAirStats",
            format!("/stats/air/subscribers/{}", segment(imsi)?),
            query.range,
        )?,
        (What::CellLocations, Target::Cells(cells)) => cell_locations(cells)?,
        _ => return Err(unknown()),
    };
    if call.holds == Holds::Pages {
        call = call.with("limit", PAGE_SIZE);
    }
    for (name, value) in &query.filters {
        call.pairs.retain(|(known, _)| known != name);
        call.pairs.push((name, value.clone()));
    }
    Ok(call)
}

/// The request for a page.
pub fn request(query: &Query, cursor: Option<&Cursor>) -> Result<Request, Error> {
    let mut call = call(query)?;
    if let Some(cursor) = cursor {
        call = call.with("last_evaluated_key", &cursor.0);
    }
    let pairs: Vec<(&str, &str)> = call
        .pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let path = call.path + &query_string(&pairs);
    Ok(match call.body {
        Some(json) => Request::post_json(call.operation, path, json),
        None => Request::get(call.operation, path),
    })
}

/// An identifier in a path; without one the path would be that of the list.
fn segment(identifier: &str) -> Result<String, Error> {
    match identifier {
        "" | "." | ".." => Err(Error::input(ID, "That is no identifier of a SIM.")),
        _ => Ok(encoded(identifier)),
    }
}

fn search_sims() -> Call {
    Call::new("searchSims", Holds::Pages, "/query/sims".to_owned())
}

/// SIMs with a text in their name or their identifiers.
fn matching(text: &str) -> Result<Call, Error> {
    // The vendor splits values at commas and would find either half. The longest piece finds all that the whole would.
    let piece = text.split(',').map(str::trim).max_by_key(|s| s.len());
    let piece = piece.unwrap_or_default();
    if piece.chars().count() < SEARCH_CHARS {
        return Err(Error::input(
            ID,
            "To search, give 2 characters or more of a name or an identifier.",
        ));
    }
    let fields = ["name", "sim_id", "iccid", "imsi", "msisdn", "serial_number"];
    let call = fields
        .into_iter()
        .fold(search_sims(), |call, field| call.with(field, piece));
    Ok(call.with("search_type", "or"))
}

/// Several SIMs by their identifiers, each in the fields that can hold it. A SIM's ID is the ICCID of four cards in five, so
/// the digits of an ICCID are searched as both.
fn search(sims: &[SimKey]) -> Result<Call, Error> {
    let mut call = search_sims();
    for sim in sims {
        let key = &sim.key;
        if key.chars().count() < SEARCH_CHARS || key.contains(',') {
            return Err(Error::input(ID, "That is no identifier of a SIM."));
        }
        let fields: &[&'static str] = match Number::of(key) {
            Some(Number::Imsi) => &["imsi"],
            Some(Number::Eid) => &["sim_id"],
            _ => &["sim_id", "iccid"],
        };
        for field in fields {
            call = call.with(field, key);
        }
    }
    if call.pairs.is_empty() {
        return Err(Error::input(ID, "No SIM is named."));
    }
    Ok(call.with("search_type", "or"))
}

/// What a number of that many digits is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// 15 digits.
    Imsi,
    /// 18 to 20 digits; perhaps the SIM's ID as well.
    Iccid,
    /// 32 digits, the ID of an eUICC's SIM.
    Eid,
}

impl Number {
    /// Which it is; null for anything else.
    pub fn of(text: &str) -> Option<Self> {
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        match text.len() {
            15 => Some(Self::Imsi),
            18..=20 => Some(Self::Iccid),
            32 => Some(Self::Eid),
            _ => None,
        }
    }
}

/// Usage: epoch seconds, unlike everywhere else, and all three parameters are required.
fn air_stats(
    operation: &'static str,
    path: String,
    range: Option<TimeRange>,
) -> Result<Call, Error> {
    let Some(TimeRange { from_ms, to_ms }) = range else {
        return Err(Error::input(ID, "Usage is told over a range of time only."));
    };
    let (from, to) = (from_ms.max(0), to_ms.max(0));
    let short = to.saturating_sub(from) <= MINUTES_SPAN_MS;
    Ok(Call::new(operation, Holds::All, path)
        .with("from", from.div_euclid(1000))
        .with("to", to.saturating_add(999).div_euclid(1000))
        .with("period", if short { "minutes" } else { "day" }))
}

/// A cell of `batchGetCellLocations`, whose values are all texts.
#[derive(Serialize)]
struct Cell {
    mcc: String,
    mnc: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tac: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eci: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lac: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cid: Option<String>,
    identifier: String,
}

/// Positions of cells. One cell is asked for like several: the reply of the call for one names no cell.
fn cell_locations(cells: &[CellQuery]) -> Result<Call, Error> {
    let asked: Vec<Cell> = cells
        .iter()
        .take(CELLS_PER_CALL)
        .map(|cell| {
            let mcc = format!("{:03}", cell.mcc);
            let (area, id) = (cell.area.to_string(), cell.cell.to_string());
            Cell {
                // The form that `map::cell_location` reads back.
                identifier: format!("{mcc}-{}-{area}-{id}", cell.mnc),
                mcc,
                mnc: cell.mnc.clone(),
                tac: cell.lte.then(|| area.clone()),
                eci: cell.lte.then(|| id.clone()),
                lac: (!cell.lte).then_some(area),
                cid: (!cell.lte).then_some(id),
            }
        })
        .collect();
    if asked.is_empty() {
        return Err(Error::input(ID, "No cell is named."));
    }
    let json = serde_json::to_string(&asked)
        .map_err(|_| Error::input(ID, "These cells cannot be written as JSON."))?;
    Ok(Call {
        body: Some(json),
        ..Call::new(
            "batchGetCellLocations",
            Holds::All,
            "/cell_locations".to_owned(),
        )
    })
}
