//! One look at the current state of a SIM, where a vendor tells that and no past sessions.

use super::{Instant, Session};

/// What one answer says of a SIM's connection. Sessions of basis `polled` follow from a row of these.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<'a> {
    /// When the answer was fetched.
    pub at: Instant,
    /// When the same was last asked successfully before, so that what was read then held until then;
    /// null for a first answer, or after a gap.
    pub asked_before: Option<Instant>,
    /// Whether a data session is open.
    pub connected: bool,
    /// When the vendor says that the SIM was last connected.
    pub last_connection: Option<Instant>,
    /// When the vendor says that it was last disconnected.
    pub last_disconnection: Option<Instant>,
    /// What holds for every session of this reading: the SIM's key and identifiers.
    pub about: Session<'a>,
    /// The open sessions that it lists, with their own start if any; empty where it lists none.
    pub active: Vec<Session<'a>>,
}
