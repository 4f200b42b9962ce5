//! A data session: one PDP context or PDN connection between a device and the Internet.

use serde::{Deserialize, Serialize, Serializer};

use super::{Cell, Instant, Network, Place, ProviderId, Radio, Text, Traffic};

/// How the start of a session is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum StartKind {
    /// Reported as such.
    Exact,
    /// Reported, but by a record of something later: the start itself lies before the answer's window.
    BeforeWindow,
    /// Derived from something else; the true start may differ. Of a polled session `start` is the
    /// latest possible: the first reading that said connected, after one that said otherwise.
    Estimated,
    /// Not known; `start` is null.
    Unknown,
}

/// How the end of a session is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum EndKind {
    /// Reported as such.
    Exact,
    /// Not ended when last reported. Not "until now".
    Open,
    /// Between `end_earliest` and `end_latest`.
    Estimated,
    /// Nobody reported it: the session may have ended any time after `last_seen`.
    Unknown,
}

/// Where a session row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Basis {
    /// The vendor reports sessions, and this is one.
    Reported,
    /// Rebuilt from the vendor's events and states; further records of it are merged in.
    Rebuilt,
    /// Seen in readings of the current state.
    Polled,
}

/// A stretch of a session on one cell, network and radio. It lasts until the next one's `from`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment<'a> {
    /// Since when.
    pub from: Instant,
    /// Radio technology.
    pub radio: Option<Radio>,
    /// Visited network.
    pub network: Network<'a>,
    /// Serving cell.
    #[serde(serialize_with = "cell_or_null")]
    pub cell: Cell<'a>,
    /// The tower's place.
    pub place: Place,
}

impl Segment<'_> {
    /// The same with its own copy of every text.
    pub fn into_owned(self) -> Segment<'static> {
        Segment {
            from: self.from,
            radio: self.radio,
            network: self.network.into_owned(),
            cell: self.cell.into_owned(),
            place: self.place,
        }
    }
}

/// A data session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Session<'a> {
    /// Which vendor's record this is.
    pub provider: ProviderId,
    /// Which configured source or file it came from. Set by the store.
    pub source: Text<'a>,
    /// The vendor's key of the SIM.
    pub sim: Text<'a>,
    /// The vendor's id of the session; null where it gives none.
    pub id: Option<Text<'a>>,
    /// ICCID of the SIM (ITU-T E.118), 18 to 20 digits, or a 32-digit EID. Never validated.
    pub iccid: Option<Text<'a>>,
    /// IMSI that the session used (3GPP TS 23.003), up to 15 digits.
    pub imsi: Option<Text<'a>>,
    /// IMEI of the device, 15 digits, or IMEISV, 16.
    pub imei: Option<Text<'a>>,
    /// The vendor's subscription or plan of that IMSI.
    pub subscription: Option<Text<'a>>,
    /// When the session was established.
    pub start: Option<Instant>,
    /// How the start is known.
    pub start_kind: StartKind,
    /// When it ended; null while open or unknown.
    pub end: Option<Instant>,
    /// How the end is known.
    pub end_kind: EndKind,
    /// The earliest possible end, where `end_kind` is `estimated`.
    pub end_earliest: Option<Instant>,
    /// The latest possible end, where `end_kind` is `estimated`.
    pub end_latest: Option<Instant>,
    /// When the vendor's record last changed.
    pub last_seen: Option<Instant>,
    /// When the answer was fetched; null for files.
    pub observed: Option<Instant>,
    /// Where the row comes from.
    pub basis: Basis,
    /// The vendor's own duration in seconds, where it gives one.
    pub duration_reported_s: Option<u32>,
    /// Radio technology, the latest where it changed.
    pub radio: Option<Radio>,
    /// The radio technology as the vendor wrote it.
    pub radio_reported: Option<Text<'a>>,
    /// The visited network, the latest where it changed. Flat in JSON.
    #[serde(flatten)]
    pub network: Network<'a>,
    /// The serving cell, the latest where it changed; null in JSON where nothing is known.
    #[serde(serialize_with = "cell_or_null")]
    pub cell: Cell<'a>,
    /// The tower's place or the country. Flat in JSON.
    #[serde(flatten)]
    pub place: Place,
    /// Changes of cell, network or radio inside the session, in time order; empty where the vendor
    /// tells of none.
    pub segments: Vec<Segment<'a>>,
    /// What it carried. Flat in JSON.
    #[serde(flatten)]
    pub traffic: Traffic,
    /// IP addresses of the device.
    pub ips: Vec<Text<'a>>,
    /// DNS servers handed to the device.
    pub dns: Vec<Text<'a>>,
    /// Access point name.
    pub apn: Option<Text<'a>>,
    /// For rebuilt sessions: the instant that all records of one session share, where it differs
    /// from `start`. Identity only, not output.
    #[serde(skip)]
    pub key_at: Option<Instant>,
}

impl<'a> Session<'a> {
    /// A session of which nothing but its SIM is known.
    pub fn new(provider: ProviderId, sim: Text<'a>, basis: Basis) -> Self {
        Self {
            provider,
            source: Text::Borrowed(""),
            sim,
            id: None,
            iccid: None,
            imsi: None,
            imei: None,
            subscription: None,
            start: None,
            start_kind: StartKind::Unknown,
            end: None,
            end_kind: EndKind::Unknown,
            end_earliest: None,
            end_latest: None,
            last_seen: None,
            observed: None,
            basis,
            duration_reported_s: None,
            radio: None,
            radio_reported: None,
            network: Network::default(),
            cell: Cell::default(),
            place: Place::default(),
            segments: Vec::new(),
            traffic: Traffic::default(),
            ips: Vec::new(),
            dns: Vec::new(),
            apn: None,
            key_at: None,
        }
    }

    /// The same with its own copy of every text.
    pub fn into_owned(self) -> Session<'static> {
        Session {
            provider: self.provider,
            source: owned(self.source),
            sim: owned(self.sim),
            id: self.id.map(owned),
            iccid: self.iccid.map(owned),
            imsi: self.imsi.map(owned),
            imei: self.imei.map(owned),
            subscription: self.subscription.map(owned),
            start: self.start,
            start_kind: self.start_kind,
            end: self.end,
            end_kind: self.end_kind,
            end_earliest: self.end_earliest,
            end_latest: self.end_latest,
            last_seen: self.last_seen,
            observed: self.observed,
            basis: self.basis,
            duration_reported_s: self.duration_reported_s,
            radio: self.radio,
            radio_reported: self.radio_reported.map(owned),
            network: self.network.into_owned(),
            cell: self.cell.into_owned(),
            place: self.place,
            segments: self.segments.into_iter().map(Segment::into_owned).collect(),
            traffic: self.traffic,
            ips: self.ips.into_iter().map(owned).collect(),
            dns: self.dns.into_iter().map(owned).collect(),
            apn: self.apn.map(owned),
            key_at: self.key_at,
        }
    }

    /// The last instant at which the session is known to have been up: its end, else `last_seen`,
    /// else its start.
    pub fn known_until(&self) -> Option<Instant> {
        self.end.or(self.last_seen).or(self.start)
    }
}

fn owned(text: Text<'_>) -> Text<'static> {
    Text::Owned(text.into_owned())
}

pub(super) fn cell_or_null<S: Serializer>(cell: &Cell<'_>, s: S) -> Result<S::Ok, S::Error> {
    if cell.is_empty() {
        s.serialize_none()
    } else {
        cell.serialize(s)
    }
}
