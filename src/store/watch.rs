//! What a watched document adds or changes: how the sessions of the SIMs that it touches were
//! before, so that they can be compared once it is read and all is settled.

use crate::model::{EndKind, ProviderId};

use super::Store;
use super::numbers::Numbers;
use super::order::{by_number, items_by_number};
use super::session_columns::NEVER;

/// What is drawn of a session, as far as a change of it is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Its end, epoch milliseconds; null while it has none, or where it is an estimate.
    pub end: Option<i64>,
    /// It is over: its end was reported, or lies in an interval.
    pub ended: bool,
    /// Number of its network.
    pub network: u32,
}

/// What a document touched.
#[derive(Debug)]
pub(super) struct Watch {
    document: u32,
    /// Rows from here on were not there before.
    first_new: u32,
    /// Keys of SIMs that were looked at.
    sims: Numbers,
    /// Their sessions as they were.
    sessions: Vec<(u32, Drawn)>,
    /// Events that were not there before.
    events: Vec<u32>,
}

/// What a watched document added or changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows of sessions that were not there before.
    pub added: Vec<u32>,
    /// Rows of sessions that are drawn otherwise now, and how they were.
    pub changed: Vec<(u32, Drawn)>,
    /// Rows of events that were not there before.
    pub events: Vec<u32>,
}

impl Store {
    /// What is drawn of a session, as far as a change of it is news.
    pub fn drawn(&self, row: u32) -> Drawn {
        let end = self.sessions.end(row);
        Drawn {
            end: (end != NEVER).then_some(end),
            ended: matches!(
                self.sessions.kinds(row).end,
                EndKind::Exact | EndKind::Estimated
            ),
            network: self.sessions.network(row),
        }
    }

    fn watch_of(&mut self, document: u32) -> Option<&mut Watch> {
        let at = self.watches.iter().position(|w| w.document == document);
        let at = at.unwrap_or_else(|| {
            self.watches.push(Watch {
                document,
                first_new: self.sessions.len(),
                sims: Numbers::default(),
                sessions: Vec::new(),
                events: Vec::new(),
            });
            self.watches.len() - 1
        });
        self.watches.get_mut(at)
    }

    /// A row of that SIM is about to be written.
    pub(super) fn watch_sim(&mut self, document: u32, provider: ProviderId, sim: &str) {
        let key = self.sims.key(&mut self.parts.texts, provider, sim);
        let is_new = self
            .watch_of(document)
            .is_some_and(|watch| watch.sims.insert(key));
        if !is_new {
            return;
        }
        let lane = self.sims.lane(self.sims.lane_of(key));
        let rows = lane.map_or_else(Vec::new, |lane| lane.sessions.clone());
        let before: Vec<(u32, Drawn)> = rows.iter().map(|row| (*row, self.drawn(*row))).collect();
        if let Some(watch) = self.watch_of(document) {
            watch.sessions.extend(before);
        }
    }

    /// An event was added.
    pub(super) fn watch_event(&mut self, document: u32, event: u32) {
        if let Some(watch) = self.watch_of(document) {
            watch.events.push(event);
        }
    }

    /// What a watched document added or changed. Call it once, after [`Self::settle`]; empty for any
    /// other document.
    pub fn take_changes(&mut self, document: u32) -> Changes {
        let Some(at) = self.watches.iter().position(|w| w.document == document) else {
            return Changes::default();
        };
        let watch = self.watches.swap_remove(at);
        let mut added: Vec<u32> = watch
            .sims
            .iter()
            .filter_map(|key| self.sims.lane(self.sims.lane_of(key)))
            .flat_map(|lane| lane.sessions.iter().copied())
            .filter(|row| *row >= watch.first_new)
            .collect();
        by_number(&mut added, &mut |_| 0);
        added.dedup();
        let mut changed = watch.sessions;
        changed.retain(|(row, before)| {
            *row < watch.first_new && !self.sessions.kinds(*row).dead && self.drawn(*row) != *before
        });
        let mut changed = items_by_number(changed, |(row, _)| i64::from(*row));
        changed.dedup_by_key(|(row, _)| *row);
        Changes {
            added,
            changed,
            events: watch.events,
        }
    }
}
