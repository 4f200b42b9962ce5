//! One lane's sessions as the rules look at them: read from the columns once for all rules, into a list that is used again
//! for the next lane.

use crate::model::{EndKind, StartKind, Traffic, TrafficUnit};
use crate::store::{Lane, NEVER, Nearby, Store, ends_of_number};

use super::horizon::Horizon;
use super::networks::{Networks, Operator};

/// What the rules ask of a session.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Its row.
    pub row: u32,
    /// See [`Store::stretch`].
    pub begin: i64,
    /// Until when it is known to have been up.
    pub solid: i64,
    pub start_kind: StartKind,
    pub end_kind: EndKind,
    /// Number of the network.
    pub network: u32,
    pub operator: Operator,
    /// Numbers of the IMEI and the IMSI as written.
    pub imei: u32,
    pub imsi: u32,
    /// What its traffic is told in; null where nothing is told that could be nothing.
    pub unit: Option<TrafficUnit>,
    /// It carried something.
    pub carried: bool,
}

impl Seen {
    /// Start and end were both reported.
    pub fn is_whole(&self) -> bool {
        let begun = matches!(self.start_kind, StartKind::Exact | StartKind::BeforeWindow);
        begun && self.end_kind == EndKind::Exact
    }

    /// How long it is known to have been up, milliseconds.
    pub fn length_ms(&self) -> i64 {
        self.solid.saturating_sub(self.begin)
    }
}

/// One lane.
#[derive(Debug, Clone, Copy)]
pub struct LaneRows<'a> {
    pub lane: u32,
    pub found: &'a Lane,
    /// Its sessions in the order of their begins; those of no instant are left out.
    pub seen: &'a [Seen],
    /// Until when the vendor's answers tell anything of it, epoch milliseconds; [`NEVER`] where none does.
    pub told_until: i64,
    /// It was written with different IMEIs.
    pub imeis: bool,
}

/// Reads lanes one after the other.
#[derive(Debug, Default)]
pub struct Gather {
    seen: Vec<Seen>,
}

impl Gather {
    /// Reads a lane; null where it was merged into another, or was not fetched.
    pub fn read<'a>(
        &'a mut self,
        store: &'a Store,
        (networks, horizon): (&Networks, &Horizon),
        lane: u32,
    ) -> Option<LaneRows<'a>> {
        let found = store.lane(lane)?;
        if store.is_unfetched(lane) {
            return None;
        }
        self.seen.clear();
        let columns = store.sessions();
        let mut nearby = Nearby::new(store);
        let (mut imei, mut imeis) = (0, false);
        let mut documents = (u32::MAX, NEVER);
        for &row in &found.sessions {
            let glance = nearby.glance(row);
            let (begin, solid, _) = glance.stretch;
            if begin == NEVER {
                continue;
            }
            let (start_kind, end_kind) = ends_of_number(glance.ends_number());
            let (unit, carried) = traffic_of(&columns.traffic(row));
            let document = columns.document(row);
            if document != documents.0 {
                let until = horizon.of_document(store, document);
                documents = (document, documents.1.max(until));
            }
            let seen = Seen {
                row,
                begin,
                solid,
                start_kind,
                end_kind,
                network: glance.network,
                operator: networks.operator(glance.network),
                imei: columns.imei(row),
                imsi: columns.imsi(row),
                unit,
                carried,
            };
            differ(&mut imei, seen.imei, &mut imeis);
            self.seen.push(seen);
        }
        let event = found.events.last().and_then(|row| store.event_row(*row));
        let of_event = event.map_or(NEVER, |event| {
            horizon.of_document(store, event.record.document)
        });
        Some(LaneRows {
            lane,
            found,
            seen: &self.seen,
            told_until: documents.1.max(of_event),
            imeis,
        })
    }
}

/// Notes whether a value differs from those before it; 0 says nothing.
fn differ(known: &mut u32, value: u32, differs: &mut bool) {
    if value != 0 {
        *differs |= *known != 0 && *known != value;
        *known = value;
    }
}

/// The unit that traffic is told in, and whether there was any. A unit that nobody knows tells nothing.
fn traffic_of(traffic: &Traffic) -> (Option<TrafficUnit>, bool) {
    let unit = traffic.reported.map(|reported| reported.unit);
    let counts = [
        traffic.bytes_total,
        traffic.bytes_up,
        traffic.bytes_down,
        traffic.packets_up,
        traffic.packets_down,
    ];
    let told = counts.iter().any(Option::is_some);
    let carried = counts.iter().flatten().any(|count| *count > 0);
    (unit.filter(|_| told), carried)
}

/// The lane's events of an interval for which `is` holds, by row.
pub fn events_between(
    store: &Store,
    lane: &Lane,
    (from, to): (i64, i64),
    is: impl Fn(crate::model::EventKind) -> bool,
) -> Vec<u32> {
    let time = |row: &u32| store.event_row(*row).map_or(NEVER, |row| row.time.ms());
    let first = lane.events.partition_point(|row| time(row) < from);
    let rows = lane.events.get(first..).unwrap_or_default();
    rows.iter()
        .take_while(|row| time(row) <= to)
        .filter(|row| store.event_row(**row).is_some_and(|row| is(row.kind)))
        .copied()
        .collect()
}
