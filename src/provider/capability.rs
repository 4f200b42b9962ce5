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
}
