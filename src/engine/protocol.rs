//! What the page and the engine say to each other. Commands say what the views show; updates say
//! what is in it. Both cross as bytes in postcard's format, which fits because page and engine are of
//! one build; the bars of a frame cross as typed arrays. Instants are epoch milliseconds here: the
//! page formats them in the visitor's zone.

use serde::{Deserialize, Serialize};

mod sums;
mod tables;

pub use sums::{Flow, Gaps, LongestGap, Pick, Picked, Share, Shares, SpanSums};
pub use tables::{Column, RowKey, Said, Tab, TablePage, TableQuery, TableRow, Take, Value};

use super::chosen::Wanted;
use super::marks::{Mark, Marks, Restored};
use crate::import::SimQuestion;
use crate::model::{Instant, ProviderId, Warning};
use crate::store::filter::{Completions, Problem};
use crate::store::{Extent, Totals};
use crate::timeline::{EdgeQuery, EventMark, Note, Row, Strip, Track};

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
    /// Hand out rows of a table once, to be copied.
    Take(Take),
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
    /// Look for rows by their marks, now and whenever more is loaded.
    Restore(Marks),
    /// Look for what a host page names.
    Choose {
        /// Number of the request.
        request: u32,
        /// What it names.
        wanted: Wanted,
    },
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
    /// Cell positions read.
    pub cells: u64,
    /// The host of the geolocate service that they are from.
    pub service: Option<String>,
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
    /// What sessions are coloured by.
    pub coloured_by: ColourBy,
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
        /// By which a shared view finds it again.
        mark: Mark,
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

/// A frame, short of its bars and their labels, which follow as the typed arrays of `timeline::Bars::parts`.
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
    /// Their labels; null where they are those of the frame before.
    pub row_labels: Option<Vec<RowLabel>>,
    /// Event marks.
    pub marks: Vec<EventMark>,
    /// The texts of the labels, each once.
    pub texts: Vec<String>,
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

/// The name of a network by the list of MCC and MNC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedName {
    /// MCC and MNC, joined by a hyphen, as the rows have them.
    pub plmn: String,
    /// The MNC's count of digits is assumed.
    pub assumed: bool,
    /// The name.
    pub name: String,
}

/// What the inspector shows. Sessions, SIMs and events as text: the public JSON of the model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// The SIM.
    pub sim: Option<String>,
    /// Its name, else its identifier.
    pub name: Option<String>,
    /// By which a shared view finds the chosen rows again.
    pub marks: Marks,
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
    /// What the networks of these rows are called by the list of MCC and MNC, where their vendor does not say.
    pub names: Vec<ListedName>,
    /// The attribution of a position from a look-up.
    pub attribution: Option<String>,
    /// When the data were fetched, else the last instant in them.
    pub as_of: Option<i64>,
}

/// What is on the map. Its places follow as buffers: JSON lists of `map::PlaceMark`, to be put one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MapUpdate {
    /// `map::MapData` as JSON but for the places, for the map's own part.
    pub rest: String,
    /// Places in the chosen span.
    pub places: u32,
    /// Places in it and outside of it.
    pub all_places: u32,
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
    /// Cell positions read, of a file of these.
    pub cells: u64,
    /// How many of the cells of all rows are at hand in such files, and how many there are.
    pub cells_found: (u32, u32),
    /// Why it could not be read (to its end), in words.
    pub problem: Option<String>,
    /// A short name of the problem.
    pub code: Option<String>,
    /// The answer names no SIM: which one is it?
    pub question: Option<SimQuestion>,
    /// The vendor was assumed.
    pub vendor_assumed: Option<ProviderId>,
    /// What it holds, where the host page opened it.
    pub held: Option<Held>,
}

/// What a document holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The vendor; null where there is none, or more than one.
    pub provider: Option<ProviderId>,
    /// SIMs with a row from it.
    pub sims: u32,
    /// Sessions whose latest record is in it.
    pub sessions: u32,
    /// Events.
    pub events: u32,
    /// Rows of usage.
    pub usage: u32,
    /// What was skipped or assumed; of very many the first.
    pub warnings: Vec<Warning>,
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
    /// Rows of a table that were asked for once.
    Taken(TablePage),
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
    /// Rows that were looked for by their marks are there now.
    Restored(Restored),
    /// What a host page named: null where it is not loaded.
    Chosen {
        /// Number of the request.
        request: u32,
        /// The rows.
        selection: Option<Selection>,
    },
}

/// An instant as it crosses.
pub fn ms(instant: Option<Instant>) -> Option<i64> {
    instant.map(Instant::ms)
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
