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
        } => (
            format!(
                "{sessions} sessions began within {}, up to {busiest} within {}; on a usual day it is {usual} at most.",
                duration(finding.length_ms()),
                duration(*window_ms),
            ),
            "Check the device's power and antenna, the signal at its cell, its APN and credentials, and how long it waits \
             before it tries again. Operators may bar a SIM for this."
                .to_owned(),
        ),
        Figures::PeriodicReconnect {
            regular,
            others,
            period_ms,
            gap_ms,
        } => {
            let besides = if *others > 0 {
                format!(" ({others} between them did not)")
            } else {
                String::new()
            };
            (
                format!(
                    "{regular} sessions ended after {} each{besides}, and the next began {} later.",
                    duration(*period_ms),
                    duration(*gap_ms),
                ),
                "That looks like a timer: the idle timeout of the vendor or the network, or the longest time it lets a \
                 session be. Compare it with the plan's, and let the device send something more often than that if it must \
                 stay reachable."
                    .to_owned(),
            )
        }
        Figures::ImeiChanged {
            before,
            after,
            changes,
            same_model,
        } => imei_changed(before, after, *changes, *same_model),
        Figures::PingPong {
            between: [a, b],
            countries,
            returns,
            busiest,
            usual,
            window_ms,
        } => (
            format!(
                "It came back to the network it had just left {returns} times, mostly between {a} and {b}{}: up to \
                 {busiest} times within {}, against {usual} on a usual day.",
                if *countries {
                    ", in two countries"
                } else {
                    ""
                },
                duration(*window_ms),
            ),
            "Check the signal of both networks at its place, the antenna, and whether the vendor steers roaming away from \
             one of them. Locking the device or the plan to one network would show whether that is the cause."
                .to_owned(),
        ),
        Figures::NoTraffic {
            sessions,
            online_ms,
            unit,
            others_with,
            others_without,
        } => no_traffic((*sessions, *online_ms), *unit, (*others_with, *others_without)),
        Figures::Silence {
            silent_ms,
            usual_ms,
            judged_by,
            ongoing,
        } => (
            format!(
                "Nothing was heard of it for {}{}; by its last {judged_by} silences {} is the longest that is usual.",
                duration(*silent_ms),
                if *ongoing {
                    ", up to when the data were fetched"
                } else {
                    ", then it came back"
                },
                duration(*usual_ms),
            ),
            if *ongoing {
                "Check the device's power and whether the SIM is active and within its limits, then where it was last, on \
                 which network, and how its neighbours there are."
            } else {
                "See what other SIMs at its place did at the time, and whether the device or its power was off."
            }
            .to_owned(),
        ),
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
            format!("of {label}")
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
            "{dropped} of the {online} SIMs that were online {place} dropped at once; on a usual day {usual} do at most. {back} \
             of them came back, half of all after {}.",
            duration(finding.length_ms()),
        ),
        next.to_owned(),
    )
}
