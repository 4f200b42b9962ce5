//! Why a file cannot be read, in words that say what to do.

use std::fmt;

use crate::model::ProviderId;

/// Why a file could not be read, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No bytes, or nothing but white space.
    Empty,
    /// A web page.
    Html,
    /// Text in UTF-16 or another encoding.
    NotUtf8,
    /// A ZIP archive or another binary file.
    Binary,
    /// HTTP headers before the body.
    HttpHeaders,
    /// Not JSON from the first character on.
    NotJson,
    /// Not JSON any more at this byte of the unpacked file.
    BrokenJson {
        /// Byte offset in the unpacked file.
        offset: u64,
    },
    /// The file ends inside a value.
    CutOff {
        /// Length of the unpacked file in bytes.
        length: u64,
    },
    /// JSON, but no answer of the five vendors.
    UnknownVendor {
        /// The keys of its first object, to recognise it by.
        keys: Vec<String>,
    },
    /// An answer of another vendor than the visitor named.
    OtherVendor {
        /// The one that was named.
        named: ProviderId,
    },
    /// The vendor's error answer instead of data.
    Refusal {
        /// The vendor.
        provider: ProviderId,
        /// The vendor's code and message.
        message: String,
    },
    /// A list without a single record.
    NoRecords,
    /// A file of cell positions without a single one that can be used.
    NoCells,
    /// Cell positions, where a vendor's answer was wanted.
    CellsAlone,
    /// A file of labels from which none can be taken.
    Labels(crate::label::Problem),
    /// Labels, where a vendor's answer was wanted.
    LabelsAlone,
    /// The bytes could not be unpacked or read; says why.
    Unreadable(String),
}

impl Problem {
    /// A short name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::Html => "web_page",
            Self::NotUtf8 => "wrong_encoding",
            Self::Binary => "binary_file",
            Self::HttpHeaders => "http_headers",
            Self::NotJson => "not_json",
            Self::BrokenJson { .. } => "broken_json",
            Self::CutOff { .. } => "cut_off",
            Self::UnknownVendor { .. } => "unknown_vendor",
            Self::OtherVendor { .. } => "other_vendor",
            Self::Refusal { .. } => "refused",
            Self::NoRecords => "no_records",
            Self::NoCells => "no_cells",
            Self::CellsAlone => "cells_alone",
            Self::Labels(_) => "bad_labels",
            Self::LabelsAlone => "labels_alone",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// Whether nothing is wrong with the file but that it holds nothing.
    pub fn is_harmless(&self) -> bool {
        matches!(self, Self::NoRecords)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The file is empty. Run the call again and save its answer."),
            Self::Html => f.write_str(
                "This is a web page, not data: probably a sign-in page that was saved instead of the answer. Sign in \
                 with the vendor, run the call again and save its JSON.",
            ),
            Self::NotUtf8 => f.write_str(
                "The text is not UTF-8 (it looks like UTF-16 or another encoding). Save it as UTF-8; in PowerShell, \
                 with Out-File -Encoding utf8.",
            ),
            Self::Binary => f.write_str(
                "This is a binary file, not JSON. Unpack archives first; single files compressed with gzip (.gz) can \
                 be dropped as they are.",
            ),
            Self::HttpHeaders => f.write_str(
                "The text begins with HTTP headers. Save the body alone: leave out -i when you call curl.",
            ),
            Self::NotJson => f.write_str(
                "This is not JSON. simscope reads the JSON that the vendors' APIs and command-line tools print, OpenCelliD's CSV of \
                 cell positions, and a CSV of your own with names for SIMs.",
            ),
            Self::BrokenJson { offset } => write!(
                f,
                "The JSON is broken at byte {offset}. What stood before it was read; save the answer again for the \
                 rest.",
            ),
            Self::CutOff { length } => write!(
                f,
                "The file ends in the middle of a value, after {length} bytes. What was complete was read; save the \
                 answer again for the rest.",
            ),
            Self::UnknownVendor { keys } if keys.is_empty() => f.write_str(
                "This is JSON, but no answer of Twilio, KORE, Soracom, Monogoto or WAYSCloud that simscope knows.",
            ),
            Self::UnknownVendor { keys } => write!(
                f,
                "This is JSON, but no answer of Twilio, KORE, Soracom, Monogoto or WAYSCloud that simscope knows. Its \
                 keys: {}.",
                keys.join(", "),
            ),
            Self::OtherVendor { named } => write!(
                f,
                "This is no answer of {}. Leave the vendor open, or name the one that wrote it.",
                crate::provider::capability(*named).label,
            ),
            Self::Refusal { provider, message } => write!(
                f,
                "{} refused the call, and its error was saved instead of data: {message}",
                crate::provider::capability(*provider).label,
            ),
            Self::NoRecords => f.write_str("The answer holds no records."),
            Self::NoCells => f.write_str(
                "No line of this file of cell positions could be used. It should be as OpenCelliD publishes it: \
                 radio,mcc,net,area,cell,unit,lon,lat,range,...",
            ),
            Self::CellsAlone => f.write_str(
                "This is a file of cell positions, which holds no sessions. Give a vendor's answer.",
            ),
            Self::Labels(problem) => problem.fmt(f),
            Self::LabelsAlone => f.write_str(
                "This is not JSON but a table, which holds no sessions: simscope takes names for SIMs from it. Give a vendor's answer.",
            ),
            Self::Unreadable(message) => f.write_str(message),
        }
    }
}

/// What a text that does not begin like JSON is, by its first bytes.
pub fn of_first_bytes(bytes: &[u8]) -> Problem {
    let head = bytes.get(..512).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head)
        .trim_start()
        .to_ascii_lowercase();
    if matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        Problem::NotUtf8
    } else if head.starts_with(b"PK\x03\x04") {
        Problem::Binary
    } else if head.contains(&0) {
        let zeros = head.split(|byte| *byte == 0).count() - 1;
        if zeros * 3 >= head.len() && zeros * 4 <= head.len() * 3 {
            Problem::NotUtf8
        } else {
            Problem::Binary
        }
    } else if text.starts_with("<!doctype html") || text.contains("<html") {
        Problem::Html
    } else if text.starts_with("http/1") || text.starts_with("http/2") {
        Problem::HttpHeaders
    } else if head.iter().any(|byte| *byte < 9) {
        Problem::Binary
    } else {
        Problem::NotJson
    }
}
