//! The SIM moved to another device: its sessions come with the IMEI of another one than before. Stolen SIMs show so, and
//! repairs.
//!
//! **Definition.** A session's device differs from the one that the SIM's session before it was in. A device is the first 14
//! digits of its IMEI (3GPP TS 23.003, 6.2: type allocation code of eight digits and serial number of six). The fifteenth
//! is a check digit that networks send as 0, the last two of an IMEISV's 16 tell the software's version, which an update
//! changes. Leading zeros may be lost where a vendor writes it as a number. When the SIM comes back to one of the devices
//! of the change before, it is the same finding, with one change more.
//!
//! **Stays silent at** sessions without an IMEI (nothing is known of their device), all zeros, texts that are no IMEI, and
//! the same device in other spellings.

use serde::{Deserialize, Serialize};

use super::lane::{LaneRows, Seen};
use super::{Figures, Finding, Rule, Severity};
use crate::store::Store;

/// When another IMEI is another device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How many sessions at least the SIM is in the new device until the data end or it is in another: 1 tells of a SIM that
    /// was tried out elsewhere.
    pub sessions: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sessions: 1 }
    }
}

/// A device, by type allocation code and serial number, as far as its IMEI can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// The 14 digits.
    digits: u64,
    /// What they are if the text is an IMEI that lost a leading zero, and not one without its check digit.
    or_digits: u64,
}

impl Device {
    /// Reads an IMEI (15 digits, 14 without check digit, or fewer where leading zeros were lost) or an IMEISV (16). Null
    /// for anything else.
    pub fn read(imei: &str) -> Option<Self> {
        let text = imei.trim();
        if !(12..=16).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u64 = text.parse().ok()?;
        let (digits, or_digits) = match text.len() {
            16 => (number / 100, number / 100),
            14 => (number, number / 10),
            _ => (number / 10, number / 10),
        };
        (digits > 0 && or_digits > 0).then_some(Self { digits, or_digits })
    }

    /// Whether both may be the same device.
    pub fn is(self, other: Self) -> bool {
        self.digits == other.digits
            || self.digits == other.or_digits
            || self.or_digits == other.digits
    }

    /// Whether both have the same type allocation code.
    pub fn is_same_model(self, other: Self) -> bool {
        self.digits / 1_000_000 == other.digits / 1_000_000
    }
}

/// A device with the sessions that show it.
#[derive(Debug, Clone, Copy)]
struct Stay<'a> {
    device: Device,
    first: &'a Seen,
    last: &'a Seen,
    sessions: u32,
}

/// Finds the changes of a lane.
pub fn find(store: &Store, rows: &LaneRows<'_>, limits: &Limits, out: &mut Vec<Finding>) {
    if !rows.imeis {
        return;
    }
    let first_of_lane = out.len();
    let mut before: Option<Stay<'_>> = None;
    let mut now: Option<Stay<'_>> = None;
    let mut read = (0, None);
    for seen in rows.seen {
        if seen.imei != read.0 {
            let text = store.parts().texts.get(seen.imei);
            read = (seen.imei, text.and_then(Device::read));
        }
        let Some(device) = read.1 else { continue };
        match &mut now {
            Some(stay) if stay.device.is(device) => {
                stay.last = seen;
                stay.sessions += 1;
                continue;
            }
            _ => {}
        }
        let next = Stay {
            device,
            first: seen,
            last: seen,
            sessions: 1,
        };
        if let Some(stay) = now.replace(next) {
            end(
                store,
                rows.lane,
                limits,
                &mut before,
                stay,
                (first_of_lane, out),
            );
        }
    }
    if let Some(stay) = now {
        end(
            store,
            rows.lane,
            limits,
            &mut before,
            stay,
            (first_of_lane, out),
        );
    }
}

/// A stay in a device is over: it counts if it was long enough, and is a change where one was before.
fn end<'a>(
    store: &Store,
    lane: u32,
    limits: &Limits,
    before: &mut Option<Stay<'a>>,
    stay: Stay<'a>,
    (first_of_lane, out): (usize, &mut Vec<Finding>),
) {
    if stay.sessions < limits.sessions {
        return;
    }
    let Some(old) = before
        .replace(stay)
        .filter(|old| !old.device.is(stay.device))
    else {
        return;
    };
    let of_lane = out.get_mut(first_of_lane..).unwrap_or_default();
    if let Some(known) = of_lane
        .last_mut()
        .filter(|known| comes_back(known, stay.device))
    {
        known.to = stay.first.begin;
        known.sessions.extend([old.last.row, stay.first.row]);
        known.sessions.dedup();
        if let Figures::ImeiChanged { changes, .. } = &mut known.figures {
            *changes += 1;
        }
        // Between two devices all the time: nobody repairs that often.
        known.severity = Severity::Critical;
        return;
    }
    let same_model = old.device.is_same_model(stay.device);
    let text = |seen: &Seen| {
        let text = store.parts().texts.get(seen.imei);
        text.unwrap_or_default().to_owned()
    };
    out.push(Finding {
        rule: Rule::ImeiChanged,
        severity: if same_model {
            Severity::Notice
        } else {
            Severity::Warning
        },
        lanes: vec![lane],
        from: old.last.solid.min(stay.first.begin),
        to: stay.first.begin,
        sessions: vec![old.last.row, stay.first.row],
        events: Vec::new(),
        figures: Figures::ImeiChanged {
            before: text(old.last),
            after: text(stay.first),
            changes: 1,
            same_model,
        },
    });
}

/// Whether a finding is of a change from or to that device.
fn comes_back(finding: &Finding, device: Device) -> bool {
    let Figures::ImeiChanged { before, after, .. } = &finding.figures else {
        return false;
    };
    let mut known = [before, after]
        .into_iter()
        .filter_map(|imei| Device::read(imei));
    known.any(|known| known.is(device))
}

#[cfg(test)]
mod tests;
