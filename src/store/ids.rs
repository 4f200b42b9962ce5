//! Ids of sessions. They are almost all different, so they are not interned but packed: a prefix
//! followed by lower-case hexadecimal digits (`WN` and 32 of them) takes half the bytes.

use std::ops::Deref;

use super::interner::{Arena, NONE};

/// First byte of a packed id. It cannot begin a UTF-8 text.
const PACKED: u8 = 0xff;

/// Ids that are only ever added.
#[derive(Debug, Default)]
pub struct Ids {
    arena: Arena,
}

impl Ids {
    /// Adds an id and returns its address; null is [`NONE`].
    pub fn add(&mut self, id: Option<&str>) -> u32 {
        match id {
            None => NONE,
            Some(id) => self.arena.add(&key_bytes(id)),
        }
    }

    /// The id at an address.
    pub fn get(&self, address: u32) -> Option<String> {
        if address == NONE {
            return None;
        }
        let bytes = self.arena.get(address);
        match bytes {
            [PACKED, a, b, hex @ ..] => {
                let mut id = String::with_capacity(2 + 2 * hex.len());
                id.push(*a as char);
                id.push(*b as char);
                for byte in hex {
                    id.push(char::from_digit(u32::from(byte >> 4), 16)?);
                    id.push(char::from_digit(u32::from(byte & 15), 16)?);
                }
                Some(id)
            }
            _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
        }
    }

    /// The bytes as kept: equal ids have equal bytes.
    pub fn bytes(&self, address: u32) -> &[u8] {
        if address == NONE {
            &[]
        } else {
            self.arena.get(address)
        }
    }
}

/// The most bytes that a packed id may take; a longer one is kept as it is.
const LONGEST: usize = 3 + 32;

/// The bytes under which an id is kept, without a heap allocation: there is one for each record read.
#[derive(Debug, Clone, Copy)]
pub enum KeyBytes<'a> {
    /// The first so many bytes.
    Packed([u8; LONGEST], usize),
    /// The id itself.
    Plain(&'a [u8]),
}

impl Deref for KeyBytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Packed(bytes, length) => bytes.get(..*length).unwrap_or_default(),
            Self::Plain(bytes) => bytes,
        }
    }
}

/// The bytes under which an id is kept. Packed are two ASCII letters and an even number (16 to 64)
/// of lower-case hexadecimal digits.
pub fn key_bytes(id: &str) -> KeyBytes<'_> {
    pack(id).unwrap_or(KeyBytes::Plain(id.as_bytes()))
}

fn pack(id: &str) -> Option<KeyBytes<'static>> {
    let ([a, b], hex) = id.as_bytes().split_first_chunk()?;
    let fits = (16..=2 * (LONGEST - 3)).contains(&hex.len()) && hex.len().is_multiple_of(2);
    if !fits || !a.is_ascii_alphabetic() || !b.is_ascii_alphabetic() {
        return None;
    }
    let mut packed = [0; LONGEST];
    let [mark, first, second, rest @ ..] = &mut packed;
    (*mark, *first, *second) = (PACKED, *a, *b);
    // Digits are at most 15: anything above tells of a byte that is none, once all were seen.
    let mut seen = 0;
    let (pairs, _) = hex.as_chunks::<2>();
    for (byte, [high, low]) in rest.iter_mut().zip(pairs) {
        let (high, low) = (DIGITS[usize::from(*high)], DIGITS[usize::from(*low)]);
        seen |= high | low;
        *byte = high << 4 | (low & 15);
    }
    (seen < 16).then_some(KeyBytes::Packed(packed, 3 + pairs.len()))
}

/// The value of each byte as a lower-case hexadecimal digit; 16 for a byte that is none.
const DIGITS: [u8; 256] = {
    let mut digits = [16; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_they_were() {
        let mut ids = Ids::default();
        for id in [
            "WN0123456789abcdef0123456789abcdef",
            "WN0123456789ABCDEF0123456789ABCDEF",
            "WN0123456789abcdeg0123456789abcdef",
            "WN0123456789abcde/0123456789abcdef",
            "WN0123456789abcdéf0123456789abcdef",
            "ses_abc123",
            "01KGE3H8YESAMP0E0000000001",
            "",
            "WN",
        ] {
            let address = ids.add(Some(id));
            assert_eq!(ids.get(address).as_deref(), Some(id));
            assert_eq!(ids.bytes(address), &*key_bytes(id));
        }
        assert_eq!(ids.add(None), NONE);
        assert_eq!(ids.get(NONE), None);
        assert_eq!(ids.bytes(NONE), b"");
    }

    #[test]
    fn a_long_hexadecimal_id_takes_half() {
        assert_eq!(key_bytes("WN0123456789abcdef0123456789abcdef").len(), 19);
        let longest = format!("WN{}", "0f".repeat(32));
        assert_eq!(key_bytes(&longest).len(), 35);
        assert_eq!(key_bytes(&format!("{longest}00")).len(), 68);
    }
}
