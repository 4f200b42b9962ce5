//! What the state is made of: pictures of the engine's words, messages, questions, what is open.

use std::sync::Arc;

use web_sys::Blob;

use crate::app::link::OpenAs;
use crate::engine::protocol::{Column, FindingLine, FleetMeta, FrameMeta, RowLabel};
use crate::import::SimQuestion;
use crate::timeline::{Bars, Frame};

/// A frame with the labels of its rows.
#[derive(Debug, Clone, Default)]
pub struct Shot {
    /// The frame.
    pub frame: Frame,
    /// What its rows say.
    pub labels: Arc<Vec<RowLabel>>,
    /// Height of the whole list, CSS pixels.
    pub total_height: f32,
    /// What stands out in its rows.
    pub findings: Arc<Vec<FindingLine>>,
}

impl Shot {
    /// Puts a frame together from its two parts, and from the one before what did not change.
    pub fn new(meta: FrameMeta, bars: Bars, former: &Self) -> Self {
        let labels = meta.row_labels.map(Arc::new);
        Self {
            labels: labels.unwrap_or_else(|| former.labels.clone()),
            total_height: meta.total_height,
            findings: Arc::new(meta.findings),
            frame: Frame {
                from: meta.from,
                to: meta.to,
                width: meta.width,
                ratio: meta.ratio,
                rows: meta.rows,
                bars,
                marks: meta.marks,
                texts: meta.texts,
                notes: meta.notes,
                hatches: meta.hatches,
                strips: meta.strips,
                sticky: meta.sticky,
            },
        }
    }
}

/// A picture of the whole fleet.
#[derive(Debug, Clone, Default)]
pub struct FleetPicture {
    /// What it shows.
    pub meta: FleetMeta,
    /// The colour that covers most of each cell, row by row.
    pub colour: Vec<u8>,
    /// How much of 255 of each cell's lanes was up.
    pub up: Vec<u8>,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Good,
    /// Something was assumed or skipped.
    Warning,
    /// Something could not be done.
    Bad,
}

/// Something to tell the visitor, until dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Number, for the list's key.
    pub id: u32,
    /// How it is meant.
    pub tone: Tone,
    /// What it is about: a file's name.
    pub title: String,
    /// What happened and what to do.
    pub text: String,
    /// It speaks of what is not loaded yet, and goes once something is.
    pub until_loaded: bool,
}

/// A file that names no SIM.
#[derive(Clone)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// What is asked.
    pub asked: SimQuestion,
    /// The file, for another try.
    pub blob: Blob,
    /// How it was opened.
    pub options: OpenAs,
}

/// A file that is being read.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Its name.
    pub name: String,
    /// Bytes read, 0 to 1 of all; null before the first.
    pub share: Option<f64>,
}

/// The chip of a live source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveChip {
    /// Its number in the part that asks providers.
    pub id: u32,
    /// The name that its rows carry.
    pub label: String,
    /// `ok`, `busy`, `warning` or `bad`.
    pub tone: String,
    /// How it is doing.
    pub text: String,
    /// When all was fetched last.
    pub at: Option<i64>,
    /// Whether it is watched for what is new; null where there is nothing to watch.
    pub watching: Option<bool>,
}

/// Which pane a narrow window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// Lanes and timeline.
    #[default]
    Timeline,
    /// The map.
    Map,
    /// The tables.
    Tables,
    /// The inspector.
    Inspector,
}

/// What the pane of the tables shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    /// The table of the open tab.
    #[default]
    Table,
    /// Figures over the chosen span.
    Report,
    /// What stands out.
    Findings,
}

/// Which columns each table shows, in the order of the tabs.
pub type ColumnChoice = [Vec<Column>; 4];

/// A dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// Keys and gestures.
    Keys,
    /// The palette of commands.
    Commands,
    /// Going to a time.
    GoTo,
    /// What lies under the places.
    BaseMap,
    /// A source with its warnings, by number.
    Source(u32),
    /// Which columns the open table shows.
    Columns,
    /// Saving a case.
    Case,
    /// The saved views.
    Views,
    /// The limits of the findings.
    Limits,
    /// A file of labels, by the number of its document.
    Labels(u32),
}
