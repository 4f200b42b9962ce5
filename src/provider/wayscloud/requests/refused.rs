//! What a refusal of WAYSCloud says: `{error: {code, message, details}}` as documented, `{detail}` of the framework beneath it
//! (a text, an object, or a list of `{msg}`), `{message}`, or a gateway's plain text. Read in the order of the vendor's own
//! library: `detail`, `error`, `message`.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind};
use crate::provider::refusal::{of_status, unreadable};
use crate::provider::request::Reply;

use super::super::ID;

/// How much of a message is shown.
const SHOWN_CHARS: usize = 200;

/// Why a key that is known may still be refused.
const IP_HINT: &str = "The key may lack that permission, or be limited to listed IP addresses that yours is not among.";

/// Reads a refusal.
pub fn refusal(operation: &'static str, reply: &Reply) -> Error {
    let mut error = of_status(ID, operation, reply);
    let said = std::str::from_utf8(&reply.body).map_or_else(|_| Said::default(), Said::read);
    match said.code.as_deref() {
        Some("AUTH_FAILED") => error.kind = ErrorKind::BadSecret,
        Some("INSUFFICIENT_PERMISSIONS") => error.kind = ErrorKind::Forbidden,
        _ => {}
    }
    error.code = said.code;
    error.message = said.message.or(error.message);
    if error.kind == ErrorKind::Forbidden {
        error.message = Some(match error.message {
            Some(message) => format!("{}. {IP_HINT}", message.trim_end_matches('.')),
            None => IP_HINT.to_owned(),
        });
    }
    error
}

/// A reply of 2xx that is not the answer: a refusal in disguise, else something that cannot be read.
pub fn disguised(operation: &'static str, reply: &Reply) -> Error {
    let mut error = refusal(operation, reply);
    if error.kind != ErrorKind::NotJson {
        return error;
    }
    // Plain text is no refusal that is known of; what was cut off is no refusal at all.
    if serde_json::from_slice::<&RawValue>(&reply.body).is_err()
        || error.code.is_none() && error.message.is_none()
    {
        return unreadable(ID, operation, reply);
    }
    error.kind = ErrorKind::Refused;
    error
}

/// What was found in a body.
#[derive(Debug, Default)]
struct Said {
    code: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
struct Wire<'b> {
    #[serde(borrow)]
    code: Option<&'b RawValue>,
    detail: Option<&'b RawValue>,
    error: Option<&'b RawValue>,
    message: Option<&'b RawValue>,
    msg: Option<&'b RawValue>,
}

impl Said {
    /// Reads JSON of any of the shapes; anything else says nothing.
    fn read(json: &str) -> Self {
        match json.trim_start().bytes().next() {
            Some(b'"') => Self {
                code: None,
                message: text(json),
            },
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
                let said: Vec<Self> = items.iter().map(|item| Self::read(item.get())).collect();
                let messages: Vec<String> =
                    said.into_iter().filter_map(|said| said.message).collect();
                Self {
                    code: None,
                    message: shown(&messages.join("; ")),
                }
            }
            Some(b'{') => serde_json::from_str(json).map_or_else(|_| Self::default(), Self::of),
            _ => Self::default(),
        }
    }

    fn of(wire: Wire<'_>) -> Self {
        let mut said = Self {
            code: wire.code.and_then(|code| text(code.get())),
            message: None,
        };
        for inner in [wire.detail, wire.error, wire.message, wire.msg] {
            let deeper = inner
                .map(|inner| Self::read(inner.get()))
                .unwrap_or_default();
            said.code = said.code.or(deeper.code);
            said.message = said.message.or(deeper.message);
        }
        said
    }
}

/// A string that is not empty.
fn text(json: &str) -> Option<String> {
    shown(&serde_json::from_str::<String>(json).ok()?)
}

fn shown(text: &str) -> Option<String> {
    let shown: String = text.trim().chars().take(SHOWN_CHARS).collect();
    (!shown.is_empty()).then_some(shown)
}
