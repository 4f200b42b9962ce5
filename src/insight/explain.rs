//! What a finding says, in plain sentences.

use serde::{Deserialize, Serialize};

use super::{Figures, Finding, OutageScope};
use crate::model::TrafficUnit;
use crate::timeline::duration;

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// What was seen.
    pub what: String,
    /// What to check next.
    pub next: String,
}

/// Says what was seen and what to check next.
pub fn explain(finding: &Finding) -> Explanation {
    let (what, next) = match &finding.figures {
        Figures::ReconnectStorm {
            sessions,
            busiest,
            usual,
            window_ms,
        } => storm(finding, *sessions, (*busiest, *usual), *window_ms),
        Figures::PeriodicReconnect {
            regular,
            others,
            period_ms,
            gap_ms,
        } => periodic((*regular, *others), *period_ms, *gap_ms),
        Figures::ImeiChanged {
            before,
            after,
            changes,
            same_model,
        } => imei_changed(before, after, *changes, *same_model),
        Figures::PingPong {
            between,
            countries,
            returns,
            busiest,
            usual,
            window_ms,
        } => ping_pong(
            between,
            *countries,
            *returns,
            (*busiest, *usual),
            *window_ms,
        ),
        Figures::NoTraffic {
            sessions,
            online_ms,
            unit,
            others_with,
            others_without,
        } => no_traffic(
            (*sessions, *online_ms),
            *unit,
            (*others_with, *others_without),
        ),
        Figures::Silence {
            silent_ms,
            usual_ms,
            judged_by,
            ongoing,
        } => silence((*silent_ms, *usual_ms), *judged_by, *ongoing),
        Figures::Outage {
            scope,
            dropped,
            online,
            usual,
            back,
        } => outage(finding, scope, (*dropped, *online), (*usual, *back)),
    };
    Explanation { what, next }
}

fn storm(
    finding: &Finding,
    sessions: u32,
    (busiest, usual): (u32, u32),
    window_ms: i64,
) -> (String, String) {
    (
        format!(
            "{sessions} sessions began within {}, up to {busiest} within {}; on a usual day it is {usual} at most.",
            duration(finding.length_ms()),
            duration(window_ms),
        ),
        "Check the device's power and antenna, the signal at its cell, its APN and credentials, and how long it waits before \
         it tries again. Operators may bar a SIM for this."
            .to_owned(),
    )
}

fn periodic((regular, others): (u32, u32), period_ms: i64, gap_ms: i64) -> (String, String) {
    let besides = if others > 0 {
        format!(" ({others} between them did not)")
    } else {
        String::new()
    };
    (
        format!(
            "{regular} sessions ended after {} each{besides}, and the next began {} later.",
            duration(period_ms),
            duration(gap_ms),
        ),
        "That looks like a timer: the idle timeout of the vendor or the network, or the longest time it lets a session be. \
         Compare it with the plan's, and let the device send something more often than that if it must stay reachable."
            .to_owned(),
    )
}

fn ping_pong(
    [a, b]: &[String; 2],
    countries: bool,
    returns: u32,
    (busiest, usual): (u32, u32),
    window_ms: i64,
) -> (String, String) {
    let countries = if countries { ", in two countries" } else { "" };
    (
        format!(
            "It came back to the network it had just left {returns} times, mostly between {a} and {b}{countries}: up to \
             {busiest} times within {}, against {usual} on a usual day.",
            duration(window_ms),
        ),
        "Check the signal of both networks at its place, the antenna, and whether the vendor steers roaming away from one of \
         them. Locking the device or the plan to one network would show whether that is the cause."
            .to_owned(),
    )
}

fn silence((silent_ms, usual_ms): (i64, i64), judged_by: u32, ongoing: bool) -> (String, String) {
    let how = if ongoing {
        ", up to when the data were fetched"
    } else {
        ", then it came back"
    };
    let next = if ongoing {
        "Check the device's power and whether the SIM is active and within its limits, then where it was last, on which \
         network, and how its neighbours there are."
    } else {
        "See what other SIMs at its place did at the time, and whether the device or its power was off."
    };
    (
        format!(
            "Nothing was heard of it for {}{how}. It was silent {judged_by} times besides, as a rule for {} at most.",
            duration(silent_ms),
            duration(usual_ms),
        ),
        next.to_owned(),
    )
}

fn imei_changed(before: &str, after: &str, changes: u32, same_model: bool) -> (String, String) {
    let model = if same_model {
        "of the same model"
    } else {
        "of another model"
    };
    if changes > 1 {
        return (
            format!("The SIM changed {changes} times between the devices {before} and {after}, {model}."),
            "Nobody swaps a SIM that often by hand: check whether the device has two modems, whether one of them reports a \
             false IMEI, and whether the SIM was copied or taken out."
                .to_owned(),
        );
    }
    (
        format!("The SIM was in the device {before} and then in {after}, {model}."),
        "Check whether the device was replaced or repaired. If not, the SIM may have been taken: lock it to its IMEI or \
         suspend it."
            .to_owned(),
    )
}

fn no_traffic(
    (sessions, online_ms): (u32, i64),
    unit: TrafficUnit,
    (with, without): (u32, u32),
) -> (String, String) {
    let nothing = match unit {
        TrafficUnit::Packets => "not one packet",
        TrafficUnit::Megabytes => "no megabyte, as far as the vendor's rounded figures tell",
        TrafficUnit::Bytes | TrafficUnit::Unknown => "not one byte",
    };
    let others = match (with, without) {
        (0, _) => "No session of this SIM carried anything.".to_owned(),
        (with, 0) => format!("All {with} others carried something."),
        (with, without) => format!("Of its {} others {with} carried something.", with + without),
    };
    (
        format!(
            "{sessions} sessions in a row, {} together, carried {nothing}. {others}",
            duration(online_ms)
        ),
        "Check the APN, the plan's data limit, firewall and address settings, and whether the device's application runs. A \
         device that works by SMS alone is well."
            .to_owned(),
    )
}

fn outage(
    finding: &Finding,
    scope: &OutageScope,
    (dropped, online): (u32, u32),
    (usual, back): (u32, u32),
) -> (String, String) {
    let place = match scope {
        OutageScope::Cell { label, .. } => format!("on cell {label}"),
        OutageScope::Operator(name) => format!("on {name}"),
        OutageScope::Country(country) => format!("in {country}"),
        OutageScope::Vendor(provider) => {
            let label = crate::provider::capability(*provider).label;
            format!("with {label}")
        }
    };
    let next = match scope {
        OutageScope::Cell { .. } => {
            "Check whether their neighbours on other cells stayed online: then it is this cell, and the devices come back \
             with it or by another."
        }
        OutageScope::Operator(_) | OutageScope::Country(_) => {
            "Look at the vendor's and the operator's status pages for that time, and whether the SIMs may use another \
             network there."
        }
        OutageScope::Vendor(_) => {
            "Look at the vendor's status page for that time. If all of it is well, look for what the SIMs share besides: an \
             APN, a gateway, a plan's limit."
        }
    };
    (
        format!(
            "{dropped} of the {online} SIMs that were online {place} dropped at once; on a usual day {usual} at most. {back} \
             of them came back, half of all after {}.",
            duration(finding.length_ms()),
        ),
        next.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Rule, Severity};
    use super::*;
    use crate::model::ProviderId;

    fn says(rule: Rule, figures: Figures) -> String {
        let said = explain(&Finding {
            rule,
            severity: Severity::Notice,
            lanes: vec![0],
            from: 0,
            to: 7_200_000,
            sessions: Vec::new(),
            events: Vec::new(),
            figures,
        });
        assert!(
            said.next.ends_with('.') && said.what.ends_with('.'),
            "{said:?}"
        );
        said.what
    }

    #[test]
    fn a_finding_is_told_in_sentences() {
        let storm = Figures::ReconnectStorm {
            sessions: 40,
            busiest: 25,
            usual: 2,
            window_ms: 3_600_000,
        };
        insta::assert_snapshot!(
            says(Rule::ReconnectStorm, storm),
            @"40 sessions began within 2 h, up to 25 within 1 h; on a usual day it is 2 at most."
        );
        let silence = Figures::Silence {
            silent_ms: 86_400_000,
            usual_ms: 7_200_000,
            judged_by: 30,
            ongoing: true,
        };
        insta::assert_snapshot!(
            says(Rule::Silence, silence),
            @"Nothing was heard of it for 1 d, up to when the data were fetched. It was silent 30 times besides, as a rule for 2 h at most."
        );
        let outage = Figures::Outage {
            scope: OutageScope::Vendor(ProviderId::Kore),
            dropped: 9,
            online: 10,
            usual: 1,
            back: 8,
        };
        insta::assert_snapshot!(
            says(Rule::Outage, outage),
            @"9 of the 10 SIMs that were online with KORE dropped at once; on a usual day 1 at most. 8 of them came back, half of all after 2 h."
        );
    }
}
