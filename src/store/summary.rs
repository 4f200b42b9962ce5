//! Figures over all that is loaded.

use serde::{Deserialize, Serialize};

use crate::model::ProviderId;

use super::Store;
use super::session_columns::NEVER;

/// The time that the loaded rows span, epoch milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// The earliest start, event or usage.
    pub from: i64,
    /// The latest instant at which anything is known.
    pub to: i64,
}

/// Counts over all that is loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// SIMs.
    pub sims: u32,
    /// Sessions.
    pub sessions: u32,
    /// Sessions that were open when last reported.
    pub open: u32,
    /// Events.
    pub events: u32,
    /// Usage rows.
    pub usage: u32,
}

impl Store {
    /// The time that the loaded rows span; null where nothing has an instant.
    pub fn extent(&self) -> Option<Extent> {
        let mut extent: Option<Extent> = None;
        let mut grow = |from: i64, to: i64| {
            if from == NEVER {
                return;
            }
            let known = extent.get_or_insert(Extent { from, to });
            known.from = known.from.min(from);
            known.to = known.to.max(to);
        };
        let event = |row: Option<&u32>| row.and_then(|row| self.events.get(*row));
        for (_, lane) in self.lanes() {
            grow(lane.facts.from, lane.facts.to);
            // Ordered by time.
            for event in [event(lane.events.first()), event(lane.events.last())] {
                let at = event.map_or(NEVER, |event| event.time.ms());
                grow(at, at);
            }
        }
        for (_, usage) in self.usage.iter() {
            grow(usage.from.ms(), usage.to.unwrap_or(usage.from).ms());
        }
        extent
    }

    /// Counts over all that is loaded.
    pub fn totals(&self) -> Totals {
        Totals {
            sims: self.lanes().count() as u32,
            sessions: self.session_count(),
            open: self.lanes().map(|(_, lane)| lane.facts.open).sum(),
            events: self.event_count(),
            usage: self.usage_count(),
        }
    }

    /// The vendor of a lane.
    pub fn provider_of_lane(&self, lane: u32) -> Option<ProviderId> {
        let key = *self.lane(lane)?.keys.first()?;
        Some(self.key_of(key).0)
    }
}

impl Store {
    /// How long a session is known to have lasted, in milliseconds; null where its start or its length
    /// is not known.
    pub fn duration_ms(&self, row: u32) -> Option<i64> {
        let start = self.sessions.start(row);
        let until = self.solid_until(row);
        // A session that has only begun, as far as its record tells, has no length yet.
        let begun_only = until == start && self.sessions.end(row) == NEVER;
        (start != NEVER && until != NEVER && !begun_only).then(|| until.saturating_sub(start))
    }
    /// Bytes of a session both ways, as reported or as the sum of what is; null where neither is.
    pub fn bytes(&self, row: u32) -> Option<u64> {
        let traffic = self.sessions.traffic(row);
        let both = || sum(traffic.bytes_up, traffic.bytes_down);
        traffic.bytes_total.or_else(both)
    }

    /// Packets of a session both ways; null where none are reported.
    pub fn packets(&self, row: u32) -> Option<u64> {
        let traffic = self.sessions.traffic(row);
        sum(traffic.packets_up, traffic.packets_down)
    }

    /// When the latest answer was fetched; null where all are files.
    pub fn latest_observed(&self) -> Option<crate::model::Instant> {
        self.documents
            .iter()
            .filter_map(|document| document.observed)
            .max()
    }

    /// When the latest answer of a source was fetched; null where all are files.
    pub fn observed_of_source(&self, source: u32) -> Option<crate::model::Instant> {
        self.documents
            .iter()
            .filter(|document| document.source == source)
            .filter_map(|document| document.observed)
            .max()
    }

    /// How many SIMs have a row from each source, by its number. A SIM counts for the source of its
    /// first row of each kind.
    pub fn sims_by_source(&self) -> Vec<u32> {
        let mut counts = vec![0u32; self.sources.len()];
        for (_, lane) in self.lanes() {
            let of_document = |document: u32| self.document(document).map(|d| d.source);
            let of_session = lane
                .sessions
                .first()
                .and_then(|row| of_document(self.sessions.document(*row)));
            let of_event = || {
                let row = self.events.get(*lane.events.first()?)?;
                of_document(row.record.document)
            };
            let of_sim = || {
                let label = &lane.sim.as_deref()?.source;
                let at = self.sources.iter().position(|s| s.label == *label)?;
                Some(at as u32)
            };
            if let Some(count) = of_session
                .or_else(of_event)
                .or_else(of_sim)
                .and_then(|source| counts.get_mut(source as usize))
            {
                *count += 1;
            }
        }
        counts
    }
}

/// Both parts; null where neither is known.
fn sum(up: Option<u64>, down: Option<u64>) -> Option<u64> {
    match (up, down) {
        (None, None) => None,
        (up, down) => Some(up.unwrap_or(0).saturating_add(down.unwrap_or(0))),
    }
}
