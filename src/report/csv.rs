//! The tables of a report as CSV. A head row names the units; what is not known is empty, never 0. Lengths are in seconds,
//! instants in UTC.

use crate::export::{Csv, percent, seconds};

use super::written::written;
use super::{Activity, Flow, Line, OfSource, Previous, Report, VendorSummary};

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

const SUMMARY: [&str; 36] = [
    "by",
    "value",
    "name",
    "from (UTC)",
    "to (UTC)",
    "sessions",
    "SIMs",
    "sessions on several",
    "bytes up",
    "bytes down",
    "bytes total",
    "sessions that report bytes",
    "packets up",
    "packets down",
    "packets total",
    "sessions that report packets",
    "MB up",
    "MB down",
    "MB total",
    "sessions that report MB",
    "sessions of unknown unit",
    "sessions of known duration",
    "mean duration (s)",
    "median duration (s)",
    "online at least (s)",
    "online at most (s)",
    "known time (s)",
    "session coverage at least (%)",
    "session coverage at most (%)",
    "longest gap (s)",
    "longest gap of SIM",
    "longest gap from (UTC)",
    "longest gap to (UTC)",
    "gaps",
    "median gap (s)",
    "unknown time (s)",
];

/// A row for all, then one for each row of each breakdown.
pub fn of_summary(report: &Report) -> String {
    let mut csv = with_head(&SUMMARY);
    let summary = &report.summary;
    let edges = [written(report.from), written(report.to)];
    of_line(&mut csv, "all", &summary.all, &edges);
    number(&mut csv, Some(summary.gaps));
    number(&mut csv, summary.median_gap_ms.map(seconds));
    number(&mut csv, Some(seconds(summary.unknown_ms)));
    csv.end_row();
    for (by, lines) in summary.breakdowns() {
        for line in &lines.rows {
            of_line(&mut csv, by, line, &edges);
            for _ in 0..3 {
                csv.number(None);
            }
            csv.end_row();
        }
    }
    csv.into_text()
}

fn of_line(csv: &mut Csv, by: &str, line: &Line, edges: &[String; 2]) {
    csv.text(by);
    let unknown = if by == "all" { "" } else { "unknown" };
    csv.text(line.value.as_deref().unwrap_or(unknown));
    text(csv, line.name.as_deref());
    for edge in edges {
        csv.text(edge);
    }
    for count in [line.sessions, line.sims, line.split] {
        number(csv, Some(count));
    }
    for Flow {
        up,
        down,
        total,
        sessions,
    } in [line.data.bytes, line.data.packets]
    {
        for figure in [up, down, total, Some(u64::from(sessions[2]))] {
            number(csv, figure);
        }
    }
    let mb = &line.data.megabytes;
    for figure in [mb.up, mb.down, mb.total] {
        number(csv, figure);
    }
    for count in [mb.sessions[2], line.data.unit_unknown, line.durations.known] {
        number(csv, Some(count));
    }
    number(csv, line.durations.mean_ms.map(seconds));
    number(csv, line.durations.median_ms.map(seconds));
    let online = line.online;
    let known = online.and_then(|online| online.known_ms);
    number(csv, online.map(|online| seconds(online.at_least_ms)));
    number(csv, online.map(|online| seconds(online.at_most_ms)));
    number(csv, known.map(seconds));
    let coverage = |part: i64| percent(part, known.unwrap_or(0), 2);
    number(csv, online.and_then(|online| coverage(online.at_least_ms)));
    number(csv, online.and_then(|online| coverage(online.at_most_ms)));
    let gap = line.longest_gap.as_ref();
    number(csv, gap.map(|gap| seconds(gap.to - gap.from)));
    text(csv, gap.map(|gap| gap.sim.as_str()));
    text(csv, gap.map(|gap| written(gap.from)).as_deref());
    text(csv, gap.map(|gap| written(gap.to)).as_deref());
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
