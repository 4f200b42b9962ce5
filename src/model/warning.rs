//! What could not be read, said so that a person can find it.

use serde::{Deserialize, Serialize};

/// One thing that was skipped or assumed while reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What kind of thing: `bad_record`, `vendor_assumed`, `zone_missing`, ...
    pub code: String,
    /// What happened and what was done about it, in plain words. Never a vendor's raw value.
    pub message: String,
    /// The file or source.
    pub file: Option<String>,
    /// Byte offset of the record in the (unpacked) file.
    pub position: Option<u64>,
    /// The field at fault, as a path: `cell.eci`.
    pub field: Option<String>,
}

impl Warning {
    /// A warning about a whole answer.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            file: None,
            position: None,
            field: None,
        }
    }
}
