//! Choosing rows by what a host page knows of them: identifiers, not row numbers.

use serde::{Deserialize, Serialize};

use super::Engine;
use super::protocol::{Selection, Update};
use crate::model::ProviderId;
use crate::store::Store;

/// A SIM, and maybe a session or an event of it, as a host page names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The vendor; null for any.
    pub provider: Option<ProviderId>,
    /// The SIM by its key at the vendor, or by ICCID, IMSI, EID, MSISDN or name; null for any, where a session or event is named.
    pub sim: Option<String>,
    /// The session by the vendor's id, or by its start in RFC 3339.
    pub session: Option<String>,
    /// The event by the vendor's id.
    pub event: Option<String>,
}

impl Engine {
    /// Looks for what is wanted and says what of it is there; the page chooses it.
    pub(super) fn choose(&mut self, request: u32, wanted: &Wanted) {
        let selection = find(&self.store, wanted);
        self.send(Update::Chosen { request, selection });
    }
}

/// What is wanted; null where it is not loaded.
fn find(store: &Store, wanted: &Wanted) -> Option<Selection> {
    store.lanes().find_map(|(lane, rows)| {
        if !is_of(store, lane, wanted) {
            return None;
        }
        let found = |selection: Selection| Selection {
            lane: Some(lane),
            ..selection
        };
        if let Some(id) = &wanted.session {
            let session = rows
                .sessions
                .iter()
                .copied()
                .find(|row| is_session(store, *row, id));
            return session.map(|row| {
                found(Selection {
                    session: Some(row),
                    ..Selection::default()
                })
            });
        }
        if let Some(id) = &wanted.event {
            let event = rows.events.iter().copied().find(|row| {
                let event = store.event(*row);
                event.is_some_and(|event| event.id.as_deref() == Some(id))
            });
            return event.map(|row| {
                found(Selection {
                    event: Some(row),
                    ..Selection::default()
                })
            });
        }
        wanted.sim.is_some().then(|| found(Selection::default()))
    })
}

fn is_of(store: &Store, lane: u32, wanted: &Wanted) -> bool {
    let Some(rows) = store.lane(lane) else {
        return false;
    };
    let provider = |key: &u32| {
        let of = store.key_of(*key).0;
        wanted.provider.is_none_or(|wanted| wanted == of)
    };
    if !rows.keys.iter().any(provider) {
        return false;
    }
    let Some(named) = wanted.sim.as_deref() else {
        return true;
    };
    if rows.keys.iter().any(|key| store.key_of(*key).1 == named) {
        return true;
    }
    store.sim(lane).is_some_and(|sim| {
        let label = sim.label.as_ref().and_then(|label| label.name.clone());
        let own = [&sim.iccid, &sim.eid, &sim.msisdn, &sim.name, &label];
        let listed = sim.iccids.iter().chain(&sim.imsis);
        own.into_iter()
            .flatten()
            .chain(listed)
            .any(|known| known == named)
    })
}

fn is_session(store: &Store, row: u32, named: &str) -> bool {
    let session = store.session(row);
    if session.id.as_deref() == Some(named) {
        return true;
    }
    let start = crate::model::Instant::from_rfc3339(named);
    start.is_some() && session.start == start
}
