//! The order of findings.

use std::cmp::Reverse;

use super::Finding;

/// Puts findings in order: the most severe first, then those of the most SIMs, then the longest (by whole hours, so that
/// minutes do not outweigh what is recent), then the latest.
pub fn rank(findings: &mut [Finding]) {
    findings.sort_unstable_by_key(|finding| {
        (
            Reverse(finding.severity),
            Reverse(finding.lanes.len()),
            Reverse(finding.length_ms() / super::HOUR_MS),
            Reverse(finding.to),
            finding.rule,
            finding.lanes.first().copied(),
            finding.from,
        )
    });
}
