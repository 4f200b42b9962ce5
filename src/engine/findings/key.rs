//! Numbers by which a finding is found again without naming its SIMs: in another tab, after a reload, and while it goes on. They
//! follow from what was looked for, the SIMs' marks and the begin; not from numbers of rows, and not from the end, which moves
//! with each answer.

use crate::engine::marks::{Mark, Named, hash, of_lane_as};
use crate::insight::Finding;
use crate::store::Store;

/// The key of a finding.
pub fn of_finding(store: &Store, finding: &Finding) -> Mark {
    of_finding_as(store, finding, &mut str::to_owned)
}

/// The key that a finding has where keys are masked.
pub fn of_finding_as(store: &Store, finding: &Finding, named: Named<'_>) -> Mark {
    let lanes = finding.lanes.iter();
    let mut marks: Vec<Mark> = lanes
        .filter_map(|lane| of_lane_as(store, *lane, named))
        .collect();
    // Lanes have other numbers where their documents came in another order.
    marks.sort_unstable();
    let marks: Vec<String> = marks.iter().map(|mark| format!("{mark:016x}")).collect();
    hash(&[
        finding.rule.as_str(),
        &marks.concat(),
        &finding.from.to_string(),
    ])
}
