//! Rows on their way out, as the model's types.

use crate::model::{Basis, EndKind, Event, Instant, ProviderId, Session, Sim, Text, Usage};

use super::Store;
use super::event_rows::EventRow;

impl Store {
    /// A session by row.
    pub fn session(&self, row: u32) -> Session<'_> {
        let sim = self.sessions.sim(row);
        let (provider, key) = self.key_of(sim);
        let mut session = Session::new(provider, key, Basis::Reported);
        session.source = self.source_of_document(self.sessions.document(row));
        session.observed = self.observed(row);
        let mut session = self.sessions.read(&self.parts, row, session);
        if session.iccid.is_none() {
            let lane = self.sims.lane(self.sims.lane_of(sim));
            let sim = lane.and_then(|lane| lane.sim.as_deref());
            session.iccid = sim.and_then(|sim| sim.iccid.as_deref().map(Text::Borrowed));
        }
        if session.place.lat.is_none()
            && let Some((place, _)) = self.looked_up(
                self.sessions.network(row),
                self.sessions.cell(row),
                session.radio,
            )
        {
            session.place = place.at(session.place.at.or(session.last_seen));
        }
        session
    }

    /// When the latest record of a session was fetched; null for files.
    pub fn observed(&self, row: u32) -> Option<Instant> {
        let documents = self.sessions.documents(row);
        documents
            .filter_map(|document| self.document(document).and_then(|d| d.observed))
            .max()
    }

    /// The SIM of a lane, with what its sessions add; a SIM that no list described has its key alone.
    pub fn sim(&self, lane: u32) -> Option<Sim<'_>> {
        let found = self.sims.lane(lane)?;
        let (provider, key) = self.key_of(*found.keys.first()?);
        let mut sim = match &found.sim {
            Some(sim) => Sim::clone(sim),
            None => Sim::new(provider, key),
        };
        sim.label = self.borrowed_label(lane);
        if sim.source.is_empty()
            && let Some(row) = found.sessions.last()
        {
            sim.source = self.source_of_document(self.sessions.document(*row));
        }
        if sim.current.is_some()
            && let Some(row) = found.sessions.last().copied()
            && self.sessions.kinds(row).end == EndKind::Open
        {
            let start = super::session_columns::instant(self.sessions.start(row));
            let name = self.sessions.id(row).or(start.map(|at| at.to_string()));
            sim.current = name.map(Text::Owned).or(sim.current);
        }
        Some(sim)
    }

    /// An event by row.
    pub fn event(&self, row: u32) -> Option<Event<'_>> {
        let event: &EventRow = self.events.get(row)?;
        let (provider, sim) = self.key_of(event.sim);
        let mut place = self.parts.place(event.place).at(event.place_at);
        if place.lat.is_none()
            && let Some((found, _)) = self.looked_up(event.network, event.cell, event.radio)
        {
            place = found.at(Some(event.time));
        }
        Some(Event {
            provider,
            source: self.source_of_document(event.record.document),
            sim,
            id: self.parts.text(event.id),
            time: event.time,
            kind: event.kind,
            reported_kind: self.parts.text(event.reported_kind),
            radio: event.radio,
            network: self.parts.network(event.network),
            network_before: self.parts.network(event.network_before),
            network_after: self.parts.network(event.network_after),
            cell: self.parts.cell(event.cell),
            place,
            signal: event.signal,
            detail: self.parts.text(event.detail),
        })
    }

    /// A usage row by number.
    pub fn usage(&self, row: u32) -> Option<Usage<'_>> {
        let usage = self.usage.get(row)?;
        Some(Usage {
            provider: usage.provider,
            source: self.source_of_document(usage.record.document),
            sim: usage.sim.map(|key| self.key_of(key).1),
            from: usage.from,
            to: usage.to,
            bytes_up: usage.bytes_up,
            bytes_down: usage.bytes_down,
            bytes_total: usage.bytes_total,
            packets_up: usage.packets_up,
            packets_down: usage.packets_down,
        })
    }

    /// Vendor of a SIM's key.
    pub fn provider_of(&self, key: u32) -> ProviderId {
        self.sims
            .key_text(key)
            .map_or(ProviderId::Kore, |(provider, _)| provider)
    }

    /// Vendor and text of a SIM's key.
    pub fn key_of(&self, key: u32) -> (ProviderId, Text<'_>) {
        match self.sims.key_text(key) {
            Some((provider, text)) => (
                provider,
                super::parts::text_or_empty(&self.parts.texts, text),
            ),
            None => (ProviderId::Kore, Text::Borrowed("")),
        }
    }

    /// The label of a document's source; empty where there is none.
    pub(super) fn source_of_document(&self, document: u32) -> Text<'_> {
        self.document(document)
            .and_then(|document| self.sources.get(document.source as usize))
            .map_or(Text::Borrowed(""), |source| {
                Text::Borrowed(source.label.as_str())
            })
    }
}
