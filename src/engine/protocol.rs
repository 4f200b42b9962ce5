//! What the page and the engine say to each other. Commands say what the views show; updates say
//! what is in it. Both cross as bytes in postcard's format, which fits because page and engine are of
//! one build; the bars of a frame cross as typed arrays. Instants are epoch milliseconds here: the
//! page formats them in the visitor's zone.

use serde::{Deserialize, Serialize};

mod documents;
mod findings;
mod groups;
mod labels;
mod report;
mod settings;
mod sums;
mod tables;
mod timeline;

pub use documents::{Held, Loaded, RememberedInfo, SourceInfo};
pub use findings::{
    Evidence, FindingDetail, FindingLine, FindingRow, FindingsBy, FindingsFile, FindingsForm,
    FindingsItem, FindingsPage, FindingsQuery, LaneFinding,
};
pub use groups::{GroupTotals, SimGroup};
pub use labels::{LabelColumn, LabelColumns, LabelsInfo};
pub use report::{Report, ReportFile, ReportForm, ReportPage, ReportQuery, ReportSpan, Table};
pub use settings::{ColourBy, GroupBy, Selection, Settings, SortBy};
pub use sums::{Flow, Gaps, LongestGap, Pick, Picked, Share, Shares, SpanSums};
pub use tables::{Column, RowKey, Said, Tab, TablePage, TableQuery, TableRow, Take, Value};
pub use timeline::{
    Band, FleetMeta, FleetQuery, FrameMeta, Overview, RowLabel, SimState, TimelineQuery,
};

use super::chosen::Wanted;
use super::marks::{Marks, Restored};
use crate::model::{Instant, ProviderId};
use crate::store::filter::{Completions, Problem};
use crate::store::{Extent, Totals};
use crate::timeline::EdgeQuery;

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
    /// Show a report, or stop doing so.
    Report(Option<ReportQuery>),
    /// Write a report once, with all rows of each list.
    SaveReport {
        /// What it is about.
        query: ReportQuery,
        /// What it is written as.
        form: ReportForm,
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
    /// Look for what stands out, and tell this part of it.
    Findings(Box<FindingsQuery>),
    /// Choose another finding of the list.
    StepFinding {
        /// How many further; beyond the ends of the list its first or last.
        by: i32,
    },
    /// Hand out the findings that are listed.
    TakeFindings(FindingsForm),
    /// Say what documents hold together.
    Held {
        /// Number of the request.
        request: u32,
        /// The host's numbers.
        documents: Vec<u32>,
    },
    /// Say what the columns of a file of labels are.
    Label {
        /// The host's number of the document.
        document: u32,
        /// All columns.
        columns: LabelColumns,
    },
    /// Leave a file of labels out.
    Unlabel {
        /// The host's number of the document.
        document: u32,
    },
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
    /// The session's record was kept in this browser.
    pub remembered: bool,
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
    Taken {
        /// Number of the request.
        request: u32,
        /// The rows.
        page: TablePage,
    },
    /// The inspector.
    Inspection(Box<Inspection>),
    /// What is on the map.
    Map(MapUpdate),
    /// The report.
    Report(Box<ReportPage>),
    /// A report that was asked for once, as the text of a file.
    ReportFile(ReportFile),
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
    /// A part of the list of findings.
    Findings(Box<FindingsPage>),
    /// Findings that are handed out.
    FindingsTaken(FindingsFile),
    /// The finding that was asked for.
    FindingChosen(FindingRow),
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
    /// What documents hold together.
    Held {
        /// Number of the request.
        request: u32,
        /// What they hold.
        held: Held,
    },
    /// All files of labels that are in use, in the order in which they were opened. Sent whenever one of them, or what came of
    /// its rows, is another.
    Labels(Vec<LabelsInfo>),
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
