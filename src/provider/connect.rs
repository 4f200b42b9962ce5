//! The asking half of an adapter: how a vendor is signed in to, which requests answer a question, what a reply says about the
//! next one. Sans-IO: nothing here sends, waits or remembers.

use super::connection::{Account, Ask, Connection};
use super::query::{CellQuery, Cursor, Page, Query, SimKey, TimeRange};
use super::request::{Pass, Reply, Request};
use crate::error::Error;
use crate::model::ProviderId;

/// How one gets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The credentials themselves go with every call.
    Pass(Pass),
    /// They are exchanged for something that does.
    Exchange(Request),
}

/// One vendor's calls.
pub trait Connect: Sync {
    /// What has to be filled in, and what it costs.
    fn connection(&self) -> &'static Connection;

    /// Begins to sign in.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Input`] where a field is missing or cannot be right; nothing needs to be sent then.
    fn enter(&self, account: &Account) -> Result<Entry, Error>;

    /// Reads the reply to [`Entry::Exchange`], asked at `now_ms` (epoch milliseconds).
    ///
    /// # Errors
    ///
    /// The reply is a refusal or not what it should be.
    fn entered(&self, account: &Account, reply: &Reply, now_ms: i64) -> Result<Pass, Error> {
        let _ = (account, now_ms);
        Err(self.refusal("sign in", reply))
    }

    /// How to go on with a sign-in that is about to run out, without the credentials; null where they are exchanged anew.
    fn renew(&self, account: &Account, pass: &Pass) -> Option<Request> {
        let _ = (account, pass);
        None
    }

    /// Reads the reply to [`Self::renew`], asked at `now_ms`.
    ///
    /// # Errors
    ///
    /// The reply is a refusal or not what it should be; the credentials are then exchanged anew.
    fn renewed(
        &self,
        account: &Account,
        pass: &Pass,
        reply: &Reply,
        now_ms: i64,
    ) -> Result<Pass, Error> {
        let _ = pass;
        self.entered(account, reply, now_ms)
    }

    /// How to leave; null where there is nothing to tell the vendor.
    fn leave(&self, pass: &Pass) -> Option<Request> {
        let _ = pass;
        None
    }

    /// A cheap call that shows whether the sign-in works, for "try it".
    fn trial(&self, ask: &Ask) -> Query;

    /// The request for a page of an answer, short of the sign-in's headers.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Input`] where the vendor has no such call, or an identifier cannot be one of its own.
    fn request(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        account: &Account,
        pass: &Pass,
    ) -> Result<Request, Error>;

    /// Reads a reply of status 2xx.
    ///
    /// # Errors
    ///
    /// It is not JSON, not this answer, or a refusal in disguise.
    fn page<'b>(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
        account: &Account,
        reply: &'b Reply,
    ) -> Result<Page<'b>, Error>;

    /// What of a record has to differ for it to count as changed. Everything, unless some figure in it changes all the time
    /// and tells nothing.
    fn essence<'r>(&self, query: &Query, record: &'r str) -> std::borrow::Cow<'r, str> {
        let _ = query;
        record.into()
    }

    /// What tells the same to a user who may not ask that; null where nothing does.
    fn instead(&self, query: &Query) -> Option<Query> {
        let _ = query;
        None
    }

    /// The cells that a record names, where the vendor can tell where cells stand.
    fn cells(&self, record: &str) -> Vec<CellQuery> {
        let _ = record;
        Vec::new()
    }

    /// Whether a reply of another status only says that there is nothing: an empty answer, which is no failure.
    fn is_empty(&self, query: &Query, reply: &Reply) -> bool {
        let _ = (query, reply);
        false
    }

    /// Reads a reply of another status.
    fn refusal(&self, operation: &'static str, reply: &Reply) -> Error;

    /// What is asked first: the fewest calls that show the fleet, or the named SIMs.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Input`] where the scope cannot be asked for.
    fn fleet(&self, ask: &Ask) -> Result<Vec<Query>, Error>;

    /// What is asked next, once SIMs are found, for several of them in one call.
    fn batch(&self, ask: &Ask, sims: &[SimKey]) -> Vec<Query> {
        let _ = (ask, sims);
        Vec::new()
    }

    /// What is asked for each SIM: its history, and whatever else was wanted.
    fn of_sim(&self, ask: &Ask, sim: &SimKey) -> Vec<Query>;

    /// One round of watching these SIMs (those on screen first): what is asked each time.
    fn round(&self, ask: &Ask, sims: &[SimKey], since_ms: i64, now_ms: i64) -> Vec<Query>;

    /// What is asked besides for a SIM whose record changed in a round.
    fn changed(&self, sim: &SimKey, range: TimeRange) -> Vec<Query> {
        let _ = (sim, range);
        Vec::new()
    }

    /// How many calls are left of the vendor's limit and for how many milliseconds, as a reply's headers tell; null where
    /// they do not or this page may not read them.
    fn quota(&self, reply: &Reply) -> Option<(u32, u64)> {
        let _ = reply;
        None
    }
}

/// The calls of a vendor.
pub fn connect(id: ProviderId) -> &'static dyn Connect {
    match id {
        ProviderId::Twilio => &super::twilio::Twilio,
        ProviderId::Kore => &super::kore::Kore,
        ProviderId::Soracom => &super::soracom::Soracom,
        ProviderId::Monogoto => &super::monogoto::Monogoto,
        ProviderId::Wayscloud => &super::wayscloud::Wayscloud,
    }
}
