//! What a reply of another status than 2xx says, as far as HTTP itself tells. The vendors' bodies are the adapters' business.

use super::raw::is_json;
use super::request::Reply;
use crate::error::{Error, ErrorKind};
use crate::model::ProviderId;

/// How much of a plain-text answer is shown.
const SHOWN_CHARS: usize = 200;

/// The kind that a status stands for.
pub fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::BadSecret,
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        408 | 504 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        500..=599 => ErrorKind::Outage,
        200..=299 => ErrorKind::NotJson,
        _ => ErrorKind::Refused,
    }
}

/// An error by the status, with the wait that the reply names and, where the body is plain text, its beginning.
pub fn of_status(provider: ProviderId, operation: &'static str, reply: &Reply) -> Error {
    let wait = reply
        .header("retry-after")
        .and_then(|text| text.trim().parse().ok());
    Error {
        status: Some(reply.status),
        message: plain_text(&reply.body),
        retry_after_ms: wait.map(|seconds: u64| seconds.saturating_mul(1000)),
        ..Error::new(kind_of_status(reply.status), provider, operation)
    }
}

/// A reply of 2xx that cannot be read.
pub fn unreadable(provider: ProviderId, operation: &'static str, reply: &Reply) -> Error {
    Error {
        status: Some(reply.status),
        message: plain_text(&reply.body),
        ..Error::new(ErrorKind::NotJson, provider, operation)
    }
}

/// The first line of a body that is text for people: neither JSON nor a web page, nor nothing.
fn plain_text(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let first = text.lines().next()?.trim();
    if first.is_empty() || first.starts_with(['<', '{', '[']) || is_json(body) {
        return None;
    }
    Some(first.chars().take(SHOWN_CHARS).collect())
}
