//! The keys of records, as they stand in the text.

use crate::bytes::same;

/// A key with its quotes and its colon.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    text: &'static str,
    /// With its quotes and its colon.
    pattern: &'static str,
    /// The first bytes of it, and which bits of so many they take.
    head: u64,
    mask: u64,
}

/// Bytes that are compared at once.
const WORD: usize = size_of::<u64>();

impl Key {
    /// Of a key, and the same with its quotes and its colon: `sid`, `"sid":`.
    pub const fn new(text: &'static str, pattern: &'static str) -> Self {
        let bytes = pattern.as_bytes();
        let (mut head, mut mask, mut at) = (0, 0, 0);
        while at < WORD && at < bytes.len() {
            head |= (bytes[at] as u64) << (8 * at);
            mask |= 0xff << (8 * at);
            at += 1;
        }
        Self {
            text,
            pattern,
            head,
            mask,
        }
    }

    /// The key itself.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// How many bytes it takes, with its quotes and its colon.
    pub fn length(&self) -> usize {
        self.pattern.len()
    }

    /// Whether these bytes begin with it. False for fewer than eight, which are looked at the other way.
    #[inline(always)]
    pub fn begins(&self, ahead: &[u8]) -> bool {
        let Some(head) = ahead.first_chunk::<WORD>() else {
            return false;
        };
        if (u64::from_le_bytes(*head) ^ self.head) & self.mask != 0 {
            return false;
        }
        let rest = self.pattern.as_bytes().get(WORD..).unwrap_or_default();
        let own = ahead.get(WORD..WORD + rest.len());
        rest.is_empty() || own.is_some_and(|own| same(own, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_where_it_stands_whole() {
        for (text, key) in [
            ("a", r#""a":"#),
            ("start", r#""start":"#),
            ("sim_sid", r#""sim_sid":"#),
            ("cell_location_estimate", r#""cell_location_estimate":"#),
        ] {
            let found = Key::new(text, key);
            assert_eq!((found.text(), found.length()), (text, key.len()));
            let text = format!("{key}null, and more");
            assert!(found.begins(text.as_bytes()));
            for at in 0..key.len() {
                let mut other = text.clone().into_bytes();
                other[at] ^= 1;
                assert!(!found.begins(&other), "{key} {at}");
                assert!(!found.begins(&text.as_bytes()[..at]));
            }
        }
    }
}
