//! One SIM's sessions as stretches of time, with what bounds them: what the sums and the reports are made from.

use crate::model::{EndKind, EventKind};
use crate::store::{NEVER, Store};

use super::ground::Ground;
use super::stretches::{Bounds, Stretch};

/// Of which SIM the sessions are read, and what of them.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub store: &'a Store,
    pub ground: &'a Ground,
    /// See [`super::ground::kept_from`].
    pub kept_from: Option<i64>,
    pub lane: u32,
    pub span: (i64, i64),
}

impl Reading<'_> {
    /// Reads the sessions that say anything of the span, by their begin, and calls `each` with those that overlap it and
    /// that `counts` says yes to. Null where none of the SIM's sessions has an instant.
    pub fn read(
        &self,
        counts: &dyn Fn(u32) -> bool,
        stretches: &mut Vec<Stretch>,
        each: &mut dyn FnMut(u32, &Stretch),
    ) -> Option<Bounds> {
        let (store, span) = (self.store, self.span);
        stretches.clear();
        let found = store.lane(self.lane)?;
        let nowhere = found
            .sessions
            .partition_point(|row| store.begin(*row) == NEVER);
        let rows = found.sessions.get(nowhere..).unwrap_or_default();
        let &oldest = rows.first()?;
        let first = first_that_matters(store, rows, found.facts.longest_ms, span.0);
        let mut fetched = self.fetched(rows);
        for &row in rows.get(first..).unwrap_or_default() {
            let (begin, solid, light) = store.stretch(row);
            if begin > span.1 {
                fetched.1 = fetched.1.max(begin);
                break;
            }
            let stretch = Stretch {
                begin,
                solid,
                light,
                end_unknown: store.sessions().ends(row).1 == EndKind::Unknown,
                counted: counts(row),
            };
            fetched.1 = fetched.1.max(light);
            stretches.push(stretch);
            if stretch.counted && light >= span.0 {
                each(row, &stretch);
            }
        }
        Some(Bounds {
            span,
            fetched,
            exists_from: store.begin(oldest),
            gaps_at_edges: true,
        })
    }

    /// From when until when anything of a SIM was fetched and kept, by what its sources tell. What its
    /// own sessions show is known whatever the vendor says of how long it keeps them.
    fn fetched(&self, rows: &[u32]) -> (i64, i64) {
        let store = self.store;
        let of_session = |row: &u32| {
            let document = store.document(store.sessions().document(*row))?;
            Some(document.source)
        };
        let of_sim = || {
            let label = &store.lane(self.lane)?.sim.as_deref()?.source;
            let at = store.sources().iter().position(|s| s.label == *label)?;
            Some(at as u32)
        };
        let sources = [
            rows.first().and_then(of_session),
            rows.last().and_then(of_session),
            of_sim(),
        ];
        let (mut from, mut to) = (i64::MAX, NEVER);
        for source in sources.into_iter().flatten() {
            let known = self.ground.of(source);
            (from, to) = (from.min(known.0), to.max(known.1));
        }
        let kept_from = self.kept_from.unwrap_or(NEVER);
        let oldest = rows.first().map_or(i64::MAX, |row| store.begin(*row));
        (from.max(kept_from).min(oldest), to)
    }
}

/// The first of a lane's sessions (ordered by begin) that says anything of what lies behind `from`:
/// the first that can reach it, and of those before it the one that reaches furthest.
fn first_that_matters(store: &Store, rows: &[u32], longest_ms: i64, from: i64) -> usize {
    let earliest = from.saturating_sub(longest_ms);
    let mut first = rows.partition_point(|row| store.begin(*row) < earliest);
    let mut reach = NEVER;
    while let Some(row) = first.checked_sub(1).and_then(|before| rows.get(before)) {
        // None before this one can reach further than this.
        if store.begin(*row).saturating_add(longest_ms) < reach {
            break;
        }
        reach = reach.max(store.light_until(*row));
        first -= 1;
    }
    first
}

/// When the vendor first reported, in between, that a SIM had no session any more.
pub fn ended_at(store: &Store, lane: u32, from: i64, to: i64) -> Option<i64> {
    let found = store.lane(lane)?;
    let time = |row: u32| store.event_row(row).map_or(NEVER, |row| row.time.ms());
    let first = found.events.partition_point(|row| time(*row) < from);
    let events = found.events.get(first..)?.iter();
    let ended = events
        .filter_map(|row| store.event_row(*row))
        .find(|event| {
            let ends = matches!(
                event.kind,
                EventKind::SessionDeleted | EventKind::Disconnection
            );
            ends || event.time.ms() > to
        });
    ended.map(|event| event.time.ms()).filter(|at| *at <= to)
}
