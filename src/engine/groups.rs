//! What lanes are grouped by, and how many SIMs of each group are doing how.

use super::protocol::{GroupBy, GroupTotals, SimGroup, SimState};
use super::state::state_of;
use crate::store::filter::line::term;
use crate::store::order::{items_by_number, items_by_text};
use crate::store::{Keyed, Store};

/// The group of lanes of which nobody told what they are grouped by.
pub const NOT_KNOWN: &str = "Not known";
/// So many groups cross at once at most.
const MOST_GROUPS: usize = 60;

/// What a lane's group is called; null where nobody told. Countries are alpha-2 codes.
pub fn label_of(store: &Store, lane: u32, by: GroupBy) -> Option<String> {
    match by {
        GroupBy::Provider => {
            let capability = crate::provider::capability(store.provider_of_lane(lane)?);
            Some(capability.label.to_owned())
        }
        GroupBy::Operator => store.last_operator(lane),
        GroupBy::Country | GroupBy::None => {
            store.last_country(lane).map(|country| country.to_string())
        }
        GroupBy::Radio => store.last_radio(lane).map(|radio| radio.label().to_owned()),
        GroupBy::DeviceType => store.last_device_type(lane),
        GroupBy::Tag => {
            let sim = store.sim(lane)?;
            let mut tags = sim.all_tags();
            tags.next().map(crate::model::Tag::shown)
        }
        GroupBy::Group => {
            let group = store.label(lane)?.group.as_deref();
            group.map(str::to_owned)
        }
        GroupBy::Device => {
            let sim = store.sim(lane)?;
            let listed = sim.device_name.as_deref().or(sim.device_id.as_deref());
            let imei = || store.last_imei(lane).map(std::borrow::Cow::into_owned);
            listed.map(str::to_owned).or_else(imei)
        }
    }
}

/// The term of the filter that lets through the SIMs of a lane's group; null where there is none.
fn term_of(store: &Store, lane: u32, by: GroupBy, label: Option<&str>) -> Option<String> {
    let field = match by {
        GroupBy::Country => "last-country",
        GroupBy::Operator => "last-operator",
        GroupBy::Radio => "last-radio",
        GroupBy::DeviceType => "device-type",
        GroupBy::Provider => "vendor",
        GroupBy::Tag => "tag",
        GroupBy::Group => "group",
        GroupBy::Device => "sim",
        GroupBy::None => return None,
    };
    match by {
        GroupBy::Radio => {
            let radio = store.last_radio(lane);
            Some(term(
                field,
                Some(radio.map_or("unknown", crate::model::Radio::as_str)),
            ))
        }
        GroupBy::Provider => {
            let provider = store.provider_of_lane(lane)?;
            Some(term(field, Some(provider.as_str())))
        }
        GroupBy::Tag => {
            let sim = store.sim(lane)?;
            let tag = sim.all_tags().next().map(crate::model::Tag::written);
            Some(term(field, tag.as_deref()))
        }
        // That a SIM has no name at all cannot be asked for.
        GroupBy::Device => label.map(|label| term(field, Some(label))),
        _ => Some(term(field, label)),
    }
}

/// The groups of SIMs, those of most SIMs first, what nobody told last.
pub fn totals(store: &Store, lanes: &[u32], by: GroupBy, as_of: i64) -> GroupTotals {
    if by == GroupBy::None {
        return GroupTotals::default();
    }
    let mut groups: Keyed<Option<String>, (u32, SimGroup)> = Keyed::default();
    for &lane in lanes {
        let label = label_of(store, lane, by);
        let (first, group) = groups.or_default(label.clone());
        if group.sims == 0 {
            *first = lane;
            group.is_country = by == GroupBy::Country && label.is_some();
            group.label = label;
        }
        group.sims += 1;
        match state_of(store, lane, as_of) {
            SimState::Open | SimState::Silent => group.online += 1,
            SimState::Offline | SimState::NoneKept(_) => group.offline += 1,
            _ => {}
        }
    }
    let groups = items_by_text(groups.into_values(), |(_, group)| {
        group.label.clone().unwrap_or_default()
    });
    let groups = items_by_number(groups, |(_, group)| match group.label {
        None => i64::MAX,
        Some(_) => -i64::from(group.sims),
    });
    let total = groups.len() as u32;
    let groups = groups.into_iter().take(MOST_GROUPS);
    let groups = groups.map(|(lane, group)| SimGroup {
        term: term_of(store, lane, by, group.label.as_deref()),
        ..group
    });
    GroupTotals {
        groups: groups.collect(),
        total,
    }
}
