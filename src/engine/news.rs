//! What a round of watching brought, in a plain sentence each.

use crate::model::{Basis, EventKind, Network};
use crate::store::order::items_by_number;
use crate::store::{Changes, Drawn, NEVER, Store};

use super::lanes::name_of;
use super::protocol::NewsItem;

/// So many sentences at most; of more, the latest.
const MOST: usize = 20;
/// The lane of the sentence that only counts.
const NO_LANE: u32 = u32::MAX;

/// The news of a document, the newest last.
pub fn news(store: &Store, changes: &Changes) -> Vec<NewsItem> {
    let mut items: Vec<NewsItem> = changes
        .events
        .iter()
        .filter_map(|event| of_event(store, *event))
        .collect();
    let told = |lane: u32, time: i64| {
        changes.events.iter().any(|event| {
            store.event_row(*event).is_some_and(|event| {
                event.time.ms() == time && store.lane_of_key(event.sim) == lane
            })
        })
    };
    let sessions = changes
        .added
        .iter()
        .map(|row| (*row, None))
        .chain(changes.changed.iter().map(|(row, was)| (*row, Some(*was))));
    for (row, was) in sessions {
        items.extend(of_session(store, row, was.as_ref(), &told));
    }
    let mut items = items_by_number(items, |item| item.time);
    let more = items.len().saturating_sub(MOST);
    items.drain(..more);
    if more > 0 {
        let time = items.last().map_or(0, |item| item.time);
        items.push(NewsItem {
            time,
            lane: NO_LANE,
            text: format!("and {more} more"),
        });
    }
    items
}

fn of_event(store: &Store, row: u32) -> Option<NewsItem> {
    let event = store.event(row)?;
    let row = store.event_row(row)?;
    let lane = store.lane_of_key(row.sim);
    let named = |network: u32| store.parts().named_network(network);
    let now = &named(row.told_network());
    let what = match event.kind {
        EventKind::Connection => joined("connected", "to", now),
        EventKind::Disconnection => "disconnected".to_owned(),
        EventKind::NetworkChange => moved(&named(row.network_before), now),
        EventKind::SessionCreated => joined("session opened", "on", now),
        EventKind::SessionDeleted => joined("session closed", "on", now),
        EventKind::Other => event
            .reported_kind
            .as_deref()
            .map_or_else(|| "other event".to_owned(), str::to_owned),
        kind @ (EventKind::SessionModified
        | EventKind::DataUsage
        | EventKind::LocationUpdate
        | EventKind::SimStatus) => in_sentence(kind.label()),
    };
    Some(item(store, lane, event.time.ms(), &what))
}

fn of_session(
    store: &Store,
    row: u32,
    was: Option<&Drawn>,
    told: &dyn Fn(u32, i64) -> bool,
) -> Vec<NewsItem> {
    let lane = store.lane_of_session(row);
    let sessions = store.sessions();
    // The events that a session was rebuilt from tell it themselves.
    let silent = |time| sessions.kinds(row).basis == Basis::Rebuilt && told(lane, time);
    let is = store.drawn(row);
    let network = store.parts().named_network(is.network);
    let begin = store.begin(row);
    let end = is.end.unwrap_or_else(|| store.light_until(row));
    let over = is.ended && !was.is_some_and(|was| was.ended);
    let mut items = Vec::new();
    if was.is_none() && begin != NEVER && !silent(begin) {
        let what = joined("session opened", "on", &network);
        items.push(item(store, lane, begin, &what));
    }
    if let Some(was) = was
        && was.network != is.network
    {
        let before = store.parts().named_network(was.network);
        // A network that is only told in more words is no other.
        if !before.is_empty() && words(&before) != words(&network) {
            let seen = store.solid_until(row);
            items.push(item(store, lane, seen, &moved(&before, &network)));
        }
    }
    if over && end != NEVER && !silent(end) {
        let what = joined("session closed", "on", &network);
        items.push(item(store, lane, end, &what));
    }
    items
}

fn item(store: &Store, lane: u32, time: i64, what: &str) -> NewsItem {
    let name = store.sim(lane).as_ref().map(name_of).unwrap_or_default();
    NewsItem {
        time,
        lane,
        text: format!("SIM {name} {what}"),
    }
}

fn joined(what: &str, word: &str, network: &Network<'_>) -> String {
    match words(network) {
        Some(network) => format!("{what} {word} {network}"),
        None => what.to_owned(),
    }
}

fn moved(from: &Network<'_>, to: &Network<'_>) -> String {
    match (words(from), words(to)) {
        (Some(from), Some(to)) => format!("changed network from {from} to {to}"),
        (None, Some(to)) => format!("changed network to {to}"),
        _ => "changed network".to_owned(),
    }
}

/// Operator and country, as far as they are known.
fn words(network: &Network<'_>) -> Option<String> {
    let operator = network.operator.as_deref().map(str::to_owned).or_else(|| {
        let (mcc, mnc) = (network.mcc?, network.mnc?);
        Some(format!("{mcc}-{mnc}"))
    });
    let country = network.country.map(|country| country.to_string());
    match (operator, country) {
        (Some(operator), Some(country)) => Some(format!("{operator} ({country})")),
        (operator, country) => operator.or(country),
    }
}

/// A label inside a sentence: without its capital, but for an abbreviation.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}
