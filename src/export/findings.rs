//! Findings for others: as CSV with a row for each SIM of each finding, and as JSON with their figures and evidence.

use serde::Serialize;
use serde_json::Value;

use super::columns::seconds;
use super::csv::Csv;
use crate::insight::{Finding, Rule, Severity, explain};
use crate::model::{Instant, ProviderId};
use crate::report::naming::name_of;
use crate::store::Store;

/// A finding that is handed out.
#[derive(Debug, Clone, Copy)]
pub struct HandedFinding<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// It is not a problem, the visitor said.
    pub muted: bool,
}

/// The heads of the CSV.
const HEADS: [&str; 18] = [
    "Finding",
    "Rule",
    "Kind",
    "Severity",
    "Not a problem",
    "SIM",
    "ICCID",
    "IMSI",
    "Provider",
    "From (UTC)",
    "To (UTC)",
    "Length (s)",
    "SIMs",
    "What",
    "Check next",
    "Sessions",
    "Events",
    "Session ids",
];

/// A SIM as both forms name it.
#[derive(Debug, Serialize)]
struct NamedSim {
    provider: Option<ProviderId>,
    sim: Option<String>,
    iccid: Option<String>,
    imsis: Vec<String>,
    name: Option<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceSession {
    sim: String,
    id: Option<String>,
    start: Option<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceEvent {
    sim: String,
    id: Option<String>,
    time: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct WholeFinding {
    finding: usize,
    rule: Rule,
    kind: &'static str,
    severity: Severity,
    muted: bool,
    from: Option<String>,
    to: Option<String>,
    what: String,
    next: String,
    sims: Vec<NamedSim>,
    figures: Value,
    sessions: Vec<EvidenceSession>,
    events: Vec<EvidenceEvent>,
}

fn at(ms: i64) -> Option<String> {
    Instant::from_ms(ms).map(|at| at.to_string())
}

fn named(store: &Store, lane: u32) -> NamedSim {
    let sim = store.sim(lane);
    let text = |text: &Option<crate::model::Text<'_>>| text.as_deref().map(str::to_owned);
    NamedSim {
        provider: store.provider_of_lane(lane),
        sim: sim.as_ref().map(|sim| sim.sim.to_string()),
        iccid: sim.as_ref().and_then(|sim| text(&sim.iccid)),
        imsis: sim
            .as_ref()
            .map(|sim| sim.imsis.iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        name: sim.as_ref().map(name_of),
    }
}

/// A row for each SIM of each finding; rows of one finding have the same number.
pub fn findings_csv(store: &Store, findings: &[HandedFinding<'_>]) -> String {
    let mut csv = Csv::new();
    for head in HEADS {
        csv.text(head);
    }
    csv.end_row();
    for (number, handed) in (1..).zip(findings) {
        for lane in &handed.finding.lanes {
            row(&mut csv, store, handed, (number, *lane));
        }
    }
    csv.into_text()
}

fn row(csv: &mut Csv, store: &Store, handed: &HandedFinding<'_>, (number, lane): (usize, u32)) {
    let finding = handed.finding;
    let sim = named(store, lane);
    let said = explain(finding);
    let own = finding.sessions.iter().copied();
    let own = own.filter(|row| store.lane_of_session(*row) == lane);
    let ids: Vec<String> = own.map(|row| id_or_start(store, row)).collect();
    let is_own = |row: &&u32| {
        let event = store.event_row(**row);
        event.is_some_and(|event| store.lane_of_key(event.sim) == lane)
    };
    let events = finding.events.iter().filter(is_own).count();
    csv.number(Some(&number.to_string()));
    csv.text(finding.rule.as_str());
    csv.text(finding.rule.label());
    csv.text(finding.severity.as_str());
    csv.text(if handed.muted { "yes" } else { "no" });
    csv.text(&sim.name.unwrap_or_default());
    csv.text(&sim.iccid.unwrap_or_default());
    csv.text(&sim.imsis.join(" "));
    csv.text(sim.provider.map(ProviderId::as_str).unwrap_or_default());
    csv.text(&at(finding.from).unwrap_or_default());
    csv.text(&at(finding.to).unwrap_or_default());
    csv.number(Some(&seconds(finding.length_ms())));
    csv.number(Some(&finding.lanes.len().to_string()));
    csv.text(&said.what);
    csv.text(&said.next);
    csv.number(Some(&ids.len().to_string()));
    csv.number(Some(&events.to_string()));
    csv.text(&ids.join(" "));
    csv.end_row();
}

/// The vendor's id of a session, else its start.
fn id_or_start(store: &Store, row: u32) -> String {
    let session = store.session(row);
    let start = || session.start.map(|at| at.to_string());
    session
        .id
        .as_deref()
        .map(str::to_owned)
        .or_else(start)
        .unwrap_or_default()
}

/// All that is known of each finding.
pub fn findings_json(store: &Store, findings: &[HandedFinding<'_>]) -> String {
    let whole: Vec<WholeFinding> = (1..)
        .zip(findings)
        .map(|(number, handed)| whole(store, handed, number))
        .collect();
    let text = serde_json::to_string_pretty(&serde_json::json!({ "findings": whole }));
    // Texts and numbers: writing them does not fail.
    text.unwrap_or_default()
}

fn whole(store: &Store, handed: &HandedFinding<'_>, number: usize) -> WholeFinding {
    let finding = handed.finding;
    let said = explain(finding);
    // What they are of is told by the rule already.
    let figures = match serde_json::to_value(&finding.figures) {
        Ok(Value::Object(one)) => one.into_iter().next().map(|(_, figures)| figures),
        _ => None,
    };
    let sessions = finding.sessions.iter().map(|row| {
        let session = store.session(*row);
        EvidenceSession {
            sim: session.sim.to_string(),
            id: session.id.map(std::borrow::Cow::into_owned),
            start: session.start.map(|at| at.to_string()),
        }
    });
    let events = finding.events.iter().filter_map(|row| {
        let event = store.event(*row)?;
        Some(EvidenceEvent {
            sim: event.sim.to_string(),
            id: event.id.map(std::borrow::Cow::into_owned),
            time: event.time.to_string(),
            kind: event.kind.as_str(),
        })
    });
    WholeFinding {
        finding: number,
        rule: finding.rule,
        kind: finding.rule.label(),
        severity: finding.severity,
        muted: handed.muted,
        from: at(finding.from),
        to: at(finding.to),
        what: said.what,
        next: said.next,
        sims: finding
            .lanes
            .iter()
            .map(|lane| named(store, *lane))
            .collect(),
        figures: figures.unwrap_or(Value::Null),
        sessions: sessions.collect(),
        events: events.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::Figures;
    use crate::model::{Basis, EndKind, Session, Sim};
    use crate::provider::Rows;
    use crate::store::{Document, Reader, Source};

    /// Two SIMs with a session each; the first has a name that a spreadsheet would run.
    fn store() -> Store {
        let mut store = Store::new();
        let source = store.add_source(Source::new("a", None));
        let document = store.add_document(Document {
            source,
            name: "a".to_owned(),
            observed: None,
            confirmed_before: None,
            watched: false,
        });
        let mut reader = Reader::new(&mut store, document);
        for (sim, name) in [("S1", "=cmd()"), ("S2", "Gate \"4\", north\nroof")] {
            reader.sim(&Sim {
                name: Some(name.into()),
                iccid: Some(format!("8944{sim}").into()),
                imsis: vec![format!("23415{sim}").into()],
                ..Sim::new(ProviderId::Kore, sim.into())
            });
            reader.session(&Session {
                id: (sim == "S1").then(|| "s-1".into()),
                start: Instant::from_ms(1_775_001_600_000),
                end: Instant::from_ms(1_775_005_200_000),
                end_kind: EndKind::Exact,
                imsi: Some(format!("23415{sim}").into()),
                ..Session::new(ProviderId::Kore, sim.into(), Basis::Reported)
            });
        }
        reader.close_record(1);
        store.settle();
        store
    }

    fn outage(store: &Store) -> Finding {
        Finding {
            rule: Rule::Outage,
            severity: Severity::Critical,
            lanes: store.lanes().map(|(lane, _)| lane).collect(),
            from: 1_775_005_200_000,
            to: 1_775_012_400_000,
            sessions: store.session_rows().collect(),
            events: Vec::new(),
            figures: Figures::Outage {
                scope: crate::insight::OutageScope::Vendor(ProviderId::Kore),
                dropped: 2,
                online: 2,
                usual: 0,
                back: 0,
            },
        }
    }

    /// Reads CSV as its document says it is written.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv_core::Reader::new();
        let (mut out, mut ends) = (vec![0; text.len() * 2 + 64], vec![0; 4096]);
        let mut rows = Vec::new();
        let mut rest = text.as_bytes();
        loop {
            let (result, read, _, fields) = reader.read_record(rest, &mut out, &mut ends);
            rest = &rest[read..];
            match result {
                csv_core::ReadRecordResult::Record => {
                    let mut from = 0;
                    let cells = ends[..fields].iter().map(|end| {
                        let cell = String::from_utf8(out[from..*end].to_vec()).unwrap();
                        from = *end;
                        cell
                    });
                    rows.push(cells.collect());
                }
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::End => return rows,
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn an_outage_is_a_row_for_each_sim_and_reads_back() {
        let store = store();
        let finding = outage(&store);
        let handed = [HandedFinding {
            finding: &finding,
            muted: false,
        }];
        let rows = read(&findings_csv(&store, &handed));
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0], HEADS);
        let cell = |row: usize, head: &str| {
            let at = HEADS.iter().position(|known| *known == head).unwrap();
            rows[row][at].as_str()
        };
        assert_eq!((cell(1, "Finding"), cell(2, "Finding")), ("1", "1"));
        assert_eq!(cell(1, "SIM"), "'=cmd()", "no spreadsheet runs it");
        assert_eq!(cell(2, "SIM"), "Gate \"4\", north\nroof");
        assert_eq!(cell(1, "ICCID"), "8944S1");
        assert_eq!(cell(1, "From (UTC)"), "2026-04-01T01:00:00.000Z");
        assert_eq!((cell(1, "Length (s)"), cell(1, "SIMs")), ("7200", "2"));
        assert_eq!(cell(1, "Session ids"), "s-1");
        assert_eq!(cell(2, "Session ids"), "2026-04-01T00:00:00.000Z");
        assert_eq!(cell(2, "Sessions"), "1");
    }

    #[test]
    fn json_holds_figures_and_evidence() {
        let store = store();
        let finding = outage(&store);
        let handed = [HandedFinding {
            finding: &finding,
            muted: true,
        }];
        let read: Value = serde_json::from_str(&findings_json(&store, &handed)).unwrap();
        let one = &read["findings"][0];
        assert_eq!(one["rule"], "outage");
        assert_eq!(one["muted"], true);
        assert_eq!(one["figures"]["dropped"], 2);
        assert_eq!(one["sims"][0]["name"], "=cmd()");
        assert_eq!(one["sims"][1]["iccid"], "8944S2");
        assert_eq!(one["sessions"][0]["id"], "s-1");
        assert_eq!(one["sessions"][1]["id"], Value::Null);
        assert_eq!(one["sessions"][1]["start"], "2026-04-01T00:00:00.000Z");
    }
}
