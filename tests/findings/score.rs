//! Findings held against what was planted.

use std::collections::HashMap;
use std::fmt;

use simscope::insight::{Figures, Finding, OutageScope, Rule};
use simscope::store::Store;

use super::fleet::{Fleet, HOUR, SIMS};
use super::plants::{Planted, What};
use super::wire;

const RULES: [(What, Rule); 7] = [
    (What::Outage, Rule::Outage),
    (What::Silence, Rule::Silence),
    (What::Storm, Rule::ReconnectStorm),
    (What::PingPong, Rule::PingPong),
    (What::NoTraffic, Rule::NoTraffic),
    (What::Imei, Rule::ImeiChanged),
    (What::Periodic, Rule::PeriodicReconnect),
];

/// Of one rule.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub planted: u32,
    pub found: u32,
    /// Findings, and those of them that are of something planted.
    pub findings: u32,
    pub right: u32,
    /// Outages that were found with another scope.
    pub other_scope: u32,
}

impl Score {
    pub fn precision(&self) -> f64 {
        f64::from(self.right) / f64::from(self.findings.max(1))
    }

    pub fn recall(&self) -> f64 {
        f64::from(self.found) / f64::from(self.planted.max(1))
    }
}

/// Of all rules.
#[derive(Debug, Default)]
pub struct Scores {
    of: [Score; 7],
    sim_days: f64,
}

impl Scores {
    pub fn rules(&self) -> impl Iterator<Item = (Rule, &Score)> {
        RULES.iter().map(|(_, rule)| *rule).zip(&self.of)
    }

    /// Findings of each thousand SIM-days that are of nothing planted.
    pub fn false_alarms(&self, score: &Score) -> f64 {
        f64::from(score.findings - score.right) / self.sim_days * 1000.0
    }

    /// Adds the findings of a fleet. With `tell`, misses and false alarms are printed.
    pub fn add(&mut self, store: &Store, fleet: &Fleet, findings: &[Finding], tell: bool) {
        let places: HashMap<String, usize> = fleet
            .sims
            .iter()
            .enumerate()
            .map(|(place, sim)| (format!("{:?} {}", sim.vendor, wire::key(sim)), place))
            .collect();
        let place = |lane: u32| {
            let sim = store.sim(lane).unwrap();
            let vendor = format!("{:?}", sim.provider);
            places.get(&format!("{vendor} {}", sim.sim)).copied()
        };
        self.sim_days += SIMS as f64 * 30.0;
        for ((what, rule), score) in RULES.iter().zip(&mut self.of) {
            let planted: Vec<&Planted> = fleet
                .planted
                .iter()
                .filter(|plant| plant.what == *what)
                .collect();
            let mut found = vec![false; planted.len()];
            for finding in findings.iter().filter(|finding| finding.rule == *rule) {
                let sims: Vec<usize> = finding
                    .lanes
                    .iter()
                    .filter_map(|lane| place(*lane))
                    .collect();
                // Back and forth by ten sessions an hour is a storm as well.
                let is_both = fleet.planted.iter().any(|plant| {
                    *what == What::Storm
                        && plant.what == What::PingPong
                        && fits(plant, finding, &sims)
                });
                if is_both {
                    continue;
                }
                let matched = planted.iter().position(|plant| fits(plant, finding, &sims));
                score.findings += 1;
                match matched {
                    Some(at) => {
                        score.right += 1;
                        found[at] = true;
                        let other = *rule == Rule::Outage && scope(finding) != planted[at].scope;
                        score.other_scope += u32::from(other);
                        if tell && other {
                            println!(
                                "  other scope: {:?} for {}",
                                finding.figures, planted[at].scope
                            );
                        }
                    }
                    None if tell => {
                        let of = sims.first().map(|sim| &fleet.sims[*sim]);
                        let kind = of.map(|sim| (sim.vendor, sim.kind, sim.number));
                        let plant = fleet
                            .planted
                            .iter()
                            .find(|plant| sims.iter().any(|sim| plant.sims.contains(sim)));
                        let plant = plant.map(|plant| (plant.what, plant.from, plant.to));
                        let from = finding.from / 1000 - wire::instant(0).ms() / 1000;
                        let hours = finding.length_ms() / 3_600_000;
                        println!(
                            "  false: {kind:?} at {from} for {hours} h {:?} (planted there: {plant:?})",
                            finding.figures
                        );
                    }
                    None => {}
                }
            }
            for (plant, found) in planted.iter().zip(&found) {
                score.planted += 1;
                score.found += u32::from(*found);
                if tell && !found {
                    let sim = &fleet.sims[plant.sims[0]];
                    println!(
                        "  missed: {what:?} {} {:?} {:?} {} ({} sessions) strength {:.2} from {} for {:.1} h, {} SIMs",
                        plant.scope,
                        sim.vendor,
                        sim.kind,
                        sim.number,
                        sim.spans.len(),
                        plant.strength,
                        plant.from,
                        (plant.to - plant.from) as f64 / HOUR as f64,
                        plant.sims.len(),
                    );
                }
            }
        }
    }
}

/// Whether a finding is of what was planted: the SIM and the time; of outages most of the SIMs, and the time.
fn fits(plant: &Planted, finding: &Finding, sims: &[usize]) -> bool {
    let ms = |second: i64| wire::instant(second).ms();
    let overlap =
        finding.from <= ms(plant.to + HOUR / 6) && finding.to >= ms(plant.from - HOUR / 6);
    let common = sims.iter().filter(|sim| plant.sims.contains(sim)).count();
    overlap && common * 5 >= sims.len() * 3 && common * 5 >= plant.sims.len() * 2
}

fn scope(finding: &Finding) -> &'static str {
    match &finding.figures {
        Figures::Outage { scope, .. } => match scope {
            OutageScope::Cell { .. } => "cell",
            OutageScope::Operator(_) => "operator",
            OutageScope::Country(_) => "country",
            OutageScope::Vendor(_) => "vendor",
        },
        _ => "",
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:>8} {:>7} {:>9} {:>7} {:>26}",
            "rule", "planted", "recall", "findings", "prec.", "false per 1,000 SIM-days"
        )?;
        for (rule, score) in self.rules() {
            writeln!(
                f,
                "{:<20} {:>8} {:>7.3} {:>9} {:>7.3} {:>26.3}",
                rule.as_str(),
                score.planted,
                score.recall(),
                score.findings,
                score.precision(),
                self.false_alarms(score),
            )?;
        }
        let outage = self.of[0];
        writeln!(
            f,
            "outages told with another scope than planted: {}",
            outage.other_scope
        )
    }
}
