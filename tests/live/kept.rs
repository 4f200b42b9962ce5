//! What a page keeps of a source between two visits, in memory: as `www/history` does it.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use simscope::engine::{Engine, OpenOptions};
use simscope::provider::query::TimeRange;
use simscope::transport::driver::{Answered, Document, New, Remembered};

/// Documents of former visits are numbered from here on.
const FIRST: u32 = 1 << 20;

/// A document that is kept.
struct KeptDocument {
    question: String,
    options: OpenOptions,
    bytes: Vec<u8>,
    confirmed_ms: i64,
    records: Vec<u64>,
}

/// All that is kept of a source.
#[derive(Default)]
pub struct History {
    documents: Vec<KeptDocument>,
    answered: HashMap<String, Vec<TimeRange>>,
    /// The places of documents by their numbers in the engine.
    places: HashMap<u32, usize>,
    /// By question: the numbers of the documents that were opened.
    opened: HashMap<String, Vec<u32>>,
    /// The keys of the SIMs of which there is history.
    sims: Vec<String>,
}

impl History {
    /// Keeps what is new of a document.
    pub fn keep(&mut self, document: &Document, options: &OpenOptions) {
        let Some(kept) = &document.kept else {
            return;
        };
        let bytes = match &kept.new {
            New::All => document.bytes.clone(),
            New::Part(bytes) => bytes.clone(),
            New::Nothing => return,
        };
        if let (true, Some(sim)) = (document.history, &document.sim)
            && !self.sims.contains(sim)
        {
            self.sims.push(sim.clone());
        }
        self.places.insert(document.number, self.documents.len());
        self.documents.push(KeptDocument {
            question: kept.question.clone(),
            options: OpenOptions {
                watched: false,
                ..options.clone()
            },
            bytes,
            confirmed_ms: document.observed_ms,
            records: kept.records.clone(),
        });
    }

    pub fn confirm(&mut self, documents: &[u32], observed_ms: i64) {
        for number in documents {
            let place = self.places.get(number);
            if let Some(document) = place.and_then(|at| self.documents.get_mut(*at)) {
                document.confirmed_ms = document.confirmed_ms.max(observed_ms);
            }
        }
    }

    /// Notes it; gives the documents of former visits that still hold.
    pub fn answered(&mut self, answered: Answered) -> Option<(Vec<u32>, i64)> {
        if !answered.lasting {
            return None;
        }
        let range = answered.range.unwrap_or(TimeRange {
            from_ms: answered.began_ms - 30 * 86_400_000,
            to_ms: answered.began_ms,
        });
        let spans = self.answered.entry(answered.question.clone()).or_default();
        spans.push(range);
        spans.sort_by_key(|span| span.from_ms);
        let mut merged: Vec<TimeRange> = Vec::new();
        for span in spans.drain(..).filter(|span| span.from_ms < span.to_ms) {
            match merged.last_mut() {
                Some(last) if span.from_ms <= last.to_ms => last.to_ms = last.to_ms.max(span.to_ms),
                _ => merged.push(span),
            }
        }
        *spans = merged;
        let numbers = self.opened.get(&answered.question)?;
        answered.rest.then(|| (numbers.clone(), range.to_ms))
    }

    /// Opens all of it; gives what a driver is to know of it.
    pub fn open(&mut self, engine: &mut Engine) -> Remembered {
        self.places.clear();
        self.opened.clear();
        let mut remembered = Remembered {
            answered: self.answered.clone().into_iter().collect(),
            sims: self.sims.clone(),
            ..Remembered::default()
        };
        for ((at, document), number) in self.documents.iter().enumerate().zip(FIRST..) {
            let options = OpenOptions {
                remembered: Some(document.confirmed_ms),
                ..document.options.clone()
            };
            engine.begin(number, options);
            engine.push(number, &document.bytes);
            engine.finish(number);
            engine.confirm(&[number], document.confirmed_ms);
            self.places.insert(number, at);
            let opened = self.opened.entry(document.question.clone()).or_default();
            opened.push(number);
            remembered.records.extend(&document.records);
        }
        while engine.take().is_some() {}
        remembered.unended = engine
            .unended("live")
            .into_iter()
            .collect::<FxHashMap<_, _>>();
        remembered
    }

    /// The same of what tells what happened, without lists of the present state.
    pub fn history_size(&self) -> (usize, usize) {
        let lasting = self.documents.iter();
        let lasting = lasting.filter(|document| document.options.history == Some(true));
        let bytes: Vec<usize> = lasting.map(|document| document.bytes.len()).collect();
        (bytes.len(), bytes.iter().sum())
    }

    /// How many documents are kept, and how many bytes they are.
    pub fn size(&self) -> (usize, usize) {
        let bytes = self.documents.iter().map(|document| document.bytes.len());
        (self.documents.len(), bytes.sum())
    }
}
