//! Files of labels: what their columns are, which lanes their rows are for, and what those lanes are called then. Each file is
//! matched anew when more was loaded; of two that name the same SIM the one that was opened later is right.

use crate::label::{Columns, Labels, Matches, Problem, Role, Sheet};
use crate::model::ProviderId;
use crate::store::{OwnLabels, Store};

use super::Engine;
use super::protocol::{LabelColumn, LabelColumns, LabelsInfo, Update};

/// So many texts of a column are shown.
const SAMPLES: usize = 3;
/// So many letters of a text are shown.
const LONGEST_TEXT: usize = 80;

/// The files of labels that are in use.
#[derive(Debug, Default)]
pub(super) struct LabelFiles {
    /// In the order in which they were opened.
    files: Vec<LabelFile>,
    /// Numbers of sources that were left out.
    left_out: Vec<u32>,
    /// What the page was told.
    told: Vec<LabelsInfo>,
    /// A file came, went, or is understood in another way.
    changed: bool,
}

#[derive(Debug)]
struct LabelFile {
    /// The host's number of the document.
    document: u32,
    /// Number of its source.
    source: u32,
    name: String,
    labels: Labels,
    /// Null until they were looked for, and where no labels can be taken.
    matches: Option<Matches>,
}

impl LabelFile {
    fn new(document: u32, source: u32, name: String, sheet: Sheet, columns: Columns) -> Self {
        Self {
            document,
            source,
            name,
            labels: Labels::new(sheet, columns),
            matches: None,
        }
    }

    /// Looks for the lanes of its rows, unless nothing was loaded since. True where they may be others.
    fn find(&mut self, store: &Store) -> bool {
        let is_known = |matches: &Matches| matches.is_of(store);
        if self.labels.problem().is_some() || self.matches.as_ref().is_some_and(is_known) {
            return false;
        }
        self.matches = Some(self.labels.matching(store));
        true
    }

    /// Understands the file in another way.
    fn change(&mut self, change: impl FnOnce(&mut Sheet, Columns) -> Columns) {
        let empty = Labels::new(Sheet::default(), Columns::default());
        let labels = std::mem::replace(&mut self.labels, empty);
        let (mut sheet, columns) = labels.into_sheet();
        let columns = change(&mut sheet, columns);
        self.labels = Labels::new(sheet, columns);
        self.matches = None;
    }

    fn headers(&self) -> Vec<String> {
        let sheet = self.labels.sheet();
        (0..sheet.column_count())
            .map(|column| sheet.header(column))
            .collect()
    }

    /// Lays its labels over those of the files before.
    fn lay_over(&self, labels: &mut OwnLabels) {
        let Some(matches) = &self.matches else {
            return;
        };
        for (lane, slot) in (0u32..).zip(labels) {
            let Some(found) = matches.label(&self.labels, lane) else {
                continue;
            };
            let own = slot.get_or_insert_default();
            let text = |text: Option<&str>| text.map(|text| text.to_owned().into());
            own.name = text(found.name).or(own.name.take());
            own.group = text(found.group).or(own.group.take());
            for tag in found.tags() {
                let tag = tag.into_owned();
                match own.tags.iter_mut().find(|known| known.name == tag.name) {
                    Some(known) => *known = tag,
                    None => own.tags.push(tag),
                }
            }
        }
    }

    fn info(&self, store: &Store) -> LabelsInfo {
        let sheet = self.labels.sheet();
        let columns = (0..).zip(self.labels.columns().roles());
        let mut vendors: Vec<ProviderId> = Vec::new();
        if let Some(matches) = &self.matches {
            let lanes = store
                .lanes()
                .filter(|(lane, _)| matches.row(*lane).is_some());
            for vendor in lanes.filter_map(|(lane, _)| store.provider_of_lane(lane)) {
                if !vendors.contains(&vendor) {
                    vendors.push(vendor);
                }
            }
        }
        let mut report = self.matches.as_ref().map(|found| found.report().clone());
        for told in report.iter_mut().flat_map(|report| &mut report.told) {
            told.identifier = short(&told.identifier);
        }
        LabelsInfo {
            document: self.document,
            name: self.name.clone(),
            rows: sheet.row_count() as u32,
            named: sheet.is_named(),
            columns: columns
                .map(|(column, role)| LabelColumn {
                    header: short(&sheet.header(column)),
                    role: role.clone(),
                    samples: sheet.texts(column).take(SAMPLES).map(short).collect(),
                })
                .collect(),
            cells_in_other_letters: sheet.cells_in_other_letters(),
            report,
            vendors: vendors.len() as u32,
            problem: self.labels.problem().map(|problem| problem.to_string()),
        }
    }
}

/// A text with its end left out where it is very long.
fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl LabelFiles {
    /// Whether a document (the host's number) is one of them.
    pub fn has(&self, document: u32) -> bool {
        self.files.iter().any(|file| file.document == document)
    }

    /// Whether nothing of a source is in use any more.
    pub fn left_out(&self, source: u32) -> bool {
        self.left_out.contains(&source)
    }

    /// Something of a source is opened, whatever was left out of it before.
    pub fn bring_back(&mut self, source: u32) {
        self.left_out.retain(|known| *known != source);
    }

    /// The document (the host's number) of a source with how many SIMs have a label of it; null where it is no file of labels.
    pub fn of_source(&self, source: u32) -> Option<(u32, u32)> {
        let file = self.files.iter().find(|file| file.source == source)?;
        let matches = file.matches.as_ref();
        let lanes = matches.map_or(0, |matches| matches.report().lanes);
        Some((file.document, lanes))
    }

    /// What the columns of a document are, to read it so once more.
    pub fn columns_of(&self, document: u32) -> Option<LabelColumns> {
        let file = self.files.iter().find(|file| file.document == document)?;
        Some(LabelColumns {
            named: file.labels.sheet().is_named(),
            columns: file
                .labels
                .columns()
                .roles()
                .iter()
                .map(Role::code)
                .collect(),
        })
    }

    /// Why nothing is taken from a document; null where something is.
    pub fn problem_of(&self, document: u32) -> Option<Problem> {
        let file = self.files.iter().find(|file| file.document == document)?;
        file.labels.problem()
    }

    /// Takes a file. One of the same source and name is replaced: it was corrected and opened once more. Gives its document.
    fn add(&mut self, mut file: LabelFile, said: bool) -> Option<u32> {
        self.changed = true;
        let is_same = |known: &LabelFile| (known.source, &known.name) == (file.source, &file.name);
        let at = self.files.iter().position(is_same);
        let former = at.map(|at| self.files.remove(at));
        if let Some(former) = &former
            && !said
            && former.headers() == file.headers()
        {
            file.change(|_, _| former.labels.columns().clone());
        }
        self.files.push(file);
        former.map(|former| former.document)
    }
}

impl Engine {
    /// A file of labels was read: with columns that were said before, or that are guessed.
    pub(super) fn take_labels(
        &mut self,
        document: u32,
        (source, name): (u32, &str),
        mut sheet: Sheet,
        said: Option<LabelColumns>,
    ) {
        let is_said = said.is_some();
        let columns = said.and_then(|said| said_columns(&mut sheet, &said));
        let columns = columns.unwrap_or_else(|| Columns::guess(&sheet));
        let file = LabelFile::new(document, source, name.to_owned(), sheet, columns);
        if let Some(former) = self.labels.add(file, is_said) {
            self.unread.push(former);
        }
        self.label_anew();
    }

    /// Says what the columns of a file are. With the first line taken in another way they are guessed anew.
    pub(super) fn set_label_columns(&mut self, document: u32, said: &LabelColumns) {
        let mut files = self.labels.files.iter_mut();
        let Some(file) = files.find(|file| file.document == document) else {
            return;
        };
        file.change(|sheet, columns| {
            if sheet.is_named() != said.named {
                sheet.set_named(said.named);
                return Columns::guess(sheet);
            }
            said_columns(sheet, said).unwrap_or(columns)
        });
        self.label_anew();
    }

    /// Leaves a file out: SIMs are called as before, and it is in no case that is saved.
    pub(super) fn leave_labels_out(&mut self, document: u32) {
        let labels = &mut self.labels;
        let Some(at) = labels
            .files
            .iter()
            .position(|file| file.document == document)
        else {
            return;
        };
        let file = labels.files.remove(at);
        labels.left_out.push(file.source);
        self.unread.push(document);
        self.label_anew();
    }

    fn label_anew(&mut self) {
        self.labels.changed = true;
        // SIMs have other names, and so other places in lists.
        self.derived = None;
        self.data_changed = true;
        self.refreshed_at = f64::NEG_INFINITY;
    }

    /// Looks for the lanes of all labels, where anything was loaded since, and calls them so.
    pub(super) fn match_labels(&mut self) {
        let labels = &mut self.labels;
        let mut changed = std::mem::take(&mut labels.changed);
        for file in &mut labels.files {
            changed |= file.find(&self.store);
        }
        if !changed {
            return;
        }
        let mut own: OwnLabels = Vec::new();
        if !labels.files.is_empty() {
            own.resize_with(self.store.lane_end() as usize, || None);
        }
        for file in &labels.files {
            file.lay_over(&mut own);
        }
        self.store.set_labels(own);
        let infos = labels.files.iter().map(|file| file.info(&self.store));
        let infos: Vec<LabelsInfo> = infos.collect();
        if infos != labels.told {
            labels.told.clone_from(&infos);
            self.send(Update::Labels(infos));
        }
    }
}

/// The columns as they were said; null where that is about another file.
fn said_columns(sheet: &mut Sheet, said: &LabelColumns) -> Option<Columns> {
    let roles: Option<Vec<Role>> = said
        .columns
        .iter()
        .map(|code| Role::from_code(code))
        .collect();
    let roles = roles.filter(|roles| roles.len() == sheet.column_count())?;
    sheet.set_named(said.named);
    Some(Columns::of(roles))
}
