//! Sessions in figures: how many, what they carried, how long they were, how much of the known time they cover, and the
//! longest time without one; of all, and by operator, country, radio, vendor, SIM, day and hour of day.

mod gather;
mod hours;
mod tally;

use serde::{Deserialize, Serialize};

use super::Data;

pub(super) use gather::Gather;
pub use gather::summary;
pub(super) use tally::length_of;

/// All, operator, country, radio, vendor, SIM, day, hour.
const KINDS: usize = 8;

/// Sessions in figures. docs/sums.md says what the figures of time mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// All together.
    pub all: Line,
    /// Sessions that reach beyond the span: what they carried and how long they were is counted in whole.
    pub reach_out: u32,
    /// Listed SIMs of which some of the span is known: coverage is over them.
    pub sims_known: u32,
    /// Listed SIMs of which no session is loaded: left out of coverage.
    pub sims_without: u32,
    /// Time behind sessions whose end nobody reported, milliseconds over all SIMs.
    pub unknown_ms: i64,
    /// Time of which nothing was fetched or kept, milliseconds over all SIMs.
    pub not_fetched_ms: i64,
    /// Times without a session.
    pub gaps: u32,
    /// Half of them are shorter, milliseconds; null where there is none.
    pub median_gap_ms: Option<i64>,
    /// Left out: those of which nobody knows when they began.
    pub gaps_unsure: u32,
    /// By operator, most time online first, as the next four.
    pub by_operator: Lines,
    /// By country.
    pub by_country: Lines,
    /// By radio technology.
    pub by_radio: Lines,
    /// By vendor.
    pub by_vendor: Lines,
    /// By SIM; also those without a session in the span, as far as one is loaded.
    pub by_sim: Lines,
    /// By day, in order: sessions where they begin (which may be before the span), time online where it was.
    pub by_day: Lines,
    /// By hour of day, 00 to 23, likewise.
    pub by_hour: Lines,
}

impl Summary {
    /// The breakdowns with their names, in the order of the fields.
    pub fn breakdowns(&self) -> [(&'static str, &Lines); KINDS - 1] {
        [
            ("operator", &self.by_operator),
            ("country", &self.by_country),
            ("radio", &self.by_radio),
            ("vendor", &self.by_vendor),
            ("SIM", &self.by_sim),
            ("day", &self.by_day),
            ("hour of day", &self.by_hour),
        ]
    }
}

/// A breakdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    /// The rows: so many at most as were asked for.
    pub rows: Vec<Line>,
    /// How many there are in all.
    pub total: u32,
}

/// A row: what the sessions come to that were on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What it is: an operator's name (else MCC and MNC), an alpha-2 code, a radio's or vendor's JSON name, a SIM's
    /// identifier, a date, an hour; null of all, and where nobody told.
    pub value: Option<String>,
    /// What a SIM or a vendor is called; null otherwise.
    pub name: Option<String>,
    /// A SIM's lane; null otherwise.
    pub lane: Option<u32>,
    /// Sessions. One that changed network or radio counts in each row that it touched inside the span.
    pub sessions: u32,
    /// SIMs of those sessions.
    pub sims: u32,
    /// Sessions that were on others too: what they carried and how long they were is in no row of this breakdown.
    pub split: u32,
    /// What they carried.
    pub data: Data,
    /// How long they were.
    pub durations: Durations,
    /// How long any was up inside the span; null by day and hour where the span is too long for that (100 000 hours).
    pub online: Option<Online>,
    /// The longest time without one; null where there is none, and where a gap cannot be on such a row (operator, country,
    /// radio, day, hour).
    pub longest_gap: Option<LongestGap>,
}

/// How long sessions were whose start and end the vendor reported, from one to the other, also beyond the span.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durations {
    /// How many sessions these are.
    pub known: u32,
    /// Their mean, to the nearest millisecond; null where there is none.
    pub mean_ms: Option<i64>,
    /// Half of them are shorter, milliseconds; null where there is none.
    pub median_ms: Option<i64>,
}

/// Time in which a session was up, milliseconds over all SIMs; overlaps of one SIM once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Online {
    /// From start to end or last update.
    pub at_least_ms: i64,
    /// Open sessions until fetched, estimated ends at their latest.
    pub at_most_ms: i64,
    /// Time of which it is known whether a session was up. Coverage is `at_least_ms / known_ms` to `at_most_ms / known_ms`.
    /// Null by operator, country and radio, which no time belongs to but that of sessions.
    pub known_ms: Option<i64>,
}

/// A time without a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongestGap {
    /// The SIM's lane.
    pub lane: u32,
    /// What the SIM is called.
    pub sim: String,
    /// Since when, epoch milliseconds; RFC 3339 in JSON.
    #[serde(with = "super::written")]
    pub from: i64,
    /// Until when, likewise.
    #[serde(with = "super::written")]
    pub to: i64,
    /// It reaches to an edge of the span, or to where the data end: it may be longer.
    pub cut: bool,
}
