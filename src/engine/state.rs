//! How a SIM is doing: online, silent, offline for how long, or why nobody can say so.

use super::protocol::SimState;
use crate::store::{NEVER, Store};

/// An open session whose record has not changed for this long is silent.
pub const SILENT_MS: i64 = 24 * 3_600_000;

/// Whether a session of the lane is open.
pub fn is_open(store: &Store, lane: u32) -> bool {
    store.lane(lane).is_some_and(|lane| lane.facts.open > 0)
}

/// The last instant at which a session of the lane is known to have been up.
pub fn last_known(store: &Store, lane: u32) -> Option<i64> {
    let found = store.lane(lane)?;
    let of_sessions = found.facts.last_known;
    if of_sessions != NEVER {
        return Some(of_sessions);
    }
    let sim = found.sim.as_deref()?;
    sim.last_seen.map(crate::model::Instant::ms)
}

/// What the vendor's list of SIMs says: whether a session is open.
fn is_listed_online(store: &Store, lane: u32) -> Option<bool> {
    store.lane(lane)?.sim.as_deref()?.online
}

/// Whether the vendor reports a status in which the SIM cannot connect.
fn is_inactive(store: &Store, lane: u32) -> bool {
    let status = store
        .lane(lane)
        .and_then(|lane| lane.sim.as_deref())
        .and_then(|sim| sim.status.as_deref());
    let provider = store.provider_of_lane(lane);
    status
        .zip(provider)
        .is_some_and(|(status, provider)| crate::provider::capability(provider).is_inactive(status))
}

/// How many days of sessions the vendor keeps, where it was asked and has none of the SIM: whenever there was one, it is longer ago.
pub fn none_kept_of_days(store: &Store, lane: u32) -> Option<u16> {
    let is_none = last_known(store, lane).is_none() && store.is_told(lane);
    let provider = store.provider_of_lane(lane).filter(|_| is_none)?;
    crate::provider::capability(provider).retention_days
}

/// Whether that nothing is heard of a SIM can mean that it is offline: it has no open session, can connect, and its sessions were
/// asked for.
pub fn may_be_offline(store: &Store, lane: u32) -> bool {
    !is_open(store, lane) && !is_inactive(store, lane) && !store.is_unfetched(lane)
}

/// How a SIM is doing.
pub fn state_of(store: &Store, lane: u32, as_of: i64) -> SimState {
    let (last, online) = (last_known(store, lane), is_listed_online(store, lane));
    if is_open(store, lane) {
        let is_silent = last.is_some_and(|at| as_of.saturating_sub(at) > SILENT_MS);
        return if is_silent {
            SimState::Silent
        } else {
            SimState::Open
        };
    }
    let is_unfetched = store.is_unfetched(lane);
    if online == Some(true) && (last.is_none() || is_unfetched) {
        return SimState::Open;
    }
    if is_inactive(store, lane) {
        return SimState::NotActive;
    }
    if is_unfetched {
        return SimState::NotFetched;
    }
    match (last, none_kept_of_days(store, lane)) {
        (Some(_), _) => SimState::Offline,
        (None, Some(days)) => SimState::NoneKept(days),
        (None, None) if online == Some(false) => SimState::Offline,
        (None, None) => SimState::Unknown,
    }
}

/// For how long no session of a SIM has been open, at least, milliseconds: all the time that its vendor keeps, where that holds none.
/// Null while one is open, and where that is not what silence means.
pub fn offline_ms(store: &Store, lane: u32, as_of: i64) -> Option<i64> {
    match state_of(store, lane, as_of) {
        SimState::Offline => last_known(store, lane).map(|at| as_of.saturating_sub(at).max(0)),
        SimState::NoneKept(days) => Some(days_ms(days)),
        _ => None,
    }
}

/// Days in milliseconds.
pub fn days_ms(days: u16) -> i64 {
    i64::from(days) * 24 * 3_600_000
}
