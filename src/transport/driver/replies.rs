//! What replies and failures lead to: documents for the engine, the next page, another try, a renewed sign-in, or giving up.

use super::known::hash_of;
use super::queue::Job;
use super::status::{Failure, Phase, Trial};
use super::{
    ASKED_FROM, Action, Call, DOWN_AFTER, Document, Driver, UnderWay, is_history, is_of_account,
};
use crate::error::{Error, ErrorKind};
use crate::provider::query::{Page, Query, SimKey, Target, What};
use crate::provider::raw::with_records;
use crate::provider::request::Reply;

impl Driver {
    pub(super) fn replied(&mut self, call: Call, reply: &Reply, now: i64) {
        if let Some((left, for_ms)) = self.api.quota(reply) {
            self.pacer.quota(now, left, for_ms);
        }
        match call.what {
            UnderWay::SignOut => {}
            UnderWay::SignIn => match self.api.entered(&self.setup.account, reply, now) {
                Ok(pass) => {
                    self.pacer.good();
                    self.take_pass(pass);
                }
                Err(error) => self.call_failed(call, error, now),
            },
            UnderWay::Renewal => {
                let pass = self.pass.take().unwrap_or_default();
                // Too late or refused: the credentials are exchanged anew.
                if let Ok(pass) = self.api.renewed(&self.setup.account, &pass, reply, now) {
                    self.take_pass(pass);
                }
            }
            UnderWay::Page(job) => {
                let account = &self.setup.account;
                let read = if reply.is_ok() {
                    self.api
                        .page(&job.query, job.cursor.as_ref(), account, reply)
                } else if self.api.is_empty(&job.query, reply) {
                    Ok(Page::default())
                } else {
                    Err(self.api.refusal(call.operation, reply))
                };
                match read {
                    Ok(page) => {
                        self.pacer.good();
                        self.pass_worked = true;
                        self.given_up_in_a_row = 0;
                        self.take_page(*job, call.operation, reply, page, now);
                    }
                    Err(error) => {
                        let what = UnderWay::Page(job);
                        self.call_failed(Call { what, ..call }, error, now);
                    }
                }
            }
        }
        self.settle(now);
    }

    fn take_page(
        &mut self,
        mut job: Job,
        operation: &'static str,
        reply: &Reply,
        page: Page<'_>,
        now: i64,
    ) {
        if job.trial {
            self.status.trial = Some(Trial {
                records: page.records.len() as u32,
                more: page.next.is_some(),
            });
            self.status.done += 1;
            return;
        }
        let hash = |record: &&str| hash_of(&self.api.essence(&job.query, record));
        let hashes: Vec<u64> = page.records.iter().map(hash).collect();
        let mut any_new = false;
        for hash in &hashes {
            any_new |= job.seen.insert(*hash);
        }
        let mut stop = !any_new;
        if job.watched.is_some() {
            stop |= self.take_watched_page(&job, operation, reply, &page, &hashes, now);
        } else {
            self.status.rows += page.records.len() as u64;
            if !page.records.is_empty() && !page.partial {
                self.open_page(&job, operation, reply, &page, &hashes, now);
            }
            self.note_sims(job.query.what, &page.sims);
            self.note_cells(&page.records);
            self.note_asked_sim(&job);
        }
        let is_whole = !page.partial && page.more.is_empty();
        for query in page.more {
            let more = Job {
                watched: job.watched,
                ..Job::new(query)
            };
            self.add(more);
        }
        let next = page.next.filter(|next| !stop && !job.begun.contains(next));
        if let Some(next) = next {
            self.queue.push_first(job.at(next));
            return;
        }
        if job.watched.is_none() {
            self.status.done += 1;
        }
        self.note_answered(&job, is_whole);
        let round = job.watched.map_or(0, |_| self.round_number());
        self.known
            .answer(super::known::asked(&job.query), now, round);
    }

    /// Hands a page of a load to the engine.
    fn open_page(
        &mut self,
        job: &Job,
        operation: &'static str,
        reply: &Reply,
        page: &Page<'_>,
        hashes: &[u64],
        now: i64,
    ) {
        let kept = kept_records(&job.query, page);
        let bytes = if kept.len() == page.records.len() {
            Some(reply.body.clone())
        } else {
            with_records(&reply.body, &page.records, &kept).filter(|_| !kept.is_empty())
        };
        if let Some(bytes) = bytes {
            let mut document = self.document(job, operation, bytes, now);
            document.kept = self.kept_of(&job.query, reply, page, hashes, &kept);
            self.known.add_loaded(hashes, document.number);
            for (sim, hash) in page.sims.iter().zip(hashes) {
                self.known.turned(job.query.what, sim, *hash);
            }
            self.actions.push_back(Action::Open(document));
        }
    }

    /// An answer as the engine takes it.
    pub(super) fn document(
        &mut self,
        job: &Job,
        operation: &'static str,
        bytes: Vec<u8>,
        now: i64,
    ) -> Document {
        let number = self.next_document;
        self.next_document += 1;
        Document {
            number,
            name: operation,
            sim: match &job.query.of {
                Target::Imsi(imsi) => Some(imsi.clone()),
                _ => job.query.sim().map(|sim| sim.key.clone()),
            },
            account: is_of_account(&job.query),
            observed_ms: now,
            asked_before_ms: None,
            watched: false,
            history: is_history(&job.query),
            kept: None,
            bytes,
        }
    }

    /// Takes note of SIMs that a list named, and of what is to be asked for each.
    pub(super) fn note_sims(&mut self, what: What, sims: &[SimKey]) {
        for sim in sims {
            if sim.key.is_empty() || !self.sim_keys.insert(sim.key.clone()) {
                continue;
            }
            self.sims.push(sim.clone());
            if matches!(what, What::Sims | What::Subscribers) {
                self.batch.push(sim.clone());
            }
            for query in self.api.of_sim(&self.setup.ask, sim) {
                let (query, _) = self.missing_of(query);
                self.add(Job::new(query));
            }
        }
        self.status.sims = self.sims.len() as u32;
    }

    /// Takes note of cells whose places are wanted and were not asked for yet.
    fn note_cells(&mut self, records: &[&str]) {
        if !self.setup.ask.cell_locations {
            return;
        }
        for cell in records.iter().flat_map(|record| self.api.cells(record)) {
            if self.cells_met.insert(cell.clone()) {
                self.cells.push(cell);
            }
        }
    }

    /// A SIM that was asked for by its key, where no list names it.
    fn note_asked_sim(&mut self, job: &Job) {
        let is_rows = matches!(job.query.what, What::Sessions | What::Events);
        if let (true, Some(sim)) = (is_rows, job.query.sim())
            && !self.sim_keys.contains(&sim.key)
            && !self.sims.iter().any(|known| known.is(&sim.key))
        {
            self.sim_keys.insert(sim.key.clone());
            self.sims.push(sim.clone());
            self.status.sims = self.sims.len() as u32;
        }
    }

    pub(super) fn call_failed(&mut self, call: Call, error: Error, now: i64) {
        if error.kind == ErrorKind::RateLimited {
            let named = error.retry_after_ms.and_then(|ms| i64::try_from(ms).ok());
            self.pacer.hold(now, named.unwrap_or(1000).min(300_000));
            self.status.held_until_ms = named.map(|ms| now.saturating_add(ms));
        }
        match call.what {
            UnderWay::SignOut => {}
            UnderWay::Renewal => self.pass = None,
            UnderWay::SignIn => {
                self.sign_in_tries += 1;
                match crate::transport::retry::wait_ms(&error, self.sign_in_tries, &mut self.random)
                {
                    Some(wait) => self.sign_in_not_before = now.saturating_add(wait),
                    None => self.sign_in_failed(error),
                }
            }
            UnderWay::Page(job) => self.page_failed(*job, call.pass, error, now),
        }
        self.settle(now);
    }

    /// A watch gets over a vendor that is down for a while: the round failed, and the next one tries again.
    fn sign_in_failed(&mut self, error: Error) {
        let loads = self.queue.any(|job| job.watched.is_none());
        if loads || self.watch.is_none() || !error.can_retry() {
            return self.fail(error);
        }
        self.sign_in_tries = 0;
        let error = self.without_secrets(error);
        for job in self.queue.take_where(|job| job.watched.is_some()) {
            self.round_failed(&job, error.clone());
        }
    }

    fn page_failed(&mut self, mut job: Job, pass: u32, mut error: Error, now: i64) {
        // An expired token is refused by some gateways without the headers that would let this page read the refusal.
        let unread = error.kind == ErrorKind::CrossOrigin && self.pass_worked;
        if unread && (job.renewed || !self.can_renew()) && job.tries < 2 {
            job.tries += 1;
            job.not_before = now.saturating_add(self.random.i64(500..=2000));
            return self.queue.push_first(job);
        }
        if (error.kind.is_about_sign_in() || unread) && !self.forbidden.contains(&job.query.what) {
            if pass < self.pass_number {
                // It went with a sign-in that was renewed meanwhile.
                return self.queue.push_first(job);
            }
            if !job.renewed && self.can_renew() {
                job.renewed = true;
                self.pass = None;
                return self.queue.push_first(job);
            }
        }
        if error.kind == ErrorKind::BadSecret && self.pass_worked {
            error.kind = ErrorKind::Expired;
        }
        if error.kind == ErrorKind::Refused && self.ask_one_by_one(&job) {
            return;
        }
        if error.kind == ErrorKind::Forbidden
            && let Some(query) = self.api.instead(&job.query)
        {
            // It takes the place of the one that was refused, from now on.
            self.replaced.insert(job.query.what);
            let cursor = None;
            return self.queue.push_first(Job {
                query,
                cursor,
                ..job
            });
        }
        job.tries += 1;
        if let Some(wait) = crate::transport::retry::wait_ms(&error, job.tries, &mut self.random) {
            job.not_before = now.saturating_add(wait);
            return self.queue.push_first(job);
        }
        self.give_up(job, error);
    }

    /// A call for several SIMs that the vendor refuses is made for each of them alone. False where it is about one.
    fn ask_one_by_one(&mut self, job: &Job) -> bool {
        let Target::Sims(sims) = &job.query.of else {
            return false;
        };
        if sims.len() < 2 {
            return false;
        }
        for sim in sims.clone() {
            let alone = Job {
                watched: job.watched,
                ..Job::new(Query {
                    of: Target::Sims(vec![sim]),
                    ..job.query.clone()
                })
            };
            self.add(alone);
        }
        if job.watched.is_none() {
            self.status.done += 1;
        }
        true
    }

    /// Whether the credentials can be exchanged once more.
    fn can_renew(&self) -> bool {
        let entry = self.api.enter(&self.setup.account);
        matches!(entry, Ok(crate::provider::connect::Entry::Exchange(_)))
    }

    /// A question that will not be answered.
    pub(super) fn give_up(&mut self, job: Job, error: Error) {
        let error = self.without_secrets(error);
        if job.watched.is_some() {
            return self.round_failed(&job, error);
        }
        if job.trial {
            return self.fail(error);
        }
        self.status.done += 1;
        let what = job.query.what;
        let sim = job.query.sim().map(|sim| sim.key.clone());
        self.failed.push(job);
        let fatal = match error.kind {
            ErrorKind::PagePolicy
            | ErrorKind::CrossOrigin
            | ErrorKind::Offline
            | ErrorKind::Expired
            | ErrorKind::BadSecret => true,
            ErrorKind::Unreachable | ErrorKind::Outage | ErrorKind::Timeout => {
                self.given_up_in_a_row += 1;
                self.given_up_in_a_row >= DOWN_AFTER || self.sims.is_empty()
            }
            // Without the list there is nothing to go by.
            _ => self.sims.is_empty() && sim.is_none() && self.queue.is_empty(),
        };
        self.count_failure(error.clone(), sim);
        if fatal {
            return self.fail(error);
        }
        if error.kind == ErrorKind::Forbidden && self.forbidden.insert(what) {
            // Not one refusal for each SIM. With the permission another try gets them.
            let dropped = self.queue.take_where(|job| job.query.what == what);
            let dropped = dropped.into_iter().filter(|job| job.watched.is_none());
            let known = self.failed.len();
            self.failed.extend(dropped);
            self.status.done += (self.failed.len() - known) as u32;
        }
    }

    fn count_failure(&mut self, error: Error, sim: Option<String>) {
        let same = |known: &&mut Failure| {
            !known.watched
                && known.error.kind == error.kind
                && known.error.operation == error.operation
        };
        match self.status.failures.iter_mut().find(same) {
            Some(known) => known.count += 1,
            None => self.status.failures.push(Failure {
                error,
                count: 1,
                sim,
                watched: false,
            }),
        }
    }

    /// Goes on to the next stage when one is complete: states of the SIMs found, then single SIMs, then the end.
    pub(super) fn settle(&mut self, now: i64) {
        if self.status.held_until_ms.is_some_and(|until| until <= now) {
            self.status.held_until_ms = None;
        }
        if self.status.phase != Phase::Fetching || self.lists_under_way() {
            return;
        }
        if !self.batch.is_empty() {
            let sims = std::mem::take(&mut self.batch);
            for query in self.api.batch(&self.setup.ask, &sims) {
                self.add(Job::leading(query));
            }
            if self.queue.lists() > 0 {
                return;
            }
        }
        if !self.agreed {
            if self.queue.sims() > ASKED_FROM {
                self.status.phase = Phase::Asking;
                return self.set_on_screen(self.on_screen.clone());
            }
            self.agreed = true;
            self.set_on_screen(self.on_screen.clone());
        }
        let loads = |call: &Call| match &call.what {
            UnderWay::Page(job) => job.watched.is_none(),
            UnderWay::SignIn | UnderWay::Renewal => true,
            UnderWay::SignOut => false,
        };
        if self.queue.is_empty() && !self.under_way.iter().any(loads) {
            if !self.cells.is_empty() {
                let cells = Target::Cells(std::mem::take(&mut self.cells));
                return self.add(Job::new(Query::new(What::CellLocations, cells)));
            }
            self.status.phase = Phase::Done;
            self.status.fetched_ms = Some(now);
        }
    }

    fn lists_under_way(&self) -> bool {
        let list = |call: &Call| match &call.what {
            UnderWay::Page(job) => !job.is_single() && job.watched.is_none(),
            UnderWay::SignIn | UnderWay::Renewal => true,
            UnderWay::SignOut => false,
        };
        self.queue.lists() > 0 || self.under_way.iter().any(list)
    }
}

/// The places of the records that are wanted: of an activity log that was asked for some SIMs, those of these SIMs.
pub(super) fn kept_records(query: &Query, page: &Page<'_>) -> Vec<usize> {
    let of_some = query.what == What::Events && matches!(query.of, Target::Sims(_));
    let wanted = |at: &usize| {
        let sim = page.sims.get(*at);
        !of_some || sim.is_none_or(|sim| !sim.key.is_empty())
    };
    (0..page.records.len()).filter(wanted).collect()
}
