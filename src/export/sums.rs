//! Sums as CSV: a row for all, then one for each operator, country, radio and SIM. The head row names
//! the units; a figure that nobody reported is empty, never 0.

use crate::engine::protocol::{Flow, Share, SpanSums};

use super::csv::Csv;

/// What the breakdowns are by, in the order of [`SpanSums::shares`].
const BY: [&str; 4] = ["operator", "country", "radio", "SIM"];

const HEAD: [&str; 28] = [
    "by",
    "value",
    "identifier",
    "from (UTC)",
    "to (UTC)",
    "sessions",
    "SIMs",
    "online at least (s)",
    "online at most (s)",
    "known time (s)",
    "unknown time (s)",
    "time not fetched (s)",
    "session coverage at least (%)",
    "session coverage at most (%)",
    "bytes up",
    "bytes down",
    "bytes total",
    "sessions that report bytes",
    "packets up",
    "packets down",
    "packets total",
    "sessions that report packets",
    "gaps",
    "median gap (s)",
    "longest gap (s)",
    "longest gap of SIM",
    "longest gap from (UTC)",
    "longest gap to (UTC)",
];

/// The sums as CSV. `instant` writes epoch milliseconds as RFC 3339.
pub fn sums_csv(sums: &SpanSums, instant: &dyn Fn(i64) -> String) -> String {
    let mut csv = Csv::new();
    for name in HEAD {
        csv.text(name);
    }
    csv.end_row();
    let edges = [instant(sums.from), instant(sums.to)];
    let all = Share {
        sessions: sums.sessions,
        sims: sums.sims,
        online_ms: sums.online_ms,
        online_most_ms: sums.online_most_ms,
        known_ms: Some(sums.known_ms),
        bytes: sums.bytes,
        packets: sums.packets,
        longest_gap_ms: sums.gaps.longest.as_ref().map(|gap| gap.to - gap.from),
        ..Share::default()
    };
    let gaps = &sums.gaps;
    let rest = Rest {
        unknown_ms: Some(sums.unknown_ms),
        not_fetched_ms: Some(sums.not_fetched_ms),
        gaps: Some(gaps.count),
        median_ms: gaps.median_ms,
    };
    row(&mut csv, "all", &all, &edges, &rest);
    match &gaps.longest {
        Some(gap) => {
            csv.text(&gap.name);
            csv.text(&instant(gap.from));
            csv.text(&instant(gap.to));
        }
        None => end(&mut csv),
    }
    csv.end_row();
    for (by, shares) in BY.into_iter().zip(&sums.shares) {
        for share in &shares.rows {
            row(&mut csv, by, share, &edges, &Rest::default());
            end(&mut csv);
            csv.end_row();
        }
    }
    csv.into_text()
}

/// What is only told of all together.
#[derive(Default)]
struct Rest {
    unknown_ms: Option<i64>,
    not_fetched_ms: Option<i64>,
    gaps: Option<u32>,
    median_ms: Option<i64>,
}

fn row(csv: &mut Csv, by: &str, share: &Share, edges: &[String; 2], rest: &Rest) {
    let value = share.label.as_deref();
    csv.text(by);
    csv.text(value.unwrap_or(if by == "all" { "" } else { "unknown" }));
    csv.text(share.identifier.as_deref().unwrap_or_default());
    for edge in edges {
        csv.text(edge);
    }
    let coverage = |part: i64| percent(part, share.known_ms.unwrap_or(0), 2);
    let whole = |n: Option<u64>| n.map(|n| n.to_string());
    let flow = |flow: &Flow| {
        let reports = Some(u64::from(flow.sessions[2]));
        [flow.up, flow.down, flow.total, reports].map(whole)
    };
    let [up, down, total, reports] = flow(&share.bytes);
    let [packets_up, packets_down, packets, packet_reports] = flow(&share.packets);
    let figures = [
        whole(Some(share.sessions.into())),
        whole(Some(share.sims.into())),
        Some(seconds(share.online_ms)),
        Some(seconds(share.online_most_ms)),
        share.known_ms.map(seconds),
        rest.unknown_ms.map(seconds),
        rest.not_fetched_ms.map(seconds),
        coverage(share.online_ms),
        coverage(share.online_most_ms),
        up,
        down,
        total,
        reports,
        packets_up,
        packets_down,
        packets,
        packet_reports,
        whole(rest.gaps.map(u64::from)),
        rest.median_ms.map(seconds),
        share.longest_gap_ms.map(seconds),
    ];
    for figure in &figures {
        csv.number(figure.as_deref());
    }
}

/// The last three columns are empty.
fn end(csv: &mut Csv) {
    for _ in 0..3 {
        csv.number(None);
    }
}

/// Milliseconds as seconds: `61`, `0.250`.
pub fn seconds(ms: i64) -> String {
    match ms % 1000 {
        0 => (ms / 1000).to_string(),
        rest => format!("{}.{:03}", ms / 1000, rest.abs()),
    }
}

/// A part of a whole in percent with so many digits behind the point, to the nearest; null where the
/// whole is nothing.
pub fn percent(part: i64, whole: i64, digits: u32) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let unit = 10_i64.pow(digits);
    // Times are far longer than what is shown is fine; so nothing overflows.
    let coarse = whole / 1_000_000_000_000 + 1;
    let (part, whole) = (part / coarse, whole / coarse);
    let scaled = (part * 100 * unit * 2 + whole) / (whole * 2);
    let (head, tail) = (scaled / unit, scaled % unit);
    Some(match digits {
        0 => head.to_string(),
        digits => format!("{head}.{tail:0width$}", width = digits as usize),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::protocol::{Gaps, LongestGap, Shares};

    #[test]
    fn every_row_has_all_columns_and_null_is_empty() {
        let share = Share {
            label: Some("=Cell, \"North\"".to_owned()),
            sessions: 2,
            sims: 1,
            online_ms: 61_000,
            online_most_ms: 61_250,
            ..Share::default()
        };
        let unknown = Share::default();
        let mut sums = SpanSums {
            sessions: 2,
            sims: 1,
            online_ms: 61_000,
            online_most_ms: 61_250,
            known_ms: 100_000,
            gaps: Gaps {
                count: 1,
                median_ms: Some(2500),
                longest: Some(LongestGap {
                    name: "Pump".to_owned(),
                    from: 1,
                    to: 2501,
                    ..LongestGap::default()
                }),
                unsure: 0,
            },
            ..SpanSums::default()
        };
        sums.shares[0] = Shares {
            rows: vec![share, unknown],
            total: 2,
        };
        let text = sums_csv(&sums, &|at| format!("@{at}"));
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(lines[0].split(',').count(), HEAD.len());
        assert_eq!(
            lines[1],
            "all,,,'@0,'@0,2,1,61,61.250,100,0,0,61.00,61.25,,,,0,,,,0,1,2.500,2.500,Pump,'@1,'@2501"
        );
        assert!(
            lines[2].starts_with(
                "operator,\"'=Cell, \"\"North\"\"\",,'@0,'@0,2,1,61,61.250,,,,,,,,,0,"
            )
        );
        assert!(lines[3].starts_with("operator,unknown,,"));
        assert_eq!(lines[3].split(',').count(), HEAD.len());
    }

    #[test]
    fn percents_are_rounded_to_the_nearest() {
        assert_eq!(percent(1, 3, 1).as_deref(), Some("33.3"));
        assert_eq!(percent(2, 3, 2).as_deref(), Some("66.67"));
        assert_eq!(percent(1, 1, 1).as_deref(), Some("100.0"));
        assert_eq!(percent(1, 200, 0).as_deref(), Some("1"));
        assert_eq!(percent(0, 0, 1), None);
    }
}
