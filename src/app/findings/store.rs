//! What the pane of findings asks of the engine, and what it was told.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::app::json::{Json, object};
use crate::app::state::{State, Tone};
use crate::app::var::Var;
use crate::engine::Mark;
use crate::engine::protocol::{
    Command, Evidence, FindingDetail, FindingRow, FindingsFile, FindingsForm, FindingsPage,
    FindingsQuery, Pick, Selection,
};
use crate::insight::{LIMITS, Thresholds};
use crate::timeline::Scale;

/// So many findings are muted at most: they are kept in links.
pub const MOST_MUTED: usize = 500;

/// What is asked and told. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct FindingsState {
    /// What is asked.
    pub query: Var<FindingsQuery>,
    /// What was told last.
    pub page: Var<FindingsPage>,
}

impl FindingsState {
    /// Of a fresh element.
    pub fn new() -> Self {
        Self {
            query: Var::default(),
            page: Var::default(),
        }
    }
}

/// The views begin: the engine is to look for findings, so that lanes and the tab tell of them.
pub fn begin(state: State) {
    let query = state.findings.query.get_untracked();
    state.command(&Command::Findings(Box::new(query)));
}

impl State {
    /// Changes what is asked of the findings.
    pub fn ask_findings(&self, change: impl FnOnce(&mut FindingsQuery)) {
        let mut query = self.findings.query.get_untracked();
        change(&mut query);
        if query != self.findings.query.get_untracked() {
            self.findings.query.set(query.clone());
            self.command(&Command::Findings(Box::new(query)));
        }
    }

    /// Everything was forgotten, what was muted too.
    pub fn clear_findings(&self) {
        self.findings.page.set(FindingsPage::default());
        self.ask_findings(|query| {
            *query = FindingsQuery {
                first: query.first,
                count: query.count,
                ..FindingsQuery::default()
            };
        });
    }

    /// Chooses a finding, its SIM, and brings its time into view.
    pub fn choose_finding(&self, row: &FindingRow) {
        self.ask_findings(|query| query.chosen = Some(row.key));
        if let Some(lane) = row.lane {
            self.select_lane(lane);
        }
        self.bring_into_view(row.from, row.to);
    }

    /// Shows a time, with some around it, unless it is in view.
    fn bring_into_view(&self, from: i64, to: i64) {
        let scale = self.scale.get_untracked();
        let (from, to) = (from as f64, to as f64);
        let length = to - from;
        let window = scale.to_ms() - scale.from_ms();
        if from >= scale.from_ms() && to <= scale.to_ms() && length * 100.0 >= window {
            return;
        }
        // Short ones are shown with what was around them.
        let around = (length * 0.25).max(LEAST_AROUND_MS);
        self.show(Scale::new(from - around, to + around, scale.width()));
    }

    /// Chooses the lane, the time and the sessions that show a finding.
    pub fn show_evidence(&self, detail: &FindingDetail) {
        let row = &detail.row;
        self.select(Selection {
            lane: row.lane,
            session: None,
            event: None,
            span: Some([row.from, row.to.max(row.from + 1)]),
        });
        self.command(&Command::Pick(Pick::These(detail.all_sessions.clone())));
        self.bring_into_view(row.from, row.to);
    }

    /// Chooses a session that shows a finding.
    pub fn choose_evidence_session(&self, evidence: &Evidence) {
        self.select_session(evidence.row, evidence.lane);
    }

    /// Chooses an event that shows a finding.
    pub fn choose_evidence_event(&self, evidence: &Evidence) {
        let span = self.selection.get_untracked().span;
        self.select(Selection {
            lane: Some(evidence.lane),
            session: None,
            event: Some(evidence.row),
            span,
        });
    }

    /// Says that a finding is not a problem, or is one after all.
    pub fn mute_finding(&self, key: Mark) {
        let muted = &self.findings.query.get_untracked().muted;
        if muted.len() >= MOST_MUTED && !muted.contains(&key) {
            self.tell(
                Tone::Warning,
                "Not muted",
                format!(
                    "{MOST_MUTED} findings are muted, and no more are kept. Set the limits of their rule higher instead, or unmute some."
                ),
            );
            return;
        }
        self.ask_findings(
            |query| match query.muted.iter().position(|known| *known == key) {
                Some(at) => {
                    query.muted.remove(at);
                }
                None => query.muted.push(key),
            },
        );
    }

    /// The keys of muted findings in a shared view.
    pub fn set_muted(&self, list: &Json, marks: Vec<Mark>) {
        if list.is_list() {
            self.ask_findings(|query| {
                query.muted = marks;
                query.muted.truncate(MOST_MUTED);
            });
        }
    }

    /// The limits that are not as at first, by name, for a shared view.
    pub fn kept_limits(&self) -> JsValue {
        self.findings.query.with_untracked(|query| {
            let kept = LIMITS.iter().filter_map(|limit| {
                let kept = limit.kept(&query.thresholds)?;
                Some((limit.name, kept.into()))
            });
            object(&kept.collect::<Vec<_>>())
        })
    }

    /// The limits of a shared view: what it does not name is as at first.
    pub fn show_limits(&self, set: &Json) {
        if !set.is_there() {
            return;
        }
        let mut thresholds = Thresholds::default();
        for limit in &LIMITS {
            if let Some(kept) = set.get(limit.name).number() {
                limit.restore(&mut thresholds, kept);
            }
        }
        let query = self.findings.query;
        if query.with_untracked(|query| query.thresholds != thresholds) {
            self.ask_findings(|query| query.thresholds = thresholds);
        }
    }

    /// Saves the findings that are listed as a file.
    pub fn save_findings(&self, form: FindingsForm) {
        self.command(&Command::TakeFindings(form));
    }

    /// The findings came that were asked for as a file.
    pub fn findings_taken(&self, file: &FindingsFile) {
        let (name, mime) = match file.form {
            FindingsForm::Csv => ("findings.csv", "text/csv"),
            FindingsForm::Json => ("findings.json", "application/json"),
        };
        self.host
            .with_value(|host| host.save_file(name, mime, &file.text));
    }
}

/// So much is shown around a finding at least, milliseconds.
const LEAST_AROUND_MS: f64 = 900_000.0;
