//! Letters of a file that is not in UTF-8: spreadsheets of Western Europe and the Americas write Windows-1252.

use std::borrow::Cow;

/// What stands at 0x80 to 0x9f; the five that stand for nothing are left as they are.
const FROM_80: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a cell.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let letter = |byte: &u8| {
        let high = byte.checked_sub(0x80).map(usize::from);
        let other = high.and_then(|at| FROM_80.get(at)).copied();
        other.unwrap_or(char::from(*byte))
    };
    Cow::Owned(bytes.iter().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn letters_of_both_kinds_are_read() {
        assert_eq!(text("Zähler 7".as_bytes()), "Zähler 7");
        assert_eq!(text(b"Z\xe4hler \x80"), "Zähler €");
    }
}
