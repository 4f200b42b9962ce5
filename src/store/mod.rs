//! Everything that was loaded, as columns: sessions, SIMs, events, usage, cell positions, and which
//! source each came from. Rows arrive in any order and in chunks; a row of known identity replaces
//! the earlier one, records of one rebuilt session are merged, and after each chunk the lanes it
//! touched are settled: sorted, and their open ends decided. No vendor, no DOM, no clock here.

mod column;
mod distinct;
mod documents;
mod event_rows;
pub mod filter;
mod identity;
mod ids;
mod index;
mod ingest;
mod interner;
mod kinds;
mod labels;
mod last;
mod located;
mod lookup;
mod merge;
mod nearby;
mod numbers;
pub(crate) mod order;
mod parts;
mod polled;
mod read;
mod relabel;
mod session_columns;
mod settle;
mod sims;
mod summary;
mod watch;

pub use documents::{Document, HistoryOf, RecordAt, Source};
pub(crate) use event_rows::{EventRow, UsageRow};
pub use ingest::Reader;
pub(crate) use kinds::ends_of_number;
pub use labels::OwnLabels;
pub use last::device_type;
pub use lookup::{CellFiles, Fix};
pub(crate) use nearby::{Glance, Nearby};
pub(crate) use numbers::Numbers;
pub(crate) use parts::Parts;
pub(crate) use session_columns::{NEVER, SessionColumns};
pub(crate) use sims::{Lane, LaneFacts};
pub use summary::{Extent, Totals};
pub use watch::{Changes, Drawn};

use crate::geo::{NetworkNames, Towers};
use crate::model::{Place, ProviderId};
use event_rows::Table;
pub(crate) use index::Keyed;
use index::RowIndex;
use sims::Sims;

/// By (MCC, MNC, area, cell): which tower it is, whatever the vendor.
pub type CellKey = (u16, u16, u32, u64);

/// Everything that was loaded.
#[derive(Debug, Default)]
pub struct Store {
    parts: Parts,
    sims: Sims,
    sessions: SessionColumns,
    /// Entries of [`identity`].
    identities: RowIndex,
    /// Sessions that were not merged into others.
    alive: u32,
    events: Table<EventRow>,
    usage: Table<UsageRow>,
    /// Readings of current states.
    polled: polled::Polled,
    /// What watched documents touched, until it is taken.
    watches: Vec<watch::Watch>,
    sources: Vec<Source>,
    documents: Vec<Document>,
    /// Positions from look-ups, with their attribution's text number.
    cell_places: Keyed<CellKey, (Place, u32)>,
    /// Positions from files, with what is to be said of where they are from.
    towers: Towers,
    tower_credit: String,
    /// Where they say that the cells of rows are, by the cell's number.
    tower_places: Vec<Option<Place>>,
    /// Positions from geolocate services.
    located: located::LocatedCells,
    /// What the owner calls lanes.
    labels: OwnLabels,
    /// Keys of SIMs, and numbers of sources, whose history a vendor told to its end.
    told_sims: Numbers,
    told_sources: Numbers,
    followed_sources: Numbers,
    /// Grows with every change.
    version: u64,
    /// Grows with every lane that is settled.
    settlements: u32,
}

impl Store {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source and returns its number.
    pub fn add_source(&mut self, source: Source) -> u32 {
        self.version += 1;
        self.sources.push(source);
        self.sources.len() as u32 - 1
    }

    /// Adds a document of a source and returns its number.
    pub fn add_document(&mut self, document: Document) -> u32 {
        self.documents.push(document);
        self.documents.len() as u32 - 1
    }

    /// The sources, by number.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// A source by number, to change.
    pub fn source_mut(&mut self, source: u32) -> Option<&mut Source> {
        self.version += 1;
        self.sources.get_mut(source as usize)
    }

    /// A document by number.
    pub fn document(&self, document: u32) -> Option<&Document> {
        self.documents.get(document as usize)
    }

    /// Grows with every change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The session columns.
    pub(crate) fn sessions(&self) -> &SessionColumns {
        &self.sessions
    }

    /// Interned texts, networks, cells and places.
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Whether a network is loaded of which a vendor tells MCC and MNC alone, and the list of names is not there yet.
    pub fn lacks_network_names(&self) -> bool {
        self.parts.lacks_names()
    }

    /// Takes the list of networks' names: what has no name of its vendor's, now or later, is called by it.
    pub fn take_network_names(&mut self, names: Option<NetworkNames>) {
        self.version += 1;
        self.parts.take_names(names);
    }

    /// Hands on the list of networks' names, to be kept when everything else is forgotten.
    pub fn leave_network_names(&mut self) -> Option<NetworkNames> {
        self.parts.leave_names()
    }

    /// How many sessions there are.
    pub fn session_count(&self) -> u32 {
        self.alive
    }

    /// How many events there are.
    pub fn event_count(&self) -> u32 {
        self.events.len()
    }

    /// How many usage rows there are.
    pub fn usage_count(&self) -> u32 {
        self.usage.len()
    }

    /// An event row by number.
    pub(crate) fn event_row(&self, event: u32) -> Option<&EventRow> {
        self.events.get(event)
    }

    /// All event rows with their numbers.
    pub(crate) fn event_rows(&self) -> impl Iterator<Item = (u32, &EventRow)> {
        self.events.iter()
    }

    /// A usage row by number.
    pub(crate) fn usage_row(&self, usage: u32) -> Option<&UsageRow> {
        self.usage.get(usage)
    }

    /// All usage rows with their numbers.
    pub(crate) fn usage_rows(&self) -> impl Iterator<Item = (u32, &UsageRow)> {
        self.usage.iter()
    }

    /// The numbers of all sessions, in the order of their first record.
    pub(crate) fn session_rows(&self) -> impl Iterator<Item = u32> {
        (0..self.sessions.len()).filter(|row| !self.sessions.is_dead(*row))
    }

    /// All lanes (SIMs) with their numbers.
    pub(crate) fn lanes(&self) -> impl Iterator<Item = (u32, &Lane)> {
        self.sims.iter()
    }

    /// A lane by number; null where it was merged into another.
    pub(crate) fn lane(&self, lane: u32) -> Option<&Lane> {
        self.sims.lane(lane)
    }

    /// One more than the highest lane number.
    pub(crate) fn lane_end(&self) -> u32 {
        self.sims.end()
    }

    /// The lane of a session.
    pub(crate) fn lane_of_session(&self, row: u32) -> u32 {
        self.sims.lane_of(self.sessions.sim(row))
    }

    /// Whether a vendor's SIM of that key is known.
    pub(crate) fn has_sim(&self, provider: ProviderId, key: &str) -> bool {
        let text = self.parts.texts.find(key);
        text.is_some_and(|text| self.sims.find(provider, text).is_some())
    }

    /// The lane of a SIM's key.
    pub(crate) fn lane_of_key(&self, key: u32) -> u32 {
        self.sims.lane_of(key)
    }
}
