//! Sums over a span of time, or over picked sessions: how many, for how long, how much, with which
//! gaps, by operator, country, radio and SIM. One pass over the sessions that can reach into the span.
//! docs/sums.md says what each figure means.

#[cfg(test)]
mod tests;

use crate::model::TrafficUnit;
use crate::report::breakdown::{Breakdown, Counted, MOST_ROWS, add_traffic};
use crate::report::lane::{Reading, ended_at};
use crate::report::stretches::{self, Bounds, Gap, Stretch};
use crate::store::order::{items_by_number, sort_numbers};
use crate::store::{NEVER, Numbers};
use crate::timeline::LaneView;

use super::lanes::{identifier_of, name_of};
use super::protocol::{LongestGap, Share, Shares, SpanSums};
use super::view::StoreView;
pub use crate::report::ground::Ground;

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
        let mut stretches = std::mem::take(&mut self.stretches);
        let mut sim = Share::default();
        let reading = Reading {
            store,
            ground: self.ground,
            kept_from: self.view.nothing_before(lane),
            lane,
            span,
        };
        let bounds = reading.read(counts, &mut stretches, &mut |row, stretch| {
            self.count(lane, row, stretch, span, &mut sim);
        });
        let Some(bounds) = bounds else {
            self.out.sims_without += u32::from(store.lane(lane).is_some());
            self.stretches = stretches;
            return;
        };
        let bounds = Bounds {
            gaps_at_edges,
            ..bounds
        };
        let time = stretches::sum(&stretches, &bounds, &|from, to| {
            ended_at(store, lane, from, to)
        });
        self.stretches = stretches;
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
