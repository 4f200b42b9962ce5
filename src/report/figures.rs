//! Figures that a breakdown has a row of each.

use serde::{Deserialize, Serialize};

/// Figures of whole sessions by direction, each null where no session reports it (never 0 for that).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// From the device.
    pub up: Option<u64>,
    /// To the device.
    pub down: Option<u64>,
    /// Both ways: of each session its reported total, else the directions that it reports.
    pub total: Option<u64>,
    /// Sessions that report a figure from the device, to the device, and any figure at all.
    pub sessions: [u32; 3],
}

/// A row of a breakdown: an operator, a country, a radio technology or a SIM.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// What it is: an operator's name (else MCC and MNC), an alpha-2 code, a radio's JSON name, a SIM's
    /// name (else its identifier); null where nobody told.
    pub label: Option<String>,
    /// Of a SIM: its identifier; null otherwise.
    pub identifier: Option<String>,
    /// Sessions that were on it inside the span. One that changed counts in each row that it touched.
    pub sessions: u32,
    /// SIMs of those sessions.
    pub sims: u32,
    /// Time online on it inside the span, at least; overlaps of one SIM once. Milliseconds.
    pub online_ms: i64,
    /// The same, at most.
    pub online_most_ms: i64,
    /// Of a SIM: how much of the span is known of it, milliseconds; null otherwise.
    pub known_ms: Option<i64>,
    /// Of a SIM: its longest gap, milliseconds; null where it has none.
    pub longest_gap_ms: Option<i64>,
    /// Bytes of the sessions that were on it alone.
    pub bytes: Flow,
    /// Packets of the sessions that were on it alone.
    pub packets: Flow,
    /// Sessions that were on others too: what they carried cannot be told apart and is in no row.
    pub split: u32,
}

/// A breakdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// The rows, most time online first: 100 at most.
    pub rows: Vec<Share>,
    /// How many there are in all.
    pub total: u32,
}

impl Flow {
    /// Adds what one session reports: up, down, total.
    pub(super) fn add(&mut self, figures: [Option<u64>; 3]) {
        let any = figures.iter().any(Option::is_some);
        let [up, down, total] = figures;
        let total = total.or(match (up, down) {
            (None, None) => None,
            (up, down) => Some(up.unwrap_or(0).saturating_add(down.unwrap_or(0))),
        });
        let sums = [&mut self.up, &mut self.down, &mut self.total];
        for (sum, figure) in sums.into_iter().zip([up, down, total]) {
            if let Some(figure) = figure {
                *sum = Some(sum.unwrap_or(0).saturating_add(figure));
            }
        }
        let reports = [up.is_some(), down.is_some(), any];
        for (count, reports) in self.sessions.iter_mut().zip(reports) {
            *count += u32::from(reports);
        }
    }
}
