//! Positions that geolocate services gave, and the cells that one can be asked for.

use rustc_hash::FxHashSet;

use crate::geo::geolocate::{Located, radio_type};
use crate::geo::{CellId, Numbering};
use crate::model::{Cell, Place, PlaceKind, Radio};

use super::Store;
use super::index::Keyed;
use super::interner::TextId;
use super::parts::CellPart;

/// What a service said of a cell.
#[derive(Debug, Clone, Copy, Default)]
struct Answer {
    place: Place,
    /// What is to be said of where it is from.
    credit: TextId,
    /// The same with the radio as which the cell was found, for rows whose vendor tells none.
    found_as: TextId,
}

/// Positions by cell.
#[derive(Debug, Default)]
pub struct LocatedCells(Keyed<CellId, Answer>);

impl LocatedCells {
    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether its numbers, or its row's radio, say how a cell is numbered.
fn is_told(part: &CellPart, radio: Option<Radio>) -> bool {
    radio.is_some() || part.eci.is_some() || part.nci.is_some()
}

/// What a cell of a row may be, the likelier first. Where nobody tells the radio, a number may be LTE's, UMTS's or, if it is short,
/// GSM's.
fn identities(part: &CellPart, radio: Option<Radio>) -> [Option<CellId>; 3] {
    let (mcc, mnc) = part.plmn;
    if is_told(part, radio) {
        let cell = Cell {
            reported: None,
            lac: part.lac,
            tac: part.tac,
            ci: part.ci,
            eci: part.eci,
            nci: part.nci,
        };
        return [
            CellId::of((mcc, mnc), &cell, radio, Numbering::Umts),
            None,
            None,
        ];
    }
    let numbers = part.lac.or(part.tac).zip(part.ci);
    [Numbering::Lte, Numbering::Umts, Numbering::Gsm].map(|numbering| {
        let (area, cell) = numbers?;
        CellId::new(numbering, mcc.into(), mnc.into(), area.into(), cell.into())
    })
}

impl Store {
    /// A service said where a cell stands. False where the line tells no cell or no position.
    pub fn locate_cell(&mut self, located: &Located<'_>, host: &str) -> bool {
        let place = Place::point(located.lat, located.lon, PlaceKind::Lookup);
        let (Some(id), Some(place)) = (located.cell.id(), place) else {
            return false;
        };
        let what = if located.is_area {
            "Cell areas, not the cells"
        } else {
            "Cell positions"
        };
        let credit = [what, ": geolocate service at ", host].concat();
        let radio = radio_type(id.numbering());
        let found_as = [credit.as_str(), ", found as ", radio].concat();
        *self.located.0.or_default(id) = Answer {
            place: place.with_accuracy_m(located.accuracy_m),
            credit: self.parts.texts.intern(&credit),
            found_as: self.parts.texts.intern(&found_as),
        };
        true
    }

    /// By a geolocate service.
    pub(super) fn located(&self, cell: u32, radio: Option<Radio>) -> Option<(Place, &str)> {
        let part = self.parts.cells.get(cell)?;
        let mut candidates = identities(part, radio).into_iter().flatten();
        let answer = candidates.find_map(|id| self.located.0.get(&id))?;
        let credit = if is_told(part, radio) {
            answer.credit
        } else {
            answer.found_as
        };
        Some((
            answer.place,
            self.parts.texts.get(credit).unwrap_or_default(),
        ))
    }

    /// The cells of sessions that have no position, for a service to be asked: what each may be, the likelier first. Each once, those
    /// of the newest rows first.
    pub fn unplaced_cells(&self) -> Vec<Vec<CellId>> {
        let mut seen = FxHashSet::default();
        let mut cells = Vec::new();
        let mut add = |network: u32, cell: u32, radio: Option<Radio>| {
            if cell == 0 || !seen.insert((network, cell, radio)) {
                return;
            }
            let is_open = self.looked_up(network, cell, radio).is_none()
                // A network code that nobody told would be asked for as 0.
                && self.parts.network(network).mnc.is_some();
            if let Some(part) = self.parts.cells.get(cell).filter(|_| is_open) {
                cells.push(identities(part, radio).into_iter().flatten().collect());
            }
        };
        let mut rows: Vec<u32> = self.session_rows().collect();
        rows.reverse();
        for row in rows {
            for (_, radio, network, cell, place) in self.sessions.segment_numbers(row) {
                if self.parts.place(place).lat.is_none() {
                    add(network, cell, radio);
                }
            }
            if self.parts.place(self.sessions.place(row)).lat.is_none() {
                let radio = self.sessions.kinds(row).radio;
                add(self.sessions.network(row), self.sessions.cell(row), radio);
            }
        }
        let mut known = FxHashSet::default();
        cells.retain(|candidates: &Vec<CellId>| {
            candidates.first().is_some_and(|first| known.insert(*first))
        });
        cells
    }
}
