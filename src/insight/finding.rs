//! What a rule found. Plain data: rows are the store's numbers, instants epoch milliseconds.

use serde::{Deserialize, Serialize};

use crate::model::{ProviderId, TrafficUnit};

/// What was looked for. The order is that of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Many SIMs dropped together.
    Outage,
    /// A SIM was silent for longer than its own rhythm explains.
    Silence,
    /// Many sessions of one SIM in a short time.
    ReconnectStorm,
    /// A SIM went back and forth between networks.
    PingPong,
    /// A SIM's sessions carried nothing.
    NoTraffic,
    /// A SIM moved to another device.
    ImeiChanged,
    /// A SIM's sessions end after the same time again and again, and it reconnects at once.
    PeriodicReconnect,
}

impl Rule {
    /// All rules, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::Outage,
        Self::Silence,
        Self::ReconnectStorm,
        Self::PingPong,
        Self::NoTraffic,
        Self::ImeiChanged,
        Self::PeriodicReconnect,
    ];

    /// The JSON name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Silence => "silence",
            Self::ReconnectStorm => "reconnect_storm",
            Self::PingPong => "ping_pong",
            Self::NoTraffic => "no_traffic",
            Self::ImeiChanged => "imei_changed",
            Self::PeriodicReconnect => "periodic_reconnect",
        }
    }

    /// In plain words, for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Outage => "Dropped together",
            Self::Silence => "Silent for too long",
            Self::ReconnectStorm => "Reconnect storm",
            Self::PingPong => "Back and forth between networks",
            Self::NoTraffic => "Sessions without traffic",
            Self::ImeiChanged => "SIM moved to another device",
            Self::PeriodicReconnect => "Reconnects at a fixed period",
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; perhaps as it should be.
    Notice,
    /// Something is probably wrong.
    Warning,
    /// A device does not do its work, or many do not.
    Critical,
}

impl Severity {
    /// All severities, the least first.
    pub const ALL: [Self; 3] = [Self::Notice, Self::Warning, Self::Critical];

    /// The JSON name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }

    /// In plain words, for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Notice => "Notice",
            Self::Warning => "Warning",
            Self::Critical => "Critical",
        }
    }
}

/// What all SIMs of an outage had in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageScope {
    /// The serving cell: its number in the store, and its network's name.
    Cell {
        /// The store's number of the cell.
        cell: u32,
        /// The cell as the vendor wrote it, else its area and identity.
        label: String,
    },
    /// The visited operator, by name, else by MCC and MNC.
    Operator(String),
    /// The visited country, ISO 3166-1 alpha-2.
    Country(String),
    /// The vendor itself.
    Vendor(ProviderId),
}

/// The figures behind a finding. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figures {
    /// Of [`Rule::ReconnectStorm`].
    ReconnectStorm {
        /// Sessions that began in the storm.
        sessions: u32,
        /// The most of them within `window_ms`.
        busiest: u32,
        /// How many the SIM begins within `window_ms` at its busiest on a usual day.
        usual: u32,
        /// The time that is looked at.
        window_ms: i64,
    },
    /// Of [`Rule::PeriodicReconnect`].
    PeriodicReconnect {
        /// Sessions that ended after the period.
        regular: u32,
        /// Sessions between them that did not.
        others: u32,
        /// How long a regular session lasts: the median.
        period_ms: i64,
        /// From its end to the next start: the median.
        gap_ms: i64,
    },
    /// Of [`Rule::ImeiChanged`].
    ImeiChanged {
        /// The IMEI before the first change, as the vendor wrote it.
        before: String,
        /// The IMEI after it, as the vendor wrote it.
        after: String,
        /// How often the SIM changed between these devices.
        changes: u32,
        /// Both have the same type allocation code (the IMEI's first eight digits): a device of the same model.
        same_model: bool,
    },
    /// Of [`Rule::PingPong`].
    PingPong {
        /// The two networks between which it returned most, by name, else by MCC and MNC.
        between: [String; 2],
        /// They are in different countries.
        countries: bool,
        /// How often it came back to the network it had just left.
        returns: u32,
        /// The most of these within `window_ms`.
        busiest: u32,
        /// How many there are within `window_ms` at the SIM's busiest on a usual day.
        usual: u32,
        /// The time that is looked at.
        window_ms: i64,
    },
    /// Of [`Rule::NoTraffic`].
    NoTraffic {
        /// Sessions in a row that carried nothing.
        sessions: u32,
        /// How long they were up together, as far as known.
        online_ms: i64,
        /// The unit that says so.
        unit: TrafficUnit,
        /// Of the SIM's other sessions that tell, so many carried something.
        others_with: u32,
        /// And so many did not.
        others_without: u32,
    },
    /// Of [`Rule::Silence`].
    Silence {
        /// How long nothing was heard.
        silent_ms: i64,
        /// The longest that the SIM is usually silent.
        usual_ms: i64,
        /// Silences that this was judged by.
        judged_by: u32,
        /// It is not over: nothing was heard until the data were fetched.
        ongoing: bool,
    },
    /// Of [`Rule::Outage`].
    Outage {
        /// What the SIMs had in common.
        scope: OutageScope,
        /// SIMs that dropped.
        dropped: u32,
        /// SIMs that were online there just before.
        online: u32,
        /// How many drop there within the same time at most, on a usual day.
        usual: u32,
        /// Of those that dropped, so many came back before the data were fetched.
        back: u32,
    },
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What was looked for.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// The lanes (SIMs) that it is about, by number; one but for outages.
    pub lanes: Vec<u32>,
    /// From when, epoch milliseconds.
    pub from: i64,
    /// Until when, epoch milliseconds.
    pub to: i64,
    /// The sessions that show it, by row, in the order of their starts within each SIM.
    pub sessions: Vec<u32>,
    /// The events that show it, by row, in the order of their times within each SIM.
    pub events: Vec<u32>,
    /// The figures behind it.
    pub figures: Figures,
}

impl Finding {
    /// The only lane that it is about; null for an outage.
    pub fn lane(&self) -> Option<u32> {
        match self.lanes.as_slice() {
            [lane] if self.rule != Rule::Outage => Some(*lane),
            _ => None,
        }
    }

    /// How long it lasted, milliseconds.
    pub fn length_ms(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}
