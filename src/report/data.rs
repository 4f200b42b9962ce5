//! What sessions carried, each unit on its own: bytes, packets and MB never turn into one another.

use serde::{Deserialize, Serialize};

use crate::model::{Traffic, TrafficUnit};

use super::Flow;

/// What sessions carried. Of whole sessions, also where they reach beyond the span: vendors do not tell what went when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Of the sessions whose vendor reports bytes.
    pub bytes: Flow,
    /// Of those whose vendor reports packets.
    pub packets: Flow,
    /// Of those whose vendor reports "MB".
    pub megabytes: Megabytes,
    /// Sessions that report a figure of which the vendor does not tell the unit: in none of the sums.
    pub unit_unknown: u32,
}

/// As [`Flow`], in the vendors' "MB", to the millionth. Null where no session reports it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Megabytes {
    /// From the device.
    pub up: Option<f64>,
    /// To the device.
    pub down: Option<f64>,
    /// Both ways: of each session its reported total, else the directions that it reports.
    pub total: Option<f64>,
    /// Sessions that report a figure from the device, to the device, and any figure at all.
    pub sessions: [u32; 3],
}

/// The sums while they are made: whole numbers, so that their order does not matter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Carried {
    bytes: Flow,
    packets: Flow,
    /// In millionths of a MB.
    megabytes: Flow,
    unit_unknown: u32,
}

impl Carried {
    /// Adds what a session reports.
    pub fn add(&mut self, traffic: &Traffic) {
        let figures = [traffic.bytes_up, traffic.bytes_down, traffic.bytes_total];
        match traffic.reported.map(|reported| reported.unit) {
            None => {}
            Some(TrafficUnit::Bytes) => self.bytes.add(figures),
            // What the store calls bytes of these are millionths of the reported figure.
            Some(TrafficUnit::Megabytes) => self.megabytes.add(figures),
            Some(TrafficUnit::Packets) => {
                let both = [traffic.packets_up, traffic.packets_down, None];
                self.packets.add(both);
            }
            Some(TrafficUnit::Unknown) => self.unit_unknown += 1,
        }
    }

    /// The sums.
    pub fn data(&self) -> Data {
        let mb = |millionths: Option<u64>| millionths.map(|n| n as f64 / 1e6);
        Data {
            bytes: self.bytes,
            packets: self.packets,
            megabytes: Megabytes {
                up: mb(self.megabytes.up),
                down: mb(self.megabytes.down),
                total: mb(self.megabytes.total),
                sessions: self.megabytes.sessions,
            },
            unit_unknown: self.unit_unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stay_apart_and_what_nobody_reports_is_null() {
        let mut carried = Carried::default();
        assert_eq!(carried.data(), Data::default());
        carried.add(&Traffic::megabytes(Some(0.1), None, Some(0.3)));
        carried.add(&Traffic::megabytes(Some(0.2), None, None));
        carried.add(&Traffic::packets(Some(0), Some(7)));
        carried.add(&Traffic::of_unknown_unit(Some(5.0), None));
        let data = carried.data();
        assert_eq!((data.megabytes.up, data.megabytes.down), (Some(0.3), None));
        assert_eq!(data.megabytes.total, Some(0.5));
        assert_eq!(data.megabytes.sessions, [2, 0, 2]);
        assert_eq!((data.packets.up, data.packets.total), (Some(0), Some(7)));
        assert_eq!((data.bytes, data.unit_unknown), (Flow::default(), 1));
    }
}
