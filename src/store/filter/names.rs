//! Which SIMs have a name or an identifier that is asked for. A SIM is known by its keys, by what lists say
//! of it, and by what its sessions report.

use super::values::{Memo, Values};
use crate::model::Sim;
use crate::store::Store;
use crate::store::interner::{NONE, TextId};
use crate::store::sims::Lane;

/// What is asked for, with what was found.
#[derive(Debug)]
pub(super) struct Names {
    values: Values,
    /// Only ICCIDs count.
    iccids: bool,
    memo: Memo,
    /// By lane: whether a text is known, and whether one fits.
    found: Vec<(bool, bool)>,
}

impl Names {
    pub fn new(values: Values, iccids: bool) -> Self {
        Self {
            values,
            iccids,
            memo: Memo::default(),
            found: Vec::new(),
        }
    }

    /// The answer for a lane, after [`look_up`].
    pub fn verdict(&self, lane: u32) -> bool {
        let (any, fits) = self.found.get(lane as usize).copied().unwrap_or_default();
        self.values.verdict(any, fits)
    }

    fn take(&mut self, lane: u32, text: &str) {
        if let Some(found) = self.found.get_mut(lane as usize) {
            found.0 = true;
            found.1 = found.1 || self.values.fits(text);
        }
    }

    /// What the lists say.
    fn look_at(&mut self, store: &Store, lane: u32, of: &Lane) {
        if !self.iccids {
            for key in &of.keys {
                self.take(lane, &store.key_of(*key).1);
            }
        }
        if let Some(name) = store.label(lane).and_then(|label| label.name.as_deref())
            && !self.iccids
        {
            self.take(lane, name);
        }
        let Some(sim) = of.sim.as_deref() else {
            return;
        };
        let iccids = sim.iccid.iter().chain(&sim.iccids);
        iccids.for_each(|text| self.take(lane, text));
        if !self.iccids {
            own_names(sim).for_each(|text| self.take(lane, text));
        }
    }

    fn look_at_id(&mut self, store: &Store, lane: u32, id: TextId) {
        let Some(found) = self.found.get_mut(lane as usize).filter(|found| !found.1) else {
            return;
        };
        found.0 = true;
        found.1 = self.memo.fits(&self.values, &store.parts.texts, 0, id);
    }
}

/// Names and identifiers of a SIM beside its keys and ICCIDs.
fn own_names<'a>(sim: &'a Sim<'static>) -> impl Iterator<Item = &'a str> {
    let texts = [
        &sim.name,
        &sim.msisdn,
        &sim.imei,
        &sim.eid,
        &sim.device_id,
        &sim.device_name,
    ];
    let texts = texts.into_iter().flatten().chain(&sim.imsis);
    texts.map(std::convert::AsRef::as_ref)
}

/// Goes through all SIMs and, once for all that is asked, through the identifiers of all sessions.
pub(super) fn look_up(store: &Store, asked: &mut [Names]) {
    if asked.is_empty() {
        return;
    }
    for names in asked.iter_mut() {
        names.found = vec![(false, false); store.lane_end() as usize];
        for (lane, of) in store.sims.iter() {
            names.look_at(store, lane, of);
        }
    }
    // Sessions of a SIM mostly report the same.
    let mut last = vec![[NONE; 3]; store.sims.key_count() as usize];
    for row in 0..store.sessions.len() {
        let key = store.sessions.sim(row);
        let now = [
            store.sessions.iccid(row),
            store.sessions.imsi(row),
            store.sessions.imei(row),
        ];
        let Some(last) = last.get_mut(key as usize).filter(|last| **last != now) else {
            continue;
        };
        // What was merged into another row does not count.
        if store.sessions.kinds(row).dead {
            continue;
        }
        *last = now;
        let lane = store.sims.lane_of(key);
        let [iccid, imsi, imei] = now;
        for names in asked.iter_mut() {
            let ids = if names.iccids {
                [iccid, NONE, NONE]
            } else {
                [iccid, imsi, imei]
            };
            for id in ids.into_iter().filter(|id| *id != NONE) {
                names.look_at_id(store, lane, id);
            }
        }
    }
}
