//! The calls of the GlobalSIM API: which of them answers what, and what an identifier in a path may be.

use crate::error::Error;
use crate::provider::query::{Query, Target, What};
use crate::provider::request::encoded;

use super::super::ID;

/// A call as the vendor documents it.
pub struct Call {
    /// Its name among the answers.
    pub operation: &'static str,
    /// Below the base URL.
    pub path: String,
    /// The key of the array of its records; null where the reply is one object.
    pub array: Option<&'static str>,
    /// It takes `start_date` and `end_date`.
    pub dates: bool,
    /// The other filters it takes.
    pub filters: &'static [&'static str],
}

impl Call {
    /// The call that answers the question.
    pub fn of(query: &Query) -> Result<Self, Error> {
        const NONE: &[&str] = &[];
        let call = |operation, path, array, dates, filters| Self {
            operation,
            path,
            array,
            dates,
            filters,
        };
        let (sessions, activity) = (Some("sessions"), Some("activity"));
        Ok(match (query.what, &query.of) {
            (What::Sessions, Target::Sim(sim)) => {
                let path = format!("/sims/{}/sessions", iccid(&sim.key)?);
                call("SIM sessions", path, sessions, true, NONE)
            }
            (What::Events, Target::Sim(sim)) => {
                let path = format!("/sims/{}/activity", iccid(&sim.key)?);
                call("SIM activity", path, activity, false, &["event_type"])
            }
            (What::Events, Target::Fleet | Target::Sims(_)) => {
                if let Target::Sims(sims) = &query.of {
                    for sim in sims {
                        iccid(&sim.key)?;
                    }
                }
                let filters = &["event_type", "iccid", "device_id"];
                let path = "/sims/activity".to_owned();
                call("All SIM activity", path, activity, true, filters)
            }
            (What::Sim, Target::Device(id)) => {
                let path = format!("/devices/{}/sim", device(id)?);
                call("Device SIM information", path, None, false, NONE)
            }
            // The parameters of these two are not shown; "format identical" is taken to cover them.
            (What::Sessions, Target::Device(id)) => {
                let path = format!("/devices/{}/sim/sessions", device(id)?);
                call("Device SIM sessions", path, sessions, true, NONE)
            }
            (What::Events, Target::Device(id)) => {
                let path = format!("/devices/{}/sim/activity", device(id)?);
                call(
                    "Device SIM activity",
                    path,
                    activity,
                    false,
                    &["event_type"],
                )
            }
            _ => return Err(Error::input(ID, "This vendor has no such call.")),
        })
    }
}

/// An ICCID as a path segment. `/sims/activity` and `/sims/billing` stand on the same level, so that anything but digits could
/// be another call's name.
fn iccid(text: &str) -> Result<String, Error> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::input(
            ID,
            format!("{text:?} is no ICCID, which holds digits alone."),
        ));
    }
    Ok(encoded(text))
}

/// A device's ID as a path segment; dots alone would lead to another path.
pub fn device(text: &str) -> Result<String, Error> {
    if matches!(text, "" | "." | "..") {
        return Err(Error::input(ID, format!("{text:?} is no device ID.")));
    }
    Ok(encoded(text))
}
