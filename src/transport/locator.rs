//! Asks a geolocate service where cells stand: one cell in each question, each cell once, at an even pace, a few at once. Pure: the
//! present time and the seed of randomness are handed in, and what is to be done comes out of [`Locator::poll`].

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::pace::Pacer;
use super::retry::wait_after;
use crate::error::ErrorKind;
use crate::geo::CellId;
use crate::geo::geolocate::{Answer, CellTower, Fix, Located, Refusal, question, read};
use crate::provider::connection::Pace;
use crate::provider::request::{Reply, encoded};
use crate::provider::secret::Secret;

/// An answer has to be complete by then, milliseconds.
const DEADLINE_MS: i64 = 30_000;
/// So many cells in a row of which nothing came mean that the service is down.
const DOWN_AFTER: u32 = 3;
/// What was found is handed over this often, milliseconds.
const HAND_OVER_MS: i64 = 1000;
/// Such services publish no limit, or one a day; those run by volunteers ask not to be hurried.
const PACE: Pace = Pace {
    calls_per_minute: None,
    assumed_per_minute: 240,
};

/// Which service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The address of the call, `https://…/v1/geolocate`; without the key.
    pub address: String,
    /// The key; null where it wants none.
    pub key: Option<Secret>,
}

impl Service {
    /// Where a question goes. The protocol knows no other place for the key than the address of the request.
    fn url(&self) -> Secret {
        Secret::new(match &self.key {
            Some(key) => format!("{}?key={}", self.address, encoded(key.expose())),
            None => self.address.clone(),
        })
    }
}

/// A question, ready to be sent by POST as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// By which its outcome is told.
    pub ticket: u32,
    /// Where.
    pub url: Secret,
    /// What is asked.
    pub body: String,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send a question, and tell what came of it.
    Send(Question),
    /// Give up a question; its outcome is not waited for.
    Abort(u32),
    /// Hand positions to the engine: lines of JSON, each a [`Located`].
    HandOver(String),
}

/// Where it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is being asked.
    #[default]
    Rests,
    /// Cells are being asked for.
    Asks,
    /// The visitor stopped it.
    Stopped,
    /// It cannot go on.
    Failed(Trouble),
}

/// Why it cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer that this page may read.
    Network(ErrorKind),
    /// The service refuses.
    Refused(Refusal),
}

/// How it is doing. Counts are of all cells since it was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Where it is.
    pub phase: Phase,
    /// Cells that are still to be asked for.
    pub left: u32,
    /// Cells whose position came.
    pub found: u32,
    /// Of these, those of which only the area is known.
    pub areas: u32,
    /// Cells that the service does not know.
    pub unknown: u32,
    /// Cells that the service would not be asked for: it refused the question.
    pub refused: u32,
}

/// One cell that is to be asked for: what it may be, the likelier first.
#[derive(Debug, Clone)]
struct Wanted {
    candidates: VecDeque<CellId>,
    tries: u32,
    not_before: i64,
}

#[derive(Debug)]
struct UnderWay {
    ticket: u32,
    deadline: i64,
    wanted: Wanted,
}

/// One service being asked.
#[derive(Debug)]
pub struct Locator {
    service: Service,
    pacer: Pacer,
    random: fastrand::Rng,
    waiting: VecDeque<Wanted>,
    /// All cells that were ever put in, not to ask twice.
    met: FxHashSet<CellId>,
    under_way: Vec<UnderWay>,
    aborts: Vec<u32>,
    lines: String,
    handed_over_at: i64,
    next_ticket: u32,
    in_vain: u32,
    status: Status,
}

impl Locator {
    /// Of a service that was asked nothing yet.
    pub fn new(service: Service, seed: u64) -> Self {
        Self {
            service,
            pacer: Pacer::new(&PACE),
            random: fastrand::Rng::with_seed(seed),
            waiting: VecDeque::new(),
            met: FxHashSet::default(),
            under_way: Vec::new(),
            aborts: Vec::new(),
            lines: String::new(),
            handed_over_at: i64::MIN,
            next_ticket: 0,
            in_vain: 0,
            status: Status::default(),
        }
    }

    /// Which service it asks.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// How it is doing.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// How long so many cells take at least, seconds.
    pub fn takes_s(cells: u32) -> u32 {
        cells.saturating_mul(60) / PACE.allowed_per_minute()
    }

    /// How many of these cells were not asked for yet.
    pub fn new_among(&self, cells: &[Vec<CellId>]) -> u32 {
        let is_new = |cell: &&Vec<CellId>| cell.first().is_some_and(|id| !self.met.contains(id));
        cells.iter().filter(is_new).count() as u32
    }

    /// Asks for these cells too, where they were not asked for before; each is a list of what it may be, the likelier first. Goes on
    /// where it was stopped.
    pub fn ask(&mut self, cells: Vec<Vec<CellId>>) {
        for candidates in cells {
            if candidates.first().is_some_and(|id| self.met.insert(*id)) {
                self.waiting.push_back(Wanted {
                    candidates: candidates.into(),
                    tries: 0,
                    not_before: i64::MIN,
                });
            }
        }
        self.in_vain = 0;
        self.status.phase = Phase::Asks;
        self.count();
    }

    /// Stops; what is under way is given up and can be asked again.
    pub fn stop(&mut self) {
        self.halt(Phase::Stopped);
    }

    fn halt(&mut self, phase: Phase) {
        for call in self.under_way.drain(..) {
            self.aborts.push(call.ticket);
            self.waiting.push_front(call.wanted);
        }
        self.status.phase = phase;
        self.count();
    }

    fn count(&mut self) {
        self.status.left = (self.waiting.len() + self.under_way.len()) as u32;
        if self.status.left == 0 && self.status.phase == Phase::Asks {
            self.status.phase = Phase::Rests;
        }
    }

    /// What is to be done now; null when there is nothing more for the moment.
    pub fn poll(&mut self, now: i64) -> Option<Action> {
        if let Some(ticket) = self.aborts.pop() {
            return Some(Action::Abort(ticket));
        }
        let late = self.under_way.iter().position(|call| call.deadline <= now);
        if let Some(late) = late {
            let call = self.under_way.swap_remove(late);
            self.failed(call.wanted, ErrorKind::Timeout, None, now);
            self.count();
            return Some(Action::Abort(call.ticket));
        }
        let rests = self.status.phase != Phase::Asks;
        let due = rests || now.saturating_sub(self.handed_over_at) >= HAND_OVER_MS;
        if due && !self.lines.is_empty() {
            self.handed_over_at = now;
            return Some(Action::HandOver(std::mem::take(&mut self.lines)));
        }
        self.next_question(now).map(Action::Send)
    }

    fn next_question(&mut self, now: i64) -> Option<Question> {
        let opens = self.pacer.opens_at(self.under_way.len())?;
        if self.status.phase != Phase::Asks || opens > now {
            return None;
        }
        let at = self
            .waiting
            .iter()
            .position(|wanted| wanted.not_before <= now)?;
        let wanted = self.waiting.remove(at)?;
        let body = question(*wanted.candidates.front()?);
        self.pacer.started(now);
        self.next_ticket += 1;
        self.under_way.push(UnderWay {
            ticket: self.next_ticket,
            deadline: now + DEADLINE_MS,
            wanted,
        });
        Some(Question {
            ticket: self.next_ticket,
            url: self.service.url(),
            body,
        })
    }

    /// When there may be something to do again; null while nothing but outcomes is waited for.
    pub fn wakes_at(&self, now: i64) -> Option<i64> {
        if self.status.phase != Phase::Asks {
            return None;
        }
        let deadlines = self.under_way.iter().map(|call| call.deadline);
        let opens = self.pacer.opens_at(self.under_way.len());
        let next = self.waiting.iter().map(|wanted| wanted.not_before).min();
        let starts = opens.zip(next).map(|(opens, next)| opens.max(next));
        let hands = (!self.lines.is_empty()).then(|| self.handed_over_at + HAND_OVER_MS);
        let wakes = deadlines.chain(starts).chain(hands).min()?;
        Some(wakes.max(now))
    }

    /// What came of a question; ignored where it was given up.
    pub fn told(&mut self, ticket: u32, outcome: Result<Reply, ErrorKind>, now: i64) {
        let at = self.under_way.iter().position(|call| call.ticket == ticket);
        let Some(at) = at else { return };
        let wanted = self.under_way.swap_remove(at).wanted;
        match outcome {
            Err(kind) => self.failed(wanted, kind, None, now),
            Ok(reply) => match read(reply.status, &reply.body) {
                Ok(answer) => self.answered(wanted, answer),
                Err(refusal) => self.refused(wanted, refusal, &reply, now),
            },
        }
        self.count();
    }

    fn answered(&mut self, mut wanted: Wanted, answer: Answer) {
        self.in_vain = 0;
        self.pacer.good();
        let Some(cell) = wanted.candidates.pop_front() else {
            return;
        };
        match answer {
            Answer::At(fix) => self.found(cell, fix),
            Answer::NotKnown => {
                // It may be numbered in another way; what was asked for on behalf of another row is known not to be known.
                let met = &mut self.met;
                wanted.candidates.retain(|other| met.insert(*other));
                if wanted.candidates.is_empty() {
                    self.status.unknown += 1;
                } else {
                    self.waiting.push_front(wanted);
                }
            }
        }
    }

    fn found(&mut self, cell: CellId, fix: Fix) {
        self.status.found += 1;
        self.status.areas += u32::from(fix.is_area);
        let line = Located {
            cell: CellTower::of(cell),
            lat: fix.lat,
            lon: fix.lon,
            accuracy_m: fix.accuracy_m,
            is_area: fix.is_area,
        };
        // Numbers and fixed words: writing them does not fail.
        self.lines += &serde_json::to_string(&line).unwrap_or_default();
        self.lines.push('\n');
    }

    fn refused(&mut self, wanted: Wanted, refusal: Refusal, reply: &Reply, now: i64) {
        let after = reply.header("retry-after");
        let named = after.and_then(|text| text.trim().parse::<u64>().ok());
        let named = named.map(|seconds| seconds.saturating_mul(1000));
        match refusal {
            Refusal::TooMany => {
                let wait = named.unwrap_or(5000).min(60_000);
                self.pacer.hold(now, wait as i64);
                self.failed(wanted, ErrorKind::RateLimited, named, now);
            }
            Refusal::Outage => self.failed(wanted, ErrorKind::Outage, named, now),
            // One cell that it will not hear of is no reason to give the others up.
            Refusal::Other(400, _) if self.in_vain + 1 < DOWN_AFTER => {
                self.in_vain += 1;
                self.status.refused += 1;
            }
            refusal => {
                self.waiting.push_front(wanted);
                self.halt(Phase::Failed(Trouble::Refused(refusal)));
            }
        }
    }

    fn failed(&mut self, mut wanted: Wanted, kind: ErrorKind, named: Option<u64>, now: i64) {
        wanted.tries += 1;
        if let Some(wait) = wait_after(kind, named, wanted.tries, &mut self.random) {
            wanted.not_before = now.saturating_add(wait);
            self.waiting.push_back(wanted);
            return;
        }
        self.in_vain += 1;
        wanted.tries = 0;
        wanted.not_before = i64::MIN;
        self.waiting.push_back(wanted);
        if !kind.is_temporary() || self.in_vain >= DOWN_AFTER {
            let trouble = match kind {
                ErrorKind::RateLimited => Trouble::Refused(Refusal::TooMany),
                ErrorKind::Outage => Trouble::Refused(Refusal::Outage),
                kind => Trouble::Network(kind),
            };
            self.halt(Phase::Failed(trouble));
        }
    }
}
