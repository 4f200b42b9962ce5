//! What could be written at a place of a line: fields and words, or the values that occur in what is loaded, the
//! most frequent first.

use serde::{Deserialize, Serialize};

use super::candidates::Candidates;
use super::choice::Choice;
use super::parse::country;
use super::pattern::Pattern;
use super::terms::{
    Edge, FIELDS, Field, Flag, Holds, NOT_REPORTED, NumberField, TextField, field_named, value,
};
use super::tokens::{Span, Token, tokens};
use crate::insight::{Rule, Severity};
use crate::store::Store;

/// At most so many are proposed at once.
const MOST: usize = 30;
/// From so many letters on, values are proposed where no field was named.
const ENOUGH: usize = 2;

/// How often a value occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    /// In so many sessions.
    Sessions(u32),
    /// In so many events.
    Events(u32),
}

/// Something that could be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// What to write.
    pub insert: String,
    /// What it is, where that needs words.
    pub about: String,
    /// How often it occurs; null for what does not.
    pub count: Option<Counted>,
    /// An alpha-2 code, where it is a country.
    pub country: Option<String>,
    /// A value must follow.
    pub goes_on: bool,
}

impl Completion {
    fn word(insert: &str, about: &str) -> Self {
        Self {
            insert: insert.to_owned(),
            about: about.to_owned(),
            count: None,
            country: None,
            goes_on: false,
        }
    }
}

/// What could be written at a place of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completions {
    /// The line that was asked about.
    pub line: String,
    /// What is replaced: from this character of the line,
    pub from: u32,
    /// up to this one.
    pub to: u32,
    /// What could stand there, the best first.
    pub items: Vec<Completion>,
}

/// What could be written where the cursor is, counted in characters.
pub fn complete(store: &Store, known: &mut Candidates, line: &str, cursor: u32) -> Completions {
    let chars: Vec<char> = line.chars().collect();
    let typed = |from: u32| -> String {
        let (from, to) = (from as usize, cursor as usize);
        chars
            .get(from..to.min(chars.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let tokens = tokens(line);
    let token = tokens
        .iter()
        .find(|token| token.span.from <= cursor && cursor <= token.span.to);
    let mut out = Completions {
        line: line.to_owned(),
        from: cursor,
        to: cursor,
        items: Vec::new(),
    };
    let Some(token) = token else {
        out.items = words("");
        return out;
    };
    if let Some((name, value)) = value_at(token, cursor) {
        (out.from, out.to) = (value.from, value.to);
        let typed = typed(value.from);
        let typed = typed.trim_start_matches('"').to_lowercase();
        if let Some(field) = field_named(name) {
            out.items = values(store, known, field, &typed);
        }
    } else {
        let from = token.span.from + u32::from(token.negated);
        out.from = from.min(cursor);
        // The name and its operator, or all of a text.
        out.to = match (&token.field, token.values.first()) {
            (Some(_), Some(first)) => first.span.from,
            _ => token.span.to,
        };
        let typed = typed(out.from).to_lowercase();
        out.items = words(&typed);
        // Its value stays.
        out.items
            .retain(|item| item.goes_on || token.field.is_none());
        if token.field.is_none() && typed.chars().count() >= ENOUGH {
            let typed = typed.trim_start_matches('"');
            out.items.extend(anywhere(store, known, typed));
        }
    }
    out.items.truncate(MOST);
    out
}

/// The field's name and the place of its value, if the cursor stands in one.
fn value_at(token: &Token, cursor: u32) -> Option<(&str, Span)> {
    let (name, _, _) = token.field.as_ref()?;
    let mut values = token.values.iter().rev();
    let value = values.find(|value| value.span.from <= cursor)?;
    Some((name, value.span))
}

/// Fields and words that begin so.
fn words(typed: &str) -> Vec<Completion> {
    let fields = FIELDS.iter().filter(|field| {
        field.name.starts_with(typed) || (!typed.is_empty() && field.alias.starts_with(typed))
    });
    let fields = fields.map(|field| Completion {
        goes_on: true,
        ..Completion::word(&with_operator(field), field.about)
    });
    let flags = Flag::ALL
        .into_iter()
        .filter(|(word, _)| word.starts_with(typed));
    let flags = flags.map(|(word, flag)| Completion::word(word, flag.about()));
    // Without a letter, what is asked for most comes first, and the words are few.
    let (mut first, second): (Vec<_>, Vec<_>) = if typed.is_empty() {
        (fields.collect(), flags.collect())
    } else {
        (flags.collect(), fields.collect())
    };
    first.extend(second);
    first
}

fn with_operator(field: &Field) -> String {
    let op = match field.holds {
        Holds::Number(_) => '>',
        _ => ':',
    };
    format!("{}{op}", field.name)
}

/// Values of a field that begin so, then those that have it inside.
fn values(store: &Store, known: &mut Candidates, field: &Field, typed: &str) -> Vec<Completion> {
    let fixed = |values: &[&str]| {
        let values = values.iter().filter(|value| value.starts_with(typed));
        values.map(|value| Completion::word(value, "")).collect()
    };
    match field.holds {
        Holds::Area => return fixed(&[NOT_REPORTED]),
        Holds::Choice(Choice::Finding) => return findings(typed),
        Holds::Number(NumberField::Duration) => return fixed(&["1min", "10min", "1h", "1d"]),
        Holds::Number(NumberField::Offline) => return fixed(&["1h", "1d", "7d", "30d"]),
        Holds::Number(NumberField::Packets) => return fixed(&["0", "100", "1000", NOT_REPORTED]),
        Holds::Number(_) => return fixed(&["0", "10kB", "1MB", "1GB", NOT_REPORTED]),
        Holds::Time(Edge::Since) => return fixed(&["24h", "7d", "30d", "today", "yesterday"]),
        Holds::Time(Edge::Until) => return fixed(&["yesterday", "24h", "7d"]),
        _ => {}
    }
    let (mut begin, mut inside, mut none) = (Vec::new(), Vec::new(), None);
    let is_country = matches!(field.holds, Holds::Country | Holds::LastCountry);
    let meant = country(typed).filter(|_| is_country);
    for (text, count) in known.of(store, field.holds) {
        let Some(text) = text else {
            if NOT_REPORTED.starts_with(typed) {
                none = Some(Completion {
                    count: Some(*count),
                    ..Completion::word(NOT_REPORTED, "not reported")
                });
            }
            continue;
        };
        let lower = text.to_lowercase();
        let is_meant = meant.is_some_and(|country| country.as_str() == text);
        if !lower.contains(typed) && !is_meant {
            continue;
        }
        let item = Completion {
            insert: value(Some(&Pattern::literal(text))),
            about: String::new(),
            count: Some(*count),
            country: Some(text.clone()).filter(|_| is_country),
            goes_on: false,
        };
        if lower.starts_with(typed) || is_meant {
            begin.push(item);
        } else {
            inside.push(item);
        }
    }
    begin.truncate(MOST - 1);
    begin.extend(none);
    begin.extend(inside);
    begin
}

/// What may stand out in a SIM, in the words of the filter.
fn findings(typed: &str) -> Vec<Completion> {
    let rules = Rule::ALL.map(|rule| (rule.as_str(), rule.label()));
    let severities = Severity::ALL.map(|severity| (severity.as_str(), "of that severity"));
    let all = [("any", "anything stands out"), ("none", "nothing does")];
    let all = all.into_iter().chain(severities).chain(rules);
    all.filter(|(name, _)| name.starts_with(typed))
        .map(|(name, about)| Completion::word(name, about))
        .collect()
}

/// Values that begin so, of the fields whose values people know.
fn anywhere(store: &Store, known: &mut Candidates, typed: &str) -> Vec<Completion> {
    let known_by_heart = FIELDS.iter().filter(|field| {
        matches!(
            field.holds,
            Holds::Text(TextField::Operator) | Holds::Country | Holds::Choice(_)
        ) && !matches!(
            field.name,
            "start" | "end" | "basis" | "last-radio" | "finding"
        )
    });
    let mut out = Vec::new();
    for field in known_by_heart {
        let found = values(store, known, field, typed).into_iter();
        out.extend(
            found
                .filter(|item| item.about.is_empty())
                .take(4)
                .map(|item| Completion {
                    insert: format!("{}:{}", field.name, item.insert),
                    ..item
                }),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture;
    use super::*;

    fn proposed(line: &str, cursor: u32) -> (u32, u32, Vec<String>) {
        let store = fixture::store();
        let found = complete(&store, &mut Candidates::default(), line, cursor);
        let inserts = found.items.into_iter().map(|item| item.insert);
        (found.from, found.to, inserts.collect())
    }

    #[test]
    fn fields_come_first_and_then_what_begins_so() {
        let (from, to, all) = proposed("", 0);
        assert_eq!((from, to, all[0].as_str()), (0, 0, "operator:"));
        assert_eq!(
            proposed("open -op", 8),
            (6, 8, vec!["open".into(), "operator:".into()])
        );
        assert_eq!(proposed("prov", 4).2, ["vendor:"]);
        assert_eq!(proposed("opera:x", 3), (0, 6, vec!["operator:".into()]));
        // Between two terms, nothing is replaced.
        assert_eq!(
            (
                proposed("open  radio:2g", 5).0,
                proposed("open  radio:2g", 5).1
            ),
            (5, 5)
        );
    }

    #[test]
    fn values_are_those_that_are_loaded_the_most_frequent_first() {
        let store = fixture::store();
        let mut known = Candidates::default();
        let found = complete(&store, &mut known, "operator:", 9);
        assert_eq!((found.from, found.to), (9, 9));
        let counts: Vec<_> = found
            .items
            .iter()
            .map(|item| (item.insert.as_str(), item.count))
            .collect();
        assert_eq!(
            counts[0],
            ("\"Example Norway\"", Some(Counted::Sessions(4)))
        );
        assert!(
            counts.contains(&("none", Some(Counted::Sessions(1)))),
            "{counts:?}"
        );
        let found = complete(&store, &mut known, "country:norway", 14);
        assert_eq!(found.items[0].insert, "NO");
        assert_eq!(found.items[0].country.as_deref(), Some("NO"));
        // The second value alone is replaced, up to the cursor it is what was typed.
        assert_eq!(
            proposed("radio:2g,lte-m", 11),
            (9, 14, vec!["lte-m".into()])
        );
        assert_eq!(
            proposed("operator:\"example n", 19).2[0],
            "\"Example Norway\""
        );
    }

    #[test]
    fn a_text_is_also_looked_for_among_values() {
        let (from, to, all) = proposed("swe", 3);
        assert_eq!((from, to), (0, 3));
        assert_eq!(all, ["operator:\"Sweden Mobil\"", "country:SE"]);
    }
}
