//! Documents on their way in: whose they are, their bytes piece by piece, and what came of them.

use serde::Deserialize;

use crate::import::{Importer, Options, Outcome, Problem};
use crate::model::{Instant, ProviderId};
use crate::store::{HistoryOf, Source};

use super::protocol::{LabelColumns, Loaded, Update};
use super::{Engine, held};

/// What the page says of a file when it opens it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpenOptions {
    /// Its name.
    pub name: String,
    /// The source that it belongs to; null for one of its own.
    pub source: Option<String>,
    /// The vendor, if the visitor named one.
    pub provider: Option<ProviderId>,
    /// The SIM that it is about, if the visitor named one.
    pub sim: Option<String>,
    /// It is about the whole account.
    pub account: bool,
    /// When it was fetched, RFC 3339; null for files.
    pub observed: Option<String>,
    /// When the same was last asked successfully before, RFC 3339; null for a first answer, or after
    /// a gap. What did not change between the two need not be in the document.
    pub asked_before: Option<String>,
    /// It came from a round of watching: what it adds or changes is news.
    pub watched: bool,
    /// Of a live source: whether it is an answer on sessions, or on the events that they follow from, of the SIM that it is
    /// about, or of all. Null for files, of which nobody knows what they leave out.
    pub history: Option<bool>,
    /// It was kept in this browser: until when what it says is known to have held, epoch milliseconds. Null for what was fetched.
    pub remembered: Option<i64>,
    /// It is what a geolocate service said: the service's host.
    pub located: Option<String>,
    /// Of a file of labels: what its columns are. Null until somebody said so.
    pub labels: Option<LabelColumns>,
    /// The host page opened it and waits for what it holds.
    pub by_host: bool,
    /// It is read once more, because others were taken out: nothing is said of it.
    pub again: bool,
}

/// A document that is being read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) importer: Importer,
    pub(super) source: u32,
    pub(super) name: String,
    pub(super) watched: bool,
    pub(super) again: bool,
    pub(super) by_host: bool,
    /// Whose history it tells; null where it tells none.
    pub(super) history: Option<HistoryOf>,
    /// What the columns of a file of labels are, where somebody said so.
    pub(super) labels: Option<LabelColumns>,
}

impl Engine {
    /// A document begins; its bytes follow in order. `document` is the host's number.
    pub fn begin(&mut self, document: u32, options: OpenOptions) {
        let label = options
            .source
            .clone()
            .unwrap_or_else(|| options.name.clone());
        let known = self
            .store
            .sources()
            .iter()
            .position(|source| source.label == label);
        let source = match known {
            Some(at) => at as u32,
            None => self.store.add_source(Source::new(&label, options.provider)),
        };
        let connected = self
            .store
            .sources()
            .iter()
            .find_map(|source| source.provider.filter(|_| !source.provider_assumed));
        self.labels.bring_back(source);
        if options.history.is_some() {
            self.store.follow_history(source);
        }
        let named = options.provider.zip(options.sim.clone());
        let history = options.history.filter(|is| *is).map(|_| match named {
            Some((provider, sim)) if !sim.is_empty() => HistoryOf::Sim(provider, sim),
            _ => HistoryOf::All,
        });
        let sim = options.sim.as_deref().map(|sim| {
            let is_key = options
                .provider
                .is_some_and(|id| self.store.has_sim(id, sim));
            if is_key {
                sim.to_owned()
            } else {
                self.key_of_sim(sim)
            }
        });
        let importer = Importer::new(
            &mut self.store,
            source,
            Options {
                name: options.name.clone(),
                provider: options.provider,
                connected,
                sim,
                account: options.account,
                observed: options.observed.as_deref().and_then(Instant::from_rfc3339),
                asked_before: options
                    .asked_before
                    .as_deref()
                    .and_then(Instant::from_rfc3339),
                watched: options.watched,
                located: options.located,
            },
        );
        if let Some(until_ms) = options.remembered {
            self.from_memory.begin(importer.document(), until_ms);
        }
        self.host_documents.push(document);
        let reading = Reading {
            importer,
            source,
            name: options.name,
            watched: options.watched,
            again: options.again,
            by_host: options.by_host,
            history,
            labels: options.labels,
        };
        self.reading.push((document, reading));
        self.data_changed = true;
    }

    /// A SIM that the visitor names by its ICCID, name or key, as the vendor's key.
    fn key_of_sim(&self, named: &str) -> String {
        let named = named.trim();
        let known = self.store.lanes().find_map(|(lane, found)| {
            let sim = self.store.sim(lane)?;
            let is = sim.iccid.as_deref() == Some(named)
                || sim.name.as_deref() == Some(named)
                || sim.given_name() == Some(named)
                || sim.imsis.iter().any(|imsi| imsi == named);
            let key = *found.keys.first()?;
            is.then(|| self.store.key_of(key).1.into_owned())
        });
        known.unwrap_or_else(|| named.to_owned())
    }

    /// The next bytes of a document, unpacked.
    pub fn push(&mut self, document: u32, bytes: &[u8]) {
        let reading = self
            .reading
            .iter_mut()
            .find(|(known, _)| *known == document);
        if let Some((_, reading)) = reading {
            reading.importer.push(&mut self.store, bytes);
            // Positions of cells change nothing that is shown before all of them are there.
            self.data_changed |= reading.importer.reads_answers();
        }
    }

    /// A document is complete.
    pub fn finish(&mut self, document: u32) {
        self.end(document, None);
    }

    /// A document cannot be read to its end: `message` says why, for the visitor.
    pub fn fail(&mut self, document: u32, message: &str) {
        self.end(document, Some(Problem::Unreadable(message.to_owned())));
    }

    fn end(&mut self, document: u32, problem: Option<Problem>) {
        let Some(reading) = self.take_reading(document) else {
            return;
        };
        let number = reading.importer.document();
        if reading.importer.reads_cells() {
            self.cell_documents.push(document);
        }
        let mut outcome = reading.importer.finish(&mut self.store);
        outcome.problem = problem.or(outcome.problem);
        self.from_memory.end(number, outcome.records);
        let labels_guessed = outcome.sheet.is_some() && reading.labels.is_none();
        if let Some(sheet) = outcome.sheet.take() {
            let of = (reading.source, reading.name.as_str());
            self.take_labels(document, of, *sheet, reading.labels);
            // Nobody is there who could say which columns are meant.
            let problem = self.labels.problem_of(document).filter(|_| reading.by_host);
            outcome.problem = outcome.problem.or(problem.map(Problem::Labels));
        }
        self.store.settle();
        if let Some(of) = reading
            .history
            .filter(|_| is_answer(outcome.problem.as_ref()))
        {
            self.store.note_history(reading.source, of);
        }
        self.data_changed = true;
        let is_unread = outcome.question.is_some() || !is_answer(outcome.problem.as_ref());
        if is_unread && outcome.records == 0 && outcome.cells == 0 {
            self.unread.push(document);
        }
        if reading.again {
            return;
        }
        let held = reading.by_host.then(|| held::of(&self.store, &[number]));
        let loaded = Loaded {
            document,
            source: reading.source,
            name: reading.name,
            labels_guessed,
            held,
            ..self.came_of(outcome)
        };
        self.send(Update::Loaded(loaded));
        if reading.watched {
            self.tell_news(number);
        }
    }

    fn take_reading(&mut self, document: u32) -> Option<Reading> {
        let at = self
            .reading
            .iter()
            .position(|(known, _)| *known == document)?;
        Some(self.reading.swap_remove(at).1)
    }

    /// What came of a document, but for what it is called.
    fn came_of(&self, outcome: Outcome) -> Loaded {
        Loaded {
            records: outcome.records,
            bad_records: outcome.bad_records,
            cells: outcome.cells,
            cells_found: self.store.cells_in_files(),
            code: outcome.problem.as_ref().map(|p| p.code().to_owned()),
            problem: outcome.problem.map(|problem| problem.to_string()),
            question: outcome.question,
            vendor_assumed: outcome.vendor_assumed,
            ..Loaded::default()
        }
    }
}

/// Whether a document was read to its end: one that holds nothing is an answer, too.
fn is_answer(problem: Option<&Problem>) -> bool {
    problem.is_none_or(|problem| matches!(problem, Problem::NoRecords))
}
