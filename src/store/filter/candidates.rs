//! The values of a field that occur in what is loaded, and how often.

use super::choice::{self, Choice};
use super::complete::Counted;
use super::terms::{Holds, TextField};
use crate::store::Store;
use crate::store::index::Keyed;
use crate::store::interner::TextId;
use crate::store::order::{items_by_number, items_by_text};

/// A value, or null for what is not reported, and how often it occurs.
pub(super) type Candidate = (Option<String>, Counted);

/// The values of the fields that were asked for, until the data change.
#[derive(Debug, Default)]
pub struct Candidates(Vec<(Holds, Vec<Candidate>)>);

impl Candidates {
    /// The values of a field, the most frequent first.
    pub(super) fn of(&mut self, store: &Store, field: Holds) -> &[Candidate] {
        let at = self.0.iter().position(|(known, _)| *known == field);
        let at = at.unwrap_or_else(|| {
            self.0.push((field, count(store, field)));
            self.0.len() - 1
        });
        self.0.get(at).map_or(&[], |(_, values)| values)
    }
}

/// Counts by a number that every session has.
fn by_number(store: &Store, count: usize, of: &dyn Fn(u32) -> u32) -> Vec<u32> {
    let mut counts = vec![0u32; count];
    for row in store.session_rows() {
        if let Some(count) = counts.get_mut(of(row) as usize) {
            *count += 1;
        }
    }
    counts
}

#[derive(Default)]
struct Tally(Keyed<Option<String>, (Option<String>, u32)>);

impl Tally {
    fn add(&mut self, text: Option<String>, count: u32) {
        if count > 0 {
            let slot = self.0.or_default(text.clone());
            *slot = (text, slot.1 + count);
        }
    }

    /// Texts of the same count in their order.
    fn ordered(self, counted: fn(u32) -> Counted) -> Vec<Candidate> {
        let texts = items_by_text(self.0.into_values(), |(text, _)| {
            text.clone().unwrap_or_default()
        });
        let ordered = items_by_number(texts, |(_, count)| -i64::from(*count));
        let ordered = ordered.into_iter();
        ordered
            .map(|(text, count)| (text, counted(count)))
            .collect()
    }
}

fn count(store: &Store, field: Holds) -> Vec<Candidate> {
    let parts = &store.parts;
    let mut tally = Tally::default();
    match field {
        Holds::Number(_) | Holds::Time(_) | Holds::Area => {}
        Holds::Country | Holds::Text(TextField::Operator | TextField::Plmn) => {
            let counts = by_number(store, parts.networks.len(), &|row| {
                store.sessions.network(row)
            });
            for (at, count) in (0u32..).zip(counts) {
                let network = parts.network(at);
                let text = match field {
                    Holds::Country => network.country.map(|country| country.to_string()),
                    Holds::Text(TextField::Operator) => parts.operator(at).map(str::to_owned),
                    _ => network
                        .mcc
                        .zip(network.mnc)
                        .map(|(mcc, mnc)| format!("{mcc}-{mnc}")),
                };
                tally.add(text, count);
            }
        }
        Holds::Choice(Choice::Event) => {
            for (_, event) in store.event_rows() {
                tally.add(Some(event.kind.as_str().to_owned()), 1);
            }
            return tally.ordered(Counted::Events);
        }
        Holds::LastCountry
        | Holds::Choice(Choice::LastRadio)
        | Holds::Text(TextField::LastOperator | TextField::DeviceType) => {
            for (lane, found) in store.lanes() {
                let last = match field {
                    Holds::LastCountry => store.last_country(lane).map(|c| c.to_string()),
                    Holds::Text(TextField::LastOperator) => store.last_operator(lane),
                    Holds::Text(_) => store.last_device_type(lane),
                    _ => {
                        let radio = store.last_radio(lane).map(crate::model::Radio::as_str);
                        Some(radio.unwrap_or("unknown").to_owned())
                    }
                };
                tally.add(last, (found.sessions.len() as u32).max(1));
            }
        }
        Holds::Choice(choice) => {
            let names = choice.names();
            let counts = by_number(store, names.len(), &|row| bit_of(store, choice, row));
            for (name, count) in names.into_iter().zip(counts) {
                tally.add(Some(name.to_owned()), count);
            }
        }
        Holds::Text(TextField::Cell) => {
            let counts = by_number(store, parts.cells.len(), &|row| store.sessions.cell(row));
            for (at, count) in (0u32..).zip(counts) {
                let cell = parts.cell(at);
                let number = cell
                    .nci
                    .or(cell.eci.map(u64::from))
                    .or(cell.ci.map(u64::from));
                let reported = cell.reported.map(std::borrow::Cow::into_owned);
                tally.add(reported.or_else(|| number.map(|n| n.to_string())), count);
            }
        }
        Holds::Text(TextField::Apn) => {
            let counts = by_number(store, parts.abouts.len(), &|row| store.sessions.about(row));
            for (at, count) in (0u32..).zip(counts) {
                let apn = parts
                    .abouts
                    .get(at)
                    .and_then(|about| parts.texts.get(about.apn));
                tally.add(apn.map(str::to_owned), count);
            }
        }
        Holds::Text(TextField::Ip) => {
            let counts = by_number(store, parts.lists.len(), &|row| store.sessions.ips(row));
            for (at, count) in (0u32..).zip(counts) {
                let ips = parts.list(at);
                if ips.is_empty() {
                    tally.add(None, count);
                }
                for ip in ips {
                    tally.add(Some(ip.into_owned()), count);
                }
            }
        }
        Holds::Text(TextField::Source) => {
            let counts = by_number(store, store.documents.len(), &|row| {
                store.sessions.document(row)
            });
            for (at, count) in (0u32..).zip(counts) {
                tally.add(Some(store.source_of_document(at).into_owned()), count);
            }
        }
        Holds::Text(TextField::Imei) => by_text(store, &mut tally, &|row| store.sessions.imei(row)),
        Holds::Text(TextField::Imsi) => by_text(store, &mut tally, &|row| store.sessions.imsi(row)),
        Holds::Text(field) => of_sims(store, field, &mut tally),
    }
    tally.ordered(Counted::Sessions)
}

/// The place of a session's value among a choice's names.
fn bit_of(store: &Store, choice: Choice, row: u32) -> u32 {
    let kinds = store.sessions.kinds(row);
    let bit = match choice {
        Choice::Vendor => {
            let key = store.sims.key_text(store.sessions.sim(row));
            return key.map_or(u32::MAX, |(provider, _)| provider as u32);
        }
        Choice::Radio => choice::radio(kinds.radio),
        Choice::Start => choice::start(kinds.start),
        Choice::End => choice::end(kinds.end),
        Choice::Basis => choice::basis(kinds.basis),
        Choice::LastRadio | Choice::Event | Choice::Finding => 0,
    };
    bit.trailing_zeros()
}

fn by_text(store: &Store, tally: &mut Tally, of: &dyn Fn(u32) -> TextId) {
    let mut counts: Keyed<TextId, (TextId, u32)> = Keyed::default();
    for row in store.session_rows() {
        let id = of(row);
        let slot = counts.or_default(id);
        *slot = (id, slot.1 + 1);
    }
    for (id, count) in counts.into_values() {
        tally.add(store.parts.texts.get(id).map(str::to_owned), count);
    }
}

/// What lists say of SIMs, with how many sessions those have, at least one.
fn of_sims(store: &Store, field: TextField, tally: &mut Tally) {
    for (number, lane) in store.lanes() {
        let sessions = (lane.sessions.len() as u32).max(1);
        let sim = lane.sim.as_deref();
        let iccid = || sim.and_then(|sim| sim.iccid.as_deref());
        let one = |text: Option<&str>| text.map(str::to_owned).into_iter().collect();
        let texts: Vec<String> = match field {
            TextField::Status => one(sim.and_then(|sim| sim.status.as_deref())),
            TextField::Group => one(store.label(number).and_then(|label| label.group.as_deref())),
            TextField::Tag => {
                let tags = store.tags_of_lane(number);
                tags.map(|tag| format!("{}={}", tag.name, tag.value))
                    .collect()
            }
            TextField::Iccid => one(iccid()),
            _ => {
                let name = store.names_of_lane(number).next();
                one(name.or_else(|| iccid().filter(|_| field == TextField::Sim)))
            }
        };
        if texts.is_empty() && field != TextField::Sim {
            tally.add(None, sessions);
        }
        for text in texts {
            tally.add(Some(text), sessions);
        }
    }
}
