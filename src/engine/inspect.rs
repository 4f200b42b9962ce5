//! What the inspector shows: one session, one SIM, one event, or sums over a span of time.

use crate::model::Radio;
use crate::store::order::items_by_number;
use crate::store::{NEVER, RecordAt, Store};
use crate::timeline::LaneView;

use super::colours::network_label;
use super::lanes::{name_of, state_of};
use super::protocol::{ColourBy, Inspection, RawAt, Selection, Share, SpanSums};
use super::view::StoreView;

/// The inspector under a selection. `host_document` gives the host's number of a document.
pub fn inspect(
    view: &StoreView<'_>,
    selection: &Selection,
    lists: &dyn Fn(u32) -> bool,
    host_document: &dyn Fn(u32) -> Option<u32>,
) -> Inspection {
    let store = view.store;
    let mut out = Inspection {
        as_of: Some(view.as_of),
        ..Inspection::default()
    };
    let raw = |record: &RecordAt| {
        Some(RawAt {
            document: host_document(record.document)?,
            offset: record.offset,
            length: record.length,
        })
    };
    if let Some(event) = selection.event
        && let (Some(row), Some(found)) = (store.event_row(event), store.event(event))
    {
        out.drawn = Some((row.time.ms(), row.time.ms()));
        out.event = serde_json::to_string(&found).ok();
        out.records = raw(&row.record).into_iter().collect();
    }
    if let Some(row) = selection.session {
        session(view, row, &mut out);
        out.records = store
            .sessions()
            .records(row)
            .iter()
            .filter_map(raw)
            .collect();
    }
    if let Some(lane) = selection.lane {
        out.sim = store
            .sim(lane)
            .and_then(|sim| serde_json::to_string(&sim).ok());
        out.name = store.sim(lane).as_ref().map(name_of);
        out.state = Some(state_of(store, lane, view.as_of));
    }
    if let Some([from, to]) = selection.span {
        out.sums = Some(sums(view, lists, selection.lane, from, to));
    }
    out
}

fn session(view: &StoreView<'_>, row: u32, out: &mut Inspection) {
    let store = view.store;
    let begin = store.begin(row);
    out.drawn = (begin != NEVER).then(|| (begin, store.light_until(row)));
    out.session = serde_json::to_string(&store.session(row)).ok();
    if let Some(lane) = store.lane(store.lane_of_session(row)) {
        let at = lane.sessions.iter().position(|known| *known == row);
        out.position = at.map(|at| (at as u32 + 1, lane.sessions.len() as u32));
    }
    let mut segments = Vec::new();
    view.segments(row, &mut segments);
    let until = store.solid_until(row);
    let ends = segments
        .iter()
        .skip(1)
        .map(|(from, _)| *from)
        .chain([until]);
    out.segments = segments
        .iter()
        .zip(ends)
        .map(|((from, colour), to)| (*from, to, *colour))
        .collect();
    let looked_up = store.looked_up(store.sessions().network(row), store.sessions().cell(row));
    let own = store.parts().place(store.sessions().place(row));
    if own.lat.is_none()
        && let Some((_, attribution)) = looked_up
    {
        out.attribution = store
            .parts()
            .text(attribution)
            .map(std::borrow::Cow::into_owned);
    }
}

fn sums(
    view: &StoreView<'_>,
    lists: &dyn Fn(u32) -> bool,
    only: Option<u32>,
    from: i64,
    to: i64,
) -> SpanSums {
    let store = view.store;
    let mut out = SpanSums {
        from,
        to,
        sessions: 0,
        sims: 0,
        online_ms: 0,
        bytes: None,
        packets: None,
        operators: Vec::new(),
        radios: Vec::new(),
        countries: Vec::new(),
    };
    let mut by: [Vec<Share>; 3] = Default::default();
    let lanes = store
        .lanes()
        .map(|(lane, _)| lane)
        .filter(|lane| lists(*lane) && only.is_none_or(|only| only == *lane));
    for lane in lanes {
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        view.sessions(lane, (from, to), &mut |bar| {
            let stretch = (bar.start.max(from), bar.solid_until.min(to));
            let online = (stretch.1 - stretch.0).max(0);
            stretches.push(stretch);
            out.sessions += 1;
            count_traffic(store, bar.session, &mut out);
            for (sums, label) in by.iter_mut().zip(labels(store, bar.session)) {
                let at = sums.iter().position(|sum| sum.label == label);
                let at = at.unwrap_or_else(|| {
                    sums.push(Share {
                        label,
                        sessions: 0,
                        online_ms: 0,
                    });
                    sums.len() - 1
                });
                if let Some(sum) = sums.get_mut(at) {
                    sum.sessions += 1;
                    sum.online_ms += online;
                }
            }
        });
        out.sims += u32::from(!stretches.is_empty());
        out.online_ms += merged_length(stretches);
    }
    let [operators, radios, countries] = by.map(shares);
    SpanSums {
        operators,
        radios,
        countries,
        ..out
    }
}

fn labels(store: &Store, row: u32) -> [String; 3] {
    let network = store.sessions().network(row);
    let or_unknown = |label: Option<String>| label.unwrap_or_else(|| "unknown".to_owned());
    let radio = store.sessions().kinds(row).radio;
    [
        or_unknown(network_label(store, network, ColourBy::Operator)),
        or_unknown(radio.map(Radio::label).map(str::to_owned)),
        or_unknown(network_label(store, network, ColourBy::Country)),
    ]
}

fn count_traffic(store: &Store, row: u32, out: &mut SpanSums) {
    let traffic = store.sessions().traffic(row);
    let add = |sum: &mut Option<u64>, part: Option<u64>| {
        if let Some(part) = part {
            *sum = Some(sum.unwrap_or(0).saturating_add(part));
        }
    };
    if let Some(total) = traffic.bytes_total {
        add(&mut out.bytes, Some(total));
    } else {
        add(&mut out.bytes, traffic.bytes_up);
        add(&mut out.bytes, traffic.bytes_down);
    }
    add(&mut out.packets, traffic.packets_up);
    add(&mut out.packets, traffic.packets_down);
}

/// Length of the union of stretches that are ordered by their start.
fn merged_length(stretches: Vec<(i64, i64)>) -> i64 {
    let mut covered_until = NEVER;
    let mut length = 0;
    for (from, to) in stretches {
        let from = from.max(covered_until);
        if to > from {
            length += to - from;
            covered_until = to;
        }
    }
    length
}

fn shares(shares: Vec<Share>) -> Vec<Share> {
    items_by_number(shares, |share| -share.online_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_stretches_count_once() {
        assert_eq!(merged_length(vec![(0, 10), (5, 8), (8, 20), (30, 31)]), 21);
        assert_eq!(merged_length(vec![]), 0);
    }
}
