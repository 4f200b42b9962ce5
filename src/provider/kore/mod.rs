//! KORE Programmable Wireless v1: what it can tell and how its files are made. Its answers are those
//! of the resource tree that it took over from Twilio, `provider::wireless`.

mod requests;

use super::{
    Answer, Capability, Envelope, Paging, Provider, ReadError, Record, Rows, Sessions, Shape,
    wireless,
};
use crate::model::{ProviderId, TrafficUnit};

/// The adapter.
#[derive(Debug)]
pub struct Kore;

/// What the vendor can tell.
pub static CAPABILITY: Capability = Capability {
    provider: ProviderId::Kore,
    label: "KORE",
    sessions: Sessions::Listed,
    session_calls: Paging::PerSim,
    events: false,
    usage: true,
    cells: true,
    places: true,
    cell_lookup: false,
    session_traffic: Some(TrafficUnit::Packets),
    same_answers_as: Some(ProviderId::Twilio),
    retention_days: Some(30),
    inactive_statuses: wireless::INACTIVE,
};

/// The token endpoint's own error answer: `{error, error_description}`.
fn is_token_refusal(shape: &Shape<'_>) -> bool {
    shape.complete && shape.has_all(&["error", "error_description"])
}

impl Provider for Kore {
    fn recognise(&self, shape: &Shape<'_>) -> Option<Answer> {
        if is_token_refusal(shape) {
            return Some(Answer::refusal(ProviderId::Kore, "auth/token"));
        }
        wireless::recognise(shape, ProviderId::Kore)
    }

    fn read(&self, record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
        wireless::read(record, rows)
    }

    fn end_of_page(&self, answer: &Answer, envelope: &Envelope, rows: &mut dyn Rows) {
        wireless::end_of_page(answer, envelope, rows);
    }
}
