//! The search for findings, in slices: so many lanes at a time, then the times at which many SIMs dropped.

use super::horizon::Horizon;
use super::lane::Gather;
use super::networks::Networks;
use super::outage::{Drops, Outages};
use super::{
    Finding, Thresholds, imei_changed, no_traffic, periodic_reconnect, ping_pong, reconnect_storm,
    silence,
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

    /// Looks at so many further lanes; once there are no more, at one part of a day's drops, or one moment's. True when all is done.
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
        outages.step(store, &self.networks, limits, &mut self.found)
    }

    /// How far it is: lanes that were looked at, and lanes in all.
    pub fn progress(&self, store: &Store) -> (u32, u32) {
        (self.next_lane, store.lane_end())
    }

    /// Takes what was found since the last time; for their order see [`super::rank`].
    pub fn take_found(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.found)
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

#[cfg(test)]
mod tests {
    use super::super::testing::{DAY, HOUR, Made, at};
    use super::super::{Rule, findings, rank};
    use super::*;

    /// A store in which several rules find something.
    fn made() -> Store {
        let mut made = Made::until(20 * DAY);
        for sim in ["A", "B", "C", "D"] {
            made.every(sim, 6 * HOUR, 30);
        }
        for step in 0..30 {
            made.session("B", 5 * DAY + 40 + step, 5 * DAY + 41 + step);
        }
        for from in (0..10 * DAY).step_by(60) {
            made.session("E", from, from + 2);
        }
        made.store()
    }

    #[test]
    fn slices_of_any_size_find_the_same() {
        let store = made();
        let whole = findings(&store, at(20 * DAY), &Thresholds::default());
        let rules: Vec<Rule> = whole.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, [Rule::Silence, Rule::ReconnectStorm]);
        for lanes in [1, 2, 3] {
            let mut search = Search::new(&store, at(20 * DAY), Thresholds::default());
            let mut steps = 0;
            let mut found = Vec::new();
            while !search.step(&store, lanes) {
                steps += 1;
                found.extend(search.take_found());
            }
            found.extend(search.take_found());
            found.sort_unstable_by_key(rank);
            assert!(steps >= 5 / lanes, "{steps}");
            assert_eq!(search.progress(&store), (5, 5));
            assert_eq!(found, whole);
        }
    }

    #[test]
    fn a_search_knows_when_the_store_has_changed() {
        let mut store = made();
        let search = Search::new(&store, at(20 * DAY), Thresholds::default());
        assert!(search.is_of(&store));
        store.add_source(crate::store::Source::new("b", None));
        assert!(!search.is_of(&store));
    }

    #[test]
    fn an_empty_store_has_no_findings() {
        assert_eq!(findings(&Store::new(), at(0), &Thresholds::default()), []);
    }

    #[test]
    fn limits_can_be_set_one_by_one() {
        let told = r#"{"reconnect_storm":{"sessions":50}}"#;
        let thresholds: Thresholds = serde_json::from_str(told).unwrap();
        assert_eq!(thresholds.silence, silence::Limits::default());
        let store = made();
        let found = findings(&store, at(20 * DAY), &thresholds);
        assert!(
            found
                .iter()
                .all(|finding| finding.rule != Rule::ReconnectStorm)
        );
    }

    /// `cargo test --release --lib insight::search -- --ignored --nocapture`: what of a million sessions takes long.
    #[test]
    #[ignore = "measures"]
    #[expect(clippy::disallowed_methods, reason = "a native test may ask the clock")]
    fn a_million_sessions_in_long_lanes() {
        let mut made = Made::until(120 * DAY);
        for sim in 0..100 {
            for at in 0..10_000 {
                let from = at * 16 + sim % 7;
                made.session(&format!("S{sim}"), from, from + 12);
            }
        }
        let store = made.store();
        let mut search = Search::new(&store, at(120 * DAY), Thresholds::default());
        let (mut steps, mut found) = (Vec::new(), 0);
        loop {
            let begun = std::time::Instant::now();
            let done = search.step(&store, 1);
            found += search.take_found().len();
            steps.push((begun.elapsed().as_micros(), steps.len()));
            if done {
                break;
            }
        }
        let whole: u128 = steps.iter().map(|(took, _)| took).sum();
        steps.sort_unstable_by(|a, b| b.cmp(a));
        println!(
            "{found} found in {whole} us, {} steps; the longest (us, step): {:?}",
            steps.len(),
            steps.get(..12)
        );
    }
}
