//! Asking Soracom: `connection` says what has to be filled in, `sign_in` gets in, `call` turns a question into one of the
//! vendor's calls, `reply` reads what comes back. Here stands what is asked, and in which order.

mod call;
mod cells;
mod connection;
mod reply;
mod sign_in;

use self::call::Number;
use self::reply::{alone, target};
use super::Soracom;
use crate::error::Error;
use crate::model::ProviderId;
use crate::provider::connect::{Connect, Entry};
use crate::provider::connection::{Account, Ask, Connection, Scope};
use crate::provider::query::{CellQuery, Cursor, Page, Query, SimKey, Target, TimeRange, What};
use crate::provider::request::{Pass, Reply, Request};

const ID: ProviderId = ProviderId::Soracom;
/// Identifiers in one search: each stands there once or twice, and the address must not grow too long.
const SEARCHED_AT_ONCE: usize = 50;
/// Up to so many chosen SIMs are watched by a call each: a search answers for more, but its index lags.
const WATCHED_ALONE: usize = 20;

impl Connect for Soracom {
    fn connection(&self) -> &'static Connection {
        &connection::CONNECTION
    }

    fn enter(&self, account: &Account) -> Result<Entry, Error> {
        sign_in::enter(account).map(Entry::Exchange)
    }

    fn entered(&self, account: &Account, reply: &Reply, now_ms: i64) -> Result<Pass, Error> {
        sign_in::entered(account, reply, now_ms)
    }

    /// A user may be allowed to see subscribers and no SIMs. Both lists carry the same state.
    fn instead(&self, query: &Query) -> Option<Query> {
        let is_list = query.what == What::Sims && query.of == Target::Fleet;
        is_list.then(|| Query::new(What::Subscribers, Target::Fleet))
    }

    fn cells(&self, record: &str) -> Vec<CellQuery> {
        cells::cells(record)
    }

    fn renew(&self, account: &Account, pass: &Pass) -> Option<Request> {
        sign_in::renew(account, pass)
    }

    fn renewed(
        &self,
        account: &Account,
        pass: &Pass,
        reply: &Reply,
        now_ms: i64,
    ) -> Result<Pass, Error> {
        sign_in::renewed(account, pass, reply, now_ms)
    }

    fn leave(&self, pass: &Pass) -> Option<Request> {
        Some(sign_in::leave(pass))
    }

    fn trial(&self, _ask: &Ask) -> Query {
        Query {
            filters: vec![("limit", "1".to_owned())],
            ..Query::new(What::Sims, Target::Fleet)
        }
    }

    fn request(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        _account: &Account,
        _pass: &Pass,
    ) -> Result<Request, Error> {
        call::request(query, cursor)
    }

    fn page<'b>(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        _account: &Account,
        reply: &'b Reply,
    ) -> Result<Page<'b>, Error> {
        reply::page(query, cursor, reply)
    }

    fn is_empty(&self, query: &Query, reply: &Reply) -> bool {
        reply::is_empty(query, reply)
    }

    fn refusal(&self, operation: &'static str, reply: &Reply) -> Error {
        reply::refusal(operation, reply)
    }

    /// All: the list of SIMs alone, whose records carry the current and the previous session of each. Some: numbers together
    /// in searches, which know a SIM by any of them; what is no number is searched for by itself.
    fn fleet(&self, ask: &Ask) -> Result<Vec<Query>, Error> {
        let Scope::Some(identifiers) = &ask.scope else {
            return Ok(vec![Query::new(What::Sims, Target::Fleet)]);
        };
        let mut queries = Vec::new();
        let mut numbers = Vec::new();
        for identifier in identifiers {
            if Number::of(identifier).is_some() {
                numbers.push(SimKey::new(identifier.clone()));
            } else {
                let query = Query::new(What::Sims, Target::Matching(identifier.clone()));
                // Whether the vendor takes that text is said before anything is sent.
                call::call(&query)?;
                queries.push(query);
            }
        }
        queries.extend(numbers.chunks(SEARCHED_AT_ONCE).map(|some| match some {
            // An ICCID need not be its SIM's ID, by which alone one SIM can be asked for. Both find these.
            [one] if Number::of(&one.key) != Some(Number::Iccid) => alone(one),
            _ => Query::new(What::Sims, Target::Sims(some.to_vec())),
        }));
        Ok(queries)
    }

    fn of_sim(&self, ask: &Ask, sim: &SimKey) -> Vec<Query> {
        let mut queries = Vec::new();
        if ask.history {
            queries.push(Query::new(What::Events, target(sim)).over(ask.range));
        }
        if ask.usage {
            queries.push(Query::new(What::Usage, target(sim)).over(ask.range));
        }
        // The status history is kept by SIM, not by IMSI.
        if ask.status_history && matches!(target(sim), Target::Sim(_)) {
            queries.push(Query::new(What::StatusHistory, target(sim)).over(ask.range));
        }
        queries
    }

    /// The list, 100 SIMs in a call, or the chosen SIMs: the few by themselves, the many in searches.
    fn round(&self, ask: &Ask, sims: &[SimKey], _since_ms: i64, _now_ms: i64) -> Vec<Query> {
        if ask.scope == Scope::All {
            return vec![Query::new(What::Sims, Target::Fleet)];
        }
        if sims.len() <= WATCHED_ALONE {
            return sims.iter().map(alone).collect();
        }
        sims.chunks(SEARCHED_AT_ONCE)
            .map(|some| Query::new(What::Sims, Target::Sims(some.to_vec())))
            .collect()
    }

    fn changed(&self, sim: &SimKey, range: TimeRange) -> Vec<Query> {
        vec![Query::new(What::Events, target(sim)).over(range)]
    }

    fn quota(&self, reply: &Reply) -> Option<(u32, u64)> {
        reply::quota(reply)
    }
}

#[cfg(test)]
mod tests;
