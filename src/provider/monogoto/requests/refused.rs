//! What a refusal of Monogoto says. The bodies of its errors are not documented: the envelope `{Success, Message}`, the newer
//! API's `{message}`, `{error}` and plain text are read.

use serde::Deserialize;

use crate::error::{Error, ErrorKind};
use crate::provider::json::Str;
use crate::provider::refusal::{of_status, unreadable};
use crate::provider::request::Reply;

use super::ID;

/// How much of a message is shown.
const SHOWN_CHARS: usize = 200;

#[derive(Deserialize)]
struct Wire<'b> {
    #[serde(rename = "Success")]
    success: Option<bool>,
    #[serde(borrow, rename = "Message")]
    own: Option<Str<'b>>,
    message: Option<Str<'b>>,
    error: Option<Str<'b>>,
}

fn read(body: &[u8]) -> Option<Wire<'_>> {
    serde_json::from_slice(body).ok()
}

/// Whether it is an envelope with `Success: false`, which comes with status 200 as well.
pub fn says_no(body: &[u8]) -> bool {
    read(body).is_some_and(|wire| wire.success == Some(false))
}

/// Reads a refusal.
pub fn refusal(operation: &'static str, reply: &Reply) -> Error {
    let mut error = of_status(ID, operation, reply);
    let texts = read(&reply.body).map(|wire| [wire.own, wire.message, wire.error]);
    let said = texts
        .into_iter()
        .flatten()
        .flatten()
        .find_map(Str::non_empty);
    let said = said.map(|text| text.chars().take(SHOWN_CHARS).collect());
    error.message = said.or_else(|| quoted(&reply.body)).or(error.message);
    error
}

/// A body that is one JSON string: `"Access denied"`.
fn quoted(body: &[u8]) -> Option<String> {
    let text: String = serde_json::from_slice(body).ok()?;
    let shown: String = text.trim().chars().take(SHOWN_CHARS).collect();
    (!shown.is_empty()).then_some(shown)
}

/// A reply of 2xx that is not the answer.
pub fn disguised(operation: &'static str, reply: &Reply) -> Error {
    if says_no(&reply.body) {
        return Error {
            kind: ErrorKind::Refused,
            ..refusal(operation, reply)
        };
    }
    unreadable(ID, operation, reply)
}
