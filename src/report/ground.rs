//! Of what time anything is known at all: from when until when each source tells something, and what a vendor keeps.

use crate::store::{NEVER, Store};

const DAY_MS: i64 = 24 * 3_600_000;

/// From when until when each source tells anything, by its number: from its first row to when it was
/// fetched; of files to its last row. Made once for what is loaded.
#[derive(Debug)]
pub struct Ground(Vec<(i64, i64)>);

/// A [`Ground`] while it is made.
#[derive(Debug, Default)]
pub struct Survey {
    sources: Vec<(i64, i64)>,
    sessions: u32,
    events: u32,
}

impl Survey {
    /// Looks through the next so many rows. The ground once all were seen.
    pub fn step(&mut self, store: &Store, rows: usize) -> Option<Ground> {
        self.sources
            .resize(store.sources().len(), (i64::MAX, NEVER));
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let sessions = store.sessions();
        let until = self.sessions.saturating_add(rows).min(sessions.len());
        for row in (self.sessions..until).filter(|row| !sessions.is_dead(*row)) {
            let document = sessions.document(row);
            self.grow(store, document, store.begin(row), store.light_until(row));
        }
        let left = rows - (until - self.sessions);
        self.sessions = until;
        let until = self.events.saturating_add(left).min(store.event_count());
        for event in (self.events..until).filter_map(|row| store.event_row(row)) {
            let at = event.time.ms();
            self.grow(store, event.record.document, at, at);
        }
        self.events = until;
        let is_done = self.sessions >= sessions.len() && self.events >= store.event_count();
        is_done.then(|| self.end(store))
    }

    fn grow(&mut self, store: &Store, document: u32, from: i64, to: i64) {
        let source = store.document(document).map(|document| document.source);
        let known = source.and_then(|source| self.sources.get_mut(source as usize));
        if let Some(known) = known.filter(|_| from != NEVER) {
            *known = (known.0.min(from), known.1.max(to));
        }
    }

    fn end(&mut self, store: &Store) -> Ground {
        let mut sources = std::mem::take(&mut self.sources);
        for (number, known) in (0u32..).zip(&mut sources) {
            if let Some(observed) = store.observed_of_source(number) {
                known.1 = known.1.max(observed.ms());
            }
        }
        Ground(sources)
    }
}

impl Ground {
    /// Looks through all rows.
    pub fn new(store: &Store) -> Self {
        let mut survey = Survey::default();
        loop {
            if let Some(ground) = survey.step(store, usize::MAX) {
                return ground;
            }
        }
    }

    /// From when until when a source tells anything.
    pub fn of(&self, source: u32) -> (i64, i64) {
        let known = self.0.get(source as usize).copied();
        known.unwrap_or((i64::MAX, NEVER))
    }
}

/// Before which instant nothing of a SIM is known: what is older its vendor no longer kept at `as_of`; never, where its
/// sessions were not fetched. Null where the vendor does not say how long it keeps them.
pub fn kept_from(store: &Store, lane: u32, as_of: i64) -> Option<i64> {
    if store.is_unfetched(lane) {
        return Some(i64::MAX);
    }
    let provider = store.provider_of_lane(lane)?;
    let days = crate::provider::capability(provider).retention_days?;
    Some(as_of.saturating_sub(i64::from(days) * DAY_MS))
}
