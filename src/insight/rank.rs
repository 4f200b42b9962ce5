//! The order of findings.

use std::cmp::Reverse;

use super::Finding;

/// Where a finding stands among others, the least first: the most severe, then those of the most SIMs, then the longest (by
/// whole hours, so that minutes do not outweigh what is recent), then the latest.
pub fn rank(finding: &Finding) -> impl Ord + use<> {
    (
        Reverse(finding.severity),
        Reverse(finding.lanes.len()),
        Reverse(finding.length_ms() / super::HOUR_MS),
        Reverse(finding.to),
        finding.rule,
        finding.lanes.first().copied(),
        finding.from,
    )
}
