//! Rows for tests, written short.

use crate::model::{
    Country, Event, EventKind, Instant, Mcc, Mnc, Network, ProviderId, Session, Traffic,
    TrafficReported, TrafficUnit, Usage,
};
use crate::provider::Rows;
use crate::store::{Document, Reader, Source, Store};

/// The instant of an RFC 3339 text without seconds and zone: `2026-10-01T08:00`.
pub fn at(text: &str) -> Instant {
    Instant::from_rfc3339(&format!("{text}:00Z")).unwrap()
}

/// A network by its PLMN, country and operator; empty parts are not known.
pub fn network(plmn: &str, country: &str, operator: &'static str) -> Network<'static> {
    let (mcc, mnc) = plmn.split_once('-').unwrap_or_default();
    Network {
        mcc: Mcc::from_digits(mcc),
        mnc: Mnc::from_digits(mnc),
        mnc_assumed: false,
        country: Country::from_alpha2(country),
        operator: (!operator.is_empty()).then(|| operator.into()),
    }
}

/// Traffic reported in bytes.
pub fn bytes(up: Option<u64>, down: Option<u64>, total: Option<u64>) -> Traffic {
    if up.or(down).or(total).is_none() {
        return Traffic::default();
    }
    let float = |n: Option<u64>| n.map(|n| n as f64);
    Traffic {
        bytes_up: up,
        bytes_down: down,
        bytes_total: total,
        reported: Some(TrafficReported {
            up: float(up),
            down: float(down),
            total: float(total),
            unit: TrafficUnit::Bytes,
        }),
        ..Traffic::default()
    }
}

/// An event.
pub fn event(
    provider: ProviderId,
    sim: &'static str,
    time: Instant,
    kind: EventKind,
) -> Event<'static> {
    Event::new(provider, sim.into(), time, kind)
}

/// Usage of a SIM, or of an account.
pub fn usage(
    provider: ProviderId,
    sim: Option<&'static str>,
    from: Instant,
    to: Option<Instant>,
) -> Usage<'static> {
    Usage {
        provider,
        source: "".into(),
        sim: sim.map(Into::into),
        from,
        to,
        bytes_up: None,
        bytes_down: None,
        bytes_total: Some(1),
        packets_up: None,
        packets_down: None,
    }
}

/// Adds a source with one document, fetched at an instant, and hands out what takes its rows.
pub fn reader<'s>(store: &'s mut Store, label: &str, observed: Option<Instant>) -> Reader<'s> {
    let source = store.add_source(Source::new(label, None));
    let document = store.add_document(Document {
        source,
        name: label.to_owned(),
        observed,
        confirmed_before: None,
        watched: false,
    });
    Reader::new(store, document)
}

/// Enters sessions, each a record of its own.
pub fn enter(reader: &mut Reader<'_>, sessions: impl IntoIterator<Item = Session<'static>>) {
    for (offset, session) in (0u64..).zip(sessions) {
        reader.at(offset);
        reader.session(&session);
        reader.close_record(1);
    }
}
