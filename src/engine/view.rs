//! The store as the timeline sees it, under the present settings.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{EndKind, StartKind};
use crate::store::filter::Matched;
use crate::store::{Glance, NEVER, Nearby, Store, ends_of_number};
use crate::timeline::{
    BarFlags, Counts, Detail, Forest, LaneBar, LaneEvent, LaneView, Leaf, Note, RowKind, Tone,
    Track, Visit, Visitor,
};

use super::colours::{Colours, Shading};
use super::findings::Findings;
use super::fresh::{Fresh, Row};
use super::index::Index;
use super::state::{SILENT_MS, is_open, last_known, may_be_offline};
use super::strips::Strips;
use super::tracks::Tracks;

/// A SIM that has been offline for less than this is not worth a note.
const OFFLINE_NOTE_MS: i64 = 6 * 3_600_000;
/// From here on being offline is bad.
const OFFLINE_BAD_MS: i64 = 24 * 3_600_000;

/// The store under the present settings.
pub struct StoreView<'a> {
    pub store: &'a Store,
    pub colours: &'a Colours,
    pub hidden: &'a [u8],
    pub fresh: &'a Fresh,
    /// What the filter lets through; null where that is everything.
    pub matched: Option<&'a Matched>,
    pub as_of: i64,
    /// Lanes at many resolutions, as far as they were asked for.
    pub index: &'a Index,
    /// The rows of opened lanes, as far as they were asked for.
    pub tracks: &'a Tracks,
    /// The sums of groups, as far as they were asked for.
    pub strips: &'a Strips,
    /// What stands out, as far as it is known.
    pub findings: &'a Findings,
}

/// What an engine's store is under its settings: borrows the parts of the engine one by one, so that others stay free.
macro_rules! store_view {
    ($engine:ident, $derived:ident) => {
        $crate::engine::view::StoreView {
            store: &$engine.store,
            colours: &$derived.colours,
            hidden: &$engine.settings.hidden,
            fresh: &$engine.fresh,
            matched: $engine.filtering.matched(),
            as_of: $derived.as_of,
            index: &$engine.index,
            tracks: &$engine.tracks,
            strips: &$engine.strips,
            findings: &$engine.findings,
        }
    };
}
pub(super) use store_view;

/// How the ends of a bar are known, by [`Glance::ends_number`].
const FLAGS: [u8; 16] = {
    let mut flags = [0; 16];
    let mut number = 0;
    while number < 16 {
        let (start, end) = ends_of_number(number);
        let of_end = match end {
            EndKind::Exact => 0,
            EndKind::Open => BarFlags::OPEN,
            EndKind::Estimated => BarFlags::END_ESTIMATED,
            EndKind::Unknown => BarFlags::END_UNKNOWN,
        };
        let of_start = match start {
            StartKind::Exact => 0,
            StartKind::BeforeWindow => BarFlags::START_BEFORE,
            StartKind::Estimated | StartKind::Unknown => BarFlags::START_UNSURE,
        };
        flags[number] = of_end | of_start;
        number += 1;
    }
    flags
};

/// A session as a bar.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "as of `Nearby`: made for every session of every picture"
)]
fn bar_of(row: u32, seen: &Glance, colour: u8, fresh: bool) -> LaneBar {
    let (start, solid_until, light_until) = seen.stretch;
    LaneBar {
        session: row,
        start,
        solid_until,
        light_until,
        colour,
        flags: BarFlags(FLAGS[seen.ends_number()]),
        fresh,
        count: 1,
        covered: solid_until.saturating_sub(start),
        text: seen.network,
        level: None,
    }
}

impl StoreView<'_> {
    /// Whether the filter lets the session through, and its colour is not left out.
    pub fn shows(&self, row: u32) -> bool {
        self.matched.is_none_or(|matched| matched.session(row))
            && (self.hidden.is_empty() || !self.hidden.contains(&self.colours.of(self.store, row)))
    }

    /// Whether the filter lets the event through.
    pub fn shows_event(&self, event: u32) -> bool {
        self.matched.is_none_or(|matched| matched.event(event))
    }

    /// Whether the filter lets the usage row through.
    pub fn shows_usage(&self, usage: u32) -> bool {
        self.matched.is_none_or(|matched| matched.usage(usage))
    }

    /// What the index must know of a session; null where it is left out.
    pub fn leaf(&self, row: u32) -> Option<Leaf> {
        let (begin, solid, reach) = self.store.stretch(row);
        (begin != NEVER && self.shows(row)).then(|| Leaf {
            begin,
            reach,
            covered: solid.saturating_sub(begin),
            colour: self.colours.of(self.store, row),
        })
    }

    /// A session as a bar.
    pub fn bar(&self, row: u32, seen: &Glance) -> LaneBar {
        let colour = self.colours.shading().of(self.store, row, seen);
        bar_of(row, seen, colour, self.fresh.has(Row::Session(row)))
    }

    /// The sessions of a lane that touch the window, one by one.
    pub fn sessions(&self, lane: u32, window: (i64, i64), visit: &mut impl Visit) {
        let Some(found) = self.store.lane(lane) else {
            return;
        };
        let earliest = window.0.saturating_sub(found.facts.longest_ms);
        let first = found
            .sessions
            .partition_point(|row| self.store.begin(*row) < earliest);
        let mut walker = Walker::new(self, &found.sessions, window, visit);
        walker.singles(first..found.sessions.len());
    }

    /// The sessions of a lane that touch the window; many on one pixel as one.
    fn indexed(
        &self,
        (lane, forest): (u32, &Forest),
        window: (i64, i64),
        detail: Detail<'_>,
        visit: &mut impl Visit,
    ) {
        let rows = self.store.lane(lane).map_or(&[][..], |lane| &lane.sessions);
        let mut walker = Walker::new(self, rows, window, visit);
        forest.walk(window, detail, &mut walker);
    }
}

/// Walks through the sessions of a lane.
struct Walker<'a, 'v, F> {
    view: &'a StoreView<'a>,
    /// The view shows every session, and none is new.
    shows_all: bool,
    shading: Shading<'a>,
    rows: &'a [u32],
    nearby: Nearby<'a>,
    window: (i64, i64),
    visit: &'v mut F,
}

impl<'a, 'v, F: Visit> Walker<'a, 'v, F> {
    fn new(view: &'a StoreView<'a>, rows: &'a [u32], window: (i64, i64), visit: &'v mut F) -> Self {
        Self {
            view,
            shows_all: view.matched.is_none() && view.hidden.is_empty() && view.fresh.is_empty(),
            shading: view.colours.shading(),
            rows,
            nearby: Nearby::new(view.store),
            window,
            visit,
        }
    }
}

impl<F: Visit> Visitor for Walker<'_, '_, F> {
    fn singles(&mut self, at: Range<usize>) -> bool {
        let (view, (from, to)) = (self.view, self.window);
        let (shows_all, shading) = (self.shows_all, self.shading);
        for &row in self.rows.get(at).unwrap_or_default() {
            let seen = self.nearby.glance(row);
            let (begin, _, reach) = seen.stretch;
            if begin > to {
                return false;
            }
            if begin == NEVER || reach < from || !(shows_all || view.shows(row)) {
                continue;
            }
            let fresh = !shows_all && view.fresh.has(Row::Session(row));
            let colour = shading.of(view.store, row, &seen);
            self.visit.visit(bar_of(row, &seen, colour, fresh));
        }
        true
    }

    fn several(&mut self, first: usize, bar: LaneBar) {
        let session = self.rows.get(first).copied().unwrap_or(bar.session);
        self.visit.visit(LaneBar { session, ..bar });
    }
}

impl LaneView for StoreView<'_> {
    fn bars(&self, row: RowKind, window: (i64, i64), detail: Detail<'_>, visit: &mut impl Visit) {
        match row {
            RowKind::Track(lane, track) => self.tracks.bars((lane, track), window, detail, visit),
            RowKind::Lane(lane) => match self.index.forest(self.store, lane) {
                // What is new is marked one by one.
                Some(forest) if !self.fresh.is_in_lane(lane) => {
                    self.indexed((lane, forest), window, detail, visit);
                }
                _ => self.sessions(lane, window, visit),
            },
            RowKind::Group(_) => {}
        }
    }

    fn segments(&self, session: u32, out: &mut Vec<(i64, u8)>) {
        out.clear();
        for (from, radio, network, _, _) in self.store.sessions().segment_numbers(session) {
            let colour = self.colours.of_segment(self.store, session, radio, network);
            if out.last().is_none_or(|(_, last)| *last != colour) {
                out.push((from.ms(), colour));
            }
        }
        if out.len() < 2 {
            out.clear();
        }
    }

    fn events(&self, row: RowKind, (from, to): (i64, i64), visit: &mut dyn FnMut(LaneEvent)) {
        let (RowKind::Lane(lane) | RowKind::Track(lane, Track::Events)) = row else {
            return;
        };
        let Some(found) = self.store.lane(lane) else {
            return;
        };
        let time = |row: u32| self.store.event_row(row).map_or(NEVER, |row| row.time.ms());
        let first = found.events.partition_point(|row| time(*row) < from);
        for row in found.events.get(first..).unwrap_or_default() {
            let Some(event) = self.store.event_row(*row) else {
                continue;
            };
            if event.time.ms() > to {
                break;
            }
            if !self.shows_event(*row) {
                continue;
            }
            visit(LaneEvent {
                event: *row,
                time: event.time.ms(),
                kind: event.kind as u8,
                fresh: self.fresh.has(Row::Event(*row)),
            });
        }
    }

    fn label(&self, row: RowKind, text: u32) -> Cow<'_, str> {
        if let RowKind::Track(lane, track) = row {
            return self.tracks.text((lane, track), text).into();
        }
        let operator = self.store.parts().operator(text);
        operator.unwrap_or_default().into()
    }

    fn counts(&self, group: u32) -> Option<&Counts> {
        self.strips.of(group)
    }

    fn nothing_before(&self, lane: u32) -> Option<i64> {
        crate::report::ground::kept_from(self.store, lane, self.as_of)
    }

    fn note(&self, row: RowKind) -> Option<Note> {
        let RowKind::Lane(lane) = row else {
            return self.tracks.note(row);
        };
        if self.store.is_unfetched(lane) {
            return Some(Note {
                at: i64::MIN,
                text: "sessions not fetched".to_owned(),
                tone: Tone::Dim,
            });
        }
        let at = last_known(self.store, lane)?;
        let silence = self.as_of.saturating_sub(at);
        let words = crate::timeline::duration(silence);
        if is_open(self.store, lane) {
            return (silence > SILENT_MS).then(|| Note {
                at: at.max(self.as_of),
                text: format!("silent {words}"),
                tone: Tone::Warning,
            });
        }
        if !may_be_offline(self.store, lane) {
            return Some(Note {
                at,
                text: "not active".to_owned(),
                tone: Tone::Dim,
            });
        }
        (silence > OFFLINE_NOTE_MS).then(|| Note {
            at,
            text: format!("offline {words}"),
            tone: if silence > OFFLINE_BAD_MS {
                Tone::Bad
            } else {
                Tone::Dim
            },
        })
    }
}
