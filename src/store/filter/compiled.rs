//! Terms made ready for rows: what repeats (networks, cells, texts, documents) is looked at once, and a row is
//! then tested by its numbers.

use super::area::Area;
use super::cells::{Cells, plmn_of};
use super::choice::{self, Choice};
use super::terms::{Edge, Filter, Flag, NumberField, TextField, What};
use super::tokens::Op;
use super::values::{Memo, Values};
use crate::model::{Cell, Country, EndKind, Network, Place, Sim, StartKind};
use crate::store::Store;
use crate::store::event_rows::{EventRow, UsageRow};
use crate::store::interner::{NONE, TextId};
use crate::store::session_columns::NEVER;

use super::Facts;

/// What a network is asked for.
#[derive(Debug)]
enum OfNetwork {
    Operator(Values),
    Plmn(Values),
    Country(bool, Vec<Option<Country>>),
}

/// An identifier that sessions report themselves.
#[derive(Debug, Clone, Copy)]
enum Subscriber {
    Imsi,
    Imei,
}

/// One term about rows.
#[derive(Debug)]
enum Test {
    /// With the answer for each network by number.
    Network(OfNetwork, Vec<bool>),
    /// With the answer for each cell by number.
    Cell(Cells, Vec<bool>),
    Area(bool, Vec<Option<Area>>),
    /// A bit for each technology.
    Radio(u16),
    /// With the answer for each document by number.
    Source(Values, Vec<bool>),
    Time(Edge, i64),
    Subscriber(Subscriber, Values, Memo),
    /// The answer for each number of what is said besides.
    Apn(Vec<bool>),
    /// The answer for each list of addresses by number.
    Ips(Vec<bool>),
    Start(u16),
    End(u16),
    Basis(u16),
    Estimated,
    /// The last instant at which it may have been heard of.
    Silent(i64),
    Number(NumberField, Op, Vec<Option<u64>>),
}

/// The terms of a filter that are about rows.
#[derive(Debug, Default)]
pub(super) struct Tests {
    /// Negated or not.
    rows: Vec<(bool, Test)>,
    /// A bit for each kind of event that passes.
    events: Option<u16>,
}

fn by_number<T>(
    count: usize,
    get: impl Fn(u32) -> Option<T>,
    judge: impl Fn(&T) -> bool,
) -> Vec<bool> {
    (0..count as u32)
        .map(|at| get(at).is_some_and(|value| judge(&value)))
        .collect()
}

fn says(table: &[bool], at: u32) -> bool {
    table.get(at as usize).copied().unwrap_or(false)
}

impl OfNetwork {
    /// `operator` is its name from wherever it is known.
    fn judge(&self, network: &Network<'_>, operator: Option<&str>) -> bool {
        match self {
            Self::Operator(values) => values.judge(&mut operator.into_iter()),
            Self::Plmn(values) => {
                let plmn = match (network.mcc, network.mnc) {
                    (Some(mcc), Some(mnc)) => Some(format!("{mcc}-{mnc}")),
                    _ => None,
                };
                values.judge(&mut plmn.as_deref().into_iter())
            }
            Self::Country(true, values) => {
                network.country.is_some() && !values.contains(&network.country)
            }
            Self::Country(false, values) => values.contains(&network.country),
        }
    }
}

/// What of the places of a row lies where it is asked for.
struct InAreas<'a> {
    values: &'a [Option<Area>],
    any: bool,
    fits: bool,
}

impl<'a> InAreas<'a> {
    fn new(values: &'a [Option<Area>]) -> Self {
        Self {
            values,
            any: false,
            fits: false,
        }
    }

    fn take(&mut self, place: Place) {
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            let mut areas = self.values.iter().flatten();
            self.any = true;
            self.fits = self.fits || areas.any(|area| area.contains(lat, lon));
        }
    }

    /// The term's answer.
    fn verdict(&self, differs: bool) -> bool {
        if differs {
            self.any && !self.fits
        } else {
            self.fits || (!self.any && self.values.contains(&None))
        }
    }

    fn judge(values: &'a [Option<Area>], differs: bool, place: Place) -> bool {
        let mut found = Self::new(values);
        found.take(place);
        found.verdict(differs)
    }
}

impl Tests {
    /// Makes the terms ready that are about rows.
    pub fn new(store: &Store, filter: &Filter, facts: &Facts<'_>) -> Self {
        let rows = filter.terms.iter().filter_map(|term| {
            let test = test(store, &term.what, facts)?;
            Some((term.negated, test))
        });
        let events = filter.terms.iter().filter_map(|term| match &term.what {
            What::Choice {
                field: Choice::Event,
                differs,
                mask,
            } => Some(if *differs == term.negated {
                *mask
            } else {
                !mask
            }),
            _ => None,
        });
        Self {
            rows: rows.collect(),
            events: events.reduce(|a, b| a & b),
        }
    }

    /// Whether a session passes all of them.
    pub fn session(&mut self, store: &Store, row: u32) -> bool {
        self.rows
            .iter_mut()
            .all(|(negated, test)| test.session(store, row) != *negated)
    }

    /// Whether an event passes those that are about networks, sources, time and events.
    pub fn event(&self, store: &Store, event: &EventRow) -> bool {
        self.events
            .is_none_or(|mask| has(mask, 1 << event.kind as u16))
            && self.rows.iter().all(|(negated, test)| {
                let passes = test.event(store, event);
                passes.is_none_or(|passes| passes != *negated)
            })
    }

    /// Whether a usage row passes those that are about sources and time.
    pub fn usage(&self, usage: &UsageRow) -> bool {
        self.rows.iter().all(|(negated, test)| {
            let passes = test.usage(usage);
            passes.is_none_or(|passes| passes != *negated)
        })
    }

    /// Whether the usage of an account, which is of no SIM, passes: no term may be about anything but
    /// sources and time.
    pub fn account_usage(&self, usage: &UsageRow) -> bool {
        self.events.is_none()
            && self.rows.iter().all(|(negated, test)| {
                let passes = test.usage(usage);
                passes.is_some_and(|passes| passes != *negated)
            })
    }

    /// Whether a SIM without sessions passes all of them, by what its lists, events and usage say.
    pub fn sim_alone(&self, store: &Store, lane: u32) -> bool {
        let Some(provider) = store.provider_of_lane(lane) else {
            return false;
        };
        let unknown = Sim::new(provider, "".into());
        let found = store.lane(lane);
        let sim = found
            .and_then(|lane| lane.sim.as_deref())
            .unwrap_or(&unknown);
        self.rows.iter().all(|(negated, test)| {
            let passes = test.sim_alone(store, lane, sim);
            passes.is_some_and(|passes| passes != *negated)
        })
    }
}

fn test(store: &Store, what: &What, facts: &Facts<'_>) -> Option<Test> {
    let parts = &store.parts;
    Some(match what {
        What::Free(_)
        | What::LastCountry { .. }
        | What::Flag(Flag::Offline)
        | What::Number {
            field: NumberField::Offline,
            ..
        } => return None,
        What::Flag(Flag::Open) => Test::End(choice::end(EndKind::Open)),
        What::Flag(Flag::Ended) => {
            Test::End(choice::end(EndKind::Exact) | choice::end(EndKind::Estimated))
        }
        What::Flag(Flag::Unknown) => Test::End(choice::end(EndKind::Unknown)),
        What::Flag(Flag::Estimated) => Test::Estimated,
        What::Flag(Flag::Silent) => Test::Silent(facts.as_of.saturating_sub(facts.silent_ms)),
        What::Text {
            field,
            differs,
            values: asked,
        } => {
            let values = Values::new(*differs, asked);
            match field {
                TextField::Operator => of_network(store, OfNetwork::Operator(values)),
                TextField::Plmn => of_network(store, OfNetwork::Plmn(values)),
                TextField::Cell => {
                    let cells = Cells::new(*differs, asked);
                    let cell = |at: u32| Some((parts.cells.get(at)?.plmn, parts.cell(at)));
                    let judge = |(plmn, cell): &((u16, u16), Cell<'_>)| cells.judge(*plmn, cell);
                    let table = by_number(parts.cells.len(), cell, judge);
                    Test::Cell(cells, table)
                }
                TextField::Source => {
                    let label = |document: u32| Some(store.source_of_document(document));
                    let judge = |label: &crate::model::Text<'_>| judge_source(&values, label);
                    let table = by_number(store.documents.len(), label, judge);
                    Test::Source(values, table)
                }
                TextField::Imsi => Test::Subscriber(Subscriber::Imsi, values, Memo::default()),
                TextField::Imei => Test::Subscriber(Subscriber::Imei, values, Memo::default()),
                TextField::Apn => Test::Apn(by_number(
                    parts.abouts.len(),
                    |at| parts.abouts.get(at),
                    |about| values.judge(&mut parts.texts.get(about.apn).into_iter()),
                )),
                TextField::Ip => Test::Ips(by_number(
                    parts.lists.len(),
                    |at| Some(parts.list(at)),
                    |ips| values.judge(&mut ips.iter().map(std::convert::AsRef::as_ref)),
                )),
                _ => return None,
            }
        }
        What::Country { differs, values } => {
            of_network(store, OfNetwork::Country(*differs, values.clone()))
        }
        What::Area { differs, values } => Test::Area(*differs, values.clone()),
        What::Choice {
            field,
            differs,
            mask,
        } => {
            let unknown_radio = choice::radio(None);
            let mask = match (differs, field) {
                (false, _) => *mask,
                (true, Choice::Radio) => !(mask | unknown_radio),
                (true, _) => !mask,
            };
            match field {
                Choice::Radio => Test::Radio(mask),
                Choice::Start => Test::Start(mask),
                Choice::End => Test::End(mask),
                Choice::Basis => Test::Basis(mask),
                Choice::Event | Choice::Vendor | Choice::LastRadio | Choice::Finding => {
                    return None;
                }
            }
        }
        What::Number { field, op, values } => Test::Number(*field, *op, values.clone()),
        What::Time { edge, at } => Test::Time(*edge, at.ms(*edge, facts.as_of)),
    })
}

fn of_network(store: &Store, asked: OfNetwork) -> Test {
    let parts = &store.parts;
    let table = by_number(
        parts.networks.len(),
        |at| Some((parts.network(at), parts.operator(at))),
        |(network, operator)| asked.judge(network, *operator),
    );
    Test::Network(asked, table)
}

fn judge_source(values: &Values, label: &str) -> bool {
    values.judge(&mut Some(label).filter(|label| !label.is_empty()).into_iter())
}

fn has(mask: u16, bit: u16) -> bool {
    mask & bit != 0
}

/// Whether something that reaches from one instant to another lies on that side. Unknown instants lie on none.
fn on_side(edge: Edge, at: i64, from: i64, to: i64) -> bool {
    from != NEVER
        && match edge {
            Edge::Since => to >= at,
            Edge::Until => from <= at,
        }
}

impl Test {
    fn session(&mut self, store: &Store, row: u32) -> bool {
        let sessions = &store.sessions;
        match self {
            Self::Network(_, table) => says(table, sessions.network(row)),
            Self::Cell(_, table) => says(table, sessions.cell(row)),
            Self::Area(differs, values) => {
                let mut found = InAreas::new(values);
                store.fixes(row, &mut |fix| found.take(fix.place));
                found.verdict(*differs)
            }
            Self::Radio(mask) => has(*mask, choice::radio(sessions.kinds(row).radio)),
            Self::Source(_, table) => says(table, sessions.document(row)),
            Self::Time(Edge::Since, at) => {
                // What lies on the axis at all begins somewhere.
                store.light_until(row) >= *at && store.begin(row) != NEVER
            }
            Self::Time(Edge::Until, at) => {
                let begin = store.begin(row);
                begin != NEVER && begin <= *at
            }
            Self::Subscriber(which, values, memo) => {
                let id: TextId = match which {
                    Subscriber::Imsi => sessions.imsi(row),
                    Subscriber::Imei => sessions.imei(row),
                };
                let key = sessions.sim(row);
                let fits = memo.fits(values, &store.parts.texts, key, id);
                values.verdict(id != NONE, fits)
            }
            Self::Apn(table) => says(table, sessions.about(row)),
            Self::Ips(table) => says(table, sessions.ips(row)),
            Self::Start(mask) => has(*mask, choice::start(sessions.kinds(row).start)),
            Self::End(mask) => has(*mask, choice::end(sessions.kinds(row).end)),
            Self::Basis(mask) => has(*mask, choice::basis(sessions.kinds(row).basis)),
            Self::Estimated => {
                let kinds = sessions.kinds(row);
                kinds.start == StartKind::Estimated || kinds.end == EndKind::Estimated
            }
            Self::Silent(before) => {
                sessions.kinds(row).end == EndKind::Open && store.solid_until(row) < *before
            }
            Self::Number(field, op, values) => compares(*op, values, number(store, *field, row)),
        }
    }

    /// Null where the term says nothing about events.
    fn event(&self, store: &Store, event: &EventRow) -> Option<bool> {
        Some(match self {
            Self::Area(differs, values) => {
                InAreas::judge(values, *differs, store.place_of_event(event))
            }
            Self::Network(_, table) => says(table, event.told_network()),
            Self::Cell(_, table) => says(table, event.cell),
            Self::Radio(mask) => has(*mask, choice::radio(event.radio)),
            Self::Source(_, table) => says(table, event.record.document),
            Self::Time(edge, at) => on_side(*edge, *at, event.time.ms(), event.time.ms()),
            _ => return None,
        })
    }

    /// Null where the term says nothing about usage.
    fn usage(&self, usage: &UsageRow) -> Option<bool> {
        Some(match self {
            Self::Source(_, table) => says(table, usage.record.document),
            Self::Time(edge, at) => {
                let to = usage.to.unwrap_or(usage.from);
                on_side(*edge, *at, usage.from.ms(), to.ms())
            }
            _ => return None,
        })
    }

    /// Null where the term is about sessions alone.
    fn sim_alone(&self, store: &Store, lane: u32, sim: &Sim<'_>) -> Option<bool> {
        Some(match self {
            Self::Network(asked, _) => {
                asked.judge(&sim.network, store.parts.operator_of(&sim.network))
            }
            Self::Cell(cells, _) => cells.judge(plmn_of(&sim.network), &sim.cell),
            Self::Area(differs, values) => InAreas::judge(values, *differs, sim.place),
            Self::Radio(mask) => has(*mask, choice::radio(sim.radio)),
            Self::Source(values, _) => judge_source(values, &sim.source),
            Self::Time(edge, at) => {
                let rows = extent(store, lane);
                rows.is_some_and(|(from, to)| on_side(*edge, *at, from, to))
            }
            Self::Subscriber(Subscriber::Imsi, values, _) => {
                values.judge(&mut sim.imsis.iter().map(std::convert::AsRef::as_ref))
            }
            Self::Subscriber(Subscriber::Imei, values, _) => {
                values.judge(&mut sim.imei.as_deref().into_iter())
            }
            _ => return None,
        })
    }
}

/// The first and the last instant of a SIM's events and usage.
fn extent(store: &Store, lane: u32) -> Option<(i64, i64)> {
    let found = store.lane(lane)?;
    let events = found.events.iter().filter_map(|row| store.events.get(*row));
    let events = events.map(|event| (event.time.ms(), event.time.ms()));
    let usage = found.usage.iter().filter_map(|row| store.usage.get(*row));
    let usage = usage.map(|usage| (usage.from.ms(), usage.to.unwrap_or(usage.from).ms()));
    events
        .chain(usage)
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn number(store: &Store, field: NumberField, row: u32) -> Option<u64> {
    match field {
        NumberField::Duration => store.duration_ms(row).and_then(|ms| u64::try_from(ms).ok()),
        NumberField::Bytes => store.bytes(row),
        NumberField::Up => store.sessions.traffic(row).bytes_up,
        NumberField::Down => store.sessions.traffic(row).bytes_down,
        NumberField::Packets => store.packets(row),
        NumberField::Offline => None,
    }
}

/// Whether a number, or its absence, compares so with one of the values.
pub(super) fn compares(op: Op, values: &[Option<u64>], number: Option<u64>) -> bool {
    match op {
        Op::Is => values.contains(&number),
        Op::IsNot => number.is_some() && !values.contains(&number),
        Op::Above => number > values.first().copied().flatten() && number.is_some(),
        Op::AtLeast => number >= values.first().copied().flatten() && number.is_some(),
        Op::Below => number.is_some() && number < values.first().copied().flatten(),
        Op::AtMost => number.is_some() && number <= values.first().copied().flatten(),
    }
}
