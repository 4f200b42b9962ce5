//! Small stores made by hand, for the rules' tests. Times are minutes from midnight of a Wednesday.

use super::{DAY_MS, Finding, MINUTE_MS, Rule, Thresholds, findings};
use crate::model::{
    Basis, EndKind, Event, EventKind, Instant, ProviderId, Session, Sim, StartKind,
};
use crate::provider::Rows;
use crate::store::{Document, Reader, Source, Store};

/// 2026-04-01T00:00:00Z.
const BASE_MS: i64 = 1_775_001_600_000;
pub const HOUR: i64 = 60;
pub const DAY: i64 = 24 * HOUR;

/// An instant so many minutes from the beginning.
pub fn at(minute: i64) -> Instant {
    Instant::from_ms(BASE_MS + minute * MINUTE_MS).unwrap()
}

/// A store that is being made. Everything was fetched at its end.
pub struct Made {
    store: Store,
    document: u32,
    end: i64,
}

impl Made {
    /// Of data that were fetched at that minute.
    pub fn until(end: i64) -> Self {
        let mut store = Store::new();
        let source = store.add_source(Source::new("a", None));
        let document = store.add_document(Document {
            source,
            name: "a".to_owned(),
            observed: Some(at(end)),
            confirmed_before: None,
            watched: false,
        });
        Self {
            store,
            document,
            end,
        }
    }

    /// Nobody knows when they were fetched: a file.
    pub fn of_file(end: i64) -> Self {
        let mut made = Self::until(end);
        made.document = made.store.add_document(Document {
            source: 0,
            name: "file".to_owned(),
            observed: None,
            confirmed_before: None,
            watched: false,
        });
        made
    }

    /// A session of a SIM between two minutes, with what else is to be said of it.
    pub fn session_with(
        &mut self,
        sim: &str,
        (from, to): (i64, i64),
        tell: impl FnOnce(&mut Session<'static>),
    ) {
        let mut session = Session::new(ProviderId::Kore, sim.to_owned().into(), Basis::Reported);
        session.start = Some(at(from));
        session.start_kind = StartKind::Exact;
        session.end = Some(at(to));
        session.end_kind = EndKind::Exact;
        session.last_seen = Some(at(to));
        tell(&mut session);
        let mut reader = Reader::new(&mut self.store, self.document);
        reader.at(0);
        reader.session(&session);
    }

    pub fn session(&mut self, sim: &str, from: i64, to: i64) {
        self.session_with(sim, (from, to), |_| {});
    }

    /// A session of so many minutes every so many minutes, of all time.
    pub fn every(&mut self, sim: &str, minutes: i64, length: i64) {
        for from in (0..self.end - length).step_by(minutes as usize) {
            self.session(sim, from, from + length);
        }
    }

    pub fn sim(&mut self, sim: &str, tell: impl FnOnce(&mut Sim<'static>)) {
        let mut row = Sim::new(ProviderId::Kore, sim.to_owned().into());
        tell(&mut row);
        let mut reader = Reader::new(&mut self.store, self.document);
        reader.at(0);
        reader.sim(&row);
    }

    pub fn event(
        &mut self,
        sim: &str,
        minute: i64,
        kind: EventKind,
        tell: impl FnOnce(&mut Event<'static>),
    ) {
        let mut event = Event::new(ProviderId::Kore, sim.to_owned().into(), at(minute), kind);
        tell(&mut event);
        let mut reader = Reader::new(&mut self.store, self.document);
        reader.at(0);
        reader.event(&event);
    }

    pub fn store(mut self) -> Store {
        self.store.settle();
        self.store
    }

    /// What a rule finds in it.
    pub fn find(self, rule: Rule) -> Vec<Finding> {
        let end = at(self.end);
        let store = self.store();
        let mut found = findings(&store, end, &Thresholds::default());
        found.retain(|finding| finding.rule == rule);
        found
    }
}

/// From and to in minutes from the beginning.
pub fn minutes(finding: &Finding) -> (i64, i64) {
    let minute = |ms: i64| (ms - BASE_MS) / MINUTE_MS;
    (minute(finding.from), minute(finding.to))
}

#[test]
fn the_beginning_is_a_midnight() {
    assert_eq!(BASE_MS % DAY_MS, 0);
}
