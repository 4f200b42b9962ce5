//! What the page and the engine say to each other. Commands say what the views show; updates say
//! what is in it. Both cross as bytes in postcard's format, which fits because page and engine are of
//! one build; the bars of a frame cross as typed arrays. Instants are epoch milliseconds here: the
//! page formats them in the visitor's zone.

use serde::{Deserialize, Serialize};

use crate::import::SimQuestion;
use crate::model::{EndKind, EventKind, Instant, ProviderId, Radio, StartKind, Warning};
use crate::store::{Extent, Totals};
use crate::timeline::{EdgeQuery, EventMark, Label, Note, Row, Strip};

/// What sessions are coloured by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColourBy {
    /// Radio technology.
    #[default]
    Radio,
    /// Operator of the visited network.
    Operator,
    /// Country of the visited network.
    Country,
    /// Vendor.
    Provider,
}

/// What lanes are grouped by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// Country of the last visited network.
    #[default]
    Country,
    /// Vendor.
    Provider,
    /// Operator of the last visited network.
    Operator,
    /// Not at all.
    None,
}

/// What lanes are ordered by, inside their group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SortBy {
    /// Name, else identifier.
    #[default]
    Name,
    /// Longest offline first.
    Offline,
    /// Last seen first.
    Seen,
    /// Most sessions first.
    Sessions,
}

/// What holds for all views.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What sessions are coloured by.
    pub colour: ColourBy,
    /// What lanes are grouped by.
    pub group: GroupBy,
    /// What lanes are ordered by.
    pub sort: SortBy,
    /// Colours whose sessions are left out, by number.
    pub hidden: Vec<u8>,
    /// Groups that are folded, by key.
    pub folded: Vec<String>,
    /// Only SIMs whose name or one of whose identifiers contains this text, whatever its case.
    pub text: String,
}

/// What is chosen, everywhere at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// A SIM's lane.
    pub lane: Option<u32>,
    /// A session.
    pub session: Option<u32>,
    /// An event.
    pub event: Option<u32>,
    /// A span of time, [from, to].
    pub span: Option<[i64; 2]>,
}

/// The part of the timeline on screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimelineQuery {
    /// Left edge.
    pub from: i64,
    /// Right edge.
    pub to: i64,
    /// Width in device pixels.
    pub width: f32,
    /// Device pixels per CSS pixel.
    pub ratio: f32,
    /// First row to draw.
    pub first_row: u32,
    /// How many rows to draw.
    pub row_count: u32,
}

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

/// The part of a table on screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableQuery {
    /// Which table.
    pub tab: Tab,
    /// The column to order by, by its key; empty for the table's own order.
    pub sort: String,
    /// From high to low.
    pub descending: bool,
    /// First row.
    pub first: u32,
    /// How many rows.
    pub count: u32,
}

/// From the page to the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// What holds for all views.
    Settings(Settings),
    /// What is chosen.
    Select(Selection),
    /// Show this part of the timeline.
    Timeline(TimelineQuery),
    /// Show the overview, that many CSS pixels wide.
    Overview {
        /// How many buckets.
        buckets: u32,
    },
    /// Show this part of a table.
    Table(TableQuery),
    /// Show the map, or stop doing so.
    Map {
        /// Whether it is on screen.
        shown: bool,
    },
    /// Give a source to another vendor.
    Relabel {
        /// Number of the source.
        source: u32,
        /// The vendor.
        provider: ProviderId,
    },
    /// Select the next or previous session of the selected lane.
    Step {
        /// +1 or -1.
        by: i32,
    },
    /// Forget everything.
    Clear,
    /// The visitor has seen what was new.
    Seen,
    /// Select another SIM of the lane list.
    StepLane {
        /// How many further; beyond the ends of the list its first or last.
        by: i32,
        /// Where no listed SIM is selected: the row at or below which the first is taken.
        from_row: u32,
    },
    /// Fold or unfold the group of a lane; with none fold all groups.
    Fold {
        /// The lane.
        lane: Option<u32>,
    },
    /// Tell exactly where a session's edge lies that was read off a frame.
    Edge(EdgeQuery),
}

/// A source as its chip shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Number of the source.
    pub source: u32,
    /// Its name.
    pub label: String,
    /// The vendor, once known.
    pub provider: Option<ProviderId>,
    /// The vendor was assumed.
    pub assumed: bool,
    /// The vendor whose answers look the same.
    pub alternative: Option<ProviderId>,
    /// SIMs with a row from it.
    pub sims: u32,
    /// Records read.
    pub records: u64,
    /// Records skipped.
    pub bad_records: u64,
    /// All warnings.
    pub warning_count: u64,
    /// The first warnings.
    pub warnings: Vec<Warning>,
    /// When its latest answer was fetched; null for files.
    pub observed: Option<i64>,
}

/// A value of the legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegendEntry {
    /// Number of the colour.
    pub colour: u8,
    /// What it stands for: a label, or an alpha-2 code where it is a country.
    pub label: String,
    /// How many sessions.
    pub sessions: u32,
}

/// Figures over all that is loaded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The sources.
    pub sources: Vec<SourceInfo>,
    /// Counts.
    pub totals: Totals,
    /// Open sessions whose record has not changed for 24 hours before the answer.
    pub silent: u32,
    /// The time that the rows span; null where there is none.
    pub extent: Option<Extent>,
    /// When the data were fetched (the latest), else the last instant in them.
    pub as_of: Option<i64>,
    /// The legend.
    pub legend: Vec<LegendEntry>,
    /// Rows of the lane list, group heads included.
    pub rows: u32,
    /// A file is still being read.
    pub loading: bool,
}

/// How a SIM is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SimState {
    /// A session is open, and was heard of within 24 hours before the answer.
    Open,
    /// A session is open, but nothing was heard of it for 24 hours.
    Silent,
    /// No open session.
    Offline,
    /// The vendor does not tell.
    Unknown,
}

/// The label of a row of the lane list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RowLabel {
    /// A SIM.
    Lane {
        /// Its lane.
        lane: u32,
        /// What it is called, else its identifier.
        name: String,
        /// Its identifier: ICCID, else the vendor's key.
        identifier: String,
        /// How it is doing.
        state: SimState,
    },
    /// A group's head.
    Group {
        /// By which it is folded.
        key: String,
        /// What to call it: a label, or an alpha-2 code where it is a country.
        label: String,
        /// The label is a country's code.
        country: bool,
        /// Its SIMs.
        sims: u32,
        /// Its lanes are not shown.
        folded: bool,
    },
}

/// A frame, short of its bars, which follow as typed arrays in the order of `timeline::Bars`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrameMeta {
    /// Left edge.
    pub from: i64,
    /// Right edge.
    pub to: i64,
    /// Width in device pixels.
    pub width: f32,
    /// Device pixels per CSS pixel.
    pub ratio: f32,
    /// The rows that the frame covers.
    pub rows: Vec<Row>,
    /// Their labels.
    pub row_labels: Vec<RowLabel>,
    /// Event marks.
    pub marks: Vec<EventMark>,
    /// Texts inside bars.
    pub labels: Vec<Label>,
    /// Notes with the index of their row.
    pub notes: Vec<(u32, Note)>,
    /// Index of a row, and how far it is hatched from the left edge in device pixels.
    pub hatches: Vec<(u32, f32)>,
    /// Strips of the group heads.
    pub strips: Vec<Strip>,
    /// Rows of the whole list.
    pub total_rows: u32,
}

/// The overview over all that is loaded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Left edge.
    pub from: i64,
    /// Right edge.
    pub to: i64,
    /// Most sessions up at once in each bucket.
    pub counts: Vec<u32>,
    /// Before this instant no vendor kept anything; null where none says so.
    pub nothing_before: Option<i64>,
}

/// A row of the SIMs table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimRow {
    /// Its lane.
    pub lane: u32,
    /// How it is doing.
    pub state: SimState,
    /// What it is called, else its identifier.
    pub name: String,
    /// ICCID.
    pub iccid: Option<String>,
    /// Vendor.
    pub provider: ProviderId,
    /// For how long no session has been open, in milliseconds before the answer; null while open.
    pub offline_ms: Option<i64>,
    /// When it was last known to be up.
    pub last_seen: Option<i64>,
    /// Alpha-2 code of the last country.
    pub country: Option<String>,
    /// The last operator.
    pub operator: Option<String>,
    /// The last radio technology.
    pub radio: Option<Radio>,
    /// How many sessions.
    pub sessions: u32,
    /// How many events.
    pub events: u32,
    /// Life-cycle status as reported.
    pub status: Option<String>,
    /// IMEI of the last device.
    pub imei: Option<String>,
}

/// A row of the sessions table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Its row in the store.
    pub session: u32,
    /// The SIM's lane.
    pub lane: u32,
    /// The SIM's name.
    pub name: String,
    /// Vendor.
    pub provider: ProviderId,
    /// Start.
    pub start: Option<i64>,
    /// How it is known.
    pub start_kind: StartKind,
    /// End.
    pub end: Option<i64>,
    /// How it is known.
    pub end_kind: EndKind,
    /// How long it is known to have lasted, in milliseconds.
    pub duration_ms: Option<i64>,
    /// Radio technology.
    pub radio: Option<Radio>,
    /// As reported.
    pub radio_reported: Option<String>,
    /// Operator.
    pub operator: Option<String>,
    /// MCC and MNC, joined by a hyphen.
    pub plmn: Option<String>,
    /// Alpha-2 code.
    pub country: Option<String>,
    /// Bytes both ways.
    pub bytes: Option<u64>,
    /// Packets both ways.
    pub packets: Option<u64>,
    /// IMEI.
    pub imei: Option<String>,
    /// Number of its colour.
    pub colour: u8,
    /// Watching added or changed it, and the visitor has not seen it yet.
    pub fresh: bool,
}

/// A row of the events table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventTableRow {
    /// Its row in the store.
    pub event: u32,
    /// The SIM's lane.
    pub lane: u32,
    /// The SIM's name.
    pub name: String,
    /// When.
    pub time: i64,
    /// What about.
    pub event_kind: EventKind,
    /// As reported.
    pub reported_kind: Option<String>,
    /// Operator; of a change the new one.
    pub operator: Option<String>,
    /// Alpha-2 code; of a change the new one.
    pub country: Option<String>,
    /// Signal strength as reported.
    pub signal: Option<f64>,
    /// Whatever else.
    pub detail: Option<String>,
    /// Watching added it, and the visitor has not seen it yet.
    pub fresh: bool,
}

/// A row of the usage table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UsageTableRow {
    /// Its number in the store.
    pub usage: u32,
    /// The SIM's lane; null for an account.
    pub lane: Option<u32>,
    /// The SIM's name; null for an account.
    pub name: Option<String>,
    /// Vendor.
    pub provider: ProviderId,
    /// Start of the period.
    pub from: i64,
    /// End of the period.
    pub to: Option<i64>,
    /// Bytes from the device.
    pub bytes_up: Option<u64>,
    /// Bytes to the device.
    pub bytes_down: Option<u64>,
    /// Bytes both ways.
    pub bytes_total: Option<u64>,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TableRows {
    /// SIMs.
    Sims(Vec<SimRow>),
    /// Sessions.
    Sessions(Vec<SessionRow>),
    /// Events.
    Events(Vec<EventTableRow>),
    /// Usage.
    Usage(Vec<UsageTableRow>),
}

/// A part of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TablePage {
    /// Number of the first row.
    pub first: u32,
    /// Rows of the whole table, as filtered.
    pub total: u32,
    /// Rows of each table, as filtered, in the order of [`Tab`].
    pub totals: [u32; 4],
    /// The rows.
    pub rows: TableRows,
}

/// Where a record's text lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawAt {
    /// The host's number of the document.
    pub document: u32,
    /// Byte offset in the unpacked document.
    pub offset: u32,
    /// Length in bytes.
    pub length: u32,
}

/// What a figure is counted by, with its share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// What it is: a label, or an alpha-2 code where it is a country.
    pub label: String,
    /// Sessions.
    pub sessions: u32,
    /// Time online inside the span, milliseconds.
    pub online_ms: i64,
}

/// Sums over a span of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpanSums {
    /// Start of the span.
    pub from: i64,
    /// End of the span.
    pub to: i64,
    /// Sessions that overlap it.
    pub sessions: u32,
    /// SIMs with such a session.
    pub sims: u32,
    /// Time online inside the span over all SIMs, overlaps of one SIM counted once, milliseconds.
    pub online_ms: i64,
    /// Bytes of sessions that lie wholly or partly in it, where reported in bytes or MB.
    pub bytes: Option<u64>,
    /// Packets likewise.
    pub packets: Option<u64>,
    /// By operator.
    pub operators: Vec<Share>,
    /// By radio technology.
    pub radios: Vec<Share>,
    /// By country.
    pub countries: Vec<Share>,
}

/// What the inspector shows. Sessions, SIMs and events as text: the public JSON of the model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// The SIM.
    pub sim: Option<String>,
    /// Its name, else its identifier.
    pub name: Option<String>,
    /// How it is doing.
    pub state: Option<SimState>,
    /// The session.
    pub session: Option<String>,
    /// Which of the lane's sessions it is, from 1, and how many there are.
    pub position: Option<(u32, u32)>,
    /// Colours of the session's segments: (from, to, colour).
    pub segments: Vec<(i64, i64, u8)>,
    /// The event.
    pub event: Option<String>,
    /// The vendor's own records of it, the latest first.
    pub records: Vec<RawAt>,
    /// Sums over the chosen span.
    pub sums: Option<SpanSums>,
    /// Row of the chosen SIM in the lane list; null where it is folded away or filtered out.
    pub lane_row: Option<u32>,
    /// From when until when the chosen session, or event, is drawn.
    pub drawn: Option<(i64, i64)>,
    /// The attribution of a position from a look-up.
    pub attribution: Option<String>,
    /// When the data were fetched, else the last instant in them.
    pub as_of: Option<i64>,
}

/// What is on the map.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MapUpdate {
    /// `map::MapData` as JSON, for the map's own part.
    pub json: String,
    /// Places in the chosen span.
    pub places: u32,
    /// SIMs of which only the country is known.
    pub country_sims: u32,
    /// Sessions of which not even that is known.
    pub off_map: u32,
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// The host's number of the document.
    pub document: u32,
    /// Its name.
    pub name: String,
    /// Number of its source.
    pub source: u32,
    /// Records read, bad ones included.
    pub records: u64,
    /// Records skipped.
    pub bad_records: u64,
    /// Why it could not be read (to its end), in words.
    pub problem: Option<String>,
    /// A short name of the problem.
    pub code: Option<String>,
    /// The answer names no SIM: which one is it?
    pub question: Option<SimQuestion>,
    /// The vendor was assumed.
    pub vendor_assumed: Option<ProviderId>,
}

/// Something that watching found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsItem {
    /// When it happened.
    pub time: i64,
    /// The SIM's lane; `u32::MAX` for the sentence that only counts what is left out.
    pub lane: u32,
    /// One plain sentence, without a full stop.
    pub text: String,
}

/// From the engine to the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Update {
    /// Figures over all that is loaded.
    Summary(Summary),
    /// A frame of the timeline. Its bars follow as typed arrays.
    Frame(FrameMeta),
    /// The overview.
    Overview(Overview),
    /// A part of a table.
    Table(TablePage),
    /// The inspector.
    Inspection(Box<Inspection>),
    /// What is on the map.
    Map(MapUpdate),
    /// What came of a file.
    Loaded(Loaded),
    /// The engine chose something: the page follows.
    Selected(Selection),
    /// What a round of watching brought, the newest last: 20 sentences at most, and one that counts
    /// what is left out. Sent once for a watched document that brought something.
    News(Vec<NewsItem>),
    /// These groups are folded now, by key.
    Folded(Vec<String>),
    /// Where the edge lies that was asked for.
    Edge {
        /// What was asked.
        query: EdgeQuery,
        /// The start or the known end of a session that is nearest to the drawing; null where none is so near.
        at: Option<i64>,
    },
}

/// An instant as it crosses.
pub fn ms(instant: Option<Instant>) -> Option<i64> {
    instant.map(Instant::ms)
}

impl TableRows {
    /// Which table they are of.
    pub fn tab(&self) -> Tab {
        match self {
            Self::Sims(_) => Tab::Sims,
            Self::Sessions(_) => Tab::Sessions,
            Self::Events(_) => Tab::Events,
            Self::Usage(_) => Tab::Usage,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Sims(rows) => rows.len(),
            Self::Sessions(rows) => rows.len(),
            Self::Events(rows) => rows.len(),
            Self::Usage(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A command or an update as bytes.
///
/// # Errors
///
/// None in practice: every type here can be written.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(value)
}

/// A command or an update out of its bytes.
///
/// # Errors
///
/// The bytes are of another build, or cut off.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
