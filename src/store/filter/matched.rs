//! What a filter lets through: sessions, SIMs, events and usage of a store.

use super::Facts;
use super::choice::Choice;
use super::compiled::{Tests, compares};
use super::names::{Names, look_up};
use super::terms::{Filter, Flag, NumberField, TextField, What};
use super::tokens::Op;
use super::values::Values;
use crate::model::ProviderId;
use crate::store::Store;
use crate::store::sims::Lane;

/// What a filter lets through, by number.
#[derive(Debug, Default)]
pub struct Matched {
    sessions: Vec<bool>,
    lanes: Vec<bool>,
    events: Vec<bool>,
    usage: Vec<bool>,
}

fn at(marks: &[bool], number: u32) -> bool {
    marks.get(number as usize).copied().unwrap_or(false)
}

impl Matched {
    /// Whether a session is let through, by row.
    pub fn session(&self, row: u32) -> bool {
        at(&self.sessions, row)
    }

    /// Whether a SIM is listed, by lane: one of its sessions is let through, or it has none and is let
    /// through itself.
    pub fn lane(&self, lane: u32) -> bool {
        at(&self.lanes, lane)
    }

    /// Whether an event is let through: its SIM is listed, and the event passes the terms about networks,
    /// sources, time and events.
    pub fn event(&self, event: u32) -> bool {
        at(&self.events, event)
    }

    /// Whether a usage row is let through: its SIM is listed, and it passes the terms about sources and time.
    pub fn usage(&self, usage: u32) -> bool {
        at(&self.usage, usage)
    }

    /// Tries a filter on everything that is loaded.
    pub fn new(store: &Store, filter: &Filter, facts: &Facts<'_>) -> Self {
        let mut tests = Tests::new(store, filter, facts);
        let sims = sims(store, filter, facts);
        let mut out = Self {
            sessions: vec![false; store.sessions.len() as usize],
            lanes: vec![false; store.lane_end() as usize],
            ..Self::default()
        };
        // By key: its lane, if its SIM passes.
        let lanes: Vec<Option<u32>> = (0..store.sims.key_count())
            .map(|key| Some(store.sims.lane_of(key)).filter(|lane| at(&sims, *lane)))
            .collect();
        for (row, mark) in (0u32..).zip(&mut out.sessions) {
            let key = store.sessions.sim(row);
            if let Some(Some(lane)) = lanes.get(key as usize)
                && tests.session(store, row)
                && !store.sessions.kinds(row).dead
            {
                *mark = true;
                if let Some(listed) = out.lanes.get_mut(*lane as usize) {
                    *listed = true;
                }
            }
        }
        for (lane, found) in store.sims.iter() {
            let alone = found.sessions.is_empty() && at(&sims, lane);
            if let Some(listed) = out.lanes.get_mut(lane as usize)
                && alone
            {
                *listed = tests.sim_alone(store, lane);
            }
        }
        let events = store
            .events
            .iter()
            .map(|(_, event)| out.lane(store.lane_of_key(event.sim)) && tests.event(store, event));
        let events = events.collect();
        let usage = store.usage.iter().map(|(_, usage)| match usage.sim {
            Some(key) => out.lane(store.lane_of_key(key)) && tests.usage(usage),
            None => account(filter, usage.provider) && tests.account_usage(usage),
        });
        let usage = usage.collect();
        Self {
            events,
            usage,
            ..out
        }
    }
}

/// Whether an account passes the terms about SIMs: it does where they ask for its vendor alone.
fn account(filter: &Filter, provider: ProviderId) -> bool {
    filter.terms.iter().all(|term| match &term.what {
        What::Choice {
            field: Choice::Vendor,
            differs,
            mask,
        } => (of_vendor(*mask, provider) != *differs) != term.negated,
        what => !is_about_sims(what),
    })
}

fn is_about_sims(what: &What) -> bool {
    matches!(
        what,
        What::Free(_)
            | What::LastCountry { .. }
            | What::Choice {
                field: Choice::LastRadio,
                ..
            }
            | What::Flag(Flag::Offline)
            | What::Choice {
                field: Choice::Finding,
                ..
            }
            | What::Number {
                field: NumberField::Offline,
                ..
            }
            | What::Text {
                field: TextField::Sim
                    | TextField::Iccid
                    | TextField::Name
                    | TextField::Group
                    | TextField::Tag
                    | TextField::Status
                    | TextField::LastOperator
                    | TextField::DeviceType,
                ..
            }
    )
}

fn of_vendor(mask: u16, provider: ProviderId) -> bool {
    mask >> provider as u16 & 1 == 1
}

/// By lane: whether the SIM passes the terms about SIMs.
fn sims(store: &Store, filter: &Filter, facts: &Facts<'_>) -> Vec<bool> {
    let mut passes = vec![false; store.lane_end() as usize];
    for (lane, found) in store.sims.iter() {
        if let Some(passes) = passes.get_mut(lane as usize) {
            *passes = filter.terms.iter().all(|term| {
                let answer = of_sim(store, lane, found, &term.what, term.negated, facts);
                answer.is_none_or(|answer| answer != term.negated)
            });
        }
    }
    let names = filter.terms.iter().filter_map(|term| {
        let names = match &term.what {
            What::Free(pattern) => Names::new(Values::part(pattern), false),
            What::Text {
                field: field @ (TextField::Sim | TextField::Iccid),
                differs,
                values,
            } => Names::new(Values::new(*differs, values), *field == TextField::Iccid),
            _ => return None,
        };
        Some((term.negated, names))
    });
    let (negated, mut names): (Vec<bool>, Vec<Names>) = names.unzip();
    look_up(store, &mut names);
    for (names, negated) in names.iter().zip(negated) {
        for (lane, passes) in (0u32..).zip(&mut passes) {
            *passes = *passes && names.verdict(lane) != negated;
        }
    }
    passes
}

/// Whether a SIM passes a term; null where the term is not about SIMs, or is looked up for all at once.
fn of_sim(
    store: &Store,
    lane: u32,
    found: &Lane,
    what: &What,
    negated: bool,
    facts: &Facts<'_>,
) -> Option<bool> {
    match what {
        What::Text {
            field: field @ (TextField::Name | TextField::Group | TextField::Status | TextField::Tag),
            differs,
            values,
        } => {
            let values = Values::new(*differs, values);
            let texts: Vec<String> = match field {
                TextField::Name => store.names_of_lane(lane).map(str::to_owned).collect(),
                TextField::Group => {
                    let group = store.label(lane).and_then(|label| label.group.as_deref());
                    group.map(str::to_owned).into_iter().collect()
                }
                TextField::Status => {
                    let status = found.sim.as_deref().and_then(|sim| sim.status.as_deref());
                    status.map(str::to_owned).into_iter().collect()
                }
                _ => {
                    let tags = store.tags_of_lane(lane).flat_map(|tag| {
                        let both = format!("{}={}", tag.name, tag.value);
                        [tag.name.to_string(), tag.value.to_string(), both]
                    });
                    tags.collect()
                }
            };
            Some(values.judge(&mut texts.iter().map(String::as_str)))
        }
        What::Text {
            field: field @ (TextField::LastOperator | TextField::DeviceType),
            differs,
            values,
        } => {
            let text = match field {
                TextField::LastOperator => store.last_operator(lane),
                _ => store.last_device_type(lane),
            };
            let values = Values::new(*differs, values);
            Some(values.judge(&mut text.as_deref().into_iter()))
        }
        What::LastCountry { differs, values } => {
            let country = store.last_country(lane);
            let is_one = values.contains(&country);
            Some(if *differs {
                country.is_some() && !is_one
            } else {
                is_one
            })
        }
        What::Choice {
            field: Choice::LastRadio,
            differs,
            mask,
        } => {
            let radio = store.last_radio(lane);
            let is_one = mask & super::choice::radio(radio) != 0;
            Some(if *differs {
                radio.is_some() && !is_one
            } else {
                is_one
            })
        }
        What::Choice {
            field: Choice::Vendor,
            differs,
            mask,
        } => {
            let provider = store.provider_of_lane(lane)?;
            Some(of_vendor(*mask, provider) != *differs)
        }
        What::Choice {
            field: Choice::Event,
            differs,
            mask,
        } if *differs == negated => {
            // What is left out says nothing about the SIM's other events.
            let mut kinds = found.events.iter().filter_map(|row| store.events.get(*row));
            let has = kinds.any(|event| mask >> event.kind as u16 & 1 == 1);
            Some(has != negated)
        }
        What::Number {
            field: NumberField::Offline,
            op,
            values,
        } => Some(compares(*op, values, offline(lane, facts))),
        What::Choice {
            field: Choice::Finding,
            differs,
            mask,
        } => Some((facts.findings)(lane).judge(*mask, *differs)),
        What::Flag(Flag::Offline) => Some(compares(Op::AtLeast, &[Some(0)], offline(lane, facts))),
        _ => None,
    }
}

fn offline(lane: u32, facts: &Facts<'_>) -> Option<u64> {
    (facts.offline_ms)(lane).and_then(|ms| u64::try_from(ms).ok())
}
