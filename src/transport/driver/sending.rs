//! Requests on their way out: the next question when one may be asked, the sign-in before it, deadlines after it.

use super::status::Phase;
use super::{Action, Call, DEADLINE_MS, Driver, MARGIN_MS, Outbound, SIGN_IN, UnderWay};
use crate::error::{Error, ErrorKind};
use crate::provider::connect::Entry;
use crate::provider::request::{Base, Pass, Request};
use crate::provider::secret::Secret;

impl Driver {
    pub(super) fn heed_deadlines(&mut self, now: i64) {
        let late = |call: &Call| call.deadline <= now;
        while let Some(at) = self.under_way.iter().position(late) {
            let call = self.under_way.swap_remove(at);
            self.actions.push_back(Action::Abort(call.ticket));
            let error = Error::new(ErrorKind::Timeout, self.setup.provider, call.operation);
            self.call_failed(call, error, now);
        }
    }

    /// Starts the next request, if one may start now.
    pub(super) fn start_next(&mut self, now: i64) {
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
        if !self.is_signed_in(now) {
            return self.sign_in(now);
        }
        let Some(mut job) = self.queue.take(now, self.agreed) else {
            return;
        };
        if job.began == i64::MIN {
            job.began = now;
        }
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

    /// It holds a sign-in that is good for a while.
    pub(super) fn is_signed_in(&self, now: i64) -> bool {
        self.pass.as_ref().is_some_and(|pass| {
            pass.expires_ms
                .is_none_or(|expires| expires.saturating_sub(MARGIN_MS) > now)
        })
    }

    pub(super) fn sign_in(&mut self, now: i64) {
        if now < self.sign_in_not_before {
            return;
        }
        let account = &self.setup.account;
        if account.vouched {
            let pass = account.vouched_pass(self.api.connection());
            self.take_pass(pass);
            return self.start_next(now);
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

    pub(super) fn take_pass(&mut self, pass: Pass) {
        self.pass = Some(pass);
        self.pass_number += 1;
        self.pass_worked = false;
        self.sign_in_tries = 0;
        if self.status.phase == Phase::SigningIn {
            self.status.phase = Phase::Fetching;
        }
    }

    pub(super) fn send(
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
}
