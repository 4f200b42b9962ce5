//! Findings as they cross: which part of their list is on screen, under which limits they are looked for, and what they say.

use serde::{Deserialize, Serialize};

use crate::engine::marks::Mark;
use crate::insight::{Rule, Severity, Thresholds};

/// What findings are listed by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FindingsBy {
    /// The weightiest first.
    #[default]
    Rank,
    /// Under a head for each kind.
    Kind,
    /// Under a head for each SIM.
    Sim,
}

/// What of the findings is on screen, and what is looked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingsQuery {
    /// The limits of the rules. Others than before: everything is looked for anew.
    pub thresholds: Thresholds,
    /// Findings that are not a problem, by key.
    pub muted: Vec<Mark>,
    /// These are listed all the same.
    pub shows_muted: bool,
    /// Rules that are left out of the list.
    pub without_rules: Vec<Rule>,
    /// Severities that are left out of the list.
    pub without_severities: Vec<Severity>,
    /// What they are listed by.
    pub by: FindingsBy,
    /// First row of the list.
    pub first: u32,
    /// How many rows; with none they are counted alone.
    pub count: u32,
    /// The finding that is told in full, by key.
    pub chosen: Option<Mark>,
}

/// A finding in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingRow {
    /// By which it is found again, in this tab or another: it holds no identifier, and stays while the finding goes on.
    pub key: Mark,
    /// What was looked for.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// How many SIMs it is about.
    pub sims: u32,
    /// The only SIM's lane; null for those of many.
    pub lane: Option<u32>,
    /// What that SIM is called; empty for those of many.
    pub name: String,
    /// From when, epoch milliseconds.
    pub from: i64,
    /// Until when, epoch milliseconds.
    pub to: i64,
    /// What was seen.
    pub what: String,
    /// It is not a problem, the visitor said.
    pub muted: bool,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FindingsItem {
    /// The head of a kind, or of a SIM.
    Head {
        /// What it is called.
        label: String,
        /// How many findings stand under it.
        count: u32,
    },
    /// A finding.
    Finding(FindingRow),
}

/// A row that shows a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its number.
    pub row: u32,
    /// Its SIM's lane.
    pub lane: u32,
    /// From when, epoch milliseconds; null where nobody told.
    pub from: Option<i64>,
    /// Until when, epoch milliseconds; null for an event, and where nobody told.
    pub to: Option<i64>,
    /// The operator of a session, else its MCC and MNC; what an event is about.
    pub text: String,
}

/// The chosen finding in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingDetail {
    /// As it is listed.
    pub row: FindingRow,
    /// What to check next.
    pub next: String,
    /// Its figures: a label, and the value in words.
    pub figures: Vec<(String, String)>,
    /// The SIMs of one that is about many: lane and name, as far as they are told.
    pub sims: Vec<(u32, String)>,
    /// Sessions that show it, as far as they are told.
    pub sessions: Vec<Evidence>,
    /// Events that show it, as far as they are told.
    pub events: Vec<Evidence>,
    /// All sessions that show it, by row.
    pub all_sessions: Vec<u32>,
    /// How many events show it.
    pub event_count: u32,
}

/// A part of the list of findings, and how the search for them is getting on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingsPage {
    /// How many SIMs were looked at.
    pub looked_at: u32,
    /// Of so many.
    pub sims: u32,
    /// Sessions that are loaded.
    pub sessions: u32,
    /// All was looked at as it is loaded now. If not, what is listed is of before.
    pub complete: bool,
    /// Findings that are not muted, whatever the filter and the span.
    pub all: u32,
    /// Under filter and span and not muted, by rule, in the order of [`Rule::ALL`].
    pub by_rule: [u32; 7],
    /// The same by severity, from the least.
    pub by_severity: [u32; 3],
    /// Under filter and span, but muted.
    pub muted: u32,
    /// Findings in the list.
    pub listed: u32,
    /// Rows of the list, heads included.
    pub total: u32,
    /// Number of the first row that is told.
    pub first: u32,
    /// The rows.
    pub rows: Vec<FindingsItem>,
    /// At which row the chosen one stands; null where it is not listed.
    pub chosen_at: Option<u32>,
    /// The chosen one.
    pub detail: Option<Box<FindingDetail>>,
}

/// In which form findings are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingsForm {
    /// A row for each SIM of each finding.
    Csv,
    /// All that is known of them.
    Json,
}

/// Findings that were asked for as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsFile {
    /// In which form.
    pub form: FindingsForm,
    /// What is in it.
    pub text: String,
}

/// What a SIM's name is marked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneFinding {
    /// The worst of its findings.
    pub severity: Severity,
    /// How many it has.
    pub count: u32,
    /// Of these kinds.
    pub rules: Vec<Rule>,
}

/// A finding over the time of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FindingLine {
    /// Index of the row.
    pub row: u32,
    /// From when, epoch milliseconds.
    pub from: i64,
    /// Until when, epoch milliseconds.
    pub to: i64,
    /// How much it matters.
    pub severity: Severity,
}
