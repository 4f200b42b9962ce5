//! The five vendors behind one trait. A provider is sans-IO: it recognises an answer and turns its
//! records into rows; it never touches the network, the clock or the store. One folder per vendor,
//! with the same file names in each: `mod.rs` (what it can do, which answers it has), `wire.rs`
//! (the vendor's JSON exactly, borrowed), `map.rs` (wire to model, the only home of quirks), `requests.rs` (how it is asked). Twilio and
//! KORE serve one resource tree, whose `wire.rs` and `map.rs` stand in `wireless`.

mod answer;
mod capability;
pub mod connect;
pub mod connection;
mod field_path;
pub mod holds;
pub mod json;
pub(crate) mod pull;
pub mod query;
pub(crate) mod raw;
mod refusal;
pub mod request;
mod rfc3339;
mod rows;
pub mod secret;
#[cfg(test)]
pub(crate) mod testing;

pub mod kore;
pub mod monogoto;
pub mod soracom;
pub mod twilio;
pub mod wayscloud;
mod wireless;

pub use answer::{Answer, Envelope, Layout, Record, Shape, ValueKind};
pub use capability::{Capability, Paging, Sessions};
pub use connect::{Connect, connect};
pub use json::{Json, ReadError};
pub use rows::{CellLocation, Rows};

use crate::model::ProviderId;

/// One vendor's adapter.
pub trait Provider: Sync {
    /// Which answer of this vendor has that shape; null if none.
    fn recognise(&self, shape: &Shape<'_>) -> Option<Answer>;

    /// Reads the one record that begins at the first byte of `record.json` into rows. Returns the
    /// record's length in bytes.
    ///
    /// # Errors
    ///
    /// [`ReadError::Incomplete`] when the bytes end inside the record, [`ReadError::Bad`] when a
    /// field is of a wrong type or unreadable (the record is then skipped and counted),
    /// [`ReadError::Syntax`] when it is not JSON. No row has been emitted in any of these cases.
    fn read(&self, record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError>;

    /// Called once after the last record of a page, with what stood around them.
    fn end_of_page(&self, _answer: &Answer, _envelope: &Envelope, _rows: &mut dyn Rows) {}
}

/// The adapter of a vendor. A sixth vendor is one new folder, and a line here and below.
pub fn provider(id: ProviderId) -> &'static dyn Provider {
    match id {
        ProviderId::Twilio => &twilio::Twilio,
        ProviderId::Kore => &kore::Kore,
        ProviderId::Soracom => &soracom::Soracom,
        ProviderId::Monogoto => &monogoto::Monogoto,
        ProviderId::Wayscloud => &wayscloud::Wayscloud,
    }
}

/// What a vendor can tell. The rest of the program asks this, never the vendor's name. Apart from the
/// adapters, so that whoever asks does not carry them along.
pub fn capability(id: ProviderId) -> &'static Capability {
    match id {
        ProviderId::Twilio => &twilio::CAPABILITY,
        ProviderId::Kore => &kore::CAPABILITY,
        ProviderId::Soracom => &soracom::CAPABILITY,
        ProviderId::Monogoto => &monogoto::CAPABILITY,
        ProviderId::Wayscloud => &wayscloud::CAPABILITY,
    }
}

/// Which vendor's which answer has that shape. Where several vendors share it, the preferred one
/// comes first; KORE is asked before Twilio, whose IoT business it took over.
pub fn recognise(shape: &Shape<'_>, preferred: Option<ProviderId>) -> Option<Answer> {
    const ORDER: [ProviderId; 5] = [
        ProviderId::Kore,
        ProviderId::Twilio,
        ProviderId::Soracom,
        ProviderId::Monogoto,
        ProviderId::Wayscloud,
    ];
    preferred
        .into_iter()
        .chain(ORDER)
        .find_map(|id| provider(id).recognise(shape))
}
