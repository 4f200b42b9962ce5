//! Sums as they cross, and which sessions are picked for them.

use serde::{Deserialize, Serialize};

pub use crate::report::{Flow, Share, Shares};

/// The longest time without a session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LongestGap {
    /// The SIM's lane.
    pub lane: u32,
    /// The SIM's name, else its identifier.
    pub name: String,
    /// Since when.
    pub from: i64,
    /// Until when.
    pub to: i64,
    /// It reaches to an edge of the span, or to where the data end: it may be longer.
    pub cut: bool,
}

/// Times without a session, each between two sessions of one SIM.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Gaps {
    /// How many.
    pub count: u32,
    /// Half of them are shorter; null where there is none.
    pub median_ms: Option<i64>,
    /// The longest, the earliest of equals; null where there is none.
    pub longest: Option<LongestGap>,
    /// Left out: those of which nobody knows when they began.
    pub unsure: u32,
}

/// Sums over a span of time, or over the sessions that the visitor picked. docs/sums.md says how each
/// figure is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SpanSums {
    /// Start of the span; of picked sessions the first start.
    pub from: i64,
    /// End of the span; of picked sessions the last end.
    pub to: i64,
    /// How many sessions the visitor picked, filtered out ones included; null where it is a span.
    pub picked: Option<u32>,
    /// Sessions that overlap it.
    pub sessions: u32,
    /// Of those the ones that reach beyond it: their traffic is counted in whole.
    pub reach_out: u32,
    /// SIMs with such a session.
    pub sims: u32,
    /// SIMs of which some of the span is known: coverage is over them.
    pub sims_known: u32,
    /// SIMs of which no session is loaded: left out of coverage.
    pub sims_without: u32,
    /// Time online over all SIMs, at least: from start to end or last update. Milliseconds.
    pub online_ms: i64,
    /// The same, at most: open sessions until fetched, estimated ends at their latest.
    pub online_most_ms: i64,
    /// Time over all SIMs in which it is known whether a session was up, milliseconds. Coverage is
    /// `online_ms / known_ms` to `online_most_ms / known_ms`.
    pub known_ms: i64,
    /// Time behind sessions whose end nobody reported, milliseconds.
    pub unknown_ms: i64,
    /// Time of which nothing was fetched or kept, milliseconds.
    pub not_fetched_ms: i64,
    /// Bytes.
    pub bytes: Flow,
    /// Packets.
    pub packets: Flow,
    /// Sessions whose bytes were reported in MB, taken as 10^6 bytes.
    pub in_megabytes: u32,
    /// Sessions that report a figure of which the vendor does not tell the unit: left out.
    pub unit_unknown: u32,
    /// Times without a session.
    pub gaps: Gaps,
    /// By operator, country, radio and SIM, most time online first.
    pub shares: [Shares; 4],
}

/// The picked sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    /// The sessions, by number.
    pub sessions: Vec<u32>,
    /// How many more were asked for: so many are picked at once at most.
    pub left_out: u32,
}

/// Which sessions are picked, to be summed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// Put a session in, or take it out. The first one brings the chosen session with it.
    Toggle(u32),
    /// Put in all sessions of the table from the one that was picked or chosen last to this one.
    Through(u32),
    /// These, and no others.
    These(Vec<u32>),
    /// None any more.
    Clear,
}
