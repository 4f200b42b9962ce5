//! The filter line in force: what it says, what it lets through of the present data, and what could be
//! written next. A line that cannot be understood changes nothing but the message about it.

use crate::store::Store;
use crate::store::filter::{Candidates, Completions, Facts, Filter, Matched, complete, parse};

use super::findings::Findings;
use super::protocol::FilterUpdate;
use super::state::{SILENT_MS, offline_ms};

/// The filter line in force.
#[derive(Debug, Default)]
pub struct Filtering {
    line: String,
    /// Of the last line that could be understood.
    filter: Filter,
    /// What it lets through; null while it is not known, or where it lets through everything.
    matched: Option<Matched>,
    candidates: Candidates,
}

impl Filtering {
    /// Takes a line. Null where it is the one that was taken before. The flag says that something else is
    /// filtered from now on.
    pub fn take(&mut self, line: &str) -> Option<(FilterUpdate, bool)> {
        if self.line == line {
            return None;
        }
        line.clone_into(&mut self.line);
        let (filter, problems) = match parse(line) {
            Ok(filter) => (Some(filter), Vec::new()),
            Err(problems) => (None, problems),
        };
        let filter = filter.filter(|filter| *filter != self.filter);
        let changed = filter.is_some();
        if let Some(filter) = filter {
            self.filter = filter;
            self.matched = None;
        }
        let line = line.to_owned();
        Some((FilterUpdate { line, problems }, changed))
    }

    /// Whether the line names SIMs, or says what their owner calls them; or cannot be understood, so that nobody knows.
    pub fn tells_of_sims(&self) -> bool {
        parse(&self.line).map_or(true, |filter| filter.tells_of_sims())
    }

    /// Whether the line asks what stands out.
    pub fn asks_for_findings(&self) -> bool {
        self.filter.asks_for_findings()
    }

    /// What is let through does not hold any more.
    pub fn forget_matched(&mut self) {
        self.matched = None;
    }

    /// What was found out about the data does not hold any more.
    pub fn forget(&mut self) {
        self.matched = None;
        self.candidates = Candidates::default();
    }

    /// Tries the filter on the data, unless that was done. `as_of` is when they were fetched, else the last
    /// instant in them.
    pub fn evaluate(&mut self, store: &Store, as_of: i64, findings: &Findings) {
        if self.filter.terms.is_empty() || self.matched.is_some() {
            return;
        }
        let offline = |lane: u32| offline_ms(store, lane, as_of);
        let facts = Facts {
            as_of,
            silent_ms: SILENT_MS,
            offline_ms: &offline,
            findings: &|lane| findings.told_of_lane(lane),
        };
        self.matched = Some(Matched::new(store, &self.filter, &facts));
    }

    /// What is let through; null where that is everything.
    pub fn matched(&self) -> Option<&Matched> {
        self.matched.as_ref()
    }

    /// What could be written at a place of a line.
    pub fn complete(&mut self, store: &Store, line: &str, cursor: u32) -> Completions {
        complete(store, &mut self.candidates, line, cursor)
    }
}
