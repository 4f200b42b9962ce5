//! Why no labels can be taken from a file, in words that say what to do.

use std::fmt;

use super::sheet_reader::{LONGEST_ROW, MOST_BYTES, MOST_COLUMNS};

/// Why no labels can be taken from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No row but, at most, the one of column names.
    Empty,
    /// A spreadsheet's own file, or another binary one.
    Binary,
    /// Text in UTF-16.
    Utf16,
    /// More bytes than are kept.
    TooLong,
    /// More columns than a list of SIMs has.
    TooWide {
        /// The line, from 1.
        line: u32,
    },
    /// A row longer than any: a quote is opened and not closed.
    OpenQuote {
        /// The line where the row begins, from 1.
        line: u32,
    },
    /// No column is told to identify a SIM.
    NoIdentifier,
    /// No column is told to be a name, a group or a tag.
    NoLabel,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(
                "The file has no rows. Choose a CSV file with a line of column names and a line for each SIM.",
            ),
            Self::Binary => f.write_str(
                "This is not a text file. In the spreadsheet, save the sheet as CSV UTF-8, and choose that file.",
            ),
            Self::Utf16 => f.write_str(
                "The file is in UTF-16. In the spreadsheet, save the sheet as CSV UTF-8, and choose that file.",
            ),
            Self::TooLong => write!(
                f,
                "The file is longer than {} MB. Take out columns that are no labels, or split it.",
                MOST_BYTES >> 20
            ),
            Self::TooWide { line } => write!(
                f,
                "Line {line} has more than {MOST_COLUMNS} columns. Take out those that are no labels."
            ),
            Self::OpenQuote { line } => write!(
                f,
                "The row that begins in line {line} is longer than {} kB: a quotation mark is opened there and not closed. \
                 Close it or take it out.",
                LONGEST_ROW >> 10
            ),
            Self::NoIdentifier => f.write_str(
                "No column tells which SIM a row is of. Say which one holds the ICCID, IMSI, IMEI, EID, MSISDN or the vendor's key.",
            ),
            Self::NoLabel => f.write_str(
                "No column holds a label. Say which one is the name, the group or a tag.",
            ),
        }
    }
}

impl std::error::Error for Problem {}
