//! A vendor's answer as a file or pasted text: which vendor and which answer it is, read piece by
//! piece into the store. Takes a page, an array of pages, a bare array, one object, or several of
//! these one after the other (NDJSON); files of cell positions; and files of labels. Unpacking is the caller's business.

mod buffer;
mod cells;
mod cursor;
mod probe;
mod problem;
mod walk;

pub use problem::Problem;

use crate::geo::geolocate::Located;
use crate::label::{self, Sheet, SheetReader, begins_like_labels};
use crate::model::{Instant, ProviderId, Warning};
use crate::store::{Document, Reader, Source, Store};
use cells::CellFile;
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
    /// It is what a geolocate service said, in [`Located`] lines: the service's host, to be named beside each position.
    pub located: Option<String>,
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
    /// Cell positions that were read, of a file of these.
    pub cells: u64,
    /// The rows, of a file of labels: whose they are is found out elsewhere.
    pub sheet: Option<Box<Sheet>>,
}

/// Reads one file into a store, in pieces of any size.
#[derive(Debug)]
pub struct Importer {
    document: u32,
    source: u32,
    options: Options,
    content: Content,
}

/// What a file turned out to be.
#[derive(Debug)]
enum Content {
    /// Its first line is not there yet.
    Undecided(Vec<u8>),
    /// A vendor's answers, or nothing that can be read.
    Answers(Box<Walk>),
    /// Cell positions.
    Cells(CellFile),
    /// Labels, or why there are none in it.
    Labels(Result<Box<SheetReader>, label::Problem>),
    /// What the geolocate service of that host said, until it is complete: there is little of it.
    Located(String, Vec<u8>),
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
        let content = match &options.located {
            Some(host) => Content::Located(host.clone(), Vec::new()),
            None => Content::Undecided(Vec::new()),
        };
        Self {
            document,
            source,
            options,
            content,
        }
    }

    /// The store's number of the document.
    pub fn document(&self) -> u32 {
        self.document
    }

    /// A vendor's answers are read, record by record.
    pub fn reads_answers(&self) -> bool {
        matches!(self.content, Content::Answers(_))
    }

    /// Cell positions are read.
    pub fn reads_cells(&self) -> bool {
        matches!(self.content, Content::Cells(_))
    }

    /// The next bytes, unpacked.
    pub fn push(&mut self, store: &mut Store, bytes: &[u8]) {
        match &mut self.content {
            Content::Answers(walk) => walk.push(&mut Reader::new(store, self.document), bytes),
            Content::Cells(file) => {
                file.push(store.towers_mut(), bytes);
                self.note_cells(store);
            }
            Content::Labels(reader) => {
                let problem = reader.as_mut().ok().and_then(|file| file.push(bytes).err());
                if let Some(problem) = problem {
                    *reader = Err(problem);
                }
            }
            Content::Located(_, lines) => lines.extend_from_slice(bytes),
            Content::Undecided(head) => {
                head.extend_from_slice(bytes);
                let head = std::mem::take(head);
                self.decide(store, head, false);
            }
        }
    }

    /// Looks what the file is, and reads what is there of it.
    fn decide(&mut self, store: &mut Store, head: Vec<u8>, whole: bool) {
        match CellFile::is_one(&head, whole) {
            None => self.content = Content::Undecided(head),
            Some(is_cells) => {
                self.content = if is_cells {
                    Content::Cells(CellFile::new())
                } else if begins_like_labels(&head, &self.options.name) {
                    Content::Labels(Ok(Box::default()))
                } else {
                    Content::Answers(Box::new(Walk::new(self.options.clone())))
                };
                self.push(store, &head);
            }
        }
    }

    /// The file is complete: reads what is left and tells what came of it.
    pub fn finish(mut self, store: &mut Store) -> Outcome {
        if let Content::Undecided(head) = &mut self.content {
            let head = std::mem::take(head);
            self.decide(store, head, true);
        }
        match &mut self.content {
            Content::Cells(file) => {
                file.finish(store.towers_mut());
                self.finish_cells(store)
            }
            Content::Answers(walk) => {
                let outcome = walk.finish(&mut Reader::new(store, self.document));
                finish_answers(store, self.document, self.source, walk, outcome)
            }
            Content::Located(host, lines) => {
                let (host, lines) = (std::mem::take(host), std::mem::take(lines));
                self.finish_located(store, &host, &lines)
            }
            Content::Labels(reader) => {
                let empty = Err(label::Problem::Empty);
                finish_labels(std::mem::replace(reader, empty))
            }
            Content::Undecided(_) => Outcome::default(),
        }
    }

    fn finish_located(&self, store: &mut Store, host: &str, lines: &[u8]) -> Outcome {
        let mut outcome = Outcome::default();
        let lines = lines.split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.is_empty()) {
            outcome.records += 1;
            let read = serde_json::from_slice::<Located<'_>>(line);
            if read.is_ok_and(|located| store.locate_cell(&located, host)) {
                outcome.cells += 1;
            } else {
                outcome.bad_records += 1;
            }
        }
        if let Some(source) = store.source_mut(self.source) {
            source.cells += outcome.cells;
            source.bad_records += outcome.bad_records;
            source.service = Some(host.to_owned());
        }
        outcome
    }

    /// What is wrong with lines of a file of cells, to its source.
    fn note_cells(&mut self, store: &mut Store) {
        let Content::Cells(file) = &mut self.content else {
            return;
        };
        for warning in file.take_warnings() {
            if let Some(source) = store.source_mut(self.source) {
                source.warn(Warning {
                    file: Some(self.options.name.clone()),
                    ..warning
                });
            }
        }
    }

    fn finish_cells(&mut self, store: &mut Store) -> Outcome {
        self.note_cells(store);
        let Content::Cells(file) = &self.content else {
            return Outcome::default();
        };
        let counts = file.counts();
        if let Some(source) = store.source_mut(self.source) {
            source.cells += counts.cells;
            source.bad_records += counts.bad;
            source.warning_count += counts.bad.saturating_sub(cells::TOLD_LINES);
            if counts.other > 0 {
                source.warn(Warning {
                    file: Some(self.options.name.clone()),
                    ..Warning::new(
                        "cdma_cells",
                        format!(
                            "{} lines are about CDMA cells, which no SIM is on.",
                            counts.other
                        ),
                    )
                });
            }
        }
        if counts.cells > 0 {
            store.credit_towers(&self.options.name);
        }
        Outcome {
            records: counts.cells + counts.bad + counts.other,
            bad_records: counts.bad,
            cells: counts.cells,
            problem: (counts.cells == 0).then_some(Problem::NoCells),
            ..Outcome::default()
        }
    }
}

fn finish_labels(reader: Result<Box<SheetReader>, label::Problem>) -> Outcome {
    match reader.and_then(|reader| (*reader).finish()) {
        Ok(sheet) => Outcome {
            records: sheet.row_count() as u64,
            sheet: Some(Box::new(sheet)),
            ..Outcome::default()
        },
        Err(problem) => Outcome {
            problem: Some(Problem::Labels(problem)),
            ..Outcome::default()
        },
    }
}

/// Which vendor wrote the answers that were read.
fn finish_answers(
    store: &mut Store,
    document: u32,
    number: u32,
    walk: &Walk,
    mut outcome: Outcome,
) -> Outcome {
    let given = walk.options().provider;
    let named = walk.named().filter(|_| given.is_none());
    let read_as = walk.read_as();
    let provider = named.or(read_as);
    if let Some(named) = named
        && read_as.is_some_and(|read_as| read_as != named)
    {
        store.relabel(&[document], named);
    }
    let assumed = walk.vendor_is_shared() && named.is_none() && given.is_none();
    let name = walk.options().name.clone();
    if let Some(source) = store.source_mut(number) {
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
    if outcome.cells > 0 {
        outcome.problem = Some(Problem::CellsAlone);
    }
    if outcome.sheet.take().is_some() {
        outcome.problem = Some(Problem::LabelsAlone);
    }
    store.settle();
    outcome
}
