//! What an answer says besides its rows: its SIMs, and where the next page begins.

use serde::Deserialize;

use crate::provider::json::{Object, Str};
use crate::provider::query::{Cursor, Page, Query, SimKey, Target};
use crate::provider::raw::Records;
use crate::provider::request::Reply;

#[derive(Deserialize)]
struct Event<'b> {
    #[serde(borrow)]
    iccid: Option<Str<'b>>,
}

#[derive(Deserialize)]
struct Device<'b> {
    #[serde(borrow)]
    sim: Option<Object<Event<'b>>>,
}

/// The SIMs of a page of activity, one for each event: the driver learns from them of which SIMs to ask more. An event that
/// names none, or another than those asked for, has an empty one. SIMs that were named and have no event follow.
pub fn sims_of_activity(found: &Records<'_>, query: &Query, first_page: bool) -> Vec<SimKey> {
    let of_events = |sim: &dyn Fn(&str) -> SimKey| {
        let sims = found.records.iter().map(|record| sim(record));
        sims.collect::<Vec<_>>()
    };
    let (mut sims, named): (_, &[SimKey]) = match &query.of {
        Target::Sim(asked) => (of_events(&|_| asked.clone()), std::slice::from_ref(asked)),
        Target::Sims(asked) => {
            let one_of_asked = |record: &str| {
                let iccid = iccid_of_event(record).unwrap_or_default();
                let sim = asked.iter().find(|sim| sim.is(&iccid));
                sim.cloned().unwrap_or_default()
            };
            (of_events(&one_of_asked), asked)
        }
        Target::Device(id) => {
            let iccid: Option<Str<'_>> = found.around("iccid");
            let sim = iccid.map(|iccid| SimKey::new(iccid.0).also(Some(id.as_str())));
            let sim = sim.unwrap_or_default();
            (of_events(&|_| sim.clone()), &[])
        }
        _ => {
            let any = |record: &str| iccid_of_event(record).map(SimKey::new).unwrap_or_default();
            (of_events(&any), &[])
        }
    };
    if first_page {
        sims.extend_from_slice(named);
    }
    sims
}

fn iccid_of_event(record: &str) -> Option<String> {
    let event: Event<'_> = serde_json::from_str(record).ok()?;
    event.iccid.map(|iccid| iccid.0.into_owned())
}

/// A device with its SIM, or without one.
pub fn device_page<'b>(query: &Query, reply: &'b Reply) -> Page<'b> {
    let text = std::str::from_utf8(&reply.body).unwrap_or_default().trim();
    let read: Option<Device<'_>> = serde_json::from_str(text).ok();
    let linked = read
        .and_then(|device| device.sim)
        .and_then(|sim| sim.0.iccid);
    let sim = match (linked, &query.of) {
        (Some(iccid), Target::Device(id)) => SimKey::new(iccid.0).also(Some(id.as_str())),
        _ => SimKey::default(),
    };
    Page {
        records: vec![text],
        sims: vec![sim],
        ..Page::default()
    }
}

/// Where the next page begins. A full page may have one; so may a short one whose `total` is larger, for the vendor may keep
/// to a smaller page than was asked for and only one of its answers says so. That `total` counts the page alone, or all that
/// there ever was, cannot be ruled out: it ends nothing, and an empty page ends everything.
pub fn next(found: &Records<'_>, asked: usize, offset: usize) -> Option<Cursor> {
    let limit = found.around("limit").filter(|limit| *limit > 0);
    let reached = offset.saturating_add(found.records.len());
    let total: Option<usize> = found.around("total");
    let full = found.records.len() >= limit.unwrap_or(asked);
    let more = full || total.is_some_and(|total| total > reached);
    (more && !found.records.is_empty()).then(|| Cursor(reached.to_string()))
}
