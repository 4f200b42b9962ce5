//! The small fleet of `docs/filter.md`: five SIMs, eight sessions, five events, three usage rows.

use super::rows::{at, bytes, enter, event, network, reader, usage};
use crate::insight::{Rule, Severity};
use crate::model::{
    Basis, Cell, EndKind, EventKind, Instant, Network, Place, PlaceKind, ProviderId, Radio,
    Session, Sim, StartKind, Tag, Traffic,
};
use crate::provider::Rows;
use crate::store::filter::{Facts, SimFindings};
use crate::store::{NEVER, Store};

/// When it was fetched.
pub fn as_of() -> i64 {
    at("2026-10-15T12:00").ms()
}

fn norway() -> Network<'static> {
    network("242-01", "NO", "Example Norway")
}

fn sweden() -> Network<'static> {
    network("240-01", "SE", "Sweden Mobil")
}

fn point(lat: f64, lon: f64) -> Place {
    Place::point(lat, lon, PlaceKind::Tower).unwrap_or_default()
}

fn oslo() -> Place {
    point(59.91, 10.75)
}

fn stockholm() -> Place {
    point(59.33, 18.06)
}

fn session(sim: &'static str, provider: ProviderId, start: &str) -> Session<'static> {
    Session {
        start: Some(at(start)),
        start_kind: StartKind::Exact,
        ..Session::new(provider, sim.into(), Basis::Reported)
    }
}

fn ended(session: Session<'static>, end: &str) -> Session<'static> {
    Session {
        end: Some(at(end)),
        end_kind: EndKind::Exact,
        last_seen: Some(at(end)),
        ..session
    }
}

fn gates() -> [Session<'static>; 5] {
    let gate_4 = |start| session("HS0004", ProviderId::Kore, start);
    let gate_12 = |start| session("HS0012", ProviderId::Kore, start);
    [
        Session {
            radio: Some(Radio::G4),
            network: norway(),
            place: oslo(),
            traffic: bytes(Some(1000), Some(3000), None),
            imei: Some("350000000000017".into()),
            apn: Some("iot.example".into()),
            ..ended(gate_4("2026-10-01T08:00"), "2026-10-01T10:00")
        },
        Session {
            radio: Some(Radio::G2),
            network: sweden(),
            place: stockholm(),
            traffic: bytes(Some(0), Some(0), None),
            imei: Some("350000000000017".into()),
            apn: Some("iot.example".into()),
            ..ended(gate_4("2026-10-03T00:00"), "2026-10-03T00:30")
        },
        Session {
            radio: Some(Radio::LteM),
            network: norway(),
            traffic: bytes(Some(5_000_000), Some(1_000_000), None),
            imei: Some("350000000000025".into()),
            end_kind: EndKind::Open,
            last_seen: Some(at("2026-10-15T11:50")),
            ..gate_4("2026-10-15T06:00")
        },
        Session {
            radio: Some(Radio::NbIot),
            network: norway(),
            ..ended(gate_12("2026-10-02T00:00"), "2026-10-05T00:00")
        },
        Session {
            radio: Some(Radio::G4),
            network: network("234-15", "GB", "Example UK"),
            traffic: bytes(Some(100), None, None),
            last_seen: Some(at("2026-10-10T10:20")),
            ..gate_12("2026-10-10T10:00")
        },
    ]
}

fn kiosk() -> [Session<'static>; 2] {
    let kiosk = |start| Session {
        imsi: Some("440100000000035".into()),
        basis: Basis::Rebuilt,
        ..session("8981000000000000035", ProviderId::Soracom, start)
    };
    [
        Session {
            id: Some("one".into()),
            radio: Some(Radio::G3),
            network: network("440-10", "JP", "Nippon Example"),
            traffic: Traffic::packets(Some(40), Some(60)),
            end: Some(at("2026-10-12T02:00")),
            end_kind: EndKind::Estimated,
            end_earliest: Some(at("2026-10-12T02:00")),
            end_latest: Some(at("2026-10-12T03:00")),
            last_seen: Some(at("2026-10-12T02:00")),
            ..kiosk("2026-10-12T00:00")
        },
        Session {
            id: Some("two".into()),
            end_kind: EndKind::Open,
            last_seen: Some(at("2026-10-13T12:30")),
            ..kiosk("2026-10-13T12:00")
        },
    ]
}

fn device() -> Session<'static> {
    Session {
        radio: Some(Radio::G4),
        network: norway(),
        cell: Cell {
            eci: Some(123_456),
            ..Cell::default()
        },
        ips: vec!["10.0.0.5".into()],
        start_kind: StartKind::BeforeWindow,
        ..ended(
            session("dev-5", ProviderId::Wayscloud, "2026-09-30T23:00"),
            "2026-10-01T01:00",
        )
    }
}

fn gate(
    key: &'static str,
    name: &'static str,
    iccid: &'static str,
    site: &'static str,
) -> Sim<'static> {
    Sim {
        name: Some(name.into()),
        iccid: Some(iccid.into()),
        status: Some("active".into()),
        tags: vec![Tag {
            name: "site".into(),
            value: site.into(),
        }],
        ..Sim::new(ProviderId::Kore, key.into())
    }
}

/// The fleet.
pub fn store() -> Store {
    let mut store = Store::new();
    let observed = Some(at("2026-10-15T12:00"));
    let mut rows = reader(&mut store, "gates", observed);
    rows.sim(&gate("HS0004", "Gate 4", "8944500000000000017", "north"));
    rows.sim(&gate("HS0012", "Gate 12", "8944500000000000025", "south"));
    enter(&mut rows, gates());
    let time = |text: &str| -> Instant { at(text) };
    let kore = ProviderId::Kore;
    for found in [
        crate::model::Event {
            network: norway(),
            radio: Some(Radio::G4),
            ..event(
                kore,
                "HS0004",
                time("2026-10-01T08:00"),
                EventKind::Connection,
            )
        },
        crate::model::Event {
            network: norway(),
            network_before: norway(),
            network_after: sweden(),
            ..event(
                kore,
                "HS0004",
                time("2026-10-03T00:00"),
                EventKind::NetworkChange,
            )
        },
        event(
            kore,
            "HS0012",
            time("2026-10-04T12:00"),
            EventKind::DataUsage,
        ),
    ] {
        rows.event(&found);
    }
    rows.usage(&usage(
        kore,
        Some("HS0004"),
        time("2026-10-01T00:00"),
        Some(time("2026-10-02T00:00")),
    ));
    rows.usage(&usage(
        kore,
        None,
        time("2026-10-01T00:00"),
        Some(time("2026-11-01T00:00")),
    ));

    let mut rows = reader(&mut store, "kiosks", None);
    rows.sim(&Sim {
        name: Some("Kiosk 1".into()),
        iccid: Some("8981000000000000035".into()),
        imsis: vec!["440100000000035".into()],
        status: Some("inactive".into()),
        ..Sim::new(ProviderId::Soracom, "8981000000000000035".into())
    });
    enter(&mut rows, kiosk());
    rows.event(&event(
        ProviderId::Soracom,
        "8981000000000000035",
        time("2026-10-12T02:00"),
        EventKind::Disconnection,
    ));

    let mut rows = reader(&mut store, "others", None);
    rows.sim(&Sim {
        name: Some("Pump 7".into()),
        network: sweden(),
        radio: Some(Radio::LteM),
        ..Sim::new(ProviderId::Monogoto, "ThingId_7".into())
    });
    rows.event(&event(
        ProviderId::Monogoto,
        "ThingId_7",
        time("2026-10-05T09:00"),
        EventKind::SimStatus,
    ));
    rows.usage(&usage(
        ProviderId::Monogoto,
        Some("ThingId_7"),
        time("2026-10-05T00:00"),
        None,
    ));
    enter(&mut rows, [device()]);
    store.settle();
    store
}

/// What stands out in the fleet's SIMs, made up: every third has nothing, the others something each.
pub fn findings_of(lane: u32) -> SimFindings {
    let mut told = SimFindings::default();
    for (rule, severity) in named_findings(lane) {
        told.add(rule, severity);
    }
    told
}

/// The same by name.
pub fn named_findings(lane: u32) -> Vec<(Rule, Severity)> {
    match lane % 3 {
        0 => Vec::new(),
        1 => vec![(Rule::Silence, Severity::Critical)],
        _ => vec![
            (Rule::ReconnectStorm, Severity::Warning),
            (Rule::ImeiChanged, Severity::Notice),
        ],
    }
}

/// The facts of the fleet: a SIM without an open session is offline since its last one.
pub fn with_facts<R>(store: &Store, run: impl FnOnce(&Facts<'_>) -> R) -> R {
    let offline_ms = |lane: u32| {
        let facts = store.lane(lane)?.facts;
        let last = facts.last_known;
        (facts.open == 0 && last != NEVER).then(|| as_of().saturating_sub(last).max(0))
    };
    run(&Facts {
        as_of: as_of(),
        silent_ms: 24 * 3_600_000,
        offline_ms: &offline_ms,
        findings: &findings_of,
    })
}
