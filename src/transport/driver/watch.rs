//! Rounds of watching: the same questions again and again, of which only what is new goes on to the engine. A round rests while
//! the page is hidden and waits longer after an error. Nothing is missed: a list is paged on until a whole page is known, and from
//! time to time to its very end, because vendors repeat and reorder.

use rustc_hash::FxHashSet;

use super::known::asked;
use super::queue::{Job, Round};
use super::replies::kept_records;
use super::status::{Failure, Phase, Watching};
use super::{Action, Driver};
use crate::error::Error;
use crate::provider::query::{Page, SimKey, TimeRange, What};
use crate::provider::raw::with_records;
use crate::provider::request::Reply;

/// The shortest time from round to round, milliseconds.
pub const SHORTEST_MS: i64 = 30_000;
/// The longest wait after rounds that failed.
const LONGEST_MS: i64 = 600_000;
/// Every so many rounds lists are read to their end.
const SWEEP_EVERY: u32 = 10;
/// What changed is asked for from this long before the last round on: vendors are late.
const OVERLAP_MS: i64 = 600_000;
/// More SIMs than this are not asked for one by one in a round.
const SINGLE_SIMS: usize = 50;

#[derive(Debug)]
pub(super) struct Watch {
    every_ms: i64,
    next_ms: i64,
    /// Number of the round, from 1.
    round: u32,
    running: bool,
    failed_now: bool,
    failed: u32,
    /// When the last complete round began, or the watch.
    since_ms: i64,
    began_ms: i64,
    pub(super) calls: u32,
    last_calls: Option<u32>,
    last_ms: Option<i64>,
    sims: u32,
}

impl Driver {
    /// Begins to watch, or changes how often; at least every 30 seconds.
    pub fn watch(&mut self, every_ms: i64, now: i64) {
        let every_ms = every_ms.max(SHORTEST_MS);
        match &mut self.watch {
            Some(watch) => {
                watch.every_ms = every_ms;
                watch.next_ms = watch.next_ms.min(now.saturating_add(every_ms));
            }
            None => {
                self.watch = Some(Watch {
                    every_ms,
                    next_ms: now,
                    round: 0,
                    running: false,
                    failed_now: false,
                    failed: 0,
                    since_ms: now,
                    began_ms: now,
                    calls: 0,
                    last_calls: None,
                    last_ms: None,
                    sims: 0,
                });
            }
        }
        self.note_watch();
    }

    /// Ends the watch.
    pub fn unwatch(&mut self) {
        self.watch = None;
        self.status.watching = None;
        self.queue.drop_where(|job| job.watched.is_some());
    }

    /// The page is hidden, or shown again.
    pub fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
        self.note_watch();
    }

    pub(super) fn round_number(&self) -> u32 {
        self.watch.as_ref().map_or(0, |watch| watch.round)
    }

    fn note_watch(&mut self) {
        self.status.watching = self.watch.as_ref().map(|watch| Watching {
            every_ms: watch.every_ms,
            rounds: watch.round - u32::from(watch.running),
            calls: watch.last_calls,
            last_ms: watch.last_ms,
            next_ms: watch.next_ms,
            failed: watch.failed,
            hidden: self.hidden,
            sims: watch.sims,
        });
    }

    pub(super) fn watch_wakes_at(&self) -> Option<i64> {
        let idle = |watch: &&Watch| !watch.running && !self.hidden && self.is_loaded();
        self.watch.as_ref().filter(idle).map(|watch| watch.next_ms)
    }

    fn is_loaded(&self) -> bool {
        matches!(self.status.phase, Phase::Done | Phase::Stopped)
    }

    /// Begins a round when its time has come, and ends one that is complete.
    pub(super) fn watch_step(&mut self, now: i64) {
        let (hidden, loaded) = (self.hidden, self.is_loaded());
        let under_way = !self.under_way.is_empty() || !self.queue.is_empty();
        let Some(watch) = &mut self.watch else { return };
        if watch.running && !under_way {
            watch.running = false;
            watch.last_calls = Some(std::mem::take(&mut watch.calls));
            watch.failed = if watch.failed_now {
                watch.failed + 1
            } else {
                0
            };
            let wait = watch.every_ms.saturating_mul(1 << watch.failed.min(8));
            let longest = LONGEST_MS.max(watch.every_ms);
            // Not all sources at the same moment after an outage.
            let jitter = if watch.failed > 0 {
                self.random.i64(0..=watch.every_ms / 4)
            } else {
                0
            };
            watch.next_ms = watch.began_ms.saturating_add(wait.min(longest)) + jitter;
            watch.next_ms = watch.next_ms.max(now);
            if !watch.failed_now {
                watch.since_ms = watch.began_ms;
                watch.last_ms = Some(now);
                self.known.end_round(watch.round);
                self.status.failures.retain(|failure| !failure.watched);
            }
            self.note_watch();
            return;
        }
        if watch.running || hidden || !loaded || now < watch.next_ms {
            return;
        }
        watch.running = true;
        watch.failed_now = false;
        watch.round += 1;
        watch.began_ms = now;
        watch.calls = 0;
        let since = watch.since_ms.saturating_sub(OVERLAP_MS);
        let sims = self.watched_sims();
        if let Some(watch) = &mut self.watch {
            watch.sims = sims.len() as u32;
        }
        for query in self.api.round(&self.setup.ask, &sims, since, now) {
            let query = self.allowed(query);
            self.queue.push(Job {
                watched: Some(Round::Poll),
                ..Job::new(query)
            });
        }
        let range = TimeRange {
            from_ms: since,
            to_ms: now,
        };
        for sim in std::mem::take(&mut self.lost) {
            self.ask_changed(&sim, range);
        }
        self.agreed = true;
        self.note_watch();
    }

    /// Those on screen first; where each takes a call of its own, no more than a screenful.
    fn watched_sims(&self) -> Vec<SimKey> {
        let on_screen = |sim: &&SimKey| super::is_on_screen(&self.on_screen, sim);
        let first = self.sims.iter().filter(on_screen);
        let others = self.sims.iter().filter(|sim| !on_screen(sim));
        let all = first.chain(others).cloned();
        if self.api.connection().cost.needs_history {
            all.take(SINGLE_SIMS).collect()
        } else {
            all.collect()
        }
    }

    /// Hands on what is new of a page of a round; true when its list need not be paged on.
    pub(super) fn take_watched_page(
        &mut self,
        job: &Job,
        operation: &'static str,
        reply: &Reply,
        page: &Page<'_>,
        hashes: &[u64],
        now: i64,
    ) -> bool {
        let Some(watch) = &self.watch else {
            return true;
        };
        let (round, since) = (watch.round, watch.since_ms);
        let no_gap = watch.failed == 0;
        if page.partial {
            return true;
        }
        let asked = asked(&job.query);
        let before = self.known.answered(&asked);
        let first = job.watched == Some(Round::Poll) && before.is_none();

        let mut new = Vec::new();
        let mut confirmed = Vec::new();
        // A vendor may repeat a record within a page.
        let mut once = FxHashSet::default();
        for at in kept_records(&job.query, page) {
            let Some(hash) = hashes.get(at).filter(|hash| once.insert(**hash)) else {
                continue;
            };
            let sim = page.sims.get(at);
            // A state may come back: connected, not connected, connected.
            let turned = sim.is_some_and(|sim| self.known.turned(job.query.what, sim, *hash));
            match self.known.seen_again(*hash, round) {
                Some(document) if !turned => confirmed.push(document),
                _ => new.push(at),
            }
        }
        confirmed.sort_unstable();
        confirmed.dedup();
        if !confirmed.is_empty() {
            self.actions.push_back(Action::Confirm {
                documents: confirmed,
                observed_ms: now,
            });
        }
        let changed: Vec<SimKey> = new
            .iter()
            .filter_map(|at| page.sims.get(*at))
            .filter(|sim| !sim.key.is_empty())
            .cloned()
            .collect();
        if !new.is_empty()
            && let Some(bytes) = with_records(&reply.body, &page.records, &new)
        {
            let mut document = self.document(job, operation, bytes, now);
            document.watched = !first;
            document.asked_before_ms = before.filter(|_| no_gap);
            document.kept = self.kept_of(&job.query, reply, page, hashes, &new);
            for at in &new {
                if let Some(hash) = hashes.get(*at) {
                    self.known.add(*hash, document.number, round);
                }
            }
            self.status.rows += new.len() as u64;
            self.actions.push_back(Action::Open(document));
        }
        let range = TimeRange {
            from_ms: since.saturating_sub(OVERLAP_MS),
            to_ms: now,
        };
        for sim in &changed {
            if self.sim_keys.insert(sim.key.clone()) {
                self.sims.push(sim.clone());
                self.status.sims = self.sims.len() as u32;
            }
            if !first && job.watched == Some(Round::Poll) {
                self.ask_changed(sim, range);
            }
        }
        let is_list_of_events = job.query.what == What::Events;
        is_list_of_events && new.is_empty() && !round.is_multiple_of(SWEEP_EVERY)
    }

    fn ask_changed(&mut self, sim: &SimKey, range: TimeRange) {
        for mut query in self.api.changed(sim, range) {
            // Not everything that happens shows in what rounds ask: from where the same was asked last, nothing is left out.
            let last = self.known.answered(&asked(&query));
            if let (Some(range), Some(last)) = (&mut query.range, last) {
                range.from_ms = range.from_ms.min(last.saturating_sub(OVERLAP_MS));
            }
            let waits = |job: &Job| asked(&job.query) == asked(&query);
            if !self.queue.any(waits) {
                self.queue.push(Job {
                    watched: Some(Round::Change),
                    ..Job::new(query)
                });
            }
        }
    }

    /// A question of a round could not be answered: the round counts as failed, what it brought stays.
    pub(super) fn round_failed(&mut self, job: &Job, error: Error) {
        let fatal = error.kind.is_about_sign_in() && job.renewed || !error.can_retry();
        if let Some(watch) = &mut self.watch {
            watch.failed_now = true;
        }
        let lost = job.watched == Some(Round::Change);
        if lost && let Some(sim) = job.query.sim() {
            // Its record will not come as new again.
            self.lost.push(sim.clone());
        }
        if fatal && error.kind.is_about_sign_in() {
            self.fail(error);
        } else {
            self.status
                .failures
                .retain(|known| !known.watched || known.error.kind != error.kind);
            self.status.failures.push(Failure {
                sim: job.query.sim().map(|sim| sim.key.clone()),
                error,
                count: 1,
                watched: true,
            });
        }
    }
}
