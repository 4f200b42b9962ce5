//! Soracom: what it can tell and which answers it has. Sessions come from two places: the state
//! inside a SIM (`sessionStatus`, `previousSession`) and session events, from which the store
//! rebuilds history; each record becomes one part of a session here.

mod fields;
mod map;
mod requests;
mod wire;

pub(super) use fields::FIELDS;

use super::{Answer, Capability, Paging, Provider, ReadError, Record, Rows, Sessions};
use super::{Shape, ValueKind};
use crate::model::ProviderId;

/// The adapter.
#[derive(Debug)]
pub struct Soracom;

/// The codes of [`Answer::code`].
mod code {
    pub const SIM: u8 = 1;
    pub const SUBSCRIBER: u8 = 2;
    pub const SESSION_EVENT: u8 = 3;
    pub const STATUS_HISTORY: u8 = 4;
    pub const AIR_STATS: u8 = 5;
    pub const CELL_LOCATION: u8 = 6;
}

/// What the vendor can tell.
pub static CAPABILITY: Capability = Capability {
    provider: ProviderId::Soracom,
    label: "Soracom",
    sessions: Sessions::FromEvents,
    session_calls: Paging::PerSim,
    events: true,
    usage: true,
    cells: true,
    places: false,
    cell_lookup: true,
    session_traffic: None,
    same_answers_as: None,
    retention_days: Some(32),
    inactive_statuses: &["inactive", "standby", "suspended", "terminated"],
};

impl Provider for Soracom {
    fn recognise(&self, shape: &Shape<'_>) -> Option<Answer> {
        // Every answer is a bare object or an array of such, so it is told by all of its keys.
        if !shape.complete {
            return None;
        }
        let record = |code, name| Some(Answer::record(ProviderId::Soracom, code, name));
        if is_session_event(shape) {
            record(code::SESSION_EVENT, "listSimSessionEvents")
        } else if shape.has("applyDateTimeEpochSec") {
            record(code::STATUS_HISTORY, "listSimStatusHistory")
        } else if shape.has_all(&["unixtime", "dataTrafficStatsMap"]) {
            record(code::AIR_STATS, "getAirStatsOfSim").map(|answer| Answer {
                needs_sim: true,
                ..answer
            })
        } else if is_cell_location(shape) {
            record(code::CELL_LOCATION, "getCellLocation")
        } else if is_sim(shape) {
            if shape.has("imsi") {
                record(code::SUBSCRIBER, "listSubscribers")
            } else {
                record(code::SIM, "listSims")
            }
        } else if is_refusal(shape) {
            Some(Answer::refusal(ProviderId::Soracom, "error"))
        } else {
            None
        }
    }

    fn read(&self, record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
        match record.answer.code {
            code::SIM | code::SUBSCRIBER => map::sim(record, rows),
            code::SESSION_EVENT => map::session_event(record, rows),
            code::STATUS_HISTORY => map::status_change(record, rows),
            code::AIR_STATS => map::air_stats(record, rows),
            code::CELL_LOCATION => map::cell_location(record, rows),
            _ => Err(ReadError::bad("", "not an answer of Soracom that is read")),
        }
    }
}

fn is_session_event(shape: &Shape<'_>) -> bool {
    shape.has_all(&["time", "event"])
        && shape.has_any(&["createdTime", "sessionId", "imsi", "ueIpAddress"])
}

/// A tower's position. OpenCelliD's own answers look alike but say `cellid` and `radio`.
fn is_cell_location(shape: &Shape<'_>) -> bool {
    shape.has_all(&["lat", "lon"])
        && shape.has_any(&["range", "avg_strength", "exact", "identifier"])
        && !shape.has_any(&["cellid", "radio", "changeable", "mcc"])
}

/// A SIM or a subscriber: both carry the same state and differ in where they name their IMSI.
fn is_sim(shape: &Shape<'_>) -> bool {
    shape.has_any(&["simId", "imsi"])
        && shape.has_any(&[
            "sessionStatus",
            "previousSession",
            "profiles",
            "activeProfileId",
            "speedClass",
            "moduleType",
            "operatorId",
            "serialNumber",
            "locationRegistrationStatus",
            "lastLocationUpdateTime",
        ])
}

/// `{"code": "...", "message": "..."}` and nothing else. A message alone could be anybody's.
fn is_refusal(shape: &Shape<'_>) -> bool {
    shape.kind_of("code") == Some(ValueKind::String)
        && shape
            .keys
            .iter()
            .all(|(key, _)| matches!(*key, "code" | "message"))
}

#[cfg(test)]
mod tests;
