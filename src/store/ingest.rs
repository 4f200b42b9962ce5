//! Rows on their way in. A [`Reader`] stands for one document that is being read.

use crate::model::{
    Basis, Event, Place, PlaceKind, ProviderId, Reading, Session, Sim, Usage, Warning,
};
use crate::provider::{CellLocation, Rows};

use super::Store;
use super::documents::RecordAt;
use super::event_rows::{EventRow, UsageRow};
use super::identity::{Index, identities_of, identities_of_row};
use super::merge::merge_sessions;
use super::parts::Parts;
use super::session_columns::NEVER;

/// Takes the rows of one document.
#[derive(Debug)]
pub struct Reader<'s> {
    store: &'s mut Store,
    document: u32,
    source: u32,
    offset: u64,
    touched: Vec<Touched>,
    /// The vendor that the document itself named.
    named: Option<ProviderId>,
    /// What it adds or changes is news.
    watched: bool,
}

#[derive(Debug, Clone, Copy)]
enum Touched {
    Session(u32),
    /// One that follows from readings: each of them is a record of it.
    Polled(u32),
    Event(u32),
    Usage(u32),
}

impl<'s> Reader<'s> {
    /// Rows that come now belong to this document.
    pub fn new(store: &'s mut Store, document: u32) -> Self {
        let (source, watched) = store
            .document(document)
            .map_or((0, false), |d| (d.source, d.watched));
        store.version += 1;
        Self {
            store,
            document,
            source,
            offset: 0,
            touched: Vec::new(),
            named: None,
            watched,
        }
    }

    /// The record that begins at this byte is read next.
    pub fn at(&mut self, offset: u64) {
        self.offset = offset;
        self.touched.clear();
    }

    /// The record was read and is that long.
    pub fn close_record(&mut self, length: usize) {
        if let Some(source) = self.store.sources.get_mut(self.source as usize) {
            source.records += 1;
        }
        let record = RecordAt {
            length: u32::try_from(length).unwrap_or(u32::MAX),
            ..self.record()
        };
        for touched in self.touched.drain(..) {
            match touched {
                Touched::Session(row) => {
                    if self.store.sessions.kinds(row).basis == Basis::Reported {
                        self.store.sessions.set_record(row, record);
                    } else {
                        self.store.sessions.add_record(row, record);
                    }
                }
                Touched::Polled(row) => {
                    let store = &mut *self.store;
                    store.sessions.add_record_bounded(row, record, KEPT_RECORDS);
                }
                Touched::Event(row) => {
                    if let Some(row) = self.store.events.get_mut(row) {
                        row.record = record;
                    }
                }
                Touched::Usage(row) => {
                    if let Some(row) = self.store.usage.get_mut(row) {
                        row.record = record;
                    }
                }
            }
        }
    }

    /// The record could not be read: it is counted and named.
    pub fn bad_record(&mut self, field: String, message: String) {
        if let Some(source) = self.store.sources.get_mut(self.source as usize) {
            source.records += 1;
            source.bad_records += 1;
        }
        let field = Some(field).filter(|field| !field.is_empty());
        self.warning(Warning {
            field,
            ..Warning::new("bad_record", message)
        });
    }

    /// The vendor that the document itself named, if it did.
    pub fn named(&self) -> Option<ProviderId> {
        self.named
    }

    /// Before a row of a SIM is written: keeps how its sessions were, should that be news.
    fn watch(&mut self, provider: ProviderId, sim: &str) {
        if self.watched {
            self.store.watch_sim(self.document, provider, sim);
        }
    }

    fn record(&self) -> RecordAt {
        RecordAt {
            document: self.document,
            offset: u32::try_from(self.offset).unwrap_or(u32::MAX),
            length: 0,
        }
    }
}

/// How many records of a session that follows from readings are kept: the first and the latest.
const KEPT_RECORDS: usize = 8;

impl Rows for Reader<'_> {
    fn session(&mut self, row: &Session<'_>) {
        let record = self.record();
        self.watch(row.provider, &row.sim);
        let at = self.store.put_session(row, record);
        self.touched.push(Touched::Session(at));
    }

    fn reading(&mut self, row: &Reading<'_>) -> bool {
        let record = self.record();
        self.watch(row.about.provider, &row.about.sim);
        let rows = self.store.take_reading(row, record);
        self.touched.extend(rows.into_iter().map(Touched::Polled));
        true
    }

    fn sim(&mut self, row: &Sim<'_>) {
        let store = &mut *self.store;
        let key = store
            .sims
            .key(&mut store.parts.texts, row.provider, &row.sim);
        store.parts.note_network(&row.network);
        let mut owned = row.clone().into_owned();
        if let Some(source) = store.sources.get(self.source as usize) {
            owned.source = source.label.clone().into();
        }
        store.sims.record(&mut store.parts.texts, key, owned);
    }

    fn event(&mut self, row: &Event<'_>) {
        let record = self.record();
        let store = &mut *self.store;
        let key = store
            .sims
            .key(&mut store.parts.texts, row.provider, &row.sim);
        let new = EventRow::new(&mut store.parts, key, row, record);
        let merged = match store.events.find(&new) {
            Some(known) => fill_event(&store.parts, *known, new),
            None => new,
        };
        let (at, is_new) = store.events.put(merged);
        let lane = store.sims.lane_of(key);
        if is_new && let Some(lane) = store.sims.lane_mut(lane) {
            lane.events.push(at);
        }
        store.sims.touch(lane);
        if self.watched && is_new {
            store.watch_event(self.document, at);
        }
        self.touched.push(Touched::Event(at));
    }

    fn usage(&mut self, row: &Usage<'_>) {
        let record = self.record();
        let store = &mut *self.store;
        let key = row
            .sim
            .as_deref()
            .map(|sim| store.sims.key(&mut store.parts.texts, row.provider, sim));
        let (at, is_new) = store.usage.put(UsageRow::new(key, row, record));
        if let Some(key) = key {
            let lane = store.sims.lane_of(key);
            if is_new && let Some(lane) = store.sims.lane_mut(lane) {
                lane.usage.push(at);
            }
            store.sims.touch(lane);
        }
        self.touched.push(Touched::Usage(at));
    }

    fn cell_location(&mut self, row: &CellLocation<'_>) {
        let attribution = self.store.parts.texts.intern(&row.attribution);
        let Some(place) = Place::point(row.lat, row.lon, PlaceKind::Lookup) else {
            return;
        };
        let place = place.with_accuracy_m(row.accuracy_m).at(row.updated);
        let key = (row.mcc, row.mnc, row.area, row.cell);
        *self.store.cell_places.or_default(key) = (place, attribution);
    }

    fn warning(&mut self, mut warning: Warning) {
        let document = self.store.document(self.document);
        warning.file = warning.file.or(document.map(|d| d.name.clone()));
        warning.position = warning.position.or(Some(self.offset));
        if let Some(source) = self.store.sources.get_mut(self.source as usize) {
            source.warn(warning);
        }
    }

    fn vendor(&mut self, provider: ProviderId) {
        self.named = Some(provider);
    }
}

/// An event told again, perhaps by an answer that says less: what the new row lacks stays.
fn fill_event(parts: &Parts, old: EventRow, new: EventRow) -> EventRow {
    let network = |new: u32, old: u32| {
        let (told, known) = (parts.network(new), parts.network(old));
        let says_less = told.mcc.is_none() && known.mcc.is_some();
        if says_less && (told.operator.is_none() || told.operator == known.operator) {
            old
        } else {
            new
        }
    };
    let number = |new: u32, old: u32| if new == 0 { old } else { new };
    EventRow {
        radio: new.radio.or(old.radio),
        reported_kind: number(new.reported_kind, old.reported_kind),
        network: network(new.network, old.network),
        network_before: network(new.network_before, old.network_before),
        network_after: network(new.network_after, old.network_after),
        cell: number(new.cell, old.cell),
        place: number(new.place, old.place),
        place_at: new.place_at.or(old.place_at),
        signal: new.signal.or(old.signal),
        detail: number(new.detail, old.detail),
        ..new
    }
}

impl Store {
    /// Adds a session, replaces the reported one of the same identity, or merges it into the
    /// rebuilt one. Returns its row.
    fn put_session(&mut self, s: &Session<'_>, record: RecordAt) -> u32 {
        let sim = self.sims.key(&mut self.parts.texts, s.provider, &s.sim);
        let imsi = self.parts.texts.intern_opt(s.imsi.as_deref());
        let iccid = self.parts.texts.intern_opt(s.iccid.as_deref());
        self.sims.link_imsi(sim, imsi);
        if s.basis != Basis::Reported {
            self.sims.link(sim, iccid);
        }
        let identities = identities_of(s, sim, imsi);
        let index = Index {
            table: &mut self.identities,
            sessions: &self.sessions,
            sims: &self.sims,
        };
        let [first, second] = identities
            .each_ref()
            .map(|identity| identity.as_ref().and_then(|identity| index.find(identity)));
        let row = match (first.or(second), s.basis) {
            (None, Basis::Reported) => {
                let row = self.push_session(s, sim, record);
                let mut index = Index {
                    table: &mut self.identities,
                    sessions: &self.sessions,
                    sims: &self.sims,
                };
                for identity in identities.iter().flatten() {
                    index.insert(identity, row);
                }
                row
            }
            (None, _) => self.append_session(s, sim, record),
            (Some(row), Basis::Reported) => {
                self.replace_session(row, s, sim);
                row
            }
            (Some(row), _) => {
                if let (Some(_), Some(other)) = (first, second)
                    && other != row
                {
                    self.absorb_session(row, other);
                }
                self.merge_into(row, s);
                row
            }
        };
        let lane = self.sims.lane_of(self.sessions.sim(row));
        self.sims.touch(lane);
        row
    }

    pub(super) fn append_session(&mut self, s: &Session<'_>, sim: u32, record: RecordAt) -> u32 {
        let row = self.push_session(s, sim, record);
        self.enter(row);
        row
    }

    /// Adds a row, which is yet to be entered under its identities.
    fn push_session(&mut self, s: &Session<'_>, sim: u32, record: RecordAt) -> u32 {
        let row = self.sessions.push(&mut self.parts, sim, s, record);
        self.alive += 1;
        let lane = self.sims.lane_of(sim);
        if let Some(lane) = self.sims.lane_mut(lane) {
            lane.sessions.push(row);
        }
        row
    }

    /// Enters a row under each of its identities that is not taken.
    pub(super) fn enter(&mut self, row: u32) {
        for identity in identities_of_row(&self.sessions, &self.sims, row) {
            let mut index = Index {
                table: &mut self.identities,
                sessions: &self.sessions,
                sims: &self.sims,
            };
            if index.find(&identity).is_none() {
                index.insert(&identity, row);
            }
        }
    }

    /// A record of which a newer state is known already (its `last_seen` is older) changes nothing.
    fn replace_session(&mut self, row: u32, s: &Session<'_>, sim: u32) {
        let known = self.sessions.last_seen(row);
        let stale = known != NEVER && s.last_seen.is_some_and(|at| at.ms() < known);
        if !stale {
            self.sessions.write(&mut self.parts, row, sim, s);
        }
    }

    /// Merges a further record into a rebuilt session.
    pub(super) fn merge_into(&mut self, row: u32, s: &Session<'_>) {
        let old = self.session(row).into_owned();
        let merged = merge_sessions(old, s.clone());
        if let (false, Some(id)) = (self.sessions.has_id(row), merged.id.as_deref()) {
            self.sessions.set_id(row, Some(id));
        }
        let sim = self.sessions.sim(row);
        self.sessions.write(&mut self.parts, row, sim, &merged);
        self.enter(row);
    }

    /// Merges one row into another and takes it out.
    pub(super) fn absorb_session(&mut self, row: u32, other: u32) {
        let gone = self.session(other).into_owned();
        let records = self.sessions.records(other);
        let lane = self.sims.lane_of(self.sessions.sim(other));
        self.sessions.kill(other);
        self.alive -= 1;
        if let Some(lane) = self.sims.lane_mut(lane) {
            lane.sessions.retain(|known| *known != other);
        }
        self.merge_into(row, &gone);
        for record in records {
            self.sessions.add_record(row, record);
        }
    }
}
