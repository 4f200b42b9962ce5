//! Usage over a period. Drawn as a strip under the lane, never added to session traffic.

use serde::Serialize;

use super::{Instant, ProviderId, Text};

/// Traffic of a SIM or an account over a period, as the vendor counts it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Usage<'a> {
    /// Which vendor's record this is.
    pub provider: ProviderId,
    /// Which configured source or file it came from. Set by the store.
    pub source: Text<'a>,
    /// The vendor's key of the SIM; null for the whole account.
    pub sim: Option<Text<'a>>,
    /// Start of the period, inclusive.
    pub from: Instant,
    /// End of the period, exclusive; null where the vendor gives only its start.
    pub to: Option<Instant>,
    /// Bytes from the device.
    pub bytes_up: Option<u64>,
    /// Bytes to the device.
    pub bytes_down: Option<u64>,
    /// Bytes both ways.
    pub bytes_total: Option<u64>,
    /// Packets from the device.
    pub packets_up: Option<u64>,
    /// Packets to the device.
    pub packets_down: Option<u64>,
}
