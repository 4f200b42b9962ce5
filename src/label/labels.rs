//! A file of labels with its columns understood: which row has which identifiers, and what it calls its SIM.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::model::{Tag, Text};

use super::identifier::{Form, Forms, forms, is_rounded};
use super::number::{Written, is_destroyed, is_nothing, written};
use super::{Columns, Identifier, Problem, Role, Sheet, Why};

/// No entry.
const NONE: u32 = u32::MAX;
/// An identifier that more rows have tells nothing apart, and would make matching slow.
pub(super) const MOST_SHARED: u32 = 64;

/// One row has one identifier, in one column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub row: u32,
    pub column: u16,
    /// The row has the identifier with a check digit more.
    pub unchecked: bool,
    next: u32,
}

/// The entries of one identifier: the last one, and how many.
#[derive(Debug, Clone, Copy)]
struct Chain {
    last: u32,
    count: u32,
}

type Index<K> = HashMap<K, Chain, FxBuildHasher>;

/// What is known of a row's identifiers before any SIM is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    /// Identifiers that can be looked up.
    pub usable: u16,
    /// What is wrong with another one, or suspicious.
    pub why: Option<Why>,
}

/// The rows of a file of labels.
#[derive(Debug)]
pub struct Labels {
    sheet: Sheet,
    columns: Columns,
    entries: Vec<Entry>,
    by_form: Index<Form>,
    by_key: Index<Box<str>>,
    states: Vec<State>,
}

/// What a row calls its SIM. Texts are the file's, never empty.
#[derive(Debug, Clone, Copy)]
pub struct Label<'l> {
    /// The name; null where the row has none.
    pub name: Option<&'l str>,
    /// The group; null where the row has none.
    pub group: Option<&'l str>,
    labels: &'l Labels,
    row: usize,
}

impl Labels {
    /// Understands the rows of a file. Where [`Self::problem`] tells of one there is nothing to take from them.
    pub fn new(sheet: Sheet, columns: Columns) -> Self {
        let mut labels = Self {
            states: vec![State::default(); sheet.row_count()],
            sheet,
            columns,
            entries: Vec::new(),
            by_form: Index::default(),
            by_key: Index::default(),
        };
        labels.index();
        labels
    }

    /// Why no labels can be taken with its columns as they are; null where they can. As [`Columns::check`].
    pub fn problem(&self) -> Option<Problem> {
        self.columns.check().err()
    }

    /// The file, to understand its columns in another way.
    pub fn into_sheet(self) -> (Sheet, Columns) {
        (self.sheet, self.columns)
    }

    /// The file.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// What its columns are.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What a row calls its SIM.
    pub fn label(&self, row: u32) -> Label<'_> {
        let row = row as usize;
        let first = |wanted: &Role| {
            let columns = (0..).zip(self.columns.roles());
            columns
                .filter(|(_, role)| *role == wanted)
                .map(|(column, _)| self.sheet.cell(row, column))
                .find(|text| !text.is_empty())
        };
        Label {
            name: first(&Role::Name),
            group: first(&Role::Group),
            labels: self,
            row,
        }
    }

    /// Which identifier a column holds; null where it holds none.
    pub(super) fn identifier(&self, column: u16) -> Option<Identifier> {
        match self.columns.roles().get(usize::from(column)) {
            Some(Role::Identifier(kind)) => Some(*kind),
            _ => None,
        }
    }

    /// The row's first identifier as it is written; empty where it has none.
    pub(super) fn written_identifier(&self, row: u32) -> &str {
        (0..)
            .zip(self.columns.roles())
            .filter(|(_, role)| matches!(role, Role::Identifier(_)))
            .map(|(column, _)| self.sheet.cell(row as usize, column))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    pub(super) fn states(&self) -> impl Iterator<Item = (u32, &State)> {
        (0..).zip(&self.states)
    }

    /// The entries of a number, latest row first; none where too many rows have it.
    pub(super) fn entries_of_form(&self, form: &Form) -> impl Iterator<Item = &Entry> {
        self.follow(self.by_form.get(form))
    }

    /// As [`Self::entries_of_form`], for a vendor's key.
    pub(super) fn entries_of_key(&self, key: &str) -> impl Iterator<Item = &Entry> {
        self.follow(self.by_key.get(key))
    }

    fn follow(&self, chain: Option<&Chain>) -> impl Iterator<Item = &Entry> {
        let chain = chain.filter(|chain| chain.count <= MOST_SHARED);
        let first = chain.and_then(|chain| self.entries.get(chain.last as usize));
        std::iter::successors(first, |entry| self.entries.get(entry.next as usize))
    }

    fn index(&mut self) {
        let columns: Vec<(u16, Identifier)> = (0..)
            .zip(self.columns.roles())
            .filter_map(|(column, role)| match role {
                Role::Identifier(kind) => Some((column, *kind)),
                _ => None,
            })
            .collect();
        for row in 0..self.sheet.row_count() {
            for (column, kind) in columns.iter().copied() {
                let entry = Entry {
                    row: row as u32,
                    column,
                    unchecked: false,
                    next: NONE,
                };
                let read = read(kind, self.sheet.cell(row, usize::from(column)));
                let (usable, why) = match &read {
                    Read::Nothing => (false, None),
                    Read::Bad(why) => (false, Some(*why)),
                    Read::Key(key) => {
                        enter(&mut self.entries, &mut self.by_key, Box::from(*key), entry);
                        (true, None)
                    }
                    Read::Number(found, why) => {
                        enter(&mut self.entries, &mut self.by_form, found.whole, entry);
                        if let Some(form) = found.unchecked {
                            let entry = Entry {
                                unchecked: true,
                                ..entry
                            };
                            enter(&mut self.entries, &mut self.by_form, form, entry);
                        }
                        (true, *why)
                    }
                };
                if let Some(state) = self.states.get_mut(row) {
                    state.usable += u16::from(usable);
                    // What a spreadsheet destroyed is said before anything else of the row.
                    if !matches!(state.why, Some(Why::Destroyed(_))) {
                        state.why = match why {
                            Some(Why::Destroyed(_)) => why,
                            _ => state.why.or(why),
                        };
                    }
                }
            }
        }
        self.note_shared();
    }

    /// Tells rows all of whose identifiers too many others have.
    fn note_shared(&mut self) {
        let chains = self.by_form.values().chain(self.by_key.values());
        for chain in chains.filter(|chain| chain.count > MOST_SHARED) {
            let first = self.entries.get(chain.last as usize);
            let entries =
                std::iter::successors(first, |entry| self.entries.get(entry.next as usize));
            for entry in entries.filter(|entry| !entry.unchecked) {
                if let Some(state) = self.states.get_mut(entry.row as usize) {
                    state.usable = state.usable.saturating_sub(1);
                    state.why = state.why.or(Some(Why::Shared));
                }
            }
        }
    }
}

impl<'l> Label<'l> {
    /// The tags: the columns' names, and what stands in them.
    pub fn tags(&self) -> impl Iterator<Item = Tag<'l>> + use<'l> {
        let (labels, row) = (self.labels, self.row);
        let columns = (0..).zip(labels.columns.roles());
        columns.filter_map(move |(column, role)| match role {
            Role::Tag(name) => Some(labels.sheet.cell(row, column))
                .filter(|value| !value.is_empty())
                .map(|value| Tag {
                    name: Text::Borrowed(name),
                    value: Text::Borrowed(value),
                }),
            _ => None,
        })
    }
}

/// What a cell of an identifier's column says.
enum Read<'c> {
    Nothing,
    Key(&'c str),
    Number(Forms, Option<Why>),
    Bad(Why),
}

fn read(kind: Identifier, cell: &str) -> Read<'_> {
    if kind == Identifier::Key {
        return match cell {
            cell if is_nothing(cell) => Read::Nothing,
            cell if is_destroyed(cell) => Read::Bad(Why::Destroyed(kind)),
            cell => Read::Key(cell),
        };
    }
    match written(cell) {
        Written::Nothing => Read::Nothing,
        Written::Destroyed => Read::Bad(Why::Destroyed(kind)),
        Written::Other => Read::Bad(Why::NotOne(kind)),
        Written::Number(number) => match forms(kind, &number) {
            Some(found) => {
                let rounded = is_rounded(&number).then_some(Why::Rounded(kind));
                Read::Number(found, rounded)
            }
            None => Read::Bad(Why::NotOne(kind)),
        },
    }
}

fn enter<K: Eq + std::hash::Hash>(
    entries: &mut Vec<Entry>,
    index: &mut Index<K>,
    key: K,
    entry: Entry,
) {
    let at = entries.len() as u32;
    let chain = index.entry(key).or_insert(Chain {
        last: NONE,
        count: 0,
    });
    entries.push(Entry {
        next: chain.last,
        ..entry
    });
    *chain = Chain {
        last: at,
        count: chain.count + 1,
    };
}
