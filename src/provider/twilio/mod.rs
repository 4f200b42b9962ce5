//! Twilio Wireless v1: what it can tell and how its files are made. Its answers are those of the
//! resource tree that it shares with KORE, `provider::wireless`.

mod requests;

use super::{
    Answer, Capability, Envelope, Paging, Provider, ReadError, Record, Rows, Sessions, Shape,
    wireless,
};
use crate::model::{ProviderId, TrafficUnit};

/// The adapter.
#[derive(Debug)]
pub struct Twilio;

/// What the vendor can tell.
pub static CAPABILITY: Capability = Capability {
    provider: ProviderId::Twilio,
    label: "Twilio Wireless",
    sessions: Sessions::Listed,
    session_calls: Paging::PerSim,
    events: false,
    usage: true,
    cells: true,
    places: true,
    cell_lookup: false,
    session_traffic: Some(TrafficUnit::Packets),
    same_answers_as: Some(ProviderId::Kore),
    retention_days: Some(30),
    inactive_statuses: wireless::INACTIVE,
};

impl Provider for Twilio {
    fn recognise(&self, shape: &Shape<'_>) -> Option<Answer> {
        wireless::recognise(shape, ProviderId::Twilio)
    }

    fn read(&self, record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
        wireless::read(record, rows)
    }

    fn end_of_page(&self, answer: &Answer, envelope: &Envelope, rows: &mut dyn Rows) {
        wireless::end_of_page(answer, envelope, rows);
    }
}
