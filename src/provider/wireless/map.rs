//! From the Wireless JSON to the model: the only home of its quirks. The documents are the vendors'
//! `DataSession`, `Sim` and `UsageRecord` resource pages and their published samples.

use super::wire;
use crate::geo::{Numbering, country_of_mcc, from_alpha3};
use crate::model::{
    Basis, Cell, Country, EndKind, Instant, Mcc, Mnc, Network, Place, PlaceKind, ProviderId, Radio,
    Session, Sim, StartKind, Tag, Text, Traffic, Usage, Warning,
};
use crate::provider::json::{self, Digits, Object, Str, text};
use crate::provider::rfc3339::Instants;
use crate::provider::{Envelope, ReadError, Record, Rows};

/// One data session.
pub(super) fn data_session(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (Object(wire), length) = json::one::<Object<wire::DataSession<'_>>>(record.json)?;
    let mut instants = Instants::default();
    let sim = sim_key("sim_sid", text(wire.sim_sid), record)?
        .ok_or_else(|| ReadError::bad("sim_sid", "the session names no SIM"))?;
    let mut row = Session::new(record.answer.provider, sim, Basis::Reported);
    // Null in a published sample, and two rows of a vendor's fixture share one: not a key alone.
    row.id = text(wire.sid);
    row.start = instants.read("start", wire.start)?;
    if row.start.is_some() {
        row.start_kind = StartKind::Exact;
    }
    row.end = instants.read("end", wire.end)?;
    row.end_kind = match row.end {
        Some(_) => EndKind::Exact,
        None => EndKind::Open,
    };
    row.last_seen = instants.read("last_updated", wire.last_updated)?;
    row.observed = record.observed;
    row.imei = match imei("imei", wire.imei)? {
        Some(imei) => Some(imei),
        None => imei("imeisv", wire.imeisv)?,
    };
    row.radio_reported = text(wire.radio_link);
    row.radio = row.radio_reported.as_deref().and_then(Radio::from_reported);
    let plmn = Plmn::read(wire.operator_mcc, wire.operator_mnc)?;
    let country = country(text(wire.operator_country))?;
    row.network = Network {
        mcc: plmn.mcc,
        mnc: plmn.mnc,
        mnc_assumed: plmn.mnc_assumed,
        country: country.known.or_else(|| country_of_mcc(plmn.mcc?)),
        operator: text(wire.operator_name),
    };
    row.cell = cell(text(wire.cell_id), row.radio);
    row.place = place(
        wire.cell_location_estimate,
        row.network.country,
        row.last_seen,
    );
    row.traffic = Traffic::packets(wire.packets_uploaded, wire.packets_downloaded);

    instants.warn(rows);
    if country.unassigned {
        rows.warning(warning(
            "country_unknown",
            "operator_country",
            "the country code is not assigned; the country was taken from the mobile country code",
        ));
    }
    if plmn.mnc_dropped {
        rows.warning(warning(
            "mnc_without_mcc",
            "operator_mnc",
            "a network code sent as a number without its country code cannot be read and was left out",
        ));
    }
    rows.session(&row);
    Ok(length)
}

/// One SIM.
pub(super) fn sim(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (Object(wire), length) = json::one::<Object<wire::Sim<'_>>>(record.json)?;
    let key = sim_key("sid", text(wire.sid), record)?
        .ok_or_else(|| ReadError::bad("sid", "the SIM has no sid"))?;
    let mut row = Sim::new(record.answer.provider, key);
    row.iccid = text(wire.iccid);
    row.iccids = row.iccid.iter().cloned().collect();
    // Twilio's specification says e_id, KORE's says eid and its page e_id.
    row.eid = text(wire.e_id).or_else(|| text(wire.eid));
    let unique_name = text(wire.unique_name);
    row.name = text(wire.friendly_name).or_else(|| unique_name.clone());
    row.tags = unique_name
        .into_iter()
        .map(|value| Tag {
            name: Text::Borrowed("unique_name"),
            value,
        })
        .collect();
    row.account = text(wire.account_sid);
    row.status = text(wire.status);
    row.subscription = text(wire.rate_plan_sid);
    rows.sim(&row);
    let links = wire.links.unwrap_or_default().0;
    let addresses = [
        wire.url,
        links.data_sessions,
        links.usage_records,
        links.rate_plan,
    ];
    if let Some(vendor) = addresses
        .into_iter()
        .flatten()
        .find_map(|url| vendor(&url.0))
    {
        rows.vendor(vendor);
    }
    Ok(length)
}

/// Usage of a SIM or of the account over a period.
pub(super) fn usage_record(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (Object(wire), length) = json::one::<Object<wire::UsageRecord<'_>>>(record.json)?;
    let mut instants = Instants::default();
    let sim = sim_key("sim_sid", text(wire.sim_sid), record)?;
    if sim.is_none() && !record.account {
        return Err(ReadError::NoSim);
    }
    let period = wire.period.unwrap_or_default().0;
    let data = wire.data.unwrap_or_default().0;
    let from = instants.read("period.start", period.start)?;
    let to = instants.read("period.end", period.end)?;
    if text(data.units).is_some_and(|units| !units.eq_ignore_ascii_case("bytes")) {
        return Err(ReadError::bad("data.units", "the unit is not bytes"));
    }
    instants.warn(rows);
    // The specification allows `{}`.
    let Some(from) = from else {
        rows.warning(warning(
            "usage_without_period",
            "period.start",
            "a usage record without a period cannot be placed in time and was left out",
        ));
        return Ok(length);
    };
    rows.usage(&Usage {
        provider: record.answer.provider,
        source: Text::Borrowed(""),
        sim,
        from,
        to,
        bytes_up: data.upload,
        bytes_down: data.download,
        bytes_total: data.total,
        packets_up: None,
        packets_down: None,
    });
    Ok(length)
}

/// Says which vendor wrote a page, by the addresses in its `meta`.
pub(super) fn meta(envelope: &Envelope, rows: &mut dyn Rows) {
    let meta: wire::Meta = envelope.parse("meta").unwrap_or_default();
    // Which host KORE puts into the address of the next page is not documented: only its own says something.
    let next = meta
        .next_page_url
        .filter(|url| vendor(url) == Some(ProviderId::Kore));
    let addresses = [meta.url, meta.first_page_url, next];
    if let Some(vendor) = addresses.iter().flatten().find_map(|url| vendor(url)) {
        rows.vendor(vendor);
    }
}

/// The vendor whose host an address names.
fn vendor(url: &str) -> Option<ProviderId> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let is = |domain| {
        host.strip_suffix(domain)
            .is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    };
    if is("korewireless.com") {
        Some(ProviderId::Kore)
    } else if is("twilio.com") {
        Some(ProviderId::Twilio)
    } else {
        None
    }
}

/// The record's SIM, else the one that the answer was told to be about. A Super SIM is refused: it
/// belongs to another product, which lists no data sessions.
fn sim_key<'a>(
    field: &'static str,
    sid: Option<Text<'a>>,
    record: &Record<'a>,
) -> Result<Option<Text<'a>>, ReadError> {
    let sim = sid.or(record.sim.map(Text::Borrowed));
    if sim.as_deref().is_some_and(|sim| sim.starts_with("HS")) {
        return Err(ReadError::bad(
            field,
            "this is a Super SIM, another product, which has no list of data sessions; \
             simscope reads Programmable Wireless SIMs (DE...)",
        ));
    }
    Ok(sim)
}

/// YAML and spreadsheet tools turn an IMEI into a number and lose its leading zeros.
fn imei<'a>(field: &'static str, value: Option<Digits<'a>>) -> Result<Option<Text<'a>>, ReadError> {
    match value {
        None | Some(Digits::Number(0)) => Ok(None),
        Some(Digits::Text(imei)) => Ok(Str(imei).non_empty()),
        Some(Digits::Number(n)) if n < 10_000_000_000_000_000 => {
            Ok(Some(Text::Owned(format!("{n:015}"))))
        }
        Some(Digits::Number(_)) => Err(ReadError::bad(field, "more than 16 digits")),
    }
}

#[derive(Default)]
struct Plmn {
    mcc: Option<Mcc>,
    mnc: Option<Mnc>,
    mnc_assumed: bool,
    mnc_dropped: bool,
}

impl Plmn {
    /// Strings, or (in samples of 2017) integers, 0 for none.
    fn read(mcc: Option<Digits<'_>>, mnc: Option<Digits<'_>>) -> Result<Self, ReadError> {
        let mcc = match mcc {
            None | Some(Digits::Number(0)) => None,
            Some(Digits::Text(text)) if text.is_empty() || text == "000" => None,
            Some(Digits::Text(text)) => Some(
                Mcc::from_digits(&text)
                    .ok_or_else(|| ReadError::bad("operator_mcc", "not three digits"))?,
            ),
            Some(Digits::Number(n)) => Some(
                Mcc::from_number(n)
                    .ok_or_else(|| ReadError::bad("operator_mcc", "more than three digits"))?,
            ),
        };
        let mut plmn = Self {
            mcc,
            ..Self::default()
        };
        match (mnc, mcc) {
            (Some(Digits::Text(text)), _) if !text.is_empty() => {
                plmn.mnc =
                    Some(Mnc::from_digits(&text).ok_or_else(|| {
                        ReadError::bad("operator_mnc", "not two or three digits")
                    })?);
            }
            (Some(Digits::Number(n)), Some(mcc)) => {
                plmn.mnc = Some(
                    Mnc::assumed_from_number(n, mcc)
                        .ok_or_else(|| ReadError::bad("operator_mnc", "more than three digits"))?,
                );
                plmn.mnc_assumed = true;
            }
            (Some(Digits::Number(n)), None) => plmn.mnc_dropped = n != 0,
            _ => {}
        }
        Ok(plmn)
    }
}

#[derive(Default)]
struct OperatorCountry {
    known: Option<Country>,
    unassigned: bool,
}

/// Three letters; letters that no country has are not worth losing the session.
fn country(code: Option<Text<'_>>) -> Result<OperatorCountry, ReadError> {
    let Some(code) = code else {
        return Ok(OperatorCountry::default());
    };
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Err(ReadError::bad("operator_country", "not three letters"));
    }
    let known = from_alpha3(&code);
    Ok(OperatorCountry {
        known,
        unassigned: known.is_none(),
    })
}

/// `MCC-MNC-LAC-CID` in the one real sample. The documents call it an opaque text, so what does not
/// fit is kept as reported only.
fn cell(reported: Option<Text<'_>>, radio: Option<Radio>) -> Cell<'_> {
    let mut cell = radio
        .zip(reported.as_deref().and_then(area_and_cell))
        .and_then(|(radio, (area, id))| cell_of(radio, area, id))
        .unwrap_or_default();
    cell.reported = reported;
    cell
}

fn area_and_cell(composite: &str) -> Option<(u32, u64)> {
    /// No area and no cell has so many bits: a part this long is no number of theirs.
    const LONG: u64 = 1 << 59;
    let mut parts = [(0_u64, 0_usize); 4];
    let mut rest = parts.iter_mut();
    let mut part = rest.next()?;
    for byte in composite.bytes() {
        match byte {
            b'-' => part = rest.next()?,
            b'0'..=b'9' if part.0 < LONG => {
                *part = (part.0 * 10 + u64::from(byte - b'0'), part.1 + 1);
            }
            _ => return None,
        }
    }
    let [(_, mcc), (_, mnc), (area, area_digits), (id, id_digits)] = parts;
    let fits = mcc == 3 && matches!(mnc, 2 | 3) && area_digits > 0 && id_digits > 0;
    fits.then_some((u32::try_from(area).ok()?, id))
}

/// The parts under the names of 3GPP TS 23.003; null where one has too many bits for its radio.
fn cell_of(radio: Radio, area: u32, id: u64) -> Option<Cell<'static>> {
    if !Numbering::of_radio(radio).fits(area.into(), id) {
        return None;
    }
    Some(match radio {
        Radio::G2 | Radio::G3 => Cell {
            lac: Some(area),
            ci: u32::try_from(id).ok(),
            ..Cell::default()
        },
        Radio::G4 | Radio::LteM | Radio::NbIot => Cell {
            tac: Some(area),
            eci: u32::try_from(id).ok(),
            ..Cell::default()
        },
        Radio::G5 => Cell {
            tac: Some(area),
            nci: Some(id),
            ..Cell::default()
        },
    })
}

/// The tower at the last update. No position is null, `{}`, 0/0 or one axis alone; then the country.
fn place(
    estimate: Option<Object<wire::CellLocationEstimate>>,
    country: Option<Country>,
    at: Option<Instant>,
) -> Place {
    let estimate = estimate.unwrap_or_default().0;
    estimate
        .lat
        .zip(estimate.lon)
        .and_then(|(lat, lon)| Place::point(lat, lon, PlaceKind::Tower))
        .map(|place| place.at(at))
        .or_else(|| country.map(|_| Place::country(at)))
        .unwrap_or_default()
}

fn warning(code: &str, field: &str, message: &str) -> Warning {
    Warning {
        field: Some(field.to_owned()),
        ..Warning::new(code, message)
    }
}
