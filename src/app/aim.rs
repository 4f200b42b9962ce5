//! What the hands are at: where the pointer is, what it snaps to, what is marked and measured, and
//! the ranges that were rested on. Overlays show it; hands and commands change it.

use leptos::prelude::*;

use crate::commands::Id;
use crate::engine::protocol::Command;
use crate::timeline::{EdgeQuery, History, Measure, nearest_edge};

use super::hands::Hands;
use super::state::State;
use super::var::Var;

/// How far an edge of a session holds, CSS pixels.
const SNAP_PX: f32 = 6.0;
/// So many exact edges are remembered.
const MOST_EDGES: usize = 64;

/// An edge that is snapped to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cue {
    /// Where it lies, epoch milliseconds.
    pub at: i64,
    /// Upper edge of its row in the whole list, CSS pixels.
    pub y: f32,
}

/// Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Aim {
    /// Where the mouse is over the canvas, CSS pixels; null where it is not.
    pub pointer: Var<Option<(f64, f64)>>,
    /// What is snapped to.
    pub cue: Var<Option<Cue>>,
    /// A span is being dragged.
    pub spanning: Var<bool>,
    /// The instant that was gone to.
    pub moment: Var<Option<i64>>,
    /// The measuring.
    pub measure: Var<Measure>,
    /// The ranges that were rested on.
    pub ranges: Var<History>,
    /// The commands that were found in the palette, the last first.
    pub used: Var<Vec<Id>>,
    /// The pointers that are down.
    pub hands: StoredValue<Hands, LocalStorage>,
    edges: Var<Vec<(EdgeQuery, Option<i64>)>>,
}

impl Aim {
    /// Of a fresh element.
    pub fn new() -> Self {
        Self {
            pointer: Var::default(),
            cue: Var::default(),
            spanning: Var::default(),
            moment: Var::default(),
            measure: Var::default(),
            ranges: Var::default(),
            used: Var::default(),
            hands: StoredValue::new_local(Hands::default()),
            edges: Var::default(),
        }
    }

    /// Takes every mark away.
    pub fn clear(&self) {
        self.cue.set(None);
        self.moment.set(None);
        self.measure.set(Measure::Off);
    }

    /// Shows what is snapped to, or nothing.
    pub fn point_out(&self, cue: Option<Cue>) {
        if self.cue.with_untracked(|known| *known != cue) {
            self.cue.set(cue);
        }
    }
}

/// The instant at a position of the canvas (CSS pixels), and the edge of a session if one is near.
pub fn snapped(state: State, x: f64, y: f64) -> (i64, Option<Cue>) {
    let scale = state.scale.get_untracked();
    let time = scale.time_at(x);
    let top = state.scroll_y.get_untracked();
    let seen = (top, top + state.height.get_untracked() as f32);
    let found = state.shot.with_untracked(|shot| {
        let frame = &shot.frame;
        let own = (frame.to - frame.from) as f64 / f64::from(frame.width.max(1.0));
        let frame_x = (time - frame.from as f64) / own.max(f64::MIN_POSITIVE);
        let edge = nearest_edge(frame, frame_x as f32, y as f32 + top, SNAP_PX, seen)?;
        // A bar may be drawn some pixels off where others crowd it.
        let within = (own * 4.0 * f64::from(frame.ratio)).ceil() as i64 + 1;
        let query = EdgeQuery {
            lane: edge.lane,
            drawn: edge.drawn,
            within,
        };
        Some((query, edge.y))
    });
    match found {
        None => (time.round() as i64, None),
        Some((query, y)) => {
            let at = exactly(state, query);
            (at, Some(Cue { at, y }))
        }
    }
}

/// Where an edge lies exactly, as far as the engine has told; asks it the first time.
fn exactly(state: State, query: EdgeQuery) -> i64 {
    let known = state.aim.edges.with_untracked(|edges| {
        let mut edges = edges.iter();
        edges.find(|(known, _)| *known == query).map(|(_, at)| *at)
    });
    if known.is_none() {
        state.aim.edges.update(|edges| {
            edges.push((query, None));
            let surplus = edges.len().saturating_sub(MOST_EDGES);
            edges.drain(..surplus);
        });
        state.command(&Command::Edge(query));
    }
    known.flatten().unwrap_or(query.drawn)
}

/// The engine told where an edge lies: whatever was snapped to its drawing is put there.
pub fn told_edge(state: State, query: EdgeQuery, at: Option<i64>) {
    let aim = state.aim;
    aim.edges.update(|edges| {
        if let Some((_, known)) = edges.iter_mut().find(|(known, _)| *known == query) {
            *known = at;
        }
    });
    let Some(at) = at.filter(|at| *at != query.drawn) else {
        return;
    };
    let put = |instant: i64| if instant == query.drawn { at } else { instant };
    aim.hands.update_value(|hands| hands.correct(put));
    let measure = aim.measure.get_untracked();
    let corrected = measure.corrected(query.drawn, at);
    if corrected != measure {
        aim.measure.set(corrected);
    }
    aim.point_out(aim.cue.get_untracked().map(|cue| Cue {
        at: put(cue.at),
        ..cue
    }));
    if let Some([from, to]) = state.selection.get_untracked().span {
        let span = [put(from), put(to)];
        if span != [from, to] {
            state.select_span(Some(span));
        }
    }
}
