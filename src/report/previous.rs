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
    let mut shown = Numbers::default();
    for row in asked.sessions {
        shown.insert(*row);
    }
    let lanes = asked.store.lanes().map(|(lane, _)| lane);
    let listed = lanes.filter(|lane| (asked.lists)(*lane));
    listed
        .filter_map(|lane| previous_of(asked, &shown, lane))
        .collect()
}

/// That of a SIM, where it is one of the sessions that the filter lets through.
pub(super) fn previous_of(asked: &Asked<'_>, shown: &Numbers, lane: u32) -> Option<Previous> {
    let store = asked.store;
    let sessions = store.sessions();
    let found = store.lane(lane)?;
    let ended = |row: &u32| !sessions.is_dead(*row) && sessions.ends(*row).1 != EndKind::Open;
    let row = found.sessions.iter().rev().copied().find(ended)?;
    if !shown.has(row) || !asked.holds_session(row) {
        return None;
    }
    let session = store.session(row);
    let of_sim = || {
        let sim = found.sim.as_deref()?;
        sim.imsis.first().map(std::string::ToString::to_string)
    };
    let at = |ms: i64| (ms != NEVER).then(|| written(ms));
    Some(Previous {
        lane,
        iccid: session.iccid.as_deref().map(str::to_owned),
        imsi: session.imsi.as_deref().map(str::to_owned).or_else(of_sim),
        imei: session.imei.as_deref().map(str::to_owned),
        start: at(sessions.start(row)),
        end: at(sessions.end(row)),
    })
}
