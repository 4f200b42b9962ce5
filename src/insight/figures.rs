//! The figures behind a finding as a list of labels and values in words.

use super::{Figures, OutageScope};
use crate::timeline::duration;

/// What an outage's SIMs had in common, in words.
pub fn scope_words(scope: &OutageScope) -> (&'static str, String) {
    match scope {
        OutageScope::Cell { label, .. } => ("Cell", label.clone()),
        OutageScope::Operator(name) => ("Operator", name.clone()),
        OutageScope::Country(country) => ("Country", country.clone()),
        OutageScope::Vendor(provider) => {
            let label = crate::provider::capability(*provider).label;
            ("Vendor", label.to_owned())
        }
    }
}

fn yes_or_no(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// Each figure with its label.
pub fn figures(figures: &Figures) -> Vec<(&'static str, String)> {
    let count = |count: u32| count.to_string();
    match figures {
        Figures::ReconnectStorm {
            sessions,
            busiest,
            usual,
            window_ms,
        } => vec![
            ("Sessions", count(*sessions)),
            ("Looked at", duration(*window_ms)),
            ("Most within it", count(*busiest)),
            ("On a usual day", count(*usual)),
        ],
        Figures::PeriodicReconnect {
            regular,
            others,
            period_ms,
            gap_ms,
        } => vec![
            ("Regular sessions", count(*regular)),
            ("Others between them", count(*others)),
            ("Length", duration(*period_ms)),
            ("Pause", duration(*gap_ms)),
        ],
        Figures::ImeiChanged {
            before,
            after,
            changes,
            same_model,
        } => vec![
            ("IMEI before", before.clone()),
            ("IMEI after", after.clone()),
            ("Changes", count(*changes)),
            ("Same model", yes_or_no(*same_model)),
        ],
        Figures::PingPong {
            between: [a, b],
            countries,
            returns,
            busiest,
            usual,
            window_ms,
        } => vec![
            ("Between", format!("{a} and {b}")),
            ("Two countries", yes_or_no(*countries)),
            ("Returns", count(*returns)),
            ("Looked at", duration(*window_ms)),
            ("Most within it", count(*busiest)),
            ("On a usual day", count(*usual)),
        ],
        Figures::NoTraffic {
            sessions,
            online_ms,
            unit: _,
            others_with,
            others_without,
        } => vec![
            ("Sessions in a row", count(*sessions)),
            ("Time online", duration(*online_ms)),
            ("Others with traffic", count(*others_with)),
            ("Others without", count(*others_without)),
        ],
        Figures::Silence {
            silent_ms,
            usual_ms,
            judged_by,
            ongoing,
        } => vec![
            ("Silent for", duration(*silent_ms)),
            ("Usually at most", duration(*usual_ms)),
            ("Silences known", count(*judged_by)),
            ("Goes on", yes_or_no(*ongoing)),
        ],
        Figures::Outage {
            scope,
            dropped,
            online,
            usual,
            back,
        } => vec![
            scope_words(scope),
            ("SIMs that dropped", count(*dropped)),
            ("Online before", count(*online)),
            ("On a usual day", count(*usual)),
            ("Came back", count(*back)),
        ],
    }
}
