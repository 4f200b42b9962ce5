//! The known word that a mistyped one most likely was meant to be.

/// The nearest of some words: at most a third of its letters away. Null where none is near.
pub(super) fn nearest(
    word: &str,
    known: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let mut best: Option<(usize, &'static str)> = None;
    for name in known.filter(|name| !name.is_empty()) {
        let apart = distance(&word, name);
        let near = apart <= name.len().div_ceil(3).min(2) && apart < word.len();
        if near && best.is_none_or(|(known, _)| apart < known) {
            best = Some((apart, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(word: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (at, letter) in name.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (slot, known) in row.iter_mut().skip(1).zip(word) {
            let changed = diagonal + usize::from(*known != letter);
            diagonal = *slot;
            left = changed.min(left + 1).min(diagonal + 1);
            *slot = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart_are_counted() {
        let apart = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), b);
        assert_eq!(apart("", "abc"), 3);
        assert_eq!(apart("kitten", "sitting"), 3);
        assert_eq!(apart("radio", "radio"), 0);
    }

    #[test]
    fn only_near_words_are_proposed() {
        let of = |word: &str| nearest(word, ["operator", "country", "ip", "up"].into_iter());
        assert_eq!(of("opertor"), Some("operator"));
        assert_eq!(of("Contry"), Some("country"));
        assert_eq!(of("ib"), Some("ip"));
        assert_eq!(of("telia"), None);
        assert_eq!(of("x"), None);
    }
}
