//! The timeline: which part of it is on screen, and what is in it.

use serde::{Deserialize, Serialize};

use super::findings::{FindingLine, LaneFinding};
use crate::engine::marks::Mark;
use crate::timeline::{EventMark, Note, Row, Strip, Track};

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
    /// No open session, and none could be: the vendor reports a status in which the SIM cannot connect.
    NotActive,
    /// Its sessions were never asked for.
    NotFetched,
    /// Its sessions were asked for, and the vendor, who keeps those of so many days, has none.
    NoneKept(u16),
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
        /// What stands out in it.
        finding: Option<LaneFinding>,
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
    /// What stands out in its lanes.
    pub findings: Vec<FindingLine>,
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
