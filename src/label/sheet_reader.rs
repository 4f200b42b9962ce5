//! Reads a file of labels in pieces of any size. Rows and quotes are `csv-core`'s, which takes what there is of the bytes and
//! goes on with the rest later; what is found out here is the separator, and what kind of file it is.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Problem, Sheet};

/// So many bytes of a file are read: labels of a million SIMs.
pub const MOST_BYTES: usize = 64 << 20;
/// So many columns may a row have.
pub const MOST_COLUMNS: usize = 256;
/// So many bytes may a row have.
pub const LONGEST_ROW: usize = 256 << 10;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads one file.
#[derive(Debug, Default)]
pub struct SheetReader {
    /// The beginning, until its first row is whole and the separator known.
    head: Vec<u8>,
    rows: Option<Rows>,
    taken: usize,
    sheet: Sheet,
}

impl SheetReader {
    /// At the start of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next piece.
    ///
    /// # Errors
    ///
    /// What is wrong with the file as a whole: it need not be read on.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.taken += bytes.len();
        if self.taken > MOST_BYTES {
            return Err(Problem::TooLong);
        }
        if let Some(rows) = &mut self.rows {
            return rows.push(&mut self.sheet, bytes);
        }
        self.head.extend_from_slice(bytes);
        let text = without_mark(&self.head);
        let is_whole = first_line(text).is_some() && !tells_separator_soon(text);
        if !is_whole && self.head.len() < LONGEST_ROW {
            return Ok(());
        }
        self.begin()
    }

    /// The file is complete.
    ///
    /// # Errors
    ///
    /// Why there is nothing to take from it.
    pub fn finish(mut self) -> Result<Sheet, Problem> {
        if self.rows.is_none() {
            self.begin()?;
        }
        if let Some(rows) = &mut self.rows {
            rows.finish(&mut self.sheet)?;
        }
        self.sheet.settle();
        if self.sheet.row_count() == 0 {
            return Err(Problem::Empty);
        }
        Ok(self.sheet)
    }

    fn begin(&mut self) -> Result<(), Problem> {
        let head = std::mem::take(&mut self.head);
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            return Err(Problem::Utf16);
        }
        if head.starts_with(b"PK\x03\x04") || head.contains(&0) {
            return Err(Problem::Binary);
        }
        let mut text = without_mark(&head);
        let mut line = 1;
        let separator = match told_separator(text) {
            Some((separator, length)) => {
                text = text.get(length..).unwrap_or_default();
                line = 2;
                separator
            }
            None => separator_of(first_line(text).unwrap_or(text)),
        };
        let mut rows = Rows::new(separator, line);
        rows.push(&mut self.sheet, text)?;
        self.rows = Some(rows);
        Ok(())
    }
}

/// The rows after the separator is known.
#[derive(Debug)]
struct Rows {
    reader: Reader,
    /// The texts of the row that is being read, and where each ends.
    texts: Vec<u8>,
    ends: Vec<usize>,
    text_count: usize,
    end_count: usize,
    /// Where the next byte is, from 1, and where the row began; null between rows.
    line: u32,
    begun: Option<u32>,
}

impl Rows {
    fn new(separator: u8, line: u32) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            texts: vec![0; 1 << 10],
            // One more than a row may have, so that it is seen.
            ends: vec![0; MOST_COLUMNS + 1],
            text_count: 0,
            end_count: 0,
            line,
            begun: None,
        }
    }

    fn push(&mut self, sheet: &mut Sheet, bytes: &[u8]) -> Result<(), Problem> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.begun.is_none() {
                // Ends of lines before a row, which are counted here so that the row knows its own.
                let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
                let blank = blank.count();
                self.count_lines(&rest[..blank]);
                rest = &rest[blank..];
                if rest.is_empty() {
                    break;
                }
                self.begun = Some(self.line);
            }
            let read = self.step(sheet, rest)?;
            self.count_lines(&rest[..read]);
            rest = &rest[read..];
        }
        Ok(())
    }

    fn finish(&mut self, sheet: &mut Sheet) -> Result<(), Problem> {
        while self.begun.is_some() {
            self.step(sheet, &[])?;
        }
        Ok(())
    }

    fn count_lines(&mut self, bytes: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u32;
    }

    /// Reads on within a row; returns how many bytes were taken.
    fn step(&mut self, sheet: &mut Sheet, bytes: &[u8]) -> Result<usize, Problem> {
        let line = self.begun.unwrap_or(self.line);
        let (result, read, texts, ends) = self.reader.read_record(
            bytes,
            self.texts.get_mut(self.text_count..).unwrap_or_default(),
            self.ends.get_mut(self.end_count..).unwrap_or_default(),
        );
        self.text_count += texts;
        self.end_count += ends;
        if self.end_count > MOST_COLUMNS {
            return Err(Problem::TooWide { line });
        }
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputEndsFull => return Err(Problem::TooWide { line }),
            ReadRecordResult::OutputFull if self.texts.len() >= LONGEST_ROW => {
                return Err(Problem::OpenQuote { line });
            }
            ReadRecordResult::OutputFull => self.texts.resize(self.texts.len() * 2, 0),
            ReadRecordResult::Record => {
                let mut from = 0;
                let cells = self.ends.iter().take(self.end_count).map(|end| {
                    let cell = self.texts.get(from..*end).unwrap_or_default();
                    from = *end;
                    cell
                });
                sheet.add(line, cells);
                self.end_row();
            }
            ReadRecordResult::End => self.end_row(),
        }
        Ok(read)
    }

    fn end_row(&mut self) {
        (self.text_count, self.end_count) = (0, 0);
        self.begun = None;
    }
}

/// The first line that is not blank; null while its end is not there yet. Line ends in quotes are none.
pub(super) fn first_line(text: &[u8]) -> Option<&[u8]> {
    let blank = text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let text = text.get(blank.count()..)?;
    let mut quoted = false;
    let end = text.iter().position(|byte| {
        quoted ^= *byte == b'"';
        !quoted && matches!(byte, b'\r' | b'\n')
    });
    text.get(..end?)
}

/// What separates the cells of a line: what it has most of. A comma where it has one cell.
pub(super) fn separator_of(line: &[u8]) -> u8 {
    let count = |separator: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == separator
            })
            .count()
    };
    let (mut found, mut most) = (b',', count(b','));
    for separator in [b';', b'\t'] {
        let count = count(separator);
        if count > most {
            (found, most) = (separator, count);
        }
    }
    found
}

/// The separator that the first line tells (`sep=;`, which spreadsheets understand), with that line's length.
pub(super) fn told_separator(text: &[u8]) -> Option<(u8, usize)> {
    let (begin, rest) = text.split_at_checked(4)?;
    if !begin.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    let (separator, rest) = rest.split_first()?;
    let end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => return None,
    };
    Some((*separator, 5 + end))
}

/// Whether the line of [`told_separator`] may be there but for its end.
fn tells_separator_soon(text: &[u8]) -> bool {
    const LINE: usize = b"sep=;\r\n".len();
    let begin = text.get(..4);
    text.len() < LINE
        && begin.is_some_and(|begin| begin.eq_ignore_ascii_case(b"sep="))
        && told_separator(text).is_none()
}

/// Without the byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}
