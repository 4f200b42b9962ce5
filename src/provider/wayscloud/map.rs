//! From the GlobalSIM JSON to the model: the only home of its quirks. The document is the vendor's
//! page "Sessions & Activity".

use std::fmt::Write;

use super::wire;
use crate::geo::{country_of_mcc, from_english_name};
use crate::model::{
    Basis, Country, EndKind, Event, EventKind, Mcc, Mnc, Network, Place, Radio, Session, Sim,
    StartKind, Text, Traffic, UsageReported, Warning,
};
use crate::provider::json::{self, Object, Str, text};
use crate::provider::rfc3339::Instants;
use crate::provider::{Envelope, ReadError, Record, Rows};

/// One session.
pub(super) fn session(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (Object(wire), length) = json::one::<Object<wire::Session<'_>>>(record.json)?;
    let mut instants = Instants::default();
    let sim = sim_key(text(wire.iccid), record)?;
    let mut row = Session::new(record.answer.provider, sim.clone(), Basis::Reported);
    row.id = text(wire.session_id);
    row.iccid = Some(sim);
    row.start = instants.read("start_time", wire.start_time)?;
    if row.start.is_some() {
        row.start_kind = StartKind::Exact;
    }
    // How an open session looks is not documented; the duration of one may be running, so no
    // instant is made of it.
    row.end = instants.read("end_time", wire.end_time)?;
    row.end_kind = match row.end {
        Some(_) => EndKind::Exact,
        None => EndKind::Open,
    };
    row.observed = record.observed;
    row.duration_reported_s = wire.duration_seconds;
    let network = Visited::read("network", wire.network)?;
    row.radio = network.radio;
    row.radio_reported = network.radio_reported;
    row.network = network.network;
    if row.network.country.is_some() {
        row.place = Place::country(row.end.or(row.start));
    }
    let usage = wire.data_usage.unwrap_or_default().0;
    row.traffic = Traffic::megabytes(usage.upload_mb, usage.download_mb, usage.total_mb);
    row.ips = text(wire.ip_address).into_iter().collect();

    instants.warn(rows);
    warn_of_country(network.unknown_country, rows);
    rows.session(&row);
    Ok(length)
}

/// One event. In the activity of all SIMs it also tells the SIM's number and device.
pub(super) fn event(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (Object(wire), length) = json::one::<Object<wire::Event<'_>>>(record.json)?;
    let mut instants = Instants::default();
    let key = sim_key(text(wire.iccid), record)?;
    let time = instants
        .read("timestamp", wire.timestamp)?
        .ok_or_else(|| ReadError::bad("timestamp", "the event has no time"))?;
    let reported_kind = text(wire.event_type);
    let kind = reported_kind.as_deref().map_or(EventKind::Other, kind);
    let mut row = Event::new(record.answer.provider, key.clone(), time, kind);
    row.id = text(wire.event_id);
    row.reported_kind = reported_kind;
    let at = Visited::read("network", wire.network)?;
    let before = Visited::read("previous_network", wire.previous_network)?;
    let after = Visited::read("current_network", wire.current_network)?;
    let mut details = wire.details.unwrap_or_default();
    row.signal = details.signal_strength;
    let radio_reported = text(details.network_type.take())
        .or(at.radio_reported)
        .or(after.radio_reported);
    row.radio = radio_reported.as_deref().and_then(Radio::from_reported);
    row.detail = detail(
        details,
        // The model has no other place for a technology that it does not know.
        radio_reported.filter(|_| row.radio.is_none()),
    );
    row.network = at.network;
    row.network_before = before.network;
    row.network_after = after.network;
    if row.network.country.or(row.network_after.country).is_some() {
        row.place = Place::country(Some(time));
    }

    instants.warn(rows);
    let unknown = [
        at.unknown_country,
        before.unknown_country,
        after.unknown_country,
    ];
    warn_of_country(unknown.into_iter().flatten().next(), rows);
    rows.event(&row);
    let (msisdn, device_id) = (text(wire.msisdn), text(wire.device_id));
    if msisdn.is_some() || device_id.is_some() {
        let mut sim = sim_of(record.answer.provider, key);
        sim.msisdn = msisdn;
        sim.device_id = device_id;
        rows.sim(&sim);
    }
    Ok(length)
}

/// A device with its SIM.
pub(super) fn device_sim(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (Object(wire), length) = json::one::<Object<wire::DeviceSim<'_>>>(record.json)?;
    let mut instants = Instants::default();
    let linked = wire.sim.unwrap_or_default().0;
    let Some(iccid) = text(linked.iccid) else {
        if linked.status.is_some() || linked.msisdn.is_some() {
            return Err(ReadError::bad("sim.iccid", "the SIM has no ICCID"));
        }
        rows.warning(warning(
            "device_without_sim",
            "sim",
            "the device has no SIM, so there is nothing to show",
        ));
        return Ok(length);
    };
    let mut row = sim_of(record.answer.provider, iccid);
    row.device_id = text(wire.device_id);
    row.device_name = text(wire.device_name);
    row.status = text(linked.status);
    row.msisdn = text(linked.msisdn);
    row.linked_at = instants.read("sim.linked_at", linked.linked_at)?;
    let network = Visited::read("sim.current_network", linked.current_network)?;
    row.radio = network.radio;
    row.network = network.network;
    if row.network.country.is_some() {
        row.place = Place::country(None);
    }
    row.usage_reported = linked.data_usage_mb.map(|value| UsageReported {
        value,
        unit: Text::Borrowed("MB"),
        period: None,
        sessions: None,
        average_session_s: None,
    });

    instants.warn(rows);
    warn_of_country(network.unknown_country, rows);
    rows.sim(&row);
    Ok(length)
}

/// The vendor's sums beside a list of sessions, as figures of the SIM that the list is about.
pub(super) fn summary(envelope: &Envelope, rows: &mut dyn Rows) {
    let Some(json) = envelope.raw("summary").filter(|json| *json != "null") else {
        return;
    };
    let Some(sim) = envelope_text(envelope, "iccid") else {
        rows.warning(warning(
            "summary_without_sim",
            "summary",
            "the summary beside the sessions names no SIM and was left out",
        ));
        return;
    };
    let Ok(Object(summary)) = serde_json::from_str::<Object<wire::Summary>>(json) else {
        rows.warning(warning(
            "bad_record",
            "summary",
            "the summary beside the sessions cannot be read and was left out",
        ));
        return;
    };
    let Some(value) = summary.total_data_mb else {
        return;
    };
    let mut row = sim_of(super::ID, sim);
    row.device_id = envelope_text(envelope, "device_id");
    row.usage_reported = Some(UsageReported {
        value,
        unit: Text::Borrowed("MB"),
        // Over the page or over the whole filter: not documented.
        period: None,
        sessions: summary.total_sessions,
        average_session_s: summary.average_session_duration_seconds,
    });
    rows.sim(&row);
}

fn sim_of(provider: crate::model::ProviderId, iccid: Text<'_>) -> Sim<'_> {
    let mut sim = Sim::new(provider, iccid.clone());
    sim.iccids = vec![iccid.clone()];
    sim.iccid = Some(iccid);
    sim
}

/// The vendor's key of a SIM is its ICCID: the record's, else the page's, else the one that the
/// answer was told to be about.
fn sim_key<'a>(iccid: Option<Text<'a>>, record: &Record<'a>) -> Result<Text<'a>, ReadError> {
    iccid
        .or_else(|| envelope_text(record.envelope, "iccid"))
        .or(record.sim.map(Text::Borrowed))
        .ok_or(ReadError::NoSim)
}

fn envelope_text<'a>(envelope: &'a Envelope, key: &str) -> Option<Text<'a>> {
    serde_json::from_str::<Str<'a>>(envelope.raw(key)?)
        .ok()
        .and_then(Str::non_empty)
}

fn kind(event_type: &str) -> EventKind {
    [
        ("connection", EventKind::Connection),
        ("disconnection", EventKind::Disconnection),
        ("network_change", EventKind::NetworkChange),
        ("data_usage_update", EventKind::DataUsage),
        ("location_update", EventKind::LocationUpdate),
    ]
    .into_iter()
    .find_map(|(name, kind)| name.eq_ignore_ascii_case(event_type).then_some(kind))
    .unwrap_or(EventKind::Other)
}

/// What has no field of its own in the model, as one line of plain text.
fn detail<'a>(details: wire::Details<'_>, network_type: Option<Text<'_>>) -> Option<Text<'a>> {
    let mut parts = Vec::new();
    match (details.current_usage_mb, text(details.period)) {
        (Some(mb), Some(period)) => parts.push(format!("{mb} MB in {period}")),
        (Some(mb), None) => parts.push(format!("{mb} MB")),
        (None, Some(period)) => parts.push(format!("period: {period}")),
        (None, None) => {}
    }
    parts.extend(network_type.map(|name| format!("network_type: {name}")));
    for (name, value) in details.others {
        if value != wire::Plain::None {
            let mut part = name.into_owned();
            // Writing into a String cannot fail.
            let _ = write!(part, ": {value}");
            parts.push(part);
        }
    }
    (!parts.is_empty()).then(|| Text::Owned(parts.join("; ")))
}

/// A network object, read.
#[derive(Default)]
struct Visited<'a> {
    network: Network<'a>,
    radio: Option<Radio>,
    radio_reported: Option<Text<'a>>,
    /// The field whose country is not known by that name.
    unknown_country: Option<&'static str>,
}

impl<'a> Visited<'a> {
    /// The country is the one of `country_code`, else of the MCC, else of the English name.
    fn read(
        field: &'static str,
        wire: Option<Object<wire::Network<'a>>>,
    ) -> Result<Self, ReadError> {
        let Some(Object(wire)) = wire else {
            return Ok(Self::default());
        };
        let bad = |name, message| ReadError::bad(&format!("{field}.{name}"), message);
        let plmn = match text(wire.network_code) {
            Some(code) => {
                Some(plmn(&code).ok_or_else(|| bad("network_code", "not five or six digits"))?)
            }
            None => None,
        };
        let code = match text(wire.country_code) {
            Some(code) => Some(
                Country::from_alpha2(&code)
                    .ok_or_else(|| bad("country_code", "not two letters"))?,
            ),
            None => None,
        };
        let name = text(wire.country);
        let country = code
            .or_else(|| country_of_mcc(plmn?.0))
            .or_else(|| from_english_name(name.as_deref()?));
        let radio_reported = text(wire.network_type);
        Ok(Self {
            network: Network {
                mcc: plmn.map(|(mcc, _)| mcc),
                mnc: plmn.map(|(_, mnc)| mnc),
                mnc_assumed: false,
                country,
                operator: text(wire.operator),
            },
            radio: radio_reported.as_deref().and_then(Radio::from_reported),
            radio_reported,
            unknown_country: (country.is_none() && name.is_some()).then_some(field),
        })
    }
}

/// `24201`: five digits are 3 + 2, six are 3 + 3.
fn plmn(code: &str) -> Option<(Mcc, Mnc)> {
    let (mcc, mnc) = code.split_at_checked(3)?;
    Some((Mcc::from_digits(mcc)?, Mnc::from_digits(mnc)?))
}

fn warn_of_country(field: Option<&'static str>, rows: &mut dyn Rows) {
    if let Some(field) = field {
        rows.warning(Warning {
            field: Some(format!("{field}.country")),
            ..Warning::new(
                "country_unknown",
                "no country is known by that name, so the place was left out",
            )
        });
    }
}

fn warning(code: &str, field: &str, message: &str) -> Warning {
    Warning {
        field: Some(field.to_owned()),
        ..Warning::new(code, message)
    }
}
