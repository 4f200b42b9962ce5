//! Drives one live source: signs in, asks what was wanted in the fewest calls, page by page, at the vendor's pace, a few at
//! once; tries again where that can help; watches. Pure: the present time and the seed of randomness are handed in, and what is
//! to be done comes out of [`Driver::poll`]. One driver serves all vendors through [`Connect`].

mod known;
mod pace;
mod queue;
mod replies;
mod retry;
mod status;
mod watch;

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use crate::error::{Error, ErrorKind};
use crate::model::ProviderId;
use crate::provider::connect::{Connect, Entry};
use crate::provider::connection::{Account, Ask};
use crate::provider::query::{Query, SimKey, What};
use crate::provider::request::{Base, Body, Method, Pass, Reply, Request};
use crate::provider::secret::Secret;
use known::KnownRecords;
pub use pace::AT_ONCE;
use pace::Pacer;
use queue::{Job, Queue};
pub use status::{Estimate, Failure, Phase, Status, Trial, Watching};
use watch::Watch;

/// An answer has to be complete by then, milliseconds.
const DEADLINE_MS: i64 = 30_000;
/// More calls than this are not made without a word of the visitor.
const ASKED_FROM: usize = 200;
/// A sign-in that runs out within this time is renewed first, milliseconds.
const MARGIN_MS: i64 = 60_000;
/// So many questions given up in a row mean that the vendor is down.
const DOWN_AFTER: u32 = 3;
const SIGN_IN: &str = "sign in";

/// What a source needs to begin.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The vendor.
    pub provider: ProviderId,
    /// What was filled in.
    pub account: Account,
    /// What is wanted.
    pub ask: Ask,
    /// Seed of the randomness in waits.
    pub seed: u64,
}

/// A request, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    /// By which its outcome is told.
    pub ticket: u32,
    /// The vendor's name of the call.
    pub operation: &'static str,
    /// How.
    pub method: Method,
    /// Where: below the base URL that the visitor configured. Holds no secret.
    pub url: String,
    /// Headers, those of the sign-in included.
    pub headers: Vec<(&'static str, Secret)>,
    /// What is sent along.
    pub body: Option<Body>,
}

/// An answer for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its number in this source.
    pub number: u32,
    /// The vendor's name of the call.
    pub name: &'static str,
    /// The SIM that it is about, by the vendor's key; null where it names its SIMs itself.
    pub sim: Option<String>,
    /// It may be about the whole account.
    pub account: bool,
    /// When it was fetched, epoch milliseconds.
    pub observed_ms: i64,
    /// When the same was last asked successfully; null for a first answer or after a gap.
    pub asked_before_ms: Option<i64>,
    /// It came from a round of watching: what is new in it is news.
    pub watched: bool,
    /// The text.
    pub bytes: Vec<u8>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send a request, and tell what came of it.
    Send(Outbound),
    /// Give up a request; its outcome is not waited for.
    Abort(u32),
    /// Hand an answer to the engine.
    Open(Document),
    /// What these documents say still held then.
    Confirm {
        /// Their numbers in this source.
        documents: Vec<u32>,
        /// Epoch milliseconds.
        observed_ms: i64,
    },
}

/// What the visitor says to a load of many calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Fetch all of it.
    All,
    /// Fetch it for the SIMs on screen.
    OnScreen,
    /// Leave it at what is there.
    Nothing,
}

#[derive(Debug)]
enum UnderWay {
    SignIn,
    /// Another token for the present one.
    Renewal,
    SignOut,
    Page(Box<Job>),
}

#[derive(Debug)]
struct Call {
    ticket: u32,
    deadline: i64,
    /// Which sign-in it went with.
    pass: u32,
    operation: &'static str,
    what: UnderWay,
}

/// One live source.
pub struct Driver {
    api: &'static dyn Connect,
    setup: Setup,
    random: fastrand::Rng,
    pacer: Pacer,
    queue: Queue,
    under_way: Vec<Call>,
    actions: VecDeque<Action>,
    pass: Option<Pass>,
    /// Counts the sign-ins.
    pass_number: u32,
    /// The sign-in was good for something.
    pass_worked: bool,
    /// Calls of the sign-in itself that failed.
    sign_in_tries: u32,
    sign_in_not_before: i64,
    next_ticket: u32,
    next_document: u32,
    sims: Vec<SimKey>,
    sim_keys: FxHashSet<String>,
    on_screen: FxHashSet<String>,
    /// SIMs found by a list whose state has still to be asked for in one go.
    batch: Vec<SimKey>,
    /// Questions of single SIMs may be asked: lists are complete, and many calls were agreed to.
    agreed: bool,
    /// Refused even after signing in anew: not asked again.
    forbidden: FxHashSet<What>,
    given_up_in_a_row: u32,
    /// Questions that failed, for another try.
    failed: Vec<Job>,
    known: KnownRecords,
    watch: Option<Watch>,
    /// SIMs whose change could not be asked for: the next round does.
    lost: Vec<SimKey>,
    hidden: bool,
    status: Status,
}

impl std::fmt::Debug for Driver {
    /// Without a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver")
            .field("provider", &self.setup.provider)
            .field("status", &self.status)
            .field("waiting", &self.queue.len())
            .field("under_way", &self.under_way.len())
            .finish_non_exhaustive()
    }
}

impl Driver {
    /// A source that has asked nothing yet.
    pub fn new(setup: Setup) -> Self {
        let api = crate::provider::connect(setup.provider);
        Self {
            api,
            random: fastrand::Rng::with_seed(setup.seed),
            pacer: Pacer::new(&api.connection().pace),
            setup,
            queue: Queue::default(),
            under_way: Vec::new(),
            actions: VecDeque::new(),
            pass: None,
            pass_number: 0,
            pass_worked: false,
            sign_in_tries: 0,
            sign_in_not_before: i64::MIN,
            next_ticket: 0,
            next_document: 0,
            sims: Vec::new(),
            sim_keys: FxHashSet::default(),
            on_screen: FxHashSet::default(),
            batch: Vec::new(),
            agreed: false,
            forbidden: FxHashSet::default(),
            given_up_in_a_row: 0,
            failed: Vec::new(),
            known: KnownRecords::default(),
            watch: None,
            lost: Vec::new(),
            hidden: false,
            status: Status::default(),
        }
    }

    /// The vendor.
    pub fn provider(&self) -> ProviderId {
        self.setup.provider
    }

    /// What is wanted.
    pub fn ask(&self) -> &Ask {
        &self.setup.ask
    }

    /// How it is doing.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The SIMs that are known of.
    pub fn sims(&self) -> &[SimKey] {
        &self.sims
    }

    /// How many records the watch remembers, to tell new ones from known ones.
    pub fn remembered(&self) -> usize {
        self.known.len()
    }

    /// Signs in and asks for one page, to see whether it works.
    pub fn try_it(&mut self) {
        self.begin_anew();
        let query = self.api.trial(&self.setup.ask);
        self.add(Job {
            trial: true,
            ..Job::new(query)
        });
    }

    /// Fetches what is wanted, from the beginning; what had come stays in the store.
    pub fn fetch(&mut self, ask: Ask) {
        self.setup.ask = ask;
        self.begin_anew();
        match self.api.fleet(&self.setup.ask) {
            Ok(queries) => {
                for query in queries {
                    self.add(Job::new(query));
                }
                if self.queue.len() > ASKED_FROM {
                    self.status.phase = Phase::Asking;
                    self.estimate();
                }
            }
            Err(error) => self.fail(error),
        }
    }

    fn begin_anew(&mut self) {
        self.abort_all();
        self.queue.clear();
        self.failed.clear();
        self.forbidden.clear();
        self.batch.clear();
        self.sims.clear();
        self.sim_keys.clear();
        self.agreed = false;
        self.given_up_in_a_row = 0;
        self.sign_in_tries = 0;
        self.sign_in_not_before = i64::MIN;
        self.status = Status {
            calls: self.status.calls,
            rows: 0,
            fetched_ms: self.status.fetched_ms,
            phase: if self.pass.is_some() {
                Phase::Fetching
            } else {
                Phase::SigningIn
            },
            ..Status::default()
        };
    }

    /// Asks again what failed; signs in anew if that is what failed.
    pub fn retry(&mut self) {
        if self.setup.account.fields.is_empty() {
            return;
        }
        if self.sims.is_empty() && self.status.rows == 0 {
            return self.fetch(self.setup.ask.clone());
        }
        self.forbidden.clear();
        self.given_up_in_a_row = 0;
        self.sign_in_tries = 0;
        self.sign_in_not_before = i64::MIN;
        self.status.error = None;
        self.status.failures.clear();
        self.status.phase = Phase::Fetching;
        self.status.done = self.status.done.saturating_sub(self.failed.len() as u32);
        for mut job in std::mem::take(&mut self.failed) {
            job.tries = 0;
            job.renewed = false;
            job.not_before = i64::MIN;
            self.queue.push(job);
        }
    }

    /// Stops the load and the watch. What had come stays; what had not can be asked for again.
    pub fn stop(&mut self) {
        self.watch = None;
        self.status.watching = None;
        let waiting = self.abort_all();
        self.failed.extend(waiting);
        while let Some(job) = self.queue.take(i64::MAX, true) {
            self.failed.push(job);
        }
        self.failed
            .retain(|job| job.watched.is_none() && !job.trial);
        self.status.estimate = None;
        if matches!(
            self.status.phase,
            Phase::SigningIn | Phase::Fetching | Phase::Asking
        ) {
            self.status.phase = Phase::Stopped;
        }
    }

    /// Stops, tells the vendor where it wants to know, and forgets the credentials.
    pub fn sign_out(&mut self) {
        self.stop();
        if let Some(pass) = self.pass.take()
            && let Some(request) = self.api.leave(&pass)
        {
            let operation = request.operation;
            self.send(request, 0, operation, UnderWay::SignOut, i64::MAX);
        }
        self.setup.account.fields.clear();
        self.failed.clear();
        self.status.phase = Phase::SignedOut;
    }

    /// Gives up what is under way; returns the questions.
    fn abort_all(&mut self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for call in std::mem::take(&mut self.under_way) {
            match call.what {
                UnderWay::SignOut => {
                    self.under_way.push(call);
                    continue;
                }
                UnderWay::Page(job) => jobs.push(*job),
                UnderWay::SignIn | UnderWay::Renewal => {}
            }
            self.actions.push_back(Action::Abort(call.ticket));
        }
        jobs
    }

    /// Which SIMs are on screen, by any of their identifiers: they come first.
    pub fn set_on_screen(&mut self, identifiers: impl IntoIterator<Item = String>) {
        self.on_screen = identifiers.into_iter().collect();
        let on_screen = &self.on_screen;
        self.queue.prefer(|job| {
            let sim = job.query.sim();
            sim.is_some_and(|sim| is_on_screen(on_screen, sim))
        });
        self.estimate();
    }

    /// The visitor's word on a load of many calls.
    pub fn choose(&mut self, choice: Choice, now: i64) {
        if self.status.phase != Phase::Asking {
            return;
        }
        let dropped = match choice {
            Choice::All => 0,
            Choice::OnScreen => {
                let on_screen = &self.on_screen;
                self.queue.drop_where(|job| {
                    job.query
                        .sim()
                        .is_some_and(|sim| !is_on_screen(on_screen, sim))
                })
            }
            Choice::Nothing if self.sims.is_empty() => self.queue.drop_where(|_| true),
            Choice::Nothing => self.queue.drop_where(|job| job.query.sim().is_some()),
        };
        self.status.total = self.status.total.saturating_sub(dropped as u32);
        self.agreed = true;
        self.status.estimate = None;
        self.status.phase = if self.pass.is_none() && !self.queue.is_empty() {
            Phase::SigningIn
        } else {
            Phase::Fetching
        };
        self.settle(now);
    }

    /// Asks for the history of some SIMs, over the range of the ask, whatever was asked before.
    pub fn fetch_history(&mut self, identifiers: &[String]) {
        let wanted: FxHashSet<&str> = identifiers.iter().map(String::as_str).collect();
        let ask = Ask {
            history: true,
            ..self.setup.ask.clone()
        };
        let named = |sim: &&SimKey| {
            wanted.contains(sim.key.as_str())
                || sim.also.iter().any(|other| wanted.contains(other.as_str()))
        };
        let sims: Vec<SimKey> = self.sims.iter().filter(named).cloned().collect();
        for sim in sims {
            for query in self.api.of_sim(&ask, &sim) {
                self.add(Job::new(query));
            }
        }
        if !self.queue.is_empty() {
            self.agreed = true;
            self.status.phase = Phase::Fetching;
        }
    }

    fn add(&mut self, job: Job) {
        if job.watched.is_none() {
            self.status.total += 1;
        }
        self.queue.push(job);
    }

    /// Ends the load with an error; what had come stays.
    fn fail(&mut self, error: Error) {
        self.stop();
        self.status.error = Some(self.without_secrets(error));
        self.status.phase = Phase::Failed;
    }

    /// The next thing to do now; null when there is nothing until [`Self::wakes_at`] or until an outcome is told.
    pub fn poll(&mut self, now: i64) -> Option<Action> {
        if let Some(action) = self.actions.pop_front() {
            return Some(action);
        }
        self.heed_deadlines(now);
        self.watch_step(now);
        if self.actions.is_empty() {
            self.start_next(now);
        }
        self.actions.pop_front()
    }

    /// When [`Self::poll`] should be called again although no outcome was told; null where that is not needed.
    pub fn wakes_at(&self, now: i64) -> Option<i64> {
        if !self.actions.is_empty() {
            return Some(now);
        }
        let deadlines = self.under_way.iter().map(|call| call.deadline);
        let deadline = deadlines.filter(|at| *at < i64::MAX).min();
        let round = self.watch_wakes_at();
        let due = self.queue.due_at(self.agreed).and_then(|due| {
            let opens = self.pacer.opens_at(self.under_way.len())?;
            let sign_in = match self.pass {
                Some(_) => i64::MIN,
                None => self.sign_in_not_before,
            };
            let signing_in = self.is_signing_in();
            (!signing_in && self.is_running()).then_some(due.max(opens).max(sign_in))
        });
        [deadline, round, due].into_iter().flatten().min()
    }

    fn is_running(&self) -> bool {
        matches!(self.status.phase, Phase::SigningIn | Phase::Fetching) || self.watch.is_some()
    }

    fn is_signing_in(&self) -> bool {
        let mut calls = self.under_way.iter();
        calls.any(|call| matches!(call.what, UnderWay::SignIn | UnderWay::Renewal))
    }

    fn heed_deadlines(&mut self, now: i64) {
        let late = |call: &Call| call.deadline <= now;
        while let Some(at) = self.under_way.iter().position(late) {
            let call = self.under_way.swap_remove(at);
            self.actions.push_back(Action::Abort(call.ticket));
            let error = Error::new(ErrorKind::Timeout, self.setup.provider, call.operation);
            self.call_failed(call, error, now);
        }
    }

    /// Starts the next request, if one may start now.
    fn start_next(&mut self, now: i64) {
        if !self.is_running() || self.is_signing_in() || self.queue.is_empty() {
            return;
        }
        let opens = self.pacer.opens_at(self.under_way.len());
        if opens.is_none_or(|at| at > now) {
            return;
        }
        if self.queue.due_at(self.agreed).is_none_or(|due| due > now) {
            return;
        }
        let good = self.pass.as_ref().is_some_and(|pass| {
            pass.expires_ms
                .is_none_or(|expires| expires.saturating_sub(MARGIN_MS) > now)
        });
        if !good {
            return self.sign_in(now);
        }
        let Some(job) = self.queue.take(now, self.agreed) else {
            return;
        };
        let (account, pass) = (&self.setup.account, self.pass.clone().unwrap_or_default());
        match self
            .api
            .request(&job.query, job.cursor.as_ref(), account, &pass)
        {
            Ok(request) => {
                let operation = request.operation;
                let request = request.with(&pass);
                self.send(
                    request,
                    now,
                    operation,
                    UnderWay::Page(Box::new(job)),
                    DEADLINE_MS,
                );
            }
            Err(error) => self.give_up(job, error),
        }
    }

    fn sign_in(&mut self, now: i64) {
        if now < self.sign_in_not_before {
            return;
        }
        let still_good = |pass: &&Pass| pass.expires_ms.is_some_and(|expires| expires > now);
        let renewal = self
            .pass
            .as_ref()
            .filter(still_good)
            .and_then(|pass| self.api.renew(&self.setup.account, pass));
        if let Some(request) = renewal {
            let operation = request.operation;
            return self.send(request, now, operation, UnderWay::Renewal, DEADLINE_MS);
        }
        match self.api.enter(&self.setup.account) {
            Ok(Entry::Pass(pass)) => {
                self.take_pass(pass);
                self.start_next(now);
            }
            Ok(Entry::Exchange(request)) => {
                self.send(request, now, SIGN_IN, UnderWay::SignIn, DEADLINE_MS);
            }
            Err(error) => self.fail(error),
        }
    }

    fn take_pass(&mut self, pass: Pass) {
        self.pass = Some(pass);
        self.pass_number += 1;
        self.pass_worked = false;
        self.sign_in_tries = 0;
        if self.status.phase == Phase::SigningIn {
            self.status.phase = Phase::Fetching;
        }
    }

    fn send(
        &mut self,
        request: Request,
        now: i64,
        operation: &'static str,
        what: UnderWay,
        within_ms: i64,
    ) {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.pacer.started(now);
        self.status.calls += 1;
        if let Some(watch) = &mut self.watch {
            watch.calls += 1;
        }
        let sendable = |(_, value): &(&str, Secret)| {
            let mut bytes = value.expose().bytes();
            bytes.all(|byte| (0x20..=0x7e).contains(&byte))
        };
        if !request.headers.iter().all(sendable) {
            return self.fail(Error::input(
                self.setup.provider,
                "A key or token holds a line break or another character that cannot be sent. Paste it again, alone.",
            ));
        }
        let account = &self.setup.account;
        let base = match request.base {
            Base::Api => &account.api,
            Base::Auth => account.auth.as_ref().unwrap_or(&account.api),
        };
        let url = format!("{}{}", base.trim_end_matches('/'), request.path);
        self.under_way.push(Call {
            ticket,
            deadline: now.saturating_add(within_ms),
            pass: self.pass_number,
            operation,
            what,
        });
        self.actions.push_back(Action::Send(Outbound {
            ticket,
            operation: request.operation,
            method: request.method,
            url,
            headers: request.headers,
            body: request.body,
        }));
    }

    /// What came of a request.
    pub fn told(&mut self, ticket: u32, outcome: Result<Reply, ErrorKind>, now: i64) {
        let found = self.under_way.iter().position(|call| call.ticket == ticket);
        let Some(at) = found else {
            return; // It was given up.
        };
        let call = self.under_way.swap_remove(at);
        match outcome {
            Ok(reply) => self.replied(call, &reply, now),
            Err(kind) => {
                let error = Error::new(kind, self.setup.provider, call.operation);
                self.call_failed(call, error, now);
            }
        }
    }

    fn estimate(&mut self) {
        if self.status.phase != Phase::Asking {
            return;
        }
        let mut on_screen = 0;
        self.queue.prefer(|job| {
            job.query
                .sim()
                .is_some_and(|sim| is_on_screen(&self.on_screen, sim))
        });
        for sim in &self.sims {
            on_screen += u32::from(is_on_screen(&self.on_screen, sim));
        }
        let calls = self.queue.len() as u32;
        let pace = self.api.connection().pace.allowed_per_minute();
        self.status.estimate = Some(Estimate {
            calls,
            on_screen: on_screen.min(calls),
            seconds: (u64::from(calls) * 60 / u64::from(pace)) as u32,
        });
    }

    /// An error whose words hold none of the secrets that this source knows.
    fn without_secrets(&self, mut error: Error) -> Error {
        let account = &self.setup.account;
        let way = self.api.connection().way(&account.way);
        let is_secret = |name: &str| {
            way.is_none_or(|way| {
                way.fields
                    .iter()
                    .any(|field| field.name == name && field.secret)
            })
        };
        let typed = account.fields.iter().filter(|(name, _)| is_secret(name));
        let typed = typed.map(|(_, secret)| secret.expose().trim());
        let pass = self.pass.iter().flat_map(|pass| &pass.headers);
        let carried = pass.flat_map(|(_, secret)| secret.expose().split(' '));
        for secret in typed.chain(carried).filter(|secret| secret.len() >= 4) {
            for text in [&mut error.message, &mut error.code].into_iter().flatten() {
                if text.contains(secret) {
                    *text = text.replace(secret, "…");
                }
            }
        }
        error
    }
}

fn is_on_screen(on_screen: &FxHashSet<String>, sim: &SimKey) -> bool {
    on_screen.contains(&sim.key) || sim.also.iter().any(|other| on_screen.contains(other))
}

/// Which questions a query's answer may be about the whole account.
fn is_of_account(query: &Query) -> bool {
    query.what == What::Usage && query.sim().is_none()
}
