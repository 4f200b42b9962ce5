//! Sums over a span of time, or over picked sessions: how many, for how long, how much, with which
//! gaps, by operator, country, radio and SIM. One pass over the sessions that can reach into the span.
//! docs/sums.md says what each figure means.

mod breakdown;
mod stretches;
#[cfg(test)]
mod tests;

use crate::model::{EndKind, EventKind, TrafficUnit};
use crate::store::order::{items_by_number, sort_numbers};
use crate::store::{NEVER, Numbers, Store};
use crate::timeline::LaneView;

use super::lanes::{identifier_of, name_of};
use super::protocol::{LongestGap, Share, Shares, SpanSums};
use super::view::StoreView;
use breakdown::{Breakdown, Counted, MOST_ROWS, add_traffic};
use stretches::{Bounds, Gap, Stretch};

/// From when until when each source tells anything, by its number: from its first row to when it was
/// fetched; of files to its last row. Made once for what is loaded.
#[derive(Debug)]
pub struct Ground(Vec<(i64, i64)>);

impl Ground {
    /// Looks through all rows.
    pub fn new(store: &Store) -> Self {
        let mut sources = vec![(i64::MAX, NEVER); store.sources().len()];
        let mut grow = |document: u32, from: i64, to: i64| {
            let source = store.document(document).map(|document| document.source);
            let known = source.and_then(|source| sources.get_mut(source as usize));
            if let Some(known) = known.filter(|_| from != NEVER) {
                *known = (known.0.min(from), known.1.max(to));
            }
        };
        for row in store.session_rows() {
            let document = store.sessions().document(row);
            grow(document, store.begin(row), store.light_until(row));
        }
        for (_, event) in store.event_rows() {
            grow(event.record.document, event.time.ms(), event.time.ms());
        }
        for (number, known) in (0u32..).zip(&mut sources) {
            if let Some(observed) = store.observed_of_source(number) {
                known.1 = known.1.max(observed.ms());
            }
        }
        Self(sources)
    }

    fn of(&self, source: u32) -> (i64, i64) {
        let known = self.0.get(source as usize).copied();
        known.unwrap_or((i64::MAX, NEVER))
    }
}

/// Sums over [from, to] of the SIMs in the list, or of `only` one of them.
pub fn of_span(
    view: &StoreView<'_>,
    ground: &Ground,
    lists: &dyn Fn(u32) -> bool,
    only: Option<u32>,
    [from, to]: [i64; 2],
) -> SpanSums {
    let mut sums = Sums::new(view, ground);
    let counts = |row: u32| view.shows(row);
    let lanes = view.store.lanes().map(|(lane, _)| lane);
    for lane in lanes.filter(|lane| lists(*lane) && only.is_none_or(|only| only == *lane)) {
        sums.add(lane, (from, to), true, &counts);
    }
    SpanSums {
        from,
        to,
        ..sums.end()
    }
}

/// Sums of picked sessions, as far as they are not filtered out. The span of each SIM is from its
/// first picked start to its last picked end.
pub fn of_picked(
    view: &StoreView<'_>,
    ground: &Ground,
    lists: &dyn Fn(u32) -> bool,
    picked: &[u32],
) -> SpanSums {
    let store = view.store;
    let mut shown = Numbers::default();
    let mut lanes: Vec<(i64, u32)> = Vec::new();
    for &row in picked {
        let lane = store.lane_of_session(row);
        let is_shown = !store.sessions().kinds(row).dead
            && store.begin(row) != NEVER
            && lists(lane)
            && view.shows(row);
        if is_shown && shown.insert(row) {
            lanes.push((i64::from(lane), row));
        }
    }
    sort_numbers(&mut lanes);
    let mut sums = Sums::new(view, ground);
    let counts = |row: u32| shown.has(row);
    let mut whole: Option<(i64, i64)> = None;
    for rows in lanes.chunk_by(|a, b| a.0 == b.0) {
        let begin = rows.iter().map(|(_, row)| store.begin(*row)).min();
        let end = rows.iter().map(|(_, row)| store.light_until(*row)).max();
        if let (Some(begin), Some(end), Some((lane, _))) = (begin, end, rows.first()) {
            sums.add(*lane as u32, (begin, end), false, &counts);
            let known = whole.get_or_insert((begin, end));
            *known = (known.0.min(begin), known.1.max(end));
        }
    }
    let (from, to) = whole.unwrap_or_default();
    SpanSums {
        from,
        to,
        picked: Some(picked.len() as u32),
        ..sums.end()
    }
}

struct Sums<'a> {
    view: &'a StoreView<'a>,
    ground: &'a Ground,
    out: SpanSums,
    breakdown: Breakdown,
    sims: Vec<(u32, Share)>,
    gaps: Vec<(i64, u32)>,
    longest: Option<(u32, Gap)>,
    /// The present lane's sessions.
    stretches: Vec<Stretch>,
}

impl<'a> Sums<'a> {
    fn new(view: &'a StoreView<'a>, ground: &'a Ground) -> Self {
        Self {
            view,
            ground,
            out: SpanSums::default(),
            breakdown: Breakdown::default(),
            sims: Vec::new(),
            gaps: Vec::new(),
            longest: None,
            stretches: Vec::new(),
        }
    }

    /// Adds a SIM's sessions that overlap the span and that `counts` says yes to.
    fn add(
        &mut self,
        lane: u32,
        span: (i64, i64),
        gaps_at_edges: bool,
        counts: &dyn Fn(u32) -> bool,
    ) {
        let store = self.view.store;
        let Some(found) = store.lane(lane) else {
            return;
        };
        let nowhere = found
            .sessions
            .partition_point(|row| store.begin(*row) == NEVER);
        let rows = found.sessions.get(nowhere..).unwrap_or_default();
        let Some(&oldest) = rows.first() else {
            self.out.sims_without += 1;
            return;
        };
        let first = first_that_matters(store, rows, found.facts.longest_ms, span.0);
        let mut sim = Share::default();
        let mut fetched = self.fetched(lane, rows);
        self.stretches.clear();
        for &row in rows.get(first..).unwrap_or_default() {
            let begin = store.begin(row);
            if begin > span.1 {
                fetched.1 = fetched.1.max(begin);
                break;
            }
            let stretch = Stretch {
                begin,
                solid: store.solid_until(row),
                light: store.light_until(row),
                end_unknown: store.sessions().kinds(row).end == EndKind::Unknown,
                counted: counts(row),
            };
            fetched.1 = fetched.1.max(stretch.light);
            self.stretches.push(stretch);
            if stretch.counted && stretch.light >= span.0 {
                self.count(lane, row, &stretch, span, &mut sim);
            }
        }
        let bounds = Bounds {
            span,
            fetched,
            exists_from: store.begin(oldest),
            gaps_at_edges,
        };
        let time = stretches::sum(&self.stretches, &bounds, &|from, to| {
            ended_at(store, lane, from, to)
        });
        self.breakdown.end_lane(lane, span);
        let out = &mut self.out;
        out.online_ms += time.online;
        out.online_most_ms += time.online_most;
        out.known_ms += time.known;
        out.unknown_ms += time.unknown;
        out.not_fetched_ms += time.not_fetched;
        out.sims_known += u32::from(time.known > 0);
        out.gaps.unsure += time.unsure;
        for gap in &time.gaps {
            let length = gap.to - gap.from;
            self.gaps.push((length, 0));
            sim.longest_gap_ms = sim.longest_gap_ms.max(Some(length));
            let known = self.longest.as_ref().map(|(_, known)| known);
            let is_longest =
                known.is_none_or(|known| (length, known.from) > (known.to - known.from, gap.from));
            if is_longest {
                self.longest = Some((lane, *gap));
            }
        }
        if sim.sessions > 0 {
            out.sims += 1;
            sim.sims = 1;
            sim.online_ms = time.online;
            sim.online_most_ms = time.online_most;
            sim.known_ms = Some(time.known);
            self.sims.push((lane, sim));
        }
    }

    /// Counts a session with its traffic.
    fn count(&mut self, lane: u32, row: u32, stretch: &Stretch, span: (i64, i64), sim: &mut Share) {
        let traffic = self.view.store.sessions().traffic(row);
        let out = &mut self.out;
        out.sessions += 1;
        out.reach_out += u32::from(stretch.begin < span.0 || stretch.light > span.1);
        let unit = traffic.reported.map(|reported| reported.unit);
        out.in_megabytes += u32::from(unit == Some(TrafficUnit::Megabytes));
        out.unit_unknown += u32::from(unit == Some(TrafficUnit::Unknown));
        add_traffic(&traffic, &mut out.bytes, &mut out.packets);
        sim.sessions += 1;
        add_traffic(&traffic, &mut sim.bytes, &mut sim.packets);
        let counted = Counted {
            session: row,
            lane,
            begin: stretch.begin,
            solid: stretch.solid,
            light: stretch.light,
        };
        self.breakdown
            .add(self.view.store, &counted, span, &traffic);
    }

    /// From when until when anything of a SIM was fetched and kept, by what its sources tell. What its
    /// own sessions show is known whatever the vendor says of how long it keeps them.
    fn fetched(&self, lane: u32, rows: &[u32]) -> (i64, i64) {
        let store = self.view.store;
        let of_session = |row: &u32| {
            let document = store.document(store.sessions().document(*row))?;
            Some(document.source)
        };
        let of_sim = || {
            let label = &store.lane(lane)?.sim.as_deref()?.source;
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
        let kept_from = self.view.nothing_before(lane).unwrap_or(NEVER);
        let oldest = rows.first().map_or(i64::MAX, |row| store.begin(*row));
        (from.max(kept_from).min(oldest), to)
    }

    fn end(mut self) -> SpanSums {
        let store = self.view.store;
        let name = |lane: u32| store.sim(lane).as_ref().map(name_of).unwrap_or_default();
        sort_numbers(&mut self.gaps);
        let at = |at: usize| self.gaps.get(at).map(|(length, _)| *length);
        let half = self.gaps.len() / 2;
        self.out.gaps.count = self.gaps.len() as u32;
        self.out.gaps.median_ms = if self.gaps.len().is_multiple_of(2) {
            let below = half.checked_sub(1).and_then(at);
            below.zip(at(half)).map(|(a, b)| a.midpoint(b))
        } else {
            at(half)
        };
        self.out.gaps.longest = self.longest.map(|(lane, gap)| LongestGap {
            lane,
            name: name(lane),
            from: gap.from,
            to: gap.to,
            cut: gap.cut,
        });
        let total = self.sims.len() as u32;
        let mut sims = items_by_number(self.sims, |(_, share)| -share.online_ms);
        // Names cost more than sums: only those that are sent have one.
        sims.truncate(MOST_ROWS);
        let named = sims.into_iter().map(|(lane, share)| {
            let sim = store.sim(lane);
            Share {
                label: sim.as_ref().map(name_of),
                identifier: sim.as_ref().map(identifier_of),
                ..share
            }
        });
        let sims = Shares {
            rows: named.collect(),
            total,
        };
        let [operators, countries, radios] = self.breakdown.into_shares();
        SpanSums {
            shares: [operators, countries, radios, sims],
            ..self.out
        }
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
fn ended_at(store: &Store, lane: u32, from: i64, to: i64) -> Option<i64> {
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
