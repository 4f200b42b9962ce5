//! What is known of a source from before: over which time its questions were answered, and which records came. With it only what is
//! missing is asked for, and only what is new is kept.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::known::hash_of;
use super::queue::Job;
use super::{Driver, is_history};
use crate::provider::query::{Page, Query, SimKey, Target, TimeRange, What};
use crate::provider::raw::with_records;
use crate::provider::request::Reply;

/// What is missing is asked for from this long before the end of what is known: vendors write some records late.
const LATE_MS: i64 = 6 * 3_600_000;

/// So much less than is wanted may be known at its beginning: the clock was set back, and both visits wanted all that the vendor keeps.
const CLOCK_MS: i64 = 15 * 60_000;

/// What is known of a source from before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    /// By question (see [`Kept::question`]): over which time it was answered in full.
    pub answered: FxHashMap<String, Vec<TimeRange>>,
    /// By what the records are known that are kept (see [`Kept::records`]).
    pub records: FxHashSet<u64>,
    /// The SIMs of which there is history.
    pub sims: Vec<String>,
    /// By SIM: the start of its earliest session of which no end is known, epoch milliseconds.
    pub unended: FxHashMap<String, i64>,
}

/// What of an answer is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it answers, whatever the time.
    pub question: String,
    /// What of it is new.
    pub new: New,
    /// By what its records are known; none for what tells the present state, of which only the latest answer is of use.
    pub records: Vec<u64>,
}

/// What of an answer is not kept yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// All of it.
    All,
    /// The answer with these of its records.
    Part(Vec<u8>),
    /// None of it.
    Nothing,
}

/// A question was answered in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// As in [`Kept`].
    pub question: String,
    /// The answer tells what happened, and stays; else the present state.
    pub lasting: bool,
    /// Over which time it was asked; null for whatever the vendor gives.
    pub range: Option<TimeRange>,
    /// It was asked for the rest of what is known from before: that still held at the end of the range.
    pub rest: bool,
    /// When it began to be asked.
    pub began_ms: i64,
}

/// The question as it is noted, whatever the time; null where its answers are not kept.
fn question(query: &Query) -> Option<String> {
    let what = match query.what {
        What::Sims => "sims",
        What::Subscribers => "subscribers",
        What::Sim => "sim",
        What::State => "state",
        What::Sessions => "sessions",
        What::Events => "events",
        What::StatusHistory | What::Usage | What::CellLocations => return None,
    };
    let of = match &query.of {
        Target::Fleet => String::new(),
        Target::Sim(sim) => format!(" of SIM {}", sim.key),
        Target::Sims(sims) => {
            let mut keys: Vec<&str> = sims.iter().map(|sim| sim.key.as_str()).collect();
            keys.sort_unstable();
            format!(" of SIMs {}", keys.join(" "))
        }
        Target::Imsi(imsi) => format!(" of IMSI {imsi}"),
        Target::Device(id) => format!(" of device {id}"),
        Target::Matching(text) => format!(" matching {text}"),
        Target::Cells(_) => return None,
    };
    let filters = query.filters.iter();
    let filters = filters.map(|(name, value)| format!(" where {name} is {value}"));
    Some(filters.fold(format!("{what}{of}"), |all, filter| all + &filter))
}

/// By what a record is known: some say nothing of the SIM that they are about.
fn record_of(question: &str, hash: u64) -> u64 {
    let mut hasher = FxHasher::default();
    (hash_of(question), hash).hash(&mut hasher);
    hasher.finish()
}

impl Remembered {
    /// From when on a question over that time has to be asked: nothing of it is missing before.
    fn missing_from(&self, query: &Query, range: TimeRange) -> Option<i64> {
        let spans = self.answered.get(&question(query)?)?;
        let holds = |span: &&TimeRange| {
            let begins = span.from_ms.saturating_sub(CLOCK_MS);
            begins <= range.from_ms && range.from_ms < span.to_ms
        };
        let known = spans.iter().find(holds)?;
        let from = range.from_ms.max(known.to_ms.saturating_sub(LATE_MS));
        // Sessions are found by their start: what was open then may have ended since.
        let unended = match query.what {
            What::Sessions => self.unended_of(query),
            _ => None,
        };
        Some(unended.map_or(from, |start| from.min(start)))
    }

    fn unended_of(&self, query: &Query) -> Option<i64> {
        match query.sim() {
            Some(sim) => {
                let starts = self.unended.iter().filter(|(key, _)| sim.is(key));
                starts.map(|(_, start)| *start).min()
            }
            None => self.unended.values().copied().min(),
        }
    }
}

impl Driver {
    /// What is known of the source from before; of its history only the rest is asked for from now on.
    pub fn remember(&mut self, remembered: Remembered) {
        self.remembered = remembered;
    }

    /// A question of a load, short of what is known. True where that is less than was asked.
    pub(super) fn missing_of(&self, mut query: Query) -> (Query, bool) {
        let Some(range) = query.range.filter(|_| is_history(&query)) else {
            return (query, false);
        };
        let Some(from_ms) = self.remembered.missing_from(&query, range) else {
            return (query, false);
        };
        let is_less = from_ms > range.from_ms;
        query.range = Some(TimeRange { from_ms, ..range });
        (query, is_less)
    }

    /// The SIMs that a list of what happened does not name any more, because less of it is asked for.
    pub(super) fn sims_left_out(&self, query: &Query) -> Vec<SimKey> {
        let is_asked = |key: &&String| match &query.of {
            Target::Fleet => true,
            Target::Sims(sims) => sims.iter().any(|sim| sim.is(key)),
            _ => false,
        };
        let sims = self.remembered.sims.iter().filter(is_asked);
        sims.map(|key| SimKey::new(key.clone())).collect()
    }

    /// Documents are kept from now on: those whose records are these are kept already.
    pub fn keep(&mut self, records: impl IntoIterator<Item = u64>) {
        self.keeps = true;
        self.remembered.records.extend(records);
    }

    /// Documents are not kept any more.
    pub fn keep_no_more(&mut self) {
        self.keeps = false;
        self.remembered.records.clear();
    }

    /// What is to be kept of those records (their places) of a page; null where such answers are not kept.
    pub(super) fn kept_of(
        &mut self,
        query: &Query,
        reply: &Reply,
        page: &Page<'_>,
        hashes: &[u64],
        chosen: &[usize],
    ) -> Option<Kept> {
        let question = question(query)?;
        let mut kept = Kept {
            question,
            new: New::All,
            records: Vec::new(),
        };
        if !is_history(query) {
            return Some(kept);
        }
        let of_chosen = chosen
            .iter()
            .filter_map(|at| Some((*at, *hashes.get(*at)?)));
        let records: Vec<(usize, u64)> = of_chosen
            .map(|(at, hash)| (at, record_of(&kept.question, hash)))
            .collect();
        kept.records = records.iter().map(|(_, record)| *record).collect();
        if self.keeps {
            let new = records
                .into_iter()
                .filter(|(_, record)| self.remembered.records.insert(*record));
            let new: Vec<usize> = new.map(|(at, _)| at).collect();
            kept.new = if new.len() == chosen.len() {
                New::All
            } else if new.is_empty() {
                New::Nothing
            } else {
                with_records(&reply.body, &page.records, &new).map_or(New::All, New::Part)
            };
        }
        Some(kept)
    }

    /// Notes that a question was answered in full, by its last page.
    pub(super) fn note_answered(&mut self, job: &Job, page_is_whole: bool) {
        let Some(question) = question(&job.query).filter(|_| page_is_whole) else {
            return;
        };
        let lasting = is_history(&job.query);
        // Rounds of watching hand on what changed of a list, not all of it. Readings of the present stay: sessions may follow from
        // them.
        if !lasting && (job.watched.is_some() || job.query.what == What::State) {
            return;
        }
        let range = job.query.range.map(|range| TimeRange {
            to_ms: range.to_ms.min(job.began),
            ..range
        });
        let is_rest = |span: &TimeRange| {
            range.is_some_and(|range| span.from_ms < range.from_ms && range.from_ms < span.to_ms)
        };
        let known = self.remembered.answered.get(&question);
        self.actions.push_back(super::Action::Answered(Answered {
            rest: lasting && known.is_some_and(|spans| spans.iter().any(is_rest)),
            question,
            lasting,
            range,
            began_ms: job.began,
        }));
    }
}
