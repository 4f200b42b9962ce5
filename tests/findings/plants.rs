//! What is planted in one SIM's life: what happens in the field, in graded strength from barely to glaring. A plant of
//! strength 1 lies on the edge of its definition; none is weaker than 1.1, half are weaker than 3.
//!
//! | plant                | definition                                                                                              |
//! | -------------------- | ------------------------------------------------------------------------------------------------------- |
//! | storm                | the device tries again every few seconds or minutes, for 1 to 48 h: 10 sessions or more in an hour, and three times as many as this SIM ever began in one |
//! | periodic             | a timer of the network cuts each session after 15 min to 24 h, and the device is back within a minute; 6 times or more |
//! | imei                 | the SIM is in another device from one session on                                                        |
//! | ping-pong            | the device goes from one network to another and back, for 4 to 72 h: 8 times or more in six hours, and three times as many as a SIM at a border |
//! | no traffic           | from one session on nothing goes through, for 5 sessions and 12 h or more, up to the window's end or until it is repaired |
//! | silence              | the device is dead for more than twice its longest pause so far, and at least 12 h; until the end, or until somebody repairs it. Four times where pauses are random |

use super::fleet::{DAY, HOUR, MINUTE, NETWORKS, Sim, Vendor, WINDOW};
use super::life::{Kind, always_on, span};
use super::random::Random;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Storm,
    Periodic,
    Imei,
    PingPong,
    NoTraffic,
    Silence,
    Outage,
}

#[derive(Debug, Clone)]
pub struct Planted {
    pub what: What,
    /// Places of the SIMs in the fleet.
    pub sims: Vec<usize>,
    pub from: i64,
    pub to: i64,
    /// 1 is the edge of the definition.
    pub strength: f64,
    /// Of outages: `cell`, `operator`, `country` or `vendor`.
    pub scope: &'static str,
}

/// One SIM in twenty-five for each plant that its vendor's answers can show.
const SHARE: f64 = 0.04;

pub fn plant(random: &mut Random, sims: &mut [Sim]) -> Vec<Planted> {
    let mut planted = Vec::new();
    for (at, sim) in sims.iter_mut().enumerate() {
        if sim.suspended || sim.lost_end || sim.spans.is_empty() {
            continue;
        }
        let place = random.unit();
        let what = [
            What::Storm,
            What::Periodic,
            What::Imei,
            What::PingPong,
            What::NoTraffic,
            What::Silence,
        ];
        let Some(what) = what.get((place / SHARE) as usize) else {
            continue;
        };
        let told = match what {
            What::Imei => !matches!(sim.vendor, Vendor::Monogoto | Vendor::Wayscloud),
            What::PingPong => sim.vendor != Vendor::Monogoto,
            // Megabytes with one decimal show it only of SIMs that carry much.
            What::NoTraffic => match sim.vendor {
                Vendor::Twilio | Vendor::Kore => true,
                Vendor::Wayscloud => sim.hourly > 3000.0 && sim.kind.is_lasting(),
                _ => false,
            },
            _ => true,
        };
        if !told {
            continue;
        }
        let found = match what {
            What::Storm => Some(storm(random, sim)),
            What::Periodic => Some(periodic(random, sim)),
            What::Imei => imei(random, sim),
            What::PingPong => Some(ping_pong(random, sim)),
            What::NoTraffic => no_traffic(random, sim),
            _ => silence(random, sim),
        };
        sim.sort();
        planted.extend(found.map(|(from, to, strength)| Planted {
            what: *what,
            sims: vec![at],
            from,
            to,
            strength,
            scope: "",
        }));
    }
    planted
}

/// From when, until when, and how strong.
type Spell = (i64, i64, f64);

fn strength(random: &mut Random, most: f64) -> f64 {
    random.graded(1.1, most)
}

fn storm(random: &mut Random, sim: &mut Sim) -> Spell {
    let starts: Vec<i64> = sim.spans.iter().map(|span| span.start).collect();
    let busiest = most_within(&starts, HOUR);
    let strength = strength(random, 20.0);
    let an_hour = (f64::from(3 * busiest).max(10.0) * strength).min(400.0);
    let pace = HOUR as f64 / an_hour;
    let length = (random.graded(1.2, 48.0) * HOUR as f64) as i64;
    let from = random.whole(2 * DAY, WINDOW - length - HOUR);
    let to = from + length;
    sim.clear(from, to + 10 * MINUTE);
    let mut at = from;
    while at < to {
        let step = (pace * random.between(0.8, 1.2)).max(3.0);
        let up = (step * random.between(0.3, 0.9)).max(1.0);
        let mut session = span(random, sim, at, at + up as i64);
        session.network = sim.networks[0];
        // A few packets, or none before the connection is lost.
        session.amount = if random.chance(0.3) {
            0
        } else {
            random.whole(1, 40) as u64
        };
        sim.spans.push(session);
        at += step as i64;
    }
    (from, to, strength)
}

/// The most instants within a time.
fn most_within(times: &[i64], within: i64) -> u32 {
    let mut first = 0;
    let mut most = 0;
    for (last, time) in times.iter().enumerate() {
        while time - times[first] >= within {
            first += 1;
        }
        most = most.max(last - first + 1);
    }
    most as u32
}

fn periodic(random: &mut Random, sim: &mut Sim) -> Spell {
    let timer = *random.pick(&[15, 30, 60, 120, 240, 720, 1440]) * MINUTE;
    let fit = (0.8 * WINDOW as f64) as i64 / timer;
    let strength = strength(random, 15.0);
    let times = ((6.0 * strength).ceil() as i64).clamp(7, fit.max(7));
    let from = random.whole(DAY, WINDOW - times * (timer + 3 * MINUTE) - DAY);
    let mut sessions = Vec::new();
    let mut at = from;
    for _ in 0..times {
        // It says something when it connects; the timer runs from then. Now and then something else ends a session.
        let chat = random.whole(1, (timer / 100).min(40));
        let length = if random.chance(0.04) {
            (timer as f64 * random.between(0.1, 0.9)) as i64
        } else {
            timer + chat
        };
        sessions.push((at, at + length));
        at += length + random.whole(2, 60);
    }
    if !sim.kind.is_lasting() {
        // A device that wants to stay connected, and did so before and after in sessions that nothing cut.
        sim.kind = Kind::AlwaysOn;
        sim.spans.clear();
        always_on(random, sim);
        sim.sort();
    }
    sim.clear(from, at);
    for (start, end) in sessions {
        let session = span(random, sim, start, end);
        sim.spans.push(session);
    }
    (from, at, strength)
}

fn imei(random: &mut Random, sim: &mut Sim) -> Option<Spell> {
    let count = sim.spans.len();
    if count < 4 {
        return None;
    }
    // Weak is the last session alone, or a single one in between.
    let left = (random.graded(1.0, count as f64 - 1.0) as usize).clamp(1, count - 1);
    let first = if random.chance(0.8) {
        count - left
    } else {
        random.whole(1, (count - left) as i64) as usize
    };
    let other = if random.chance(0.5) {
        sim.device / 1_000_000 * 1_000_000 + random.whole(0, 999_999) as u64
    } else {
        35_777_700_000_000 + random.whole(0, 999_999) as u64
    };
    if other == sim.device {
        return None;
    }
    let last = (first + left).min(count);
    for span in &mut sim.spans[first..last] {
        span.device = other;
    }
    let at = sim.spans[first].start;
    let to = sim.spans[last - 1].end;
    Some((at, to, left as f64))
}

fn ping_pong(random: &mut Random, sim: &mut Sim) -> Spell {
    let home = sim.networks[0];
    let other = match sim.networks.get(1) {
        Some(other) if *other != home => *other,
        _ => (home + 1) % NETWORKS.len(),
    };
    let strength = strength(random, 8.0);
    let six_hours = if sim.kind == Kind::Border || sim.kind == Kind::Vehicle {
        // What a border does in its worst six hours, three times.
        24.0 * strength
    } else {
        8.0 * strength
    };
    let pace = 6.0 * HOUR as f64 / six_hours;
    let length = (random.graded(7.0, 72.0) * HOUR as f64) as i64;
    let from = random.whole(2 * DAY, WINDOW - length - HOUR);
    let to = from + length;
    sim.clear(from, to);
    let inside = matches!(sim.vendor, Vendor::Soracom | Vendor::Wayscloud) && random.chance(0.5);
    let mut at = from;
    let mut on = other;
    let mut moves = Vec::new();
    while at < to {
        let step = ((pace * random.between(0.6, 1.4)) as i64).max(20);
        let end = (at + step).min(to);
        if inside {
            moves.push((at, on));
        } else {
            let until = (end - random.whole(2, 15)).max(at + 5);
            let mut session = span(random, sim, at, until);
            session.network = on;
            sim.spans.push(session);
        }
        on = if on == other { home } else { other };
        at = end;
    }
    if inside {
        let mut session = span(random, sim, from - 1, to);
        session.network = home;
        session.moves = moves;
        sim.spans.push(session);
    }
    (from, to, strength)
}

fn no_traffic(random: &mut Random, sim: &mut Sim) -> Option<Spell> {
    let count = sim.spans.len();
    let strength = strength(random, 20.0);
    let mut rows = (5.0 * strength).ceil() as usize;
    // Where sessions are often empty anyway, only many more are a sign.
    if sim.empty > 0.0 {
        rows = rows.max((10.0 / -sim.empty.ln()).ceil() as usize + 1);
    }
    let mut last = rows;
    // At least twelve hours from the first one's start to the last one's end.
    let first = random.whole(count as i64 / 5, count as i64) as usize;
    let start = sim.spans.get(first)?.start.max(0);
    while sim.spans.get(first + last - 1)?.end < start + 13 * HOUR {
        last += 1;
    }
    let end = if random.chance(0.5) {
        count
    } else {
        first + last
    };
    for span in &mut sim.spans[first..end] {
        span.amount = 0;
    }
    Some((start, sim.spans[end - 1].end, (end - first) as f64 / 5.0))
}

fn silence(random: &mut Random, sim: &mut Sim) -> Option<Spell> {
    let pauses = |until: i64| {
        let mut longest = 0;
        let mut count = 0;
        for two in sim.spans.windows(2) {
            if two[1].start < until {
                longest = longest.max(two[1].start - two[0].end);
                count += 1;
            }
        }
        (longest, count)
    };
    let strength = strength(random, 10.0);
    let (longest, _) = pauses(WINDOW);
    let times = if sim.kind == Kind::Sporadic { 4 } else { 2 };
    let length = ((times * longest).max(12 * HOUR) as f64 * strength) as i64;
    // Enough of its life must be left to know its rhythm by.
    if length > WINDOW - 9 * DAY {
        return None;
    }
    let dead = random.chance(0.6);
    let from = if dead {
        WINDOW - length
    } else {
        random.whole(DAY, WINDOW - length - DAY)
    };
    let last = sim.spans.iter().rfind(|span| span.start < from)?;
    let (start, end) = (last.start.max(0), last.end);
    // The session of a device that loses its power is up until the network notices.
    let from = if end > from { from } else { end };
    let to = from + length;
    let before: usize = sim
        .spans
        .iter()
        .filter(|span| span.end < from || span.start > to)
        .count();
    if before < 8 || start > from {
        return None;
    }
    sim.clear(from, if dead { WINDOW + DAY } else { to });
    Some((from, if dead { WINDOW } else { to }, strength))
}
