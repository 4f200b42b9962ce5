//! Files of labels as the page shows them: what each column holds and is taken for, and what came of the rows.

use serde::{Deserialize, Serialize};

use crate::label::{Report, Role};

/// A file of labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelsInfo {
    /// The host's number of the document.
    pub document: u32,
    /// Its name.
    pub name: String,
    /// Rows, without the one of column names.
    pub rows: u32,
    /// Whether the first line is taken for the columns' names.
    pub named: bool,
    /// The columns, from the left.
    pub columns: Vec<LabelColumn>,
    /// Cells whose letters may be wrong, because the file is in an older encoding.
    pub cells_in_other_letters: u32,
    /// What came of the rows; null where no labels can be taken.
    pub report: Option<Report>,
    /// How many vendors have a SIM with a label of it.
    pub vendors: u32,
    /// Why no labels can be taken, and what to do.
    pub problem: Option<String>,
}

/// A column of a file of labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelColumn {
    /// Its name.
    pub header: String,
    /// What it is.
    pub role: Role,
    /// The first texts in it; very long ones end with an ellipsis.
    pub samples: Vec<String>,
}

/// What the columns of a file of labels are, by [`Role::code`]: as the visitor said, to read the file so once more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelColumns {
    /// Whether the first line is the columns' names.
    pub named: bool,
    /// The columns, from the left.
    pub columns: Vec<String>,
}
