//! Reading one record at a time out of the bytes of an answer, and the few value spellings that
//! several vendors share. Records borrow from the bytes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::field_path::field_path;
use super::pull::{Pulled, pull};
use crate::model::Text;

/// Why a record could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The bytes end inside the record: more must arrive.
    Incomplete,
    /// The record names no SIM, and [`super::Record::sim`] was not given: the visitor must be asked.
    NoSim,
    /// The text is not JSON. `offset` counts bytes from the record's start.
    Syntax {
        /// Bytes from the record's start.
        offset: usize,
        /// What was found.
        message: String,
    },
    /// The record is JSON, but a field is of a wrong type or unreadable.
    Bad {
        /// The field, as a path: `cell.eci`; empty where it is the record itself.
        field: String,
        /// What is wrong with it, without the value.
        message: String,
    },
}

impl ReadError {
    /// A field that is there but cannot be read.
    pub fn bad(field: &str, message: impl Into<String>) -> Self {
        Self::Bad {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

/// Bytes that are to be read as JSON. That they are text may be known already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<'a> {
    bytes: &'a [u8],
    text: Option<&'a str>,
}

impl<'a> Json<'a> {
    /// The bytes.
    pub fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// The same as text; null where it is not known to be text.
    pub fn text(self) -> Option<&'a str> {
        self.text
    }
}

impl<'a> From<&'a [u8]> for Json<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self { bytes, text: None }
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Json<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        bytes.as_slice().into()
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            text: Some(text),
        }
    }
}

/// Reads the value that begins at the first byte, and its length in bytes. What follows it is not
/// looked at.
///
/// # Errors
///
/// As [`ReadError`] says.
pub(crate) fn one<'a, T: Pulled<'a>>(json: impl Into<Json<'a>>) -> Result<(T, usize), ReadError> {
    let json = json.into();
    let Some(read) = pull(json) else {
        return slowly(json.bytes());
    };
    #[cfg(test)]
    assert_eq!(
        slowly::<T>(json.bytes()).map(|read| format!("{read:?}")),
        Ok(format!("{read:?}")),
        "both ways read the same"
    );
    Ok(read)
}

/// As [`one`]: the way for all that is not as expected. Kept apart, it does not weigh down the other.
#[cold]
#[inline(never)]
fn slowly<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<(T, usize), ReadError> {
    let mut stream = serde_json::Deserializer::from_slice(json).into_iter::<T>();
    match stream.next() {
        Some(Ok(value)) => Ok((value, stream.byte_offset())),
        None => Err(ReadError::Incomplete),
        Some(Err(error)) => Err(explain(json, &error)),
    }
}

fn explain(json: &[u8], error: &serde_json::Error) -> ReadError {
    match error.classify() {
        serde_json::error::Category::Eof => ReadError::Incomplete,
        serde_json::error::Category::Data => {
            let message = without_value(&error.to_string());
            ReadError::Bad {
                field: field_path(json, offset_of(json, error), &message),
                message,
            }
        }
        _ => ReadError::Syntax {
            offset: offset_of(json, error),
            message: without_position(&error.to_string()),
        },
    }
}

/// serde's messages may quote the value (`invalid type: string "secret", expected u64`), which may
/// be personal. Keep its type and what was expected.
fn without_value(message: &str) -> String {
    let message = without_position(message);
    let Some((head, tail)) = message.split_once(": ") else {
        return message;
    };
    let Some(expected) = tail.rfind(", expected ") else {
        return message;
    };
    let kind: String = tail[..expected]
        .chars()
        .take_while(|c| c.is_ascii_alphabetic() || *c == ' ')
        .collect();
    format!("{head}: {}{}", kind.trim_end(), &tail[expected..])
}

fn without_position(message: &str) -> String {
    message
        .rfind(" at line ")
        .map_or(message, |at| &message[..at])
        .to_owned()
}

fn offset_of(json: &[u8], error: &serde_json::Error) -> usize {
    let line_start = if error.line() <= 1 {
        0
    } else {
        json.iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(error.line() - 2)
            .map_or(0, |(at, _)| at + 1)
    };
    (line_start + error.column().saturating_sub(1)).min(json.len())
}

/// A string that borrows from the answer unless it holds escapes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Str<'a>(pub Cow<'a, str>);

impl<'a> Str<'a> {
    /// The text, or null where it is empty, which several vendors write for "none".
    pub fn non_empty(self) -> Option<Text<'a>> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

struct StrVisitor;

impl<'de> Visitor<'de> for StrVisitor {
    type Value = Str<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Str(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Str(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Str(Cow::Owned(text)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(StrVisitor)
    }
}

/// Null or an empty string is none; any other string is the text.
pub fn text(value: Option<Str<'_>>) -> Option<Text<'_>> {
    value.and_then(Str::non_empty)
}

/// A field that vendors send as a string or as a whole number: a PLMN part, an IMEI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Digits<'a> {
    /// As a string; its zeros count.
    Text(Cow<'a, str>),
    /// As a number; leading zeros are lost.
    Number(u64),
}

struct DigitsVisitor;

impl<'de> Visitor<'de> for DigitsVisitor {
    type Value = Digits<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("digits as a string or a whole number")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Digits::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Digits::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Digits::Number(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        u64::try_from(number)
            .map(Digits::Number)
            .map_err(|_| E::invalid_value(de::Unexpected::Other("a negative number"), &self))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Digits<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DigitsVisitor)
    }
}

/// An object, and nothing else: a derived struct alone would take an array of its fields as well.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map))
            }
        }
        deserializer
            .deserialize_map(Fields(std::marker::PhantomData))
            .map(Object)
    }
}

/// Lets structs, which derive their reader with `#[serde(remote = "Self")]`, be read from an object and nothing else, as
/// [`Object`] does where a struct stands for itself. Half of what is derived, the reading from an array, is then left out.
macro_rules! objects {
    ($($name:ident $(<$life:lifetime>)?,)*) => {$(
        impl<'de $(: $life, $life)?> serde::Deserialize<'de> for $name $(<$life>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields<T>(std::marker::PhantomData<T>);
                impl<'de $(: $life, $life)?> serde::de::Visitor<'de> for Fields<$name $(<$life>)?> {
                    type Value = $name $(<$life>)?;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                        $name::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    }
                }
                deserializer.deserialize_map(Fields(std::marker::PhantomData))
            }
        }
    )*};
}
pub(in crate::provider) use objects;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::pull::pulled;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Wire<'a> {
        #[serde(borrow)]
        name: Option<Str<'a>>,
        count: Option<u32>,
    }

    #[derive(Debug, Deserialize)]
    struct Point {
        lat: Option<f64>,
        lon: Option<f64>,
    }

    pulled! {
        Wire<'a> { name: "name", count: "count", }
        Point { lat: "lat", lon: "lon", }
    }

    #[test]
    fn a_record_is_read_up_to_its_end_and_borrows() {
        let json = br#"{"name":"a","count":1}, {"name""#;
        let (wire, length) = one::<Wire<'_>>(json).unwrap();
        assert_eq!(length, 22);
        assert!(matches!(wire.name, Some(Str(Cow::Borrowed("a")))));
        assert_eq!(wire.count, Some(1));
    }

    #[test]
    fn cut_off_wrong_and_broken_are_told_apart() {
        assert_eq!(
            one::<Wire<'_>>(br#"{"name":"a"#).unwrap_err(),
            ReadError::Incomplete
        );
        assert_eq!(
            one::<Wire<'_>>(br#"{"count":"13 High Street"}"#).unwrap_err(),
            ReadError::bad("count", "invalid type: string, expected u32")
        );
        assert!(matches!(
            one::<Wire<'_>>(br#"{"count":,}"#).unwrap_err(),
            ReadError::Syntax { offset: 9, .. }
        ));
    }

    #[test]
    fn an_array_is_no_object() {
        let (point, _) = one::<Object<Point>>(br#"{"lat":1}"#).unwrap();
        assert_eq!((point.0.lat, point.0.lon), (Some(1.0), None));
        assert_eq!(
            one::<Object<Point>>(b"[1,2]").unwrap_err(),
            ReadError::bad("", "invalid type: sequence, expected an object")
        );
        assert_eq!(
            one::<Object<Point>>(br#"{"lat":"1"}"#).unwrap_err(),
            ReadError::bad("lat", "invalid type: string, expected f64")
        );
    }

    #[test]
    fn escapes_are_read() {
        let (wire, _) = one::<Wire<'_>>(br#"{"name":"K\u00f8benhavn \"4\""}"#).unwrap();
        assert_eq!(text(wire.name).as_deref(), Some("København \"4\""));
    }
}
