//! What the inspector shows of one session, one SIM or one event. Sums are made elsewhere.

use crate::store::{NEVER, RecordAt};
use crate::timeline::LaneView;

use super::lanes::{name_of, state_of};
use super::protocol::{Inspection, RawAt, Selection};
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
