//! All of a report, as JSON, and each of its tables as CSV.

use serde::{Deserialize, Serialize};

use super::csv;
use super::ground::Ground;
use super::{Activity, Asked, Making, OfSource, Previous, Summary, VendorSummary};

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Start of the span, epoch milliseconds; RFC 3339 in JSON, as the next two.
    #[serde(with = "super::written")]
    pub from: i64,
    /// End of the span.
    #[serde(with = "super::written")]
    pub to: i64,
    /// When the data were fetched.
    #[serde(with = "super::written")]
    pub as_of: i64,
    /// What happened.
    pub activity: Activity,
    /// Sessions in figures.
    pub summary: Summary,
    /// The vendors' own summaries beside ours.
    pub vendors: Vec<VendorSummary>,
    /// The SIMs by their previous session.
    pub previous: Vec<Previous>,
    /// Where it is from, and what is not there.
    pub sources: Vec<OfSource>,
}

/// A table of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Events by type and day, most active SIMs.
    #[default]
    Activity,
    /// Sessions in figures.
    Summary,
    /// The vendors' own summaries beside ours.
    Vendors,
    /// The SIMs by their previous session.
    Previous,
    /// Where it is from.
    Sources,
}

impl Report {
    /// Makes a report. `ground` is what is known at all: see [`Ground::new`].
    pub fn new(asked: &Asked<'_>, ground: &Ground) -> Self {
        let mut making = Making::new(asked);
        loop {
            if let Some(report) = making.step(asked, ground, usize::MAX) {
                return report;
            }
        }
    }

    /// The report as JSON: what is not known is null, instants are RFC 3339.
    pub fn to_json(&self) -> String {
        // Plain fields with plain names: nothing in it can fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A table as CSV (RFC 4180), safe to open in a spreadsheet, with a head row that names the units. What is not known is
    /// empty, never 0.
    pub fn to_csv(&self, table: Table) -> String {
        match table {
            Table::Activity => csv::of_activity(&self.activity),
            Table::Summary => csv::of_summary(self),
            Table::Vendors => csv::of_vendors(&self.vendors),
            Table::Previous => csv::of_previous(&self.previous),
            Table::Sources => csv::of_sources(&self.sources),
        }
    }
}
