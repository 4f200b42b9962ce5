//! A vendor's own count of a SIM's sessions beside ours, and the difference.

use serde::{Deserialize, Serialize};

use crate::model::{ProviderId, UsageReported};
use crate::store::Store;

use super::Asked;
use super::data::{Carried, Data};
use super::naming::{identifier_of, name_of};
use super::summary::length_of;

/// A vendor's own summary of a SIM's sessions, and the same over all sessions of the SIM that are loaded, whatever the
/// filter and the span: the vendor does not tell over which time it is, or whether over one page of an answer only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VendorSummary {
    /// The SIM's lane.
    pub lane: u32,
    /// What the SIM is called.
    pub name: String,
    /// Its ICCID, else its first IMSI, else the vendor's key.
    pub identifier: String,
    /// The vendor.
    pub vendor: ProviderId,
    /// What the vendor says.
    pub vendors: Figures,
    /// What the loaded sessions come to.
    pub ours: Figures,
    /// Ours less the vendor's; null where either is not known.
    pub difference: Difference,
    /// Sessions of ours whose start and end are reported: the average is over them.
    pub durations_known: u32,
    /// The unit of both figures of data, as the vendor wrote it.
    pub unit: String,
    /// What the vendor's figures cover, as far as it tells; null when unstated.
    pub period: Option<String>,
}

/// Figures of a SIM's sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// How many; null where the vendor does not say.
    pub sessions: Option<u64>,
    /// Their average length in seconds; null likewise, and where no length is known.
    pub average_session_s: Option<f64>,
    /// What they carried both ways; of ours null where no session reports it in that unit.
    pub data: Option<f64>,
}

/// What one has more than the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Sessions.
    pub sessions: Option<i64>,
    /// Seconds.
    pub average_session_s: Option<f64>,
    /// In the unit of the figures, to the millionth.
    pub data: Option<f64>,
}

/// The summaries of the listed SIMs whose vendor gives one that counts sessions.
pub fn vendor_summaries(asked: &Asked<'_>) -> Vec<VendorSummary> {
    let store = asked.store;
    let lanes = store.lanes().map(|(lane, _)| lane);
    let listed = lanes.filter(|lane| (asked.lists)(*lane));
    listed.filter_map(|lane| of_lane(store, lane)).collect()
}

/// That of a SIM.
pub(super) fn of_lane(store: &Store, lane: u32) -> Option<VendorSummary> {
    let reported = store.lane(lane)?.sim.as_deref()?.usage_reported.as_ref();
    let reported = reported.filter(|r| r.sessions.is_some() || r.average_session_s.is_some())?;
    let sim = store.sim(lane)?;
    let (ours, durations_known) = ours(store, lane, reported);
    let vendors = Figures {
        sessions: reported.sessions,
        average_session_s: reported.average_session_s,
        data: Some(reported.value),
    };
    let less = |a: Option<f64>, b: Option<f64>| {
        let difference = a.zip(b).map(|(a, b)| a - b);
        // What is left of a subtraction of decimals is no difference.
        difference.map(|n| (n * 1e6).round() / 1e6)
    };
    let sessions = ours.sessions.zip(vendors.sessions);
    Some(VendorSummary {
        lane,
        name: name_of(&sim),
        identifier: identifier_of(&sim),
        vendor: sim.provider,
        vendors,
        ours,
        difference: Difference {
            sessions: sessions.map(|(ours, theirs)| ours as i64 - theirs as i64),
            average_session_s: less(ours.average_session_s, vendors.average_session_s),
            data: less(ours.data, vendors.data),
        },
        durations_known,
        unit: reported.unit.to_string(),
        period: reported.period.as_deref().map(str::to_owned),
    })
}

/// The same of the loaded sessions, and of how many the length is known.
fn ours(store: &Store, lane: u32, reported: &UsageReported<'_>) -> (Figures, u32) {
    let mut carried = Carried::default();
    let (mut count, mut known, mut length) = (0, 0, 0i64);
    let rows = store.lane(lane).map_or(&[][..], |lane| &lane.sessions);
    for &row in rows.iter().filter(|row| !store.sessions().is_dead(**row)) {
        count += 1;
        carried.add(&store.sessions().traffic(row));
        if let Some(ms) = length_of(store, row) {
            known += 1;
            length = length.saturating_add(ms);
        }
    }
    let Data {
        bytes, megabytes, ..
    } = carried.data();
    let figures = Figures {
        sessions: Some(count),
        average_session_s: (known > 0).then(|| length as f64 / 1000.0 / f64::from(known)),
        data: match &*reported.unit {
            "MB" => megabytes.total,
            "bytes" => bytes.total.map(|n| n as f64),
            _ => None,
        },
    };
    (figures, known)
}
