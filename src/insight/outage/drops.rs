//! Sessions whose end left the SIM offline, by day, and the times at which they are many.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxBuildHasher;

use super::super::DAY_MS;
use super::super::lane::LaneRows;
use super::super::networks::Networks;
use super::Limits;
use crate::model::EndKind;
use crate::store::Store;
use crate::store::order::sort_numbers;

/// Sessions overlap by a little: the end of one is noted after the start of the next.
const OVERLAP_MS: i64 = 60_000;

/// What SIMs can have in common, the narrowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Cell,
    Operator,
    Country,
    Vendor,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Cell, Self::Operator, Self::Country, Self::Vendor];
}

/// A scope: its kind and a number of its own.
pub type Scope = (Kind, u32);

/// The scope of a kind that a session is in; null where that is not told.
pub fn scope_of(store: &Store, networks: &Networks, row: u32, kind: Kind) -> Option<Scope> {
    let columns = store.sessions();
    let number = match kind {
        Kind::Cell => columns.cell(row),
        Kind::Operator => networks.operator(columns.network(row)),
        Kind::Country => networks
            .country(columns.network(row))
            .map_or(0, |country| match country.as_str().as_bytes() {
                [a, b] => u32::from(*a) << 8 | u32::from(*b),
                _ => 0,
            }),
        Kind::Vendor => store.provider_of(columns.sim(row)) as u32 + 1,
    };
    (number != 0).then_some((kind, number))
}

/// A time at which many SIMs of a scope dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Peak {
    pub scope: Scope,
    /// When the first and the last of them dropped.
    pub from: i64,
    pub to: i64,
    pub count: u32,
    /// How many within the window on a usual day.
    pub usual: u32,
}

/// All drops.
#[derive(Debug, Default)]
pub struct Drops {
    /// By day: when, and the session's row.
    days: BTreeMap<i64, Vec<(i64, u32)>>,
    /// The day that is looked at; null before the first.
    day: Option<i64>,
    /// Its drops, with the first of the next day: a window may reach over midnight.
    today: Vec<(i64, u32)>,
    /// Of which kinds it is yet to be looked at.
    kinds: Vec<Kind>,
    /// Room to work in.
    keyed: Vec<(i64, u32)>,
    /// By scope: the most within the window on each day on which any dropped.
    usual: HashMap<Scope, Vec<(i64, u32)>, FxBuildHasher>,
    peaks: Vec<Peak>,
}

impl Drops {
    /// Adds those of a lane.
    pub fn add(&mut self, rows: &LaneRows<'_>, limits: &Limits) {
        let mut reach = i64::MIN;
        for (place, seen) in rows.seen.iter().enumerate() {
            let covered = reach > seen.solid.saturating_add(OVERLAP_MS);
            reach = reach.max(seen.solid);
            if covered || seen.end_kind != EndKind::Exact || seen.length_ms() < limits.settled_ms {
                continue;
            }
            let away = match rows.seen.get(place + 1) {
                Some(next) if next.begin >= seen.solid.saturating_add(limits.away_ms) => true,
                Some(next) => {
                    let differs = next.operator != seen.operator && next.operator != 0;
                    differs && seen.operator != 0 && next.begin + OVERLAP_MS >= seen.solid
                }
                None => rows.told_until >= seen.solid.saturating_add(limits.away_ms),
            };
            if away {
                let day = self.days.entry(seen.solid.div_euclid(DAY_MS)).or_default();
                day.push((seen.solid, seen.row));
            }
        }
    }

    /// The drops of an interval, in the order of their times, once all days were looked at.
    pub fn between(&self, from: i64, to: i64) -> impl Iterator<Item = (i64, u32)> {
        let days = from.div_euclid(DAY_MS)..=to.div_euclid(DAY_MS);
        let all = self
            .days
            .range(days)
            .flat_map(|(_, day)| day.iter().copied());
        all.filter(move |(at, _)| (from..=to).contains(at))
    }

    /// Looks at one day's drops in scopes of one kind. False when there is nothing left to look at.
    pub fn step(&mut self, store: &Store, networks: &Networks, limits: &Limits) -> bool {
        let Some(kind) = self.kinds.pop() else {
            return self.next_day(limits);
        };
        let day = self.day.unwrap_or_default();
        let (today, mut keyed) = (
            std::mem::take(&mut self.today),
            std::mem::take(&mut self.keyed),
        );
        keyed.clear();
        for (place, (_, row)) in (0u32..).zip(&today) {
            if let Some((_, number)) = scope_of(store, networks, *row, kind) {
                keyed.push((i64::from(number), place));
            }
        }
        sort_numbers(&mut keyed);
        for of_scope in keyed.chunk_by(|a, b| a.0 == b.0) {
            let Some((number, _)) = of_scope.first() else {
                continue;
            };
            let time = |place: usize| {
                let (_, at) = of_scope.get(place)?;
                today.get(*at as usize).map(|(at, _)| *at)
            };
            let scope = (kind, *number as u32);
            self.look(scope, day, limits, (of_scope.len(), &time));
        }
        (self.today, self.keyed) = (today, keyed);
        true
    }

    /// Takes up the next day. False when there is none.
    fn next_day(&mut self, limits: &Limits) -> bool {
        let from = self.day.map_or(i64::MIN, |day| day + 1);
        let Some((&day, drops)) = self.days.range_mut(from..).next() else {
            return false;
        };
        sort_numbers(drops);
        self.today.clone_from(drops);
        if let Some(next) = self.days.get(&(day + 1)) {
            let reach = ((day + 1) * DAY_MS).saturating_add(limits.window_ms);
            let first = self.today.len();
            self.today.extend(next.iter().filter(|(at, _)| *at < reach));
            sort_numbers(self.today.get_mut(first..).unwrap_or_default());
        }
        self.day = Some(day);
        self.kinds.extend(Kind::ALL);
        true
    }

    /// The most drops of a scope within the window on a day, and each time at which they are enough.
    fn look(
        &mut self,
        scope: Scope,
        day: i64,
        limits: &Limits,
        (count, time): (usize, &dyn Fn(usize) -> Option<i64>),
    ) {
        let mut last = 0;
        let mut most = 0;
        let known = self.peaks.len();
        let midnight = (day + 1) * DAY_MS;
        for first in 0..count {
            let Some(from) = time(first).filter(|from| *from < midnight) else {
                break;
            };
            last = last.max(first);
            let mut to = time(last).unwrap_or(from);
            while let Some(next) = time(last + 1).filter(|at| at - from < limits.window_ms) {
                last += 1;
                to = next;
            }
            let count = (last - first + 1) as u32;
            most = most.max(count);
            if count < limits.sims {
                continue;
            }
            let peak = Peak {
                scope,
                from,
                to,
                count,
                usual: 0,
            };
            let of_scope = self.peaks.get_mut(known..).unwrap_or_default();
            match of_scope.last_mut() {
                Some(before) if before.to >= from => {
                    if before.count < count {
                        *before = peak;
                    }
                }
                _ => self.peaks.push(peak),
            }
        }
        if most > 0 {
            self.usual.entry(scope).or_default().push((day, most));
        }
    }

    /// The times at which more dropped than usual, ordered by time.
    pub fn unusual(&self, limits: &Limits) -> Vec<Peak> {
        let mut peaks: Vec<Peak> = self
            .peaks
            .iter()
            .filter_map(|peak| {
                let day = peak.from.div_euclid(DAY_MS);
                let days = self.usual.get(&peak.scope)?;
                let others = days.iter().filter(|(other, _)| *other != day);
                let mut others: Vec<u32> = others.map(|(_, most)| *most).collect();
                let middle = others.len() / 2;
                let usual = if others.is_empty() {
                    0
                } else {
                    *others.select_nth_unstable(middle).1
                };
                let enough = f64::from(peak.count) >= f64::from(usual) * limits.times_usual;
                enough.then(|| Peak {
                    usual,
                    ..peak.clone()
                })
            })
            .collect();
        peaks.sort_by_key(|peak| (peak.from, peak.scope));
        peaks
    }
}
