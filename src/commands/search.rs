//! Which commands a few typed letters mean.

use super::{COMMANDS, Entry, Id};
use crate::store::order::items_by_number;

/// How well a label fits what was typed; null where it does not. Every typed word must be found, its
/// letters in order; the start of a word counts most, letters beside each other count more.
pub fn score(typed: &str, label: &str) -> Option<i64> {
    let label = label.to_ascii_lowercase();
    let label = label.as_bytes();
    let mut total = 0;
    for word in typed.to_ascii_lowercase().split_ascii_whitespace() {
        let word = word.as_bytes();
        // A word may be met in several places: the best counts.
        let best = (0..label.len()).filter_map(|from| from_here(word, label, from));
        total += best.max()?;
    }
    Some(total - label.len() as i64)
}

fn from_here(word: &[u8], label: &[u8], from: usize) -> Option<i64> {
    let mut at = from;
    let mut last = None;
    let mut total = 0;
    for letter in word {
        let found = at + label.get(at..)?.iter().position(|known| known == letter)?;
        let before = found.checked_sub(1).and_then(|before| label.get(before));
        let starts = before.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let follows = last.is_some_and(|last| last + 1 == found);
        total += match (starts, follows) {
            (true, _) => 100,
            (false, true) => 60,
            (false, false) => 10,
        };
        last = Some(found);
        at = found + 1;
    }
    Some(total)
}

/// The commands that fit, the best first; with nothing typed all, the last used first.
pub fn find(typed: &str, used: &[Id]) -> Vec<&'static Entry> {
    let recent = |entry: &Entry| used.iter().position(|id| *id == entry.id);
    let found = COMMANDS.iter().filter_map(|entry| {
        let fits = score(typed, entry.label)?;
        let recently = recent(entry).map_or(0, |at| 20_i64.saturating_sub(at as i64).max(1));
        Some((entry, fits, recently))
    });
    let nothing = typed.trim().is_empty();
    let ordered = items_by_number(found.collect(), |(_, fits, recently)| {
        if nothing {
            -recently
        } else {
            -(fits * 100 + recently)
        }
    });
    ordered.into_iter().map(|(entry, _, _)| entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str) -> Option<&'static str> {
        find(typed, &[]).first().map(|entry| entry.name)
    }

    #[test]
    fn the_starts_of_words_find_a_command() {
        assert_eq!(first("zoom in"), Some("zoom-in"));
        assert_eq!(first("zi"), Some("zoom-in"));
        assert_eq!(first("dark"), Some("theme-dark"));
        assert_eq!(first("go time"), Some("go-to"));
        assert_eq!(first("GROUP op"), Some("group-by-operator"));
        assert_eq!(first("op group"), Some("group-by-operator"));
        assert_eq!(first("iccid"), Some("copy-iccid"));
    }

    #[test]
    fn what_does_not_fit_is_not_listed() {
        assert_eq!(find("qqq", &[]), Vec::<&Entry>::new());
        assert_eq!(score("zoom sideways", "Zoom in"), None);
        // Letters in the wrong order.
        assert_eq!(score("niz", "Zoom in"), None);
    }

    #[test]
    fn with_nothing_typed_the_last_used_come_first_and_all_are_there() {
        let found = find(" ", &[Id::Measure, Id::Fit]);
        assert_eq!(found.len(), COMMANDS.len());
        let names: Vec<&str> = found.iter().take(3).map(|entry| entry.name).collect();
        assert_eq!(names, ["measure", "fit", "zoom-in"]);
    }
}
