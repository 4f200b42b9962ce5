//! What became of the rows of a file of labels, and what is to be said of those without a SIM.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::ProviderId;
use crate::provider::capability;

use super::Identifier;

/// So many rows are told of one by one, the others are counted.
pub const TOLD_ROWS: usize = 500;

/// What came of matching.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Rows of the file.
    pub rows: u32,
    /// Rows that a SIM was found for, those whose labels a later row replaced included.
    pub matched: u32,
    /// Lanes that have a label now.
    pub lanes: u32,
    /// Rows that no SIM was found for.
    pub unmatched: u32,
    /// Rows that name more than one SIM of a vendor: not applied there.
    pub ambiguous: u32,
    /// Rows whose labels a later row for the same SIM replaced.
    pub replaced: u32,
    /// Rows with an identifier that a spreadsheet destroyed, whether another one matched or not.
    pub destroyed: u32,
    /// The first [`TOLD_ROWS`] of what is to be told, by line.
    pub told: Vec<Told>,
}

/// What is to be told of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Told {
    /// The line of the file, from 1.
    pub line: u32,
    /// The row's first identifier as it is written, to find the row by; empty where it has none.
    pub identifier: String,
    /// What it is.
    pub why: Why,
}

/// Why a row has no SIM, or not the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// Every column of an identifier is empty.
    NoIdentifier,
    /// This identifier was rounded by a spreadsheet, and shows it.
    Destroyed(Identifier),
    /// What stands in this identifier's column is none.
    NotOne(Identifier),
    /// No SIM that is loaded has its identifiers.
    NotLoaded,
    /// As [`Self::NotLoaded`], and this identifier ends in zeros as a spreadsheet leaves them.
    Rounded(Identifier),
    /// So many rows have its identifier that it tells no SIM.
    Shared,
    /// Its identifiers are of different SIMs of a vendor.
    Different(ProviderId, Identifier, Identifier),
    /// Its identifiers are of so many SIMs of a vendor alike.
    Several(ProviderId, u32),
    /// The row in that line, which comes later, is for the same SIM of that vendor.
    Replaced(ProviderId, u32),
}

const FORMAT_AS_TEXT: &str = "In the spreadsheet, format the column as text, fill it in anew from the vendor's list, and save it as CSV again.";

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let vendor = |provider: &ProviderId| capability(*provider).label;
        match self {
            Self::NoIdentifier => f.write_str("The row names no SIM. Fill in one of its identifiers."),
            Self::Destroyed(kind) => write!(
                f,
                "A spreadsheet rounded the {}: its last digits are lost. {FORMAT_AS_TEXT}",
                kind.name()
            ),
            Self::NotOne(kind) => write!(
                f,
                "This is no {}. Correct it, or say what the column is.",
                kind.name()
            ),
            Self::NotLoaded => f.write_str(
                "No loaded SIM has these identifiers. Load the vendor's list of SIMs, or correct the row.",
            ),
            Self::Rounded(kind) => write!(
                f,
                "No loaded SIM has this {}, and it ends in zeros, as if a spreadsheet had rounded it. {FORMAT_AS_TEXT}",
                kind.name()
            ),
            Self::Shared => f.write_str(
                "Too many rows have this identifier: it does not tell which SIM is meant. Add the ICCID or the IMSI.",
            ),
            Self::Different(provider, a, b) => write!(
                f,
                "{} and {} are of different SIMs at {}. Nothing was applied there: correct the row.",
                capital(a.name()),
                b.name(),
                vendor(provider)
            ),
            Self::Several(provider, count) => write!(
                f,
                "{count} SIMs at {} have these identifiers. Nothing was applied there: add the ICCID or the IMSI.",
                vendor(provider)
            ),
            Self::Replaced(provider, line) => write!(
                f,
                "Line {line} is for the same SIM at {} and comes later: its labels are used.",
                vendor(provider)
            ),
        }
    }
}

fn capital(name: &str) -> &str {
    if name == Identifier::Key.name() {
        "Vendor's key"
    } else {
        name
    }
}
