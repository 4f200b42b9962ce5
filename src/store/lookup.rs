//! Where a cell is that no vendor gave coordinates of: by a vendor's own look-up, else by the files of cell positions, else by
//! a geolocate service.

use crate::geo::{CellId, Numbering, Tower, Towers};
use crate::model::{Cell, Instant, Mcc, Mnc, Place, PlaceKind, Radio};

use super::event_rows::EventRow;
use super::{Source, Store};

/// Where a session was at one instant: a point.
#[derive(Debug, Clone, Copy)]
pub struct Fix<'s> {
    /// The place, with the instant that it holds for.
    pub place: Place,
    /// What is to be said of where it is from; empty for the vendor's own.
    pub credit: &'s str,
}

/// What files of cell positions told.
#[derive(Debug, Default)]
pub struct CellFiles {
    towers: Towers,
    credit: String,
    sources: Vec<Source>,
}

impl Store {
    /// Visits the points of a session: one for each segment that has one, else its own.
    pub fn fixes<'s>(&'s self, row: u32, visit: &mut dyn FnMut(Fix<'s>)) {
        let mut none = true;
        for (from, radio, network, cell, place) in self.sessions.segment_numbers(row) {
            let own = self.parts.place(place);
            let found = if own.lat.is_some() {
                Some((own, ""))
            } else {
                self.looked_up(network, cell, radio)
            };
            if let Some((place, credit)) = found {
                none = false;
                let place = place.at(Some(from));
                visit(Fix { place, credit });
            }
        }
        let fix = none.then(|| self.own_fix(row));
        fix.filter(|fix| fix.place.lat.is_some()).map(visit);
    }

    /// The place of a session: the vendor's own, else the look-up's, else the country.
    pub fn place_of_session(&self, row: u32) -> Place {
        self.own_fix(row).place
    }

    fn own_fix(&self, row: u32) -> Fix<'_> {
        let place = self.parts.place(self.sessions.place(row));
        let place = place.at(self.sessions.place_at(row));
        let own = Fix { place, credit: "" };
        if place.lat.is_some() {
            return own;
        }
        let radio = self.sessions.kinds(row).radio;
        let found = self.looked_up(self.sessions.network(row), self.sessions.cell(row), radio);
        found.map_or(own, |(found, credit)| {
            let seen = super::session_columns::instant(self.sessions.last_seen(row));
            let place = found.at(place.at.or(seen));
            Fix { place, credit }
        })
    }

    /// The place that an event tells, else that of its cell; empty where neither is known.
    pub(super) fn place_of_event(&self, event: &EventRow) -> Place {
        let own = self.parts.place(event.place);
        if own.lat.is_some() {
            return own;
        }
        let found = self.looked_up(event.told_network(), event.cell, event.radio);
        found.map_or(own, |(place, _)| place)
    }

    /// The positions from files, to add to.
    pub fn towers_mut(&mut self) -> &mut Towers {
        &mut self.towers
    }

    /// A file of cell positions was read: all cells are looked up anew, and it is named where they are shown. OpenCelliD's are
    /// CC BY-SA 4.0, which asks for that.
    pub fn credit_towers(&mut self, file: &str) {
        self.tower_places.clear();
        if self.tower_credit.is_empty() {
            "Cell positions: OpenCelliD, CC BY-SA 4.0, from ".clone_into(&mut self.tower_credit);
        } else {
            self.tower_credit += ", ";
        }
        self.tower_credit += file;
    }

    /// Hands on the files of cell positions, to be kept when everything else is forgotten: a million of them take their time to be
    /// read, and serve whatever is opened next. None where there is nothing else to forget.
    pub fn leave_cell_files(&mut self) -> CellFiles {
        let is_cell_file = |source: &Source| source.cells > 0 && source.service.is_none();
        if self.sources.iter().all(is_cell_file) {
            return CellFiles::default();
        }
        let mut sources = std::mem::take(&mut self.sources);
        sources.retain(is_cell_file);
        CellFiles {
            towers: std::mem::take(&mut self.towers),
            credit: std::mem::take(&mut self.tower_credit),
            sources,
        }
    }

    /// Takes the files of cell positions that another store left.
    pub fn take_cell_files(&mut self, files: CellFiles) {
        self.towers = files.towers;
        self.tower_credit = files.credit;
        for source in files.sources {
            self.add_source(source);
        }
    }

    /// How many of the cells of all rows are in the files, and how many there are.
    pub fn cells_in_files(&self) -> (u32, u32) {
        let found = self.tower_places.iter().flatten().count();
        let known = (0..self.parts.cells.len() as u32).filter(|cell| {
            let part = self.parts.cells.get(*cell);
            part.is_some_and(|part| part.lac.or(part.tac).is_some())
        });
        (found as u32, known.count() as u32)
    }

    /// Looks the cells up that came since the last call.
    pub(super) fn settle_cells(&mut self) {
        if self.towers.is_empty() {
            return;
        }
        let known = self.tower_places.len() as u32;
        for cell in known..self.parts.cells.len() as u32 {
            let place = self.find_tower(cell, None, Numbering::Umts);
            self.tower_places.push(place);
        }
    }

    /// The position of a cell of a row, whose radio says how a short cell identity of 2G or 3G is numbered, and what is to be said of
    /// where it is from.
    pub fn looked_up(
        &self,
        network: u32,
        cell: u32,
        radio: Option<Radio>,
    ) -> Option<(Place, &str)> {
        let is_empty = self.cell_places.is_empty() && self.towers.is_empty();
        if cell == 0 || (is_empty && self.located.is_empty()) {
            return None;
        }
        let by_file = || Some((self.by_file(cell, radio)?, self.tower_credit.as_str()));
        self.vendors_look_up(network, cell)
            .or_else(by_file)
            .or_else(|| self.located(cell, radio))
    }

    /// By the files of cell positions.
    fn by_file(&self, cell: u32, radio: Option<Radio>) -> Option<Place> {
        match radio {
            _ if self.towers.is_empty() => None,
            Some(Radio::G2) => self.find_tower(cell, radio, Numbering::Gsm),
            Some(Radio::G3) => self.find_tower(cell, radio, Numbering::Umts),
            Some(_) => *self.tower_places.get(cell as usize)?,
            // Nobody tells: UMTS has the longer numbers, so what it knows is no accident.
            None => self
                .tower_places
                .get(cell as usize)
                .copied()
                .flatten()
                .or_else(|| self.find_tower(cell, None, Numbering::Gsm)),
        }
    }

    /// By the vendor's own look-up.
    fn vendors_look_up(&self, network: u32, cell: u32) -> Option<(Place, &str)> {
        let part = self.parts.cells.get(cell)?;
        let network = self.parts.network(network);
        let mcc = network.mcc.map(Mcc::number)?;
        let mnc = network.mnc.map(Mnc::number)?;
        let area = part.tac.or(part.lac)?;
        let id = part
            .nci
            .or_else(|| part.eci.map(u64::from))
            .or_else(|| part.ci.map(u64::from))?;
        let (place, attribution) = *self.cell_places.get(&(mcc, mnc, area, id))?;
        Some((place, self.parts.texts.get(attribution).unwrap_or_default()))
    }

    fn find_tower(&self, cell: u32, radio: Option<Radio>, otherwise: Numbering) -> Option<Place> {
        let part = self.parts.cells.get(cell)?;
        let (mcc, mnc) = part.plmn;
        let numbers = Cell {
            lac: part.lac,
            tac: part.tac,
            ci: part.ci,
            eci: part.eci,
            nci: part.nci,
            reported: None,
        };
        let id = CellId::of((mcc, mnc), &numbers, radio, otherwise)?;
        self.towers.find(id).as_ref().and_then(place_of)
    }
}

fn place_of(tower: &Tower) -> Option<Place> {
    let updated = tower
        .updated_s
        .and_then(|at| Instant::from_ms(at.checked_mul(1000)?));
    Place::point(tower.lat, tower.lon, PlaceKind::Lookup).map(|place| {
        place
            .with_accuracy_m(tower.range_m.map(f64::from))
            .at(updated)
    })
}
