//! Outages: a cell, an operator in one country, a country's networks or a vendor's core fails for 15 minutes to six hours. Of
//! the SIMs that are online in it a share from 45 % (a part of it fails) to all drop within up to eight minutes, and stay
//! away until it is over; then they come back within minutes. At least six SIMs that were online for a quarter of an hour or
//! more.

use super::fleet::{DAY, HOUR, MINUTE, NETWORKS, Sim, VENDORS, Vendor};
use super::life::span;
use super::plants::{Planted, What};
use super::random::Random;

/// So many of each scope in a fleet's window.
const OF_EACH: usize = 3;
const LEAST: usize = 6;

pub fn plant(random: &mut Random, sims: &mut [Sim], planted: &mut Vec<Planted>) {
    // Each in a day of its own, so that none hides in another.
    let mut days: Vec<i64> = (3..28).collect();
    for scope in ["cell", "operator", "country", "vendor"] {
        for _ in 0..OF_EACH {
            for _ in 0..60 {
                let day = *random.pick(&days);
                if let Some(found) = one(random, sims, scope, day) {
                    planted.push(found);
                    days.retain(|other| *other != day);
                    break;
                }
            }
        }
    }
}

fn one(random: &mut Random, sims: &mut [Sim], scope: &'static str, day: i64) -> Option<Planted> {
    let at = day * DAY + random.whole(0, DAY - 7 * HOUR);
    let network = random.whole(0, NETWORKS.len() as i64 - 1) as usize;
    let cell = network as u32 * 1000 + random.whole(0, 11) as u32 * 10;
    let vendor = *random.pick(&VENDORS);
    // The two vendors of the same answers write cells alike, and other vendors otherwise.
    let by_cell = *random.pick(&[Vendor::Twilio, Vendor::Soracom]);
    let is_in = |sim: &Sim, on: usize, in_cell: u32| match scope {
        "cell" => {
            let same =
                sim.vendor == by_cell || (by_cell == Vendor::Twilio && sim.vendor == Vendor::Kore);
            same && on == network && in_cell == cell
        }
        "operator" => sim.vendor != Vendor::Monogoto && on == network,
        "country" => sim.vendor != Vendor::Monogoto && NETWORKS[on].mcc == NETWORKS[network].mcc,
        _ => sim.vendor == vendor,
    };
    let mut online: Vec<(usize, usize)> = Vec::new();
    for (place, sim) in sims.iter().enumerate() {
        let up = sim.spans.iter().position(|span| {
            let on = span.moves.iter().rfind(|(from, _)| *from <= at);
            let on = on.map_or(span.network, |(_, on)| *on);
            let settled = span.start < at - 15 * MINUTE && span.end > at + 10 * MINUTE;
            settled && is_in(sim, on, span.cell)
        });
        online.extend(up.map(|span| (place, span)));
    }
    // Countries with one operator have no outage of the country that would be another thing than the operator's.
    if scope == "country" {
        let networks: Vec<usize> = online
            .iter()
            .map(|(sim, span)| sims[*sim].spans[*span].network)
            .collect();
        let most = (0..NETWORKS.len())
            .map(|on| networks.iter().filter(|other| **other == on).count())
            .max()?;
        if most * 4 > networks.len() * 3 {
            return None;
        }
    }
    let share = if random.chance(0.5) {
        1.0
    } else {
        random.between(0.45, 1.0)
    };
    let length = (random.graded(15.0, 360.0) * MINUTE as f64) as i64;
    let spread = random.whole(20, 8 * MINUTE);
    online.retain(|_| random.chance(share));
    if online.len() < LEAST {
        return None;
    }
    let over = at + length;
    for &(place, _) in &online {
        let sim = &mut sims[place];
        let cut = at + random.whole(0, spread);
        let back = over.max(cut + 3 * MINUTE) + random.whole(0, 10 * MINUTE);
        sim.clear(cut, back);
        // Those that would have connected anew in the meantime do so now.
        let next = sim
            .spans
            .iter()
            .map(|span| span.start)
            .filter(|start| *start >= back)
            .min();
        let until = next.map_or(back + 6 * HOUR, |next| (back + 6 * HOUR).min(next - 5));
        if sim.kind.is_lasting() && until > back + 20 * MINUTE {
            let session = span(random, sim, back, until);
            sim.spans.push(session);
        }
        sim.sort();
    }
    Some(Planted {
        what: What::Outage,
        sims: online.iter().map(|(place, _)| *place).collect(),
        from: at,
        to: over,
        strength: share,
        scope,
    })
}
