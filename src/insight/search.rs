//! The search for findings, in slices: so many lanes at a time, then the times at which many SIMs dropped.

use super::horizon::Horizon;
use super::lane::Gather;
use super::networks::Networks;
use super::outage::{Drops, Outages};
use super::{
    Finding, Thresholds, imei_changed, no_traffic, periodic_reconnect, ping_pong, rank,
    reconnect_storm, silence,
};
use crate::model::Instant;
use crate::store::Store;

/// A search that is under way. It holds for the store as it was when the search began: see [`Search::is_of`].
#[derive(Debug)]
pub struct Search {
    thresholds: Thresholds,
    as_of: i64,
    version: u64,
    networks: Networks,
    horizon: Horizon,
    next_lane: u32,
    drops: Drops,
    /// Once all lanes were looked at.
    outages: Option<Outages>,
    rooms: Rooms,
    found: Vec<Finding>,
}

/// Room that the rules work in, used again for each lane.
#[derive(Debug, Default)]
struct Rooms {
    gather: Gather,
    storm: reconnect_storm::Scratch,
    regular: Vec<u32>,
    lengths: Vec<i64>,
    ping_pong: ping_pong::Scratch,
    silence: silence::Scratch,
}

impl Search {
    /// Begins a search through a settled store. `as_of` is when the data were fetched.
    pub fn new(store: &Store, as_of: Instant, thresholds: Thresholds) -> Self {
        Self {
            thresholds,
            as_of: as_of.ms(),
            version: store.version(),
            networks: Networks::new(store),
            horizon: Horizon::new(store, as_of.ms()),
            next_lane: 0,
            drops: Drops::default(),
            outages: None,
            rooms: Rooms::default(),
            found: Vec::new(),
        }
    }

    /// Whether the store is as it was when the search began. If not, begin another: what was found may hold no more.
    pub fn is_of(&self, store: &Store) -> bool {
        self.version == store.version()
    }

    /// Looks at so many further lanes; once there are no more, at one day's or one moment's drops. True when all is done.
    pub fn step(&mut self, store: &Store, lanes: u32) -> bool {
        let end = store.lane_end();
        if self.next_lane < end {
            let until = self.next_lane.saturating_add(lanes.max(1)).min(end);
            for lane in self.next_lane..until {
                self.look(store, lane);
            }
            self.next_lane = until;
            return false;
        }
        let drops = &mut self.drops;
        let outages = self
            .outages
            .get_or_insert_with(|| Outages::new(std::mem::take(drops)));
        let limits = (&self.thresholds.outage, self.as_of);
        let done = outages.step(store, &self.networks, limits, &mut self.found);
        if done {
            rank(&mut self.found);
        }
        done
    }

    /// How far it is: lanes that were looked at, and lanes in all.
    pub fn progress(&self, store: &Store) -> (u32, u32) {
        (self.next_lane, store.lane_end())
    }

    /// What was found so far; ranked once all is done.
    pub fn found(&self) -> &[Finding] {
        &self.found
    }

    /// What was found.
    pub fn into_findings(self) -> Vec<Finding> {
        self.found
    }

    fn look(&mut self, store: &Store, lane: u32) {
        let (rooms, limits, out) = (&mut self.rooms, &self.thresholds, &mut self.found);
        let networks = &self.networks;
        let Some(rows) = rooms.gather.read(store, (networks, &self.horizon), lane) else {
            return;
        };
        reconnect_storm::find(store, &rows, &limits.reconnect_storm, &mut rooms.storm, out);
        periodic_reconnect::find(&rows, &limits.periodic_reconnect, &mut rooms.regular, out);
        imei_changed::find(store, &rows, &limits.imei_changed, out);
        ping_pong::find(
            store,
            &rows,
            networks,
            &limits.ping_pong,
            &mut rooms.ping_pong,
            out,
        );
        no_traffic::find(store, &rows, &limits.no_traffic, &mut rooms.lengths, out);
        silence::find(store, &rows, &limits.silence, &mut rooms.silence, out);
        self.drops.add(&rows, &limits.outage);
    }
}
