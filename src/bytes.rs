//! Comparing short stretches of bytes: keys, identifiers, names.

/// Whether both are equal. As `==`, which in a browser goes byte by byte.
#[inline]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if let (Some(end), Some(end_of_b)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        // The last eight bytes hold what the whole words leave, and perhaps some of theirs.
        let (words, _) = a.as_chunks::<8>();
        let (words_of_b, _) = b.as_chunks::<8>();
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        return word(end) == word(end_of_b)
            && words
                .iter()
                .zip(words_of_b)
                .all(|(a, b)| word(a) == word(b));
    }
    if let (Some(end), Some(end_of_b)) = (a.last_chunk::<4>(), b.last_chunk::<4>()) {
        return end == end_of_b && a.first_chunk::<4>() == b.first_chunk::<4>();
    }
    a.iter().eq(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_counts() {
        for length in 0..40 {
            let text: Vec<u8> = (0..length).collect();
            assert!(same(&text, &text.clone()));
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 0x80;
                assert!(!same(&text, &other), "{length}, {at}");
            }
            assert!(!same(&text, &[&text[..], b"x"].concat()));
        }
    }
}
