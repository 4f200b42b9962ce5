//! Ids of sessions. They are almost all different, so they are not interned but packed: a prefix
//! followed by lower-case hexadecimal digits (`WN` and 32 of them) takes half the bytes.

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
            Some(id) => match pack(id) {
                Some(packed) => self.arena.add(&packed),
                None => self.arena.add(id.as_bytes()),
            },
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

/// Two ASCII letters and an even number (at least 16) of lower-case hexadecimal digits.
fn pack(id: &str) -> Option<Vec<u8>> {
    let bytes = id.as_bytes();
    let (prefix, hex) = bytes.split_at_checked(2)?;
    if hex.len() < 16 || hex.len() % 2 != 0 || !prefix.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let mut packed = Vec::with_capacity(3 + hex.len() / 2);
    packed.push(PACKED);
    packed.extend_from_slice(prefix);
    for pair in hex.chunks_exact(2) {
        let [high, low] = pair else { return None };
        packed.push(digit(*high)? << 4 | digit(*low)?);
    }
    Some(packed)
}

/// The bytes under which an id is kept.
pub fn key_bytes(id: &str) -> Vec<u8> {
    pack(id).unwrap_or_else(|| id.as_bytes().to_vec())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_they_were() {
        let mut ids = Ids::default();
        for id in [
            "WN0123456789abcdef0123456789abcdef",
            "WN0123456789ABCDEF0123456789ABCDEF",
            "ses_abc123",
            "01KGE3H8YESAMP0E0000000001",
            "",
            "WN",
        ] {
            let address = ids.add(Some(id));
            assert_eq!(ids.get(address).as_deref(), Some(id));
            assert_eq!(ids.bytes(address), key_bytes(id));
        }
        assert_eq!(ids.add(None), NONE);
        assert_eq!(ids.get(NONE), None);
        assert_eq!(ids.bytes(NONE), b"");
    }

    #[test]
    fn a_long_hexadecimal_id_takes_half() {
        assert_eq!(key_bytes("WN0123456789abcdef0123456789abcdef").len(), 19);
    }
}
