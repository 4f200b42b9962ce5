//! Owns the store and answers the page. Knows no DOM and no clock: bytes, commands and the present
//! time come in, updates go out. Views are declared, not fetched: the page says what it shows, and
//! the engine sends it again whenever it changes. Work is done in slices, answers before loading.

mod answers;
mod case;
mod chosen;
mod colours;
mod filtering;
mod findings;
mod fleet;
mod fresh;
mod groups;
mod hand_over;
mod held;
mod index;
mod inspect;
mod labels;
mod lanes;
mod marks;
mod names;
mod news;
mod picks;
pub mod protocol;
mod reading;
mod remembered;
mod report;
mod state;
mod steps;
mod strips;
mod sums;
mod tables;
#[cfg(test)]
mod tests;
mod tracks;
mod view;
mod watching;

use std::cell::OnceCell;
use std::collections::VecDeque;

use crate::store::{CellFiles, Extent, Store};
use crate::timeline::{Bars, Builder};
use case::Saving;
pub use case::{CaseView, MarkTexts};
pub use chosen::Wanted;
use colours::Colours;
use filtering::Filtering;
use findings::Findings;
pub use fleet::Cells;
use fresh::Fresh;
use hand_over::HandOver;
use index::Index;
use labels::LabelFiles;
use lanes::LaneList;
pub use marks::{Mark, Marks, Restored};
use picks::Picks;
use protocol::{Command, FleetQuery, Selection, Settings, TableQuery, TimelineQuery, Update};
pub use reading::OpenOptions;
use reading::Reading;
use remembered::FromMemory;
pub use report::ROWS_A_SLICE;
use report::Reporting;
use strips::Strips;
use sums::Ground;
use tables::Tables;
use tracks::Tracks;

/// While a file is being read, views are answered anew this often at most.
const REFRESH_MS: f64 = 300.0;
/// Tables and what is chosen follow figures and lanes by so much: all at once would hold the page up.
const BEHIND_MS: f64 = 150.0;
/// The map and a report are dear and not what a load is watched on: they are answered anew this often at most.
const MAP_MS: f64 = 1500.0;

/// One update on its way out.
#[derive(Debug)]
pub struct Outgoing {
    /// The update.
    pub update: Update,
    /// The bars of a frame.
    pub bars: Option<Bars>,
    /// The cells of a fleet's picture.
    pub cells: Option<fleet::Cells>,
    /// The places of a map as JSON, in pieces that are read one at a time: there may be many.
    pub places: Vec<String>,
}

/// Which views must be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dirty {
    Summary,
    Frame,
    Overview,
    Table,
    Inspection,
    Map,
    Fleet,
    Findings,
    Report,
}

const ALL_VIEWS: u16 = (1 << Dirty::ALL.len()) - 1;

impl Dirty {
    const ALL: [Self; 9] = [
        Self::Summary,
        Self::Frame,
        Self::Fleet,
        Self::Overview,
        Self::Table,
        Self::Inspection,
        Self::Findings,
        Self::Map,
        Self::Report,
    ];

    fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// Store and views of one element.
#[derive(Debug, Default)]
pub struct Engine {
    store: Store,
    /// By the host's number of the document.
    reading: Vec<(u32, Reading)>,
    /// By the store's number of a document: the host's.
    host_documents: Vec<u32>,
    /// What the visitor has not seen yet.
    fresh: Fresh,
    settings: Settings,
    filtering: Filtering,
    findings: Findings,
    selection: Selection,
    picks: Picks,
    /// Rows of a shared view that are not there yet.
    sought: Option<Marks>,
    /// The lane that was found for it.
    found_lane: Option<u32>,
    /// What is on its way to the host page.
    handing: Option<HandOver>,
    /// What is on its way into a case file.
    saving: Option<Saving>,
    /// Documents of which nothing was read, because they name no SIM or are no answers: the host's numbers.
    unread: Vec<u32>,
    /// Documents of cell positions, likewise.
    cell_documents: Vec<u32>,
    labels: LabelFiles,
    /// What was opened out of this browser's memory.
    from_memory: FromMemory,
    timeline: Option<TimelineQuery>,
    builder: Builder,
    fleet: Option<FleetQuery>,
    index: Index,
    tracks: Tracks,
    strips: Strips,
    /// Of the colours that the index was made with.
    colour_signature: u64,
    overview_buckets: Option<u32>,
    table: Option<TableQuery>,
    map_shown: bool,
    reporting: Reporting,
    /// Which views must be answered: a bit for each.
    dirty: u16,
    derived: Option<Derived>,
    /// The list of lanes before the data changed.
    former_list: Option<LaneList>,
    data_changed: bool,
    /// The host was told that names of networks are wanted.
    names_asked: bool,
    refreshed_at: f64,
    /// What was answered since took so many milliseconds.
    refresh_cost: f64,
    /// Views that follow those which were answered anew: a bit for each.
    behind: u16,
    /// When map and report were answered last while something is being read, or when that began; null where nothing is.
    mapped_at: Option<f64>,
    outgoing: VecDeque<Outgoing>,
}

/// What follows from the store and the settings.
#[derive(Debug)]
struct Derived {
    colours: Colours,
    list: LaneList,
    extent: Option<Extent>,
    as_of: i64,
    tables: Option<Tables>,
    ground: OnceCell<Ground>,
}

impl Engine {
    /// An engine with nothing loaded.
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything that is loaded.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes a command. Its answer comes with the next [`Self::step`].
    pub fn command(&mut self, command: Command) {
        match command {
            Command::Settings(settings) => self.set(settings),
            Command::Complete { line, cursor } => {
                let found = self.filtering.complete(&self.store, &line, cursor);
                self.send(Update::Completions(found));
            }
            Command::Select(selection) => self.select(selection),
            Command::Fleet(query) => {
                self.fleet = query;
                self.dirty |= Dirty::Fleet.bit();
            }
            Command::Timeline(query) => {
                self.timeline = Some(query);
                self.dirty |= Dirty::Frame.bit();
            }
            Command::Overview { buckets } => {
                self.overview_buckets = Some(buckets.clamp(1, 8192));
                self.dirty |= Dirty::Overview.bit();
            }
            Command::Table(query) => {
                self.table = Some(query);
                self.dirty |= Dirty::Table.bit();
            }
            Command::Map { shown } => {
                self.map_shown = shown;
                if self.mapped_at.is_none() {
                    self.dirty |= Dirty::Map.bit();
                }
            }
            Command::Report(query) => self.show_report(query),
            Command::SaveReport { query, form } => self.reporting.save(query, form),
            Command::Relabel { source, provider } => {
                self.store.relabel_source(source, provider);
                if let Some(source) = self.store.source_mut(source) {
                    source.provider_assumed = false;
                    source.provider_told = true;
                }
                self.data_changed = true;
                self.refreshed_at = f64::NEG_INFINITY;
            }
            Command::Step { by } => self.step_selection(by),
            Command::SelectLaneAt { at } => self.select_lane_at(at),
            Command::StepLane { by, from_y } => self.step_lane(by, from_y),
            Command::Findings(query) => self.want_findings(*query),
            Command::TakeFindings(form) => self.hand_out_findings(form),
            Command::StepFinding { by } => self.step_finding(by),
            Command::Fold { lane } => {
                let folded = self.settings.folded.clone();
                let folded = steps::folded(self.list(), folded, lane);
                self.send(Update::Folded(folded));
            }
            Command::Edge(query) => {
                let at = self.edge(query);
                self.send(Update::Edge { query, at });
            }
            Command::Pick(pick) => self.pick(pick),
            Command::Restore(marks) => self.look_for(marks),
            Command::Choose { request, wanted } => self.choose(request, &wanted),
            Command::Held { request, documents } => self.tell_held(request, &documents),
            Command::Take(take) => self.hand_out(&take),
            Command::Label { document, columns } => self.set_label_columns(document, &columns),
            Command::Unlabel { document } => self.leave_labels_out(document),
            Command::Seen => {
                if !self.fresh.is_empty() {
                    self.fresh.clear();
                    self.dirty |= Dirty::Frame.bit() | Dirty::Table.bit();
                }
            }
            Command::Clear => {
                let (settings, timeline) = (std::mem::take(&mut self.settings), self.timeline);
                let table = self.table.take();
                let findings = std::mem::take(&mut self.findings).forget();
                let reporting = self.reporting.cleared();
                let names = self.store.leave_network_names();
                let half_read = self
                    .reading
                    .iter()
                    .any(|(_, file)| file.importer.reads_cells());
                let cell_files = if half_read {
                    CellFiles::default()
                } else {
                    self.store.leave_cell_files()
                };
                *self = Self {
                    settings,
                    timeline,
                    table,
                    overview_buckets: self.overview_buckets,
                    map_shown: self.map_shown,
                    findings,
                    reporting,
                    ..Self::default()
                };
                self.store.take_network_names(names);
                self.store.take_cell_files(cell_files);
                self.filtering.take(&self.settings.filter);
                self.dirty = ALL_VIEWS;
            }
        }
    }

    fn set(&mut self, settings: Settings) {
        let mut filters_anew = false;
        if let Some((update, changed)) = self.filtering.take(&settings.filter) {
            filters_anew = changed;
            self.send(Update::Filter(update));
        }
        let before = std::mem::replace(&mut self.settings, settings);
        let same_colours = before.colour == self.settings.colour;
        let same_hidden = before.hidden == self.settings.hidden;
        // A line that says the same, or that cannot be understood, changes no view.
        let same_line = Settings {
            filter: self.settings.filter.clone(),
            ..before
        };
        if !filters_anew && same_line == self.settings {
            return;
        }
        if filters_anew || !same_colours || !same_hidden {
            self.index.outdate();
        }
        self.strips.outdate();
        self.former_list = None;
        self.dirty = ALL_VIEWS;
        // Colours are counted over all sessions: what is said of lanes alone leaves them as they are.
        match self.derived.take().filter(|_| same_colours) {
            Some(mut derived) => {
                if filters_anew {
                    self.filtering
                        .evaluate(&self.store, derived.as_of, &self.findings);
                }
                derived.list = self.list_lanes();
                derived.tables = None;
                self.derived = Some(derived);
            }
            None => self.derived = None,
        }
    }

    /// The list of lanes under the present settings and filter.
    fn list_lanes(&self) -> LaneList {
        let matched = self.filtering.matched();
        let listed = |lane: u32| matched.is_none_or(|matched| matched.lane(lane));
        LaneList::new(&self.store, &self.settings, &listed, pane_px(self.timeline))
    }

    fn select(&mut self, selection: Selection) {
        let span_changed = selection.span != self.selection.span;
        let lane_changed = selection.lane != self.selection.lane;
        self.selection = selection;
        self.chose(selection);
        self.let_go_of_picks();
        self.dirty |= Dirty::Inspection.bit();
        if span_changed {
            if let Some(derived) = &mut self.derived {
                derived.tables = None;
            }
            self.dirty |= Dirty::Table.bit() | Dirty::Findings.bit();
            if self.reporting.follows_span() {
                self.dirty |= Dirty::Report.bit();
            }
        }
        if span_changed || lane_changed {
            self.dirty |= Dirty::Map.bit();
        }
    }

    /// Selects the lane at a place of the list.
    fn select_lane_at(&mut self, at: u32) {
        let lanes = self.derived.as_ref().map(|derived| derived.list.lanes());
        let lane = lanes.and_then(|lanes| lanes.get(at as usize).copied());
        if lane.is_some() {
            let selection = Selection {
                lane,
                session: None,
                event: None,
                ..self.selection
            };
            self.select(selection);
            self.send(Update::Selected(selection));
        }
    }

    /// Selects the neighbour of the selected session in its lane, or the first of the lane.
    fn step_selection(&mut self, by: i32) {
        let lane = self.selection.lane.or_else(|| {
            let row = self.selection.session?;
            Some(self.store.lane_of_session(row))
        });
        let Some(rows) = lane.and_then(|lane| self.store.lane(lane)) else {
            return;
        };
        let at = self
            .selection
            .session
            .and_then(|row| rows.sessions.iter().position(|known| *known == row));
        let next = match at {
            Some(at) => at.saturating_add_signed(by as isize),
            None if by < 0 => rows.sessions.len().saturating_sub(1),
            None => 0,
        };
        if let Some(row) = rows.sessions.get(next).copied() {
            let selection = Selection {
                lane,
                session: Some(row),
                event: None,
                ..self.selection
            };
            self.select(selection);
            self.send(Update::Selected(selection));
        }
    }

    /// Answers what waits. `now_ms` tells the present time whenever it is called; the budget is
    /// kept between answers, not within one. True when more waits.
    pub fn step(&mut self, budget_ms: f64, now_ms: &dyn Fn() -> f64) -> bool {
        let began = now_ms();
        self.refresh(began);
        let until = began + budget_ms;
        if self.dirty == 0 {
            return self.work_on(until, now_ms);
        }
        for view in Dirty::ALL {
            if self.dirty & view.bit() == 0 {
                continue;
            }
            self.dirty &= !view.bit();
            self.answer(view);
            if now_ms() - began > budget_ms {
                break;
            }
        }
        let now = now_ms();
        self.refresh_cost += now - began;
        // Views come first: a report, and the search, go on in what they leave of the time.
        self.dirty != 0 || now >= until || self.work_on(until, now_ms)
    }

    /// Goes on with what takes many slices, where nothing else waits: the report that is shown or saved, then the search for
    /// findings. True when more waits.
    fn work_on(&mut self, until: f64, now_ms: &dyn Fn() -> f64) -> bool {
        while self.reporting.has_work() {
            let began = now_ms();
            self.make_report();
            let now = now_ms();
            self.refresh_cost += now - began;
            if now >= until {
                return true;
            }
        }
        self.search_on(until, now_ms)
    }

    /// Lets changed data into the views, but not too often while more of it comes.
    fn refresh(&mut self, now: f64) {
        let pause = REFRESH_MS.max(self.refresh_cost * 8.0);
        if self.data_changed && (self.reading.is_empty() || now - self.refreshed_at >= pause) {
            self.data_changed = false;
            self.refreshed_at = now;
            self.refresh_cost = 0.0;
            self.store.settle();
            self.match_labels();
            self.restore();
            self.filtering.forget();
            self.former_list = self.derived.take().map(|derived| derived.list);
            self.dirty = ALL_VIEWS;
            self.put_off(now);
        } else if self.behind != 0 && now - self.refreshed_at >= BEHIND_MS {
            self.dirty |= std::mem::take(&mut self.behind);
        }
    }

    /// While more data come, only figures and lanes are answered at once.
    fn put_off(&mut self, now: f64) {
        self.behind = 0;
        if self.reading.is_empty() {
            self.mapped_at = None;
            return;
        }
        let dear = Dirty::Map.bit() | Dirty::Report.bit();
        self.behind = Dirty::Table.bit() | Dirty::Inspection.bit() | Dirty::Findings.bit();
        let mapped_at = *self.mapped_at.get_or_insert(now);
        if now - mapped_at >= MAP_MS {
            self.mapped_at = Some(now);
            self.behind |= dear;
        }
        self.dirty &= !(self.behind | dear);
    }

    /// The next update; null when there is none.
    pub fn take(&mut self) -> Option<Outgoing> {
        self.outgoing.pop_front()
    }

    fn send(&mut self, update: Update) {
        self.outgoing.push_back(Outgoing {
            update,
            bars: None,
            cells: None,
            places: Vec::new(),
        });
    }
}

/// Height of the timeline's pane, CSS pixels.
fn pane_px(query: Option<TimelineQuery>) -> f32 {
    query.map_or(400.0, |query| query.height)
}
