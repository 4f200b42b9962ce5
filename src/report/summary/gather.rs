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
use crate::report::stretches::{self, SimTime, Stretch};
use crate::report::{Asked, Share};

const ALL: usize = 0;
const OPERATOR: usize = 1;
const VENDOR: usize = 4;
const SIM: usize = 5;
const DAY: usize = 6;
const HOUR: usize = 7;

/// Sums the sessions.
pub fn summary(asked: &Asked<'_>, ground: &Ground) -> Summary {
    let mut shown = Numbers::default();
    for row in asked.sessions {
        shown.insert(*row);
    }
    let mut gather = Gather::new(asked);
    for (lane, _) in asked.store.lanes().filter(|(lane, _)| (asked.lists)(*lane)) {
        gather.add_lane(asked, ground, &shown, lane);
    }
    gather.add_hours(asked);
    while !gather.settle(usize::MAX) {}
    gather.end(asked)
}

/// The figures while they are made: lane by lane, then in the order of the methods.
#[derive(Debug)]
pub struct Gather {
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
    /// Of the present lane.
    stretches: Vec<Stretch>,
}

impl Gather {
    /// Nothing is summed yet.
    pub fn new(asked: &Asked<'_>) -> Self {
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
            out: Summary::default(),
            breakdown: Breakdown::default(),
            tallies: Tallies::default(),
            lengths: Lengths::default(),
            hours,
            days: Keyed::default(),
            day_count: 0,
            lanes: Vec::new(),
            gaps: Vec::new(),
            stretches: Vec::new(),
        }
    }

    /// Adds a SIM with those of its sessions that are shown.
    pub fn add_lane(&mut self, asked: &Asked<'_>, ground: &Ground, shown: &Numbers, lane: u32) {
        let store = asked.store;
        let counts = |row: u32| shown.has(row) && !store.sessions().is_dead(row);
        let reading = Reading {
            store,
            ground,
            kept_from: kept_from(store, lane, asked.as_of),
            lane,
            span: (asked.span[0], asked.span[1]),
        };
        let vendor = store.provider_of_lane(lane);
        let sim = self.lanes.len() as u32;
        let mut stretches = std::mem::take(&mut self.stretches);
        let bounds = reading.read(&counts, &mut stretches, &mut |row, stretch| {
            self.count(asked, (lane, sim, vendor), row, stretch);
        });
        if let Some(bounds) = bounds {
            let hours = &mut self.hours;
            let ends = |from, to| ended_at(store, lane, from, to);
            let time = stretches::sum_telling(&stretches, &bounds, &ends, &mut |what, from, to| {
                if let Some(hours) = hours {
                    hours.add(what, from, to);
                }
            });
            self.breakdown.end_lane(lane, reading.span);
            self.add_time((lane, sim, vendor), &time);
        } else {
            self.out.sims_without += 1;
        }
        self.stretches = stretches;
    }

    fn add_time(&mut self, (lane, sim, vendor): (u32, u32, Option<ProviderId>), time: &SimTime) {
        self.lanes.push(lane);
        for (kind, row) in [(ALL, 0), (VENDOR, row_of(vendor)), (SIM, sim)] {
            if let Some(tally) = tally::of(&mut self.tallies, kind, row) {
                tally.add_time(lane, time);
            }
        }
        let lengths = time.gaps.iter().map(|gap| (gap.to - gap.from, 0));
        self.gaps.extend(lengths);
        let out = &mut self.out;
        out.unknown_ms += time.unknown;
        out.not_fetched_ms += time.not_fetched;
        out.sims_known += u32::from(time.known > 0);
        out.gaps_unsure += time.unsure;
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
        asked: &Asked<'_>,
        (lane, sim, vendor): (u32, u32, Option<ProviderId>),
        row: u32,
        stretch: &Stretch,
    ) {
        let store = asked.store;
        let [from, to] = asked.span;
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
        let calendar = asked.calendar;
        let day = self.row_of_day(calendar.day_of(stretch.begin));
        let hour = calendar.hour_of(stretch.begin);
        let vendor = row_of(vendor);
        let rows = [0, operator, country, radio, vendor, sim, day, hour];
        let length = length_of(store, row);
        for (kind, row) in rows.into_iter().enumerate() {
            if let Some(tally) = tally::of(&mut self.tallies, kind, row) {
                tally.count(lane);
                tally.carried.add(&traffic);
                tally.lengths += u32::from(length.is_some());
            }
        }
        if let Some(length) = length {
            self.lengths.add(length, rows);
        }
        self.out.reach_out += u32::from(stretch.begin < from || stretch.light > to);
    }

    /// All SIMs are in: adds time by day and hour.
    pub fn add_hours(&mut self, asked: &Asked<'_>) {
        let Some(hours) = &mut self.hours else {
            return;
        };
        let hours = std::mem::take(hours);
        let calendar = asked.calendar;
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

    /// Goes on with mean and median of all rows, by about so many sessions. True when that is done.
    pub fn settle(&mut self, sessions: usize) -> bool {
        self.lengths.settle(&mut self.tallies, sessions)
    }

    /// The lines, of which the first are named.
    pub fn end(mut self, asked: &Asked<'_>) -> Summary {
        let has_hours = self.hours.is_some();
        let tallies = std::mem::take(&mut self.tallies);
        let tally = |kind: usize, row: usize| -> Tally {
            let rows = tallies.get(kind);
            rows.and_then(|rows| rows.get(row))
                .copied()
                .unwrap_or_default()
        };
        let days = std::mem::take(&mut self.days).into_values();
        sort_numbers(&mut self.gaps);
        let most = asked.most;
        self.out.all = line_of(asked, &tally(ALL, 0));
        let shares = std::mem::take(&mut self.breakdown).into_rows();
        let mut kinds = (OPERATOR..).zip(shares).map(|(kind, shares)| {
            let rows = shares.into_iter().enumerate();
            let met = rows.filter(|(_, share)| share.sessions > 0).collect();
            let ordered = items_by_number(met, |(_, share): &(usize, Share)| -share.online_ms);
            listed(ordered, most, |(row, share)| {
                of_share(asked, share, &tally(kind, row))
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
            ..line_of(asked, &tally)
        });
        let of_sims = self.lanes.iter().enumerate();
        let online = |row: usize| tally(SIM, row).online.at_least_ms;
        let of_sims = of_sims.map(|(row, lane)| (*lane, row, -online(row)));
        let ordered = items_by_number(of_sims.collect(), |(.., online)| *online);
        let sims = listed(ordered, most, |(lane, row, _)| {
            let sim = asked.store.sim(lane);
            Line {
                value: sim.as_ref().map(identifier_of),
                name: sim.as_ref().map(name_of),
                lane: Some(lane),
                ..line_of(asked, &tally(SIM, row))
            }
        });
        let of_time = |value: Option<String>, tally: &Tally| {
            let line = line_of(asked, tally);
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
}

fn line_of(asked: &Asked<'_>, tally: &Tally) -> Line {
    let name = |lane: u32| asked.store.sim(lane).as_ref().map(name_of);
    Line {
        sessions: tally.sessions,
        sims: tally.sims,
        data: tally.carried.data(),
        durations: tally.durations(),
        online: Some(tally.online),
        longest_gap: tally.gap.map(|(lane, gap)| LongestGap {
            lane,
            sim: name(lane).unwrap_or_default(),
            from: gap.from,
            to: gap.to,
            cut: gap.cut,
        }),
        ..Line::default()
    }
}

fn of_share(asked: &Asked<'_>, share: Share, tally: &Tally) -> Line {
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
        ..line_of(asked, tally)
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
