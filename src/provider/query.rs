//! What can be asked of a vendor, and a page of its answer. A vendor that has no such call says so.

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The SIMs, with whatever state the list carries.
    Sims,
    /// The SIMs by IMSI (Soracom's subscribers).
    Subscribers,
    /// One SIM.
    Sim,
    /// Whether SIMs are connected now.
    State,
    /// Sessions.
    Sessions,
    /// Events: of one SIM, of an IMSI, of a device, or of all SIMs.
    Events,
    /// Changes of the life-cycle status.
    StatusHistory,
    /// Usage over periods: of one SIM, an IMSI, or the account.
    Usage,
    /// The positions of cells.
    CellLocations,
}

/// Of what it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// Of all SIMs, or of the account.
    Fleet,
    /// Of one SIM, by the vendor's key or by whatever identifier the visitor typed.
    Sim(SimKey),
    /// Of several SIMs in one call.
    Sims(Vec<SimKey>),
    /// Of an IMSI.
    Imsi(String),
    /// Of a device of the vendor's own device register.
    Device(String),
    /// Of SIMs whose name or identifier contains a text.
    Matching(String),
    /// Of cells.
    Cells(Vec<CellQuery>),
}

/// A SIM as calls name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SimKey {
    /// The vendor's key.
    pub key: String,
    /// Its other identifiers (ICCID, IMSIs), by which the screen may know it.
    pub also: Vec<String>,
}

impl SimKey {
    /// A SIM of which only the key is known.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            also: Vec::new(),
        }
    }

    /// With another identifier.
    #[must_use]
    pub fn also(mut self, other: Option<impl Into<String>>) -> Self {
        let other = other.map(Into::into).filter(|other| *other != self.key);
        self.also.extend(other);
        self
    }

    /// Whether that is one of its identifiers.
    pub fn is(&self, identifier: &str) -> bool {
        self.key == identifier || self.also.iter().any(|other| other == identifier)
    }
}

/// A cell to look up, as the vendors' calls take it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellQuery {
    /// Mobile country code.
    pub mcc: u16,
    /// Mobile network code, as digits.
    pub mnc: String,
    /// LAC or TAC.
    pub area: u32,
    /// CI or ECI.
    pub cell: u64,
    /// An LTE cell: TAC and ECI.
    pub lte: bool,
}

/// A span of time, [from, to) in epoch milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeRange {
    /// Start.
    pub from_ms: i64,
    /// End.
    pub to_ms: i64,
}

/// A question to a vendor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// What is asked for.
    pub what: What,
    /// Of what.
    pub of: Target,
    /// Over which time; what lies outside may come along. Null: whatever the vendor gives.
    pub range: Option<TimeRange>,
    /// Filters that the vendor itself applies, by its own names (`event_type`).
    pub filters: Vec<(&'static str, String)>,
}

impl Query {
    /// A question without a range.
    pub fn new(what: What, of: Target) -> Self {
        Self {
            what,
            of,
            range: None,
            filters: Vec::new(),
        }
    }

    /// Over that time.
    #[must_use]
    pub fn over(mut self, range: TimeRange) -> Self {
        self.range = Some(range);
        self
    }

    /// The SIM that the answer is about; null where it is about several.
    pub fn sim(&self) -> Option<&SimKey> {
        match &self.of {
            Target::Sim(sim) => Some(sim),
            Target::Sims(sims) if sims.len() == 1 => sims.first(),
            _ => None,
        }
    }
}

/// Where the next page begins, in the vendor's own way: a path, a key, an offset.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor(pub String);

/// A page of an answer. What it holds for the store stays in the reply's bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page<'b> {
    /// The text of each record, in order; slices of the reply's body.
    pub records: Vec<&'b str>,
    /// The SIMs that the records are about, one for each record, where the answer lists SIMs or their state; else empty.
    pub sims: Vec<SimKey>,
    /// Where the next page begins; null at the end.
    pub next: Option<Cursor>,
    /// Questions that this answer calls for besides: halves of a window that was cut, SIMs that it left out.
    pub more: Vec<Query>,
    /// The page was cut and its rows come again in `more`.
    pub partial: bool,
}
