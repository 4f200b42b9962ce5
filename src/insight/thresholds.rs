//! The limits of all rules. What each means is said in its rule's file.

use serde::{Deserialize, Serialize};

use super::{
    imei_changed, no_traffic, outage, periodic_reconnect, ping_pong, reconnect_storm, silence,
};

/// The limits of all rules. Missing ones are the defaults.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Many sessions in a short time.
    pub reconnect_storm: reconnect_storm::Limits,
    /// Sessions that end after a fixed time.
    pub periodic_reconnect: periodic_reconnect::Limits,
    /// Another device.
    pub imei_changed: imei_changed::Limits,
    /// Back and forth between networks.
    pub ping_pong: ping_pong::Limits,
    /// Sessions that carry nothing.
    pub no_traffic: no_traffic::Limits,
    /// Longer silence than usual.
    pub silence: silence::Limits,
    /// Many SIMs at once.
    pub outage: outage::Limits,
}
