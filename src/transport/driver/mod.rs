//! Drives one live source: signs in, asks what was wanted in the fewest calls, page by page, at the vendor's pace, a few at
//! once; tries again where that can help; watches. Pure: the present time and the seed of randomness are handed in, and what is
//! to be done comes out of [`Driver::poll`]. One driver serves all vendors through [`Connect`].

mod known;
mod queue;
mod remembered;
mod replies;
mod sending;
mod status;
mod watch;
mod wishes;

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

pub use super::pace::AT_ONCE;
use super::pace::Pacer;
use crate::error::{Error, ErrorKind};
use crate::model::ProviderId;
use crate::provider::connect::Connect;
use crate::provider::connection::{Account, Ask};
use crate::provider::query::{CellQuery, Query, SimKey, What};
use crate::provider::request::{Body, Method, Pass, Reply};
use crate::provider::secret::Secret;
use known::KnownRecords;
use queue::{Job, Queue};
pub use remembered::{Answered, Kept, New, Remembered};
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
    /// It tells of sessions, or of the events that they follow from: of its SIM, or of all.
    pub history: bool,
    /// What of it is to be kept, where answers of this source are; null where answers of this kind are not.
    pub kept: Option<Kept>,
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
    /// A question was answered in full: all of its documents were handed on.
    Answered(Answered),
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
    /// Cells whose places are still to be asked for, and all that were met.
    cells: Vec<CellQuery>,
    cells_met: FxHashSet<CellQuery>,
    /// SIMs found by a list whose state has still to be asked for in one go.
    batch: Vec<SimKey>,
    /// Questions of single SIMs may be asked: lists are complete, and many calls were agreed to.
    agreed: bool,
    /// Not allowed, and asked for in another way since.
    replaced: FxHashSet<What>,
    /// Refused even after signing in anew: not asked again.
    forbidden: FxHashSet<What>,
    given_up_in_a_row: u32,
    /// Questions that failed, for another try.
    failed: Vec<Job>,
    known: KnownRecords,
    /// What is known from before, and which records are kept.
    remembered: Remembered,
    /// Documents are kept.
    keeps: bool,
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
            cells: Vec::new(),
            cells_met: FxHashSet::default(),
            batch: Vec::new(),
            agreed: false,
            replaced: FxHashSet::default(),
            forbidden: FxHashSet::default(),
            given_up_in_a_row: 0,
            failed: Vec::new(),
            known: KnownRecords::default(),
            remembered: Remembered::default(),
            keeps: false,
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

    /// Whether it was begun with that account, so that its sign-in is good for it.
    pub fn is_of(&self, account: &Account) -> bool {
        self.setup.account == *account
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
    pub fn known_records(&self) -> usize {
        self.known.len()
    }

    /// A question as it is to be asked of a vendor that did not allow it in its usual way.
    fn allowed(&self, query: Query) -> Query {
        let other = self
            .replaced
            .contains(&query.what)
            .then(|| self.api.instead(&query));
        other.flatten().unwrap_or(query)
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
            self.settle(now);
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
            let sign_in = if self.is_signed_in(now) {
                i64::MIN
            } else {
                self.sign_in_not_before
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

/// Whether a query's answer tells what SIMs did, rather than which there are.
fn is_history(query: &Query) -> bool {
    matches!(query.what, What::Sessions | What::Events)
}

/// Which questions a query's answer may be about the whole account.
fn is_of_account(query: &Query) -> bool {
    query.what == What::Usage && query.sim().is_none()
}
