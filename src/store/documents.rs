//! Where rows came from: sources (what the visitor opened or connected) and documents (one answer
//! or file each). The text itself is kept outside, as a file or Blob.

use serde::Serialize;

use crate::model::{EndKind, Instant, ProviderId, Warning};

use super::Store;
use super::numbers::Numbers;

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordAt {
    /// Number of the document.
    pub document: u32,
    /// Bytes from the start of the unpacked document (up to 4 GiB).
    pub offset: u32,
    /// Length in bytes.
    pub length: u32,
}

/// One answer or file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Number of its source.
    pub source: u32,
    /// File name, or the vendor's name of the call.
    pub name: String,
    /// When it was fetched, or when what it says was last confirmed; null for files.
    pub observed: Option<Instant>,
    /// What `observed` was before the last confirmation; null where there was none.
    pub confirmed_before: Option<Instant>,
    /// What it adds or changes is news.
    pub watched: bool,
}

impl Document {
    /// The latest instant before that one at which what it says is known to have held.
    pub(super) fn held_before(&self, at: Instant) -> Option<Instant> {
        [self.observed, self.confirmed_before]
            .into_iter()
            .flatten()
            .filter(|held| *held < at)
            .max()
    }
}

/// How many warnings of a source are kept word for word; the others are only counted.
const KEPT_WARNINGS: usize = 500;

/// What the visitor opened or connected.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// Its name: the file's, or what the visitor called it.
    pub label: String,
    /// The vendor, once known.
    pub provider: Option<ProviderId>,
    /// The vendor was assumed, because another has the very same answers.
    pub provider_assumed: bool,
    /// The visitor said which vendor it is, after it was read.
    #[serde(skip)]
    pub provider_told: bool,
    /// Records read, bad ones included.
    pub records: u64,
    /// Records skipped because they could not be read.
    pub bad_records: u64,
    /// Cell positions read.
    pub cells: u64,
    /// It is a geolocate service that was asked, by this name of its host.
    pub service: Option<String>,
    /// All warnings, those not kept included.
    pub warning_count: u64,
    /// The first warnings.
    pub warnings: Vec<Warning>,
}

impl Source {
    /// A source without rows.
    pub fn new(label: &str, provider: Option<ProviderId>) -> Self {
        Self {
            label: label.to_owned(),
            provider,
            provider_assumed: false,
            provider_told: false,
            records: 0,
            bad_records: 0,
            cells: 0,
            service: None,
            warning_count: 0,
            warnings: Vec::new(),
        }
    }

    /// Counts a warning and keeps it if there are not too many.
    pub fn warn(&mut self, warning: Warning) {
        self.warning_count += 1;
        if self.warnings.len() < KEPT_WARNINGS {
            self.warnings.push(warning);
        }
    }
}

/// Whose history a vendor's answer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryOf {
    /// Of one SIM, by the vendor's key.
    Sim(ProviderId, String),
    /// Of all SIMs of the source.
    All,
}

impl Store {
    /// What is known of a source's SIMs is followed from now on: see [`Self::is_unfetched`].
    pub fn follow_history(&mut self, source: u32) {
        self.followed_sources.insert(source);
    }

    /// A vendor told what SIMs of a source did: that nothing of it is there means that there was nothing.
    pub fn note_history(&mut self, source: u32, of: HistoryOf) {
        match of {
            HistoryOf::Sim(provider, sim) => {
                let key = self.sims.key(&mut self.parts.texts, provider, &sim);
                self.told_sims.insert(key);
            }
            HistoryOf::All => {
                self.told_sources.insert(source);
            }
        }
    }

    /// Whether a lane's sessions were never fetched: its SIM stands in a live source's list, and nobody asked for more of it,
    /// or what was asked failed.
    pub fn is_unfetched(&self, lane: u32) -> bool {
        let Some(found) = self.sims.lane(lane) else {
            return false;
        };
        let has_rows = !found.sessions.is_empty() || !found.events.is_empty();
        let told = found.keys.iter().any(|key| self.told_sims.has(*key));
        let Some(sim) = found.sim.as_deref().filter(|_| !has_rows && !told) else {
            return false;
        };
        let source = self.sources.iter().position(|s| s.label == *sim.source);
        source.is_some_and(|source| {
            let source = source as u32;
            self.followed_sources.has(source) && !self.told_sources.has(source)
        })
    }

    /// Whether a vendor told what a lane's SIM did: that no session of it is there means that there was none.
    pub fn is_told(&self, lane: u32) -> bool {
        let Some(found) = self.sims.lane(lane) else {
            return false;
        };
        if found.keys.iter().any(|key| self.told_sims.has(*key)) {
            return true;
        }
        let sim = found.sim.as_deref();
        let source = sim.and_then(|sim| self.sources.iter().position(|s| s.label == *sim.source));
        source.is_some_and(|source| self.told_sources.has(source as u32))
    }

    /// Says that what these documents tell still held at an instant: open sessions of theirs may be up
    /// until then, and a SIM that was connected still was. Never moves back; a document of which
    /// nobody knows when it was fetched stays as it is.
    pub fn confirm(&mut self, documents: &[u32], observed: Instant) {
        let mut moved = Numbers::default();
        for number in documents {
            let document = self.documents.get_mut(*number as usize);
            let Some(document) = document.filter(|d| d.observed.is_some_and(|at| at < observed))
            else {
                continue;
            };
            document.confirmed_before = document.observed;
            document.observed = Some(observed);
            moved.insert(*number);
        }
        if moved.iter().next().is_none() {
            return;
        }
        self.version += 1;
        // How long an open session may be is kept with its lane.
        for row in 0..self.sessions.len() {
            let kinds = self.sessions.kinds(row);
            if kinds.end == EndKind::Open
                && !kinds.dead
                && self
                    .sessions
                    .records(row)
                    .iter()
                    .any(|record| moved.has(record.document))
            {
                let lane = self.sims.lane_of(self.sessions.sim(row));
                self.sims.touch(lane);
            }
        }
    }
}
