//! Monogoto's wire to the model: the only home of its quirks. `status` reads the current state,
//! `thing` reads SIMs with their last position, `log` reads the event log, `time` the spellings of
//! instants.

mod log;
mod status;
mod thing;
mod time;

pub(super) use log::log_row;
pub(super) use status::status;
pub(super) use thing::thing;

use crate::model::Text;
use crate::provider::json::Str;

/// What stands before the ICCID in a thing's id. ICCIDs of 16 digits occur as well.
const THING_PREFIX: &str = "ThingId_ICCID_";

/// The text, borrowed; null and empty are none.
fn some<'b>(value: Option<&'b Str<'_>>) -> Option<Text<'b>> {
    value
        .filter(|text| !text.0.is_empty())
        .map(|text| Text::Borrowed(text.0.as_ref()))
}

/// The ICCID inside a thing's id.
fn iccid_of<'b>(thing_id: Option<&'b Str<'_>>) -> Option<Text<'b>> {
    thing_id
        .and_then(|id| id.0.strip_prefix(THING_PREFIX))
        .filter(|iccid| !iccid.is_empty())
        .map(Text::Borrowed)
}
