//! The list of lanes: filtered, ordered, grouped, and what its rows say.

use crate::store::order::{items_by_number, items_by_text};
use crate::store::{LaneFacts, Store};
use crate::timeline::{Row, RowKind, Track};

pub use crate::report::naming::{identifier_of, name_of};

use super::groups::{self, NOT_KNOWN};
use super::protocol::{GroupBy, RowLabel, Settings, SortBy};
use super::state::{self, last_known, state_of};
use super::view::StoreView;

/// The usual height of a lane in CSS pixels.
const ROW_PX: f32 = 28.0;
/// The lowest and the highest that lanes can be made.
const LEAST_ROW_PX: f32 = 6.0;
const MOST_ROW_PX: f32 = 96.0;
/// Height of the head of a group.
const GROUP_PX: f32 = 28.0;
/// Height of the rows of an opened lane: at least, and at most where they fill the pane.
const LEAST_TRACK_PX: f32 = 24.0;
const MOST_TRACK_PX: f32 = 48.0;
/// So much of the list above and below the pane is drawn as well: what scrolls into view before the next frame is there.
const AROUND_PX: f32 = 64.0;
/// Key and label of the group of pinned lanes.
const PINNED: &str = "Pinned";
/// A group of lanes.
#[derive(Debug, Clone)]
pub struct Group {
    pub key: String,
    pub label: String,
    pub country: bool,
    pub folded: bool,
    pub lanes: Vec<u32>,
}

/// The list of lanes.
#[derive(Debug, Default)]
pub struct LaneList {
    pub items: Vec<RowKind>,
    pub groups: Vec<Group>,
    /// By lane number: whether it is in the list (folded or not).
    pub listed: Vec<bool>,
    /// Lanes that are opened into rows.
    pub opened: Vec<u32>,
    /// Upper edge of each item, and the lower one of the last, CSS pixels.
    tops: Vec<f32>,
    row_px: f32,
    pane_px: f32,
    /// The rows whose labels were told last.
    told: Vec<RowKind>,
}

impl LaneList {
    /// A list of no lanes.
    pub const EMPTY: Self = Self {
        items: Vec::new(),
        groups: Vec::new(),
        listed: Vec::new(),
        opened: Vec::new(),
        tops: Vec::new(),
        row_px: ROW_PX,
        pane_px: 0.0,
        told: Vec::new(),
    };

    /// Whether both list the same lanes, in whatever order.
    pub fn lists_the_same(&self, other: &Self) -> bool {
        let longest = self.listed.len().max(other.listed.len()) as u32;
        (0..longest).all(|lane| self.lists(lane) == other.lists(lane))
    }

    /// Orders and groups the lanes that are to be listed, for a pane of that height in CSS pixels.
    pub fn new(
        store: &Store,
        settings: &Settings,
        lists: &dyn Fn(u32) -> bool,
        pane_px: f32,
    ) -> Self {
        let lanes: Vec<(u32, String)> = store
            .lanes()
            .filter(|(lane, _)| lists(*lane) && !settings.left_out.contains(lane))
            .filter_map(|(lane, _)| Some((lane, name_of(&store.sim(lane)?))))
            .collect();
        let lanes = sort(store, lanes, settings.sort);
        let mut listed = vec![false; store.lane_end() as usize];
        for (lane, _) in &lanes {
            if let Some(listed) = listed.get_mut(*lane as usize) {
                *listed = true;
            }
        }
        let alone = lanes.len() == 1;
        let opened: Vec<u32> = lanes
            .iter()
            .map(|(lane, _)| *lane)
            .filter(|lane| settings.opened.contains(lane) != alone)
            .collect();
        let mut list = Self {
            listed,
            opened,
            row_px: row_px(settings),
            pane_px,
            ..Self::default()
        };
        let is_pinned = |lane: &&(u32, String)| settings.pinned.contains(&lane.0);
        let pinned = lanes.iter().filter(is_pinned).map(|(lane, _)| *lane);
        let pinned: Vec<u32> = pinned.collect();
        let others: Vec<(u32, String)> = lanes
            .iter()
            .filter(|lane| !is_pinned(lane))
            .cloned()
            .collect();
        if settings.group == GroupBy::None {
            for lane in pinned
                .into_iter()
                .chain(others.iter().map(|(lane, _)| *lane))
            {
                list.push(lane);
            }
        } else {
            if !pinned.is_empty() {
                list.groups.push(Group {
                    key: PINNED.to_owned(),
                    label: PINNED.to_owned(),
                    country: false,
                    folded: settings.folded.iter().any(|key| key == PINNED),
                    lanes: pinned,
                });
            }
            list.groups.extend(group(store, &others, settings));
            for number in 0..list.groups.len() {
                list.items.push(RowKind::Group(number as u32));
                let shown = list.groups.get(number).filter(|group| !group.folded);
                for lane in shown.map_or_else(Vec::new, |group| group.lanes.clone()) {
                    list.push(lane);
                }
            }
        }
        list.measure();
        list
    }

    fn push(&mut self, lane: u32) {
        self.items.push(RowKind::Lane(lane));
        if self.opened.contains(&lane) {
            let tracks = Track::ALL.map(|track| RowKind::Track(lane, track));
            self.items.extend(tracks);
        }
    }

    /// Gives every row its place. The rows of a lane that is alone fill the pane as far as they stay easy to read.
    fn measure(&mut self) {
        let tracks = Track::ALL.len() as f32;
        let room = self.pane_px - self.row_px - GROUP_PX;
        // One SIM alone has the pane to itself.
        let alone = self.listed.iter().filter(|listed| **listed).count() == 1;
        let track_px = if alone {
            (room / tracks).clamp(LEAST_TRACK_PX, MOST_TRACK_PX).floor()
        } else {
            LEAST_TRACK_PX
        };
        let mut y = 0.0;
        self.tops = Vec::with_capacity(self.items.len() + 1);
        for item in &self.items {
            self.tops.push(y);
            y += match item {
                RowKind::Lane(_) => self.row_px,
                RowKind::Group(_) => GROUP_PX,
                RowKind::Track(..) => track_px,
            };
        }
        self.tops.push(y);
    }

    /// The pane has another height.
    pub fn fit(&mut self, pane_px: f32) {
        if (self.pane_px - pane_px).abs() > 0.5 {
            self.pane_px = pane_px;
            self.measure();
        }
    }

    /// Whether a lane is in the list.
    pub fn lists(&self, lane: u32) -> bool {
        self.listed.get(lane as usize).copied().unwrap_or(false)
    }

    /// All lanes in their order, those of folded groups included.
    pub fn lanes(&self) -> Vec<u32> {
        if self.groups.is_empty() {
            let lanes = self.items.iter().filter_map(|item| match item {
                RowKind::Lane(lane) => Some(*lane),
                _ => None,
            });
            return lanes.collect();
        }
        let lanes = self.groups.iter().flat_map(|group| &group.lanes);
        lanes.copied().collect()
    }

    /// Height of the whole list, CSS pixels.
    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Upper and lower edge of a lane, CSS pixels; null where it is folded away or filtered out.
    pub fn place_of(&self, lane: u32) -> Option<(f32, f32)> {
        let wanted = RowKind::Lane(lane);
        let at = self.items.iter().position(|item| *item == wanted)?;
        Some((*self.tops.get(at)?, *self.tops.get(at + 1)?))
    }

    fn row(&self, at: usize) -> Option<Row> {
        let y = *self.tops.get(at)?;
        Some(Row {
            kind: *self.items.get(at)?,
            y,
            height: self.tops.get(at + 1)? - y,
        })
    }

    /// The rows of a pane, with some around it so that a small move shows no gap, and the head of the group that the
    /// topmost one belongs to where that lies above: as the last row, with its index.
    pub fn rows(&self, top: f32, height: f32) -> (Vec<Row>, Option<u32>) {
        let first = self.at(top - AROUND_PX);
        let end = (self.at(top + height + AROUND_PX) + 1).min(self.items.len());
        let mut rows: Vec<Row> = (first..end).filter_map(|at| self.row(at)).collect();
        let topmost = self.at(top);
        let head = (0..=topmost.min(self.items.len().saturating_sub(1)))
            .rev()
            .find(|at| matches!(self.items.get(*at), Some(RowKind::Group(_))));
        let sticky = head
            .and_then(|at| self.row(at))
            .filter(|row| row.y < top)
            .map(|row| {
                rows.push(row);
                rows.len() as u32 - 1
            });
        (rows, sticky)
    }

    /// How many items begin above a height.
    pub fn above(&self, y: f32) -> usize {
        self.tops
            .partition_point(|top| *top < y)
            .min(self.items.len())
    }

    /// The item at a height.
    fn at(&self, y: f32) -> usize {
        self.tops
            .partition_point(|top| *top <= y)
            .saturating_sub(1)
            .min(self.items.len())
    }

    /// Whether these are other rows than those of the last call: then their labels are to be told.
    pub fn tells_anew(&mut self, rows: &[Row]) -> bool {
        let kinds = || rows.iter().map(|row| row.kind);
        let is_new = self.told.len() != rows.len() || kinds().zip(&self.told).any(|(a, b)| a != *b);
        if is_new {
            self.told = kinds().collect();
        }
        is_new || rows.is_empty()
    }

    /// What rows say has changed: all is to be told.
    pub fn tell_again(&mut self) {
        self.told.clear();
    }

    /// What a row says.
    pub fn label(&self, view: &StoreView<'_>, settings: &Settings, kind: RowKind) -> RowLabel {
        let store = view.store;
        match kind {
            RowKind::Lane(lane) => {
                let sim = store.sim(lane);
                RowLabel::Lane {
                    lane,
                    name: sim.as_ref().map(name_of).unwrap_or_default(),
                    identifier: sim.as_ref().map(identifier_of).unwrap_or_default(),
                    state: state_of(store, lane, view.as_of),
                    opened: self.opened.contains(&lane),
                    pinned: settings.pinned.contains(&lane),
                    mark: super::marks::of_lane(store, lane).unwrap_or_default(),
                    finding: view.findings.mark_of_lane(lane),
                }
            }
            RowKind::Track(lane, track) => RowLabel::Track { lane, track },
            RowKind::Group(group) => {
                let group = self.groups.get(group as usize);
                RowLabel::Group {
                    key: group.map(|g| g.key.clone()).unwrap_or_default(),
                    label: group.map(|g| g.label.clone()).unwrap_or_default(),
                    country: group.is_some_and(|g| g.country),
                    sims: group.map_or(0, |g| g.lanes.len() as u32),
                    folded: group.is_some_and(|g| g.folded),
                }
            }
        }
    }
}

/// Height of a lane under these settings, CSS pixels.
fn row_px(settings: &Settings) -> f32 {
    match settings.row_px {
        0 => ROW_PX,
        px => f32::from(px).clamp(LEAST_ROW_PX, MOST_ROW_PX),
    }
}

fn sort(store: &Store, lanes: Vec<(u32, String)>, by: SortBy) -> Vec<(u32, String)> {
    let lanes = items_by_text(lanes, |(_, name)| natural_key(name));
    let key = |lane: u32| match by {
        SortBy::Name => 0,
        SortBy::Offline if !state::may_be_offline(store, lane) => i64::MAX,
        SortBy::Offline => last_known(store, lane).unwrap_or_else(|| {
            // Longer than what its vendor keeps.
            let is_long = state::none_kept_of_days(store, lane).is_some();
            if is_long { i64::MIN + 1 } else { i64::MAX - 1 }
        }),
        SortBy::Seen => last_known(store, lane).map_or(i64::MAX, |at| -at),
        SortBy::Sessions => store
            .lane(lane)
            .map_or(0, |lane| -(lane.sessions.len() as i64)),
        SortBy::Traffic => store.lane(lane).map_or(0, |lane| traffic_key(&lane.facts)),
    };
    items_by_number(lanes, |(lane, _)| key(*lane))
}

/// The most bytes first, then the most packets, then what tells of neither.
fn traffic_key(facts: &LaneFacts) -> i64 {
    const HALF: u64 = i64::MAX as u64 / 2;
    match (facts.bytes, facts.packets) {
        (Some(bytes), _) => -((bytes.min(HALF) + HALF) as i64),
        (None, Some(packets)) => -(packets.min(HALF - 1) as i64) - 1,
        (None, None) => 0,
    }
}

fn group(store: &Store, lanes: &[(u32, String)], settings: &Settings) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (lane, _) in lanes {
        let label = groups::label_of(store, *lane, settings.group);
        let known = label.is_some();
        let label = label.unwrap_or_else(|| NOT_KNOWN.to_owned());
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.lanes.push(*lane),
            None => groups.push(Group {
                folded: settings.folded.contains(&label),
                key: label.clone(),
                country: known && settings.group == GroupBy::Country,
                label,
                lanes: vec![*lane],
            }),
        }
    }
    let groups = items_by_text(groups, |group| group.label.clone());
    items_by_number(groups, |group| {
        if group.label == NOT_KNOWN {
            i64::MAX
        } else {
            -(group.lanes.len() as i64)
        }
    })
}

/// A text that orders numbers inside names by value: `Gate 4` before `Gate 12`.
fn natural_key(name: &str) -> String {
    const WIDTH: usize = 20;
    let mut key = String::with_capacity(name.len() + WIDTH);
    let mut digits = String::new();
    for c in name.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let zeros = WIDTH.saturating_sub(digits.len());
            key.extend(std::iter::repeat_n('0', zeros));
            key.push_str(&digits);
            digits.clear();
        }
        key.extend(c.to_lowercase());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_ordered_by_value() {
        assert!(natural_key("Gate 4") < natural_key("gate 12"));
        assert!(natural_key("Gate 12") < natural_key("Kiosk 1"));
    }
}
