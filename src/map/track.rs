//! One SIM's way from place to place, in time order.

use serde::Serialize;

use crate::geo::great_circle_m;
use crate::model::Place;
use crate::store::Fix;
use crate::store::order::items_by_number;

use super::places::{MapView, overlaps};

/// A longer time than this between two points of a track is drawn as a gap.
const GAP_MS: i64 = 24 * 3_600_000;

/// Nothing that carries SIMs is faster, metres a second: 1,000 km/h. An airliner does 900.
const FASTEST_M_S: f64 = 1e6 / 3600.0;
/// Shorter distances are no jump, whatever the clock says: estimates of towers scatter.
const LEAST_JUMP_M: f64 = 20_000.0;
/// How far a cell reaches at most whose radius nobody told: GSM's limit.
const REACH_M: f64 = 35_000.0;

/// A point of a track.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TrackPoint {
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Epoch milliseconds.
    pub at_ms: i64,
    /// More than 24 hours after the point before it.
    pub gap: bool,
    /// How far it is from the point before it in metres, where nothing could have gone that far in the time, the radii of both
    /// allowed for; else null. A tower's position may be wrong, a SIM copied, a clock off.
    pub jump_m: Option<f64>,
}

/// The track of a lane's SIM; null where it has fewer than two points.
pub(super) fn track(view: &MapView<'_>, lane: u32) -> Option<Vec<TrackPoint>> {
    let lane = view.store.lane(lane)?;
    let mut points: Vec<Stop> = Vec::new();
    for row in &lane.sessions {
        if (view.shown)(*row) && overlaps(view.store, *row, view.span) {
            view.store.fixes(*row, &mut |Fix { place, .. }| {
                points.extend(Stop::of(&place));
            });
        }
    }
    let mut points = items_by_number(points, |stop| stop.at_ms);
    points.dedup_by(|b, a| {
        a.at.0.to_bits() == b.at.0.to_bits() && a.at.1.to_bits() == b.at.1.to_bits()
    });
    if points.len() < 2 {
        return None;
    }
    let mut before: Option<Stop> = None;
    Some(
        points
            .into_iter()
            .map(|stop| {
                let before = before.replace(stop);
                TrackPoint {
                    lat: stop.at.0,
                    lon: stop.at.1,
                    at_ms: stop.at_ms,
                    gap: before.is_some_and(|before| stop.at_ms - before.at_ms > GAP_MS),
                    jump_m: before.and_then(|before| stop.jump_from(before)),
                }
            })
            .collect(),
    )
}

/// A place on a track.
#[derive(Debug, Clone, Copy)]
struct Stop {
    at_ms: i64,
    at: (f64, f64),
    reach_m: f64,
}

impl Stop {
    fn of(place: &Place) -> Option<Self> {
        Some(Self {
            at_ms: place.at?.ms(),
            at: (place.lat?, place.lon?),
            reach_m: place.accuracy_m.unwrap_or(REACH_M),
        })
    }

    /// How far it is from the stop before it, where nothing could have gone that far in the time.
    fn jump_from(self, before: Self) -> Option<f64> {
        let distance_m = great_circle_m(before.at, self.at);
        let least_m = distance_m - before.reach_m - self.reach_m;
        let seconds = (self.at_ms - before.at_ms) as f64 / 1000.0;
        (least_m > LEAST_JUMP_M && least_m > seconds * FASTEST_M_S).then_some(distance_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(minutes: i64, at: (f64, f64), reach_m: f64) -> Stop {
        Stop {
            at_ms: minutes * 60_000,
            at,
            reach_m,
        }
    }

    #[test]
    fn a_jump_is_what_nothing_that_carries_a_sim_could_have_done() {
        let oslo = (59.91, 10.75);
        let tokyo = (35.68, 139.69);
        let jump = |minutes, to| stop(minutes, to, 1000.0).jump_from(stop(0, oslo, 1000.0));
        // 8,410 km: a flight of ten hours, not of eight.
        assert_eq!(jump(600, tokyo), None);
        let found = jump(480, tokyo).unwrap();
        assert!((8_390_000.0..8_430_000.0).contains(&found), "{found}");
        // At the same instant; and what towers' estimates scatter by.
        assert!(jump(0, (61.0, 10.75)).is_some());
        assert_eq!(jump(0, (60.05, 10.75)), None);
        // Large cells may have been the same place all along.
        let far = stop(1, (60.9, 10.75), REACH_M);
        assert!(far.jump_from(stop(0, oslo, 1000.0)).is_some());
        assert_eq!(far.jump_from(stop(0, oslo, 60_000.0)), None);
        // The short way over the 180° meridian.
        let fiji = stop(0, (-17.0, 179.9), 1000.0);
        assert_eq!(stop(1, (-17.0, -179.9), 1000.0).jump_from(fiji), None);
    }
}
