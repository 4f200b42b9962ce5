//! What the cells of a SIM say: how it is doing, where it was last, and what its sessions of the span come to.

use super::Filter;
use super::cells::{both, bytes, cell, code, country, joined, or_none, text};
use super::times::Times;
use crate::engine::lanes::name_of;
use crate::engine::protocol::{Column, Said, SimState, Value};
use crate::engine::state::{last_known, offline_ms, state_of};
use crate::model::{Sim, Tag, Traffic};
use crate::store::Lane;

/// The SIMs under the present filter and span.
#[derive(Clone, Copy)]
pub struct Sims<'a> {
    pub filter: &'a Filter<'a>,
    /// What was found out about their time.
    pub times: &'a Times,
}

impl Sims<'_> {
    /// What a cell says.
    pub fn cell(&self, lane: u32, column: Column) -> Value {
        let view = self.filter.view;
        let store = view.store;
        let Some(found) = store.lane(lane) else {
            return Value::None;
        };
        let traffic = |of: &dyn Fn(&Traffic) -> Option<u64>| self.sum(found, of);
        match column {
            Column::State => Value::Said(state_said(state_of(store, lane, view.as_of))),
            Column::Offline => match state_of(store, lane, view.as_of) {
                SimState::Offline => offline_ms(store, lane, view.as_of)
                    .map_or(Value::Said(Said::Offline), Value::Duration),
                // Nobody knows anything.
                SimState::Unknown => Value::Said(Said::Nothing),
                state => Value::Said(state_said(state)),
            },
            Column::Country => country(store.last_country(lane).map(|c| c.to_string())),
            Column::Operator => text(store.last_operator(lane)),
            Column::Radio => or_none(store.last_radio(lane), Value::Radio),
            Column::Cell => store
                .last_cell(lane)
                .map_or(Value::None, |last| cell(&last)),
            Column::Place => self.place(lane),
            Column::Imei => code(store.last_imei(lane)),
            Column::DeviceType => code(store.last_device_type(lane)),
            Column::LastImsi => code(store.last_imsi(lane)),
            Column::Sessions => Value::Count(found.sessions.len() as u64),
            Column::SpanSessions => Value::Count(self.shown(found).count() as u64),
            Column::Online => match self.times.of(self.filter, lane) {
                Some(time) => Value::Range(time.online, time.online_most),
                None => Value::None,
            },
            Column::Coverage => match self.times.of(self.filter, lane) {
                Some(time) => time.coverage(),
                None => Value::None,
            },
            Column::Events => Value::Count(found.events.len() as u64),
            Column::Group => text(store.label(lane).and_then(|label| label.group.clone())),
            Column::Findings => Value::Count(u64::from(view.findings.count_of_lane(lane))),
            Column::Seen => or_none(last_known(store, lane), Value::Instant),
            Column::Provider => or_none(store.provider_of_lane(lane), Value::Provider),
            Column::Traffic => or_none(traffic(&bytes), Value::Bytes),
            Column::Up => or_none(traffic(&|t| t.bytes_up), Value::Bytes),
            Column::Down => or_none(traffic(&|t| t.bytes_down), Value::Bytes),
            Column::Packets => or_none(
                traffic(&|t| both(t.packets_up, t.packets_down)),
                Value::Packets,
            ),
            Column::PacketsUp => or_none(traffic(&|t| t.packets_up), Value::Packets),
            Column::PacketsDown => or_none(traffic(&|t| t.packets_down), Value::Packets),
            _ => store
                .sim(lane)
                .map_or(Value::None, |sim| listed(sim, column)),
        }
    }

    /// Its sessions that the filter lets through and the span touches.
    fn shown<'s>(&'s self, found: &'s Lane) -> impl Iterator<Item = u32> + 's {
        let rows = found.sessions.iter().copied();
        rows.filter(|row| self.filter.shows_session(*row))
    }

    /// What they carried; null where none tells.
    fn sum(&self, found: &Lane, of: &dyn Fn(&Traffic) -> Option<u64>) -> Option<u64> {
        let sessions = self.filter.view.store.sessions();
        let figures = self.shown(found);
        let figures = figures.filter_map(|row| of(&sessions.traffic(row)));
        figures.reduce(u64::saturating_add)
    }

    fn place(&self, lane: u32) -> Value {
        let store = self.filter.view.store;
        let place = store.last_place(lane);
        let Some((place, kind)) = place.and_then(|place| Some((place, place.kind?))) else {
            return Value::None;
        };
        let at = place.lat.zip(place.lon);
        let country = || store.last_country(lane).map(|country| country.to_string());
        Value::Place {
            at,
            kind,
            country: if at.is_none() { country() } else { None },
        }
    }
}

/// What the vendor's list of SIMs says, with what sessions add.
fn listed(sim: Sim<'_>, column: Column) -> Value {
    match column {
        Column::Name => Value::Name(name_of(&sim)),
        Column::Iccid => code(sim.iccid),
        Column::Imsi => joined(&sim.imsis),
        Column::Msisdn => code(sim.msisdn),
        Column::Eid => code(sim.eid),
        Column::Source => text(Some(sim.source).filter(|source| !source.is_empty())),
        Column::Status => text(sim.status),
        Column::Tags => {
            let tags: Vec<String> = sim.all_tags().map(Tag::written).collect();
            text(Some(tags.join(", ")).filter(|tags| !tags.is_empty()))
        }
        Column::Device => text(sim.device_name.or(sim.device_id)),
        Column::Subscription => text(sim.subscription),
        Column::Description => text(sim.description),
        _ => Value::None,
    }
}

/// How a SIM is doing, in words.
fn state_said(state: SimState) -> Said {
    match state {
        SimState::Open => Said::Online,
        SimState::Silent => Said::Silent,
        SimState::Offline => Said::Offline,
        SimState::NotActive => Said::NotActive,
        SimState::NotFetched => Said::NotFetched,
        SimState::NoneKept(days) => Said::NoneIn(days),
        SimState::Unknown => Said::NotKnown,
    }
}
