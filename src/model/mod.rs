//! What a SIM, a session, an event, a usage figure, a network, a cell and a place are. Plain data:
//! no vendor's quirk, no storage, no drawing lives here. Rows borrow their text, so that an adapter
//! can hand the store a row without copying a string, and the store can hand one out again.
//!
//! The field names are the JSON names of the public API. Absent is null, never 0.

mod cell;
mod event;
mod network;
mod place;
mod provider_id;
mod radio;
mod reading;
mod session;
mod sim;
mod time;
mod traffic;
mod usage;
mod warning;

pub use cell::Cell;
pub use event::{Event, EventKind};
pub use network::{Country, Mcc, Mnc, Network};
pub use place::{Place, PlaceKind};
pub use provider_id::ProviderId;
pub use radio::Radio;
pub use reading::Reading;
pub use session::{Basis, EndKind, Segment, Session, StartKind};
pub use sim::{OwnLabel, Sim, Tag, UsageReported};
pub use time::Instant;
pub use traffic::{Traffic, TrafficReported, TrafficUnit, megabytes_to_bytes};
pub use usage::Usage;
pub use warning::Warning;

use std::borrow::Cow;

/// Text that is borrowed from an answer or from the store where that is possible.
pub type Text<'a> = Cow<'a, str>;
