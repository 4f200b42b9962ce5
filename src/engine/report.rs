//! The report that the page shows, or saves: made in slices, and begun anew whenever what it is about changes.

use std::collections::VecDeque;

use super::protocol::{ReportFile, ReportForm, ReportPage, ReportQuery, ReportSpan, Update};
use super::view::{StoreView, store_view};
use super::{Dirty, Engine};
use crate::report::{Asked, Calendar, Making, Report, Survey, offset_in};

/// So many rows are looked at in one slice, about: what a SIM has is never split.
pub const ROWS_A_SLICE: usize = 8_000;

const HOUR_MS: i64 = 3_600_000;

/// Which reports are wanted, and how far the present one is.
#[derive(Debug, Default)]
pub(super) struct Reporting {
    shown: Option<ReportQuery>,
    /// What is shown must be made.
    is_outdated: bool,
    /// What is to be saved, the first wish first.
    files: VecDeque<(ReportQuery, ReportForm)>,
    work: Option<Work>,
}

/// A report on its way.
#[derive(Debug)]
struct Work {
    query: ReportQuery,
    /// What it is saved as; null where it is shown.
    form: Option<ReportForm>,
    span: [i64; 2],
    /// The listed SIMs, and how many of them were looked through.
    lanes: Vec<u32>,
    at: usize,
    sessions: Vec<u32>,
    events: Vec<u32>,
    survey: Survey,
    making: Option<Making>,
}

impl Reporting {
    /// Shows a report, or none any more. True where one must be made.
    pub fn show(&mut self, query: Option<ReportQuery>) -> bool {
        self.shown = query;
        self.is_outdated &= self.shown.is_some();
        if self.work.as_ref().is_some_and(|work| work.form.is_none()) {
            self.work = None;
        }
        self.shown.is_some()
    }

    /// Writes a report once.
    pub fn save(&mut self, query: ReportQuery, form: ReportForm) {
        self.files.push_back((query, form));
    }

    /// What reports are about is something else now.
    pub fn begin_anew(&mut self) {
        self.work = None;
        self.is_outdated = self.shown.is_some();
    }

    /// Whether a report is shown that is over the chosen span.
    pub fn follows_span(&self) -> bool {
        let query = self.shown.as_ref();
        query.is_some_and(|query| query.span == ReportSpan::Chosen)
    }

    /// Whether anything is to be made.
    pub fn has_work(&self) -> bool {
        self.work.is_some() || self.is_outdated || !self.files.is_empty()
    }

    /// Forgets what was wanted, but for what is shown.
    pub fn cleared(&mut self) -> Self {
        Self {
            shown: self.shown.take(),
            ..Self::default()
        }
    }

    fn next(&mut self) -> Option<(ReportQuery, Option<ReportForm>)> {
        if std::mem::take(&mut self.is_outdated) {
            return self.shown.clone().map(|query| (query, None));
        }
        let (query, form) = self.files.front()?.clone();
        Some((query, Some(form)))
    }
}

impl Engine {
    /// Shows a report, or none any more.
    pub(super) fn show_report(&mut self, query: Option<ReportQuery>) {
        if self.reporting.show(query) {
            self.dirty |= Dirty::Report.bit();
        }
    }

    /// Makes the next slice of the report that is wanted.
    pub(super) fn make_report(&mut self) {
        if self.derived.is_none() {
            self.derived = Some(self.derive());
        }
        let work = self.reporting.work.take();
        let Some(mut work) = work.or_else(|| self.begin_report()) else {
            return;
        };
        match self.go_on(&mut work) {
            None => self.reporting.work = Some(work),
            Some(report) => self.send_report(&work, report),
        }
    }

    fn begin_report(&mut self) -> Option<Work> {
        let (query, form) = self.reporting.next()?;
        let span = self.span_of(query.span);
        let lanes = self.store.lanes().map(|(lane, _)| lane);
        let listed = |lane: &u32| {
            let derived = self.derived.as_ref();
            derived.is_some_and(|derived| derived.list.lists(*lane))
        };
        Some(Work {
            lanes: lanes.filter(listed).collect(),
            query,
            form,
            span,
            at: 0,
            sessions: Vec::new(),
            events: Vec::new(),
            survey: Survey::default(),
            making: None,
        })
    }

    /// From when until when a report is.
    fn span_of(&self, span: ReportSpan) -> [i64; 2] {
        let derived = self.derived.as_ref();
        let as_of = derived.map_or(0, |derived| derived.as_of);
        let extent = derived.and_then(|derived| derived.extent);
        let from = extent.map_or(as_of, |extent| extent.from);
        let to = extent.map_or(as_of, |extent| extent.to.max(as_of));
        let span = match (span, self.selection.span) {
            (ReportSpan::Chosen, Some(chosen)) => return chosen,
            (ReportSpan::Chosen, None) => ReportSpan::USUAL,
            (span, _) => span,
        };
        match span {
            ReportSpan::Last(hours) => {
                let before = i64::from(hours).saturating_mul(HOUR_MS);
                [as_of.saturating_sub(before), as_of]
            }
            ReportSpan::Chosen | ReportSpan::All => [from, to],
        }
    }

    /// Makes a slice. The report once it is complete.
    fn go_on(&mut self, work: &mut Work) -> Option<Report> {
        let derived = self.derived.as_mut()?;
        if work.at < work.lanes.len() {
            let view = store_view!(self, derived);
            work.collect(&view);
            return None;
        }
        let Some(ground) = derived.ground.get() else {
            if let Some(ground) = work.survey.step(&self.store, ROWS_A_SLICE) {
                // It was empty.
                let _ = derived.ground.set(ground);
            }
            return None;
        };
        let offset = |ms: i64| offset_in(&work.query.offsets, ms);
        let asked = Asked {
            store: &self.store,
            sessions: &work.sessions,
            events: &work.events,
            lists: &|lane| derived.list.lists(lane),
            span: work.span,
            as_of: derived.as_of,
            calendar: Calendar::new(&offset),
            most: match work.form {
                Some(_) => usize::MAX,
                None => work.query.most as usize,
            },
        };
        let Some(making) = &mut work.making else {
            work.making = Some(Making::new(&asked));
            return None;
        };
        making.step(&asked, ground, ROWS_A_SLICE)
    }

    fn send_report(&mut self, work: &Work, mut report: Report) {
        let Some(form) = work.form else {
            let previous = std::mem::take(&mut report.previous).len() as u32;
            let vendors = report.vendors.len() as u32;
            report.vendors.truncate(work.query.most as usize);
            self.send(Update::Report(Box::new(ReportPage {
                report,
                previous,
                vendors,
            })));
            return;
        };
        self.reporting.files.pop_front();
        let text = match form {
            ReportForm::Csv(table) => report.to_csv(table),
            ReportForm::Json => report.to_json(),
        };
        self.send(Update::ReportFile(ReportFile {
            form,
            span: work.span,
            text,
        }));
    }
}

impl Work {
    /// Notes what is let through of the next SIMs.
    fn collect(&mut self, view: &StoreView<'_>) {
        let mut done = 0;
        while let Some(&lane) = self.lanes.get(self.at) {
            if done >= ROWS_A_SLICE {
                break;
            }
            self.at += 1;
            let Some(found) = view.store.lane(lane) else {
                continue;
            };
            done += found.sessions.len() + found.events.len() + 1;
            let sessions = found.sessions.iter().filter(|row| view.shows(**row));
            self.sessions.extend(sessions);
            let events = found.events.iter().filter(|row| view.shows_event(**row));
            self.events.extend(events);
        }
    }
}
