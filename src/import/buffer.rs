//! What of a file has come and waits to be read: as text, checked once piece by piece, so that no value need be checked by itself. Once
//! something is no UTF-8 it is bytes alone; then each value is checked when it is read.

use crate::provider::Json;

/// The bytes that wait.
#[derive(Debug)]
pub enum Buffer {
    /// Text, and the bytes behind it of a character whose other bytes are still to come.
    Text(String, Vec<u8>),
    /// Not all of it is text.
    Bytes(Vec<u8>),
}

impl Default for Buffer {
    fn default() -> Self {
        Self::Text(String::new(), Vec::new())
    }
}

impl Buffer {
    /// All that can be read, but for a character that is cut off.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text, _) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// How many bytes wait, those of a character that is cut off included.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text, cut) => text.len() + cut.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    /// What can be read from a place on.
    pub fn json(&self, at: usize) -> Json<'_> {
        if let Self::Text(text, _) = self
            && let Some(ahead) = text.get(at..)
        {
            return Json::from(ahead);
        }
        Json::from(self.bytes().get(at..).unwrap_or_default())
    }

    /// The byte at a place; null where nothing can be read yet.
    pub fn get(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    /// Forgets the first so many bytes.
    pub fn forget(&mut self, count: usize) {
        match self {
            Self::Text(text, _) if text.is_char_boundary(count) => drop(text.drain(..count)),
            Self::Text(..) => {
                self.be_bytes();
                self.forget(count);
            }
            Self::Bytes(bytes) => drop(bytes.drain(..count.min(bytes.len()))),
        }
    }

    /// The next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Text(text, cut) if cut.is_empty() => {
                let (whole, rest) = bytes.split_at(bytes.len() - cut_off(bytes));
                if let Ok(whole) = simdutf8::basic::from_utf8(whole) {
                    text.push_str(whole);
                    cut.extend_from_slice(rest);
                    return;
                }
                self.be_bytes();
                self.push(bytes);
            }
            Self::Text(text, cut) => {
                let mut whole = std::mem::take(cut);
                whole.extend_from_slice(bytes);
                let text = std::mem::take(text);
                *self = Self::Text(text, Vec::new());
                self.push(&whole);
            }
            Self::Bytes(known) => known.extend_from_slice(bytes),
        }
    }

    /// No other bytes come: a character that is cut off can be read as the bytes that it is.
    pub fn end(&mut self) {
        if matches!(self, Self::Text(_, cut) if !cut.is_empty()) {
            self.be_bytes();
        }
    }

    fn be_bytes(&mut self) {
        if let Self::Text(text, cut) = self {
            let mut bytes = std::mem::take(text).into_bytes();
            bytes.append(cut);
            *self = Self::Bytes(bytes);
        }
    }
}

/// How many bytes at the end begin a character that needs more of them.
fn cut_off(bytes: &[u8]) -> usize {
    let last = bytes.iter().rev().take(3);
    let lead = last.zip(1..).find(|(byte, _)| **byte & 0xc0 != 0x80);
    match lead {
        Some((byte, ahead)) if byte.leading_ones() as usize > ahead => ahead,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_make_the_same_text_wherever_it_is_cut(
            text in "[aé中𝄞]{0,20}",
            sizes in prop::collection::vec(0..6_usize, 0..40),
        ) {
            let mut buffer = Buffer::default();
            let mut rest = text.as_bytes();
            for size in sizes {
                let (piece, after) = rest.split_at(size.min(rest.len()));
                buffer.push(piece);
                rest = after;
                prop_assert_eq!(buffer.len(), text.len() - rest.len());
            }
            buffer.push(rest);
            buffer.end();
            prop_assert_eq!(buffer.json(0).text(), Some(text.as_str()));
        }

        #[test]
        fn what_is_no_text_stays_as_it_came(
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 0..8),
            read in 0..9_usize,
        ) {
            let mut buffer = Buffer::default();
            let all = pieces.concat();
            for piece in &pieces {
                buffer.push(piece);
            }
            buffer.end();
            prop_assert_eq!(buffer.bytes(), all.as_slice());
            prop_assert_eq!(buffer.json(0).text().is_some(), std::str::from_utf8(&all).is_ok());
            let read = read.min(all.len());
            buffer.forget(read);
            prop_assert_eq!(buffer.bytes(), &all[read..]);
        }
    }
}
