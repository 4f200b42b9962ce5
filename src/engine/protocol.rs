//! What the page and the engine say to each other. Commands say what the views show; updates say
//! what is in it. Both cross as bytes in postcard's format, which fits because page and engine are of
//! one build; the bars of a frame cross as typed arrays. Instants are epoch milliseconds here: the
//! page formats them in the visitor's zone.

use serde::{Deserialize, Serialize};

use crate::import::SimQuestion;
use crate::model::{EndKind, EventKind, Instant, ProviderId, Radio, StartKind, Warning};
use crate::store::filter::{Completions, Problem};
use crate::store::{Extent, Totals};
use crate::timeline::{EdgeQuery, EventMark, Label, Note, Row, Strip, Track};

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
    /// The owner's first tag.
    Tag,
    /// The device that the SIM belongs to: its name or number at the vendor, else the IMEI of the last session.
    Device,
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
    /// Most traffic first: bytes where told, below them packets.
    Traffic,
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
    /// Lanes that are opened into rows. One that is alone in the list is opened unless it is named here.
    pub opened: Vec<u32>,
    /// Lanes that stand first, whatever the order.
    pub pinned: Vec<u32>,
    /// Lanes that are left out of the list.
    pub left_out: Vec<u32>,
    /// Height of a lane, CSS pixels; 0 for the usual one.
    pub row_px: u8,
    /// The filter line; empty lets everything through. `docs/filter.md` says what it means.
    pub filter: String,
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
    /// What of the list lies above the pane, CSS pixels.
    pub top: f32,
    /// Height of the pane, CSS pixels.
    pub height: f32,
}

/// All lanes at once, a pixel or less each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FleetQuery {
    /// Left edge.
    pub from: i64,
    /// Right edge.
    pub to: i64,
    /// Device pixels.
    pub width: u32,
    /// Device pixels.
    pub height: u32,
    /// The first lane, counted in the order of the list, folded groups included.
    pub first: u32,
    /// How many lanes; 0 for all.
    pub count: u32,
}

/// A group's part of a fleet's picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// What to call it: a label, or an alpha-2 code where it is a country.
    pub label: String,
    /// The label is a country's code.
    pub country: bool,
    /// Its lanes that are in the picture.
    pub sims: u32,
    /// The first of them, counted as in [`FleetQuery::first`].
    pub first: u32,
}

/// A picture of the whole fleet, short of its cells, which follow as two typed arrays of bytes, row by row: the colour that
/// covers most of the cell, and how much of 255 of its lanes was up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FleetMeta {
    /// Left edge.
    pub from: i64,
    /// Right edge.
    pub to: i64,
    /// Device pixels.
    pub width: u32,
    /// Device pixels.
    pub height: u32,
    /// The first lane.
    pub first: u32,
    /// How many lanes are in it.
    pub count: u32,
    /// How many lanes there are.
    pub total: u32,
    /// The groups in it, from top to bottom; empty where lanes are not grouped.
    pub bands: Vec<Band>,
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
    /// Show all lanes at once, or stop doing so.
    Fleet(Option<FleetQuery>),
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
    /// Select the lane at this place of the list, folded groups included.
    SelectLaneAt {
        /// Counted as in [`FleetQuery::first`].
        at: u32,
    },
    /// Say what could be written at a place of a filter line.
    Complete {
        /// The line.
        line: String,
        /// The place, in characters.
        cursor: u32,
    },
    /// Forget everything.
    Clear,
    /// The visitor has seen what was new.
    Seen,
    /// Select another SIM of the lane list.
    StepLane {
        /// How many further; beyond the ends of the list its first or last.
        by: i32,
        /// From where on in the list, CSS pixels, the first SIM is taken where none is chosen.
        from_y: f32,
    },
    /// Fold or unfold the group of a lane; with none fold all groups.
    Fold {
        /// The lane.
        lane: Option<u32>,
    },
    /// Tell exactly where a session's edge lies that was read off a frame.
    Edge(EdgeQuery),
    /// Pick sessions to be summed. Choosing anything else lets go of them.
    Pick(Pick),
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
        /// Its rows follow.
        opened: bool,
        /// It stands first, whatever the order.
        pinned: bool,
    },
    /// A row of an opened lane.
    Track {
        /// The lane.
        lane: u32,
        /// What it shows.
        track: Track,
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
    /// The head of the group that the topmost row belongs to, where that head itself lies above: index into `rows`.
    pub sticky: Option<u32>,
    /// Height of the whole list, CSS pixels.
    pub total_height: f32,
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

/// Figures of whole sessions by direction, each null where no session reports it (never 0 for that).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// From the device.
    pub up: Option<u64>,
    /// To the device.
    pub down: Option<u64>,
    /// Both ways: of each session its reported total, else the directions that it reports.
    pub total: Option<u64>,
    /// Sessions that report a figure from the device, to the device, and any figure at all.
    pub sessions: [u32; 3],
}

/// A row of a breakdown: an operator, a country, a radio technology or a SIM.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// What it is: an operator's name (else MCC and MNC), an alpha-2 code, a radio's JSON name, a SIM's
    /// name (else its identifier); null where nobody told.
    pub label: Option<String>,
    /// Of a SIM: its identifier; null otherwise.
    pub identifier: Option<String>,
    /// Sessions that were on it inside the span. One that changed counts in each row that it touched.
    pub sessions: u32,
    /// SIMs of those sessions.
    pub sims: u32,
    /// Time online on it inside the span, at least; overlaps of one SIM once. Milliseconds.
    pub online_ms: i64,
    /// The same, at most.
    pub online_most_ms: i64,
    /// Of a SIM: how much of the span is known of it, milliseconds; null otherwise.
    pub known_ms: Option<i64>,
    /// Of a SIM: its longest gap, milliseconds; null where it has none.
    pub longest_gap_ms: Option<i64>,
    /// Bytes of the sessions that were on it alone.
    pub bytes: Flow,
    /// Packets of the sessions that were on it alone.
    pub packets: Flow,
    /// Sessions that were on others too: what they carried cannot be told apart and is in no row.
    pub split: u32,
}

/// The longest time without a session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LongestGap {
    /// The SIM's lane.
    pub lane: u32,
    /// The SIM's name, else its identifier.
    pub name: String,
    /// Since when.
    pub from: i64,
    /// Until when.
    pub to: i64,
    /// It reaches to an edge of the span, or to where the data end: it may be longer.
    pub cut: bool,
}

/// Times without a session, each between two sessions of one SIM.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Gaps {
    /// How many.
    pub count: u32,
    /// Half of them are shorter; null where there is none.
    pub median_ms: Option<i64>,
    /// The longest, the earliest of equals; null where there is none.
    pub longest: Option<LongestGap>,
    /// Left out: those of which nobody knows when they began.
    pub unsure: u32,
}

/// Sums over a span of time, or over the sessions that the visitor picked. docs/sums.md says how each
/// figure is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SpanSums {
    /// Start of the span; of picked sessions the first start.
    pub from: i64,
    /// End of the span; of picked sessions the last end.
    pub to: i64,
    /// How many sessions the visitor picked, filtered out ones included; null where it is a span.
    pub picked: Option<u32>,
    /// Sessions that overlap it.
    pub sessions: u32,
    /// Of those the ones that reach beyond it: their traffic is counted in whole.
    pub reach_out: u32,
    /// SIMs with such a session.
    pub sims: u32,
    /// SIMs of which some of the span is known: coverage is over them.
    pub sims_known: u32,
    /// SIMs of which no session is loaded: left out of coverage.
    pub sims_without: u32,
    /// Time online over all SIMs, at least: from start to end or last update. Milliseconds.
    pub online_ms: i64,
    /// The same, at most: open sessions until fetched, estimated ends at their latest.
    pub online_most_ms: i64,
    /// Time over all SIMs in which it is known whether a session was up, milliseconds. Coverage is
    /// `online_ms / known_ms` to `online_most_ms / known_ms`.
    pub known_ms: i64,
    /// Time behind sessions whose end nobody reported, milliseconds.
    pub unknown_ms: i64,
    /// Time of which nothing was fetched or kept, milliseconds.
    pub not_fetched_ms: i64,
    /// Bytes.
    pub bytes: Flow,
    /// Packets.
    pub packets: Flow,
    /// Sessions whose bytes were reported in MB, taken as 10^6 bytes.
    pub in_megabytes: u32,
    /// Sessions that report a figure of which the vendor does not tell the unit: left out.
    pub unit_unknown: u32,
    /// Times without a session.
    pub gaps: Gaps,
    /// By operator, country, radio and SIM, most time online first.
    pub shares: [Shares; 4],
}

/// A breakdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// The rows, most time online first: 100 at most.
    pub rows: Vec<Share>,
    /// How many there are in all.
    pub total: u32,
}

/// The picked sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    /// The sessions, by number.
    pub sessions: Vec<u32>,
    /// How many more were asked for: so many are picked at once at most.
    pub left_out: u32,
}

/// Which sessions are picked, to be summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// Put a session in, or take it out. The first one brings the chosen session with it.
    Toggle(u32),
    /// Put in all sessions of the table from the one that was picked or chosen last to this one.
    Through(u32),
    /// None any more.
    Clear,
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
    /// Sums over the picked sessions, else over the chosen span.
    pub sums: Option<SpanSums>,
    /// Upper and lower edge of the chosen SIM in the lane list, CSS pixels; null where it is folded away or filtered out.
    pub lane_place: Option<(f32, f32)>,
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

/// What became of a filter line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FilterUpdate {
    /// The line.
    pub line: String,
    /// Why it filters nothing new; empty where it is in force.
    pub problems: Vec<Problem>,
}

/// From the engine to the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Update {
    /// Figures over all that is loaded.
    Summary(Summary),
    /// A frame of the timeline. Its bars follow as typed arrays.
    Frame(FrameMeta),
    /// A picture of the whole fleet. Its cells follow as typed arrays.
    Fleet(FleetMeta),
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
    /// What became of a filter line. Sent for every other line than the one before.
    Filter(FilterUpdate),
    /// What could be written at a place of a filter line.
    Completions(Completions),
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
    /// Which sessions are picked, in the order of their numbers.
    Picked(Picked),
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
