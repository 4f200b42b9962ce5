//! When things happen much more often than they usually do: the busiest times of a SIM, held against its usual days.

use super::DAY_MS;

/// When a time is busy.
#[derive(Debug, Clone, Copy)]
pub struct Busy {
    /// How long a time is looked at, milliseconds.
    pub window_ms: i64,
    /// Fewer within it are never busy.
    pub least: u32,
    /// So many times as many as on a usual day.
    pub times_usual: f64,
    /// So many are busy, however usual.
    pub always: u32,
}

/// A busy time: the first and the last of the instants in it, by place in their list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burst {
    pub first: usize,
    pub last: usize,
    /// The most within the window.
    pub busiest: u32,
    /// The most within the window on a usual day.
    pub usual: u32,
}

/// Finds the busy times of ordered instants. `active` are the times in which one knows that any could have been, in the order
/// of their beginnings. `scratch` is room to work in.
///
/// Usual is the median, over the active days, of each day's busiest window. Of fewer than three such days it is the median
/// over active windows: a day's export must not make a busy device's habit a burst.
pub fn find(
    times: &[i64],
    active: impl Iterator<Item = (i64, i64)> + Clone,
    busy: &Busy,
    scratch: &mut Vec<u32>,
    mut found: impl FnMut(Burst),
) {
    let least = busy.least.max(2);
    if times.len() < least as usize {
        return;
    }
    let mut highest = 0;
    by_slot(times, scratch, DAY_MS, busy.window_ms, &mut highest);
    // Most lists are busy nowhere.
    if highest < least {
        return;
    }
    let mut slots = slots_of(active.clone(), DAY_MS);
    if slots < 3 {
        by_slot(times, scratch, busy.window_ms, busy.window_ms, &mut highest);
        slots = slots_of(active, busy.window_ms);
    }
    // On the other active days there was none.
    scratch.resize(scratch.len().max(slots), 0);
    let middle = scratch.len().saturating_sub(1) / 2;
    let usual = *scratch.select_nth_unstable(middle).1;
    let limit = (f64::from(usual) * busy.times_usual).ceil() as u32;
    let limit = limit.max(least).min(busy.always.max(least));

    let mut open: Option<Burst> = None;
    let mut first = 0;
    for (last, time) in times.iter().enumerate() {
        first = begin_of_window(times, first, *time, busy.window_ms);
        let count = (last - first + 1) as u32;
        if count < limit {
            continue;
        }
        let begin = times.get(first).copied().unwrap_or(*time);
        match &mut open {
            Some(known) if joins(times, known.last, begin, busy.window_ms) => {
                known.last = last;
                known.busiest = known.busiest.max(count);
            }
            _ => {
                let next = Burst {
                    first,
                    last,
                    busiest: count,
                    usual,
                };
                if let Some(known) = open.replace(next) {
                    found(known);
                }
            }
        }
    }
    if let Some(known) = open {
        found(known);
    }
}

/// Whether a busy window that begins then goes on with the burst of that last instant: with less than three windows between.
fn joins(times: &[i64], last: usize, begin: i64, window_ms: i64) -> bool {
    let last = times.get(last).copied().unwrap_or(i64::MIN);
    begin.saturating_sub(last) <= 3 * window_ms
}

fn begin_of_window(times: &[i64], mut first: usize, time: i64, window_ms: i64) -> usize {
    while times
        .get(first)
        .is_some_and(|begin| time.saturating_sub(*begin) >= window_ms)
    {
        first += 1;
    }
    first
}

/// How many slots of time these times reach into.
fn slots_of(times: impl Iterator<Item = (i64, i64)>, slot_ms: i64) -> usize {
    let mut counted = i64::MIN;
    let mut slots = 0;
    for (from, to) in times {
        let first = from.div_euclid(slot_ms).max(counted);
        let last = to.div_euclid(slot_ms);
        if last >= first {
            slots += last - first + 1;
            counted = last + 1;
        }
    }
    slots as usize
}

/// The busiest window of each slot of time in which anything happened, and of all.
fn by_slot(times: &[i64], out: &mut Vec<u32>, slot_ms: i64, window_ms: i64, highest: &mut u32) {
    out.clear();
    let mut first = 0;
    let mut slot = i64::MIN;
    for (last, time) in times.iter().enumerate() {
        first = begin_of_window(times, first, *time, window_ms);
        let count = (last - first + 1) as u32;
        *highest = (*highest).max(count);
        let this = time.div_euclid(slot_ms);
        match out.last_mut() {
            Some(most) if this == slot => *most = (*most).max(count),
            _ => out.push(count),
        }
        slot = this;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{HOUR_MS, MINUTE_MS};
    use super::*;

    const BUSY: Busy = Busy {
        window_ms: HOUR_MS,
        least: 10,
        times_usual: 3.0,
        always: 40,
    };

    fn bursts(times: &[i64]) -> Vec<Burst> {
        let mut found = Vec::new();
        find(
            times,
            times.iter().map(|at| (*at, *at)),
            &BUSY,
            &mut Vec::new(),
            |burst| found.push(burst),
        );
        found
    }

    /// Thirty days of an instant every so many minutes.
    fn every(minutes: i64) -> Vec<i64> {
        (0..30 * DAY_MS / (minutes * MINUTE_MS))
            .map(|at| at * minutes * MINUTE_MS)
            .collect()
    }

    #[test]
    fn a_steady_pace_is_no_burst_however_fast_but_for_always() {
        assert_eq!(bursts(&every(240)), []);
        assert_eq!(bursts(&every(4)), []);
        assert_eq!(bursts(&every(1)).len(), 1);
        assert_eq!(bursts(&[]), []);
    }

    #[test]
    fn a_burst_has_its_first_and_last_instant() {
        let mut times = every(240);
        times.extend((0..12).map(|at| 5 * DAY_MS + at * 4 * MINUTE_MS + 1));
        times.sort_unstable();
        let [burst] = bursts(&times).try_into().unwrap();
        assert_eq!((burst.busiest, burst.usual), (13, 1));
        assert_eq!(times[burst.first], 5 * DAY_MS);
        assert_eq!(times[burst.last], 5 * DAY_MS + 44 * MINUTE_MS + 1);
    }

    #[test]
    fn days_without_any_count_as_usual() {
        let times: Vec<i64> = (0..3 * 24 * 15).map(|at| at * 4 * MINUTE_MS).collect();
        assert_eq!(bursts(&times), []);
        let mut found = Vec::new();
        let active = every(240);
        let active = active.iter().map(|at| (*at, *at));
        find(&times, active, &BUSY, &mut Vec::new(), |burst| {
            found.push(burst);
        });
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn one_fewer_than_the_least_is_none() {
        let times: Vec<i64> = (0..9).map(|at| at * MINUTE_MS).collect();
        assert_eq!(bursts(&times), []);
    }

    #[test]
    fn a_day_alone_is_judged_by_its_hours() {
        let busy_all_day: Vec<i64> = (0..240).map(|at| at * 6 * MINUTE_MS).collect();
        assert_eq!(bursts(&busy_all_day), []);
        let mut once: Vec<i64> = (0..24).map(|at| at * HOUR_MS).collect();
        once.extend((0..12).map(|at| 9 * HOUR_MS + at * MINUTE_MS + 1));
        once.sort_unstable();
        assert_eq!(bursts(&once).len(), 1);
    }
}
