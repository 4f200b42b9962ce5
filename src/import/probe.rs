//! Which answer an object is: a page whose records follow, a record itself, or nothing known.

use crate::model::ProviderId;
use crate::provider::pull;
use crate::provider::{self, Answer, Envelope, Layout, ReadError, Shape, ValueKind};

use super::cursor::{Next, next_key, value_length};

/// What an object turned out to be. Indices count from the object's first byte.
#[derive(Debug)]
pub enum Found {
    /// A page. What stood before its records is in the envelope.
    Page {
        answer: Answer,
        envelope: Envelope,
        /// Index of the first byte of the array of records.
        records: usize,
        /// The page had to be read to its end first; the index after it.
        end: Option<usize>,
    },
    /// A record (or a refusal), complete.
    Record { answer: Answer, length: usize },
    /// Nothing known. Its keys, and its length.
    Unknown { keys: Vec<String>, length: usize },
}

/// How vendors are chosen.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Only this one.
    pub only: Option<ProviderId>,
    /// This one where two have the same answers.
    pub preferred: Option<ProviderId>,
}

impl Choice {
    fn recognise(self, shape: &Shape<'_>) -> Option<Answer> {
        match self.only {
            Some(id) => provider::provider(id).recognise(shape),
            None => provider::recognise(shape, self.preferred),
        }
    }
}

/// Looks at the object that begins at the first byte.
///
/// # Errors
///
/// [`ReadError::Incomplete`] until enough of it is there, [`ReadError::Syntax`].
pub fn probe(bytes: &[u8], choice: Choice) -> Result<Found, ReadError> {
    let mut keys: Vec<(String, ValueKind)> = Vec::new();
    let mut envelope = Envelope::default();
    let mut page: Option<(Answer, usize)> = None;
    let mut at = 1;
    let end = loop {
        let key = match next_key(bytes, at)? {
            Next::End(end) => break end,
            Next::Key(key) => key,
        };
        keys.push((key.key.clone(), key.kind));
        if page.is_none() && key.kind == ValueKind::Array {
            let found = choice.recognise(&shape(&keys, false));
            if let Some(answer) = found
                && let Layout::Page { records, context } = answer.layout
                && records == key.key
            {
                let known = context
                    .iter()
                    .all(|name| keys.iter().any(|(key, _)| key == name));
                if known {
                    return Ok(Found::Page {
                        answer,
                        envelope,
                        records: key.value,
                        end: None,
                    });
                }
                page = Some((answer, key.value));
            }
        }
        let value = bytes.get(key.value..).unwrap_or_default();
        let length = value_length(value).map_err(|error| super::cursor::shift(error, key.value))?;
        let is_records = page.is_some_and(|(_, records)| records == key.value);
        if !is_records && let Some(text) = json_text(value, length) {
            envelope.set(&key.key, text);
        }
        at = key.value + length;
    };
    if let Some((answer, records)) = page {
        return Ok(Found::Page {
            answer,
            envelope,
            records,
            end: Some(end),
        });
    }
    Ok(match choice.recognise(&shape(&keys, true)) {
        Some(answer) if !matches!(answer.layout, Layout::Page { .. }) => Found::Record {
            answer,
            length: end,
        },
        _ => Found::Unknown {
            keys: keys.into_iter().map(|(key, _)| key).collect(),
            length: end,
        },
    })
}

fn json_text(value: &[u8], length: usize) -> Option<&str> {
    std::str::from_utf8(value.get(..length)?).ok()
}

fn shape(keys: &[(String, ValueKind)], complete: bool) -> Shape<'_> {
    Shape {
        keys: keys
            .iter()
            .map(|(key, kind)| (key.as_str(), *kind))
            .collect(),
        complete,
    }
}

/// The first two keys of an object: by them the next record of a list is taken for one of the same
/// answer without looking at the rest.
///
/// # Errors
///
/// As for [`probe`].
pub fn first_keys(bytes: &[u8]) -> Result<[String; 2], ReadError> {
    let mut keys = [String::new(), String::new()];
    let mut at = 1;
    for slot in &mut keys {
        match next_key(bytes, at)? {
            Next::End(_) => break,
            Next::Key(key) => {
                let value = bytes.get(key.value..).unwrap_or_default();
                at = key.value + value_length(value)?;
                *slot = key.key;
            }
        }
    }
    Ok(keys)
}

/// Whether the first two keys of an object are these.
///
/// # Errors
///
/// As for [`first_keys`].
pub fn begins_with(bytes: &[u8], keys: &[String; 2]) -> Result<bool, ReadError> {
    match pull::first_keys(bytes) {
        Some(found) => Ok(keys.each_ref().map(String::as_str) == found),
        None => first_keys(bytes).map(|found| found == *keys),
    }
}
