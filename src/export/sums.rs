//! Sums as CSV: a row for all, then one for each operator, country, radio and SIM. The head row names
//! the units; a figure that nobody reported is empty, never 0.

use crate::engine::protocol::{Share, SpanSums};

use super::columns::{Column, Gap, Part, Sums, add_row, with_head};

/// What the breakdowns are by, in the order of [`SpanSums::shares`].
const BY: [&str; 4] = ["operator", "country", "radio", "SIM"];

const COLUMNS: [Column; 28] = [
    Column::By,
    Column::Value,
    Column::Identifier,
    Column::From,
    Column::To,
    Column::Sessions,
    Column::Sims,
    Column::OnlineLeast,
    Column::OnlineMost,
    Column::Known,
    Column::Unknown,
    Column::NotFetched,
    Column::CoverageLeast,
    Column::CoverageMost,
    Column::Bytes(Part::Up),
    Column::Bytes(Part::Down),
    Column::Bytes(Part::Total),
    Column::Bytes(Part::Reports),
    Column::Packets(Part::Up),
    Column::Packets(Part::Down),
    Column::Packets(Part::Total),
    Column::Packets(Part::Reports),
    Column::Gaps,
    Column::MedianGap,
    Column::LongestGap,
    Column::LongestGapSim,
    Column::LongestGapFrom,
    Column::LongestGapTo,
];

/// The sums as CSV. `instant` writes epoch milliseconds as RFC 3339.
pub fn sums_csv(sums: &SpanSums, instant: &dyn Fn(i64) -> String) -> String {
    let mut csv = with_head(&COLUMNS);
    let [from, to] = [instant(sums.from), instant(sums.to)];
    let gaps = &sums.gaps;
    let all = Sums {
        by: "all",
        from: &from,
        to: &to,
        sessions: sums.sessions,
        sims: sums.sims,
        online_ms: Some([sums.online_ms, sums.online_most_ms]),
        known_ms: Some(sums.known_ms),
        unknown_ms: Some(sums.unknown_ms),
        not_fetched_ms: Some(sums.not_fetched_ms),
        bytes: sums.bytes,
        packets: sums.packets,
        gaps: Some(gaps.count),
        median_gap_ms: gaps.median_ms,
        longest_gap: gaps.longest.as_ref().map(|gap| Gap {
            ms: gap.to - gap.from,
            sim: gap.name.clone(),
            from: instant(gap.from),
            to: instant(gap.to),
        }),
        ..Sums::default()
    };
    add_row(&mut csv, &COLUMNS, &all);
    for (by, shares) in BY.into_iter().zip(&sums.shares) {
        for share in &shares.rows {
            let row = Sums {
                by,
                from: &from,
                to: &to,
                ..of_share(share)
            };
            add_row(&mut csv, &COLUMNS, &row);
        }
    }
    csv.into_text()
}

fn of_share(share: &Share) -> Sums<'_> {
    Sums {
        value: share.label.as_deref(),
        identifier: share.identifier.as_deref(),
        sessions: share.sessions,
        sims: share.sims,
        online_ms: Some([share.online_ms, share.online_most_ms]),
        known_ms: share.known_ms,
        bytes: share.bytes,
        packets: share.packets,
        longest_gap: share.longest_gap_ms.map(|ms| Gap {
            ms,
            ..Gap::default()
        }),
        ..Sums::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::protocol::{Gaps, LongestGap, Shares};
    use crate::export::percent;

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
        assert_eq!(lines[0].split(',').count(), COLUMNS.len());
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
        assert_eq!(lines[3].split(',').count(), COLUMNS.len());
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
