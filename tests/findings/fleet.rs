//! A made-up fleet of SIMs at five vendors: where they are, how they live, and what is planted in their lives. No vendor's
//! format and no rule of the product is known here. Times are seconds from the start of the window.

use super::life::{Kind, background};
use super::outages;
use super::plants::{self, Planted};
use super::random::Random;

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 86_400;
/// The window that the vendors keep, and when it was fetched.
pub const WINDOW: i64 = 30 * DAY;
/// A build with debug assertions takes minutes for a whole fleet.
pub const SIMS: usize = if cfg!(debug_assertions) { 600 } else { 2400 };

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vendor {
    Twilio,
    Kore,
    Soracom,
    Monogoto,
    Wayscloud,
}

pub const VENDORS: [Vendor; 5] = [
    Vendor::Twilio,
    Vendor::Kore,
    Vendor::Soracom,
    Vendor::Monogoto,
    Vendor::Wayscloud,
];

/// MCC, MNC in test ranges, ISO country codes, operator.
pub struct Network {
    pub mcc: &'static str,
    pub mnc: &'static str,
    pub alpha3: &'static str,
    pub alpha2: &'static str,
    pub country: &'static str,
    pub operator: &'static str,
}

const fn network(
    mcc: &'static str,
    mnc: &'static str,
    [alpha3, alpha2, country]: [&'static str; 3],
    operator: &'static str,
) -> Network {
    Network {
        mcc,
        mnc,
        alpha3,
        alpha2,
        country,
        operator,
    }
}

/// Two or three for each country; countries lie beside each other as in the list.
pub static NETWORKS: [Network; 14] = [
    network("242", "99", ["NOR", "NO", "Norway"], "Example Norway"),
    network("242", "98", ["NOR", "NO", "Norway"], "Sample Norway"),
    network("240", "99", ["SWE", "SE", "Sweden"], "Example Sweden"),
    network("240", "98", ["SWE", "SE", "Sweden"], "Sample Sweden"),
    network("238", "99", ["DNK", "DK", "Denmark"], "Example Denmark"),
    network("238", "98", ["DNK", "DK", "Denmark"], "Sample Denmark"),
    network("262", "99", ["DEU", "DE", "Germany"], "Example Germany"),
    network("262", "98", ["DEU", "DE", "Germany"], "Sample Germany"),
    network("262", "97", ["DEU", "DE", "Germany"], "Third Germany"),
    network(
        "204",
        "99",
        ["NLD", "NL", "Netherlands"],
        "Example Netherlands",
    ),
    network(
        "204",
        "98",
        ["NLD", "NL", "Netherlands"],
        "Sample Netherlands",
    ),
    network(
        "234",
        "94",
        ["GBR", "GB", "United Kingdom"],
        "Example Kingdom",
    ),
    network(
        "234",
        "93",
        ["GBR", "GB", "United Kingdom"],
        "Sample Kingdom",
    ),
    network(
        "310",
        "999",
        ["USA", "US", "United States"],
        "Example Mobile",
    ),
];

/// A session as it was.
#[derive(Debug, Clone)]
pub struct Span {
    pub start: i64,
    pub end: i64,
    pub network: usize,
    pub cell: u32,
    /// 14 digits.
    pub device: u64,
    /// Packets or bytes, as the vendor counts; 0 is none.
    pub amount: u64,
    /// Other networks that it moved to inside the session, and when.
    pub moves: Vec<(i64, usize)>,
}

#[derive(Debug)]
pub struct Sim {
    pub vendor: Vendor,
    pub number: u32,
    pub kind: Kind,
    /// Networks that it is on, the usual one first.
    pub networks: Vec<usize>,
    pub cells: Vec<u32>,
    pub device: u64,
    /// Share of its sessions that carry nothing.
    pub empty: f64,
    /// What an hour online carries.
    pub hourly: f64,
    /// Ordered by start.
    pub spans: Vec<Span>,
    /// The vendor says that it is not active; its sessions end before.
    pub suspended: bool,
    /// The last session was never told to have ended.
    pub lost_end: bool,
}

impl Sim {
    pub fn sort(&mut self) {
        self.spans.retain(|span| span.end > span.start);
        self.spans.sort_by_key(|span| span.start);
    }

    /// Takes out what lies between, cutting off what reaches into it; what reaches beyond goes on after it.
    pub fn clear(&mut self, from: i64, to: i64) {
        let beyond = self
            .spans
            .iter()
            .find(|span| span.start < to && span.end > to);
        let rest = beyond.map(|span| Span {
            start: to,
            ..span.clone()
        });
        for span in &mut self.spans {
            if span.start < from && span.end > from {
                span.end = from - 3;
            }
        }
        self.spans
            .retain(|span| span.end <= from || span.start >= to);
        self.spans.extend(rest);
        self.sort();
    }
}

pub struct Fleet {
    pub sims: Vec<Sim>,
    pub planted: Vec<Planted>,
}

/// A fleet; without plants where it is to be clean.
pub fn fleet(seed: u64, clean: bool) -> Fleet {
    let mut random = Random::new(seed.wrapping_mul(0x0123_4567_89ab_cdef) ^ 0x5eed);
    let mut sims: Vec<Sim> = (0..SIMS as u32)
        .map(|number| sim(&mut random, number))
        .collect();
    for sim in &mut sims {
        background(&mut random, sim);
        sim.sort();
    }
    restarts_of_a_customer(&mut random, &mut sims);
    let mut planted = Vec::new();
    if !clean {
        planted = plants::plant(&mut random, &mut sims);
        outages::plant(&mut random, &mut sims, &mut planted);
    }
    for sim in &mut sims {
        sim.sort();
        // Only what ended in the window, or had not, is told.
        sim.spans.retain(|span| span.end > 0 && span.start < WINDOW);
    }
    Fleet { sims, planted }
}

/// A SIM: customers put several at a site, and sites lie mostly in a vendor's own countries.
fn sim(random: &mut Random, number: u32) -> Sim {
    let vendor = VENDORS[number as usize % VENDORS.len()];
    let kind = Kind::any(random);
    let home = match vendor {
        Vendor::Twilio => *random.pick(&[6, 7, 11, 13, 13]),
        Vendor::Kore => *random.pick(&[0, 2, 6, 9, 13]),
        Vendor::Soracom => *random.pick(&[6, 8, 9, 11, 12]),
        Vendor::Monogoto => *random.pick(&[4, 6, 9, 13]),
        Vendor::Wayscloud => *random.pick(&[0, 1, 2, 3, 4, 5]),
    };
    let here = NETWORKS[home].mcc;
    let others: Vec<usize> = (0..NETWORKS.len())
        .filter(|other| *other != home && NETWORKS[*other].mcc == here)
        .collect();
    let mut networks = vec![home];
    match kind {
        // Its neighbour in the list is over the border, or the other operator here.
        Kind::Border => networks.push(if home > 1 && random.chance(0.7) {
            (home + NETWORKS.len() - 2) % NETWORKS.len()
        } else {
            (home + 1) % NETWORKS.len()
        }),
        Kind::Vehicle => {
            for step in 1..=random.whole(2, 5) as usize {
                networks.push((home + step) % NETWORKS.len());
            }
        }
        // Some fall back to another operator now and then.
        _ if random.chance(0.3) && !others.is_empty() => networks.push(*random.pick(&others)),
        _ => {}
    }
    let site = random.whole(0, 11) as u32;
    let base = home as u32 * 1000 + site * 10;
    let cells = match kind {
        Kind::Vehicle => (0..12).map(|_| base + random.whole(0, 99) as u32).collect(),
        _ => vec![base, base, base, base + random.whole(1, 2) as u32],
    };
    let models = [35_209_900, 86_412_300, 99_000_123, 1_234_500];
    let device = *random.pick(&models) * 1_000_000 + random.whole(0, 999_999) as u64;
    Sim {
        vendor,
        number,
        kind,
        networks,
        cells,
        device,
        // Most never have an empty session; some attach and have nothing to say.
        empty: if random.chance(0.6) {
            0.0
        } else {
            random.between(0.01, 0.35)
        },
        hourly: random.graded(30.0, 20_000.0),
        spans: Vec::new(),
        suspended: false,
        lost_end: random.chance(0.01),
    }
}

/// A customer's update at night: 40 devices restart within minutes, and are back in a minute or so.
fn restarts_of_a_customer(random: &mut Random, sims: &mut [Sim]) {
    for _ in 0..3 {
        let at = random.whole(2, 27) * DAY + 2 * HOUR;
        let first = random.whole(0, SIMS as i64 - 400) as usize;
        for sim in &mut sims[first..first + 400] {
            let cut = at + random.whole(0, 8 * MINUTE);
            let away = random.whole(20, 90);
            let Some(place) = sim
                .spans
                .iter()
                .position(|span| span.start < cut - HOUR && span.end > cut + HOUR)
            else {
                continue;
            };
            let mut rest = sim.spans[place].clone();
            sim.spans[place].end = cut;
            rest.start = cut + away;
            sim.spans.insert(place + 1, rest);
        }
    }
}
