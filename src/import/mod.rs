//! A vendor's answer as a file or pasted text: which vendor and which answer it is, read piece by
//! piece into the store. Takes a page, an array of pages, a bare array, one object, or several of
//! these one after the other (NDJSON). Unpacking is the caller's business.

mod buffer;
mod cursor;
mod probe;
mod problem;
mod walk;

pub use problem::Problem;

use crate::model::{Instant, ProviderId, Warning};
use crate::store::{Document, Reader, Source, Store};
use walk::Walk;

/// What is known of a file before it is read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Its name, for messages; also searched for a hint of the SIM.
    pub name: String,
    /// The vendor, where the visitor named one. Any other vendor's answer is then refused.
    pub provider: Option<ProviderId>,
    /// The vendor to prefer where two have the same answers: the one that is connected.
    pub connected: Option<ProviderId>,
    /// The SIM that the answer is about, where the visitor named one.
    pub sim: Option<String>,
    /// The answer is about the whole account: a usage record without a SIM is not a question.
    pub account: bool,
    /// When it was fetched; null for files.
    pub observed: Option<Instant>,
    /// When the same was last asked successfully before; null for a first answer, or after a gap.
    /// What did not change between the two is not in the document.
    pub asked_before: Option<Instant>,
    /// It came from a round of watching: what it adds or changes is kept for
    /// [`Store::take_changes`].
    pub watched: bool,
}

/// A question that only the visitor can answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SimQuestion {
    /// The vendor's name of the answer.
    pub answer: String,
    /// The vendor.
    pub provider: ProviderId,
    /// "The whole account" is a possible answer.
    pub allows_account: bool,
    /// A SIM's key or number found in the file's name.
    pub hint: Option<String>,
}

/// What came of reading a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Records read, bad ones included.
    pub records: u64,
    /// Records skipped.
    pub bad_records: u64,
    /// Why the file could not be read (to its end). Rows before the break are in the store.
    pub problem: Option<Problem>,
    /// The answer names no SIM and none was given: nothing of it was read.
    pub question: Option<SimQuestion>,
    /// The vendor was assumed.
    pub vendor_assumed: Option<ProviderId>,
}

/// Reads one file into a store, in pieces of any size.
#[derive(Debug)]
pub struct Importer {
    document: u32,
    source: u32,
    walk: Walk,
}

impl Importer {
    /// A file of a source begins.
    pub fn new(store: &mut Store, source: u32, options: Options) -> Self {
        let document = store.add_document(Document {
            source,
            name: options.name.clone(),
            observed: options.observed,
            confirmed_before: None,
            watched: options.watched,
        });
        Self {
            document,
            source,
            walk: Walk::new(options),
        }
    }

    /// The store's number of the document.
    pub fn document(&self) -> u32 {
        self.document
    }

    /// The next bytes, unpacked.
    pub fn push(&mut self, store: &mut Store, bytes: &[u8]) {
        let mut reader = Reader::new(store, self.document);
        self.walk.push(&mut reader, bytes);
    }

    /// The file is complete: reads what is left and tells what came of it.
    pub fn finish(mut self, store: &mut Store) -> Outcome {
        let mut reader = Reader::new(store, self.document);
        let mut outcome = self.walk.finish(&mut reader);
        let given = self.walk.options().provider;
        let named = self.walk.named().filter(|_| given.is_none());
        let read_as = self.walk.read_as();
        let provider = named.or(read_as);
        if let Some(named) = named
            && read_as.is_some_and(|read_as| read_as != named)
        {
            store.relabel(&[self.document], named);
        }
        let assumed = self.walk.vendor_is_shared() && named.is_none() && given.is_none();
        let name = self.walk.options().name.clone();
        if let Some(source) = store.source_mut(self.source) {
            source.provider = source.provider.or(provider);
            if let (true, Some(provider)) = (assumed, provider) {
                source.provider_assumed = true;
                outcome.vendor_assumed = Some(provider);
                source.warn(Warning {
                    file: Some(name),
                    ..Warning::new("vendor_assumed", assumption(provider))
                });
            }
        }
        outcome
    }
}

fn assumption(provider: ProviderId) -> String {
    format!(
        "Two vendors have the very same answers, and this one does not say whose it is. It was read as {}; if that is \
         wrong, switch the vendor of this source.",
        crate::provider::capability(provider).label
    )
}

/// Reads a whole text into a fresh source of that name: for `normalize`, where nobody can be asked,
/// so that an answer that may be about the whole account is taken for one.
pub fn read_all(store: &mut Store, bytes: &[u8], options: Options) -> Outcome {
    let source = store.add_source(Source::new(&options.name, options.provider));
    let mut read = |options: Options| {
        let mut importer = Importer::new(store, source, options);
        importer.push(store, bytes);
        importer.finish(store)
    };
    let mut outcome = read(options.clone());
    if outcome.question.as_ref().is_some_and(|q| q.allows_account) {
        outcome = read(Options {
            account: true,
            ..options
        });
    }
    store.settle();
    outcome
}
