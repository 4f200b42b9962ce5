//! What crosses from the engine to the page for one view: bars, marks, labels and notes in pixels.
//! A frame holds positions relative to its own window, so the page can show the last one shifted
//! and scaled until the next arrives.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::bars::Bars;
use super::forest::Detail;

/// A session as the timeline needs it, or several on one pixel. Times in epoch milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneBar {
    /// The session's row in the store.
    pub session: u32,
    /// Start; where it is unknown, the earliest known instant of the session.
    pub start: i64,
    /// Until when the session is known to have been up: drawn solid up to here. At least `start`.
    pub solid_until: i64,
    /// Until when it may have been up (open: when the answer was fetched; estimated: the latest
    /// end): drawn light from `solid_until` to here. At least `solid_until`.
    pub light_until: i64,
    /// Index of its colour in the legend.
    pub colour: u8,
    /// How start and end are known.
    pub flags: BarFlags,
    /// New to the visitor.
    pub fresh: bool,
    /// How many sessions it stands for, at least 1. Several are not told apart: see [`Detail`].
    pub count: u32,
    /// For how long they are known to have been up, milliseconds: what weighs their colour when they are merged.
    pub covered: i64,
    /// Number of its text, for [`LaneView::label`].
    pub text: u32,
    /// How tall it is drawn in a row of columns, of 255; null where it takes the height of a bar.
    pub level: Option<u8>,
}

/// How the ends of a bar are known, as bits of one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BarFlags(pub u8);

impl BarFlags {
    /// Not ended when last reported.
    pub const OPEN: u8 = 1;
    /// The end is unknown: drawn frayed at its right edge.
    pub const END_UNKNOWN: u8 = 2;
    /// The end is an estimate: its right edge is drawn dashed.
    pub const END_ESTIMATED: u8 = 4;
    /// The start is an estimate or unknown: its left edge is drawn frayed.
    pub const START_UNSURE: u8 = 8;
    /// Began before the answer's window.
    pub const START_BEFORE: u8 = 16;
    /// Several sessions merged into one bar, because they are too narrow to be told apart.
    pub const MERGED: u8 = 32;
    /// Belongs to the same session as the bar before it: another segment of it.
    pub const SEGMENT: u8 = 64;
    /// Overlaps another session of the same lane.
    pub const OVERLAP: u8 = 128;

    /// Whether one of these bits is set.
    pub fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// An event as the timeline needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneEvent {
    /// The event's row in the store.
    pub event: u32,
    /// Epoch milliseconds.
    pub time: i64,
    /// Number of its kind.
    pub kind: u8,
    /// New to the visitor.
    pub fresh: bool,
}

/// Who looks at the bars of a row, one after the other. Each kind of it is compiled into a walk of its own: quick, but large.
/// What need not be quick hands in a `&mut dyn FnMut(LaneBar)`, for which there is one.
pub trait Visit {
    /// The next bar.
    fn visit(&mut self, bar: LaneBar);
}

impl<F: FnMut(LaneBar)> Visit for F {
    fn visit(&mut self, bar: LaneBar) {
        self(bar);
    }
}

/// The lanes, as far as a frame asks. Implemented by the engine over the store.
pub trait LaneView {
    /// Calls `visit` for everything in the row that touches the window [from, to], in order of start. Sessions that began
    /// before `from` and reach into the window are included. Sessions that are not told apart may come as one.
    fn bars(&self, row: RowKind, window: (i64, i64), detail: Detail<'_>, visit: &mut impl Visit);
    /// The segments of a session where the vendor tells of changes inside it: (from, colour) in time
    /// order; leaves `out` empty where there are none.
    fn segments(&self, session: u32, out: &mut Vec<(i64, u8)>);
    /// Calls `visit` for every event of the row within [from, to], in order of time.
    fn events(&self, row: RowKind, window: (i64, i64), visit: &mut dyn FnMut(LaneEvent));
    /// The text to write into a bar if it fits, by its number: the operator's name, the same in all lanes, or the value that the
    /// row shows. Empty for none.
    fn label(&self, row: RowKind, text: u32) -> Cow<'_, str>;
    /// How many sessions of a group were up, over all its time; null where nobody counted: then its lanes are asked.
    fn counts(&self, group: u32) -> Option<&Counts>;
    /// Up to when (epoch ms) the vendor kept nothing of this lane: hatched left of it. Null where
    /// the vendor does not say.
    fn nothing_before(&self, lane: u32) -> Option<i64>;
    /// What to say after the last bar: `offline 3 d 4 h`. Null for nothing.
    fn note(&self, row: RowKind) -> Option<Note>;
}

/// What a row of the lane list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowKind {
    /// A SIM's lane.
    Lane(u32),
    /// The head of a group: its lanes follow, or are folded away. Holds the group's number.
    Group(u32),
    /// A row of an opened lane, below it.
    Track(u32, Track),
}

impl RowKind {
    /// The lane that the row is of; null for the head of a group.
    pub fn lane(self) -> Option<u32> {
        match self {
            Self::Lane(lane) | Self::Track(lane, _) => Some(lane),
            Self::Group(_) => None,
        }
    }
}

/// What a row of an opened lane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Track {
    /// The operator of the visited network.
    Operator,
    /// The radio technology.
    Radio,
    /// The cell.
    Cell,
    /// The device's IMEI.
    Imei,
    /// The IMSI that was used.
    Imsi,
    /// The life-cycle status.
    Status,
    /// Traffic of each session.
    Traffic,
    /// Usage records.
    Usage,
    /// Signal strength that came with events.
    Signal,
    /// Events by name.
    Events,
}

impl Track {
    /// All of them, from top to bottom.
    pub const ALL: [Self; 10] = [
        Self::Operator,
        Self::Radio,
        Self::Cell,
        Self::Imei,
        Self::Imsi,
        Self::Status,
        Self::Traffic,
        Self::Usage,
        Self::Signal,
        Self::Events,
    ];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Operator => "Operator",
            Self::Radio => "Radio",
            Self::Cell => "Cell",
            Self::Imei => "IMEI",
            Self::Imsi => "IMSI",
            Self::Status => "Status",
            Self::Traffic => "Traffic",
            Self::Usage => "Usage",
            Self::Signal => "Signal",
            Self::Events => "Events",
        }
    }
}

/// A row of the lane list with its height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Lane or group head.
    pub kind: RowKind,
    /// Upper edge in CSS pixels from the top of the whole list.
    pub y: f32,
    /// Height in CSS pixels.
    pub height: f32,
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrameQuery<'a> {
    /// Left edge, epoch milliseconds.
    pub from: i64,
    /// Right edge, epoch milliseconds; greater than `from`.
    pub to: i64,
    /// Width in device pixels.
    pub width: f32,
    /// Device pixels per CSS pixel.
    pub ratio: f32,
    /// The rows on screen (and a few around them).
    pub rows: &'a [Row],
    /// The lanes of each group head in `rows`, for its summed strip: by group number.
    pub group_lanes: &'a [&'a [u32]],
}

/// The lowest column, in [`super::Bar::sub`]; 255 is the tallest.
pub const COLUMN: u8 = 16;

/// One or several events at one place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EventMark {
    /// Index into the frame's rows.
    pub row: u32,
    /// Device pixels from the frame's left edge.
    pub x: f32,
    /// Kind of the first.
    pub kind: u8,
    /// How many.
    pub count: u32,
    /// Event row of the first.
    pub event: u32,
    /// One of them is new to the visitor.
    pub fresh: bool,
}

/// How a note is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// For information.
    Dim,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
}

/// Words on a lane, at an instant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where it begins, epoch milliseconds.
    pub at: i64,
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// How many sessions were up at once at most, in bins of equal length.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Where the first bin begins, epoch milliseconds.
    pub from: i64,
    /// Length of a bin, milliseconds.
    pub bin_ms: i64,
    /// By bin.
    pub up: Vec<u32>,
}

/// The summed strip of a group head: how many sessions are open, per bucket of equal width.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    /// Index into the frame's rows.
    pub row: u32,
    /// Left edge of the first bucket in device pixels: 0 or less, so that buckets keep to the same
    /// instants while the view pans.
    pub x0: f32,
    /// Width of a bucket in device pixels.
    pub bucket: f32,
    /// Highest number of sessions up at once in each bucket.
    pub counts: Vec<u32>,
}

/// A painted view, short of the pixels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// Left edge, epoch milliseconds.
    pub from: i64,
    /// Right edge, epoch milliseconds.
    pub to: i64,
    /// Width in device pixels.
    pub width: f32,
    /// Device pixels per CSS pixel.
    pub ratio: f32,
    /// The rows that the frame covers.
    pub rows: Vec<Row>,
    /// The bars, and the labels in them.
    pub bars: Bars,
    /// Event marks, ordered likewise.
    pub marks: Vec<EventMark>,
    /// The texts of the labels, each once.
    pub texts: Vec<String>,
    /// Notes with their row: (index into `rows`, note).
    pub notes: Vec<(u32, Note)>,
    /// (index into `rows`, device pixels): hatched from the left edge to there.
    pub hatches: Vec<(u32, f32)>,
    /// Strips of the group heads.
    pub strips: Vec<Strip>,
    /// The head of the group that the topmost row belongs to, where it lies above: the last of `rows`, painted over the
    /// others at the top of the canvas.
    pub sticky: Option<u32>,
}

impl Frame {
    /// The rows in order of their place, without the sticky one.
    pub fn rows_in_place(&self) -> &[Row] {
        let count = self.sticky.map_or(self.rows.len(), |at| at as usize);
        self.rows.get(..count).unwrap_or_default()
    }

    /// Where the sticky row is painted in the list scrolled by `scroll_y`; pushed up by the next head. Null where there
    /// is none.
    pub fn sticky_row(&self, scroll_y: f32) -> Option<Row> {
        let row = *self.rows.get(self.sticky? as usize)?;
        if row.y >= scroll_y {
            return None;
        }
        let heads = self.rows_in_place().iter();
        let mut next = heads.filter(|r| matches!(r.kind, RowKind::Group(_)) && r.y > scroll_y);
        let push = next.next().map_or(f32::MAX, |next| next.y - row.height);
        Some(Row {
            y: scroll_y.min(push),
            ..row
        })
    }
}
