//! Reading what a picture asks of one session after the other. Neighbours on a lane are mostly neighbours in the store, so the
//! chunk that the last one lay in is kept at hand.

#![allow(
    clippy::inline_always,
    reason = "asked for every session of every picture; a call and what it passes cost more than the work itself"
)]

use crate::model::Radio;

use super::Store;
use super::column::{CHUNK, Chunk};
use super::kinds::{end_of, ends_number, radio_of};
use super::session_columns::SessionColumns;

/// What a picture asks of a session.
#[derive(Debug, Clone, Copy)]
pub struct Glance {
    /// See [`Store::stretch`].
    pub stretch: (i64, i64, i64),
    /// Number of the network.
    pub network: u32,
    kinds: u16,
}

impl Glance {
    /// How start and end are known: see [`ends_of_number`](super::ends_of_number).
    pub fn ends_number(&self) -> usize {
        ends_number(self.kinds)
    }

    /// The radio technology.
    pub fn radio(&self) -> Option<Radio> {
        radio_of(self.kinds)
    }
}

/// Reads session after session.
#[derive(Debug)]
pub struct Nearby<'s> {
    store: &'s Store,
    /// Number of the chunk that is at hand.
    chunk: u32,
    columns: Option<Columns<'s>>,
}

/// The columns that a picture asks, as far as they lie in one chunk.
#[derive(Debug, Clone, Copy)]
struct Columns<'s> {
    start: &'s Chunk<i64>,
    end: &'s Chunk<i64>,
    kinds: &'s Chunk<u16>,
    network: &'s Chunk<u32>,
}

impl<'s> Columns<'s> {
    /// Null where one of them has nothing in the chunk of a row.
    fn around(row: u32, sessions: &'s SessionColumns) -> Option<Self> {
        Some(Self {
            start: sessions.start.chunk(row)?,
            end: sessions.end.chunk(row)?,
            kinds: sessions.kinds.chunk(row)?,
            network: sessions.network.chunk(row)?,
        })
    }
}

impl<'s> Nearby<'s> {
    /// Over all sessions of a store.
    pub fn new(store: &'s Store) -> Self {
        Self {
            store,
            chunk: u32::MAX,
            columns: None,
        }
    }

    /// What there is to be seen of a session.
    #[inline(always)]
    pub fn glance(&mut self, row: u32) -> Glance {
        let (chunk, at) = (row / CHUNK as u32, row as usize % CHUNK);
        let sessions = &self.store.sessions;
        if chunk != self.chunk {
            self.chunk = chunk;
            self.columns = Columns::around(row, sessions);
        }
        let (told, kinds, network) = match &self.columns {
            Some(columns) => (
                (columns.start[at], columns.end[at]),
                columns.kinds[at],
                columns.network[at],
            ),
            None => (
                (sessions.start(row), sessions.end(row)),
                sessions.kinds.get(row),
                sessions.network(row),
            ),
        };
        Glance {
            stretch: self.store.stretch_of(row, told, end_of(kinds)),
            network,
            kinds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, EndKind, Instant, ProviderId, Session};
    use crate::provider::Rows;
    use crate::store::{Document, Reader, Source, ends_of_number};

    #[test]
    fn a_glance_sees_what_the_columns_hold_in_any_order() {
        let mut store = Store::new();
        let source = store.add_source(Source::new("a", None));
        let document = store.add_document(Document {
            source,
            name: "a".to_owned(),
            observed: Instant::from_s(2_000_000_000),
            confirmed_before: None,
            watched: false,
        });
        let mut reader = Reader::new(&mut store, document);
        for n in 0..10_000_i64 {
            let mut session = Session::new(
                ProviderId::Kore,
                format!("S{}", n % 7).into(),
                Basis::Reported,
            );
            session.id = Some(n.to_string().into());
            session.start = (n % 5 > 0).then(|| Instant::from_s(n)).flatten();
            session.end = (n % 3 > 0).then(|| Instant::from_s(n + 50)).flatten();
            session.end_kind =
                [EndKind::Open, EndKind::Exact, EndKind::Estimated][(n % 3) as usize];
            session.last_seen = (n % 4 > 0).then(|| Instant::from_s(n + 20)).flatten();
            session.radio = (n % 2 > 0).then_some(Radio::G4);
            session.network.operator = Some(format!("O{}", n % 11).into());
            reader.at(0);
            reader.session(&session);
        }
        store.settle();
        let mut nearby = Nearby::new(&store);
        for step in 0..10_000_u32 {
            let row = step.wrapping_mul(6_007) % 10_000;
            let seen = nearby.glance(row);
            assert_eq!(seen.stretch, store.stretch(row));
            assert_eq!(
                ends_of_number(seen.ends_number()),
                store.sessions().ends(row)
            );
            assert_eq!(seen.radio(), store.sessions().radio(row));
            assert_eq!(seen.network, store.sessions().network(row));
        }
    }
}
