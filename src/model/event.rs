//! A point event in the life of a SIM.

use serde::{Deserialize, Serialize};

use super::session::cell_or_null;
use super::{Cell, Instant, Network, Place, ProviderId, Radio, Text};

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum EventKind {
    /// A data session was established.
    SessionCreated,
    /// Cell, network or radio changed inside a session.
    SessionModified,
    /// A data session ended.
    SessionDeleted,
    /// A network connection was established.
    Connection,
    /// A network connection ended.
    Disconnection,
    /// The SIM moved to another network.
    NetworkChange,
    /// A data usage threshold was reached.
    DataUsage,
    /// The location changed.
    LocationUpdate,
    /// The life-cycle status changed.
    SimStatus,
    /// Anything else; `reported_kind` says what.
    Other,
}

impl EventKind {
    /// All kinds, in the order of the enumeration.
    pub const ALL: [Self; 10] = [
        Self::SessionCreated,
        Self::SessionModified,
        Self::SessionDeleted,
        Self::Connection,
        Self::Disconnection,
        Self::NetworkChange,
        Self::DataUsage,
        Self::LocationUpdate,
        Self::SimStatus,
        Self::Other,
    ];

    /// The JSON name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SessionCreated => "session_created",
            Self::SessionModified => "session_modified",
            Self::SessionDeleted => "session_deleted",
            Self::Connection => "connection",
            Self::Disconnection => "disconnection",
            Self::NetworkChange => "network_change",
            Self::DataUsage => "data_usage",
            Self::LocationUpdate => "location_update",
            Self::SimStatus => "sim_status",
            Self::Other => "other",
        }
    }

    /// The kind of a JSON name; null for any other.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// In plain words, for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::SessionCreated => "Session created",
            Self::SessionModified => "Session modified",
            Self::SessionDeleted => "Session deleted",
            Self::Connection => "Connection",
            Self::Disconnection => "Disconnection",
            Self::NetworkChange => "Network change",
            Self::DataUsage => "Data usage",
            Self::LocationUpdate => "Location update",
            Self::SimStatus => "SIM status",
            Self::Other => "Other",
        }
    }
}

/// An event. Its identity is the vendor's id, else all fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event<'a> {
    /// Which vendor's record this is.
    pub provider: ProviderId,
    /// Which configured source or file it came from. Set by the store.
    pub source: Text<'a>,
    /// The vendor's key of the SIM.
    pub sim: Text<'a>,
    /// The vendor's id of the event; null where it gives none.
    pub id: Option<Text<'a>>,
    /// When it happened.
    pub time: Instant,
    /// What it is about.
    pub kind: EventKind,
    /// The kind as the vendor wrote it.
    pub reported_kind: Option<Text<'a>>,
    /// Radio technology.
    pub radio: Option<Radio>,
    /// The network that it happened on; null in JSON where nothing is known.
    #[serde(serialize_with = "network_or_null")]
    pub network: Network<'a>,
    /// The network that was left.
    #[serde(serialize_with = "network_or_null")]
    pub network_before: Network<'a>,
    /// The network that was joined.
    #[serde(serialize_with = "network_or_null")]
    pub network_after: Network<'a>,
    /// The serving cell; null in JSON where nothing is known.
    #[serde(serialize_with = "cell_or_null")]
    pub cell: Cell<'a>,
    /// The place of that cell. Flat in JSON.
    #[serde(flatten)]
    pub place: Place,
    /// Signal strength as reported, without a unit.
    pub signal: Option<f64>,
    /// Whatever else the vendor says, in its words.
    pub detail: Option<Text<'a>>,
}

impl<'a> Event<'a> {
    /// An event of which nothing but SIM, instant and kind is known.
    pub fn new(provider: ProviderId, sim: Text<'a>, time: Instant, kind: EventKind) -> Self {
        Self {
            provider,
            source: Text::Borrowed(""),
            sim,
            id: None,
            time,
            kind,
            reported_kind: None,
            radio: None,
            network: Network::default(),
            network_before: Network::default(),
            network_after: Network::default(),
            cell: Cell::default(),
            place: Place::default(),
            signal: None,
            detail: None,
        }
    }
}

fn network_or_null<S: serde::Serializer>(n: &Network<'_>, s: S) -> Result<S::Ok, S::Error> {
    if n.is_empty() {
        s.serialize_none()
    } else {
        n.serialize(s)
    }
}
