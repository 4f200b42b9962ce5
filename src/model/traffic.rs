//! What a session carried. Bytes, packets and MB are different units and never mixed.

use serde::{Deserialize, Serialize};

/// The unit in which a vendor reports a session's traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrafficUnit {
    /// Packets.
    #[serde(rename = "packets")]
    Packets,
    /// Bytes.
    #[serde(rename = "bytes")]
    Bytes,
    /// "MB", taken as 10^6 bytes, which the vendor does not confirm.
    #[serde(rename = "MB")]
    Megabytes,
    /// A figure whose unit the vendor does not document.
    #[serde(rename = "unknown")]
    Unknown,
}

/// The traffic figures exactly as the vendor sent them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TrafficReported {
    /// From the device.
    pub up: Option<f64>,
    /// To the device.
    pub down: Option<f64>,
    /// Both ways.
    pub total: Option<f64>,
    /// The unit of the three.
    pub unit: TrafficUnit,
}

/// Traffic of one session. Null where not reported; 0 where the vendor says 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Traffic {
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
    /// The figures as reported, with their unit; null where nothing was reported.
    #[serde(rename = "traffic_reported")]
    pub reported: Option<TrafficReported>,
}

impl Traffic {
    /// Traffic reported in packets.
    pub fn packets(up: Option<u64>, down: Option<u64>) -> Self {
        if up.is_none() && down.is_none() {
            return Self::default();
        }
        Self {
            packets_up: up,
            packets_down: down,
            reported: Some(TrafficReported {
                up: up.map(|n| n as f64),
                down: down.map(|n| n as f64),
                total: None,
                unit: TrafficUnit::Packets,
            }),
            ..Self::default()
        }
    }

    /// Traffic reported in "MB", each 10^6 bytes; a figure below 0 or not finite is left out.
    pub fn megabytes(up: Option<f64>, down: Option<f64>, total: Option<f64>) -> Self {
        if up.is_none() && down.is_none() && total.is_none() {
            return Self::default();
        }
        Self {
            bytes_up: up.and_then(megabytes_to_bytes),
            bytes_down: down.and_then(megabytes_to_bytes),
            bytes_total: total.and_then(megabytes_to_bytes),
            reported: Some(TrafficReported {
                up,
                down,
                total,
                unit: TrafficUnit::Megabytes,
            }),
            ..Self::default()
        }
    }

    /// Figures whose unit is unknown: kept as reported, never as bytes or packets.
    pub fn of_unknown_unit(up: Option<f64>, down: Option<f64>) -> Self {
        if up.is_none() && down.is_none() {
            return Self::default();
        }
        Self {
            reported: Some(TrafficReported {
                up,
                down,
                total: None,
                unit: TrafficUnit::Unknown,
            }),
            ..Self::default()
        }
    }
}

/// "MB" as 10^6 bytes, to the nearest byte. Null below 0 or not finite.
pub fn megabytes_to_bytes(mb: f64) -> Option<u64> {
    (mb.is_finite() && mb >= 0.0).then(|| (mb * 1e6).round() as u64)
}
