//! Small answers to hands and keys: the next SIM, what is folded, where exactly an edge lies.

use super::Engine;
use super::lanes::LaneList;
use super::protocol::{Selection, Update};
use super::view::store_view;
use crate::timeline::{EdgeQuery, LaneBar, RowKind};

impl Engine {
    /// The list of lanes as it is now.
    pub(super) fn list(&mut self) -> &LaneList {
        if self.derived.is_none() {
            self.derived = Some(self.derive());
        }
        match &self.derived {
            Some(derived) => &derived.list,
            None => const { &LaneList::EMPTY },
        }
    }

    /// Selects another SIM of the list.
    pub(super) fn step_lane(&mut self, by: i32, from_y: f32) {
        let chosen = self.selection.lane;
        if let Some(lane) = neighbour(self.list(), chosen, by, from_y) {
            let selection = Selection {
                lane: Some(lane),
                session: None,
                event: None,
                ..self.selection
            };
            self.select(selection);
            self.send(Update::Selected(selection));
        }
    }

    /// The start or known end of a session that is nearest to where a frame shows one.
    pub(super) fn edge(&mut self, query: EdgeQuery) -> Option<i64> {
        self.list();
        let derived = self.derived.as_ref()?;
        let view = store_view!(self, derived);
        let within = query.within.clamp(0, i64::MAX / 4);
        let (from, to) = (
            query.drawn.saturating_sub(within),
            query.drawn.saturating_add(within),
        );
        let mut best: Option<i64> = None;
        let mut visit: &mut dyn FnMut(LaneBar) = &mut |bar| {
            for edge in [bar.start, bar.solid_until] {
                let off = edge.abs_diff(query.drawn);
                let nearer = best.is_none_or(|best| off < best.abs_diff(query.drawn));
                if off <= within.unsigned_abs() && nearer {
                    best = Some(edge);
                }
            }
        };
        view.sessions(query.lane, (from, to), &mut visit);
        best
    }
}

fn neighbour(list: &LaneList, chosen: Option<u32>, by: i32, from_y: f32) -> Option<u32> {
    let lane = |item: &RowKind| match item {
        RowKind::Lane(lane) => Some(*lane),
        RowKind::Group(_) | RowKind::Track(..) => None,
    };
    let lanes: Vec<u32> = list.items.iter().filter_map(lane).collect();
    let last = lanes.len().checked_sub(1)?;
    let at = lanes.iter().position(|lane| Some(*lane) == chosen);
    let next = match (at, by) {
        (_, i32::MIN) => 0,
        (_, i32::MAX) => last,
        (Some(at), by) => at.saturating_add_signed(by as isize).min(last),
        (None, _) => {
            let above = list.items.iter().take(list.above(from_y));
            above.filter_map(lane).count().min(last)
        }
    };
    lanes.get(next).copied()
}

/// What is folded when the group of a lane is folded or unfolded, or all are folded.
pub(super) fn folded(list: &LaneList, mut folded: Vec<String>, lane: Option<u32>) -> Vec<String> {
    let Some(lane) = lane else {
        return list.groups.iter().map(|group| group.key.clone()).collect();
    };
    let own = list.groups.iter().find(|group| group.lanes.contains(&lane));
    if let Some(group) = own {
        if group.folded {
            folded.retain(|key| *key != group.key);
        } else {
            folded.push(group.key.clone());
        }
    }
    folded
}
