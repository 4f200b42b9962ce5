//! Session events, each one part of a session, and the log of life-cycle changes.

use crate::model::{
    Basis, EndKind, Event, EventKind, Instant, ProviderId, Segment, Session, StartKind, Text,
    Warning,
};
use crate::provider::json::one;
use crate::provider::{ReadError, Record, Rows};

use super::super::wire;
use super::serving::Serving;
use super::{milliseconds, some, texts, ulid_instant, zone_missing};

/// A session event: a point event, and the part of its session that it tells.
pub fn session_event(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::SessionEvent<'_>>(record.json)?;
    let time =
        milliseconds("time", Some(wire.time))?.ok_or_else(|| ReadError::bad("time", "missing"))?;
    let created = match some(wire.created_time.as_ref()) {
        None => None,
        Some(text) => Some(
            Instant::from_rfc3339_or_zoneless(&text)
                .ok_or_else(|| ReadError::bad("createdTime", "not an ISO 8601 time"))?,
        ),
    };
    let serving = Serving::read(wire.cell.as_ref(), "cell", Some(time))?;
    let imsi = some(wire.imsi.as_ref());
    // Without `simId` the events of one subscriber are named by their IMSI, unless the visitor
    // said which SIM they are about.
    let sim = some(wire.sim_id.as_ref())
        .or_else(|| record.sim.map(Text::Borrowed))
        .or_else(|| imsi.clone())
        .ok_or_else(|| ReadError::bad("simId", "the event names neither a SIM nor an IMSI"))?;

    let kind = kind(&wire.event.0);
    let session = part_of_session(&wire, kind, &sim, time, created.map(|(at, _)| at), &serving);
    let mut event = Event::new(ProviderId::Soracom, sim.clone(), time, kind);
    event.reported_kind = some(Some(&wire.event));
    event.radio = serving.radio;
    event.network = serving.network;
    event.cell = serving.cell;
    event.place = serving.place;
    // One SIM can hold several sessions at once, one for each of its IMSIs.
    event.detail = imsi.map(|imsi| Text::Owned(format!("IMSI {imsi}")));

    if created.is_some_and(|(_, zoneless)| zoneless) {
        rows.warning(zone_missing("createdTime"));
    }
    match session {
        Some(mut session) => {
            session.observed = record.observed;
            rows.session(&session);
        }
        None if kind == EventKind::Other => {}
        None => rows.warning(Warning {
            field: Some("createdTime".to_owned()),
            ..Warning::new(
                "session_not_named",
                "An event has neither a session id nor the session's start, so it belongs to no \
                 session that could be drawn. It is shown as an event only.",
            )
        }),
    }
    rows.event(&event);
    Ok(length)
}

/// `Created`, `Modified` and `Deleted`, whatever their case; the list may grow.
fn kind(reported: &str) -> EventKind {
    [
        ("Created", EventKind::SessionCreated),
        ("Modified", EventKind::SessionModified),
        ("Deleted", EventKind::SessionDeleted),
    ]
    .into_iter()
    .find_map(|(name, kind)| reported.eq_ignore_ascii_case(name).then_some(kind))
    .unwrap_or(EventKind::Other)
}

/// What the event tells of its session. Records of one session share `sessionId`, else (IMSI,
/// `createdTime`); starts and ends are never paired by their order.
fn part_of_session<'a>(
    wire: &'a wire::SessionEvent<'_>,
    kind: EventKind,
    sim: &Text<'a>,
    time: Instant,
    created: Option<Instant>,
    serving: &Serving<'a>,
) -> Option<Session<'a>> {
    let id = some(wire.session_id.as_ref());
    let named = id.is_some() || created.is_some();
    if kind == EventKind::Other || !(named || kind == EventKind::SessionCreated) {
        return None;
    }
    let mut session = Session::new(ProviderId::Soracom, sim.clone(), Basis::Rebuilt);
    if kind == EventKind::SessionCreated {
        session.start = Some(time);
        session.start_kind = StartKind::Exact;
    } else if let Some(created) = created {
        // The start is told by every event of the session; a `Created`, if there is one, wins.
        session.start = Some(created);
        session.start_kind = StartKind::BeforeWindow;
    } else if let Some(estimate) = id.as_deref().and_then(ulid_instant) {
        session.start = Some(estimate.min(time));
        session.start_kind = StartKind::Estimated;
    }
    session.end_kind = EndKind::Open;
    if kind == EventKind::SessionDeleted {
        session.end = Some(time);
        session.end_kind = EndKind::Exact;
    } else if !serving.is_empty() {
        session.segments.push(Segment {
            from: time,
            radio: serving.radio,
            network: serving.network.clone(),
            cell: serving.cell.clone(),
            place: serving.place,
        });
    }
    session.id = id;
    session.key_at = created;
    session.last_seen = Some(time);
    session.imsi = some(wire.imsi.as_ref());
    session.imei = some(wire.imei.as_ref());
    session.subscription = some(wire.subscription.as_ref());
    session.apn = some(wire.apn.as_ref());
    session.ips = texts(&wire.ue_ip_address);
    session.dns = texts(wire.dns0.iter().chain(&wire.dns1));
    serving.clone().put_into(&mut session);
    Some(session)
}

/// An entry of the log of life-cycle changes. It records changes of speed class and group too.
pub fn status_change(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::StatusChange<'_>>(record.json)?;
    let time = Instant::from_s(wire.apply_date_time_epoch_sec).ok_or_else(|| {
        ReadError::bad("applyDateTimeEpochSec", "not an instant in epoch seconds")
    })?;
    let imsi = some(wire.imsi.as_ref()).or_else(|| some(wire.primary_imsi.as_ref()));
    let sim = some(wire.sim_id.as_ref())
        .or_else(|| record.sim.map(Text::Borrowed))
        .or_else(|| imsi.clone())
        .ok_or_else(|| ReadError::bad("simId", "the entry names neither a SIM nor an IMSI"))?;

    let bundles = texts(wire.bundles.iter().flatten());
    let told = [
        ("IMSI", imsi),
        ("subscription", some(wire.subscription.as_ref())),
        ("speed class", some(wire.speed_class.as_ref())),
        ("group", some(wire.group_id.as_ref())),
        (
            "bundles",
            (!bundles.is_empty()).then(|| Text::Owned(bundles.join(" "))),
        ),
    ];
    let detail: Vec<String> = told
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name} {value}")))
        .collect();

    let mut event = Event::new(ProviderId::Soracom, sim, time, EventKind::SimStatus);
    event.reported_kind = some(wire.status.as_ref());
    event.detail = (!detail.is_empty()).then(|| Text::Owned(detail.join(", ")));
    rows.event(&event);
    Ok(length)
}
