//! SIMs and subscribers, with the open and the last completed session that they carry.

use crate::model::{
    Basis, EndKind, Instant, Network, ProviderId, Session, Sim, StartKind, Tag, Text,
};
use crate::provider::json::{Str, one};
use crate::provider::{ReadError, Record, Rows};

use super::super::{code, wire};
use super::serving::{Serving, country_place, plmn_of_digits};
use super::{milliseconds, some, texts, ulid_instant};

/// A SIM or a subscriber.
pub fn sim(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::Sim<'_>>(record.json)?;
    let identity = Identity::of(&wire);
    let key = some(wire.sim_id.as_ref())
        .or_else(|| identity.iccid.clone())
        .or_else(|| identity.imsi.clone())
        .or_else(|| record.sim.map(Text::Borrowed))
        .ok_or_else(|| ReadError::bad("simId", "the record names no SIM"))?;

    let status = wire.session_status.as_ref();
    let updated = milliseconds(
        "sessionStatus.lastUpdatedAt",
        status.and_then(|status| status.last_updated_at),
    )?;
    let current = match status {
        Some(status) if status.online == Some(true) => {
            Some(open_session(status, updated, &key, &identity, record)?)
        }
        _ => None,
    };
    let previous = match &wire.previous_session {
        Some(previous) => completed_session(previous, &key, &identity, record)?,
        None => None,
    };

    let mut sim = Sim::new(ProviderId::Soracom, key.clone());
    // The SIM id of an eUICC is its EID: 32 digits instead of an ICCID's 19.
    sim.eid = some(wire.sim_id.as_ref())
        .filter(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_digit()));
    sim.account = some(wire.operator_id.as_ref());
    sim.status = some(wire.status.as_ref());
    sim.speed_class = some(wire.speed_class.as_ref()).or_else(|| {
        // In a subscriber `type` is the speed class; in a SIM it is the kind of card.
        (record.answer.code == code::SUBSCRIBER)
            .then(|| some(wire.kind.as_ref()))
            .flatten()
    });
    for (name, value) in wire.tags.iter().flat_map(|tags| &tags.0) {
        match (name.0.as_ref(), some(value.as_ref())) {
            (_, None) => {}
            ("name", value) => sim.name = value,
            (name, Some(value)) => sim.tags.push(Tag {
                name: Text::Borrowed(name),
                value,
            }),
        }
    }
    sim.online = status.and_then(|status| status.online);
    sim.last_seen = updated.or_else(|| previous.as_ref().and_then(|session| session.end));
    sim.imei = status
        .and_then(|status| some(status.imei.as_ref()))
        .or_else(|| previous.as_ref().and_then(|session| session.imei.clone()));
    sim.current = current.as_ref().and_then(name_of);
    sim.previous = previous.as_ref().and_then(name_of);
    if let Some(session) = &current {
        sim.radio = session.radio;
        sim.network = session.network.clone();
        sim.cell = session.cell.clone();
        sim.place = session.place;
    }
    register(&wire, &mut sim)?;
    sim.iccid = identity.iccid;
    sim.iccids = identity.iccids;
    sim.imsis = identity.imsis;
    sim.msisdn = identity.msisdn;
    sim.subscription = identity.subscription;

    rows.sim(&sim);
    for session in previous.iter().chain(&current) {
        rows.session(session);
    }
    Ok(length)
}

/// The open session. The state has no start: the instant inside the session id stands in for it,
/// else the state's last update, which is its latest possible value.
fn open_session<'a>(
    wire: &'a wire::SessionStatus<'_>,
    updated: Option<Instant>,
    key: &Text<'a>,
    identity: &Identity<'a>,
    record: &Record<'_>,
) -> Result<Session<'a>, ReadError> {
    let mut session = Session::new(ProviderId::Soracom, key.clone(), Basis::Rebuilt);
    session.id = some(wire.session_id.as_ref());
    session.start = session
        .id
        .as_deref()
        .and_then(ulid_instant)
        .filter(|at| updated.is_none_or(|updated| *at <= updated))
        .or(updated);
    session.start_kind = match session.start {
        Some(_) => StartKind::Estimated,
        None => StartKind::Unknown,
    };
    session.end_kind = EndKind::Open;
    session.last_seen = updated;
    session.observed = record.observed;
    session.imei = some(wire.imei.as_ref());
    session.ips = texts(&wire.ue_ip_address);
    session.dns = texts(wire.dns_servers.iter().flatten());
    identity.put_into(&mut session, wire.imsi.as_ref(), wire.subscription.as_ref());
    Serving::read(wire.cell.as_ref(), "sessionStatus.cell", updated)?.put_into(&mut session);
    Ok(session)
}

/// The last completed session: the one before the open one, or the latest where none is open.
/// Null where the object tells neither when it was nor its id.
fn completed_session<'a>(
    wire: &'a wire::PreviousSession<'_>,
    key: &Text<'a>,
    identity: &Identity<'a>,
    record: &Record<'_>,
) -> Result<Option<Session<'a>>, ReadError> {
    let created = milliseconds("previousSession.createdTime", wire.created_time)?;
    let deleted = milliseconds("previousSession.deletedTime", wire.deleted_time)?;
    let id = some(wire.session_id.as_ref());
    if created.is_none() && deleted.is_none() && id.is_none() {
        return Ok(None);
    }
    let mut session = Session::new(ProviderId::Soracom, key.clone(), Basis::Rebuilt);
    session.id = id;
    if created.is_some() {
        session.start = created;
        session.start_kind = StartKind::Exact;
    } else {
        // Told apart by its end, so that two sessions of unknown start stay two.
        session.key_at = deleted;
    }
    if deleted.is_some() {
        session.end = deleted;
        session.end_kind = EndKind::Exact;
    }
    session.last_seen = deleted;
    session.observed = record.observed;
    session.imei = some(wire.imei.as_ref());
    session.ips = texts(&wire.ue_ip_address);
    session.dns = texts(wire.dns_servers.iter().flatten());
    identity.put_into(&mut session, wire.imsi.as_ref(), wire.subscription.as_ref());
    Serving::read(wire.cell.as_ref(), "previousSession.cell", deleted)?.put_into(&mut session);
    Ok(Some(session))
}

/// What a SIM row calls one of its sessions: the id, else the start.
fn name_of<'a>(session: &Session<'a>) -> Option<Text<'a>> {
    session
        .id
        .clone()
        .or_else(|| session.start.map(|at| Text::Owned(at.to_string())))
}

/// When it last registered, and on which network where no cell tells.
fn register(wire: &wire::Sim<'_>, sim: &mut Sim<'_>) -> Result<(), ReadError> {
    sim.registered_at = milliseconds("lastLocationUpdateTime", wire.last_location_update_time)?;
    let Some(status) = &wire.location_registration_status else {
        return Ok(());
    };
    let mut newest: Option<(Option<Instant>, Network<'static>)> = None;
    for (name, registration) in [("eps", &status.eps), ("ps", &status.ps), ("cs", &status.cs)] {
        let Some(registration) = registration else {
            continue;
        };
        let path = format!("locationRegistrationStatus.{name}");
        let at = milliseconds(
            &format!("{path}.lastModifiedTime"),
            registration.last_modified_time,
        )?;
        sim.registered_at = sim.registered_at.max(at);
        let plmn = some(registration.plmn.as_ref()).or_else(|| some(registration.vplmn.as_ref()));
        if let Some(plmn) = plmn {
            let network = plmn_of_digits(&plmn, &format!("{path}.plmn"))?;
            if newest.as_ref().is_none_or(|(newest, _)| at > *newest) {
                newest = Some((at, network));
            }
        }
    }
    if let Some((at, network)) = newest.filter(|_| sim.network.is_empty()) {
        sim.place = country_place(&network, at);
        sim.network = network;
    }
    Ok(())
}

/// Who the SIM is: a SIM names it two levels down as map keys, a subscriber at the top.
#[derive(Debug, Default)]
struct Identity<'a> {
    /// The ICCID in use.
    iccid: Option<Text<'a>>,
    iccids: Vec<Text<'a>>,
    /// The primary IMSI of the ICCID in use; null where there are several and none is primary.
    imsi: Option<Text<'a>>,
    imsis: Vec<Text<'a>>,
    msisdn: Option<Text<'a>>,
    subscription: Option<Text<'a>>,
    /// IMSI, ICCID and subscription of every subscriber.
    subscribers: Vec<(Text<'a>, Text<'a>, Option<Text<'a>>)>,
}

impl<'a> Identity<'a> {
    fn of(wire: &'a wire::Sim<'_>) -> Self {
        let mut identity = Self {
            iccid: some(wire.iccid.as_ref()),
            imsi: some(wire.imsi.as_ref()),
            msisdn: some(wire.msisdn.as_ref()),
            subscription: some(wire.subscription.as_ref()),
            ..Self::default()
        };
        let profiles: Vec<(Text<'a>, &'a wire::Profile<'_>)> = wire
            .profiles
            .iter()
            .flat_map(|profiles| &profiles.0)
            .filter_map(|(key, profile)| {
                let iccid = some(profile.iccid.as_ref()).or_else(|| some(Some(key)))?;
                Some((iccid, profile))
            })
            .collect();
        let active_id = some(wire.active_profile_id.as_ref());
        let active = profiles
            .iter()
            .position(|(iccid, _)| Some(iccid) == active_id.as_ref())
            .unwrap_or(0);
        // The profile in use first, so that its IMSIs lead.
        let ordered = profiles.get(active).into_iter().chain(
            profiles
                .iter()
                .enumerate()
                .filter_map(|(at, profile)| (at != active).then_some(profile)),
        );
        for (at, (iccid, profile)) in ordered.enumerate() {
            let subscribers: Vec<(Text<'a>, &'a wire::ProfileSubscriber<'_>)> = profile
                .subscribers
                .iter()
                .flat_map(|subscribers| &subscribers.0)
                .filter_map(|(key, subscriber)| {
                    let imsi = some(subscriber.imsi.as_ref()).or_else(|| some(Some(key)))?;
                    Some((imsi, subscriber))
                })
                .collect();
            let only = match subscribers.as_slice() {
                [(imsi, _)] => Some(imsi.clone()),
                _ => None,
            };
            let primary = some(profile.primary_imsi.as_ref()).or(only);
            if at == 0 {
                identity.iccid = identity.iccid.or_else(|| Some(iccid.clone()));
                identity.imsi = identity.imsi.or_else(|| primary.clone());
                if let Some((_, subscriber)) = subscribers
                    .iter()
                    .find(|(imsi, _)| Some(imsi) == identity.imsi.as_ref())
                {
                    identity.msisdn = identity.msisdn.or_else(|| some(subscriber.msisdn.as_ref()));
                    identity.subscription = identity
                        .subscription
                        .or_else(|| some(subscriber.subscription.as_ref()));
                }
            }
            add(&mut identity.iccids, Some(iccid));
            add(&mut identity.imsis, primary.as_ref());
            for (imsi, subscriber) in subscribers {
                add(&mut identity.imsis, Some(&imsi));
                let subscription = some(subscriber.subscription.as_ref());
                identity
                    .subscribers
                    .push((imsi, iccid.clone(), subscription));
            }
        }
        add(&mut identity.iccids, identity.iccid.as_ref());
        if let Some(imsi) = identity.imsi.clone() {
            identity.imsis.retain(|other| *other != imsi);
            identity.imsis.insert(0, imsi);
        }
        identity
    }

    /// Names a session: by the IMSI it tells itself, else by the SIM's primary one.
    fn put_into(
        &self,
        session: &mut Session<'a>,
        imsi: Option<&'a Str<'_>>,
        subscription: Option<&'a Str<'_>>,
    ) {
        session.imsi = some(imsi).or_else(|| self.imsi.clone());
        let subscriber = self
            .subscribers
            .iter()
            .find(|(imsi, _, _)| Some(imsi) == session.imsi.as_ref());
        session.iccid = subscriber
            .map(|(_, iccid, _)| iccid.clone())
            .or_else(|| self.iccid.clone());
        session.subscription = some(subscription)
            .or_else(|| subscriber.and_then(|(_, _, subscription)| subscription.clone()))
            .or_else(|| self.subscription.clone());
    }
}

/// Adds a text to a list of distinct ones.
fn add<'a>(list: &mut Vec<Text<'a>>, text: Option<&Text<'a>>) {
    if let Some(text) = text.filter(|text| !list.contains(text)) {
        list.push(text.clone());
    }
}
