//! What becomes of two records of one thing. Rules without a vendor in them.

use super::order::items_by_number;
use crate::model::{EndKind, Segment, Session, Sim, StartKind, Traffic};

/// Merges a further record into a rebuilt or polled session. The result does not depend on the
/// order in which records arrive, but for fields that two records of the same instant tell
/// differently: there the one that came last wins.
pub fn merge_sessions<'a>(old: Session<'a>, new: Session<'a>) -> Session<'a> {
    // What the session is known by must not change with what is merged into it.
    let key_at = old.key_at.or(old.start).or(new.key_at).or(new.start);
    let (start, start_kind) = better_start(&old, &new);
    let (end, end_kind) = better_end(&old, &new);
    let segments = merge_segments(old.segments.clone(), new.segments.clone());
    let new_is_later = new.last_seen >= old.last_seen;
    let (earlier, later) = if new_is_later { (old, new) } else { (new, old) };
    let mut merged = Session {
        start,
        start_kind,
        end,
        end_kind,
        end_earliest: later.end_earliest.or(earlier.end_earliest),
        end_latest: later.end_latest.or(earlier.end_latest),
        last_seen: later.last_seen.or(earlier.last_seen),
        observed: later.observed.max(earlier.observed),
        key_at: key_at.filter(|at| Some(*at) != start),
        id: later.id.or(earlier.id),
        iccid: later.iccid.or(earlier.iccid),
        imsi: later.imsi.or(earlier.imsi),
        imei: later.imei.or(earlier.imei),
        subscription: later.subscription.or(earlier.subscription),
        duration_reported_s: later.duration_reported_s.or(earlier.duration_reported_s),
        apn: later.apn.or(earlier.apn),
        ips: pick(later.ips, earlier.ips, Vec::is_empty),
        dns: pick(later.dns, earlier.dns, Vec::is_empty),
        traffic: pick(later.traffic, earlier.traffic, |t| *t == Traffic::default()),
        ..later
    };
    if merged.cell.is_empty() && merged.network.is_empty() {
        merged.cell = earlier.cell;
        merged.network = earlier.network;
        merged.place = earlier.place;
    }
    if merged.radio.is_none() && merged.radio_reported.is_none() {
        merged.radio = earlier.radio;
        merged.radio_reported = earlier.radio_reported;
    }
    merged.segments = segments;
    merged
}

fn pick<T>(first: T, second: T, empty: impl Fn(&T) -> bool) -> T {
    if empty(&first) { second } else { first }
}

fn better_start(a: &Session<'_>, b: &Session<'_>) -> (Option<crate::model::Instant>, StartKind) {
    let rank = |kind| match kind {
        StartKind::Exact => 3,
        StartKind::BeforeWindow => 2,
        StartKind::Estimated => 1,
        StartKind::Unknown => 0,
    };
    match rank(a.start_kind).cmp(&rank(b.start_kind)) {
        std::cmp::Ordering::Greater => (a.start, a.start_kind),
        std::cmp::Ordering::Less => (b.start, b.start_kind),
        std::cmp::Ordering::Equal => (
            match (a.start, b.start) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
            a.start_kind,
        ),
    }
}

fn better_end(a: &Session<'_>, b: &Session<'_>) -> (Option<crate::model::Instant>, EndKind) {
    let rank = |kind| match kind {
        EndKind::Exact => 3,
        EndKind::Estimated => 2,
        EndKind::Open => 1,
        EndKind::Unknown => 0,
    };
    match rank(a.end_kind).cmp(&rank(b.end_kind)) {
        std::cmp::Ordering::Greater => (a.end, a.end_kind),
        std::cmp::Ordering::Less => (b.end, b.end_kind),
        std::cmp::Ordering::Equal => (a.end.max(b.end), a.end_kind),
    }
}

/// All segments by their start; of two with the same start the one that says more.
fn merge_segments<'a>(a: Vec<Segment<'a>>, b: Vec<Segment<'a>>) -> Vec<Segment<'a>> {
    let all = items_by_number(a.into_iter().chain(b).collect(), |segment| {
        i64::from(segment.cell.is_empty())
    });
    let mut all = items_by_number(all, |segment: &Segment<'a>| segment.from.ms());
    all.dedup_by_key(|segment| segment.from);
    all
}

/// A later record of a SIM: what it has replaces, what it lacks stays.
pub fn merge_sims<'a>(old: Sim<'a>, new: Sim<'a>) -> Sim<'a> {
    let stale = new.last_seen.is_some() && new.last_seen < old.last_seen;
    let (old, new) = if stale { (new, old) } else { (old, new) };
    let same_network = new.network.is_empty() && new.cell.is_empty() && new.radio.is_none();
    let (radio, network, cell) = if same_network {
        (old.radio, old.network, old.cell)
    } else {
        (new.radio, new.network, new.cell)
    };
    Sim {
        provider: new.provider,
        source: new.source,
        sim: new.sim,
        iccid: new.iccid.or(old.iccid),
        iccids: union(new.iccids, old.iccids),
        imsis: union(new.imsis, old.imsis),
        eid: new.eid.or(old.eid),
        msisdn: new.msisdn.or(old.msisdn),
        imei: new.imei.or(old.imei),
        name: new.name.or(old.name),
        description: new.description.or(old.description),
        account: new.account.or(old.account),
        status: new.status.or(old.status),
        online: new.online.or(old.online),
        last_seen: new.last_seen.or(old.last_seen),
        registered_at: new.registered_at.or(old.registered_at),
        subscription: new.subscription.or(old.subscription),
        speed_class: new.speed_class.or(old.speed_class),
        device_id: new.device_id.or(old.device_id),
        device_name: new.device_name.or(old.device_name),
        linked_at: new.linked_at.or(old.linked_at),
        radio,
        network,
        cell,
        place: if new.place.is_empty() {
            old.place
        } else {
            new.place
        },
        usage_reported: new.usage_reported.or(old.usage_reported),
        tags: if new.tags.is_empty() {
            old.tags
        } else {
            new.tags
        },
        label: None,
        current: if new.online.is_some() {
            new.current
        } else {
            new.current.or(old.current)
        },
        previous: new.previous.or(old.previous),
    }
}

fn union<'a>(
    mut first: Vec<crate::model::Text<'a>>,
    second: Vec<crate::model::Text<'a>>,
) -> Vec<crate::model::Text<'a>> {
    for text in second {
        if !first.contains(&text) {
            first.push(text);
        }
    }
    first
}
