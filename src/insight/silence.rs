//! Silence that the SIM's own rhythm does not explain: it was heard every few minutes, every night or every week, and now for
//! much longer not at all.
//!
//! **Definition.** From the end of one sign of life to the next, or to when the data were fetched, passes more than
//! [`Limits::times_usual`] times the longest silence that is usual for the SIM, and more than [`Limits::least_ms`]; up to twice
//! as long where the SIM is irregular: where its longest silences are all of different lengths. Signs are sessions (from
//! their start until they were last known to be up) and events that the device causes. Usual is the longest silence between
//! signs but for at most three that stand out themselves. A silence that is over
//! is one of many that were, and counts from [`Limits::times_over`] times as long. It takes [`Limits::silences`] of them to know a
//! rhythm; with fewer than twice as many, silence counts from half as much again. What is known of less than
//! [`Limits::week_ms`] does not show a weekend: then silence counts from [`Limits::weekend_ms`] only.
//!
//! **Stays silent at** SIMs with an open session or that are said to be online (what the device does inside a session is not
//! told, and a record of a healthy one may stay unchanged for weeks); at sleeping devices and daily reporters, as their
//! silences are their rhythm; at SIMs that were never fetched or never heard; at those that are not active; after a session
//! whose end nobody reported. An old `last_seen` alone never counts; a new one shows that the SIM was heard.

use serde::{Deserialize, Serialize};

use super::lane::{LaneRows, Seen};
use super::{DAY_MS, Figures, Finding, HOUR_MS, Rule, Severity};
use crate::model::{EndKind, EventKind, Instant};
use crate::store::{NEVER, Store};

/// So many silences may stand out among a SIM's.
const MOST_OUTLIERS: usize = 3;
/// Lengths nearer to each other than this are alike.
const TWINS: f64 = 1.25;

/// When silence is too long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// So many times as long as usual.
    pub times_usual: f64,
    /// And so many times that where the silence is over.
    pub times_over: f64,
    /// Shorter is never too long, milliseconds.
    pub least_ms: i64,
    /// How many silences show a rhythm.
    pub silences: u32,
    /// From how long on what is known shows a weekend, milliseconds.
    pub week_ms: i64,
    /// Else shorter is never too long, milliseconds.
    pub weekend_ms: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            times_usual: 2.1,
            times_over: 1.45,
            least_ms: 12 * HOUR_MS,
            silences: 3,
            week_ms: 8 * DAY_MS,
            weekend_ms: 3 * DAY_MS,
        }
    }
}

/// From one sign of life to the next.
#[derive(Debug, Clone, Copy)]
struct Silence {
    from: i64,
    to: i64,
    /// Rows of the sessions before and after.
    sessions: [Option<u32>; 2],
    /// Rows of the events before and after, where these are the signs.
    events: [Option<u32>; 2],
}

impl Silence {
    fn length_ms(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// Room to work in.
#[derive(Debug, Default)]
pub struct Scratch {
    silences: Vec<Silence>,
    lengths: Vec<i64>,
}

/// Finds the silences of a lane.
pub fn find(
    store: &Store,
    rows: &LaneRows<'_>,
    limits: &Limits,
    scratch: &mut Scratch,
    out: &mut Vec<Finding>,
) {
    let Scratch { silences, lengths } = scratch;
    silences.clear();
    let mut signs = Signs::default();
    signs.walk(store, rows, silences);
    let Some(first) = signs.first else { return };
    lengths.clear();
    lengths.extend(silences.iter().map(Silence::length_ms));
    let whole_ms = signs.last.saturating_sub(first);
    let Some((usual_ms, times)) = usual(lengths, whole_ms, limits) else {
        return;
    };
    let ongoing = signs.ongoing(rows);
    let judged_by = lengths.len() as u32;
    let few = judged_by < 2 * limits.silences;
    let times = times * if few { 1.5 } else { 1.0 };
    for (silence, is_ongoing) in silences
        .iter()
        .map(|silence| (silence, false))
        .chain(ongoing.iter().map(|silence| (silence, true)))
    {
        let length_ms = silence.length_ms();
        let times = times * if is_ongoing { 1.0 } else { limits.times_over };
        let limit_ms = ((usual_ms as f64 * times) as i64).max(limits.least_ms);
        if length_ms <= limit_ms {
            continue;
        }
        let known_ms = whole_ms - if is_ongoing { 0 } else { length_ms };
        if known_ms < limits.week_ms && length_ms <= limits.weekend_ms {
            continue;
        }
        let much = length_ms / 3 > limit_ms;
        out.push(Finding {
            rule: Rule::Silence,
            severity: match (is_ongoing, much) {
                (true, true) => Severity::Critical,
                (true, false) | (false, true) => Severity::Warning,
                (false, false) => Severity::Notice,
            },
            lanes: vec![rows.lane],
            from: silence.from,
            to: silence.to,
            sessions: silence.sessions.iter().flatten().copied().collect(),
            events: silence.events.iter().flatten().copied().collect(),
            figures: Figures::Silence {
                silent_ms: length_ms,
                usual_ms,
                judged_by,
                ongoing: is_ongoing,
            },
        });
    }
}

/// The longest silence that is usual, and how many times as long is too long. Usual is the longest of all but those few that
/// are far longer than the rest, far from each other, and not nearly all of the time that the SIM is known for: three weekends,
/// or the days between weekly reports, are a rhythm. Null where there are too few. Orders the lengths, the longest first.
fn usual(lengths: &mut [i64], whole_ms: i64, limits: &Limits) -> Option<(i64, f64)> {
    if (lengths.len() as u32) < limits.silences {
        return None;
    }
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let most = MOST_OUTLIERS.min((lengths.len() as u32 - limits.silences) as usize);
    let mut usual = (*lengths.first()?, times(lengths, limits));
    let mut out_ms = 0;
    for at in 1..=most {
        let of_rest = lengths.get(at..).unwrap_or_default();
        let times = times(of_rest, limits);
        let (Some(longer), Some(shorter)) = (lengths.get(at - 1), of_rest.first()) else {
            break;
        };
        out_ms += longer;
        if out_ms / 4 * 5 > whole_ms {
            break;
        }
        let ratio = *longer as f64 / (*shorter).max(1) as f64;
        if ratio > times {
            usual = (*shorter, times);
        }
        if ratio < TWINS {
            break;
        }
    }
    Some(usual)
}

/// How many times the longest of these is too long: more where the eight longest are of many lengths, as of a SIM that is heard
/// at random. Those of one or two lengths are a rhythm: of nights and weekends, of reports and now and then a missed one.
fn times(lengths: &[i64], limits: &Limits) -> f64 {
    let longest = lengths.get(..lengths.len().min(8)).unwrap_or_default();
    let ratio = |longer: i64, shorter: i64| longer as f64 / shorter.max(1) as f64;
    let (mut all, mut most) = (1.0_f64, 1.0_f64);
    for two in longest.windows(2) {
        if let [longer, shorter] = two {
            let step = ratio(*longer, *shorter);
            all *= step;
            most = most.max(step);
        }
    }
    limits.times_usual * (all / most).sqrt().clamp(1.0, 2.0)
}

/// Signs of life in the order of their time.
#[derive(Debug)]
struct Signs {
    first: Option<i64>,
    /// Until when it was heard.
    last: i64,
    session: Option<u32>,
    event: Option<u32>,
    /// Nobody knows how long it was heard on from there.
    unsure: bool,
}

impl Default for Signs {
    fn default() -> Self {
        Self {
            first: None,
            last: NEVER,
            session: None,
            event: None,
            unsure: false,
        }
    }
}

impl Signs {
    fn walk(&mut self, store: &Store, rows: &LaneRows<'_>, silences: &mut Vec<Silence>) {
        let mut events = rows
            .found
            .events
            .iter()
            .filter_map(|row| Some((*row, store.event_row(*row)?)))
            .filter(|(_, event)| event.kind != EventKind::SimStatus)
            .map(|(row, event)| (row, event.time.ms()))
            .peekable();
        for seen in rows.seen {
            while let Some((row, at)) = events.next_if(|(_, at)| *at < seen.begin) {
                self.event(row, at, silences);
            }
            self.session(seen, silences);
        }
        for (row, at) in events {
            self.event(row, at, silences);
        }
    }

    fn session(&mut self, seen: &Seen, silences: &mut Vec<Silence>) {
        self.heard(seen.begin, ([Some(seen.row), None], silences));
        self.session = Some(seen.row);
        if seen.solid >= self.last {
            self.event = None;
            self.last = seen.solid;
            self.unsure = seen.end_kind != EndKind::Exact;
        }
    }

    fn event(&mut self, row: u32, at: i64, silences: &mut Vec<Silence>) {
        self.heard(at, ([None, Some(row)], silences));
        if at > self.last {
            self.event = Some(row);
            self.last = at;
            self.unsure = false;
        }
    }

    fn heard(&mut self, at: i64, (by, silences): ([Option<u32>; 2], &mut Vec<Silence>)) {
        let [session, event] = by;
        if self.first.is_some() && at > self.last && !self.unsure {
            silences.push(Silence {
                from: self.last,
                to: at,
                sessions: [self.session, session],
                events: [self.event, event],
            });
        }
        self.first.get_or_insert(at);
    }

    /// The silence that is not over; null where the SIM may be heard, or is not to be.
    fn ongoing(&self, rows: &LaneRows<'_>) -> Option<Silence> {
        let sim = rows.found.sim.as_deref();
        let online = sim.and_then(|sim| sim.online);
        let inactive = sim.is_some_and(|sim| {
            let capability = crate::provider::capability(sim.provider);
            let status = sim.status.as_deref();
            status.is_some_and(|status| capability.is_inactive(status))
        });
        let open = rows.found.facts.open > 0 && self.is_open(rows.seen);
        if online == Some(true) || open || inactive {
            return None;
        }
        if self.unsure && online.is_none() {
            return None;
        }
        let told = sim.map(|sim| [sim.last_seen, sim.registered_at]);
        let told = told.into_iter().flatten().flatten().map(Instant::ms).max();
        let from = self.last.max(told.unwrap_or(NEVER));
        (rows.told_until > from).then_some(Silence {
            from,
            to: rows.told_until,
            sessions: [self.session, None],
            events: [self.event, None],
        })
    }

    /// Whether the last session is open, or one of another IMSI. Open, and followed by another of the same IMSI, it has
    /// ended without a report.
    fn is_open(&self, seen: &[Seen]) -> bool {
        let last = seen.iter().rfind(|seen| Some(seen.row) == self.session);
        let mut open = seen.iter().filter(|seen| seen.end_kind == EndKind::Open);
        open.any(|open| last.is_none_or(|last| last.row == open.row || last.imsi != open.imsi))
    }
}

#[cfg(test)]
mod tests;
