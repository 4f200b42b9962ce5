//! Each distinct text once. Texts lie in one arena of chunks; a text's number is its address there.

use std::hash::{BuildHasher, Hasher};

use rustc_hash::FxBuildHasher;

use super::index::RowIndex;
use crate::bytes::same;

/// The number of a text. 0 is the missing text.
pub type TextId = u32;

/// The missing text's number.
pub const NONE: TextId = 0;

const CHUNK: usize = 1 << 16;

/// Bytes that are only ever added, in chunks that never move.
#[derive(Debug)]
pub struct Arena {
    chunks: Vec<Vec<u8>>,
}

impl Default for Arena {
    /// Address 0 is taken, so that it can mean "none".
    fn default() -> Self {
        let mut first = Vec::with_capacity(CHUNK);
        first.push(0);
        Self {
            chunks: vec![first],
        }
    }
}

impl Arena {
    /// Adds bytes (up to 65,535; the rest is cut off) behind a length of one or three bytes, and
    /// returns their address.
    pub fn add(&mut self, bytes: &[u8]) -> u32 {
        let bytes = bytes.get(..CHUNK - 4).unwrap_or(bytes);
        let fits = self
            .chunks
            .last()
            .is_some_and(|chunk| chunk.len() + bytes.len() + 3 <= CHUNK);
        if !fits {
            self.chunks.push(Vec::with_capacity(CHUNK));
        }
        let at = self.chunks.len().saturating_sub(1);
        let Some(chunk) = self.chunks.last_mut() else {
            return NONE;
        };
        let address = at * CHUNK + chunk.len();
        match u8::try_from(bytes.len()) {
            Ok(length) if length < u8::MAX => chunk.push(length),
            _ => {
                chunk.push(u8::MAX);
                chunk.extend_from_slice(&(bytes.len() as u16).to_le_bytes());
            }
        }
        chunk.extend_from_slice(bytes);
        address as u32
    }

    /// The bytes at an address.
    pub fn get(&self, address: u32) -> &[u8] {
        self.chunks
            .get(address as usize / CHUNK)
            .and_then(|chunk| chunk.get(address as usize % CHUNK..))
            .and_then(|tail| match tail {
                [u8::MAX, low, high, rest @ ..] => {
                    rest.get(..usize::from(u16::from_le_bytes([*low, *high])))
                }
                [length, rest @ ..] => rest.get(..usize::from(*length)),
                [] => None,
            })
            .unwrap_or_default()
    }
}

/// Numbers texts.
#[derive(Debug, Default)]
pub struct Interner {
    arena: Arena,
    table: RowIndex,
}

impl Interner {
    /// The number of a text that is kept; null where it is not.
    pub fn find(&self, text: &str) -> Option<TextId> {
        self.find_hashed(hash_bytes(text.as_bytes()), text)
    }

    fn find_hashed(&self, hash: u64, text: &str) -> Option<TextId> {
        self.table
            .find(hash, &|id| same(self.arena.get(id), text.as_bytes()))
    }

    /// The text's number, a new one where it was not there yet.
    pub fn intern(&mut self, text: &str) -> TextId {
        let hash = hash_bytes(text.as_bytes());
        if let Some(id) = self.find_hashed(hash, text) {
            return id;
        }
        let id = self.arena.add(text.as_bytes());
        let arena = &self.arena;
        self.table.insert(hash, id, &|id| hash_bytes(arena.get(id)));
        id
    }

    /// As [`Self::intern`]; null is [`NONE`].
    pub fn intern_opt(&mut self, text: Option<&str>) -> TextId {
        text.map_or(NONE, |text| self.intern(text))
    }

    /// As [`Self::intern_opt`], for a text that is likely to be the one of that number.
    pub fn intern_again(&mut self, text: Option<&str>, likely: TextId) -> TextId {
        match text {
            None => NONE,
            Some(text) if likely != NONE && same(self.arena.get(likely), text.as_bytes()) => likely,
            Some(text) => self.intern(text),
        }
    }

    /// The text of a number; null for [`NONE`].
    pub fn get(&self, id: TextId) -> Option<&str> {
        (id != NONE)
            .then(|| std::str::from_utf8(self.arena.get(id)).ok())
            .flatten()
    }
}

/// The hash of some bytes.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_number() {
        let mut interner = Interner::default();
        let a = interner.intern("Telia");
        let b = interner.intern("Telenor");
        assert_eq!(interner.intern("Telia"), a);
        assert_ne!(a, b);
        assert_eq!(interner.get(b), Some("Telenor"));
        assert_eq!(interner.get(NONE), None);
    }

    #[test]
    fn a_guess_does_not_change_the_number() {
        let mut interner = Interner::default();
        let a = interner.intern("Telia");
        let b = interner.intern_again(Some("Telenor"), a);
        assert_ne!(a, b);
        assert_eq!(interner.intern_again(Some("Telia"), b), a);
        assert_eq!(interner.intern_again(Some("Telia"), a), a);
        assert_eq!(interner.intern_again(Some("Telia"), NONE), a);
        assert_eq!(interner.intern_again(None, a), NONE);
        let empty = interner.intern_again(Some(""), NONE);
        assert_ne!(empty, NONE);
        assert_eq!(interner.get(empty), Some(""));
    }

    #[test]
    fn the_empty_text_is_not_the_missing_one() {
        let mut interner = Interner::default();
        let empty = interner.intern("");
        assert_ne!(empty, NONE);
        assert_eq!(interner.get(empty), Some(""));
    }

    #[test]
    fn texts_survive_chunk_edges_and_long_lengths() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..2_000)
            .map(|n| "x".repeat(n % 400) + &n.to_string())
            .collect();
        let ids: Vec<_> = texts.iter().map(|text| interner.intern(text)).collect();
        for (id, text) in ids.iter().zip(&texts) {
            assert_eq!(interner.get(*id), Some(text.as_str()));
        }
    }
}
