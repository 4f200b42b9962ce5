//! Monogoto's console API: what it can tell and which answers it has. It tells the current state
//! of a SIM ("thing"), its last position, and a log of undocumented vocabulary. There is no list of
//! past sessions: history grows from the log and from repeated readings of the state.

mod fields;
mod map;
mod requests;
mod wire;

pub(super) use fields::FIELDS;

use super::{Answer, Capability, Envelope, Paging, Provider, ReadError, Record, Rows, Sessions};
use super::{Shape, ValueKind, capability};
use crate::model::{ProviderId, TrafficUnit, Warning};

/// The adapter.
#[derive(Debug)]
pub struct Monogoto;

/// The codes of [`Answer::code`].
mod code {
    pub const STATUS: u8 = 1;
    pub const THING: u8 = 2;
    pub const LOG: u8 = 3;
}

/// What the vendor can tell.
pub static CAPABILITY: Capability = Capability {
    provider: ProviderId::Monogoto,
    label: "Monogoto",
    sessions: Sessions::CurrentOnly,
    session_calls: Paging::PerSim,
    events: true,
    usage: false,
    cells: true,
    places: true,
    cell_lookup: false,
    session_traffic: Some(TrafficUnit::Unknown),
    same_answers_as: None,
    retention_days: None,
    inactive_statuses: capability::INACTIVE_IN_PLAIN_WORDS,
};

impl Provider for Monogoto {
    fn recognise(&self, shape: &Shape<'_>) -> Option<Answer> {
        const ME: ProviderId = ProviderId::Monogoto;
        if is_status_page(shape) {
            return Some(Answer::page(ME, code::STATUS, "thing/status", "Data", &[]));
        }
        if shape.ends_with_array("hits")
            || shape.complete && shape.kind_of("hits") == Some(ValueKind::Array)
        {
            return Some(Answer {
                needs_sim: true,
                ..Answer::page(ME, code::LOG, "thing/searchCDR", "hits", &[])
            });
        }
        if !shape.complete {
            return None;
        }
        if is_status(shape) {
            Some(Answer::record(ME, code::STATUS, "thing/status"))
        } else if is_thing(shape) {
            Some(Answer::record(ME, code::THING, "thing"))
        } else if shape.kind_of("_source") == Some(ValueKind::Object) {
            Some(Answer {
                needs_sim: true,
                ..Answer::record(ME, code::LOG, "thing/searchCDR")
            })
        } else if is_refusal(shape) {
            Some(Answer::refusal(ME, "error"))
        } else {
            None
        }
    }

    fn read(&self, record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
        match record.answer.code {
            code::STATUS => map::status(record, rows),
            code::THING => map::thing(record, rows),
            code::LOG => map::log_row(record, rows),
            _ => Err(ReadError::bad("", "not an answer of Monogoto that is read")),
        }
    }

    /// `Success: false` comes with status 200 and perhaps an empty list, which must not look like
    /// an account without SIMs.
    fn end_of_page(&self, answer: &Answer, envelope: &Envelope, rows: &mut dyn Rows) {
        if answer.code == code::STATUS && envelope.parse("Success") == Some(false) {
            let told = envelope.text("Message").filter(|text| !text.is_empty());
            rows.warning(Warning {
                field: Some("Success".to_owned()),
                ..Warning::new(
                    "vendor_refused",
                    match told {
                        Some(text) => format!("Monogoto refused the request. It says: {text}"),
                        None => "Monogoto refused the request and does not say why.".to_owned(),
                    },
                )
            });
        }
    }
}

/// The envelope `{Success, Message, Data[]}`, in any order of its keys.
fn is_status_page(shape: &Shape<'_>) -> bool {
    let envelope = shape
        .keys
        .iter()
        .all(|(key, _)| matches!(*key, "Success" | "Message" | "Data"));
    shape.ends_with_array("Data") && envelope
        || shape.complete
            && shape.kind_of("Data") == Some(ValueKind::Array)
            && shape.has_any(&["Success", "Message"])
}

/// One element of that page on its own. `ConnectionStatus` is missing from the vendor's schema.
fn is_status(shape: &Shape<'_>) -> bool {
    shape.has("ThingId")
        && shape.has_any(&[
            "ConnectionStatus",
            "ActiveSessions",
            "LastConnectionTime",
            "LastDisconnectionTime",
        ])
}

fn is_thing(shape: &Shape<'_>) -> bool {
    shape.has_any(&["ThingId", "ExternalUniqueId"])
        && shape.has_any(&[
            "LastLocation",
            "ExternalUniqueId",
            "State",
            "BillingState",
            "MobileIdentities",
            "ActualUsage",
            "MnoName",
            "APNs",
            "IPs",
        ])
}

/// The envelope without its list, or the error of the newer API.
fn is_refusal(shape: &Shape<'_>) -> bool {
    let bare_envelope = shape.kind_of("Success") == Some(ValueKind::Bool)
        && shape.has("Message")
        && matches!(shape.kind_of("Data"), None | Some(ValueKind::Null));
    let of_v1 = shape.kind_of("status_code") == Some(ValueKind::Number) && shape.has("message");
    bare_envelope || of_v1
}

#[cfg(test)]
mod tests;
