//! Tables as they cross: which part and which columns are asked for, and what the cells say. A cell is a
//! value, not a text: the page writes it in the visitor's zone and words, or as CSV.

use serde::{Deserialize, Serialize};

use super::{GroupTotals, SimState};
use crate::model::{Basis, PlaceKind, ProviderId, Radio};

/// A table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tab {
    /// SIMs.
    #[default]
    Sims,
    /// Sessions.
    Sessions,
    /// Events.
    Events,
    /// Usage.
    Usage,
}

/// What a column tells. Not every table has every column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// What the SIM is called, else its identifier.
    Name,
    /// ICCID.
    Iccid,
    /// IMSI; of a SIM all of them.
    Imsi,
    /// The IMSI that a SIM last used.
    LastImsi,
    /// IMEI; of a SIM that of the last session that tells one.
    Imei,
    /// The first eight digits of that IMEI: make and model of the device.
    DeviceType,
    /// Telephone number.
    Msisdn,
    /// eUICC identifier.
    Eid,
    /// How a SIM is doing.
    State,
    /// For how long no session has been open, before the answer; else why that is not said.
    Offline,
    /// Country of the visited network; of a SIM the last one.
    Country,
    /// Operator of the visited network, else its codes; of a SIM the last one.
    Operator,
    /// Radio technology; of a SIM the last one.
    Radio,
    /// MCC and MNC of the visited network.
    Plmn,
    /// Serving cell; of a SIM the last one.
    Cell,
    /// Where the tower of a SIM's last cell stood, as far as anybody told: never where the device is.
    Place,
    /// Access point name.
    Apn,
    /// IP addresses of the device.
    Ip,
    /// How many sessions are loaded.
    Sessions,
    /// How many of a SIM's sessions the filter lets through and the span touches.
    SpanSessions,
    /// For how long a session of a SIM was up in the span, as docs/sums.md says.
    Online,
    /// That as a share of the time of which anything is known, likewise.
    Coverage,
    /// How many events.
    Events,
    /// How many findings a SIM has that are not muted.
    Findings,
    /// When a SIM was last known to be up.
    Seen,
    /// Vendor.
    Provider,
    /// Source.
    Source,
    /// Life-cycle status as reported.
    Status,
    /// The owner's tags of a SIM.
    Tags,
    /// The device that a SIM is linked to.
    Device,
    /// Subscription or plan.
    Subscription,
    /// The owner's description.
    Description,
    /// Start of a session, or of a usage period.
    Start,
    /// End of a session, or of a usage period.
    End,
    /// How long a session is known to have lasted.
    Duration,
    /// When the vendor's record last changed.
    Updated,
    /// Where a session row comes from.
    Basis,
    /// Bytes both ways; of a session that has none its packets. Of a SIM, as the next five, over the sessions that the filter lets
    /// through and the span touches, each in whole.
    Traffic,
    /// Bytes from the device.
    Up,
    /// Bytes to the device.
    Down,
    /// Packets both ways.
    Packets,
    /// Packets from the device.
    PacketsUp,
    /// Packets to the device.
    PacketsDown,
    /// When an event happened.
    Time,
    /// What an event is about.
    Kind,
    /// Signal strength as reported.
    Signal,
    /// Whatever else an event tells.
    Detail,
    /// The vendor's id.
    Id,
    /// The group that a file of labels puts a SIM in.
    Group,
}

/// What is said in place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// A session of the SIM is open.
    Online,
    /// The same, but it was not heard of for long.
    Silent,
    /// No session of the SIM is open.
    Offline,
    /// The SIM cannot connect, by its status.
    NotActive,
    /// The SIM's sessions were never asked for.
    NotFetched,
    /// The vendor keeps the sessions of so many days, and has none of the SIM.
    NoneIn(u16),
    /// The session is open.
    Open,
    /// The end is an estimate.
    Estimated,
    /// Nobody reported the end.
    Unknown,
    /// Nobody reported the start.
    NotKnown,
    /// It is of the account, not of one SIM.
    WholeAccount,
    /// There is nothing to tell.
    Nothing,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Not reported.
    None,
    /// A text.
    Text(String),
    /// A SIM's name; an identifier where it has none.
    Name(String),
    /// An identifier.
    Code(String),
    /// An alpha-2 code.
    Country(String),
    /// Epoch milliseconds.
    Instant(i64),
    /// Milliseconds.
    Duration(i64),
    /// Milliseconds: at least, and at most.
    Range(i64, i64),
    /// Per cent: at least, and at most.
    Share(f64, f64),
    /// Where a tower is.
    Place {
        /// Latitude and longitude in degrees; null where only the country is known.
        at: Option<(f64, f64)>,
        /// What the place stands for.
        kind: PlaceKind,
        /// The country's alpha-2 code, where that is all.
        country: Option<String>,
    },
    /// Bytes.
    Bytes(u64),
    /// Packets.
    Packets(u64),
    /// How many.
    Count(u64),
    /// A number as reported.
    Number(f64),
    /// Vendor.
    Provider(ProviderId),
    /// Radio technology.
    Radio(Radio),
    /// Where a row comes from.
    Basis(Basis),
    /// Said in place of a value.
    Said(Said),
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowKey {
    /// A SIM's lane.
    Sim(u32),
    /// A session, and its lane.
    Session(u32, u32),
    /// An event, and its lane.
    Event(u32, u32),
    /// A usage row, and its lane; null for an account.
    Usage(u32, Option<u32>),
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableRow {
    /// What it stands for.
    pub key: RowKey,
    /// Watching added or changed it, and the visitor has not seen it yet.
    pub fresh: bool,
    /// Of a SIM: how it is doing.
    pub state: Option<SimState>,
    /// Of a session: the number of its colour.
    pub colour: Option<u8>,
    /// Its cells, in the order of the columns.
    pub cells: Vec<Value>,
}

/// The part of a table on screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableQuery {
    /// Which table.
    pub tab: Tab,
    /// Which columns.
    pub columns: Vec<Column>,
    /// What to order by; null for the timeline's order: lane after lane, each from its start on.
    pub sort: Option<Column>,
    /// From high to low. What is missing stands last either way.
    pub descending: bool,
    /// First row.
    pub first: u32,
    /// How many rows.
    pub count: u32,
}

/// Rows to hand out once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Take {
    /// Number of the request.
    pub request: u32,
    /// Which rows of which table, in which order, with which columns.
    pub query: TableQuery,
    /// Only the picked ones of them.
    pub picked: bool,
}

/// A part of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TablePage {
    /// Which table.
    pub tab: Tab,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Number of the first row.
    pub first: u32,
    /// Rows of the whole table, as filtered.
    pub total: u32,
    /// Rows of each table, as filtered, in the order of [`Tab`].
    pub totals: [u32; 4],
    /// The groups of the rows; of SIMs alone.
    pub groups: GroupTotals,
    /// The rows.
    pub rows: Vec<TableRow>,
}
