//! The tables: which rows, in which order, and what the visible ones say. The twins of the timeline
//! for keyboard and screen reader: same filter, same span.

use crate::store::order::{sort_numbers, sort_texts};
use crate::store::{NEVER, Store};

use super::fresh::Row;
use super::lanes::{last_known, last_network, name_of, state_of};
use super::protocol::{
    ColourBy, EventTableRow, SessionRow, SimRow, SimState, Tab, TablePage, TableQuery, TableRows,
    UsageTableRow, ms,
};
use super::view::StoreView;

/// The rows of each table under the present filter and span, in the order last asked for.
#[derive(Debug, Default)]
pub struct Tables {
    rows: [Vec<u32>; 4],
    order: [Option<(String, bool)>; 4],
}

/// What decides which rows are in the tables.
pub struct Filter<'a> {
    pub view: &'a StoreView<'a>,
    pub lists: &'a dyn Fn(u32) -> bool,
    pub span: Option<[i64; 2]>,
}

impl Tables {
    /// Collects the rows anew; the order is lost.
    pub fn new(filter: &Filter<'_>) -> Self {
        let store = filter.view.store;
        let sims = store
            .lanes()
            .map(|(lane, _)| lane)
            .filter(|lane| (filter.lists)(*lane) && sim_in_span(filter, *lane));
        let sessions = store
            .session_rows()
            .filter(|row| (filter.lists)(store.lane_of_session(*row)) && in_span(filter, *row));
        let events = store.event_rows().filter(|(row, event)| {
            let at = event.time.ms();
            filter.view.shows_event(*row)
                && (filter.lists)(store.lane_of_key(event.sim))
                && filter
                    .span
                    .is_none_or(|[from, to]| (from..=to).contains(&at))
        });
        let usage = store.usage_rows().filter(|(row, usage)| {
            let (from, to) = (usage.from.ms(), usage.to.unwrap_or(usage.from).ms());
            filter.view.shows_usage(*row)
                && usage
                    .sim
                    .is_none_or(|key| (filter.lists)(store.lane_of_key(key)))
                && filter.span.is_none_or(|[a, b]| from <= b && to >= a)
        });
        Self {
            rows: [
                sims.collect(),
                sessions.collect(),
                events.map(|(row, _)| row).collect(),
                usage.map(|(row, _)| row).collect(),
            ],
            order: [None, None, None, None],
        }
    }

    /// The rows of a table, in the order last asked for.
    pub fn rows_of(&self, tab: Tab) -> &[u32] {
        self.rows.get(tab as usize).map_or(&[][..], Vec::as_slice)
    }

    /// Puts a table's rows in the order that is asked for, where they are not yet.
    pub fn put_in_order(&mut self, view: &StoreView<'_>, query: &TableQuery) {
        let tab = query.tab as usize;
        let wanted = (query.sort.clone(), query.descending);
        if self.order.get(tab) != Some(&Some(wanted.clone())) {
            if let Some(rows) = self.rows.get_mut(tab) {
                sort(view, query, rows);
            }
            if let Some(order) = self.order.get_mut(tab) {
                *order = Some(wanted);
            }
        }
    }

    /// A part of a table.
    pub fn page(&mut self, view: &StoreView<'_>, query: &TableQuery) -> TablePage {
        self.put_in_order(view, query);
        let all = self.rows_of(query.tab);
        let first = query.first.min(all.len() as u32);
        let shown = all
            .iter()
            .skip(first as usize)
            .take(query.count as usize)
            .copied();
        let rows = match query.tab {
            Tab::Sims => TableRows::Sims(shown.map(|lane| sim_row(view, lane)).collect()),
            Tab::Sessions => TableRows::Sessions(shown.map(|row| session_row(view, row)).collect()),
            Tab::Events => {
                TableRows::Events(shown.filter_map(|row| event_row(view, row)).collect())
            }
            Tab::Usage => {
                TableRows::Usage(shown.filter_map(|row| usage_row(view.store, row)).collect())
            }
        };
        TablePage {
            first,
            total: all.len() as u32,
            totals: self.rows.each_ref().map(|rows| rows.len() as u32),
            rows,
        }
    }
}

fn in_span(filter: &Filter<'_>, row: u32) -> bool {
    let store = filter.view.store;
    filter.view.shows(row)
        && filter
            .span
            .is_none_or(|[from, to]| store.begin(row) <= to && store.light_until(row) >= from)
}

fn sim_in_span(filter: &Filter<'_>, lane: u32) -> bool {
    if filter.span.is_none() && filter.view.hidden.is_empty() {
        return true;
    }
    filter
        .view
        .store
        .lane(lane)
        .is_some_and(|found| found.sessions.iter().any(|row| in_span(filter, *row)))
}

/// A value to order by: missing ones come last, whatever the direction.
#[derive(Debug)]
enum Key {
    Text(String),
    Number(f64),
}

/// A whole number that is ordered as the float is.
fn ordered(number: f64) -> i64 {
    // Minus zero is zero.
    let bits = (number + 0.0).to_bits() as i64;
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

fn sort(view: &StoreView<'_>, query: &TableQuery, rows: &mut Vec<u32>) {
    let key = |row: u32| match query.tab {
        Tab::Sims => sim_key(view, row, &query.sort),
        Tab::Sessions => session_key(view, row, &query.sort),
        Tab::Events => event_key(view, row, &query.sort),
        Tab::Usage => usage_key(view.store, row, &query.sort),
    };
    // A column is of texts or of numbers; what is missing stands last among the numbers.
    let mut texts: Vec<(String, u32)> = Vec::new();
    let mut numbers: Vec<(i64, u32)> = Vec::new();
    for row in rows.drain(..) {
        match key(row) {
            Some(Key::Text(text)) => texts.push((text, row)),
            Some(Key::Number(number)) => {
                let number = ordered(number);
                numbers.push((if query.descending { !number } else { number }, row));
            }
            None => numbers.push((i64::MAX, row)),
        }
    }
    sort_texts(&mut texts);
    sort_numbers(&mut numbers);
    if query.descending {
        // Rows of the same text stay in their order.
        let same = texts.chunk_by(|a, b| a.0 == b.0).rev().flatten();
        rows.extend(same.map(|(_, row)| *row));
    } else {
        rows.extend(texts.iter().map(|(_, row)| *row));
    }
    rows.extend(numbers.iter().map(|(_, row)| *row));
}

fn number(n: Option<impl Into<f64>>) -> Option<Key> {
    n.map(|n| Key::Number(n.into()))
}

fn instant(at: i64) -> Option<Key> {
    (at != NEVER).then_some(Key::Number(at as f64))
}

fn text(text: Option<String>) -> Option<Key> {
    text.filter(|text| !text.is_empty())
        .map(|text| Key::Text(text.to_lowercase()))
}

fn sim_key(view: &StoreView<'_>, lane: u32, by: &str) -> Option<Key> {
    let store = view.store;
    match by {
        "sessions" => number(store.lane(lane).map(|lane| lane.sessions.len() as u32)),
        "events" => number(store.lane(lane).map(|lane| lane.events.len() as u32)),
        "seen" => instant(last_known(store, lane).unwrap_or(NEVER)),
        "country" => text(last_network(store, lane, ColourBy::Country)),
        "operator" => text(last_network(store, lane, ColourBy::Operator)),
        "offline" => offline_ms(store, lane, view.as_of).map(|ms| Key::Number(ms as f64)),
        _ => {
            let row = sim_row(view, lane);
            text(match by {
                "iccid" => row.iccid,
                "radio" => row.radio.map(|radio| radio.label().to_owned()),
                "status" => row.status,
                "imei" => row.imei,
                "provider" => Some(row.provider.as_str().to_owned()),
                _ => Some(row.name),
            })
        }
    }
}

fn session_key(view: &StoreView<'_>, row: u32, by: &str) -> Option<Key> {
    let sessions = view.store.sessions();
    match by {
        "end" => instant(sessions.end(row)),
        "duration" => view.store.duration_ms(row).map(|ms| Key::Number(ms as f64)),
        "" | "start" => instant(view.store.begin(row)),
        _ => {
            let row = session_row(view, row);
            match by {
                "bytes" => row.bytes.map(|n| Key::Number(n as f64)),
                "packets" => row.packets.map(|n| Key::Number(n as f64)),
                "radio" => text(row.radio.map(|radio| radio.label().to_owned())),
                "operator" => text(row.operator.or(row.plmn)),
                "country" => text(row.country),
                "imei" => text(row.imei),
                "provider" => text(Some(row.provider.as_str().to_owned())),
                _ => text(Some(row.name)),
            }
        }
    }
}

fn event_key(view: &StoreView<'_>, row: u32, by: &str) -> Option<Key> {
    let event = event_row(view, row)?;
    match by {
        "name" => text(Some(event.name)),
        "kind" => text(Some(event.event_kind.label().to_owned())),
        "operator" => text(event.operator),
        "country" => text(event.country),
        "signal" => number(event.signal),
        "detail" => text(event.detail),
        _ => instant(event.time),
    }
}

fn usage_key(store: &Store, row: u32, by: &str) -> Option<Key> {
    let usage = usage_row(store, row)?;
    match by {
        "name" => text(usage.name),
        "provider" => text(Some(usage.provider.as_str().to_owned())),
        "to" => usage.to.and_then(instant),
        "up" => usage.bytes_up.map(|n| Key::Number(n as f64)),
        "down" => usage.bytes_down.map(|n| Key::Number(n as f64)),
        "total" => usage.bytes_total.map(|n| Key::Number(n as f64)),
        _ => instant(usage.from),
    }
}

/// For how long no session of a SIM has been open; null while one is, or where nothing is known.
fn offline_ms(store: &Store, lane: u32, as_of: i64) -> Option<i64> {
    if state_of(store, lane, as_of) != SimState::Offline {
        return None;
    }
    last_known(store, lane).map(|at| as_of.saturating_sub(at).max(0))
}

fn sim_row(view: &StoreView<'_>, lane: u32) -> SimRow {
    let store = view.store;
    let sim = store.sim(lane);
    let found = store.lane(lane);
    let last = found.and_then(|lane| lane.sessions.last().copied());
    let radio = last.and_then(|row| store.sessions().kinds(row).radio);
    let imei = last.and_then(|row| store.parts().text(store.sessions().imei(row)));
    let own = |field: fn(&crate::model::Sim<'_>) -> Option<String>| sim.as_ref().and_then(field);
    SimRow {
        lane,
        state: state_of(store, lane, view.as_of),
        name: sim.as_ref().map(name_of).unwrap_or_default(),
        iccid: own(|sim| sim.iccid.as_deref().map(str::to_owned)),
        provider: store
            .provider_of_lane(lane)
            .unwrap_or(crate::model::ProviderId::Kore),
        offline_ms: offline_ms(store, lane, view.as_of),
        last_seen: last_known(store, lane),
        country: last_network(store, lane, ColourBy::Country),
        operator: last_network(store, lane, ColourBy::Operator),
        radio: radio.or(sim.as_ref().and_then(|sim| sim.radio)),
        sessions: found.map_or(0, |lane| lane.sessions.len() as u32),
        events: found.map_or(0, |lane| lane.events.len() as u32),
        status: own(|sim| sim.status.as_deref().map(str::to_owned)),
        imei: imei
            .map(std::borrow::Cow::into_owned)
            .or_else(|| own(|sim| sim.imei.as_deref().map(str::to_owned))),
    }
}

fn session_row(view: &StoreView<'_>, row: u32) -> SessionRow {
    let store = view.store;
    let sessions = store.sessions();
    let lane = store.lane_of_session(row);
    let network = store.parts().network(sessions.network(row));
    let known = |at: i64| (at != NEVER).then_some(at);
    SessionRow {
        session: row,
        lane,
        name: store.sim(lane).as_ref().map(name_of).unwrap_or_default(),
        provider: store.key_of(sessions.sim(row)).0,
        start: known(sessions.start(row)),
        start_kind: sessions.kinds(row).start,
        end: known(sessions.end(row)),
        end_kind: sessions.kinds(row).end,
        duration_ms: store.duration_ms(row),
        radio: sessions.kinds(row).radio,
        radio_reported: sessions
            .radio_reported(store.parts(), row)
            .map(str::to_owned),
        plmn: match (network.mcc, network.mnc) {
            (Some(mcc), Some(mnc)) => Some(format!("{mcc}-{mnc}")),
            _ => None,
        },
        operator: network.operator.map(std::borrow::Cow::into_owned),
        country: network.country.map(|country| country.to_string()),
        bytes: store.bytes(row),
        packets: store.packets(row),
        imei: store
            .parts()
            .text(sessions.imei(row))
            .map(std::borrow::Cow::into_owned),
        colour: view.colours.of(store, row),
        fresh: view.fresh.has(Row::Session(row)),
    }
}

fn event_row(view: &StoreView<'_>, row: u32) -> Option<EventTableRow> {
    let store = view.store;
    let event = store.event(row)?;
    let lane = store.lane_of_key(store.event_row(row)?.sim);
    let network = if event.network_after.is_empty() {
        event.network
    } else {
        event.network_after
    };
    let own = |text: std::borrow::Cow<'_, str>| text.into_owned();
    Some(EventTableRow {
        event: row,
        lane,
        name: store.sim(lane).as_ref().map(name_of).unwrap_or_default(),
        time: event.time.ms(),
        event_kind: event.kind,
        reported_kind: event.reported_kind.map(own),
        operator: network.operator.map(own),
        country: network.country.map(|country| country.to_string()),
        signal: event.signal,
        detail: event.detail.map(own),
        fresh: view.fresh.has(Row::Event(row)),
    })
}

fn usage_row(store: &Store, row: u32) -> Option<UsageTableRow> {
    let usage = store.usage_row(row)?;
    let lane = usage.sim.map(|key| store.lane_of_key(key));
    Some(UsageTableRow {
        usage: row,
        lane,
        name: lane.and_then(|lane| store.sim(lane).as_ref().map(name_of)),
        provider: usage.provider,
        from: usage.from.ms(),
        to: ms(usage.to),
        bytes_up: usage.bytes_up,
        bytes_down: usage.bytes_down,
        bytes_total: usage.bytes_total,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stand_in_the_order_of_the_floats() {
        let floats = [f64::MIN, -113.5, -1.0, 0.0, 1e-9, 2.0, 1e18, f64::MAX];
        assert!(floats.map(ordered).is_sorted());
        assert!(
            floats
                .map(|float| !ordered(float))
                .is_sorted_by(|a, b| a > b)
        );
        assert_eq!(ordered(-0.0), ordered(0.0));
        assert!(ordered(f64::MAX) < i64::MAX && !ordered(f64::MIN) < i64::MAX);
    }
}
