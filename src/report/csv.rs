//! The tables of a report as CSV. A head row names the units; what is not known is empty, never 0. Lengths are in seconds,
//! instants in UTC.

use crate::export::{Column, Csv, Gap, Part, Sums, add_row, with_head as columns_with_head};

use super::written::written;
use super::{Activity, Line, OfSource, Previous, Report, VendorSummary};

fn with_head(names: &[&str]) -> Csv {
    let mut csv = Csv::new();
    row(&mut csv, names);
    csv
}

fn row(csv: &mut Csv, texts: &[&str]) {
    for text in texts {
        csv.text(text);
    }
    csv.end_row();
}

fn number(csv: &mut Csv, number: Option<impl ToString>) {
    csv.number(number.map(|number| number.to_string()).as_deref());
}

fn text(csv: &mut Csv, text: Option<&str>) {
    csv.text(text.unwrap_or_default());
}

/// A row for each type, vendor's word for it, day and active SIM.
pub fn of_activity(activity: &Activity) -> String {
    let mut csv = with_head(&["by", "value", "name", "count"]);
    let mut add = |by: &str, value: &str, name: &str, count: u32| {
        row_of_count(&mut csv, [by, value, name], count);
    };
    add("all events", "", "", activity.events);
    add("all sessions", "", "", activity.sessions);
    for kind in &activity.by_type {
        add(
            "events by type",
            kind.kind.as_str(),
            kind.kind.label(),
            kind.events,
        );
        for word in &kind.reported {
            let name = word.name.as_deref().unwrap_or_default();
            add(
                "events by reported type",
                kind.kind.as_str(),
                name,
                word.events,
            );
        }
    }
    for day in &activity.by_day {
        add("events by day", &day.day, "", day.events);
    }
    for sim in &activity.most_events {
        add(
            "SIMs with most events",
            &sim.identifier,
            &sim.name,
            sim.count,
        );
    }
    for sim in &activity.most_sessions {
        add(
            "SIMs with most sessions",
            &sim.identifier,
            &sim.name,
            sim.count,
        );
    }
    csv.into_text()
}

fn row_of_count(csv: &mut Csv, texts: [&str; 3], count: u32) {
    for text in texts {
        csv.text(text);
    }
    number(csv, Some(count));
    csv.end_row();
}

const SUMMARY: [Column; 36] = [
    Column::By,
    Column::Value,
    Column::Name,
    Column::From,
    Column::To,
    Column::Sessions,
    Column::Sims,
    Column::Split,
    Column::Bytes(Part::Up),
    Column::Bytes(Part::Down),
    Column::Bytes(Part::Total),
    Column::Bytes(Part::Reports),
    Column::Packets(Part::Up),
    Column::Packets(Part::Down),
    Column::Packets(Part::Total),
    Column::Packets(Part::Reports),
    Column::Megabytes(Part::Up),
    Column::Megabytes(Part::Down),
    Column::Megabytes(Part::Total),
    Column::Megabytes(Part::Reports),
    Column::UnitUnknown,
    Column::DurationsKnown,
    Column::MeanDuration,
    Column::MedianDuration,
    Column::OnlineLeast,
    Column::OnlineMost,
    Column::Known,
    Column::CoverageLeast,
    Column::CoverageMost,
    Column::LongestGap,
    Column::LongestGapSim,
    Column::LongestGapFrom,
    Column::LongestGapTo,
    Column::Gaps,
    Column::MedianGap,
    Column::Unknown,
];

/// A row for all, then one for each row of each breakdown.
pub fn of_summary(report: &Report) -> String {
    let mut csv = columns_with_head(&SUMMARY);
    let summary = &report.summary;
    let [from, to] = [written(report.from), written(report.to)];
    let all = Sums {
        by: "all",
        from: &from,
        to: &to,
        gaps: Some(summary.gaps),
        median_gap_ms: summary.median_gap_ms,
        unknown_ms: Some(summary.unknown_ms),
        ..of_line(&summary.all)
    };
    add_row(&mut csv, &SUMMARY, &all);
    for (by, lines) in summary.breakdowns() {
        for line in &lines.rows {
            let row = Sums {
                by,
                from: &from,
                to: &to,
                ..of_line(line)
            };
            add_row(&mut csv, &SUMMARY, &row);
        }
    }
    csv.into_text()
}

fn of_line(line: &Line) -> Sums<'_> {
    let online = line.online;
    Sums {
        value: line.value.as_deref(),
        name: line.name.as_deref(),
        sessions: line.sessions,
        sims: line.sims,
        split: line.split,
        online_ms: online.map(|online| [online.at_least_ms, online.at_most_ms]),
        known_ms: online.and_then(|online| online.known_ms),
        bytes: line.data.bytes,
        packets: line.data.packets,
        megabytes: line.data.megabytes,
        unit_unknown: line.data.unit_unknown,
        durations: line.durations,
        longest_gap: line.longest_gap.as_ref().map(|gap| Gap {
            ms: gap.to - gap.from,
            sim: gap.sim.clone(),
            from: written(gap.from),
            to: written(gap.to),
        }),
        ..Sums::default()
    }
}

/// A row for each SIM whose vendor sums up its sessions.
pub fn of_vendors(summaries: &[VendorSummary]) -> String {
    let mut csv = with_head(&[
        "SIM",
        "name",
        "vendor",
        "period",
        "sessions by vendor",
        "sessions loaded",
        "difference in sessions",
        "average session by vendor (s)",
        "average session loaded (s)",
        "difference in average (s)",
        "sessions of known duration",
        "data by vendor",
        "data loaded",
        "difference in data",
        "unit of data",
    ]);
    for of in summaries {
        csv.text(&of.identifier);
        csv.text(&of.name);
        csv.text(of.vendor.as_str());
        text(&mut csv, of.period.as_deref());
        number(&mut csv, of.vendors.sessions);
        number(&mut csv, of.ours.sessions);
        number(&mut csv, of.difference.sessions);
        number(&mut csv, of.vendors.average_session_s);
        number(&mut csv, of.ours.average_session_s);
        number(&mut csv, of.difference.average_session_s);
        number(&mut csv, Some(of.durations_known));
        number(&mut csv, of.vendors.data);
        number(&mut csv, of.ours.data);
        number(&mut csv, of.difference.data);
        csv.text(&of.unit);
        csv.end_row();
    }
    csv.into_text()
}

/// A row for each SIM: ICCID, IMSI and IMEI of its previous session, and when that was.
pub fn of_previous(rows: &[Previous]) -> String {
    let mut csv = with_head(&["ICCID", "IMSI", "IMEI", "start (UTC)", "end (UTC)"]);
    for of in rows {
        for value in [&of.iccid, &of.imsi, &of.imei, &of.start, &of.end] {
            text(&mut csv, value.as_deref());
        }
        csv.end_row();
    }
    csv.into_text()
}

/// A row for each source.
pub fn of_sources(sources: &[OfSource]) -> String {
    let mut csv = with_head(&[
        "source",
        "vendor",
        "fetched (UTC)",
        "tells from (UTC)",
        "tells to (UTC)",
        "SIMs",
        "SIMs not fetched",
        "records",
        "bad records",
        "warnings",
        "warned of",
        "partly",
    ]);
    for of in sources {
        csv.text(&of.label);
        text(&mut csv, of.vendor.map(crate::model::ProviderId::as_str));
        for at in [&of.observed, &of.from, &of.to] {
            text(&mut csv, at.as_deref());
        }
        number(&mut csv, Some(of.sims));
        number(&mut csv, Some(of.sims_unfetched));
        for count in [of.records, of.bad_records, of.warnings] {
            number(&mut csv, Some(count));
        }
        csv.text(&of.warning_codes.join(" "));
        csv.text(if of.partly { "yes" } else { "no" });
        csv.end_row();
    }
    csv.into_text()
}
