//! The list of lanes: filtered, ordered, grouped, and what its rows say.

use crate::model::{EndKind, Sim};
use crate::store::order::{items_by_number, items_by_text};
use crate::store::{NEVER, Store};
use crate::timeline::{Row, RowKind};

use super::colours::network_label;
use super::protocol::{ColourBy, GroupBy, RowLabel, Settings, SimState, SortBy};

/// Height of a row in CSS pixels.
pub const ROW_PX: f32 = 28.0;
/// An open session whose record has not changed for this long is silent.
pub const SILENT_MS: i64 = 24 * 3_600_000;

/// The group of lanes whose network nobody told.
const NOT_KNOWN: &str = "Not known";

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A lane by number.
    Lane(u32),
    /// A group by number.
    Group(u32),
}

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
    pub items: Vec<Item>,
    pub groups: Vec<Group>,
    /// By lane number: whether it is in the list (folded or not).
    pub listed: Vec<bool>,
}

impl LaneList {
    /// A list of no lanes.
    pub const EMPTY: Self = Self {
        items: Vec::new(),
        groups: Vec::new(),
        listed: Vec::new(),
    };

    /// Whether both list the same lanes, in whatever order.
    pub fn lists_the_same(&self, other: &Self) -> bool {
        let longest = self.listed.len().max(other.listed.len()) as u32;
        (0..longest).all(|lane| self.lists(lane) == other.lists(lane))
    }

    /// Filters, orders and groups all lanes.
    pub fn new(store: &Store, settings: &Settings) -> Self {
        let needle = settings.text.trim().to_lowercase();
        let lanes: Vec<(u32, String)> = store
            .lanes()
            .filter_map(|(lane, _)| {
                let sim = store.sim(lane)?;
                (needle.is_empty() || matches(&sim, &needle)).then(|| (lane, name_of(&sim)))
            })
            .collect();
        let lanes = sort(store, lanes, settings.sort);
        let mut listed = vec![false; store.lane_end() as usize];
        for (lane, _) in &lanes {
            if let Some(listed) = listed.get_mut(*lane as usize) {
                *listed = true;
            }
        }
        if settings.group == GroupBy::None {
            return Self {
                items: lanes.iter().map(|(lane, _)| Item::Lane(*lane)).collect(),
                groups: Vec::new(),
                listed,
            };
        }
        let groups = group(store, &lanes, settings);
        let mut items = Vec::new();
        for (number, group) in (0u32..).zip(&groups) {
            items.push(Item::Group(number));
            if !group.folded {
                items.extend(group.lanes.iter().map(|lane| Item::Lane(*lane)));
            }
        }
        Self {
            items,
            groups,
            listed,
        }
    }

    /// Whether a lane is in the list.
    pub fn lists(&self, lane: u32) -> bool {
        self.listed.get(lane as usize).copied().unwrap_or(false)
    }

    /// The row of a lane; null where it is folded away or filtered out.
    pub fn row_of(&self, lane: u32) -> Option<u32> {
        let at = self
            .items
            .iter()
            .position(|item| *item == Item::Lane(lane))?;
        Some(at as u32)
    }

    /// Some rows with their place in the list.
    pub fn rows(&self, first: u32, count: u32) -> Vec<Row> {
        let end = first.saturating_add(count).min(self.items.len() as u32);
        (first.min(end)..end)
            .zip(self.items.iter().skip(first as usize))
            .map(|(at, item)| Row {
                kind: match item {
                    Item::Lane(lane) => RowKind::Lane(*lane),
                    Item::Group(group) => RowKind::Group(*group),
                },
                y: at as f32 * ROW_PX,
                height: ROW_PX,
            })
            .collect()
    }

    /// What a row says.
    pub fn label(&self, store: &Store, kind: RowKind, as_of: i64) -> RowLabel {
        match kind {
            RowKind::Lane(lane) => {
                let sim = store.sim(lane);
                RowLabel::Lane {
                    lane,
                    name: sim.as_ref().map(name_of).unwrap_or_default(),
                    identifier: sim.as_ref().map(identifier_of).unwrap_or_default(),
                    state: state_of(store, lane, as_of),
                }
            }
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

fn sort(store: &Store, lanes: Vec<(u32, String)>, by: SortBy) -> Vec<(u32, String)> {
    let lanes = items_by_text(lanes, |(_, name)| natural_key(name));
    let key = |lane: u32| match by {
        SortBy::Name => 0,
        SortBy::Offline if is_open(store, lane) => i64::MAX,
        SortBy::Offline => last_known(store, lane).unwrap_or(i64::MAX - 1),
        SortBy::Seen => last_known(store, lane).map_or(i64::MAX, |at| -at),
        SortBy::Sessions => store
            .lane(lane)
            .map_or(0, |lane| -(lane.sessions.len() as i64)),
    };
    items_by_number(lanes, |(lane, _)| key(*lane))
}

fn group(store: &Store, lanes: &[(u32, String)], settings: &Settings) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (lane, _) in lanes {
        let label = match settings.group {
            GroupBy::Provider => store.provider_of_lane(*lane).map(|id| {
                let capability = crate::provider::capability(id);
                capability.label.to_owned()
            }),
            GroupBy::Operator => last_network(store, *lane, ColourBy::Operator),
            GroupBy::Country | GroupBy::None => last_network(store, *lane, ColourBy::Country),
        };
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

/// The last visited network of a lane by operator or country; where no session tells, the SIM's own.
pub fn last_network(store: &Store, lane: u32, by: ColourBy) -> Option<String> {
    let found = store.lane(lane)?;
    let of_sessions = found
        .sessions
        .iter()
        .rev()
        .find_map(|row| network_label(store, store.sessions().network(*row), by));
    of_sessions.or_else(|| {
        let sim = found.sim.as_deref()?;
        if by == ColourBy::Country {
            sim.network.country.map(|country| country.to_string())
        } else {
            sim.network.operator.as_deref().map(str::to_owned)
        }
    })
}

/// Whether a SIM's name or one of its identifiers contains the text (in lower case).
fn matches(sim: &Sim<'_>, needle: &str) -> bool {
    let texts = [
        Some(&sim.sim),
        sim.name.as_ref(),
        sim.iccid.as_ref(),
        sim.msisdn.as_ref(),
        sim.imei.as_ref(),
        sim.eid.as_ref(),
        sim.device_id.as_ref(),
        sim.device_name.as_ref(),
    ];
    texts
        .into_iter()
        .flatten()
        .chain(&sim.imsis)
        .chain(&sim.iccids)
        .any(|text| text.to_lowercase().contains(needle))
}

/// What a SIM is called: its name, its device's, else its identifier.
pub fn name_of(sim: &Sim<'_>) -> String {
    sim.name
        .as_deref()
        .or(sim.device_name.as_deref())
        .map_or_else(|| identifier_of(sim), str::to_owned)
}

/// A SIM's identifier: its ICCID, else its first IMSI, else the vendor's key.
pub fn identifier_of(sim: &Sim<'_>) -> String {
    sim.iccid
        .as_deref()
        .or_else(|| sim.imsis.first().map(std::convert::AsRef::as_ref))
        .unwrap_or(&sim.sim)
        .to_owned()
}

/// Whether a session of the lane is open.
pub fn is_open(store: &Store, lane: u32) -> bool {
    store.lane(lane).is_some_and(|lane| {
        lane.sessions
            .iter()
            .rev()
            .take(64)
            .any(|row| store.sessions().kinds(*row).end == EndKind::Open)
    })
}

/// The last instant at which a session of the lane is known to have been up.
pub fn last_known(store: &Store, lane: u32) -> Option<i64> {
    let found = store.lane(lane)?;
    let of_sessions = found
        .sessions
        .iter()
        .map(|row| store.solid_until(*row))
        .filter(|at| *at != NEVER)
        .max();
    of_sessions.or_else(|| {
        let sim = found.sim.as_deref()?;
        sim.last_seen.map(crate::model::Instant::ms)
    })
}

/// How a SIM is doing.
pub fn state_of(store: &Store, lane: u32, as_of: i64) -> SimState {
    let online = store
        .lane(lane)
        .and_then(|lane| lane.sim.as_deref())
        .and_then(|sim| sim.online);
    match (is_open(store, lane), last_known(store, lane)) {
        (true, Some(at)) if as_of.saturating_sub(at) > SILENT_MS => SimState::Silent,
        (true, _) => SimState::Open,
        (false, None) => match online {
            Some(true) => SimState::Open,
            Some(false) => SimState::Offline,
            None => SimState::Unknown,
        },
        (false, Some(_)) => SimState::Offline,
    }
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
