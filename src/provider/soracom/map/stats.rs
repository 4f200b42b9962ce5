//! Usage over time buckets, and positions of towers.

use crate::model::{Instant, Mcc, Place, PlaceKind, ProviderId, Text, Usage, Warning};
use crate::provider::json::one;
use crate::provider::{CellLocation, ReadError, Record, Rows};

use super::super::wire;
use super::some;

/// What the licence of the look-up's data asks to be shown.
const ATTRIBUTION: &str = "Tower positions: OpenCelliD, CC BY-SA 4.0";

/// One bucket of air statistics. The vendor gives its start only, widened to the bucket's edge.
pub fn air_stats(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::AirStats<'_>>(record.json)?;
    let sim = record
        .sim
        .ok_or_else(|| ReadError::bad("", "air statistics name no SIM"))?;
    let from = Instant::from_s(wire.unixtime)
        .filter(|at| at.ms() > 0)
        .ok_or_else(|| ReadError::bad("unixtime", "not an instant in epoch seconds"))?;
    let sum = |figure: fn(&wire::TrafficStats) -> Option<u64>| {
        wire.data_traffic_stats_map
            .iter()
            .flat_map(|map| &map.0)
            .filter_map(|(_, stats)| figure(stats))
            .reduce(u64::saturating_add)
    };
    rows.usage(&Usage {
        provider: ProviderId::Soracom,
        source: Text::Borrowed(""),
        sim: Some(Text::Borrowed(sim)),
        from,
        to: None,
        bytes_up: sum(|stats| stats.upload_byte_size_total),
        bytes_down: sum(|stats| stats.download_byte_size_total),
        bytes_total: None,
        packets_up: sum(|stats| stats.upload_packet_size_total),
        packets_down: sum(|stats| stats.download_packet_size_total),
    });
    Ok(length)
}

/// A tower's position. The answer itself does not name the cell; a batch echoes what the caller
/// sent as `identifier`, and `MCC-MNC-AREA-CELL` is understood there.
pub fn cell_location(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::CellLocation<'_>>(record.json)?;
    let point = wire
        .lat
        .zip(wire.lon)
        .and_then(|(lat, lon)| Place::point(lat, lon, PlaceKind::Lookup));
    let Some((lat, lon)) = point.and_then(|place| place.lat.zip(place.lon)) else {
        // The tower is not known to the look-up, which is normal.
        return Ok(length);
    };
    let Some(cell) = wire.identifier.as_ref().and_then(|id| identity(&id.0)) else {
        rows.warning(Warning {
            field: Some("identifier".to_owned()),
            ..Warning::new(
                "cell_not_named",
                "A tower's position does not say which cell it is of, so it was not used. Ask for \
                 positions in a batch with identifiers like MCC-MNC-TAC-ECI.",
            )
        });
        return Ok(length);
    };
    let updated = some(wire.updated.as_ref());
    let updated_at = updated
        .as_deref()
        .and_then(Instant::from_rfc3339_or_zoneless)
        .map(|(at, _)| at);
    if updated.is_some() && updated_at.is_none() {
        rows.warning(Warning {
            field: Some("updated".to_owned()),
            ..Warning::new(
                "time_unreadable",
                "The age of a tower's position could not be read and is left out.",
            )
        });
    }
    rows.cell_location(&CellLocation {
        lat,
        lon,
        accuracy_m: wire.range.filter(|range| *range > 0.0),
        updated: updated_at,
        attribution: Text::Borrowed(ATTRIBUTION),
        ..cell
    });
    Ok(length)
}

/// The cell of `MCC-MNC-AREA-CELL`, at no place yet.
fn identity(identifier: &str) -> Option<CellLocation<'static>> {
    let mut parts = identifier.split('-');
    let mut next = || {
        parts
            .next()
            .filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let mcc = Mcc::from_number(next()?.parse().ok()?)?.number();
    let mnc = next()?.parse().ok().filter(|mnc| *mnc <= 999)?;
    let area = next()?.parse().ok()?;
    let cell = next()?.parse().ok()?;
    parts.next().is_none().then_some(CellLocation {
        mcc,
        mnc,
        area,
        cell,
        lat: 0.0,
        lon: 0.0,
        accuracy_m: None,
        updated: None,
        attribution: Text::Borrowed(""),
    })
}
