//! One driver on a simulated clock. A request is made over HTTP at once, but its outcome is told only when the clock reached its
//! start and a latency, so that pacing and what is under way at once are real in simulated time. The clock jumps from event to
//! event. Documents go into a real engine.

use simscope::engine::protocol::Update;
use simscope::engine::{Engine, OpenOptions};
use simscope::error::ErrorKind;
use simscope::model::Instant;
use simscope::provider::connection::{Account, Ask};
use simscope::provider::request::Reply;
use simscope::transport::driver::{Action, Choice, Document, Driver, Outbound, Phase, Setup};

use crate::bench::{BEGIN, Bench, everything};
use crate::client::Client;
use crate::kept::History;

/// Steps after which a run is taken for one that never ends.
const MOST_STEPS: u32 = 200_000;

/// A request that was made.
pub struct Sent {
    pub at: i64,
    pub operation: &'static str,
    /// The address below the base, and of a question with a body that body.
    pub asks: String,
    /// The names of its headers.
    pub headers: Vec<&'static str>,
    /// How many were under way, with this one.
    pub under_way: usize,
}

/// A document that was handed on.
pub struct Opened {
    pub watched: bool,
    pub bytes: Vec<u8>,
}

struct Flying {
    ticket: u32,
    due: i64,
    outcome: Result<Reply, ErrorKind>,
}

/// A driver with everything around it.
pub struct Run<'b> {
    pub bench: &'b Bench<'b>,
    pub driver: Driver,
    pub engine: Engine,
    pub now: i64,
    pub sent: Vec<Sent>,
    pub opened: Vec<Opened>,
    pub aborted: usize,
    /// What the engine told of rounds of watching.
    pub news: Vec<String>,
    /// The bodies of all good answers, sign-ins not.
    pub heard: Vec<Vec<u8>>,
    /// How long an answer takes, simulated milliseconds: so many are added to 40.
    pub latency_ms: i64,
    /// Documents go into the engine; else they are counted alone.
    pub reads: bool,
    /// What becomes of a reply before the driver sees it.
    pub alter: fn(&mut Reply),
    pub client: Client,
    /// What is kept of it for another visit.
    pub history: History,
    account: Account,
    under_way: Vec<u32>,
    flying: Vec<Flying>,
    random: fastrand::Rng,
}

impl<'b> Run<'b> {
    pub fn new(bench: &'b Bench<'b>, account: Account) -> Self {
        let setup = Setup {
            provider: bench.vendor.id,
            account: account.clone(),
            ask: everything(),
            seed: 11,
        };
        bench.said(format!("{setup:?} {setup:#?}"));
        Self {
            bench,
            driver: Driver::new(setup),
            engine: Engine::new(),
            now: BEGIN,
            sent: Vec::new(),
            opened: Vec::new(),
            aborted: 0,
            news: Vec::new(),
            heard: Vec::new(),
            latency_ms: 160,
            reads: true,
            alter: |_| {},
            client: Client::new(20_000),
            history: History::default(),
            account,
            under_way: Vec::new(),
            flying: Vec::new(),
            random: fastrand::Rng::with_seed(5),
        }
    }

    /// Fetches and goes on to the end; whatever number of calls it takes is agreed to.
    pub fn load(&mut self, ask: Ask) {
        self.driver.fetch(ask);
        self.finish();
    }

    /// Goes on until nothing is to be done any more but to watch; agrees to many calls.
    pub fn finish(&mut self) {
        self.settle();
        let mut steps = 0;
        while self.is_busy() {
            steps += 1;
            assert!(steps < MOST_STEPS, "it never ends: {:?}", self.driver);
            if self.driver.status().phase == Phase::Asking {
                self.driver.choose(Choice::All, self.now);
                self.settle();
            } else {
                assert!(
                    self.step(),
                    "it is busy and waits for nothing: {:?}",
                    self.driver
                );
            }
        }
    }

    /// Goes on until that holds; false where it ended before.
    pub fn goes_on_until(&mut self, mut holds: impl FnMut(&Self) -> bool) -> bool {
        self.settle();
        let mut steps = 0;
        while !holds(self) {
            if !self.step() {
                return false;
            }
            steps += 1;
            assert!(steps < MOST_STEPS, "it never ends: {:?}", self.driver);
        }
        true
    }

    /// Lets the clock run to that instant.
    pub fn until(&mut self, at: i64) {
        self.settle();
        let mut steps = 0;
        while self.next_event().is_some_and(|next| next <= at) {
            self.step();
            steps += 1;
            assert!(steps < MOST_STEPS, "it never rests: {:?}", self.driver);
        }
        self.now = at;
        self.settle();
    }

    pub fn is_busy(&self) -> bool {
        let phase = self.driver.status().phase;
        matches!(phase, Phase::SigningIn | Phase::Fetching | Phase::Asking)
    }

    fn next_event(&self) -> Option<i64> {
        let told = self.flying.iter().map(|flying| flying.due).min();
        let wakes = self.driver.wakes_at(self.now);
        assert!(
            wakes.is_none_or(|at| at > self.now),
            "it wants to be woken at once, and then does nothing: {:?}",
            self.driver
        );
        [told, wakes].into_iter().flatten().min()
    }

    /// Jumps to the next event; false where there is none.
    fn step(&mut self) -> bool {
        let Some(next) = self.next_event() else {
            return false;
        };
        self.now = next;
        while let Some(at) = self.flying.iter().position(|flying| flying.due <= next) {
            let told = self.flying.swap_remove(at);
            self.under_way.retain(|ticket| *ticket != told.ticket);
            let failed = !matches!(&told.outcome, Ok(reply) if reply.is_ok());
            self.driver.told(told.ticket, told.outcome, next);
            if failed {
                self.say();
            }
            self.settle();
        }
        self.settle();
        true
    }

    /// Does all that is to be done now.
    pub fn settle(&mut self) {
        while let Some(action) = self.driver.poll(self.now) {
            match action {
                Action::Send(request) => self.send(&request),
                Action::Abort(ticket) => {
                    self.aborted += 1;
                    self.under_way.retain(|known| *known != ticket);
                    self.flying.retain(|flying| flying.ticket != ticket);
                }
                Action::Open(document) => self.open(document),
                Action::Confirm {
                    documents,
                    observed_ms,
                } => {
                    self.engine.confirm(&documents, observed_ms);
                    self.history.confirm(&documents, observed_ms);
                }
                Action::Answered(answered) => {
                    let held = self.history.answered(answered);
                    if let Some((documents, observed_ms)) = held {
                        self.engine.confirm(&documents, observed_ms);
                        self.history.confirm(&documents, observed_ms);
                    }
                }
            }
        }
    }

    fn send(&mut self, request: &Outbound) {
        self.bench.said(format!("{request:?} {}", request.url));
        let auth = self.account.auth.as_deref();
        let bases = [Some(self.account.api.as_str()), auth];
        let below = |base: &str| request.url.strip_prefix(base).map(str::to_owned);
        let found = bases.into_iter().flatten().find_map(below);
        let path = found.unwrap_or_else(|| panic!("{} is not below a base", request.url));
        assert!(path.starts_with('/'), "{path}");
        self.own_secret_stays_home(request);
        let body = request.body.as_ref().map(|body| body.text.expose());
        let is_question = request.operation.contains("CDR");
        self.under_way.push(request.ticket);
        self.sent.push(Sent {
            at: self.now,
            operation: request.operation,
            asks: path + body.filter(|_| is_question).unwrap_or_default(),
            headers: request.headers.iter().map(|(name, _)| *name).collect(),
            under_way: self.under_way.len(),
        });
        let due = self.now + 40 + self.random.i64(0..=self.latency_ms);
        if let Some(mut outcome) = self.client.send(request, self.now) {
            if let Ok(reply) = &mut outcome {
                (self.alter)(reply);
                let is_sign_in = matches!(request.operation, "auth" | "Auth" | "token");
                if reply.is_ok() && !is_sign_in {
                    self.heard.push(reply.body.clone());
                }
            }
            self.flying.push(Flying {
                ticket: request.ticket,
                due,
                outcome,
            });
        }
    }

    /// Where credentials are exchanged they go to the sign-in alone.
    fn own_secret_stays_home(&self, request: &Outbound) {
        let vendor = self.bench.vendor;
        let Some(secret) = self.account.field(vendor.secret) else {
            return;
        };
        let carried = request.headers.iter().map(|(_, value)| value.expose());
        let body = request.body.iter().map(|body| body.text.expose());
        let carries = carried.chain(body).any(|text| text.contains(secret));
        if vendor.renews {
            let is_sign_in = matches!(request.operation, "auth" | "Auth" | "token");
            assert_eq!(carries, is_sign_in, "{}", request.operation);
            let home = self.account.auth.as_ref().unwrap_or(&self.account.api);
            assert!(!carries || request.url.starts_with(home.as_str()));
        }
    }

    /// Opens what a former visit kept, at that instant, and goes on from there.
    pub fn remember(&mut self, history: History, now: i64) {
        self.now = now;
        self.history = history;
        let remembered = self.history.open(&mut self.engine);
        let records: Vec<u64> = remembered.records.iter().copied().collect();
        self.driver.remember(remembered);
        self.driver.keep(records);
    }

    fn open(&mut self, document: Document) {
        let options = OpenOptions {
            by_host: false,
            name: document.name.to_owned(),
            source: Some("live".to_owned()),
            provider: Some(self.bench.vendor.id),
            sim: document.sim.clone(),
            account: document.account,
            observed: Instant::from_ms(document.observed_ms).map(|at| at.to_string()),
            asked_before: document
                .asked_before_ms
                .and_then(Instant::from_ms)
                .map(|at| at.to_string()),
            watched: document.watched,
            history: Some(document.history),
            located: None,
            labels: None,
            again: false,
            remembered: None,
        };
        self.bench.said(format!("{options:?}"));
        self.history.keep(&document, &options);
        assert_eq!(document.number as usize, self.opened.len());
        if self.reads {
            self.engine.begin(document.number, options);
            self.engine.push(document.number, &document.bytes);
            self.engine.finish(document.number);
        }
        while let Some(outgoing) = self.engine.take() {
            match outgoing.update {
                Update::Loaded(loaded) => {
                    let read = (loaded.problem, loaded.question, loaded.bad_records);
                    assert_eq!(read, (None, None, 0), "{}", loaded.name);
                }
                Update::News(items) => self.news.extend(items.into_iter().map(|item| item.text)),
                _ => {}
            }
        }
        self.opened.push(Opened {
            watched: document.watched,
            bytes: document.bytes,
        });
    }

    /// Notes all that could be shown or logged now.
    pub fn say(&self) {
        let status = self.driver.status();
        let errors = status.failures.iter().map(|failure| &failure.error);
        for error in errors.chain(&status.error) {
            self.bench
                .said(format!("{error} {error:?} {:?}", error.advice()));
        }
        self.bench.said(format!("{:?} {status:?}", self.driver));
    }

    /// Calls whose question contains that text.
    pub fn calls(&self, operation: &str) -> usize {
        let is = |sent: &&Sent| sent.operation == operation;
        self.sent.iter().filter(is).count()
    }

    /// The most that was under way at once.
    pub fn most_under_way(&self) -> usize {
        self.sent
            .iter()
            .map(|sent| sent.under_way)
            .max()
            .unwrap_or(0)
    }

    /// The most calls in any 60 seconds.
    pub fn busiest_minute(&self) -> usize {
        let starts: Vec<i64> = self.sent.iter().map(|sent| sent.at).collect();
        let within = |from: &i64| {
            let inside = starts
                .iter()
                .filter(|at| **at >= *from && **at < from + 60_000);
            inside.count()
        };
        starts.iter().map(within).max().unwrap_or(0)
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.say();
    }
}
