//! What a vendor can tell. Views and commands ask this, never the vendor's name.

use serde::Serialize;

use crate::model::{ProviderId, TrafficUnit};

/// How a vendor tells of sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sessions {
    /// It lists past and open sessions.
    Listed,
    /// It lists events, from which sessions are rebuilt.
    FromEvents,
    /// It tells the current state only; history grows by watching and from its log.
    CurrentOnly,
}

/// How many calls a fleet needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paging {
    /// One call (or more) for each SIM.
    PerSim,
    /// Pages over all SIMs.
    FleetWide,
}

/// What a vendor can tell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Capability {
    /// The vendor.
    pub provider: ProviderId,
    /// Its name, for people.
    pub label: &'static str,
    /// How it tells of sessions.
    pub sessions: Sessions,
    /// How many calls its sessions need.
    pub session_calls: Paging,
    /// Whether it tells of events.
    pub events: bool,
    /// Whether it tells of usage over periods.
    pub usage: bool,
    /// Whether it tells the serving cell.
    pub cells: bool,
    /// Whether it gives coordinates of its own.
    pub places: bool,
    /// Whether it looks up cells itself.
    pub cell_lookup: bool,
    /// The unit of a session's traffic; null where it reports none.
    pub session_traffic: Option<TrafficUnit>,
    /// The vendor whose answers have the very same shape.
    pub same_answers_as: Option<ProviderId>,
    /// How many days back its sessions or events go; null where it does not say.
    pub retention_days: Option<u16>,
    /// Life-cycle statuses, in lower case, in which a SIM cannot connect: that it is not heard of says nothing.
    pub inactive_statuses: &'static [&'static str],
}

impl Capability {
    /// Whether a SIM of that status, as reported, cannot connect.
    pub fn is_inactive(&self, status: &str) -> bool {
        let mut words = self.inactive_statuses.iter();
        words.any(|word| status.eq_ignore_ascii_case(word))
    }
}

/// Of a vendor that does not document its statuses: the words that say so by themselves.
pub(super) const INACTIVE_IN_PLAIN_WORDS: &[&str] = &[
    "inactive",
    "suspended",
    "deactivated",
    "canceled",
    "cancelled",
    "terminated",
    "deleted",
    "disabled",
    "blocked",
];

#[cfg(test)]
mod tests {
    use crate::model::ProviderId;
    use crate::provider::capability;

    #[test]
    fn every_vendor_says_when_a_sim_cannot_connect() {
        for id in ProviderId::ALL {
            let capability = capability(id);
            assert!(capability.is_inactive("Suspended"), "{id:?}");
            // Not used yet, but it connects when it is.
            for status in ["active", "ACTIVE", "ready", "TEST", ""] {
                assert!(!capability.is_inactive(status), "{id:?} {status}");
            }
            let words = capability.inactive_statuses.iter();
            assert!(words.clone().all(|word| *word == word.to_lowercase()));
        }
        assert!(capability(ProviderId::Twilio).is_inactive("new"));
        assert!(capability(ProviderId::Soracom).is_inactive("standby"));
        assert!(!capability(ProviderId::Soracom).is_inactive("new"));
    }
}
