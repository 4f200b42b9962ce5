//! One time at which unusually many SIMs dropped: which scope explains it.

use std::collections::HashMap;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::super::lane::events_between;
use super::super::networks::{Networks, name_of};
use super::super::{Figures, Finding, HOUR_MS, OutageScope, Rule, Severity};
use super::Limits;
use super::drops::{Drops, Kind, Peak, Scope, scope_of};
use crate::model::EventKind;
use crate::store::{NEVER, Store};

/// A SIM that dropped.
#[derive(Debug, Clone, Copy)]
struct Dropped {
    at: i64,
    row: u32,
    lane: u32,
    /// When its next session began.
    back: Option<i64>,
}

/// A peak that may explain the moment.
#[derive(Debug)]
struct Candidate {
    peak: Peak,
    /// How many SIMs had been online in its scope.
    online: u32,
    /// Which part of them dropped.
    share: f64,
}

/// Peaks of several scopes at one time.
#[derive(Debug)]
pub struct Moment<'a> {
    peaks: Vec<Peak>,
    limits: &'a Limits,
}

impl<'a> Moment<'a> {
    pub fn new(peaks: Vec<Peak>, limits: &'a Limits) -> Self {
        Self { peaks, limits }
    }

    /// Tells of the scope that explains most, then of those that explain what is left.
    pub fn tell(
        self,
        store: &Store,
        networks: &Networks,
        (drops, as_of): (&Drops, i64),
        out: &mut Vec<Finding>,
    ) {
        let Some(from) = self.peaks.iter().map(|peak| peak.from).min() else {
            return;
        };
        let online = self.online(store, networks, from);
        let candidates = self.peaks.iter().map(|peak| {
            let online = online.get(&peak.scope).copied().unwrap_or(0);
            Candidate {
                peak: peak.clone(),
                online,
                share: f64::from(peak.count) / f64::from(online.max(peak.count)),
            }
        });
        let (mut candidates, others): (Vec<_>, Vec<_>) =
            candidates.partition(|candidate| candidate.share >= self.limits.share);
        let others = others.iter().map(|other| other.peak.count).max();
        let by_scope = self.by_scope(store, networks, drops);
        let mut explained: FxHashSet<u32> = FxHashSet::default();
        while let Some(at) = best(&candidates, others.unwrap_or(0)) {
            let Candidate { peak, online, .. } = candidates.swap_remove(at);
            let of_scope = by_scope.get(&peak.scope).map_or(&[][..], Vec::as_slice);
            let dropped = dropped(store, of_scope, &peak);
            let rows = || dropped.iter().map(|dropped| dropped.row);
            let known = rows().filter(|row| explained.contains(row)).count();
            if known * 2 > dropped.len() {
                continue;
            }
            explained.extend(rows());
            out.push(finding(store, (&peak, online), dropped, as_of));
        }
    }

    /// How many SIMs of each scope had been online for a while at an instant.
    fn online(
        &self,
        store: &Store,
        networks: &Networks,
        at: i64,
    ) -> HashMap<Scope, u32, FxBuildHasher> {
        let mut counts: HashMap<Scope, u32, FxBuildHasher> = HashMap::default();
        for peak in &self.peaks {
            counts.insert(peak.scope, 0);
        }
        let kinds = self.kinds();
        for (_, lane) in store.lanes() {
            let settled = at.saturating_sub(self.limits.settled_ms);
            let rows = &lane.sessions;
            let after = rows.partition_point(|row| store.begin(*row) <= settled);
            let Some(row) = after.checked_sub(1).and_then(|last| rows.get(last)) else {
                continue;
            };
            if store.begin(*row) == NEVER || store.light_until(*row) < at {
                continue;
            }
            for kind in &kinds {
                let scope = scope_of(store, networks, *row, *kind);
                if let Some(count) = scope.and_then(|scope| counts.get_mut(&scope)) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// The drops from the first peak to the last, by scope, in the order of their times. Where much failed there are hundreds of peaks over the
    /// same thousands of drops.
    fn by_scope(
        &self,
        store: &Store,
        networks: &Networks,
        drops: &Drops,
    ) -> HashMap<Scope, Vec<(i64, u32)>, FxBuildHasher> {
        let from = self.peaks.iter().map(|peak| peak.from).min();
        let to = self.peaks.iter().map(|peak| peak.to).max();
        let mut by_scope: HashMap<Scope, Vec<(i64, u32)>, FxBuildHasher> = HashMap::default();
        for peak in &self.peaks {
            by_scope.entry(peak.scope).or_default();
        }
        let kinds = self.kinds();
        let (Some(from), Some(to)) = (from, to) else {
            return by_scope;
        };
        for (at, row) in drops.between(from, to) {
            for kind in &kinds {
                let scope = scope_of(store, networks, row, *kind);
                if let Some(of_scope) = scope.and_then(|scope| by_scope.get_mut(&scope)) {
                    of_scope.push((at, row));
                }
            }
        }
        by_scope
    }

    /// The kinds of scopes that there are peaks of.
    fn kinds(&self) -> Vec<Kind> {
        let mut kinds = Kind::ALL.to_vec();
        kinds.retain(|kind| self.peaks.iter().any(|peak| peak.scope.0 == *kind));
        kinds
    }
}

/// The place of the candidate that explains most; `others` is the most that dropped in a scope that is none.
fn best(candidates: &[Candidate], others: u32) -> Option<usize> {
    let counts = candidates.iter().map(|candidate| candidate.peak.count);
    let most = f64::from(counts.max()?.max(others));
    let scored = candidates.iter().enumerate().map(|(at, candidate)| {
        // As of a search: how much of the scope dropped, and how much of what dropped is in the scope.
        let (share, of_all) = (candidate.share, f64::from(candidate.peak.count) / most);
        let score = 2.0 * share * of_all / (share + of_all);
        (at, score, candidate.peak.scope)
    });
    let best = scored.max_by(|a, b| {
        a.1.total_cmp(&b.1)
            .then_with(|| order(b.2).cmp(&order(a.2)))
    });
    best.map(|(at, _, _)| at)
}

/// Which of scopes that explain the same is named: an operator rather than its only cell, country or vendor.
fn order((kind, number): Scope) -> (u8, u32) {
    let order = match kind {
        Kind::Operator => 0,
        Kind::Cell => 1,
        Kind::Country => 2,
        Kind::Vendor => 3,
    };
    (order, number)
}

/// The SIMs of a scope that dropped within its peak, each once.
fn dropped(store: &Store, of_scope: &[(i64, u32)], peak: &Peak) -> Vec<Dropped> {
    let mut dropped: Vec<Dropped> = Vec::with_capacity(peak.count as usize);
    let first = of_scope.partition_point(|(at, _)| *at < peak.from);
    let of_peak = of_scope.iter().skip(first);
    for &(at, row) in of_peak.take_while(|(at, _)| *at <= peak.to) {
        let lane = store.lane_of_session(row);
        let begins = store.lane(lane).map_or(&[][..], |lane| &lane.sessions);
        let next = begins.partition_point(|other| store.begin(*other) <= at);
        dropped.push(Dropped {
            at,
            row,
            lane,
            back: begins.get(next).map(|next| store.begin(*next)),
        });
    }
    dropped.sort_unstable_by_key(|dropped| (dropped.lane, dropped.at));
    dropped.dedup_by_key(|dropped| dropped.lane);
    dropped
}

fn finding(
    store: &Store,
    (peak, online): (&Peak, u32),
    dropped: Vec<Dropped>,
    as_of: i64,
) -> Finding {
    let mut back: Vec<i64> = dropped.iter().filter_map(|dropped| dropped.back).collect();
    let count = dropped.len();
    // Over when half of them are back.
    let half = count.div_ceil(2);
    let to = if half > 0 && back.len() >= half {
        *back.select_nth_unstable(half - 1).1
    } else {
        as_of
    };
    let to = to.max(peak.to);
    let long = to.saturating_sub(peak.from) >= HOUR_MS;
    let most = count * 2 >= online as usize;
    let events = dropped.iter().filter_map(|dropped| {
        let lane = store.lane(dropped.lane)?;
        let around = (dropped.at - 60_000, dropped.at + 60_000);
        Some(events_between(store, lane, around, |kind| {
            matches!(
                kind,
                EventKind::Disconnection | EventKind::SessionDeleted | EventKind::NetworkChange
            )
        }))
    });
    Finding {
        rule: Rule::Outage,
        severity: if long && most {
            Severity::Critical
        } else {
            Severity::Warning
        },
        from: peak.from,
        to,
        events: events.flatten().collect(),
        figures: Figures::Outage {
            scope: scope(store, peak.scope, &dropped),
            dropped: count as u32,
            online: online.max(count as u32),
            usual: peak.usual,
            back: back.len() as u32,
        },
        lanes: dropped.iter().map(|dropped| dropped.lane).collect(),
        sessions: dropped.iter().map(|dropped| dropped.row).collect(),
    }
}

/// A scope by name, told from one of its sessions.
fn scope(store: &Store, (kind, number): Scope, dropped: &[Dropped]) -> OutageScope {
    let columns = store.sessions();
    let row = dropped.first().map_or(u32::MAX, |dropped| dropped.row);
    let network = columns.network(row);
    match kind {
        Kind::Cell => OutageScope::Cell {
            cell: number,
            label: cell_label(store, number),
        },
        Kind::Operator => OutageScope::Operator(name_of(store, network)),
        Kind::Country => {
            let country = store.parts().network(network).country;
            OutageScope::Country(
                country.map_or_else(String::new, |country| country.as_str().to_owned()),
            )
        }
        Kind::Vendor => OutageScope::Vendor(store.provider_of(columns.sim(row))),
    }
}

fn cell_label(store: &Store, cell: u32) -> String {
    let cell = store.parts().cell(cell);
    if let Some(reported) = cell.reported {
        return reported.into_owned();
    }
    let area = cell.tac.or(cell.lac).map(|area| area.to_string());
    let wide = cell.eci.or(cell.ci).map(|id| id.to_string());
    let id = wide.or_else(|| cell.nci.map(|id| id.to_string()));
    [area, id]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("-")
}
