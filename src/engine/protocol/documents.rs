//! Documents and their sources: what came of them, and what they hold.

use serde::{Deserialize, Serialize};

use crate::import::SimQuestion;
use crate::model::{ProviderId, Warning};

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
    /// Of a file of labels: the host's number of its document, and how many SIMs have a label of it.
    pub labels: Option<(u32, u32)>,
    /// The host of the geolocate service that they are from.
    pub service: Option<String>,
    /// All warnings.
    pub warning_count: u64,
    /// The first warnings.
    pub warnings: Vec<Warning>,
    /// When its latest answer was fetched; null for files.
    pub observed: Option<i64>,
    /// What of it was kept in this browser; null where nothing was.
    pub remembered: Option<RememberedInfo>,
}

/// What of a source was kept in this browser, and what was fetched since. Instants in epoch milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedInfo {
    /// Records that were kept.
    pub records: u64,
    /// Until when what they say is known to have held.
    pub until: i64,
    /// When the first answer came since; null before it did.
    pub fresh_since: Option<i64>,
}

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
    /// It is a file of labels whose columns were guessed: nobody has seen yet what they were taken for.
    pub labels_guessed: bool,
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
