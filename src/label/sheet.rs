//! A file of labels as it was read: column names and cells, nothing understood yet.

use super::number::{Written, written};

/// A row's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    first: u32,
    line: u32,
}

/// The cells of a file. All texts lie in one, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    text: String,
    /// Where each cell's text ends.
    ends: Vec<u32>,
    rows: Vec<Row>,
    columns: usize,
    /// Whether the first row is the columns' names.
    named: bool,
    cells_in_other_letters: u32,
}

impl Sheet {
    /// Adds a row. One without any text is left out.
    pub(super) fn add<'a>(&mut self, line: u32, cells: impl Iterator<Item = &'a [u8]>) {
        let (first, texts) = (self.ends.len(), self.text.len());
        for cell in cells {
            let text = super::letters::text(cell);
            self.cells_in_other_letters += u32::from(std::str::from_utf8(cell).is_err());
            self.text += super::number::unwrapped(&text);
            self.ends.push(self.text.len() as u32);
        }
        if self.text.len() == texts {
            self.ends.truncate(first);
            return;
        }
        self.columns = self.columns.max(self.ends.len() - first);
        self.rows.push(Row {
            first: first as u32,
            line,
        });
    }

    /// All rows are there: the first one is taken for the columns' names unless an identifier stands in it.
    pub(super) fn settle(&mut self) {
        self.named = !(0..self.columns).any(|column| match written(self.at(0, column)) {
            Written::Number(number) => number.digits().len() >= 13,
            Written::Destroyed => true,
            Written::Nothing | Written::Other => false,
        });
    }

    /// How many rows there are, without the one of column names.
    pub fn row_count(&self) -> usize {
        self.rows.len().saturating_sub(usize::from(self.named))
    }

    /// How many columns the widest row has.
    pub fn column_count(&self) -> usize {
        self.columns
    }

    /// Whether the first row is taken for the columns' names.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// Says whether the first row is the columns' names.
    pub fn set_named(&mut self, named: bool) {
        self.named = named;
    }

    /// How many cells were not in UTF-8 and taken for Windows-1252: their letters may be wrong.
    pub fn cells_in_other_letters(&self) -> u32 {
        self.cells_in_other_letters
    }

    /// The name of a column; `Column 3` where the file has none.
    pub fn header(&self, column: usize) -> String {
        match self.given_header(column) {
            "" => format!("Column {}", column + 1),
            name => name.to_owned(),
        }
    }

    /// The name of a column in the file; empty where there is none.
    pub(super) fn given_header(&self, column: usize) -> &str {
        if self.named { self.at(0, column) } else { "" }
    }

    /// A cell's text; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.at(row + usize::from(self.named), column)
    }

    /// The line of the file that a row begins in, from 1; 0 where there is no such row.
    pub fn line(&self, row: usize) -> u32 {
        let row = self.rows.get(row + usize::from(self.named));
        row.map_or(0, |row| row.line)
    }

    /// The texts of a column, empty ones left out.
    pub fn texts(&self, column: usize) -> impl Iterator<Item = &str> {
        (0..self.row_count())
            .map(move |row| self.cell(row, column))
            .filter(|text| !text.is_empty())
    }

    fn at(&self, row: usize, column: usize) -> &str {
        let Some(found) = self.rows.get(row) else {
            return "";
        };
        let at = found.first as usize + column;
        let end = self
            .rows
            .get(row + 1)
            .map_or(self.ends.len(), |next| next.first as usize);
        let ends = &self.ends;
        let begin = at
            .checked_sub(1)
            .map_or(Some(0), |before| ends.get(before).copied());
        match (begin, ends.get(at)) {
            (Some(from), Some(to)) if at < end => self
                .text
                .get(from as usize..*to as usize)
                .unwrap_or_default(),
            _ => "",
        }
    }
}
