//! What a report is asked about, and how it crosses.

use serde::{Deserialize, Serialize};

pub use crate::report::{Report, Table};

/// Over which time a report is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportSpan {
    /// The chosen span; the last [`ReportSpan::USUAL`] where none is chosen.
    #[default]
    Chosen,
    /// So many hours before the data were fetched.
    Last(u32),
    /// From the first row to the last, or to when the data were fetched.
    All,
}

impl ReportSpan {
    /// What vendors keep, more or less.
    pub const USUAL: Self = Self::Last(30 * 24);
}

/// A report over what filter and legend let through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportQuery {
    /// Over which time.
    pub span: ReportSpan,
    /// Whose days and hours are meant: since when (epoch milliseconds) a zone is so many minutes east of UTC, in time's order.
    /// Before the first one that one holds; an empty table is UTC.
    pub offsets: Vec<(i64, i32)>,
    /// So many rows of each list at most; days and hours are never cut.
    pub most: u32,
}

/// A report as the sheet shows it: long lists are cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportPage {
    /// The report, without the SIMs by their previous session.
    pub report: Report,
    /// How many SIMs there are by their previous session.
    pub previous: u32,
    /// How many SIMs there are whose vendor sums up their sessions.
    pub vendors: u32,
}

/// What a report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportForm {
    /// One of its tables as CSV.
    Csv(Table),
    /// All of it as JSON.
    Json,
}

/// A report as the text of a file, with all rows of each list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFile {
    /// What it is written as.
    pub form: ReportForm,
    /// Over which time it is, epoch milliseconds.
    pub span: [i64; 2],
    /// The text.
    pub text: String,
}
