//! One pass over the SIMs in the list, each with its sessions, by their begin.

use crate::model::ProviderId;
use crate::store::order::{items_by_number, sort_numbers};
use crate::store::{Keyed, Numbers};

use super::hours::Hours;
use super::tally::{self, Lengths, NOWHERE, Tallies, Tally, length_of};
use super::{Line, Lines, LongestGap, Online, Summary};
use crate::report::breakdown::{Breakdown, Counted};
use crate::report::calendar::date_of;
use crate::report::ground::{Ground, kept_from};
use crate::report::lane::{Reading, ended_at};
use crate::report::naming::{identifier_of, name_of};
use crate::report::stretches::{self, Stretch};
use crate::report::{Asked, Share};

const ALL: usize = 0;
const OPERATOR: usize = 1;
const VENDOR: usize = 4;
const SIM: usize = 5;
const DAY: usize = 6;
const HOUR: usize = 7;

/// Sums the sessions.
pub fn summary(asked: &Asked<'_>, ground: &Ground) -> Summary {
    let store = asked.store;
    let mut shown = Numbers::default();
    for row in asked.sessions {
        shown.insert(*row);
    }
    let counts = |row: u32| shown.has(row) && !store.sessions().is_dead(row);
    let mut gather = Gather::new(asked);
    let mut stretches = Vec::new();
    for (lane, _) in store.lanes().filter(|(lane, _)| (asked.lists)(*lane)) {
        let reading = Reading {
            store,
            ground,
            kept_from: kept_from(store, lane, asked.as_of),
            lane,
            span: (asked.span[0], asked.span[1]),
        };
        let vendor = store.provider_of_lane(lane);
        let sim = gather.lanes.len() as u32;
        let bounds = reading.read(&counts, &mut stretches, &mut |row, stretch| {
            gather.count((lane, sim, vendor), row, stretch);
        });
        let Some(bounds) = bounds else {
            gather.out.sims_without += 1;
            continue;
        };
        let hours = &mut gather.hours;
        let ends = |from, to| ended_at(store, lane, from, to);
        let time = stretches::sum_telling(&stretches, &bounds, &ends, &mut |what, from, to| {
            if let Some(hours) = hours {
                hours.add(what, from, to);
            }
        });
        gather.lanes.push(lane);
        gather.breakdown.end_lane(lane, reading.span);
        for (kind, row) in [(ALL, 0), (VENDOR, row_of(vendor)), (SIM, sim)] {
            if let Some(tally) = tally::of(&mut gather.tallies, kind, row) {
                tally.add_time(lane, &time);
            }
        }
        let lengths = time.gaps.iter().map(|gap| (gap.to - gap.from, 0));
        gather.gaps.extend(lengths);
        let out = &mut gather.out;
        out.unknown_ms += time.unknown;
        out.not_fetched_ms += time.not_fetched;
        out.sims_known += u32::from(time.known > 0);
        out.gaps_unsure += time.unsure;
    }
    gather.end()
}

struct Gather<'a> {
    asked: &'a Asked<'a>,
    out: Summary,
    breakdown: Breakdown,
    tallies: Tallies,
    lengths: Lengths,
    hours: Option<Hours>,
    /// By day: the day, and one more than its row.
    days: Keyed<i64, (i64, u32)>,
    day_count: u32,
    /// The SIMs by row.
    lanes: Vec<u32>,
    gaps: Vec<(i64, u32)>,
}

impl<'a> Gather<'a> {
    fn new(asked: &'a Asked<'a>) -> Self {
        let [from, to] = asked.span;
        // Nothing is known beyond what is loaded and when it was fetched.
        let hours = asked.store.extent().and_then(|extent| {
            let observed = asked.store.latest_observed().map(crate::model::Instant::ms);
            let until = extent
                .to
                .max(asked.as_of)
                .max(observed.unwrap_or(extent.to));
            let from = from.max(extent.from);
            Hours::new(asked.calendar, from, to.min(until).max(from))
        });
        Self {
            asked,
            out: Summary::default(),
            breakdown: Breakdown::default(),
            tallies: Tallies::default(),
            lengths: Lengths::default(),
            hours,
            days: Keyed::default(),
            day_count: 0,
            lanes: Vec::new(),
            gaps: Vec::new(),
        }
    }

    fn row_of_day(&mut self, day: i64) -> u32 {
        let known = self.days.or_default(day);
        if known.1 == 0 {
            self.day_count += 1;
            *known = (day, self.day_count);
        }
        known.1 - 1
    }

    /// Counts a session with what it carried and how long it was.
    fn count(
        &mut self,
        (lane, sim, vendor): (u32, u32, Option<ProviderId>),
        row: u32,
        stretch: &Stretch,
    ) {
        let store = self.asked.store;
        let [from, to] = self.asked.span;
        let traffic = store.sessions().traffic(row);
        let counted = Counted {
            session: row,
            lane,
            begin: stretch.begin,
            solid: stretch.solid,
            light: stretch.light,
        };
        let whole = self.breakdown.add(store, &counted, (from, to), &traffic);
        let [operator, country, radio] = whole.map(|row| row.unwrap_or(NOWHERE));
        let calendar = self.asked.calendar;
        let day = self.row_of_day(calendar.day_of(stretch.begin));
        let hour = calendar.hour_of(stretch.begin);
        let vendor = row_of(vendor);
        let rows = [0, operator, country, radio, vendor, sim, day, hour];
        for (kind, row) in rows.into_iter().enumerate() {
            if let Some(tally) = tally::of(&mut self.tallies, kind, row) {
                tally.count(lane);
                tally.carried.add(&traffic);
            }
        }
        if let Some(length) = length_of(store, row) {
            self.lengths.add(length, rows);
        }
        self.out.reach_out += u32::from(stretch.begin < from || stretch.light > to);
    }

    /// Time by day and hour.
    fn add_hours(&mut self) {
        let Some(hours) = self.hours.take() else {
            return;
        };
        let calendar = self.asked.calendar;
        hours.each(&mut |at, [at_least, at_most, known]| {
            let day = self.row_of_day(calendar.day_of(at));
            for (kind, row) in [(DAY, day), (HOUR, calendar.hour_of(at))] {
                if let Some(tally) = tally::of(&mut self.tallies, kind, row) {
                    tally.online.at_least_ms += at_least;
                    tally.online.at_most_ms += at_most;
                    *tally.online.known_ms.get_or_insert(0) += known;
                }
            }
        });
    }

    fn end(mut self) -> Summary {
        let has_hours = self.hours.is_some();
        self.add_hours();
        let mut tallies = std::mem::take(&mut self.tallies);
        std::mem::take(&mut self.lengths).settle(&mut tallies);
        let tally = |kind: usize, row: usize| -> Tally {
            let rows = tallies.get(kind);
            rows.and_then(|rows| rows.get(row))
                .copied()
                .unwrap_or_default()
        };
        let days = std::mem::take(&mut self.days).into_values();
        sort_numbers(&mut self.gaps);
        let most = self.asked.most;
        self.out.all = self.line(&tally(ALL, 0));
        let shares = std::mem::take(&mut self.breakdown).into_rows();
        let mut kinds = (OPERATOR..).zip(shares).map(|(kind, shares)| {
            let rows = shares.into_iter().enumerate();
            let met = rows.filter(|(_, share)| share.sessions > 0).collect();
            let ordered = items_by_number(met, |(_, share): &(usize, Share)| -share.online_ms);
            listed(ordered, most, |(row, share)| {
                self.of_share(share, &tally(kind, row))
            })
        });
        let mut next = || kinds.next().unwrap_or_default();
        let [operators, countries, radios] = [next(), next(), next()];
        let of_vendors = ProviderId::ALL
            .into_iter()
            .map(|id| (id, tally(VENDOR, id as usize)));
        let met = of_vendors
            .filter(|(_, tally)| tally.online.known_ms.is_some())
            .collect();
        let ordered = items_by_number(met, |(_, tally): &(_, Tally)| -tally.online.at_least_ms);
        let vendors = listed(ordered, most, |(id, tally)| Line {
            value: Some(id.as_str().to_owned()),
            name: Some(crate::provider::capability(id).label.to_owned()),
            ..self.line(&tally)
        });
        let of_sims = self.lanes.iter().enumerate();
        let of_sims = of_sims
            .map(|(row, lane)| (*lane, tally(SIM, row)))
            .collect();
        let ordered = items_by_number(of_sims, |(_, tally): &(_, Tally)| -tally.online.at_least_ms);
        let sims = listed(ordered, most, |(lane, tally)| {
            let sim = self.asked.store.sim(lane);
            Line {
                value: sim.as_ref().map(identifier_of),
                name: sim.as_ref().map(name_of),
                lane: Some(lane),
                ..self.line(&tally)
            }
        });
        let of_time = |value: Option<String>, tally: &Tally| {
            let line = self.line(tally);
            Line {
                value,
                // Of a day outside of the span, on which a session began, no time counts.
                online: line.online.filter(|_| has_hours).map(|online| Online {
                    known_ms: online.known_ms.or(Some(0)),
                    ..online
                }),
                ..line
            }
        };
        let days = listed(
            items_by_number(days, |(day, _)| *day),
            usize::MAX,
            |(day, row)| of_time(date_of(day), &tally(DAY, row as usize - 1)),
        );
        let is_told = |tally: &Tally| tally.sessions > 0 || tally.online.known_ms.is_some();
        let hours = (0..24).map(|hour| (hour, tally(HOUR, hour)));
        let hours = hours.filter(|(_, tally)| is_told(tally)).collect();
        let hours = listed(hours, usize::MAX, |(hour, tally)| {
            of_time(Some(format!("{hour:02}")), &tally)
        });
        let gap = |at: usize| self.gaps.get(at).map(|(length, _)| *length);
        let half = self.gaps.len() / 2;
        let below = gap(self.gaps.len().saturating_sub(1) / 2);
        Summary {
            gaps: self.gaps.len() as u32,
            median_gap_ms: below.zip(gap(half)).map(|(a, b)| a.midpoint(b)),
            by_operator: operators,
            by_country: countries,
            by_radio: radios,
            by_vendor: vendors,
            by_sim: sims,
            by_day: days,
            by_hour: hours,
            ..self.out
        }
    }

    fn line(&self, tally: &Tally) -> Line {
        Line {
            sessions: tally.sessions,
            sims: tally.sims,
            data: tally.carried.data(),
            durations: tally.durations(),
            online: Some(tally.online),
            longest_gap: tally.gap.map(|(lane, gap)| LongestGap {
                lane,
                sim: self
                    .asked
                    .store
                    .sim(lane)
                    .as_ref()
                    .map(name_of)
                    .unwrap_or_default(),
                from: gap.from,
                to: gap.to,
                cut: gap.cut,
            }),
            ..Line::default()
        }
    }

    fn of_share(&self, share: Share, tally: &Tally) -> Line {
        Line {
            value: share.label,
            sessions: share.sessions,
            sims: share.sims,
            split: share.split,
            online: Some(Online {
                at_least_ms: share.online_ms,
                at_most_ms: share.online_most_ms,
                known_ms: None,
            }),
            ..self.line(tally)
        }
    }
}

/// The first of the rows. Names cost more than sums: only those that are listed have one.
fn listed<T>(rows: Vec<T>, most: usize, line: impl FnMut(T) -> Line) -> Lines {
    let total = rows.len() as u32;
    Lines {
        rows: rows.into_iter().take(most).map(line).collect(),
        total,
    }
}

fn row_of(vendor: Option<ProviderId>) -> u32 {
    vendor.map_or(NOWHERE, |id| id as u32)
}
