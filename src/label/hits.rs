//! Where identifiers of rows and of lanes are the same, and which one lane they come to at a vendor: whatever is left in
//! common of all identifiers of a row that the vendor knows.

use crate::model::ProviderId;
use crate::store::Store;

use super::identifier::forms;
use super::labels::Entry;
use super::lane::identifiers;
use super::number::{Written, written};
use super::{Identifier, Labels};

/// An identifier of a row is one of a lane's. Ordered as they are looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub row: u32,
    pub provider: ProviderId,
    pub column: u16,
    /// The same but for a check digit that one of them lacks.
    pub near: bool,
    pub lane: u32,
}

/// All of them, in order.
pub(super) fn hits(labels: &Labels, store: &Store) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (lane, rows) in store.lanes() {
        let Some(key) = rows.keys.first() else {
            continue;
        };
        let (provider, _) = store.key_of(*key);
        identifiers(store, rows, &mut |kind, text| {
            let hit = |entry: &Entry, near| Hit {
                row: entry.row,
                provider,
                column: entry.column,
                near,
                lane,
            };
            if kind == Identifier::Key {
                hits.extend(labels.entries_of_key(text).map(|entry| hit(entry, false)));
                return;
            }
            let Written::Number(number) = written(text) else {
                return;
            };
            let Some(forms) = forms(kind, &number) else {
                return;
            };
            let whole = labels.entries_of_form(&forms.whole);
            hits.extend(whole.map(|entry| hit(entry, entry.unchecked)));
            if let Some(form) = forms.unchecked {
                let whole = labels.entries_of_form(&form);
                let whole = whole.filter(|entry| !entry.unchecked);
                hits.extend(whole.map(|entry| hit(entry, true)));
            }
        });
    }
    hits.sort_unstable();
    hits.dedup();
    hits
}

/// Why a row comes to no one lane at a vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclear {
    /// So many lanes are meant alike.
    Several(u32),
    /// These columns mean different ones.
    Different(u16, u16),
}

/// The one lane that all hits of a row at a vendor come to.
pub(super) fn decide(group: &[Hit]) -> Result<u32, Unclear> {
    let mut left: Option<(u16, Vec<u32>)> = None;
    for column in group.chunk_by(|a, b| a.column == b.column) {
        // What is the same to the last digit is meant, whatever else is similar.
        let near = column.first().is_some_and(|hit| hit.near);
        let lanes = column.iter().filter(|hit| hit.near == near);
        let lanes: Vec<u32> = lanes.map(|hit| hit.lane).collect();
        let number = column.first().map_or(0, |hit| hit.column);
        left = Some(match left {
            None => (number, lanes),
            Some((first, mut left)) => {
                // Lanes of a column are in order.
                left.retain(|lane| lanes.binary_search(lane).is_ok());
                if left.is_empty() {
                    return Err(Unclear::Different(first, number));
                }
                (first, left)
            }
        });
    }
    match left {
        Some((_, lanes)) => match lanes.as_slice() {
            [lane] => Ok(*lane),
            lanes => Err(Unclear::Several(lanes.len() as u32)),
        },
        None => Err(Unclear::Several(0)),
    }
}
