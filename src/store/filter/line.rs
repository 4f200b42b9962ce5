//! A line as the page paints and changes it: which characters belong to a term, and a line with a term more. Needs
//! no data.

use super::parse::Problem;
use super::pattern::Pattern;
use super::terms::value;
use super::tokens::{Op, Token, tokens};

/// Characters of a line that look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// They are a field's name and operator, or the hyphen before it.
    pub field: bool,
    /// Something is wrong with them.
    pub wrong: bool,
}

/// A part of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// It is a term; else what stands between two.
    pub term: bool,
    /// Its characters.
    pub runs: Vec<Run>,
}

/// The parts of a line, in their order: together they are the line.
pub fn parts(line: &str, problems: &[Problem]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut terms = tokens(line).into_iter().peekable();
    let mut now: Option<Token> = None;
    for (at, c) in (0u32..).zip(line.chars()) {
        let begins = terms.next_if(|term| term.span.from == at);
        let ends = now.as_ref().is_some_and(|term| term.span.to == at);
        if begins.is_some() || ends || parts.is_empty() {
            parts.push(Part {
                term: begins.is_some(),
                runs: Vec::new(),
            });
            now = begins;
        }
        let field = now.as_ref().is_some_and(|term| at < values_from(term));
        let wrong = problems.iter().any(|p| p.from <= at && at < p.to);
        let Some(part) = parts.last_mut() else {
            continue;
        };
        match part.runs.last_mut() {
            Some(run) if run.field == field && run.wrong == wrong => run.text.push(c),
            _ => part.runs.push(Run {
                text: c.to_string(),
                field,
                wrong,
            }),
        }
    }
    parts
}

/// Where the values of a term begin.
fn values_from(term: &Token) -> u32 {
    term.values
        .first()
        .map_or(term.span.to, |value| value.span.from)
}

/// A field with a value, in quotes where it needs them. `None` is "not reported".
pub fn term(field: &str, text: Option<&str>) -> String {
    format!("{field}:{}", value(text.map(Pattern::literal).as_ref()))
}

/// Whether the label of an operator is MCC and MNC, joined by a hyphen: the codes of one that nobody names. There are operators
/// that are called by a number (`3`).
pub fn is_plmn(label: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|letter| letter.is_ascii_digit());
    let parts = label.split_once('-');
    parts.is_some_and(|(mcc, mnc)| {
        mcc.len() == 3 && matches!(mnc.len(), 2 | 3) && digits(mcc) && digits(mnc)
    })
}

/// Whether a term stands in a line, word for word.
pub fn has_term(line: &str, term: &str) -> bool {
    pieces(line).iter().any(|(_, text)| text == term)
}

/// The line that asks for a field's value: other values of the same field that the line asked for give way.
pub fn with_term(line: &str, term: &str) -> String {
    let field = tokens(term)
        .into_iter()
        .find_map(|term| Some(term.field?.0));
    let kept = pieces(line).into_iter().filter(|(token, _)| {
        let asks_for = matches!(&token.field, Some((name, _, Op::Is)) if !token.negated && Some(name) == field.as_ref());
        !asks_for
    });
    joined(kept.map(|(_, text)| text).chain([term.to_owned()]))
}

/// The line with a bound below which a number is left out, as in `offline>7d`: another such bound of the same field gives way.
pub fn with_bound(line: &str, term: &str) -> String {
    let wanted = bound_of(term);
    let kept = pieces(line).into_iter().filter(|(token, _)| {
        let field = bounded(token);
        field.is_none() || field != wanted.as_deref()
    });
    joined(kept.map(|(_, text)| text).chain([term.to_owned()]))
}

/// The bound of a field that stands in a line, word for word; null where there is none.
pub fn bound_in(line: &str, field: &str) -> Option<String> {
    let mut found = pieces(line).into_iter();
    let found = found.find(|(token, _)| bounded(token) == Some(field));
    found.map(|(_, text)| text)
}

fn bound_of(term: &str) -> Option<String> {
    let read = tokens(term);
    read.first().and_then(bounded).map(str::to_owned)
}

/// The field of a term that bounds it from below.
fn bounded(token: &Token) -> Option<&str> {
    let (name, _, op) = token.field.as_ref()?;
    let is_bound = !token.negated && matches!(op, Op::Above | Op::AtLeast);
    Some(name.as_str()).filter(|_| is_bound)
}

/// The line without a term.
pub fn without_term(line: &str, term: &str) -> String {
    let kept = pieces(line).into_iter().filter(|(_, text)| text != term);
    joined(kept.map(|(_, text)| text))
}

fn joined(terms: impl Iterator<Item = String>) -> String {
    let terms: Vec<String> = terms.collect();
    terms.join(" ")
}

/// The terms of a line with their text.
fn pieces(line: &str) -> Vec<(Token, String)> {
    let text = |token: &Token| {
        let length = (token.span.to - token.span.from) as usize;
        line.chars()
            .skip(token.span.from as usize)
            .take(length)
            .collect()
    };
    tokens(line)
        .into_iter()
        .map(|token| {
            let text = text(&token);
            (token, text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn an_operator_called_by_a_number_is_no_plmn() {
        assert!(is_plmn("240-01") && is_plmn("310-410"));
        for label in ["3", "3-3", "24001", "240-1", "240-0x", "240-0101", "-", ""] {
            assert!(!is_plmn(label), "{label}");
        }
    }

    #[test]
    fn parts_are_the_line_again() {
        let line = r#" -radio:2g,"nb iot"  gåte opertor:x"#;
        let problems = parse(line).unwrap_err();
        let parts = parts(line, &problems);
        let text = |part: &Part| {
            part.runs
                .iter()
                .map(|run| run.text.as_str())
                .collect::<String>()
        };
        assert_eq!(parts.iter().map(text).collect::<String>(), line);
        let terms: Vec<String> = parts.iter().filter(|part| part.term).map(text).collect();
        assert_eq!(terms, [r#"-radio:2g,"nb iot""#, "gåte", "opertor:x"]);
        let runs = |at: usize| {
            let runs = parts[at].runs.iter();
            runs.map(|run| (run.text.as_str(), run.field, run.wrong))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            runs(1),
            [("-radio:", true, false), ("2g,\"nb iot\"", false, false)]
        );
        assert_eq!(
            runs(5),
            [
                ("opertor", true, true),
                (":", true, false),
                ("x", false, false)
            ]
        );
        assert_eq!(super::parts("", &[]), []);
    }

    #[test]
    fn a_bound_takes_the_place_of_another() {
        let line = with_bound(
            "gate offline>1h dur>1h -offline>30d offline<9d",
            "offline>7d",
        );
        assert_eq!(line, "gate dur>1h -offline>30d offline<9d offline>7d");
        assert_eq!(bound_in(&line, "offline").as_deref(), Some("offline>7d"));
        assert_eq!(bound_in("offline -offline>7d", "offline"), None);
        assert_eq!(with_bound("offline>=36h", "offline>10d"), "offline>10d");
        assert_eq!(
            without_term(&line, "offline>7d"),
            "gate dur>1h -offline>30d offline<9d"
        );
    }

    #[test]
    fn a_value_takes_the_place_of_another_of_its_field() {
        let telia = term("operator", Some("Telia Norway"));
        assert_eq!(telia, r#"operator:"Telia Norway""#);
        assert_eq!(term("radio", None), "radio:none");
        assert_eq!(term("name", Some("none")), r#"name:"none""#);
        let line = with_term(
            "gate operator:Elisa,DNA  -operator:X operator!=Y open",
            &telia,
        );
        assert_eq!(
            line,
            r#"gate -operator:X operator!=Y open operator:"Telia Norway""#
        );
        assert!(has_term(&line, &telia) && !has_term(&line, "operator:Elisa"));
        assert_eq!(
            without_term(&line, &telia),
            "gate -operator:X operator!=Y open"
        );
        assert_eq!(with_term("", &telia), telia);
    }
}
