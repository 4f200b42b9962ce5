//! By what identifiers a lane is known.

use crate::store::{Lane, Store};

use super::Identifier;
use super::number::{Written, written};

/// Visits all identifiers of a lane, some of them more than once: those of the vendor's lists, its keys, the ICCIDs and IMSIs
/// of its sessions, and the IMEI of the last session that tells one.
pub(super) fn identifiers(store: &Store, lane: &Lane, visit: &mut dyn FnMut(Identifier, &str)) {
    for key in &lane.keys {
        let (_, text) = store.key_of(*key);
        visit(Identifier::Key, &text);
        if let Some(kind) = kind_of_key(&text) {
            visit(kind, &text);
        }
    }
    if let Some(sim) = lane.sim.as_deref() {
        for iccid in sim.iccid.iter().chain(&sim.iccids) {
            visit(Identifier::Iccid, iccid);
        }
        for imsi in &sim.imsis {
            visit(Identifier::Imsi, imsi);
        }
        for (kind, text) in [
            (Identifier::Imei, &sim.imei),
            (Identifier::Eid, &sim.eid),
            (Identifier::Msisdn, &sim.msisdn),
            (Identifier::Key, &sim.device_id),
        ] {
            if let Some(text) = text {
                visit(kind, text);
            }
        }
    }
    of_sessions(store, lane, visit);
}

fn of_sessions(store: &Store, lane: &Lane, visit: &mut dyn FnMut(Identifier, &str)) {
    let (sessions, texts) = (store.sessions(), &store.parts().texts);
    // Most rows of a lane have the same: a number that was looked at is not looked at again.
    let (mut iccid, mut imsi) = (0, 0);
    for row in lane.sessions.iter().copied() {
        let now = sessions.iccid(row);
        if std::mem::replace(&mut iccid, now) != now
            && let Some(text) = texts.get(now)
        {
            visit(Identifier::Iccid, text);
        }
        let now = sessions.imsi(row);
        if std::mem::replace(&mut imsi, now) != now
            && let Some(text) = texts.get(now)
        {
            visit(Identifier::Imsi, text);
        }
    }
    let mut latest_first = lane.sessions.iter().rev();
    if let Some(imei) = latest_first.find_map(|row| texts.get(sessions.imei(*row))) {
        visit(Identifier::Imei, imei);
    }
}

/// Some vendors call a SIM by its ICCID or its IMSI.
fn kind_of_key(key: &str) -> Option<Identifier> {
    if !key.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Written::Number(number) = written(key) else {
        return None;
    };
    match number.digits() {
        [b'8', b'9', rest @ ..] if (16..=18).contains(&rest.len()) => Some(Identifier::Iccid),
        digits if digits.len() == 15 => Some(Identifier::Imsi),
        _ => None,
    }
}
