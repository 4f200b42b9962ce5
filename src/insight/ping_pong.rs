//! Back and forth between networks: the SIM leaves a network and comes back to it, again and again, as it does where two are
//! equally weak, where steering of roaming pushes it off the one it prefers, or where its list of networks is at odds with
//! the vendor's. Each change costs the device its session.
//!
//! **Definition.** A return is a change to the network that was left by the change before (A to B to A), no more than
//! [`Limits::stay_ms`] after it. At least
//! [`Limits::returns`] returns of one SIM lie within [`Limits::window_ms`], and at least [`Limits::times_usual`] times as
//! many as within the busiest such time of the SIM's usual day; or [`Limits::always`], however usual that is. Networks are
//! told apart by operator and country, whatever the PLMN or the spelling. Changes are those from one session to the next,
//! inside sessions (segments), and the vendor's events of such a change.
//!
//! **Stays silent at** a journey through many networks (each is left for another, not for the last), a SIM that lives at a
//! border and changes several times on any day, changes of the radio technology, and two sessions at once on two IMSIs.

use serde::{Deserialize, Serialize};

use super::burst::{self, Burst, Busy};
use super::lane::LaneRows;
use super::networks::{Networks, Operator, name_of};
use super::{Figures, Finding, HOUR_MS, MINUTE_MS, Rule, Severity};
use crate::model::EventKind;
use crate::store::Store;

/// A session of another IMSI that begins this long before the last one ended is a second one, not a change.
const OVERLAP_MS: i64 = MINUTE_MS;
const NO_ROW: u32 = u32::MAX;

/// When changes are back and forth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How long a time is looked at, milliseconds.
    pub window_ms: i64,
    /// For how long the SIM stays on the other network at most, milliseconds.
    pub stay_ms: i64,
    /// How many returns at least lie within it.
    pub returns: u32,
    /// How many times as many as usual.
    pub times_usual: f64,
    /// From how many on it is back and forth even where it is usual.
    pub always: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            window_ms: 6 * HOUR_MS,
            stay_ms: 90 * MINUTE_MS,
            returns: 8,
            times_usual: 3.0,
            always: 36,
        }
    }
}

/// The SIM is on a network from then on.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: i64,
    operator: Operator,
    network: u32,
    /// The row that tells so: of a session, or of an event.
    session: u32,
    event: u32,
}

/// Room to work in.
#[derive(Debug, Default)]
pub struct Scratch {
    steps: Vec<Step>,
    returns: Vec<i64>,
    /// Places of the steps that are returns.
    places: Vec<u32>,
    days: Vec<u32>,
}

/// Finds the busy times of returns of a lane.
pub fn find(
    store: &Store,
    rows: &LaneRows<'_>,
    networks: &Networks,
    limits: &Limits,
    scratch: &mut Scratch,
    out: &mut Vec<Finding>,
) {
    let Scratch {
        steps,
        returns,
        places,
        days,
    } = scratch;
    steps.clear();
    add_sessions(store, rows, networks, steps);
    add_events(store, rows, networks, steps);
    if steps.len() <= limits.returns as usize {
        return;
    }
    steps.sort_by_key(|step| step.at);
    steps.dedup_by_key(|step| step.operator);
    returns.clear();
    places.clear();
    for (place, three) in (2u32..).zip(steps.windows(3)) {
        if let [first, other, last] = three
            && first.operator == last.operator
            && last.at.saturating_sub(other.at) <= limits.stay_ms
        {
            returns.push(last.at);
            places.push(place);
        }
    }
    let busy = Busy {
        window_ms: limits.window_ms,
        least: limits.returns,
        times_usual: limits.times_usual,
        always: limits.always,
    };
    let active = rows.seen.iter().map(|seen| (seen.begin, seen.solid));
    burst::find(returns, active, &busy, days, |burst| {
        let place = |at: usize| places.get(at).map(|place| *place as usize);
        let (Some(first), Some(last)) = (place(burst.first), place(burst.last)) else {
            return;
        };
        let steps = steps
            .get(first.saturating_sub(2)..=last)
            .unwrap_or_default();
        out.extend(finding(store, rows, networks, (steps, &burst), limits));
    });
}

fn add_sessions(store: &Store, rows: &LaneRows<'_>, networks: &Networks, steps: &mut Vec<Step>) {
    let columns = store.sessions();
    // IMSI of the session that is followed, and until when it was up.
    let mut followed = (0, i64::MIN);
    for seen in rows.seen {
        if seen.imsi != followed.0 && seen.begin < followed.1.saturating_sub(OVERLAP_MS) {
            continue;
        }
        followed = (seen.imsi, seen.solid);
        let mut segments = 0;
        for (from, _, network, _, _) in columns.segment_numbers(seen.row) {
            let operator = networks.operator(network);
            add(steps, (from.ms(), operator, network), (seen.row, NO_ROW));
            segments += u32::from(operator != 0);
        }
        if segments == 0 {
            let on = (seen.begin, seen.operator, seen.network);
            add(steps, on, (seen.row, NO_ROW));
        }
    }
}

fn add_events(store: &Store, rows: &LaneRows<'_>, networks: &Networks, steps: &mut Vec<Step>) {
    let told = rows
        .found
        .events
        .iter()
        .filter_map(|row| Some((*row, store.event_row(*row)?)));
    for (row, event) in told.filter(|(_, event)| event.kind == EventKind::NetworkChange) {
        let operator = networks.operator(event.network_after);
        let on = (event.time.ms(), operator, event.network_after);
        add(steps, on, (NO_ROW, row));
    }
}

/// Adds a step unless it says nothing, or what the one before it said.
fn add(
    steps: &mut Vec<Step>,
    (at, operator, network): (i64, Operator, u32),
    (session, event): (u32, u32),
) {
    let same = steps
        .last()
        .is_some_and(|last| last.operator == operator && last.at <= at && last.event == NO_ROW);
    if operator != 0 && !(same && event == NO_ROW) {
        steps.push(Step {
            at,
            operator,
            network,
            session,
            event,
        });
    }
}

fn finding(
    store: &Store,
    rows: &LaneRows<'_>,
    networks: &Networks,
    (steps, burst): (&[Step], &Burst),
    limits: &Limits,
) -> Option<Finding> {
    // The first step is the network that it left first; when it came there does not matter.
    let (from, to) = (steps.get(1)?.at, steps.last()?.at);
    // The pair of networks that it changed between most.
    let mut pairs: Vec<(u32, [Step; 2])> = Vec::new();
    for two in steps.windows(2) {
        let [a, b] = two else { continue };
        let operators = [a.operator, b.operator];
        let known = pairs.iter_mut().find(|(_, [x, y])| {
            [x.operator, y.operator] == operators || [y.operator, x.operator] == operators
        });
        match known {
            Some((count, _)) => *count += 1,
            None => pairs.push((1, [*a, *b])),
        }
    }
    let (_, [a, b]) = pairs.into_iter().max_by_key(|(count, _)| *count)?;
    let [in_a, in_b] = [a, b].map(|step| networks.country(step.network));
    let mut sessions: Vec<u32> = steps.iter().map(|step| step.session).collect();
    sessions.dedup();
    let mut events: Vec<u32> = steps.iter().map(|step| step.event).collect();
    sessions.retain(|row| *row != NO_ROW);
    events.retain(|row| *row != NO_ROW);
    Some(Finding {
        rule: Rule::PingPong,
        severity: if burst.busiest >= limits.always {
            Severity::Critical
        } else {
            Severity::Warning
        },
        lanes: vec![rows.lane],
        from,
        to,
        sessions,
        events,
        figures: Figures::PingPong {
            between: [a, b].map(|step| name_of(store, step.network)),
            countries: in_a.is_some() && in_b.is_some() && in_a != in_b,
            returns: (burst.last - burst.first + 1) as u32,
            busiest: burst.busiest,
            usual: burst.usual,
            window_ms: limits.window_ms,
        },
    })
}

#[cfg(test)]
mod tests;
