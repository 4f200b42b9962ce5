//! Moving over JSON text without building anything: white space, kinds, keys, whole values.

use serde::de::IgnoredAny;

use crate::provider::json::{Str, one};
use crate::provider::{ReadError, ValueKind};

/// Index of the first byte from `at` on that is no white space.
pub fn skip_space(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .map_or(bytes.len(), |ahead| at + ahead)
}

/// What kind of value begins with that byte; null if none does.
pub fn kind_of(byte: u8) -> Option<ValueKind> {
    Some(match byte {
        b'{' => ValueKind::Object,
        b'[' => ValueKind::Array,
        b'"' => ValueKind::String,
        b't' | b'f' => ValueKind::Bool,
        b'n' => ValueKind::Null,
        b'-' | b'0'..=b'9' => ValueKind::Number,
        _ => return None,
    })
}

/// Length of the value that begins at the first byte.
///
/// # Errors
///
/// [`ReadError::Incomplete`] where it is cut off, [`ReadError::Syntax`] where it is no JSON.
pub fn value_length(bytes: &[u8]) -> Result<usize, ReadError> {
    match bytes.first().copied().and_then(kind_of) {
        // A number or a word may go on after the last byte: it is complete only when something follows.
        Some(ValueKind::Number | ValueKind::Bool | ValueKind::Null) => {
            let length = bytes
                .iter()
                .position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'))
                .ok_or(ReadError::Incomplete)?;
            let word = bytes.get(..length).unwrap_or_default();
            match serde_json::from_slice::<IgnoredAny>(word) {
                Ok(_) => Ok(length),
                Err(error) => Err(ReadError::Syntax {
                    offset: 0,
                    message: error.to_string(),
                }),
            }
        }
        Some(_) => one::<IgnoredAny>(bytes).map(|(_, length)| length),
        None => Err(ReadError::Syntax {
            offset: 0,
            message: "expected a value".to_owned(),
        }),
    }
}

/// A key of an object with its value's first byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAt {
    /// The key.
    pub key: String,
    /// Index of the value's first byte.
    pub value: usize,
    /// The value's kind.
    pub kind: ValueKind,
}

/// What comes next inside an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A key and its value.
    Key(KeyAt),
    /// The object's end; the index is that after its brace.
    End(usize),
}

/// The next key of an object. `at` is the index after its opening brace, after a value, or after a
/// comma.
///
/// # Errors
///
/// As for [`value_length`]; offsets count from the slice's start.
pub fn next_key(bytes: &[u8], at: usize) -> Result<Next, ReadError> {
    let mut at = skip_space(bytes, at);
    if bytes.get(at) == Some(&b',') {
        at = skip_space(bytes, at + 1);
    }
    let wrong = |offset| ReadError::Syntax {
        offset,
        message: "expected a key".to_owned(),
    };
    match bytes.get(at) {
        None => return Err(ReadError::Incomplete),
        Some(b'}') => return Ok(Next::End(at + 1)),
        Some(b'"') => {}
        Some(_) => return Err(wrong(at)),
    }
    let (Str(key), length) =
        one::<Str<'_>>(bytes.get(at..).unwrap_or_default()).map_err(|error| shift(error, at))?;
    let key = key.into_owned();
    at = skip_space(bytes, at + length);
    match bytes.get(at) {
        None => return Err(ReadError::Incomplete),
        Some(b':') => at = skip_space(bytes, at + 1),
        Some(_) => return Err(wrong(at)),
    }
    let first = bytes.get(at).copied().ok_or(ReadError::Incomplete)?;
    let kind = kind_of(first).ok_or_else(|| wrong(at))?;
    Ok(Next::Key(KeyAt {
        key,
        value: at,
        kind,
    }))
}

/// The same error, its offset counted from earlier.
pub fn shift(error: ReadError, by: usize) -> ReadError {
    match error {
        ReadError::Syntax { offset, message } => ReadError::Syntax {
            offset: offset + by,
            message,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_one_by_one() {
        let text = br#"{ "a" : 1, "b":[2]}"#;
        let Next::Key(a) = next_key(text, 1).unwrap() else {
            panic!("a key")
        };
        assert_eq!((a.key.as_str(), a.kind), ("a", ValueKind::Number));
        let after = a.value + value_length(&text[a.value..]).unwrap();
        let Next::Key(b) = next_key(text, after).unwrap() else {
            panic!("a key")
        };
        assert_eq!((b.key.as_str(), b.kind), ("b", ValueKind::Array));
        let after = b.value + value_length(&text[b.value..]).unwrap();
        assert_eq!(next_key(text, after).unwrap(), Next::End(text.len()));
    }

    #[test]
    fn a_number_at_the_end_may_go_on() {
        assert_eq!(value_length(b"12"), Err(ReadError::Incomplete));
        assert_eq!(value_length(b"12,"), Ok(2));
        assert_eq!(value_length(b"nul"), Err(ReadError::Incomplete));
        assert_eq!(value_length(br#"{"a":[1,2"#), Err(ReadError::Incomplete));
    }
}
