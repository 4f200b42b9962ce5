//! A SIM ("thing") and the one position that the vendor keeps of it.

use crate::geo::country_of_mcc;
use crate::model::{
    Cell, Event, EventKind, Instant, Mcc, Mnc, Network, Place, PlaceKind, ProviderId, Sim, Text,
    UsageReported,
};
use crate::provider::json::{Digits, one};
use crate::provider::{ReadError, Record, Rows};

use super::super::wire;
use super::time::Times;
use super::{THING_PREFIX, iccid_of, some};

/// A thing, and its last position as an event: kept for each reading, they make a track.
pub fn thing(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::Thing<'_>>(record.json)?;
    let iccid = some(wire.external_unique_id.as_ref()).or_else(|| iccid_of(wire.thing_id.as_ref()));
    let key = some(wire.thing_id.as_ref())
        .or_else(|| {
            let iccid = iccid.as_deref()?;
            Some(Text::Owned(format!("{THING_PREFIX}{iccid}")))
        })
        .or_else(|| record.sim.map(Text::Borrowed))
        .ok_or_else(|| ReadError::bad("ThingId", "the record names no SIM"))?;
    let mut times = Times::default();
    let located = times.read(
        "LastLocation.Timestamp",
        wire.last_location
            .as_ref()
            .and_then(|last| last.timestamp.as_ref()),
    )?;
    let updated = times.read(
        "LastLocationUpdateTime",
        wire.last_location_update_time.as_ref(),
    )?;
    let network = network(&wire)?;
    let cell = cell(&wire, &network);
    let place = place(&wire, &network, located.or(updated));

    let mut sim = Sim::new(ProviderId::Monogoto, key);
    sim.iccids = iccid.iter().cloned().collect();
    sim.iccid = iccid;
    for imsi in [&wire.active_mobile_subscriber, &wire.imsi] {
        if let Some(imsi) = some(imsi.as_ref()).filter(|imsi| !sim.imsis.contains(imsi)) {
            sim.imsis.push(imsi);
        }
    }
    sim.imei = some(wire.imei.as_ref());
    sim.msisdn = some(wire.msisdn.as_ref());
    sim.name = some(wire.thing_name.as_ref());
    sim.description = some(wire.thing_description.as_ref());
    sim.account = some(wire.customer_id.as_ref());
    sim.status = some(wire.state.as_ref());
    sim.last_seen = located.max(updated);
    sim.usage_reported = usage(&wire);
    sim.network = network.clone();
    sim.cell = cell.clone();
    sim.place = place;

    for warning in times.warnings {
        rows.warning(warning);
    }
    rows.sim(&sim);
    if let Some(last) = &wire.last_location
        && let Some(time) = located.filter(|_| !(place.is_empty() && cell.is_empty()))
    {
        let mut event = Event::new(
            ProviderId::Monogoto,
            sim.sim.clone(),
            time,
            EventKind::LocationUpdate,
        );
        event.reported_kind = some(last.kind.as_ref());
        event.network = network;
        event.cell = cell;
        event.place = place;
        rows.event(&event);
    }
    Ok(length)
}

/// The visited network of the last position.
fn network<'a>(wire: &'a wire::Thing<'_>) -> Result<Network<'a>, ReadError> {
    let mut network = Network {
        operator: some(wire.mno_name.as_ref()),
        ..Network::default()
    };
    let Some(last) = &wire.last_location else {
        return Ok(network);
    };
    network.mcc = mcc(last.mcc.as_ref())?;
    if let Some(mcc) = network.mcc {
        network.country = country_of_mcc(mcc);
        (network.mnc, network.mnc_assumed) = mnc(last.mnc.as_ref(), mcc)?;
    }
    Ok(network)
}

/// An MCC as three digits, or as a number. Empty and 0 are none.
fn mcc(value: Option<&Digits<'_>>) -> Result<Option<Mcc>, ReadError> {
    let read = match value {
        None | Some(Digits::Number(0)) => return Ok(None),
        Some(Digits::Text(text)) if text.bytes().all(|b| b == b'0') => return Ok(None),
        Some(Digits::Text(text)) => Mcc::from_digits(text),
        Some(Digits::Number(number)) => Mcc::from_number(*number),
    };
    read.map(Some)
        .ok_or_else(|| ReadError::bad("LastLocation.MCC", "not a mobile country code"))
}

/// An MNC, and whether its number of digits had to be assumed: digits keep their zeros, a number
/// or a single digit has lost them.
fn mnc(value: Option<&Digits<'_>>, mcc: Mcc) -> Result<(Option<Mnc>, bool), ReadError> {
    let bad = || ReadError::bad("LastLocation.MNC", "not a mobile network code");
    let number = match value {
        None => return Ok((None, false)),
        Some(Digits::Text(text)) if text.is_empty() => return Ok((None, false)),
        Some(Digits::Text(text)) => {
            if let Some(mnc) = Mnc::from_digits(text) {
                return Ok((Some(mnc), false));
            }
            let digit = text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|_| digit).ok_or_else(bad)?
        }
        Some(Digits::Number(number)) => *number,
    };
    let mnc = Mnc::assumed_from_number(number, mcc).ok_or_else(bad)?;
    Ok((Some(mnc), true))
}

/// The serving cell. The vendor never tells the radio technology, and its `Lac` and `CellId` may be
/// a TAC and an ECI. A `CellId` up to 65535 is read as a 2G or 3G cell (an LTE cell with so small
/// an identity would need an eNodeB below 256); a larger one may be of 3G or of LTE, so it is kept
/// as text only, for a look-up to try both.
fn cell(wire: &wire::Thing<'_>, network: &Network<'_>) -> Cell<'static> {
    let last = wire.last_location.as_ref();
    let id = last
        .and_then(|last| last.cell_id)
        .or(wire.cell_id)
        .filter(|id| *id != 0);
    let lac = last
        .and_then(|last| last.lac)
        .or(wire.lac)
        .filter(|lac| *lac != 0);
    let reported = match (network.mcc, network.mnc, lac, id) {
        (Some(mcc), Some(mnc), Some(lac), Some(id)) => {
            Some(Text::Owned(format!("{mcc}-{mnc}-{lac}-{id}")))
        }
        _ => None,
    };
    let small = id.and_then(|id| u16::try_from(id).ok()).map(u32::from);
    Cell {
        reported,
        lac: small.and(lac),
        ci: small,
        ..Cell::default()
    }
}

/// The measured place of the tower. `AccuracyInKM` is in kilometres; a radius of 0 is unknown.
fn place(wire: &wire::Thing<'_>, network: &Network<'_>, at: Option<Instant>) -> Place {
    let tower = wire.last_location.as_ref().and_then(|last| {
        let place = Place::point(last.latitude?, last.longitude?, PlaceKind::Tower)?;
        let metres = last.accuracy_in_km.map(|km| km * 1000.0);
        Some(place.with_accuracy_m(metres.filter(|metres| *metres > 0.0)))
    });
    match tower {
        Some(place) => place.at(at),
        None if network.country.is_some() => Place::country(at),
        None => Place::default(),
    }
}

/// Lifetime bytes, else the counter whose period is not told.
fn usage(wire: &wire::Thing<'_>) -> Option<UsageReported<'static>> {
    let lifetime = wire
        .data
        .map(|value| (value, Some(Text::Borrowed("lifetime"))));
    let actual = wire
        .actual_usage
        .as_ref()
        .and_then(|usage| usage.data)
        .map(|value| (value, None));
    let (value, period) = lifetime.or(actual)?;
    Some(UsageReported {
        value,
        unit: Text::Borrowed("bytes"),
        period,
        sessions: None,
        average_session_s: None,
    })
}
