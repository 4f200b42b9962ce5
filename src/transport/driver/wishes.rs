//! What the visitor wants of a source: try it, fetch, go on or not, history, retry, stop, sign out.

use rustc_hash::FxHashSet;

use super::queue::Job;
use super::status::{Estimate, Phase, Status};
use super::{ASKED_FROM, Action, Choice, Driver, UnderWay, is_on_screen};
use crate::provider::connection::Ask;
use crate::provider::query::{SimKey, What};

impl Driver {
    /// Signs in and asks for one page, to see whether it works.
    pub fn try_it(&mut self) {
        self.begin_anew();
        let query = self.api.trial(&self.setup.ask);
        self.add(Job {
            trial: true,
            ..Job::leading(query)
        });
    }

    /// Fetches what is wanted, from the beginning; what had come stays in the store.
    pub fn fetch(&mut self, ask: Ask) {
        self.setup.ask = ask;
        self.begin_anew();
        match self.api.fleet(&self.setup.ask) {
            Ok(queries) => {
                let mut left_out = Vec::new();
                for query in queries {
                    let (query, is_less) = self.missing_of(self.allowed(query));
                    if is_less {
                        left_out.extend(self.sims_left_out(&query));
                    }
                    self.add(Job::leading(query));
                }
                if self.queue.len() > ASKED_FROM {
                    self.status.phase = Phase::Asking;
                    self.estimate();
                } else if self.queue.is_empty() {
                    self.status.phase = Phase::Fetching;
                }
                self.note_sims(What::Events, &left_out);
            }
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn begin_anew(&mut self) {
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
        let account = &self.setup.account;
        if account.fields.is_empty() && !account.vouched {
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
        if self.failed.is_empty() && self.batch.is_empty() {
            self.status.phase = Phase::Done;
            return;
        }
        self.status.phase = Phase::Fetching;
        for mut job in std::mem::take(&mut self.failed) {
            job.tries = 0;
            job.renewed = false;
            job.not_before = i64::MIN;
            self.queue.push(job);
        }
        // Some of them were given up, others never asked.
        let waiting = self.queue.count(|job| job.watched.is_none()) as u32;
        self.status.done = self.status.total.saturating_sub(waiting);
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
        self.setup.account.vouched = false;
        self.failed.clear();
        self.status.phase = Phase::SignedOut;
    }

    /// Gives up what is under way; returns the questions.
    pub(super) fn abort_all(&mut self) -> Vec<Job> {
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
                let (query, _) = self.missing_of(query);
                self.add(Job::new(query));
            }
        }
        if !self.queue.is_empty() {
            self.agreed = true;
            self.status.phase = Phase::Fetching;
        }
    }

    pub(super) fn estimate(&mut self) {
        if self.status.phase != Phase::Asking {
            return;
        }
        let on_screen = self.queue.count(|job| {
            let sim = job.query.sim();
            sim.is_some_and(|sim| is_on_screen(&self.on_screen, sim))
        });
        let calls = self.queue.len() as u32;
        let pace = self.api.connection().pace.allowed_per_minute();
        self.status.estimate = Some(Estimate {
            calls,
            on_screen: on_screen as u32,
            seconds: (u64::from(calls) * 60 / u64::from(pace)) as u32,
        });
    }
}
