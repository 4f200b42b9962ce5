//! Text with wildcards: `*` stands for any characters, none included. Case does not count.

use std::fmt;

/// Text with wildcards, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What stands between the wildcards; one piece where there is none.
    pieces: Vec<String>,
}

impl Default for Pattern {
    /// The empty text.
    fn default() -> Self {
        Self {
            pieces: vec![String::new()],
        }
    }
}

impl Pattern {
    /// A text without wildcards.
    pub fn literal(text: &str) -> Self {
        Self {
            pieces: vec![text.to_owned()],
        }
    }

    /// What stands between the wildcards.
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }

    /// The text; null where it has a wildcard.
    pub fn text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.text() == Some("")
    }

    /// Adds a character as it is.
    pub(super) fn push(&mut self, c: char) {
        if let Some(last) = self.pieces.last_mut() {
            last.push(c);
        }
    }

    /// Adds a character or, for `*`, a wildcard. One of several in a row counts.
    pub(super) fn take(&mut self, c: char) {
        let repeated = self.pieces.len() > 1 && self.pieces.last().is_some_and(String::is_empty);
        match c {
            '*' if repeated => {}
            '*' => self.pieces.push(String::new()),
            _ => self.push(c),
        }
    }

    /// The same text, changed where it has no wildcard.
    pub(super) fn or_literal(self, change: impl FnOnce(&str) -> Option<Self>) -> Self {
        self.text().and_then(change).unwrap_or(self)
    }

    /// Written without quotes it would not read the same.
    fn needs_quotes(&self, stops_at_comma: bool) -> bool {
        let plain = self.to_plain();
        self.is_empty()
            || plain.starts_with('"')
            || plain.contains(char::is_whitespace)
            || (stops_at_comma && plain.contains(','))
            || self.pieces.iter().any(|piece| piece.contains('*'))
    }

    fn to_plain(&self) -> String {
        self.pieces.join("*")
    }

    /// As it stands behind a field. `quoted` asks for quotes.
    pub(super) fn to_value(&self, quoted: bool) -> String {
        if quoted || self.needs_quotes(true) {
            self.to_quoted()
        } else {
            self.to_plain()
        }
    }

    /// As it stands by itself. `quoted` asks for quotes.
    pub(super) fn to_free(&self, quoted: bool) -> String {
        if quoted || self.needs_quotes(false) {
            self.to_quoted()
        } else {
            self.to_plain()
        }
    }

    fn to_quoted(&self) -> String {
        let mut out = String::from("\"");
        for (at, piece) in self.pieces.iter().enumerate() {
            if at > 0 {
                out.push('*');
            }
            for c in piece.chars() {
                if matches!(c, '"' | '\\' | '*') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        out.push('"');
        out
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_plain())
    }
}

/// A pattern made ready to be tried on many texts.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    pieces: Vec<String>,
}

impl Matcher {
    /// The whole text must fit.
    pub fn whole(pattern: &Pattern) -> Self {
        let pieces = pattern.pieces.iter().map(|piece| piece.to_lowercase());
        Self {
            pieces: pieces.collect(),
        }
    }

    /// A part of the text must fit.
    pub fn part(pattern: &Pattern) -> Self {
        let mut pieces = Self::whole(pattern).pieces;
        pieces.insert(0, String::new());
        pieces.push(String::new());
        Self { pieces }
    }

    /// Whether a text fits.
    pub fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first() == Some(&text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else {
            return false;
        };
        for piece in middle {
            match rest.find(piece.as_str()) {
                Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        let mut pattern = Pattern::default();
        text.chars().for_each(|c| pattern.take(c));
        pattern
    }

    #[test]
    fn wildcards_stand_for_any_characters() {
        let fits = |written: &str, text: &str| Matcher::whole(&pattern(written)).fits(text);
        assert!(fits("telia", "Telia") && !fits("telia", "Telia Norge"));
        assert!(fits("tel*", "Telia") && fits("*IA", "Telia") && fits("t*l*a", "Telia"));
        assert!(fits("*", "") && fits("**", "x") && fits("a*a", "aa") && !fits("a*a", "a"));
        assert!(fits("ÅS*", "åsane") && !fits("*x*", "Telia"));
        let part = |written: &str, text: &str| Matcher::part(&pattern(written)).fits(text);
        assert!(part("eli", "Telia") && part("t*a", "xTeliay") && !part("at", "Telia"));
    }
}
