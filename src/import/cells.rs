//! A file of cell positions, as OpenCelliD and the Mozilla Location Service publish them: a line of CSV for each cell,
//! with a line of column names or without one.

#[cfg(test)]
mod tests;

use crate::geo::{CellId, Numbering, Tower, Towers};
use crate::model::Warning;

/// Where the columns are that are read. As published:
/// `radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal`.
#[derive(Debug, Clone, Copy)]
struct Columns {
    radio: usize,
    mcc: usize,
    net: usize,
    area: usize,
    cell: usize,
    lon: usize,
    lat: usize,
    range: Option<usize>,
    samples: Option<usize>,
    updated: Option<usize>,
}

const PUBLISHED: Columns = Columns {
    radio: 0,
    mcc: 1,
    net: 2,
    area: 3,
    cell: 4,
    lon: 6,
    lat: 7,
    range: Some(8),
    samples: Some(9),
    updated: Some(12),
};

/// More columns than any of these files has.
const MOST_COLUMNS: usize = 32;
/// No line of such a file is nearly so long.
const LONGEST_LINE: usize = 4096;

impl Columns {
    /// Those that a line names; null where it names no cell's identity and position.
    fn named(fields: &Fields<'_>) -> Option<Self> {
        let find = |names: &[&str]| {
            fields.iter().position(|field| {
                names
                    .iter()
                    .any(|name| field.eq_ignore_ascii_case(name.as_bytes()))
            })
        };
        Some(Self {
            radio: find(&["radio"])?,
            mcc: find(&["mcc"])?,
            net: find(&["net", "mnc"])?,
            area: find(&["area", "lac", "tac"])?,
            cell: find(&["cell", "cellid", "cid"])?,
            lon: find(&["lon", "lng", "longitude"])?,
            lat: find(&["lat", "latitude"])?,
            range: find(&["range"]),
            samples: find(&["samples"]),
            updated: find(&["updated"]),
        })
    }
}

/// The fields of a line, without the quotes around them.
#[derive(Debug)]
struct Fields<'a> {
    all: [&'a [u8]; MOST_COLUMNS],
    count: usize,
}

impl<'a> Fields<'a> {
    fn of(line: &'a [u8]) -> Self {
        let mut all: [&[u8]; MOST_COLUMNS] = [&[]; MOST_COLUMNS];
        let mut count = 0;
        for (slot, field) in all.iter_mut().zip(line.split(|byte| *byte == b',')) {
            let field = field.trim_ascii();
            let quoted = field
                .strip_prefix(b"\"")
                .and_then(|field| field.strip_suffix(b"\""));
            *slot = quoted.unwrap_or(field);
            count += 1;
        }
        Self { all, count }
    }

    fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        self.all.iter().take(self.count).copied()
    }

    /// Empty where the line has no such field.
    fn get(&self, at: usize) -> &'a [u8] {
        self.all.get(at).copied().unwrap_or_default()
    }

    fn number(&self, at: usize) -> Option<u64> {
        number(self.get(at))
    }
}

fn number(field: &[u8]) -> Option<u64> {
    let digits = !field.is_empty() && field.len() <= 18 && field.iter().all(u8::is_ascii_digit);
    digits.then(|| {
        field
            .iter()
            .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
    })
}

fn real(field: &[u8]) -> Option<f64> {
    std::str::from_utf8(field).ok()?.parse().ok()
}

/// The radio of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Told {
    As(Numbering),
    /// The file does not tell it.
    Nothing,
    /// CDMA, whose cells are not identified like the others.
    Other,
}

fn radio(field: &[u8]) -> Option<Told> {
    let is = |name: &str| field.eq_ignore_ascii_case(name.as_bytes());
    Some(if field.is_empty() {
        Told::Nothing
    } else if is("GSM") {
        Told::As(Numbering::Gsm)
    } else if is("UMTS") || is("WCDMA") {
        Told::As(Numbering::Umts)
    } else if is("LTE") || is("NBIOT") || is("NB-IOT") || is("LTE-M") {
        Told::As(Numbering::Lte)
    } else if is("NR") {
        Told::As(Numbering::Nr)
    } else if is("CDMA") {
        Told::Other
    } else {
        return None;
    })
}

/// Why a line is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
enum LeftOut {
    /// A cell of another kind than the vendors' SIMs are on.
    OtherRadio,
    /// This field is wrong.
    Bad(&'static str, &'static str),
}

fn read(fields: &Fields<'_>, columns: &Columns, into: &mut Towers) -> Result<(), LeftOut> {
    use LeftOut::Bad;
    let numbering = match radio(fields.get(columns.radio)) {
        Some(Told::As(numbering)) => Some(numbering),
        Some(Told::Nothing) => None,
        Some(Told::Other) => return Err(LeftOut::OtherRadio),
        None => return Err(Bad("radio", "not GSM, UMTS, LTE, NBIOT or NR")),
    };
    let whole = |at, name| fields.number(at).ok_or(Bad(name, "not a whole number"));
    let mcc = whole(columns.mcc, "mcc")?;
    let net = whole(columns.net, "net")?;
    let area = whole(columns.area, "area")?;
    let cell = whole(columns.cell, "cell")?;
    let id = CellId::new(numbering.unwrap_or(Numbering::Nr), mcc, net, area, cell)
        .ok_or(Bad("cell", "MCC, MNC, area or cell is out of its range"))?;
    let degrees = |at, name, most: f64| {
        real(fields.get(at))
            .filter(|degrees| degrees.abs() <= most)
            .ok_or(Bad(name, "not a number of degrees"))
    };
    let lon = degrees(columns.lon, "lon", 180.0)?;
    let lat = degrees(columns.lat, "lat", 90.0)?;
    if lat == 0.0 && lon == 0.0 {
        return Err(Bad("lat", "0/0 is no position"));
    }
    let optional = |at: Option<usize>, name| match at.map(|at| fields.get(at)) {
        None | Some([]) => Ok(None),
        Some(field) => number(field)
            .map(Some)
            .ok_or(Bad(name, "not a whole number")),
    };
    let tower = Tower {
        lat,
        lon,
        range_m: optional(columns.range, "range")?
            .filter(|range| *range > 0)
            .map(|range| u32::try_from(range).unwrap_or(u32::MAX)),
        updated_s: optional(columns.updated, "updated")?
            .filter(|at| *at > 0)
            .map(|at| at as i64),
        samples: optional(columns.samples, "samples")?
            .map_or(0, |samples| u32::try_from(samples).unwrap_or(u32::MAX)),
    };
    into.add(numbering, id, &tower);
    Ok(())
}

/// What came of a file of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines with a position that was kept.
    pub cells: u64,
    /// Lines with something wrong.
    pub bad: u64,
    /// Lines about CDMA cells, which are left out.
    pub other: u64,
}

/// So many lines of a file are told of one by one, the others are counted.
pub const TOLD_LINES: u64 = 500;

/// Reads one file in pieces of any size.
#[derive(Debug)]
pub struct CellFile {
    columns: Columns,
    started: bool,
    /// The line that the last piece cut off.
    cut: Vec<u8>,
    /// Bytes before the next line.
    offset: u64,
    counts: Counts,
    warnings: Vec<Warning>,
}

impl CellFile {
    /// At the start of a file.
    pub fn new() -> Self {
        Self {
            columns: PUBLISHED,
            started: false,
            cut: Vec::new(),
            offset: 0,
            counts: Counts::default(),
            warnings: Vec::new(),
        }
    }

    /// Whether a file begins like one of cell positions. Null while its first line is not there yet; `whole` says that no more comes.
    pub fn is_one(head: &[u8], whole: bool) -> Option<bool> {
        let head = without_mark(head);
        match head.trim_ascii_start().first() {
            Some(b'{' | b'[' | b'<') => return Some(false),
            None if !whole => return None,
            _ => {}
        }
        let line = match head.iter().position(|byte| *byte == b'\n') {
            Some(end) => head.get(..end)?,
            None if whole || head.len() > LONGEST_LINE => head,
            None => return None,
        };
        let fields = Fields::of(line);
        let as_published = || {
            let told = radio(fields.get(PUBLISHED.radio)).is_some();
            let numbers = [PUBLISHED.mcc, PUBLISHED.net, PUBLISHED.area, PUBLISHED.cell];
            let numbers = numbers.iter().all(|at| fields.number(*at).is_some());
            let reals = [PUBLISHED.lon, PUBLISHED.lat];
            told && numbers && reals.iter().all(|at| real(fields.get(*at)).is_some())
        };
        Some(Columns::named(&fields).is_some() || as_published())
    }

    /// The next piece.
    pub fn push(&mut self, towers: &mut Towers, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, after) = (&rest[..end], &rest[end + 1..]);
            rest = after;
            if self.cut.is_empty() {
                self.line(towers, line);
                self.offset += line.len() as u64 + 1;
            } else {
                self.cut.extend_from_slice(line);
                let line = std::mem::take(&mut self.cut);
                self.line(towers, &line);
                self.offset += line.len() as u64 + 1;
            }
        }
        // A line without an end is no line of such a file: what is kept of it is enough to say so.
        let room = LONGEST_LINE.saturating_sub(self.cut.len());
        if rest.len() > room {
            self.offset += (rest.len() - room) as u64;
        }
        self.cut.extend_from_slice(&rest[..rest.len().min(room)]);
    }

    /// What came of it so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The file is complete.
    pub fn finish(&mut self, towers: &mut Towers) {
        let line = std::mem::take(&mut self.cut);
        self.line(towers, &line);
        towers.settle();
    }

    /// What was wrong since this was asked last.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    fn line(&mut self, towers: &mut Towers, line: &[u8]) {
        let line = if self.started {
            line
        } else {
            without_mark(line)
        };
        if line.trim_ascii().is_empty() {
            return;
        }
        let fields = Fields::of(line);
        if !std::mem::replace(&mut self.started, true)
            && let Some(columns) = Columns::named(&fields)
        {
            self.columns = columns;
            return;
        }
        match read(&fields, &self.columns, towers) {
            Ok(()) => self.counts.cells += 1,
            Err(LeftOut::OtherRadio) => self.counts.other += 1,
            Err(LeftOut::Bad(field, why)) => {
                self.counts.bad += 1;
                if self.counts.bad > TOLD_LINES {
                    return;
                }
                self.warnings.push(Warning {
                    position: Some(self.offset),
                    field: Some(field.to_owned()),
                    ..Warning::new("bad_cell", format!("A cell was left out: {why}."))
                });
            }
        }
    }
}

/// Without the byte order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
