//! What the inspector shows of one session, one SIM or one event. Sums are made elsewhere.

use crate::model::Network;
use crate::store::{NEVER, RecordAt, Store};
use crate::timeline::LaneView;

use super::lanes::name_of;
use super::marks;
use super::protocol::{Inspection, ListedName, RawAt, Selection};
use super::state::state_of;
use super::view::StoreView;

/// The inspector under a selection. `host_document` gives the host's number of a document.
pub fn inspect(
    view: &StoreView<'_>,
    selection: &Selection,
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
        out.marks.event = marks::of_event(store, event);
        out.records = raw(&row.record).into_iter().collect();
        for network in [&found.network, &found.network_before, &found.network_after] {
            note_name(store, network, &mut out.names);
        }
    }
    if let Some(row) = selection.session {
        session(view, row, &mut out);
        out.marks.session = Some(marks::of_session(store, row));
        out.records = store
            .sessions()
            .records(row)
            .iter()
            .filter_map(raw)
            .collect();
    }
    if let Some(lane) = selection.lane {
        out.marks.lane = marks::of_lane(store, lane);
        if let Some(sim) = &store.sim(lane) {
            out.sim = serde_json::to_string(sim).ok();
            out.name = Some(name_of(sim));
            note_name(store, &sim.network, &mut out.names);
        }
        out.state = Some(state_of(store, lane, view.as_of));
    }
    out
}

fn session(view: &StoreView<'_>, row: u32, out: &mut Inspection) {
    let store = view.store;
    let begin = store.begin(row);
    out.drawn = (begin != NEVER).then(|| (begin, store.light_until(row)));
    let found = store.session(row);
    out.session = serde_json::to_string(&found).ok();
    note_name(store, &found.network, &mut out.names);
    for segment in &found.segments {
        note_name(store, &segment.network, &mut out.names);
    }
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
    let looked_up = store.looked_up(
        store.sessions().network(row),
        store.sessions().cell(row),
        store.sessions().kinds(row).radio,
    );
    let own = store.parts().place(store.sessions().place(row));
    if own.lat.is_none()
        && let Some((_, credit)) = looked_up
    {
        out.attribution = (!credit.is_empty()).then(|| credit.to_owned());
    }
}

/// Notes what a network without a name of its vendor's is called.
fn note_name(store: &Store, network: &Network<'_>, names: &mut Vec<ListedName>) {
    if network.operator.is_none()
        && let (Some(mcc), Some(mnc)) = (network.mcc, network.mnc)
        && let Some(name) = store.parts().operator_of(network)
    {
        let listed = ListedName {
            plmn: format!("{mcc}-{mnc}"),
            assumed: network.mnc_assumed,
            name: name.to_owned(),
        };
        if !names.contains(&listed) {
            names.push(listed);
        }
    }
}
