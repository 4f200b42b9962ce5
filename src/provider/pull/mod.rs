//! The fast way through a record: one pass over its bytes, straight into the wire structs. It knows only what is well
//! formed and expected; at anything else it gives up without a word, and [`super::json::one`] reads the record again
//! with `serde_json`, which then tells what is wrong. What it does read, it reads as `serde_json` would.

#![allow(
    clippy::inline_always,
    reason = "each of these is a few instructions for every byte or field of what is loaded; calls would cost more"
)]
#![allow(
    clippy::option_option,
    reason = "null gives up, as everywhere here; null inside is an end"
)]

mod key;
mod plain;
#[cfg(test)]
mod tests;
mod values;

use std::fmt;

use serde::de::Deserialize;

use super::json::{Json, Str};
use crate::bytes::same;
pub use key::Key;

/// How deep skipped values may lie in each other.
const DEEPEST: u32 = 32;

/// Something that can be read so. Null stands for "read it the other way".
pub trait Pulled<'a>: Deserialize<'a> + fmt::Debug {
    /// The keys of its fields.
    const KEYS: &'static [Key] = &[];

    /// The value whose first byte is next.
    fn pull(from: &mut Pull<'a>) -> Option<Self>;

    /// The value of a key that is not there.
    fn missing() -> Option<Self> {
        None
    }
}

/// The value that begins at the first byte, and its length.
pub fn pull<'a, T: Pulled<'a>>(json: Json<'a>) -> Option<(T, usize)> {
    // Numbers and words go on until something else comes; only what has an end of its own is read here.
    if !matches!(json.bytes().first(), Some(b'{' | b'[' | b'"')) {
        return None;
    }
    let mut from = Pull::new(json);
    let value = T::pull(&mut from)?;
    Some((value, from.at))
}

/// The first two keys of the object that begins at the first byte, empty where it has fewer. Null where they are to be
/// found the other way.
pub fn first_keys(json: &[u8]) -> Option<[&str; 2]> {
    let mut from = Pull::new(json.into());
    let mut begun = false;
    let mut keys = [""; 2];
    for slot in &mut keys {
        let Some(key) = from.member(&mut begun)? else {
            break;
        };
        *slot = std::str::from_utf8(key).ok()?;
        from.skip(DEEPEST)?;
    }
    Some(keys)
}

/// Where in the text the reading is.
#[derive(Debug)]
pub struct Pull<'a> {
    json: &'a [u8],
    /// The same, where it is known to be text.
    text: Option<&'a str>,
    at: usize,
}

/// How far the reading of an object has come.
#[derive(Debug, Default)]
pub struct Fields {
    begun: bool,
    /// Place of the key that is expected.
    pub next: usize,
    /// The value of that key is next, and not the key.
    pub ready: bool,
}

/// The bytes between the quotes of a string.
struct Quoted<'a> {
    bytes: &'a [u8],
    /// Where they begin.
    at: usize,
    /// There are escapes among them.
    escaped: bool,
}

impl Quoted<'_> {
    fn range(&self) -> std::ops::Range<usize> {
        self.at..self.at + self.bytes.len()
    }
}

impl<'a> Pull<'a> {
    fn new(json: Json<'a>) -> Self {
        Self {
            json: json.bytes(),
            text: json.text(),
            at: 0,
        }
    }

    /// Some of the bytes as text.
    #[inline(always)]
    fn utf8(&self, range: std::ops::Range<usize>) -> Option<&'a str> {
        match self.text {
            Some(text) => text.get(range),
            None => std::str::from_utf8(self.json.get(range)?).ok(),
        }
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    /// Passes over white space; the byte behind it.
    #[inline(always)]
    fn space(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek()?;
            if byte > b' ' {
                return Some(byte);
            }
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return None;
            }
            self.at += 1;
        }
    }

    /// That byte is next: passes over it.
    #[inline(always)]
    fn take(&mut self, byte: u8) -> Option<()> {
        let is = self.peek()? == byte;
        self.at += usize::from(is);
        is.then_some(())
    }

    /// Goes to the first byte from here on that ends a plain stretch of a string, and returns it.
    #[inline(always)]
    fn pass_plain(&mut self) -> Option<u8> {
        while let Some(block) = self.json.get(self.at..)?.first_chunk() {
            if let Some(ahead) = plain::first_stop(*block) {
                self.at += ahead;
                return self.peek();
            }
            self.at += block.len();
        }
        loop {
            let byte = self.peek()?;
            if plain::stops(byte) {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// The string that is next.
    #[inline(always)]
    fn quoted(&mut self) -> Option<Quoted<'a>> {
        self.take(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.pass_plain()? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.escape()?;
                }
                _ => return None,
            }
        }
        let bytes = self.json.get(start..self.at)?;
        self.at += 1;
        Some(Quoted {
            bytes,
            at: start,
            escaped,
        })
    }

    /// Passes over an escape in a string.
    fn escape(&mut self) -> Option<()> {
        let length = match self.json.get(self.at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' => {
                let digits = self.json.get(self.at + 2..self.at + 6)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(6)?
            }
            _ => return None,
        };
        self.at += length;
        Some(())
    }

    /// The digits that are next, behind those of a number. It is right up to 19 digits.
    #[inline(always)]
    fn more_digits(&mut self, mut number: u64) -> u64 {
        while let Some(digit) = self.peek().map(|byte| byte.wrapping_sub(b'0'))
            && digit < 10
        {
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
            self.at += 1;
        }
        number
    }

    /// The digits that are next, as a number. Null for more than 19, for none, and for a zero in front of others.
    #[inline(always)]
    fn digits(&mut self) -> Option<u64> {
        let start = self.at;
        let number = self.more_digits(0);
        let count = self.at - start;
        let leads = self.json.get(start) == Some(&b'0') && count > 1;
        ((1..=19).contains(&count) && !leads).then_some(number)
    }

    #[inline(always)]
    fn goes_on_as_real(&self) -> bool {
        matches!(self.peek(), Some(b'.' | b'e' | b'E'))
    }

    /// Goes to the key of the next member of the object that is being read; false where the object ends. `begun` is false
    /// before its first member.
    #[inline(always)]
    fn key(&mut self, begun: &mut bool) -> Option<bool> {
        let is_first = !*begun;
        if is_first {
            self.take(b'{')?;
            *begun = true;
        }
        if self.space()? == b'}' {
            self.at += 1;
            return Some(false);
        }
        if !is_first {
            self.take(b',')?;
            self.space()?;
        }
        Some(true)
    }

    /// From behind a key to its value.
    #[inline(always)]
    fn pass_colon(&mut self) -> Option<()> {
        self.space()?;
        self.take(b':')?;
        self.space().map(|_| ())
    }

    /// Goes to the value of the next member, and returns the text of its key; null inside where the object ends.
    #[inline(always)]
    fn member(&mut self, begun: &mut bool) -> Option<Option<&'a [u8]>> {
        if !self.key(begun)? {
            return Some(None);
        }
        let key = self.quoted()?;
        if key.escaped {
            return None;
        }
        self.pass_colon()?;
        Some(Some(key.bytes))
    }

    /// That key is next: passes over it and its colon.
    #[inline(always)]
    fn is_key(&mut self, key: &Key) -> bool {
        let is = self
            .json
            .get(self.at..)
            .is_some_and(|ahead| key.begins(ahead));
        if is {
            self.at += key.length();
        }
        is
    }

    /// Goes to the value of the next member if its key is the one that is expected, and there already if it was found. Vendors
    /// write the keys of every record in the same order, which is about that of the wire struct: that is what is compiled
    /// into one go, each key with its own comparison.
    #[inline(always)]
    pub fn goes_on(&mut self, key: &'static Key, so_far: &mut Fields) -> bool {
        if std::mem::take(&mut so_far.ready) {
            return true;
        }
        let start = self.at;
        let lead = if so_far.begun { b',' } else { b'{' };
        if self.peek() != Some(lead) {
            return false;
        }
        self.at += 1;
        self.at += usize::from(self.peek() == Some(b' '));
        if self.is_key(key) && self.space().is_some() {
            so_far.begun = true;
            return true;
        }
        self.at = start;
        false
    }

    /// The object that is being read ends here: passes over its end.
    #[inline(always)]
    pub fn ends(&mut self, so_far: &Fields) -> bool {
        let ends = so_far.begun && self.peek() == Some(b'}');
        self.at += usize::from(ends);
        ends
    }

    /// Goes to the value of the next member whose key is among `keys`, and makes that the one that is expected; false where the
    /// object ends.
    #[inline(never)]
    pub fn field(&mut self, keys: &[Key], so_far: &mut Fields) -> Option<bool> {
        while self.key(&mut so_far.begun)? {
            let key = self.quoted()?;
            if key.escaped {
                return None;
            }
            self.pass_colon()?;
            let found = keys
                .iter()
                .position(|known| same(known.text().as_bytes(), key.bytes));
            if let Some(at) = found {
                (so_far.next, so_far.ready) = (at, true);
                return Some(true);
            }
            self.utf8(key.range())?;
            self.skip(DEEPEST)?;
        }
        Some(false)
    }

    /// Members of the object that is next, whose keys are data.
    pub fn entries<'b, T: Pulled<'a>>(&mut self) -> Option<Vec<(Str<'b>, T)>>
    where
        'a: 'b,
    {
        let mut entries = Vec::new();
        let mut begun = false;
        while let Some(key) = self.member(&mut begun)? {
            let key = std::str::from_utf8(key).ok()?;
            entries.push((Str(key.into()), T::pull(self)?));
        }
        Some(entries)
    }

    /// Passes over the value that is next.
    fn skip(&mut self, deeper: u32) -> Option<()> {
        match self.peek()? {
            b'"' => self.quoted().map(|_| ()),
            b'{' if deeper > 0 => self.skip_object(deeper - 1),
            b'[' if deeper > 0 => self.elements(|from| from.skip(deeper - 1)),
            b'n' => self.word(b"null"),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'-' | b'0'..=b'9' => self.skip_number(),
            _ => None,
        }
    }

    fn skip_object(&mut self, deeper: u32) -> Option<()> {
        let mut begun = false;
        while self.member(&mut begun)?.is_some() {
            self.skip(deeper)?;
        }
        Some(())
    }

    fn skip_number(&mut self) -> Option<()> {
        if self.peek()? == b'-' {
            self.at += 1;
        }
        self.digits()?;
        if self.peek()? == b'.' {
            self.at += 1;
            self.pass_digits()?;
        }
        if matches!(self.peek()?, b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek()?, b'+' | b'-') {
                self.at += 1;
            }
            self.pass_digits()?;
        }
        Some(())
    }

    fn pass_digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek()?.is_ascii_digit() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let is = self.json.get(self.at..)?.starts_with(word);
        self.at += word.len();
        is.then_some(())
    }

    /// Elements of the array that is next, one by one.
    fn elements(&mut self, mut element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(b'[')?;
        if self.space()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            element(self)?;
            if self.space()? == b']' {
                self.at += 1;
                return Some(());
            }
            self.take(b',')?;
            self.space()?;
        }
    }

    /// The value that is next, by `serde_json`.
    pub fn by_serde<T: Deserialize<'a>>(&mut self) -> Option<T> {
        let start = self.at;
        self.skip(DEEPEST)?;
        serde_json::from_slice(self.json.get(start..self.at)?).ok()
    }

    /// Whether an object, an array, a string is next: its first byte.
    pub fn next(&self) -> Option<u8> {
        self.peek()
    }
}

/// Reads the value of a key into its slot. A key that stands there twice is not read so.
#[inline]
pub fn fill<'a, T: Pulled<'a>>(slot: &mut Option<T>, from: &mut Pull<'a>) -> Option<()> {
    if slot.is_some() {
        return None;
    }
    *slot = Some(T::pull(from)?);
    Some(())
}

/// Lets structs be read so: each field with the key that it stands under.
macro_rules! pulled {
    ($($name:ident $(<$life:lifetime>)? { $($field:ident: $key:literal,)* })*) => {$(
        impl<'de $(: $life, $life)?> $crate::provider::pull::Pulled<'de> for $name $(<$life>)?
        {
            const KEYS: &'static [$crate::provider::pull::Key] =
                &[$($crate::provider::pull::Key::new($key, concat!("\"", $key, "\":")),)*];

            fn pull(from: &mut $crate::provider::pull::Pull<'de>) -> Option<Self> {
                #[allow(non_camel_case_types, reason = "named after the fields")]
                enum At { $($field,)* }
                $(let mut $field = None;)*
                let mut so_far = $crate::provider::pull::Fields::default();
                loop {
                    'expected: {
                        $(if so_far.next == At::$field as usize {
                            if !from.goes_on(&Self::KEYS[At::$field as usize], &mut so_far) {
                                break 'expected;
                            }
                            $crate::provider::pull::fill(&mut $field, from)?;
                            so_far.next += 1;
                        })*
                    }
                    if from.ends(&so_far) || !from.field(Self::KEYS, &mut so_far)? {
                        break;
                    }
                }
                Some(Self {
                    $($field: $field.or_else($crate::provider::pull::Pulled::missing)?,)*
                })
            }
        }
    )*};
}
pub(in crate::provider) use pulled;
