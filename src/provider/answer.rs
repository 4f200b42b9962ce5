//! An answer of a vendor, as import and transport hand it to an adapter: its shape, by which it is
//! recognised, its envelope and its records.

use super::json::Json;
use crate::model::{Instant, ProviderId};

/// What kind of JSON value a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// `{...}`
    Object,
    /// `[...]`
    Array,
    /// `"..."`
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`
    Null,
}

/// The top-level keys of a JSON object, with what they hold, in the order of the text. While a
/// page is still arriving, the last key may be the one whose array is about to be read, and the
/// keys after it are not known yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape<'a> {
    /// Key and kind of value.
    pub keys: Vec<(&'a str, ValueKind)>,
    /// The object is complete: no key is missing.
    pub complete: bool,
}

impl Shape<'_> {
    /// The kind of value under a key; null if there is none (yet).
    pub fn kind_of(&self, key: &str) -> Option<ValueKind> {
        self.keys
            .iter()
            .find_map(|(name, kind)| (*name == key).then_some(*kind))
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.kind_of(key).is_some()
    }

    /// Whether all these keys are there.
    pub fn has_all(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.has(key))
    }

    /// Whether one of these keys is there.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// Whether the last key seen so far is this one and holds an array: its page's records follow.
    pub fn ends_with_array(&self, key: &str) -> bool {
        self.keys
            .last()
            .is_some_and(|(name, kind)| *name == key && *kind == ValueKind::Array)
    }
}

/// How an answer holds its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The recognised object is one record itself (alone, in a bare array, or a line of NDJSON).
    Record,
    /// The recognised object is a page whose records are the elements of the array under `records`.
    Page {
        /// The key of the array.
        records: &'static str,
        /// Keys of the page that must be known before its records are read (`iccid`). If one comes
        /// after the records, the page is read to its end first.
        context: &'static [&'static str],
    },
    /// The object is the vendor's error answer, saved by mistake. Its message is told, nothing read.
    Refusal,
}

/// One kind of answer of one vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The vendor.
    pub provider: ProviderId,
    /// The vendor's name of the call: `listSims`, `DataSessions`.
    pub name: &'static str,
    /// The adapter's own number of the answer, for its `match`.
    pub code: u8,
    /// Where the records are.
    pub layout: Layout,
    /// The answer names no SIM: it must be told which one it is about.
    pub needs_sim: bool,
    /// The answer may also be about the whole account, so that "no SIM" is a choice.
    pub allows_account: bool,
    /// Another vendor has the very same shape, so the vendor is an assumption until a
    /// page or record says otherwise through [`crate::provider::Rows::vendor`].
    pub shared_with: Option<ProviderId>,
}

impl Answer {
    /// An answer whose object is a record that names its SIM.
    pub const fn record(provider: ProviderId, code: u8, name: &'static str) -> Self {
        Self {
            provider,
            name,
            code,
            layout: Layout::Record,
            needs_sim: false,
            allows_account: false,
            shared_with: None,
        }
    }

    /// An answer whose object is a page of records.
    pub const fn page(
        provider: ProviderId,
        code: u8,
        name: &'static str,
        records: &'static str,
        context: &'static [&'static str],
    ) -> Self {
        Self {
            provider,
            name,
            code,
            layout: Layout::Page { records, context },
            needs_sim: false,
            allows_account: false,
            shared_with: None,
        }
    }

    /// An error answer.
    pub const fn refusal(provider: ProviderId, name: &'static str) -> Self {
        Self {
            provider,
            name,
            code: u8::MAX,
            layout: Layout::Refusal,
            needs_sim: false,
            allows_account: false,
            shared_with: None,
        }
    }
}

/// What stands around a page's records: every top-level key but the records, as raw JSON text.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    values: Vec<(String, String)>,
}

impl Envelope {
    /// Keeps a key's raw JSON.
    pub fn set(&mut self, key: &str, json: &str) {
        self.values.retain(|(known, _)| known != key);
        self.values.push((key.to_owned(), json.to_owned()));
    }

    /// The raw JSON under a key.
    pub fn raw(&self, key: &str) -> Option<&str> {
        let found = self.values.iter().find(|(known, _)| known == key);
        found.map(|(_, json)| json.as_str())
    }

    /// The string under a key; null where it is missing or no string.
    pub fn text(&self, key: &str) -> Option<String> {
        self.parse(key)
    }

    /// The value under a key as `T`; null where it is missing or of another type.
    pub fn parse<T: serde::de::DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.raw(key)
            .and_then(|json| serde_json::from_str(json).ok())
    }
}

/// One record, where it stands and what is known around it.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The answer it belongs to.
    pub answer: &'a Answer,
    /// The text from the record's first byte on; it may go on after the record's end.
    pub json: Json<'a>,
    /// What stood in the page before the records.
    pub envelope: &'a Envelope,
    /// The SIM that the answer is about, where it was told.
    pub sim: Option<&'a str>,
    /// The answer is known to be about the whole account: a record without a SIM is fine.
    pub account: bool,
    /// When the answer was fetched; null for files.
    pub observed: Option<Instant>,
    /// When the same was last asked successfully before; null for a first answer, or after a gap.
    pub asked_before: Option<Instant>,
}
