//! How devices live: when they are connected, on what, and what disturbs them on ordinary days.

use super::fleet::{DAY, HOUR, MINUTE, Sim, Span, WINDOW};
use super::random::Random;

/// What kind of device it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Router, kiosk, camera: online all the time, in sessions of hours to days.
    AlwaysOn,
    /// Meter: once a day at its minute.
    Daily,
    /// Sensor: a session for each report, all day and night, every so many seconds.
    Frequent(i64),
    /// Sleeper in power saving mode: wakes every so many seconds, drifts, and sleeps longer when there is nothing.
    Sleeper(i64),
    /// Shop: online in opening hours, closed on Sundays and some Saturdays.
    Shop,
    /// Vehicle: trips on workdays, through cells and networks.
    Vehicle,
    /// Online all the time between two networks that are equally strong.
    Border,
    /// Once a week.
    Weekly,
    /// Alarm button: whenever it is pressed.
    Sporadic,
}

impl Kind {
    pub fn any(random: &mut Random) -> Self {
        match random.whole(0, 99) {
            0..=39 => Self::AlwaysOn,
            40..=53 => Self::Daily,
            54 => Self::Frequent(15 * MINUTE),
            55..=56 => Self::Frequent(30 * MINUTE),
            57..=60 => Self::Frequent(HOUR),
            61..=67 => Self::Frequent(4 * HOUR),
            68..=75 => Self::Sleeper(*random.pick(&[6 * HOUR, 12 * HOUR, DAY])),
            76..=83 => Self::Shop,
            84..=90 => Self::Vehicle,
            91..=94 => Self::Border,
            95..=96 => Self::Weekly,
            _ => Self::Sporadic,
        }
    }

    /// Connected most of the time.
    pub fn is_lasting(self) -> bool {
        matches!(self, Self::AlwaysOn | Self::Border)
    }
}

/// Fills a SIM's window with ordinary days.
pub fn background(random: &mut Random, sim: &mut Sim) {
    match sim.kind {
        Kind::AlwaysOn => always_on(random, sim),
        Kind::Border => border(random, sim),
        Kind::Daily => {
            let minute = random.whole(0, DAY - 1);
            reports(random, sim, (minute, DAY), 0.03);
        }
        Kind::Weekly => {
            let minute = random.whole(0, 7 * DAY - 1);
            reports(random, sim, (minute, 7 * DAY), 0.0);
        }
        Kind::Frequent(every) => {
            let minute = random.whole(0, every - 1);
            reports(random, sim, (minute, every), 0.01);
        }
        Kind::Sleeper(every) => sleeper(random, sim, every),
        Kind::Shop => shop(random, sim),
        Kind::Vehicle => vehicle(random, sim),
        Kind::Sporadic => sporadic(random, sim),
    }
    if !matches!(sim.kind, Kind::Vehicle) {
        disturb(random, sim);
    }
    // A few were switched off by their owner, who told the vendor.
    if random.chance(0.01) {
        sim.suspended = true;
        sim.lost_end = false;
        let from = random.whole(5 * DAY, 25 * DAY);
        sim.clear(from, WINDOW + DAY);
    }
}

/// A session at the SIM's place.
pub fn span(random: &mut Random, sim: &Sim, start: i64, end: i64) -> Span {
    let hours = (end - start) as f64 / HOUR as f64;
    let amount = (sim.hourly * hours.max(0.05) * random.between(0.5, 1.5)).ceil() as u64;
    Span {
        start,
        end,
        network: if random.chance(0.97) {
            sim.networks[0]
        } else {
            *random.pick(&sim.networks)
        },
        cell: *random.pick(&sim.cells),
        device: sim.device,
        // Empty are those in which there was nothing to say; a long one has its keep-alives.
        amount: if hours < 2.0 && random.chance(sim.empty) {
            0
        } else {
            amount
        },
        moves: Vec::new(),
    }
}

fn push(random: &mut Random, sim: &mut Sim, start: i64, end: i64) {
    let span = span(random, sim, start, end);
    sim.spans.push(span);
}

/// Sessions of hours to days with seconds to minutes between; each SIM has its usual length.
pub fn always_on(random: &mut Random, sim: &mut Sim) {
    let usual = random.graded(5.0 * HOUR as f64, 60.0 * HOUR as f64);
    let mut at = -random.whole(0, usual as i64);
    while at < WINDOW {
        let end = at + (usual * random.graded(0.3, 2.0)) as i64;
        push(random, sim, at, end);
        at = end + random.whole(4, 180);
    }
}

/// The same, with a change to the other network now and then: more on some days, none on others. Some vendors tell it inside
/// the session.
fn border(random: &mut Random, sim: &mut Sim) {
    let other = sim.networks.get(1).copied().unwrap_or(sim.networks[0]);
    let mut on = sim.networks[0];
    let mut at = -random.whole(0, 10 * HOUR);
    let restless = random.between(1.0, 8.0);
    while at < WINDOW {
        // Radio conditions change with weather and season: a day's changes are around its own mean.
        let mean = DAY as f64 / (restless * random.between(0.5, 1.5));
        let end = at + (random.waiting(mean) as i64).max(10 * MINUTE);
        let mut span = span(random, sim, at, end);
        span.network = on;
        sim.spans.push(span);
        at = end + random.whole(4, 120);
        if random.chance(0.8) {
            on = if on == other { sim.networks[0] } else { other };
        }
    }
}

/// A session for each report at a fixed pace, some missed.
fn reports(random: &mut Random, sim: &mut Sim, (first, every): (i64, i64), missed: f64) {
    let usual = random.between(10.0, 120.0);
    let mut at = first;
    while at < WINDOW {
        if !random.chance(missed) {
            let start = at + random.whole(0, (every / 50).min(120));
            let length = (usual * random.graded(0.5, 2.0)) as i64;
            push(random, sim, start, start + length.max(4));
        }
        at += every;
    }
}

fn sleeper(random: &mut Random, sim: &mut Sim, every: i64) {
    let mut at = random.whole(0, every);
    while at < WINDOW {
        let length = random.whole(15, 300);
        push(random, sim, at, at + length);
        let drift = random.between(0.9, 1.1);
        let skips = if random.chance(0.05) { 2.0 } else { 1.0 };
        at += (every as f64 * drift * skips) as i64;
    }
}

/// The window begins on a Wednesday.
fn weekday(day: i64) -> i64 {
    (day + 2).rem_euclid(7)
}

fn shop(random: &mut Random, sim: &mut Sim) {
    let (opens, closes) = (random.whole(7, 10), random.whole(17, 21));
    let saturdays = random.chance(0.5);
    for day in 0..30 {
        if weekday(day) == 6 || (weekday(day) == 5 && !saturdays) {
            continue;
        }
        let mut at = day * DAY + opens * HOUR + random.whole(-15 * MINUTE, 15 * MINUTE);
        let end = day * DAY + closes * HOUR + random.whole(-20 * MINUTE, 20 * MINUTE);
        while at < end {
            let until = (at + (random.graded(1.0, 16.0) * HOUR as f64) as i64).min(end);
            push(random, sim, at, until);
            at = until + random.whole(10, 300);
        }
    }
}

/// Trips on workdays, a few at the weekend: a new cell every session, the next network after some of them, and home again.
fn vehicle(random: &mut Random, sim: &mut Sim) {
    let far = random.chance(0.5);
    for day in 0..30 {
        if weekday(day) >= 5 && !random.chance(0.2) {
            continue;
        }
        let mut at = day * DAY + random.whole(5 * HOUR, 9 * HOUR);
        let back = day * DAY + random.whole(14 * HOUR, 20 * HOUR);
        let (mut place, mut step) = (0_usize, 1_i64);
        while at < back {
            let end = at + (random.graded(10.0, 180.0) * MINUTE as f64) as i64;
            let mut span = span(random, sim, at, end.min(back));
            span.network = sim.networks[if far { place } else { 0 }];
            sim.spans.push(span);
            at = end + random.graded(5.0, 1200.0) as i64;
            if random.chance(0.3) {
                if place as i64 + step >= sim.networks.len() as i64 {
                    step = -1;
                }
                place = (place as i64 + step).max(0) as usize;
            }
        }
    }
}

fn sporadic(random: &mut Random, sim: &mut Sim) {
    let mean = random.graded(0.5 * DAY as f64, 3.0 * DAY as f64);
    let mut at = random.waiting(mean) as i64;
    while at < WINDOW {
        let length = random.whole(10, 240);
        push(random, sim, at, at + length);
        at += length + random.waiting(mean) as i64 + MINUTE;
    }
}

/// Short losses of coverage, longer ones, and restarts with their two to four short sessions.
fn disturb(random: &mut Random, sim: &mut Sim) {
    let lasting = sim.kind.is_lasting() || sim.kind == Kind::Shop;
    for day in 0..30 {
        let at = day * DAY + random.whole(0, DAY - 1);
        let loss = match random.unit() {
            share if share < 0.15 => random.graded(1.0, 30.0),
            share if share < 0.17 => random.graded(30.0, 150.0),
            share if share < 0.20 => {
                restart(random, sim, at);
                continue;
            }
            _ => continue,
        };
        if lasting {
            split(random, sim, at, at + (loss * MINUTE as f64) as i64);
        } else {
            sim.clear(at, at + (loss * MINUTE as f64) as i64);
        }
    }
}

/// A session is cut, and goes on as another after the loss.
pub fn split(random: &mut Random, sim: &mut Sim, from: i64, to: i64) {
    let Some(place) = sim
        .spans
        .iter()
        .position(|span| span.start < from && span.end > to)
    else {
        return;
    };
    let end = sim.spans[place].end;
    sim.spans[place].end = from;
    let rest = span(random, sim, to, end);
    let network = sim.spans[place].network;
    sim.spans.insert(place + 1, Span { network, ..rest });
}

fn restart(random: &mut Random, sim: &mut Sim, at: i64) {
    let mut last = at;
    let times = random.whole(2, 4);
    let until = at + times * 3 * MINUTE;
    sim.clear(at, until);
    for _ in 0..times {
        let length = random.whole(5, 90);
        push(random, sim, last, last + length);
        last += length + random.whole(5, 60);
    }
}
