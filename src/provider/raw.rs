//! The records of a reply as slices of its text, and what stands around them, without reading what is in them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A reply's records, and the other top-level keys with their JSON.
#[derive(Debug, Clone, Default)]
#[allow(
    clippy::struct_field_names,
    reason = "the records are what a reply is mostly made of"
)]
pub struct Records<'b> {
    /// The text of each record, in order.
    pub records: Vec<&'b str>,
    /// What stands beside the records.
    pub around: Vec<(Cow<'b, str>, &'b str)>,
    /// The key of the array was there, or the reply is a bare array.
    pub has_array: bool,
}

impl<'b> Records<'b> {
    /// Reads the JSON text of a body: a bare array, or an object whose array stands under `key`.
    ///
    /// # Errors
    ///
    /// Why it is not that, short of any value.
    pub fn read(body: &'b [u8], key: &str) -> Result<Self, serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        let records = deserializer.deserialize_any(Reader { key })?;
        deserializer.end()?;
        Ok(records)
    }

    /// The value beside the records under a key as `T`; null where it is missing, null or of another type.
    pub fn around<T: Deserialize<'b>>(&self, key: &str) -> Option<T> {
        let found = self.around.iter().find(|(known, _)| known == key);
        found.and_then(|(_, json)| serde_json::from_str(json).ok())
    }
}

struct Reader<'k> {
    key: &'k str,
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Records<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while let Some(record) = seq.next_element::<&'de RawValue>()? {
            records.push(record.get());
        }
        Ok(Records {
            records,
            around: Vec::new(),
            has_array: true,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = Records::default();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let value = map.next_value::<&'de RawValue>()?.get();
            if key == self.key && value.starts_with('[') {
                found.records = serde_json::from_str::<Vec<&'de RawValue>>(value)
                    .map_err(serde::de::Error::custom)?
                    .into_iter()
                    .map(RawValue::get)
                    .collect();
                found.has_array = true;
            } else {
                found.around.push((key, value));
            }
        }
        Ok(found)
    }
}

/// Whether a text is JSON from its first character to its last.
pub fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// The body with only those of its records whose place in the page `keep` lists: for handing on what is new, as the page had
/// it. The records must be slices of the body.
pub fn with_records(body: &[u8], records: &[&str], keep: &[usize]) -> Option<Vec<u8>> {
    let start = body.as_ptr() as usize;
    let place = |record: &str| (record.as_ptr() as usize).checked_sub(start);
    let first = place(records.first()?)?;
    let last = records.last()?;
    let end = place(last)? + last.len();
    let mut out = body.get(..first)?.to_vec();
    for (at, record) in keep.iter().filter_map(|at| records.get(*at)).enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(record.as_bytes());
    }
    out.extend_from_slice(body.get(end..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_slices_with_what_stands_around_them() {
        let body = br#"{"iccid":"89","sessions":[{"a":1}, {"b":[2]}],"total":2}"#;
        let read = Records::read(body, "sessions").unwrap();
        assert_eq!(read.records, [r#"{"a":1}"#, r#"{"b":[2]}"#]);
        assert_eq!(read.around::<u32>("total"), Some(2));
        assert_eq!(read.around::<u32>("iccid"), None);
        let kept = with_records(body, &read.records, &[1]).unwrap();
        assert_eq!(kept, br#"{"iccid":"89","sessions":[{"b":[2]}],"total":2}"#);
    }

    #[test]
    fn a_bare_array_and_an_object_without_the_key_are_told_apart() {
        assert!(Records::read(b"[1,2]", "x").unwrap().has_array);
        let other = Records::read(br#"{"message":"no"}"#, "x").unwrap();
        assert!(!other.has_array && other.records.is_empty());
    }

    #[test]
    fn cut_off_and_trailing_text_are_errors() {
        assert!(Records::read(br#"{"a":[1,2"#, "a").is_err());
        assert!(Records::read(b"[1] <html>", "a").is_err());
        assert!(Records::read(b"<html>", "a").is_err());
    }
}
