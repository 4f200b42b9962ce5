//! Owns the store and answers the page. Knows no DOM and no clock: bytes, commands and the present
//! time come in, updates go out. Views are declared, not fetched: the page says what it shows, and
//! the engine sends it again whenever it changes. Work is done in slices, answers before loading.

mod colours;
mod filtering;
mod fleet;
mod fresh;
mod index;
mod inspect;
mod lanes;
mod news;
mod picks;
pub mod protocol;
mod steps;
mod strips;
mod sums;
mod tables;
#[cfg(test)]
mod tests;
mod tracks;
mod view;
mod watching;

use std::collections::VecDeque;

use serde::Deserialize;

use crate::import::{Importer, Options, Outcome, Problem};
use crate::model::{EndKind, Instant, ProviderId};
use crate::store::{Extent, HistoryOf, NEVER, Source, Store};
use crate::timeline::{Bars, FrameQuery, RowKind};
use colours::Colours;
use filtering::Filtering;
pub use fleet::Cells;
use fresh::Fresh;
use index::Index;
use lanes::{LaneList, SILENT_MS};
use picks::Picks;
use protocol::{
    Command, FleetQuery, FrameMeta, Loaded, MapUpdate, Overview, Selection, Settings, SourceInfo,
    Summary, TableQuery, TimelineQuery, Update,
};
use strips::Strips;
use sums::Ground;
use tables::{Filter, Tables};
use tracks::Tracks;
use view::{StoreView, store_view};

/// While a file is being read, views are answered anew this often at most.
const REFRESH_MS: f64 = 300.0;

/// What the page says of a file when it opens it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpenOptions {
    /// Its name.
    pub name: String,
    /// The source that it belongs to; null for one of its own.
    pub source: Option<String>,
    /// The vendor, if the visitor named one.
    pub provider: Option<ProviderId>,
    /// The SIM that it is about, if the visitor named one.
    pub sim: Option<String>,
    /// It is about the whole account.
    pub account: bool,
    /// When it was fetched, RFC 3339; null for files.
    pub observed: Option<String>,
    /// When the same was last asked successfully before, RFC 3339; null for a first answer, or after
    /// a gap. What did not change between the two need not be in the document.
    pub asked_before: Option<String>,
    /// It came from a round of watching: what it adds or changes is news.
    pub watched: bool,
    /// Of a live source: whether it is an answer on sessions, or on the events that they follow from, of the SIM that it is
    /// about, or of all. Null for files, of which nobody knows what they leave out.
    pub history: Option<bool>,
    /// It is read once more, because others were taken out: nothing is said of it.
    pub again: bool,
}

/// One update on its way out.
#[derive(Debug)]
pub struct Outgoing {
    /// The update.
    pub update: Update,
    /// The bars of a frame.
    pub bars: Option<Bars>,
    /// The cells of a fleet's picture.
    pub cells: Option<fleet::Cells>,
}

#[derive(Debug)]
struct Reading {
    importer: Importer,
    source: u32,
    name: String,
    watched: bool,
    again: bool,
    /// Whose history it tells; null where it tells none.
    history: Option<HistoryOf>,
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
}

const ALL_VIEWS: u8 = 0b111_1111;

impl Dirty {
    const ALL: [Self; 7] = [
        Self::Summary,
        Self::Frame,
        Self::Fleet,
        Self::Overview,
        Self::Table,
        Self::Inspection,
        Self::Map,
    ];

    fn bit(self) -> u8 {
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
    selection: Selection,
    picks: Picks,
    timeline: Option<TimelineQuery>,
    fleet: Option<FleetQuery>,
    index: Index,
    tracks: Tracks,
    strips: Strips,
    /// Of the colours that the index was made with.
    colour_signature: u64,
    overview_buckets: Option<u32>,
    table: Option<TableQuery>,
    map_shown: bool,
    /// Which views must be answered: a bit for each.
    dirty: u8,
    derived: Option<Derived>,
    /// The list of lanes before the data changed.
    former_list: Option<LaneList>,
    data_changed: bool,
    refreshed_at: f64,
    refresh_cost: f64,
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
    ground: Option<Ground>,
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
                self.dirty |= Dirty::Map.bit();
            }
            Command::Relabel { source, provider } => {
                self.store.relabel_source(source, provider);
                if let Some(source) = self.store.source_mut(source) {
                    source.provider_assumed = false;
                }
                self.data_changed = true;
                self.refreshed_at = f64::NEG_INFINITY;
            }
            Command::Step { by } => self.step_selection(by),
            Command::SelectLaneAt { at } => self.select_lane_at(at),
            Command::StepLane { by, from_y } => self.step_lane(by, from_y),
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
            Command::Seen => {
                if !self.fresh.is_empty() {
                    self.fresh.clear();
                    self.dirty |= Dirty::Frame.bit() | Dirty::Table.bit();
                }
            }
            Command::Clear => {
                let (settings, timeline) = (std::mem::take(&mut self.settings), self.timeline);
                let table = self.table.take();
                *self = Self {
                    settings,
                    timeline,
                    table,
                    overview_buckets: self.overview_buckets,
                    map_shown: self.map_shown,
                    ..Self::default()
                };
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
                    self.filtering.evaluate(&self.store, derived.as_of);
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
        self.let_go_of_picks();
        self.dirty |= Dirty::Inspection.bit();
        if span_changed {
            if let Some(derived) = &mut self.derived {
                derived.tables = None;
            }
            self.dirty |= Dirty::Table.bit();
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

    /// A document begins; its bytes follow in order. `document` is the host's number.
    pub fn begin(&mut self, document: u32, options: OpenOptions) {
        let label = options
            .source
            .clone()
            .unwrap_or_else(|| options.name.clone());
        let known = self
            .store
            .sources()
            .iter()
            .position(|source| source.label == label);
        let source = match known {
            Some(at) => at as u32,
            None => self.store.add_source(Source::new(&label, options.provider)),
        };
        let connected = self
            .store
            .sources()
            .iter()
            .find_map(|source| source.provider.filter(|_| !source.provider_assumed));
        if options.history.is_some() {
            self.store.follow_history(source);
        }
        let named = options.provider.zip(options.sim.clone());
        let history = options.history.filter(|is| *is).map(|_| match named {
            Some((provider, sim)) if !sim.is_empty() => HistoryOf::Sim(provider, sim),
            _ => HistoryOf::All,
        });
        let sim = options.sim.as_deref().map(|sim| {
            let is_key = options
                .provider
                .is_some_and(|id| self.store.has_sim(id, sim));
            if is_key {
                sim.to_owned()
            } else {
                self.key_of_sim(sim)
            }
        });
        let importer = Importer::new(
            &mut self.store,
            source,
            Options {
                name: options.name.clone(),
                provider: options.provider,
                connected,
                sim,
                account: options.account,
                observed: options.observed.as_deref().and_then(Instant::from_rfc3339),
                asked_before: options
                    .asked_before
                    .as_deref()
                    .and_then(Instant::from_rfc3339),
                watched: options.watched,
            },
        );
        self.host_documents.push(document);
        let reading = Reading {
            importer,
            source,
            name: options.name,
            watched: options.watched,
            again: options.again,
            history,
        };
        self.reading.push((document, reading));
        self.data_changed = true;
    }

    /// A SIM that the visitor names by its ICCID, name or key, as the vendor's key.
    fn key_of_sim(&self, named: &str) -> String {
        let named = named.trim();
        let known = self.store.lanes().find_map(|(lane, found)| {
            let sim = self.store.sim(lane)?;
            let is = sim.iccid.as_deref() == Some(named)
                || sim.name.as_deref() == Some(named)
                || sim.imsis.iter().any(|imsi| imsi == named);
            let key = *found.keys.first()?;
            is.then(|| self.store.key_of(key).1.into_owned())
        });
        known.unwrap_or_else(|| named.to_owned())
    }

    /// The next bytes of a document, unpacked.
    pub fn push(&mut self, document: u32, bytes: &[u8]) {
        let reading = self
            .reading
            .iter_mut()
            .find(|(known, _)| *known == document);
        if let Some((_, reading)) = reading {
            reading.importer.push(&mut self.store, bytes);
            self.data_changed = true;
        }
    }

    /// A document is complete.
    pub fn finish(&mut self, document: u32) {
        self.end(document, None);
    }

    /// A document cannot be read to its end: `message` says why, for the visitor.
    pub fn fail(&mut self, document: u32, message: &str) {
        self.end(document, Some(Problem::Unreadable(message.to_owned())));
    }

    fn end(&mut self, document: u32, problem: Option<Problem>) {
        let Some(reading) = self.take_reading(document) else {
            return;
        };
        let number = reading.importer.document();
        let mut outcome = reading.importer.finish(&mut self.store);
        outcome.problem = problem.or(outcome.problem);
        self.store.settle();
        if let Some(of) = reading
            .history
            .filter(|_| is_answer(outcome.problem.as_ref()))
        {
            self.store.note_history(reading.source, of);
        }
        self.data_changed = true;
        if reading.again {
            return;
        }
        self.loaded(document, reading.source, reading.name, outcome);
        if reading.watched {
            self.tell_news(number);
        }
    }

    fn take_reading(&mut self, document: u32) -> Option<Reading> {
        let at = self
            .reading
            .iter()
            .position(|(known, _)| *known == document)?;
        Some(self.reading.swap_remove(at).1)
    }

    fn loaded(&mut self, document: u32, source: u32, name: String, outcome: Outcome) {
        self.send(Update::Loaded(Loaded {
            document,
            name,
            source,
            records: outcome.records,
            bad_records: outcome.bad_records,
            code: outcome.problem.as_ref().map(|p| p.code().to_owned()),
            problem: outcome.problem.map(|problem| problem.to_string()),
            question: outcome.question,
            vendor_assumed: outcome.vendor_assumed,
        }));
    }

    /// Answers what waits. `now_ms` tells the present time whenever it is called; the budget is
    /// kept between answers, not within one. True when more waits.
    pub fn step(&mut self, budget_ms: f64, now_ms: &dyn Fn() -> f64) -> bool {
        let began = now_ms();
        self.refresh(began);
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
        if self.data_changed {
            self.refresh_cost = now_ms() - began;
        }
        self.dirty != 0
    }

    /// Lets changed data into the views, but not too often while more of it comes.
    fn refresh(&mut self, now: f64) {
        let pause = REFRESH_MS.max(self.refresh_cost * 8.0);
        if self.data_changed && (self.reading.is_empty() || now - self.refreshed_at >= pause) {
            self.data_changed = false;
            self.refreshed_at = now;
            self.store.settle();
            self.filtering.forget();
            self.former_list = self.derived.take().map(|derived| derived.list);
            self.dirty = ALL_VIEWS;
        }
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
        });
    }

    fn answer(&mut self, what: Dirty) {
        if self.derived.is_none() {
            self.derived = Some(self.derive());
        }
        self.make_ready(what);
        let Some(derived) = &mut self.derived else {
            return;
        };
        let view = store_view!(self, derived);
        let mut cells = None;
        let lists = |lane: u32| derived.list.lists(lane);
        let mut bars = None;
        let update = match what {
            Dirty::Summary => Some(Update::Summary(summary(
                &view,
                &derived.list,
                derived.extent,
                !self.reading.is_empty(),
            ))),
            Dirty::Frame => self.timeline.map(|query| {
                let (meta, frame_bars) = frame(&view, &derived.list, &self.settings, &query);
                bars = Some(frame_bars);
                Update::Frame(meta)
            }),
            Dirty::Fleet => self.fleet.map(|query| {
                let (meta, drawn) = fleet::draw(&view, &derived.list, &query);
                cells = Some(drawn);
                Update::Fleet(meta)
            }),
            Dirty::Overview => self
                .overview_buckets
                .zip(derived.extent)
                .map(|(buckets, extent)| Update::Overview(overview(&view, lists, buckets, extent))),
            Dirty::Table => self.table.as_ref().map(|query| {
                let filter = Filter {
                    view: &view,
                    lists: &lists,
                    span: self.selection.span,
                };
                let tables = derived.tables.get_or_insert_with(|| Tables::new(&filter));
                Update::Table(tables.page(&view, query))
            }),
            Dirty::Inspection => {
                let host = |document: u32| self.host_documents.get(document as usize).copied();
                let mut found = inspect::inspect(&view, &self.selection, &host);
                let (picked, span) = (self.picks.sessions(), self.selection.span);
                if !picked.is_empty() || span.is_some() {
                    let ground = derived
                        .ground
                        .get_or_insert_with(|| Ground::new(&self.store));
                    found.sums = match span {
                        Some(span) if picked.is_empty() => {
                            let only = self.selection.lane;
                            Some(sums::of_span(&view, ground, &lists, only, span))
                        }
                        _ => Some(sums::of_picked(&view, ground, &lists, picked)),
                    };
                }
                found.lane_place = self
                    .selection
                    .lane
                    .and_then(|lane| derived.list.place_of(lane));
                Some(Update::Inspection(Box::new(found)))
            }
            Dirty::Map => self.map_shown.then(|| {
                let shown = |row| view.shows(row) && lists(self.store.lane_of_session(row));
                let colour = |row| view.colours.of(&self.store, row);
                let data = crate::map::build(&crate::map::MapView {
                    store: &self.store,
                    shown: &shown,
                    colour: &colour,
                    span: self.selection.span,
                    lane: self.selection.lane,
                });
                Update::Map(MapUpdate {
                    places: data.places.iter().filter(|place| place.in_span).count() as u32,
                    country_sims: data.countries.iter().map(|country| country.sims).sum(),
                    off_map: data.off_map,
                    json: serde_json::to_string(&data).unwrap_or_default(),
                })
            }),
        };
        if let Some(update) = update {
            self.outgoing.push_back(Outgoing {
                update,
                bars,
                cells,
            });
        }
    }

    /// Indexes the lanes that a view draws, where they are not.
    fn make_ready(&mut self, what: Dirty) {
        let Some(derived) = &mut self.derived else {
            return;
        };
        let mut lanes = Vec::new();
        let mut groups = Vec::new();
        match (what, self.timeline) {
            (Dirty::Frame, Some(query)) => {
                derived.list.fit(query.height);
                let (rows, _) = derived.list.rows(query.top, query.height);
                for row in rows {
                    match row.kind {
                        RowKind::Lane(lane) => lanes.push(lane),
                        RowKind::Group(group) => groups.push(group),
                        RowKind::Track(..) => {}
                    }
                }
            }
            (Dirty::Fleet, _) if self.fleet.is_some() => lanes = derived.list.lanes(),
            _ => return,
        }
        let (mut index, mut tracks) = (
            std::mem::take(&mut self.index),
            std::mem::take(&mut self.tracks),
        );
        let mut strips = std::mem::take(&mut self.strips);
        let view = StoreView {
            store: &self.store,
            colours: &derived.colours,
            hidden: &self.settings.hidden,
            fresh: &self.fresh,
            matched: self.filtering.matched(),
            as_of: derived.as_of,
            index: &Index::default(),
            tracks: &Tracks::default(),
            strips: &Strips::default(),
        };
        index.ready(&self.store, lanes.into_iter(), &|row| view.leaf(row));
        let stamp = (derived.list.opened.as_slice(), index.epoch(), derived.as_of);
        tracks.ready(&self.store, stamp, &|row| {
            let stretch = self.store.stretch(row);
            (stretch.0 != NEVER && view.shows(row)).then(|| view.bar(row, stretch))
        });
        if let Some(extent) = derived.extent {
            strips.ready(&view, &derived.list, extent, groups.into_iter());
        }
        self.index = index;
        self.tracks = tracks;
        self.strips = strips;
    }

    fn derive(&mut self) -> Derived {
        self.strips.outdate();
        let extent = self.store.extent();
        let observed = self.store.latest_observed().map(Instant::ms);
        let as_of = observed.or(extent.map(|extent| extent.to)).unwrap_or(0);
        self.filtering.evaluate(&self.store, as_of);
        if self.filtering.matched().is_some() {
            self.index.outdate();
        }
        let list = self.list_lanes();
        // While what is new was not seen yet, lanes keep their places: nothing jumps under the pointer.
        let former = self.former_list.take();
        let former = former.filter(|former| !self.fresh.is_empty() && former.lists_the_same(&list));
        let colours = Colours::new(&self.store, self.settings.colour);
        if colours.signature() != self.colour_signature {
            self.colour_signature = colours.signature();
            self.index.outdate();
        }
        Derived {
            colours,
            list: former.unwrap_or(list),
            extent,
            as_of,
            tables: None,
            ground: None,
        }
    }
}

/// Whether a document was read to its end: one that holds nothing is an answer, too.
fn is_answer(problem: Option<&Problem>) -> bool {
    problem.is_none_or(|problem| matches!(problem, Problem::NoRecords))
}

/// Height of the timeline's pane, CSS pixels.
fn pane_px(query: Option<TimelineQuery>) -> f32 {
    query.map_or(400.0, |query| query.height)
}

fn summary(
    view: &StoreView<'_>,
    list: &LaneList,
    extent: Option<Extent>,
    loading: bool,
) -> Summary {
    let store = view.store;
    let sims = store.sims_by_source();
    let with_open = store.lanes().filter(|(_, lane)| lane.facts.open > 0);
    let silent = with_open
        .flat_map(|(_, lane)| &lane.sessions)
        .filter(|row| {
            store.sessions().kinds(**row).end == EndKind::Open
                && view.as_of.saturating_sub(store.solid_until(**row)) > SILENT_MS
        });
    Summary {
        sources: (0u32..)
            .zip(store.sources())
            .map(|(number, source)| SourceInfo {
                source: number,
                label: source.label.clone(),
                provider: source.provider,
                assumed: source.provider_assumed,
                alternative: source
                    .provider
                    .filter(|_| source.provider_assumed)
                    .and_then(|id| crate::provider::capability(id).same_answers_as),
                sims: sims.get(number as usize).copied().unwrap_or(0),
                records: source.records,
                bad_records: source.bad_records,
                warning_count: source.warning_count,
                warnings: source.warnings.clone(),
                observed: store.observed_of_source(number).map(Instant::ms),
            })
            .collect(),
        totals: store.totals(),
        silent: silent.count() as u32,
        extent,
        as_of: (view.as_of != 0).then_some(view.as_of),
        legend: view.colours.legend.clone(),
        rows: list.items.len() as u32,
        loading,
    }
}

fn frame(
    view: &StoreView<'_>,
    list: &LaneList,
    settings: &Settings,
    query: &TimelineQuery,
) -> (FrameMeta, Bars) {
    let (rows, sticky) = list.rows(query.top, query.height);
    let group_lanes: Vec<&[u32]> = list.groups.iter().map(|g| g.lanes.as_slice()).collect();
    let frame = crate::timeline::build(
        view,
        &FrameQuery {
            from: query.from,
            to: query.to.max(query.from.saturating_add(1)),
            width: query.width,
            ratio: query.ratio,
            rows: &rows,
            group_lanes: &group_lanes,
        },
    );
    let meta = FrameMeta {
        from: frame.from,
        to: frame.to,
        width: frame.width,
        ratio: frame.ratio,
        row_labels: rows
            .iter()
            .map(|row| list.label(view.store, settings, row.kind, view.as_of))
            .collect(),
        rows: frame.rows,
        marks: frame.marks,
        labels: frame.labels,
        notes: frame.notes,
        hatches: frame.hatches,
        strips: frame.strips,
        sticky,
        total_height: list.height(),
    };
    (meta, frame.bars)
}

/// How many sessions are up, at most, in each bucket of the whole time.
fn overview(
    view: &StoreView<'_>,
    lists: impl Fn(u32) -> bool,
    buckets: u32,
    extent: Extent,
) -> Overview {
    let store = view.store;
    let span = (extent.to - extent.from).max(1);
    let bucket = |at: i64| {
        let ahead = i128::from(at - extent.from) * i128::from(buckets) / i128::from(span);
        (ahead.clamp(0, i128::from(buckets) - 1)) as usize
    };
    // Counting up at the first bucket and down behind the last one costs the same for any length.
    let mut steps = vec![0i64; buckets as usize + 1];
    for row in store.session_rows() {
        let begin = store.begin(row);
        if begin == NEVER || !view.shows(row) || !lists(store.lane_of_session(row)) {
            continue;
        }
        if let Some(step) = steps.get_mut(bucket(begin)) {
            *step += 1;
        }
        if let Some(step) = steps.get_mut(bucket(store.light_until(row)) + 1) {
            *step -= 1;
        }
    }
    let mut up = 0;
    let counts = steps
        .iter()
        .take(buckets as usize)
        .map(|step| {
            up += step;
            up.max(0) as u32
        })
        .collect();
    let nothing_before = store
        .lanes()
        .map(|(lane, _)| crate::timeline::LaneView::nothing_before(view, lane))
        .min()
        .flatten();
    Overview {
        from: extent.from,
        to: extent.to,
        counts,
        nothing_before,
    }
}
