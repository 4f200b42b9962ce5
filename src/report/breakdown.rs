//! Sums by operator, country and radio: each session split at the changes that the vendor tells of,
//! each row's time merged where sessions of one SIM overlap on it.

use crate::model::{Radio, Traffic};
use crate::store::order::items_by_number;
use crate::store::{Keyed, NEVER, Store};

use super::figures::{Flow, Share, Shares};
use super::naming::{country_of, operator_of};

/// So many rows of a breakdown are sent.
pub const MOST_ROWS: usize = 100;
/// Operator, country, radio.
pub const KINDS: usize = 3;

/// Adds what one session carried, bytes and packets apart.
pub fn add_traffic(traffic: &Traffic, bytes: &mut Flow, packets: &mut Flow) {
    bytes.add([traffic.bytes_up, traffic.bytes_down, traffic.bytes_total]);
    packets.add([traffic.packets_up, traffic.packets_down, None]);
}

/// A session as the breakdowns see it.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    pub session: u32,
    pub lane: u32,
    pub begin: i64,
    pub solid: i64,
    pub light: i64,
}

/// A part of a session on one network and radio, not clipped.
#[derive(Debug, Clone, Copy)]
struct Part {
    from: i64,
    solid: i64,
    light: i64,
    rows: [u32; KINDS],
}

#[derive(Debug)]
struct Row {
    share: Share,
    lane: u32,
    session: u32,
    /// Until when the lane's time is counted: at least, at most.
    reach: (i64, i64),
}

#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Row>,
    /// One more than the row's number.
    by_label: Keyed<Option<String>, u32>,
}

impl Rows {
    fn of(&mut self, label: Option<String>) -> u32 {
        let known = self.by_label.or_default(label.clone());
        if *known == 0 {
            self.rows.push(Row {
                share: Share {
                    label,
                    ..Share::default()
                },
                lane: u32::MAX,
                session: u32::MAX,
                reach: (NEVER, NEVER),
            });
            *known = self.rows.len() as u32;
        }
        *known - 1
    }

    /// Those that were touched, the ones with the most time online.
    fn into_shares(self) -> Shares {
        let shares = self.rows.into_iter().map(|row| row.share);
        let shares: Vec<Share> = shares.filter(|share| share.sessions > 0).collect();
        let total = shares.len() as u32;
        let mut rows = items_by_number(shares, |share| -share.online_ms);
        rows.truncate(MOST_ROWS);
        Shares { rows, total }
    }
}

/// The breakdowns, session by session, lane by lane.
#[derive(Debug, Default)]
pub struct Breakdown {
    kinds: [Rows; KINDS],
    /// Rows of operator and country by number of the network; none where it was not met yet.
    networks: Vec<Option<[u32; 2]>>,
    /// Parts of the present lane.
    parts: Vec<Part>,
    changes: Vec<(i64, Option<Radio>, u32)>,
}

impl Breakdown {
    /// Adds a session that overlaps [from, to]. Returns the rows that all of it is on, null where it is on several.
    pub fn add(
        &mut self,
        store: &Store,
        counted: &Counted,
        (from, to): (i64, i64),
        traffic: &Traffic,
    ) -> [Option<u32>; KINDS] {
        let first = self.parts.len();
        let whole = self.split(store, counted);
        let rows = self.parts.get(first).map(|part| part.rows);
        let inside = |part: &Part| part.light.min(to) > part.from.max(from);
        let mut touched = self.parts.get(first..).unwrap_or_default().to_vec();
        if touched.iter().any(inside) {
            touched.retain(inside);
        } else {
            // It only touches the span in an instant: what it was on then.
            let at = counted.begin.max(from);
            let before = touched.iter().rposition(|part| part.from <= at);
            touched = touched
                .get(before.unwrap_or(0))
                .copied()
                .into_iter()
                .collect();
        }
        for part in touched {
            for ((rows, row), whole) in self.kinds.iter_mut().zip(part.rows).zip(whole) {
                let Some(row) = rows.rows.get_mut(row as usize) else {
                    continue;
                };
                if row.session == counted.session {
                    continue;
                }
                row.session = counted.session;
                row.share.sessions += 1;
                if row.lane != counted.lane {
                    row.lane = counted.lane;
                    row.share.sims += 1;
                    row.reach = (NEVER, NEVER);
                }
                if whole {
                    add_traffic(traffic, &mut row.share.bytes, &mut row.share.packets);
                } else {
                    row.share.split += 1;
                }
            }
        }
        let rows = rows.unwrap_or_default();
        [0, 1, 2].map(|kind| whole[kind].then(|| rows[kind]))
    }

    /// Notes the parts of a session; tells for each kind whether all of it is on one row.
    fn split(&mut self, store: &Store, counted: &Counted) -> [bool; KINDS] {
        let sessions = store.sessions();
        self.changes.clear();
        let segments = sessions.segment_numbers(counted.session);
        self.changes
            .extend(segments.map(|(at, radio, network, _, _)| (at.ms(), radio, network)));
        if self.changes.len() < 2 {
            let kinds = sessions.kinds(counted.session);
            self.changes.clear();
            let network = sessions.network(counted.session);
            self.changes.push((counted.begin, kinds.radio, network));
        }
        let first = self.parts.len();
        for at in 0..self.changes.len() {
            let Some(&(from, radio, network)) = self.changes.get(at) else {
                break;
            };
            let next = self.changes.get(at + 1).map_or(i64::MAX, |next| next.0);
            let from = if at == 0 {
                counted.begin
            } else {
                from.max(counted.begin)
            };
            let rows = self.rows_of(store, radio, network);
            self.parts.push(Part {
                from,
                solid: counted.solid.min(next),
                light: counted.light.min(next),
                rows,
            });
        }
        let mut whole = [true; KINDS];
        let parts = self.parts.get(first..).unwrap_or_default();
        for pair in parts.windows(2) {
            for (kind, whole) in whole.iter_mut().enumerate() {
                *whole &= pair[0].rows[kind] == pair[1].rows[kind];
            }
        }
        whole
    }

    fn rows_of(&mut self, store: &Store, radio: Option<Radio>, network: u32) -> [u32; KINDS] {
        let [operators, countries, radios] = &mut self.kinds;
        let at = network as usize;
        if self.networks.len() <= at {
            self.networks.resize(at + 1, None);
        }
        let known = self.networks.get(at).copied().flatten();
        let [operator, country] = known.unwrap_or_else(|| {
            let rows = [
                operators.of(operator_of(store, network)),
                countries.of(country_of(store, network)),
            ];
            if let Some(slot) = self.networks.get_mut(at) {
                *slot = Some(rows);
            }
            rows
        });
        let radio = radios.of(radio.map(|radio| radio.as_str().to_owned()));
        [operator, country, radio]
    }

    /// The lane's sessions are all in: counts their time.
    pub fn end_lane(&mut self, lane: u32, (from, to): (i64, i64)) {
        let mut parts = std::mem::take(&mut self.parts);
        if !parts.is_sorted_by_key(|part| part.from) {
            parts = items_by_number(parts, |part| part.from);
        }
        for part in &parts {
            for (rows, row) in self.kinds.iter_mut().zip(part.rows) {
                let Some(row) = rows.rows.get_mut(row as usize) else {
                    continue;
                };
                // A part outside of the span may be the only one of its row.
                if row.lane != lane {
                    continue;
                }
                let cover = |reach: &mut i64, end: i64, sum: &mut i64| {
                    let (begin, end) = (part.from.max(from).max(*reach), end.min(to));
                    if end > begin {
                        *sum += end - begin;
                        *reach = end;
                    }
                };
                cover(&mut row.reach.0, part.solid, &mut row.share.online_ms);
                cover(&mut row.reach.1, part.light, &mut row.share.online_most_ms);
            }
        }
        parts.clear();
        self.parts = parts;
    }

    /// By operator, country and radio: all rows, by number. Those of no sessions only lie outside of the span.
    pub fn into_rows(self) -> [Vec<Share>; KINDS] {
        let shares = |rows: Rows| rows.rows.into_iter().map(|row| row.share).collect();
        self.kinds.map(shares)
    }

    /// By operator, country and radio. Rows that only lie outside of the span are left out.
    pub fn into_shares(self) -> [Shares; KINDS] {
        self.kinds.map(Rows::into_shares)
    }
}
