//! The columns of tables of sums: each with its heading, which names the unit, and how a row fills it. What is not known is empty,
//! never 0. Lengths are in seconds, instants in UTC.

use crate::report::{Durations, Flow, Megabytes};

use super::csv::Csv;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    By,
    Value,
    Name,
    Identifier,
    From,
    To,
    Sessions,
    Sims,
    Split,
    OnlineLeast,
    OnlineMost,
    Known,
    Unknown,
    NotFetched,
    CoverageLeast,
    CoverageMost,
    Bytes(Part),
    Packets(Part),
    Megabytes(Part),
    UnitUnknown,
    DurationsKnown,
    MeanDuration,
    MedianDuration,
    Gaps,
    MedianGap,
    LongestGap,
    LongestGapSim,
    LongestGapFrom,
    LongestGapTo,
}

/// A figure of traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Up,
    Down,
    Total,
    Reports,
}

/// The longest gap of a row.
#[derive(Debug, Clone, Default)]
pub struct Gap {
    pub ms: i64,
    /// Whose it is, since when and until when; empty where the row does not tell.
    pub sim: String,
    pub from: String,
    pub to: String,
}

/// What a row tells.
#[derive(Debug, Clone, Default)]
pub struct Sums<'a> {
    /// What it is a part of; `all` of the one that is the whole.
    pub by: &'a str,
    pub value: Option<&'a str>,
    pub name: Option<&'a str>,
    pub identifier: Option<&'a str>,
    pub from: &'a str,
    pub to: &'a str,
    pub sessions: u32,
    pub sims: u32,
    pub split: u32,
    /// At least, at most.
    pub online_ms: Option<[i64; 2]>,
    pub known_ms: Option<i64>,
    pub unknown_ms: Option<i64>,
    pub not_fetched_ms: Option<i64>,
    pub bytes: Flow,
    pub packets: Flow,
    pub megabytes: Megabytes,
    pub unit_unknown: u32,
    pub durations: Durations,
    pub gaps: Option<u32>,
    pub median_gap_ms: Option<i64>,
    pub longest_gap: Option<Gap>,
}

/// What a cell holds: a text, or a figure.
enum Cell {
    Text(String),
    Figure(Option<String>),
}

impl Column {
    fn heading(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Value => "value",
            Self::Name => "name",
            Self::Identifier => "identifier",
            Self::From => "from (UTC)",
            Self::To => "to (UTC)",
            Self::Sessions => "sessions",
            Self::Sims => "SIMs",
            Self::Split => "sessions on several",
            Self::OnlineLeast => "online at least (s)",
            Self::OnlineMost => "online at most (s)",
            Self::Known => "known time (s)",
            Self::Unknown => "unknown time (s)",
            Self::NotFetched => "time not fetched (s)",
            Self::CoverageLeast => "session coverage at least (%)",
            Self::CoverageMost => "session coverage at most (%)",
            Self::Bytes(Part::Up) => "bytes up",
            Self::Bytes(Part::Down) => "bytes down",
            Self::Bytes(Part::Total) => "bytes total",
            Self::Bytes(Part::Reports) => "sessions that report bytes",
            Self::Packets(Part::Up) => "packets up",
            Self::Packets(Part::Down) => "packets down",
            Self::Packets(Part::Total) => "packets total",
            Self::Packets(Part::Reports) => "sessions that report packets",
            Self::Megabytes(Part::Up) => "MB up",
            Self::Megabytes(Part::Down) => "MB down",
            Self::Megabytes(Part::Total) => "MB total",
            Self::Megabytes(Part::Reports) => "sessions that report MB",
            Self::UnitUnknown => "sessions of unknown unit",
            Self::DurationsKnown => "sessions of known duration",
            Self::MeanDuration => "mean duration (s)",
            Self::MedianDuration => "median duration (s)",
            Self::Gaps => "gaps",
            Self::MedianGap => "median gap (s)",
            Self::LongestGap => "longest gap (s)",
            Self::LongestGapSim => "longest gap of SIM",
            Self::LongestGapFrom => "longest gap from (UTC)",
            Self::LongestGapTo => "longest gap to (UTC)",
        }
    }

    fn cell(self, row: &Sums<'_>) -> Cell {
        let text = |text: Option<&str>| Cell::Text(text.unwrap_or_default().to_owned());
        let count = |count: u32| Cell::Figure(Some(count.to_string()));
        let time = |ms: Option<i64>| Cell::Figure(ms.map(seconds));
        let online = |at: usize| row.online_ms.and_then(|ms| ms.get(at).copied());
        let coverage = |at: usize| {
            let part = online(at).and_then(|ms| percent(ms, row.known_ms.unwrap_or(0), 2));
            Cell::Figure(part)
        };
        let gap = row.longest_gap.as_ref();
        match self {
            Self::By => text(Some(row.by)),
            Self::Value if row.by != "all" => text(row.value.or(Some("unknown"))),
            Self::Value => text(row.value),
            Self::Name => text(row.name),
            Self::Identifier => text(row.identifier),
            Self::From => text(Some(row.from)),
            Self::To => text(Some(row.to)),
            Self::Sessions => count(row.sessions),
            Self::Sims => count(row.sims),
            Self::Split => count(row.split),
            Self::OnlineLeast => time(online(0)),
            Self::OnlineMost => time(online(1)),
            Self::Known => time(row.known_ms),
            Self::Unknown => time(row.unknown_ms),
            Self::NotFetched => time(row.not_fetched_ms),
            Self::CoverageLeast => coverage(0),
            Self::CoverageMost => coverage(1),
            Self::Bytes(part) => Cell::Figure(of_flow(&row.bytes, part)),
            Self::Packets(part) => Cell::Figure(of_flow(&row.packets, part)),
            Self::Megabytes(part) => Cell::Figure(of_megabytes(&row.megabytes, part)),
            Self::UnitUnknown => count(row.unit_unknown),
            Self::DurationsKnown => count(row.durations.known),
            Self::MeanDuration => time(row.durations.mean_ms),
            Self::MedianDuration => time(row.durations.median_ms),
            Self::Gaps => Cell::Figure(row.gaps.map(|gaps| gaps.to_string())),
            Self::MedianGap => time(row.median_gap_ms),
            Self::LongestGap => time(gap.map(|gap| gap.ms)),
            Self::LongestGapSim => text(gap.map(|gap| &*gap.sim)),
            Self::LongestGapFrom => text(gap.map(|gap| &*gap.from)),
            Self::LongestGapTo => text(gap.map(|gap| &*gap.to)),
        }
    }
}

fn of_flow(flow: &Flow, part: Part) -> Option<String> {
    let figure = match part {
        Part::Up => flow.up,
        Part::Down => flow.down,
        Part::Total => flow.total,
        Part::Reports => Some(u64::from(flow.sessions[2])),
    };
    figure.map(|figure| figure.to_string())
}

fn of_megabytes(megabytes: &Megabytes, part: Part) -> Option<String> {
    let figure = match part {
        Part::Up => megabytes.up,
        Part::Down => megabytes.down,
        Part::Total => megabytes.total,
        Part::Reports => return Some(megabytes.sessions[2].to_string()),
    };
    figure.map(|figure| figure.to_string())
}

/// A table with the headings of its columns.
pub fn with_head(columns: &[Column]) -> Csv {
    let mut csv = Csv::new();
    for column in columns {
        csv.text(column.heading());
    }
    csv.end_row();
    csv
}

/// Adds a row.
pub fn add_row(csv: &mut Csv, columns: &[Column], row: &Sums<'_>) {
    for column in columns {
        match column.cell(row) {
            Cell::Text(text) => csv.text(&text),
            Cell::Figure(figure) => csv.number(figure.as_deref()),
        }
    }
    csv.end_row();
}

/// Milliseconds as seconds: `61`, `0.250`.
pub fn seconds(ms: i64) -> String {
    match ms % 1000 {
        0 => (ms / 1000).to_string(),
        rest => format!("{}.{:03}", ms / 1000, rest.abs()),
    }
}

/// A part of a whole in percent with so many digits behind the point, to the nearest; null where the
/// whole is nothing.
pub fn percent(part: i64, whole: i64, digits: u32) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let unit = 10_i64.pow(digits);
    // Times are far longer than what is shown is fine; so nothing overflows.
    let coarse = whole / 1_000_000_000_000 + 1;
    let (part, whole) = (part / coarse, whole / coarse);
    let scaled = (part * 100 * unit * 2 + whole) / (whole * 2);
    let (head, tail) = (scaled / unit, scaled % unit);
    Some(match digits {
        0 => head.to_string(),
        digits => format!("{head}.{tail:0width$}", width = digits as usize),
    })
}
