//! Where rows came from: sources (what the visitor opened or connected) and documents (one answer
//! or file each). The text itself is kept outside, as a file or Blob.

use serde::Serialize;

use crate::model::{Instant, ProviderId, Warning};

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordAt {
    /// Number of the document.
    pub document: u32,
    /// Bytes from the start of the unpacked document (up to 4 GiB).
    pub offset: u32,
    /// Length in bytes.
    pub length: u32,
}

/// One answer or file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Number of its source.
    pub source: u32,
    /// File name, or the vendor's name of the call.
    pub name: String,
    /// When it was fetched; null for files.
    pub observed: Option<Instant>,
}

/// How many warnings of a source are kept word for word; the others are only counted.
const KEPT_WARNINGS: usize = 500;

/// What the visitor opened or connected.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// Its name: the file's, or what the visitor called it.
    pub label: String,
    /// The vendor, once known.
    pub provider: Option<ProviderId>,
    /// The vendor was assumed, because another has the very same answers.
    pub provider_assumed: bool,
    /// Records read, bad ones included.
    pub records: u64,
    /// Records skipped because they could not be read.
    pub bad_records: u64,
    /// All warnings, those not kept included.
    pub warning_count: u64,
    /// The first warnings.
    pub warnings: Vec<Warning>,
}

impl Source {
    /// A source without rows.
    pub fn new(label: &str, provider: Option<ProviderId>) -> Self {
        Self {
            label: label.to_owned(),
            provider,
            provider_assumed: false,
            records: 0,
            bad_records: 0,
            warning_count: 0,
            warnings: Vec::new(),
        }
    }

    /// Counts a warning and keeps it if there are not too many.
    pub fn warn(&mut self, warning: Warning) {
        self.warning_count += 1;
        if self.warnings.len() < KEPT_WARNINGS {
            self.warnings.push(warning);
        }
    }
}
