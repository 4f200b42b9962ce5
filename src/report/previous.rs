//! The SIMs by their previous session: the latest one that is not open.

use serde::{Deserialize, Serialize};

use super::Asked;
use super::written::written;
use crate::model::EndKind;
use crate::store::{NEVER, Numbers};

/// A SIM with its previous session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// The SIM's lane.
    pub lane: u32,
    /// The ICCID of the SIM in that session; null where nobody told.
    pub iccid: Option<String>,
    /// The IMSI of the session, else the SIM's; null likewise.
    pub imsi: Option<String>,
    /// The IMEI of the session; null likewise.
    pub imei: Option<String>,
    /// When it began, RFC 3339; null likewise.
    pub start: Option<String>,
    /// When it ended, likewise.
    pub end: Option<String>,
}

/// The listed SIMs whose previous session is one of those that the filter lets through and overlaps the span. Which session
/// is the previous one is not up to the filter: a SIM that has since been elsewhere is left out.
pub fn previous(asked: &Asked<'_>) -> Vec<Previous> {
    let store = asked.store;
    let sessions = store.sessions();
    let mut shown = Numbers::default();
    for row in asked.sessions {
        shown.insert(*row);
    }
    let mut rows = Vec::new();
    for (lane, found) in store.lanes().filter(|(lane, _)| (asked.lists)(*lane)) {
        let ended = |row: &u32| !sessions.is_dead(*row) && sessions.ends(*row).1 != EndKind::Open;
        let Some(row) = found.sessions.iter().rev().copied().find(ended) else {
            continue;
        };
        if !shown.has(row) || !asked.holds_session(row) {
            continue;
        }
        let session = store.session(row);
        let of_sim = || {
            let sim = found.sim.as_deref()?;
            sim.imsis.first().map(std::string::ToString::to_string)
        };
        let at = |ms: i64| (ms != NEVER).then(|| written(ms));
        rows.push(Previous {
            lane,
            iccid: session.iccid.as_deref().map(str::to_owned),
            imsi: session.imsi.as_deref().map(str::to_owned).or_else(of_sim),
            imei: session.imei.as_deref().map(str::to_owned),
            start: at(sessions.start(row)),
            end: at(sessions.end(row)),
        });
    }
    rows
}
