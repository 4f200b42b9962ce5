//! The filter language: one line that says which sessions, SIMs, events and usage rows are shown, the same for
//! every view. A line is read into terms ([`parse`]), the terms are tried on a store ([`Matched`]), and what could
//! be written next is proposed ([`complete`]). `docs/filter.md` describes it for those who use it. No clock: what
//! is relative counts back from the data.

mod area;
mod candidates;
mod cells;
mod choice;
mod compiled;
mod complete;
pub mod line;
mod matched;
mod names;
mod nearest;
mod number;
mod parse;
mod pattern;
mod terms;
#[cfg(test)]
mod tests;
mod time;
pub mod tokens;
mod values;

pub use area::Area;
pub use candidates::Candidates;
pub use choice::SimFindings;
pub use complete::{Completion, Completions, Counted, complete};
pub use matched::Matched;
pub use parse::{Problem, parse};
pub use terms::{FIELDS, Filter, Flag, Term, What};

/// What a filter asks of the data as a whole.
pub struct Facts<'a> {
    /// When the data were fetched, else the last instant in them; epoch milliseconds.
    pub as_of: i64,
    /// An open session that was not heard of for longer than this before that is silent.
    pub silent_ms: i64,
    /// For how long a SIM has had no open session, by lane; null while it has one, or where nothing is known.
    pub offline_ms: &'a dyn Fn(u32) -> Option<i64>,
    /// What stands out in a SIM and is not muted, by lane.
    pub findings: &'a dyn Fn(u32) -> SimFindings,
}
