//! The groups of SIMs as they cross, each with how its SIMs are doing.

use serde::{Deserialize, Serialize};

/// A group of SIMs, by what lanes are grouped by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimGroup {
    /// What it is called, an alpha-2 code where it is a country; null for the SIMs of which nobody told.
    pub label: Option<String>,
    /// It is a country.
    pub is_country: bool,
    /// How many SIMs.
    pub sims: u32,
    /// How many of them have an open session, silent ones included.
    pub online: u32,
    /// How many of them are offline, those included of which their vendor keeps no session.
    pub offline: u32,
    /// The term of the filter line that lets through these SIMs; null where none can ask for them.
    pub term: Option<String>,
}

/// The groups of the SIMs that are in the table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTotals {
    /// Those of most SIMs first, what nobody told last: 60 at most. None where lanes are not grouped.
    pub groups: Vec<SimGroup>,
    /// How many there are in all.
    pub total: u32,
}
