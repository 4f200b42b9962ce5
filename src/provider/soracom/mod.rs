//! Soracom: what it can tell and which answers it has.

use super::{Answer, Capability, Paging, Provider, ReadError, Record, Rows, Sessions, Shape};
use crate::model::ProviderId;

/// The adapter.
#[derive(Debug)]
pub struct Soracom;

const CAPABILITY: Capability = Capability {
    provider: ProviderId::Soracom,
    label: "Soracom",
    sessions: Sessions::FromEvents,
    session_calls: Paging::PerSim,
    events: false,
    usage: false,
    cells: false,
    places: false,
    cell_lookup: false,
    session_traffic: None,
    retention_days: None,
    answers: &[],
    commands: &[],
};

impl Provider for Soracom {
    fn capability(&self) -> &'static Capability {
        &CAPABILITY
    }

    fn recognise(&self, _shape: &Shape<'_>) -> Option<Answer> {
        None
    }

    fn read(&self, _record: &Record<'_>, _rows: &mut dyn Rows) -> Result<usize, ReadError> {
        Err(ReadError::bad("", "no answer of this vendor is read yet"))
    }
}
