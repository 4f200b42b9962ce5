//! What the cells of a row say: a value for each column that is asked for, and none for others.

use crate::model::{EndKind, EventKind, Network, Session};
use crate::store::{NEVER, Store};

use super::sims::Sims;
use super::{lane_of_event, lane_of_usage};
use crate::engine::colours::network_label;
use crate::engine::lanes::name_of;
use crate::engine::protocol::{ColourBy, Column, Said, Tab, Value};

/// The cells of a row.
pub fn cells(sims: &Sims<'_>, tab: Tab, row: u32, columns: &[Column]) -> Vec<Value> {
    let view = sims.filter.view;
    let columns = columns.iter();
    match tab {
        Tab::Sims => columns.map(|column| sims.cell(row, *column)).collect(),
        Tab::Sessions => {
            // Few columns need the whole row, which costs more than all others together.
            let mut whole = None;
            let store = view.store;
            columns
                .map(|column| of_session(store, row, *column, &mut whole))
                .collect()
        }
        Tab::Events => columns
            .map(|column| of_event(view.store, row, *column).unwrap_or(Value::None))
            .collect(),
        Tab::Usage => columns
            .map(|column| of_usage(view.store, row, *column).unwrap_or(Value::None))
            .collect(),
    }
}

pub(super) fn text(text: Option<impl Into<String>>) -> Value {
    text.map_or(Value::None, |text| Value::Text(text.into()))
}

pub(super) fn code(text: Option<impl Into<String>>) -> Value {
    text.map_or(Value::None, |text| Value::Code(text.into()))
}

pub(super) fn joined(texts: &[crate::model::Text<'_>]) -> Value {
    let texts = texts.join(", ");
    code(Some(texts).filter(|texts| !texts.is_empty()))
}

pub(super) fn country(code: Option<String>) -> Value {
    code.map_or(Value::None, Value::Country)
}

fn instant(at: i64) -> Value {
    if at == NEVER {
        Value::None
    } else {
        Value::Instant(at)
    }
}

pub(super) fn or_none<T>(value: Option<T>, of: fn(T) -> Value) -> Value {
    value.map_or(Value::None, of)
}

fn name_of_lane(store: &Store, lane: u32) -> Value {
    let name = store.sim(lane).as_ref().map(name_of);
    or_none(name, Value::Name)
}

/// Both parts; null where neither is known.
pub(super) fn both(up: Option<u64>, down: Option<u64>) -> Option<u64> {
    match (up, down) {
        (None, None) => None,
        (up, down) => Some(up.unwrap_or(0).saturating_add(down.unwrap_or(0))),
    }
}

fn plmn(network: &Network<'_>) -> Option<String> {
    Some(format!("{}-{}", network.mcc?, network.mnc?))
}

/// The operator of a network by number, else its codes.
fn operator(store: &Store, network: u32) -> Value {
    text(network_label(store, network, ColourBy::Operator))
}

/// The cell as reported, else its parts.
pub(super) fn cell(cell: &crate::model::Cell<'_>) -> Value {
    if let Some(reported) = cell.reported.as_deref() {
        return Value::Code(reported.to_owned());
    }
    let small = [
        ("LAC", cell.lac),
        ("TAC", cell.tac),
        ("CI", cell.ci),
        ("ECI", cell.eci),
    ];
    let small = small.map(|(name, number)| (name, number.map(u64::from)));
    let parts = small.into_iter().chain([("NCI", cell.nci)]);
    let parts: Vec<String> = parts
        .filter_map(|(name, number)| Some(format!("{name} {}", number?)))
        .collect();
    code(Some(parts.join(" ")).filter(|parts| !parts.is_empty()))
}

/// Bytes both ways, as reported or as the sum of what is.
pub(super) fn bytes(traffic: &crate::model::Traffic) -> Option<u64> {
    let parts = || both(traffic.bytes_up, traffic.bytes_down);
    traffic.bytes_total.or_else(parts)
}

fn of_session<'a>(
    store: &'a Store,
    row: u32,
    column: Column,
    whole: &mut Option<Session<'a>>,
) -> Value {
    let sessions = store.sessions();
    let kinds = sessions.kinds(row);
    let network = || store.parts().network(sessions.network(row));
    let traffic = || sessions.traffic(row);
    match column {
        Column::Name => name_of_lane(store, store.lane_of_session(row)),
        Column::Provider => Value::Provider(store.key_of(sessions.sim(row)).0),
        Column::Start => match sessions.start(row) {
            NEVER => Value::Said(Said::NotKnown),
            at => Value::Instant(at),
        },
        Column::End => match (sessions.end(row), kinds.end) {
            (NEVER, EndKind::Open) => Value::Said(Said::Open),
            (NEVER, EndKind::Estimated) => Value::Said(Said::Estimated),
            (NEVER, _) => Value::Said(Said::Unknown),
            (at, _) => Value::Instant(at),
        },
        Column::Duration => or_none(store.duration_ms(row), Value::Duration),
        Column::Updated => instant(sessions.last_seen(row)),
        Column::Radio => match kinds.radio {
            Some(radio) => Value::Radio(radio),
            None => text(sessions.radio_reported(store.parts(), row)),
        },
        Column::Operator => operator(store, sessions.network(row)),
        Column::Country => country(network().country.map(|country| country.to_string())),
        Column::Plmn => code(plmn(&network())),
        Column::Imei => code(store.parts().text(sessions.imei(row))),
        Column::Imsi => code(store.parts().text(sessions.imsi(row))),
        Column::Cell => cell(&store.parts().cell(sessions.cell(row))),
        Column::Basis => Value::Basis(kinds.basis),
        Column::Id => code(sessions.id(row)),
        Column::Up => or_none(traffic().bytes_up, Value::Bytes),
        Column::Down => or_none(traffic().bytes_down, Value::Bytes),
        Column::PacketsUp => or_none(traffic().packets_up, Value::Packets),
        Column::PacketsDown => or_none(traffic().packets_down, Value::Packets),
        Column::Packets => {
            let traffic = traffic();
            or_none(
                both(traffic.packets_up, traffic.packets_down),
                Value::Packets,
            )
        }
        Column::Traffic => {
            let traffic = traffic();
            match bytes(&traffic) {
                Some(bytes) => Value::Bytes(bytes),
                None => or_none(
                    both(traffic.packets_up, traffic.packets_down),
                    Value::Packets,
                ),
            }
        }
        Column::Iccid | Column::Apn | Column::Ip | Column::Source | Column::Subscription => {
            let session = whole.get_or_insert_with(|| store.session(row));
            match column {
                Column::Iccid => code(session.iccid.clone()),
                Column::Apn => text(session.apn.clone()),
                Column::Ip => joined(&session.ips),
                Column::Source => text(Some(session.source.clone())),
                _ => text(session.subscription.clone()),
            }
        }
        _ => Value::None,
    }
}

fn of_event(store: &Store, row: u32, column: Column) -> Option<Value> {
    let event = store.event_row(row)?;
    let parts = store.parts();
    let network = || parts.network(event.told_network());
    Some(match column {
        Column::Time => Value::Instant(event.time.ms()),
        Column::Name => name_of_lane(store, lane_of_event(store, row)),
        Column::Kind => match (event.kind, parts.text(event.reported_kind)) {
            (EventKind::Other, Some(reported)) => Value::Text(reported.into_owned()),
            (kind, _) => Value::Text(kind.label().to_owned()),
        },
        Column::Operator => operator(store, event.told_network()),
        Column::Country => country(network().country.map(|country| country.to_string())),
        Column::Plmn => code(plmn(&network())),
        Column::Radio => or_none(event.radio, Value::Radio),
        Column::Cell => cell(&parts.cell(event.cell)),
        Column::Signal => or_none(event.signal, Value::Number),
        Column::Detail => text(parts.text(event.detail)),
        Column::Id => code(parts.text(event.id)),
        Column::Provider => Value::Provider(store.key_of(event.sim).0),
        Column::Iccid => {
            let sim = store.sim(lane_of_event(store, row))?;
            code(sim.iccid)
        }
        Column::Source => text(Some(store.event(row)?.source)),
        _ => Value::None,
    })
}

fn of_usage(store: &Store, row: u32, column: Column) -> Option<Value> {
    let usage = store.usage_row(row)?;
    let lane = lane_of_usage(store, row);
    Some(match column {
        Column::Start => Value::Instant(usage.from.ms()),
        Column::End => or_none(usage.to.map(crate::model::Instant::ms), Value::Instant),
        Column::Name => match lane {
            Some(lane) => name_of_lane(store, lane),
            None => Value::Said(Said::WholeAccount),
        },
        Column::Up => or_none(usage.bytes_up, Value::Bytes),
        Column::Down => or_none(usage.bytes_down, Value::Bytes),
        Column::Traffic => or_none(usage.bytes_total, Value::Bytes),
        Column::PacketsUp => or_none(usage.packets_up, Value::Packets),
        Column::PacketsDown => or_none(usage.packets_down, Value::Packets),
        Column::Provider => Value::Provider(usage.provider),
        Column::Iccid => code(store.sim(lane?)?.iccid),
        Column::Source => text(Some(store.usage(row)?.source)),
        _ => Value::None,
    })
}
