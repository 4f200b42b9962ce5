//! WAYSCloud GlobalSIM: what it can tell and which answers it has.

mod fields;
mod map;
#[cfg(test)]
mod map_tests;
mod requests;
mod wire;

pub(super) use fields::FIELDS;

use super::{
    Answer, Capability, Envelope, Paging, Provider, ReadError, Record, Rows, Sessions, Shape,
    ValueKind, capability,
};
use crate::model::{ProviderId, TrafficUnit};

/// The adapter.
#[derive(Debug)]
pub struct Wayscloud;

const SESSIONS: u8 = 1;
const SESSION: u8 = 2;
const ACTIVITY: u8 = 3;
const EVENT: u8 = 4;
const DEVICE_SIM: u8 = 5;

const ID: ProviderId = ProviderId::Wayscloud;

/// What names the SIM beside the records. The activity of all SIMs has no such key.
const CONTEXT: &[&str] = &["iccid"];

/// What the vendor can tell.
pub static CAPABILITY: Capability = Capability {
    provider: ID,
    label: "WAYSCloud GlobalSIM",
    sessions: Sessions::Listed,
    session_calls: Paging::PerSim,
    events: true,
    usage: false,
    cells: false,
    places: false,
    cell_lookup: false,
    session_traffic: Some(TrafficUnit::Megabytes),
    same_answers_as: None,
    retention_days: None,
    inactive_statuses: capability::INACTIVE_IN_PLAIN_WORDS,
};

/// A record without an `iccid` says nothing of its SIM; a page may name it in its envelope, which
/// is known for certain only once the object is complete.
fn needs_sim(shape: &Shape<'_>) -> bool {
    shape.complete && !shape.has("iccid")
}

fn page(shape: &Shape<'_>) -> Option<Answer> {
    if shape.kind_of("sessions") == Some(ValueKind::Array) {
        return Some(Answer {
            needs_sim: needs_sim(shape),
            ..Answer::page(ID, SESSIONS, "SIM sessions", "sessions", CONTEXT)
        });
    }
    (shape.kind_of("activity") == Some(ValueKind::Array))
        .then(|| Answer::page(ID, ACTIVITY, "SIM activity", "activity", CONTEXT))
}

fn record(shape: &Shape<'_>) -> Option<Answer> {
    if !shape.complete {
        return None;
    }
    if shape.has("event_type") && shape.has_any(&["event_id", "timestamp"]) {
        return Some(Answer {
            needs_sim: needs_sim(shape),
            ..Answer::record(ID, EVENT, "SIM activity event")
        });
    }
    if shape.has_any(&["session_id", "start_time"])
        && shape.has_any(&["duration_seconds", "data_usage", "network", "start_time"])
    {
        return Some(Answer {
            needs_sim: needs_sim(shape),
            ..Answer::record(ID, SESSION, "SIM session")
        });
    }
    (shape.has("device_id") && shape.has_any(&["sim", "device_name"]))
        .then(|| Answer::record(ID, DEVICE_SIM, "Device SIM information"))
}

/// `{"error": {code, message}}`, or the framework's `{"detail": ...}`.
fn is_refusal(shape: &Shape<'_>) -> bool {
    let detail = [ValueKind::String, ValueKind::Object, ValueKind::Array].map(Some);
    shape.complete
        && (shape.kind_of("error") == Some(ValueKind::Object)
            || (shape.keys.len() == 1 && detail.contains(&shape.kind_of("detail"))))
}

impl Provider for Wayscloud {
    fn recognise(&self, shape: &Shape<'_>) -> Option<Answer> {
        page(shape)
            .or_else(|| record(shape))
            .or_else(|| is_refusal(shape).then(|| Answer::refusal(ID, "error")))
    }

    fn read(&self, record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
        match record.answer.code {
            SESSIONS | SESSION => map::session(record, rows),
            ACTIVITY | EVENT => map::event(record, rows),
            DEVICE_SIM => map::device_sim(record, rows),
            _ => Err(ReadError::bad("", "no record of this answer is read")),
        }
    }

    fn end_of_page(&self, answer: &Answer, envelope: &Envelope, rows: &mut dyn Rows) {
        if answer.code == SESSIONS {
            map::summary(envelope, rows);
        }
    }
}
