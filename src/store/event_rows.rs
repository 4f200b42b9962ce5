//! Events and usage: far fewer than sessions, so rows of numbers rather than columns.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::model::{Event, EventKind, Instant, Radio, Usage};

use super::documents::RecordAt;
use super::index::RowIndex;
use super::interner::TextId;
use super::parts::Parts;

/// An event as the store keeps it.
#[derive(Debug, Clone, Copy)]
pub struct EventRow {
    pub sim: u32,
    pub time: Instant,
    pub kind: EventKind,
    pub radio: Option<Radio>,
    pub id: TextId,
    pub reported_kind: TextId,
    pub network: u32,
    pub network_before: u32,
    pub network_after: u32,
    pub cell: u32,
    pub place: u32,
    pub place_at: Option<Instant>,
    pub signal: Option<f64>,
    pub detail: TextId,
    pub record: RecordAt,
}

/// A usage row as the store keeps it.
#[derive(Debug, Clone, Copy)]
pub struct UsageRow {
    /// Number of the SIM's key; null for an account.
    pub sim: Option<u32>,
    pub provider: crate::model::ProviderId,
    pub from: Instant,
    pub to: Option<Instant>,
    pub bytes_up: Option<u64>,
    pub bytes_down: Option<u64>,
    pub bytes_total: Option<u64>,
    pub packets_up: Option<u64>,
    pub packets_down: Option<u64>,
    pub record: RecordAt,
}

/// Rows with an identity each.
#[derive(Debug)]
pub struct Table<R> {
    rows: Vec<R>,
    table: RowIndex,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            table: RowIndex::default(),
        }
    }
}

/// A row that is known again by some of its fields.
pub trait Identified {
    /// The hash of the fields that make its identity.
    fn identity(&self) -> u64;
    /// Whether the other row is the same thing.
    fn same(&self, other: &Self) -> bool;
}

impl<R: Identified> Table<R> {
    /// Adds a row, or replaces the one of the same identity. Returns its number, and whether it is new.
    pub fn put(&mut self, row: R) -> (u32, bool) {
        let hash = row.identity();
        let rows = &self.rows;
        let found = self.table.find(hash, &|at| {
            rows.get(at as usize).is_some_and(|known| known.same(&row))
        });
        if let Some(at) = found {
            if let Some(known) = self.rows.get_mut(at as usize) {
                *known = row;
            }
            return (at, false);
        }
        let at = self.rows.len() as u32;
        self.rows.push(row);
        let rows = &self.rows;
        self.table.insert(hash, at, &|at| {
            rows.get(at as usize).map_or(0, Identified::identity)
        });
        (at, true)
    }

    /// The row of the same identity.
    pub fn find(&self, row: &R) -> Option<&R> {
        let rows = &self.rows;
        self.table
            .find(row.identity(), &|at| {
                rows.get(at as usize).is_some_and(|known| known.same(row))
            })
            .and_then(|at| rows.get(at as usize))
    }

    /// A row by number.
    pub fn get(&self, at: u32) -> Option<&R> {
        self.rows.get(at as usize)
    }

    /// A row by number, to change fields that are not part of its identity.
    pub fn get_mut(&mut self, at: u32) -> Option<&mut R> {
        self.rows.get_mut(at as usize)
    }

    /// Rebuilds the identities, after fields that are part of them were changed.
    pub fn rehash(&mut self) {
        let rows = &self.rows;
        self.table.clear();
        for (at, row) in (0u32..).zip(rows) {
            self.table.insert(row.identity(), at, &|at| {
                rows.get(at as usize).map_or(0, Identified::identity)
            });
        }
    }

    /// All rows with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &R)> {
        (0u32..).zip(&self.rows)
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }
}

impl EventRow {
    /// Numbers the parts of an event.
    pub fn new(parts: &mut Parts, sim: u32, event: &Event<'_>, record: RecordAt) -> Self {
        Self {
            sim,
            time: event.time,
            kind: event.kind,
            radio: event.radio,
            id: parts.texts.intern_opt(event.id.as_deref()),
            reported_kind: parts.texts.intern_opt(event.reported_kind.as_deref()),
            network: parts.add_network(&event.network),
            network_before: parts.add_network(&event.network_before),
            network_after: parts.add_network(&event.network_after),
            cell: parts.add_cell(&event.cell, &event.network),
            place: parts.add_place(&event.place),
            place_at: event.place.at,
            signal: event.signal,
            detail: parts.texts.intern_opt(event.detail.as_deref()),
            record,
        }
    }
}

impl EventRow {
    /// Number of the network that it is about: the one that was joined, where it tells of a change.
    pub fn told_network(&self) -> u32 {
        if self.network_after == 0 {
            self.network
        } else {
            self.network_after
        }
    }
}

impl Identified for EventRow {
    fn identity(&self) -> u64 {
        if self.id == 0 {
            FxBuildHasher.hash_one((
                self.sim,
                self.time,
                self.kind,
                self.reported_kind,
                self.cell,
            ))
        } else {
            FxBuildHasher.hash_one((self.sim, self.id))
        }
    }

    fn same(&self, other: &Self) -> bool {
        self.sim == other.sim
            && self.id == other.id
            && (self.id != 0
                || (self.time == other.time
                    && self.kind == other.kind
                    && self.radio == other.radio
                    && self.reported_kind == other.reported_kind
                    && self.network == other.network
                    && self.network_before == other.network_before
                    && self.network_after == other.network_after
                    && self.cell == other.cell
                    && self.place == other.place
                    && self.signal.map(f64::to_bits) == other.signal.map(f64::to_bits)
                    && self.detail == other.detail))
    }
}

impl UsageRow {
    /// A usage row as the store keeps it.
    pub fn new(sim: Option<u32>, usage: &Usage<'_>, record: RecordAt) -> Self {
        Self {
            sim,
            provider: usage.provider,
            from: usage.from,
            to: usage.to,
            bytes_up: usage.bytes_up,
            bytes_down: usage.bytes_down,
            bytes_total: usage.bytes_total,
            packets_up: usage.packets_up,
            packets_down: usage.packets_down,
            record,
        }
    }
}

impl Identified for UsageRow {
    fn identity(&self) -> u64 {
        FxBuildHasher.hash_one((self.provider, self.sim, self.from, self.to))
    }

    fn same(&self, other: &Self) -> bool {
        self.provider == other.provider
            && self.sim == other.sim
            && self.from == other.from
            && self.to == other.to
    }
}
