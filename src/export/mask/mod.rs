//! Documents as they are handed on in a case file: without the secrets that a vendor's record may hold, and with the identifiers
//! masked where that is wished. Everything that the adapters read stays readable: masked documents give the same rows, with other
//! identifiers. What an adapter does not read may be anything, so of that only the form stays.

mod pseudonyms;
mod walk;

use std::collections::HashMap;

use crate::provider::holds::{Holds, fields};
use pseudonyms::Pseudonyms;
use walk::{Field, Walk};

/// Masks documents, one after the other: what is the same in two of them stays the same.
#[derive(Debug, Default)]
pub struct Mask {
    names: Option<Masking>,
    walk: Walk,
}

#[derive(Debug)]
struct Masking {
    fields: HashMap<&'static str, Holds>,
    pseudonyms: Pseudonyms,
}

/// Stands for a text that no adapter reads.
const MASKED: &str = "(masked)";

impl Mask {
    /// Leaves out secrets, and with `identifiers` masks these.
    pub fn new(identifiers: bool) -> Self {
        Self {
            names: identifiers.then(|| Masking {
                fields: fields().collect(),
                pseudonyms: Pseudonyms::default(),
            }),
            walk: Walk::default(),
        }
    }

    /// A document begins.
    pub fn begin(&mut self) {
        self.walk = Walk::default();
    }

    /// What comes of the next bytes of the document.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let names = &mut self.names;
        self.walk
            .push(bytes, &mut |field, token| replaced(names, field, token))
    }

    /// What comes of the rest of the document; null where it is not JSON to its end, and ends at the place where it is not.
    pub fn finish(&mut self) -> (Vec<u8>, bool) {
        let names = &mut self.names;
        self.walk
            .finish(&mut |field, token| replaced(names, field, token))
    }

    /// What stands for a text outside of documents; the text itself where nothing is masked.
    pub fn text(&mut self, text: &str, holds: Holds) -> String {
        match &mut self.names {
            Some(names) => names.pseudonyms.of(text, holds),
            None => text.to_owned(),
        }
    }
}

/// What stands for a token; null where it stays.
fn replaced(names: &mut Option<Masking>, field: &Field<'_>, token: &[u8]) -> Option<Vec<u8>> {
    match names {
        Some(names) => names.token(field, token),
        None => without_secrets(field, token),
    }
}

/// A piece of text without the secrets that it may hold, in the same length.
pub fn strip_secrets(text: &str) -> String {
    let mut mask = Mask::new(false);
    let mut bytes = mask.push(text.as_bytes());
    bytes.extend(mask.finish().0);
    // Asterisks in place of whole tokens leave UTF-8 as it was.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Asterisks in place of a secret: as many, so that every record stays where it was.
fn without_secrets(field: &Field<'_>, token: &[u8]) -> Option<Vec<u8>> {
    if !field.is_secret() {
        return None;
    }
    let inner = token.len().saturating_sub(2);
    Some(match token.first() {
        Some(b'"') => [b"\"", vec![b'*'; inner].as_slice(), b"\""].concat(),
        // A number.
        _ => vec![b'1'; token.len()],
    })
}

impl Masking {
    /// What stands for a token, a text with its quotes or a number; null where it stays.
    fn token(&mut self, field: &Field<'_>, token: &[u8]) -> Option<Vec<u8>> {
        if token.first() != Some(&b'"') {
            return self.number(field, token);
        }
        let text = serde_json::from_slice::<String>(token).ok();
        let masked = match (field, text) {
            (_, None) => MASKED.to_owned(),
            (Field::Key { of }, Some(key)) => self.key(*of, &key)?,
            (Field::Value { .. }, Some(text)) => match self.holds(field) {
                _ if field.is_secret() => "(left out)".to_owned(),
                None => MASKED.to_owned(),
                Some(holds) => self.pseudonyms.of(&text, holds),
            },
        };
        // A text can always be written.
        serde_json::to_vec(&masked).ok()
    }

    fn number(&mut self, field: &Field<'_>, token: &[u8]) -> Option<Vec<u8>> {
        match self.holds(field) {
            Some(Holds::Plain) => None,
            Some(holds) => {
                let text = str::from_utf8(token).ok()?;
                Some(self.pseudonyms.number(text, holds).into_bytes())
            }
            None => Some(b"0".to_vec()),
        }
    }

    /// What stands for the key of an object that itself stands under the key `of`; null where it stays.
    fn key(&mut self, of: Option<&str>, key: &str) -> Option<String> {
        let is_tag = of.and_then(|of| self.fields.get(of)) == Some(&Holds::Tags);
        // By that name the adapter takes a tag for the name of the SIM.
        if is_tag && key != "name" {
            return Some(self.pseudonyms.of(key, Holds::Words));
        }
        let masked = self.pseudonyms.of(key, Holds::Plain);
        (masked != key).then_some(masked)
    }

    fn holds(&self, field: &Field<'_>) -> Option<Holds> {
        let Field::Value { parent, key } = field else {
            return None;
        };
        if let Some(parent) = parent {
            if self.fields.get(parent) == Some(&Holds::Tags) {
                return Some(Holds::Words);
            }
            let path = format!("{parent}.{key}");
            if let Some(holds) = self.fields.get(path.as_str()) {
                return Some(*holds);
            }
        }
        self.fields.get(key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(mask: &mut Mask, text: &str) -> String {
        mask.begin();
        let mut out = mask.push(text.as_bytes());
        out.extend(mask.finish().0);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_no_adapter_reads_keeps_its_form_alone() {
        let mut mask = Mask::new(true);
        assert_eq!(
            masked(
                &mut mask,
                r#"[{"iccid": "8999900000000000017", "customer": {"mail": "a@b.example", "age": 7, "vip": true, "tel": null}}]"#
            ),
            r#"[{"iccid": "8999909000000000017", "customer": {"mail": "(masked)", "age": 0, "vip": true, "tel": null}}]"#
        );
    }

    #[test]
    fn objects_by_identifier_and_the_owners_tags_are_masked_too() {
        let mut mask = Mask::new(true);
        assert_eq!(
            masked(
                &mut mask,
                r#"{"profiles": {"8999900000000000017": {"iccid": "8999900000000000017"}}, "tags": {"name": "Pump 4", "site": "harbour"}}"#
            ),
            r#"{"profiles": {"8999909000000000017": {"iccid": "8999909000000000017"}}, "tags": {"name": "Name 1", "Name 2": "Name 3"}}"#
        );
    }

    #[test]
    fn secrets_become_asterisks_where_nothing_else_is_masked() {
        assert_eq!(
            strip_secrets(
                r#"{"sid": "x", "token": "ab\"c", "ki": 123, "keys": ["k"], "client_secret": ["d", 4]}"#
            ),
            r#"{"sid": "x", "token": "*****", "ki": 111, "keys": ["k"], "client_secret": ["*", 1]}"#
        );
        assert_eq!(
            strip_secrets("\u{feff} {\"a\": \"é\"}\n{}"),
            "\u{feff} {\"a\": \"é\"}\n{}"
        );
    }

    #[test]
    fn what_is_not_json_any_more_is_left_out() {
        let mut mask = Mask::new(true);
        mask.begin();
        let out = mask.push(br#"{"status": "active", <b>8999900000000000017"#);
        assert_eq!(out, br#"{"status": "active", "#);
        assert_eq!(mask.finish(), (Vec::new(), false));
        // Cut off inside a text.
        mask.begin();
        let out = mask.push(br#"{"status": "8999900000000"#);
        assert_eq!(out, br#"{"status": "#);
        assert_eq!(mask.finish(), (Vec::new(), false));
    }
}
