//! The filter as `docs/filter.md` says it, evaluated on the model's own rows, one by one and without numbers.

use super::fixture::named_findings;
use crate::insight::{Rule, Severity};
use crate::model::{
    Basis, Cell, EndKind, Event, Instant, Network, Place, Radio, Session, Sim, StartKind, Usage,
};
use crate::store::Store;
use crate::store::filter::choice::Choice;
use crate::store::filter::pattern::Pattern;
use crate::store::filter::terms::{Edge, Filter, Flag, NumberField, Term, TextField, What};
use crate::store::filter::tokens::Op;
use crate::store::filter::{Area, Facts};

/// The texts fit the pattern: by trying every way to split at the wildcards.
fn fits(pattern: &[String], text: &str) -> bool {
    match pattern {
        [] => text.is_empty(),
        [only] => text == only.to_lowercase(),
        [first, rest @ ..] => {
            let Some(tail) = text.strip_prefix(&first.to_lowercase()) else {
                return false;
            };
            let ends: Vec<usize> = tail
                .char_indices()
                .map(|(at, _)| at)
                .chain([tail.len()])
                .collect();
            ends.into_iter().any(|at| fits(rest, &tail[at..]))
        }
    }
}

fn texts_pass(differs: bool, values: &[Option<Pattern>], texts: &[String]) -> bool {
    let one = |value: &Option<Pattern>| match value {
        None => texts.is_empty(),
        Some(pattern) => texts
            .iter()
            .any(|text| fits(pattern.pieces(), &text.to_lowercase())),
    };
    if differs {
        !texts.is_empty() && !values.iter().flatten().any(|v| one(&Some(v.clone())))
    } else {
        values.iter().any(one)
    }
}

fn own(text: Option<&str>) -> Vec<String> {
    text.map(str::to_owned).into_iter().collect()
}

/// The SIM of a lane with what its sessions say of it.
pub struct Known<'a> {
    pub sim: Sim<'a>,
    pub keys: Vec<String>,
    pub sessions: Vec<Session<'a>>,
    pub events: Vec<Event<'a>>,
    pub usage: Vec<Usage<'a>>,
    pub offline_ms: Option<i64>,
    pub findings: Vec<(Rule, Severity)>,
}

impl<'a> Known<'a> {
    pub fn new(store: &'a Store, lane: u32, facts: &Facts<'_>) -> Self {
        let found = store.lane(lane).unwrap();
        Self {
            sim: store.sim(lane).unwrap(),
            keys: found
                .keys
                .iter()
                .map(|key| store.key_of(*key).1.into_owned())
                .collect(),
            sessions: found
                .sessions
                .iter()
                .map(|row| store.session(*row))
                .collect(),
            events: found
                .events
                .iter()
                .filter_map(|row| store.event(*row))
                .collect(),
            usage: found
                .usage
                .iter()
                .filter_map(|row| store.usage(*row))
                .collect(),
            offline_ms: (facts.offline_ms)(lane),
            findings: named_findings(lane),
        }
    }

    fn names(&self) -> Vec<String> {
        let sim = &self.sim;
        let of_sim = [
            &sim.name,
            &sim.iccid,
            &sim.msisdn,
            &sim.imei,
            &sim.eid,
            &sim.device_id,
            &sim.device_name,
        ];
        let of_sim = of_sim
            .into_iter()
            .flatten()
            .chain(&sim.imsis)
            .chain(&sim.iccids);
        let of_sessions = self
            .sessions
            .iter()
            .flat_map(|s| [&s.iccid, &s.imsi, &s.imei]);
        let texts = of_sim.chain(of_sessions.flatten()).map(ToString::to_string);
        texts.chain(self.keys.iter().cloned()).collect()
    }

    fn iccids(&self) -> Vec<String> {
        let of_sim = self.sim.iccid.iter().chain(&self.sim.iccids);
        let all = of_sim.chain(self.sessions.iter().filter_map(|s| s.iccid.as_ref()));
        all.map(ToString::to_string).collect()
    }

    /// What the latest of its sessions tells that tells any of it, else its list.
    fn last<T>(
        &self,
        of_session: impl Fn(&Session<'_>) -> Option<T>,
        of_sim: impl Fn(&Sim<'_>) -> Option<T>,
    ) -> Option<T> {
        let told = self.sessions.iter().rev().find_map(of_session);
        told.or_else(|| of_sim(&self.sim))
    }

    fn last_operator(&self) -> Option<String> {
        let called = |network: &Network<'_>| {
            let name = network.operator.as_deref().map(str::to_owned);
            name.or_else(|| Some(format!("{}-{}", network.mcc?, network.mnc?)))
        };
        self.last(|s| called(&s.network), |s| called(&s.network))
    }

    fn device_type(&self) -> Option<String> {
        let owned = |text: &crate::model::Text<'_>| text.to_string();
        let imei = self.last(
            |s| s.imei.as_ref().map(owned),
            |s| s.imei.as_ref().map(owned),
        )?;
        let is_imei = [14, 15, 16].contains(&imei.len()) && imei.chars().all(char::is_numeric);
        is_imei.then(|| imei.chars().take(8).collect())
    }

    /// Whether it passes the terms about SIMs.
    fn passes(&self, filter: &Filter) -> bool {
        filter.terms.iter().all(|term| {
            let answer = match &term.what {
                What::Free(pattern) => {
                    let mut pieces = vec![String::new()];
                    pieces.extend(pattern.pieces().iter().cloned());
                    pieces.push(String::new());
                    self.names()
                        .iter()
                        .any(|name| fits(&pieces, &name.to_lowercase()))
                }
                What::Text {
                    field,
                    differs,
                    values,
                } => {
                    let texts = match field {
                        TextField::Sim => self.names(),
                        TextField::Iccid => self.iccids(),
                        TextField::Name => {
                            let names = self.sim.name.iter().chain(&self.sim.device_name);
                            names.map(ToString::to_string).collect()
                        }
                        TextField::Status => own(self.sim.status.as_deref()),
                        TextField::Tag => {
                            let tags = self.sim.tags.iter();
                            let forms = tags.flat_map(|tag| {
                                [
                                    tag.name.to_string(),
                                    tag.value.to_string(),
                                    format!("{}={}", tag.name, tag.value),
                                ]
                            });
                            forms.collect()
                        }
                        TextField::LastOperator => own(self.last_operator().as_deref()),
                        TextField::DeviceType => own(self.device_type().as_deref()),
                        _ => return true,
                    };
                    texts_pass(*differs, values, &texts)
                }
                What::LastCountry { differs, values } => {
                    let country = self.last(|s| s.network.country, |s| s.network.country);
                    match country {
                        None => !differs && values.contains(&None),
                        country => values.contains(&country) != *differs,
                    }
                }
                What::Choice {
                    field: Choice::LastRadio,
                    differs,
                    mask,
                } => {
                    let radio = self.last(|s| s.radio, |s| s.radio);
                    let name = radio.map_or("unknown", Radio::as_str);
                    let is = chosen(Choice::LastRadio, *mask, name);
                    if *differs { radio.is_some() && !is } else { is }
                }
                What::Choice {
                    field: Choice::Vendor,
                    differs,
                    mask,
                } => chosen(Choice::Vendor, *mask, self.sim.provider.as_str()) != *differs,
                What::Choice {
                    field: Choice::Finding,
                    differs,
                    mask,
                } => {
                    let mut words = Vec::new();
                    for (rule, severity) in &self.findings {
                        words.extend(["any", rule.as_str(), severity.as_str()]);
                    }
                    let is = |word: &&str| chosen(Choice::Finding, *mask, word);
                    if words.is_empty() {
                        !differs && is(&"none")
                    } else {
                        words.iter().any(is) != *differs
                    }
                }
                What::Choice {
                    field: Choice::Event,
                    differs,
                    mask,
                } => {
                    if *differs != term.negated {
                        return true;
                    }
                    let has = |event: &Event<'_>| chosen(Choice::Event, *mask, event.kind.as_str());
                    return self.events.iter().any(has);
                }
                What::Number {
                    field: NumberField::Offline,
                    op,
                    values,
                } => number_passes(*op, values, self.offline_ms.map(|ms| ms as u64)),
                What::Flag(Flag::Offline) => self.offline_ms.is_some(),
                _ => return true,
            };
            answer != term.negated
        })
    }

    /// Whether it is listed.
    pub fn listed(&self, filter: &Filter, facts: &Facts<'_>) -> bool {
        if !self.sessions.is_empty() {
            return self
                .sessions
                .iter()
                .any(|session| self.session(session, filter, facts));
        }
        self.passes(filter)
            && filter.terms.iter().all(|term| {
                let sim = &self.sim;
                let answer = match &term.what {
                    What::Text {
                        field,
                        differs,
                        values,
                    } => match field {
                        TextField::Imsi => {
                            let imsis: Vec<String> =
                                sim.imsis.iter().map(ToString::to_string).collect();
                            texts_pass(*differs, values, &imsis)
                        }
                        TextField::Imei => texts_pass(*differs, values, &own(sim.imei.as_deref())),
                        TextField::Source => texts_pass(*differs, values, &source(&sim.source)),
                        TextField::Apn | TextField::Ip => return false,
                        TextField::LastOperator | TextField::DeviceType => return true,
                        _ => match on_network(&term.what, &sim.network, &sim.cell, sim.radio) {
                            Some(answer) => answer,
                            None => return true,
                        },
                    },
                    What::Area { differs, values } => places_pass(*differs, values, &[sim.place]),
                    What::Time { edge, at } => {
                        let events = self.events.iter().map(|e| (e.time, e.time));
                        let usage = self.usage.iter().map(|u| (u.from, u.to.unwrap_or(u.from)));
                        let mut spans = events.chain(usage);
                        spans.any(|span| on_side(*edge, at.ms(*edge, facts.as_of), span))
                    }
                    What::Number {
                        field: NumberField::Offline,
                        ..
                    }
                    | What::Flag(Flag::Offline)
                    | What::Free(_)
                    | What::LastCountry { .. }
                    | What::Choice {
                        field: Choice::Event | Choice::Vendor | Choice::LastRadio | Choice::Finding,
                        ..
                    } => return true,
                    What::Number { .. }
                    | What::Flag(_)
                    | What::Choice {
                        field: Choice::Start | Choice::End | Choice::Basis,
                        ..
                    } => return false,
                    what => on_network(what, &sim.network, &sim.cell, sim.radio).unwrap(),
                };
                answer != term.negated
            })
    }

    /// Whether one of its sessions is let through.
    pub fn session(&self, session: &Session<'_>, filter: &Filter, facts: &Facts<'_>) -> bool {
        self.passes(filter)
            && filter.terms.iter().all(|term| {
                let answer = of_session(session, &term.what, facts);
                answer.is_none_or(|answer| answer != term.negated)
            })
    }

    /// Whether one of its events is let through.
    pub fn event(&self, event: &Event<'_>, filter: &Filter, facts: &Facts<'_>) -> bool {
        let network = if event.network_after.is_empty() {
            &event.network
        } else {
            &event.network_after
        };
        self.listed(filter, facts)
            && filter.terms.iter().all(|Term { negated, what }| {
                let answer = match what {
                    What::Choice {
                        field: Choice::Event,
                        differs,
                        mask,
                    } => Some(chosen(Choice::Event, *mask, event.kind.as_str()) != *differs),
                    What::Time { edge, at } => Some(on_side(
                        *edge,
                        at.ms(*edge, facts.as_of),
                        (event.time, event.time),
                    )),
                    What::Text {
                        field: TextField::Source,
                        differs,
                        values,
                    } => Some(texts_pass(*differs, values, &source(&event.source))),
                    What::Area { differs, values } => {
                        Some(places_pass(*differs, values, &[event.place]))
                    }
                    what => on_network(what, network, &event.cell, event.radio),
                };
                answer.is_none_or(|answer| answer != *negated)
            })
    }
}

/// Whether a usage row is let through; `listed` is null for an account's.
pub fn usage(usage: &Usage<'_>, listed: Option<bool>, filter: &Filter, facts: &Facts<'_>) -> bool {
    listed.unwrap_or(true)
        && filter.terms.iter().all(|Term { negated, what }| {
            let answer = match what {
                What::Text {
                    field: TextField::Source,
                    differs,
                    values,
                } => texts_pass(*differs, values, &source(&usage.source)),
                What::Time { edge, at } => {
                    let span = (usage.from, usage.to.unwrap_or(usage.from));
                    on_side(*edge, at.ms(*edge, facts.as_of), span)
                }
                What::Choice {
                    field: Choice::Vendor,
                    differs,
                    mask,
                } if listed.is_none() => {
                    chosen(Choice::Vendor, *mask, usage.provider.as_str()) != *differs
                }
                _ => return listed.is_some(),
            };
            answer != *negated
        })
}

fn source(label: &str) -> Vec<String> {
    own(Some(label).filter(|label| !label.is_empty()))
}

fn chosen(choice: Choice, mask: u16, name: &str) -> bool {
    let names = choice.names();
    names
        .iter()
        .enumerate()
        .any(|(bit, known)| *known == name && mask >> bit & 1 == 1)
}

fn on_side(edge: Edge, at: i64, (from, to): (Instant, Instant)) -> bool {
    match edge {
        Edge::Since => to.ms() >= at,
        Edge::Until => from.ms() <= at,
    }
}

fn number_passes(op: Op, values: &[Option<u64>], number: Option<u64>) -> bool {
    let Some(number) = number else {
        return op == Op::Is && values.contains(&None);
    };
    let any =
        |compare: fn(&u64, &u64) -> bool| values.iter().flatten().any(|v| compare(&number, v));
    match op {
        Op::Is => any(u64::eq),
        Op::IsNot => !any(u64::eq),
        Op::Above => any(u64::gt),
        Op::AtLeast => any(u64::ge),
        Op::Below => any(u64::lt),
        Op::AtMost => any(u64::le),
    }
}

fn on_network(
    what: &What,
    network: &Network<'_>,
    cell: &Cell<'_>,
    radio: Option<Radio>,
) -> Option<bool> {
    Some(match what {
        What::Text {
            field: TextField::Operator,
            differs,
            values,
        } => texts_pass(*differs, values, &own(network.operator.as_deref())),
        What::Text {
            field: TextField::Plmn,
            differs,
            values,
        } => {
            let plmn = network
                .mcc
                .zip(network.mnc)
                .map(|(mcc, mnc)| format!("{mcc}-{mnc}"));
            texts_pass(*differs, values, &own(plmn.as_deref()))
        }
        What::Text {
            field: TextField::Cell,
            differs,
            values,
        } => {
            let numbers = [cell.ci.map(u64::from), cell.eci.map(u64::from), cell.nci];
            let mut texts = own(cell.reported.as_deref());
            texts.extend(numbers.into_iter().flatten().map(|n| n.to_string()));
            texts_pass(*differs, values, &texts)
        }
        What::Country {
            differs: false,
            values,
        } => values.contains(&network.country),
        What::Country {
            differs: true,
            values,
        } => network
            .country
            .is_some_and(|country| !values.contains(&Some(country))),
        What::Choice {
            field: Choice::Radio,
            differs,
            mask,
        } => {
            let name = radio.map_or("unknown", Radio::as_str);
            let is = chosen(Choice::Radio, *mask, name);
            if *differs { radio.is_some() && !is } else { is }
        }
        _ => return None,
    })
}

fn places_pass(differs: bool, values: &[Option<Area>], places: &[Place]) -> bool {
    let points: Vec<(f64, f64)> = places.iter().filter_map(|p| p.lat.zip(p.lon)).collect();
    let one = |value: &Option<Area>| match value {
        None => points.is_empty() && !differs,
        Some(area) => points.iter().any(|(lat, lon)| area.contains(*lat, *lon)),
    };
    let any = values.iter().any(one);
    if differs {
        !points.is_empty() && !any
    } else {
        any
    }
}

/// Null where the term is not about sessions.
fn of_session(session: &Session<'_>, what: &What, facts: &Facts<'_>) -> Option<bool> {
    let s = session;
    let sum = |a: Option<u64>, b: Option<u64>| a.map_or(b, |a| Some(a + b.unwrap_or(0)));
    let begin = s.start.or(s.last_seen).or(s.end).or(s.observed);
    let known_until = s.end.or(s.last_seen).max(begin);
    Some(match what {
        What::Area { differs, values } => {
            let segments: Vec<Place> = s.segments.iter().map(|s| s.place).collect();
            let segments = segments.into_iter().filter(|place| place.lat.is_some());
            let mut places: Vec<Place> = segments.collect();
            if places.is_empty() {
                places.push(s.place);
            }
            places_pass(*differs, values, &places)
        }
        What::Flag(Flag::Open) => s.end_kind == EndKind::Open,
        What::Flag(Flag::Ended) => matches!(s.end_kind, EndKind::Exact | EndKind::Estimated),
        What::Flag(Flag::Unknown) => s.end_kind == EndKind::Unknown,
        What::Flag(Flag::Estimated) => {
            s.start_kind == StartKind::Estimated || s.end_kind == EndKind::Estimated
        }
        What::Flag(Flag::Silent) => {
            let heard = known_until.map_or(i64::MIN, Instant::ms);
            s.end_kind == EndKind::Open && facts.as_of.saturating_sub(heard) > facts.silent_ms
        }
        What::Text {
            field,
            differs,
            values,
        } => {
            let texts = match field {
                TextField::Imsi => own(s.imsi.as_deref()),
                TextField::Imei => own(s.imei.as_deref()),
                TextField::Apn => own(s.apn.as_deref()),
                TextField::Ip => s.ips.iter().map(ToString::to_string).collect(),
                TextField::Source => source(&s.source),
                _ => return on_network(what, &s.network, &s.cell, s.radio),
            };
            texts_pass(*differs, values, &texts)
        }
        What::Choice {
            field,
            differs,
            mask,
        } => {
            let name = match field {
                Choice::Basis => match s.basis {
                    Basis::Reported => "reported",
                    Basis::Rebuilt => "rebuilt",
                    Basis::Polled => "polled",
                },
                Choice::Start => match s.start_kind {
                    StartKind::Exact => "exact",
                    StartKind::BeforeWindow => "before_window",
                    StartKind::Estimated => "estimated",
                    StartKind::Unknown => "unknown",
                },
                Choice::End => match s.end_kind {
                    EndKind::Exact => "exact",
                    EndKind::Open => "open",
                    EndKind::Estimated => "estimated",
                    EndKind::Unknown => "unknown",
                },
                Choice::Radio => return on_network(what, &s.network, &s.cell, s.radio),
                Choice::Vendor | Choice::Event | Choice::LastRadio | Choice::Finding => {
                    return None;
                }
            };
            chosen(*field, *mask, name) != *differs
        }
        What::Number { field, op, values } => {
            let t = &s.traffic;
            let number = match field {
                NumberField::Duration => {
                    let until = known_until.map(Instant::ms);
                    let lasted = s.start.zip(until).map(|(start, until)| until - start.ms());
                    let begun_only = lasted == Some(0) && s.end.is_none();
                    lasted.filter(|_| !begun_only).map(|ms| ms as u64)
                }
                NumberField::Bytes => t.bytes_total.or(sum(t.bytes_up, t.bytes_down)),
                NumberField::Up => t.bytes_up,
                NumberField::Down => t.bytes_down,
                NumberField::Packets => sum(t.packets_up, t.packets_down),
                NumberField::Offline => return None,
            };
            number_passes(*op, values, number)
        }
        What::Time { edge, at } => {
            let Some(begin) = begin else {
                return Some(false);
            };
            let light = match s.end_kind {
                EndKind::Open => s.observed,
                EndKind::Estimated => s.end_latest,
                _ => None,
            };
            let until = known_until.max(light).unwrap_or(begin);
            on_side(*edge, at.ms(*edge, facts.as_of), (begin, until))
        }
        _ => return on_network(what, &s.network, &s.cell, s.radio),
    })
}
