//! What the views are told: each answer from the store under the present settings, filter and selection.

use std::cell::OnceCell;

use crate::map::MapData;
use crate::model::{EndKind, Instant};
use crate::store::{Extent, NEVER, Nearby};
use crate::timeline::{Bars, Builder, FrameQuery, RowKind};

use super::colours::Colours;
use super::index::Index;
use super::labels::LabelFiles;
use super::lanes::LaneList;
use super::protocol::{
    FrameMeta, MapUpdate, Overview, Selection, Settings, SourceInfo, SpanSums, Summary,
    TimelineQuery, Update,
};
use super::state::SILENT_MS;
use super::strips::Strips;
use super::sums::{self, Ground};
use super::tables::{Filter, Tables};
use super::tracks::Tracks;
use super::view::{StoreView, store_view};
use super::{Derived, Dirty, Engine, FromMemory, Outgoing, findings, fleet, inspect};

/// So many places are read in one task of the page.
const PLACES_A_PIECE: usize = 500;

impl Engine {
    pub(super) fn answer(&mut self, what: Dirty) {
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
        let mut places = Vec::new();
        let update = match what {
            Dirty::Summary => Some(Update::Summary(summary(
                &view,
                &self.from_memory,
                &derived.list,
                derived.extent,
                !self.reading.is_empty(),
                &self.labels,
            ))),
            Dirty::Frame => self.timeline.map(|query| {
                let shown = (&view, &mut derived.list, &self.settings);
                let (meta, frame_bars) = frame(&mut self.builder, shown, &query);
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
                    list: &derived.list,
                    span: self.selection.span,
                    extent: derived.extent,
                    ground: &derived.ground,
                    group: self.settings.group,
                };
                let tables = derived.tables.get_or_insert_with(|| Tables::new(&filter));
                Update::Table(tables.page(&filter, query))
            }),
            Dirty::Inspection => {
                let host = |document: u32| self.host_documents.get(document as usize).copied();
                let mut found = inspect::inspect(&view, &self.selection, &host);
                let (picked, chosen) = (self.picks.sessions(), &self.selection);
                if !picked.is_empty() || chosen.span.is_some() {
                    let ground = derived.ground.get_or_init(|| Ground::new(&self.store));
                    found.sums = Some(sums_of(&view, ground, &lists, (picked, chosen)));
                }
                let chosen = self.selection.session;
                found.remembered = self.from_memory.holds(&self.store, chosen);
                found.lane_place = self
                    .selection
                    .lane
                    .and_then(|lane| derived.list.place_of(lane));
                Some(Update::Inspection(Box::new(found)))
            }
            Dirty::Findings => {
                self.findings
                    .answer(&self.store, &derived.list, self.selection.span)
            }
            Dirty::Report => {
                self.reporting.begin_anew();
                None
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
                    finding: &|lane| self.findings.severity_of_lane(lane),
                });
                places = data
                    .places
                    .chunks(PLACES_A_PIECE)
                    .map(|piece| serde_json::to_string(piece).unwrap_or_default())
                    .collect();
                Update::Map(map_update(&data))
            }),
        };
        if let Some(update) = update {
            self.outgoing.push_back(Outgoing {
                update,
                bars,
                cells,
                places,
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
            findings: &self.findings,
        };
        index.ready(&self.store, lanes.into_iter(), &|row| view.leaf(row));
        let stamp = (derived.list.opened.as_slice(), index.epoch(), derived.as_of);
        tracks.ready(&self.store, stamp, &|row| {
            let seen = Nearby::new(&self.store).glance(row);
            (seen.stretch.0 != NEVER && view.shows(row)).then(|| view.bar(row, &seen))
        });
        if let Some(extent) = derived.extent {
            strips.ready(&view, &derived.list, extent, groups.into_iter());
        }
        self.index = index;
        self.tracks = tracks;
        self.strips = strips;
    }

    pub(super) fn derive(&mut self) -> Derived {
        self.strips.outdate();
        let extent = self.store.extent();
        let observed = self.store.latest_observed().map(Instant::ms);
        let as_of = observed.or(extent.map(|extent| extent.to)).unwrap_or(0);
        self.filtering.evaluate(&self.store, as_of, &self.findings);
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
            ground: OnceCell::new(),
        }
    }
}

/// The sums over the picked sessions, else over the chosen span.
fn sums_of(
    view: &StoreView<'_>,
    ground: &Ground,
    lists: &dyn Fn(u32) -> bool,
    (picked, chosen): (&[u32], &Selection),
) -> SpanSums {
    match chosen.span {
        Some(span) if picked.is_empty() => sums::of_span(view, ground, lists, chosen.lane, span),
        _ => sums::of_picked(view, ground, lists, picked),
    }
}

/// What is told of a map but for its places.
fn map_update(data: &MapData) -> MapUpdate {
    MapUpdate {
        places: data.places.iter().filter(|place| place.in_span).count() as u32,
        all_places: data.places.len() as u32,
        country_sims: data.countries.iter().map(|country| country.sims).sum(),
        off_map: data.off_map,
        rest: serde_json::to_string(data).unwrap_or_default(),
    }
}

fn summary(
    view: &StoreView<'_>,
    from_memory: &FromMemory,
    list: &LaneList,
    extent: Option<Extent>,
    loading: bool,
    labels: &LabelFiles,
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
            .filter(|(number, source)| {
                source.records > 0 || source.cells > 0 || !labels.left_out(*number)
            })
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
                cells: source.cells,
                labels: labels.of_source(number),
                service: source.service.clone(),
                warning_count: source.warning_count,
                warnings: source.warnings.clone(),
                observed: store.observed_of_source(number).map(Instant::ms),
                remembered: from_memory.of_source(store, number),
            })
            .collect(),
        totals: store.totals(),
        silent: silent.count() as u32,
        extent,
        as_of: (view.as_of != 0).then_some(view.as_of),
        coloured_by: view.colours.by,
        legend: view.colours.legend.clone(),
        rows: list.items.len() as u32,
        loading,
    }
}

fn frame(
    builder: &mut Builder,
    (view, list, settings): (&StoreView<'_>, &mut LaneList, &Settings),
    query: &TimelineQuery,
) -> (FrameMeta, Bars) {
    let (rows, sticky) = list.rows(query.top, query.height);
    let group_lanes: Vec<&[u32]> = list.groups.iter().map(|g| g.lanes.as_slice()).collect();
    let frame = builder.build(
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
        row_labels: list.tells_anew(&rows).then(|| {
            let labels = rows.iter();
            labels
                .map(|row| list.label(view, settings, row.kind))
                .collect()
        }),
        findings: findings::lines(view.findings, &rows, (frame.from, frame.to)),
        rows: frame.rows,
        marks: frame.marks,
        texts: frame.texts,
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
