//! A line as a filter, or what is wrong with it and where.

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::choice::Choice;
use super::nearest::nearest;
use super::number;
use super::pattern::Pattern;
use super::terms::{
    Edge, FIELDS, Field, Filter, Flag, Holds, NOT_REPORTED, NumberField, Term, TextField, What,
    field_named,
};
use super::time::When;
use super::tokens::{Op, Span, Token, Value, tokens};
use crate::model::Country;

/// Something in a line that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it begins, in characters from 0.
    pub from: u32,
    /// One past its last character.
    pub to: u32,
    /// What is wrong and what to do, for the visitor.
    pub message: String,
}

fn problem(span: Span, message: impl Into<String>) -> Problem {
    Problem {
        from: span.from,
        to: span.to.max(span.from + 1),
        message: message.into(),
    }
}

/// Reads a line.
///
/// # Errors
///
/// Every problem of the line, in the order of their places.
pub fn parse(line: &str) -> Result<Filter, Vec<Problem>> {
    let mut filter = Filter::default();
    let mut problems = Vec::new();
    for token in tokens(line) {
        match term(&token) {
            Ok(term) => filter.terms.push(term),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(filter)
    } else {
        Err(problems)
    }
}

fn term(token: &Token) -> Result<Term, Problem> {
    let open = token.values.iter().find(|value| !value.closed);
    if let Some(value) = open {
        return Err(problem(
            value.span,
            "This quote is not closed. Put a \" behind the value.",
        ));
    }
    let what = match &token.field {
        None => free(token)?,
        Some((name, span, op)) => {
            let field = known(name, *span, *op)?;
            behind_field(field, *op, token)?
        }
    };
    Ok(Term {
        negated: token.negated,
        what,
    })
}

fn free(token: &Token) -> Result<What, Problem> {
    let Some(value) = token.values.first().filter(|v| !v.pattern.is_empty()) else {
        let message = if token.negated {
            "Put what is to be left out right behind the “-”, without a space."
        } else {
            "There is nothing between these quotes. Type a text, or take them out."
        };
        return Err(problem(token.span, message));
    };
    let word = value.pattern.text().filter(|_| !value.quoted);
    if let Some(flag) = word.and_then(Flag::from_word) {
        return Ok(What::Flag(flag));
    }
    Ok(What::Free(value.pattern.clone()))
}

fn known(name: &str, span: Span, op: Op) -> Result<&'static Field, Problem> {
    if name.is_empty() {
        let op = op.as_str();
        let message = format!(
            "Put a field right before “{op}”, without a space, as in dur>1h. To search for this text, put it in quotes."
        );
        return Err(problem(
            Span {
                to: span.to + op.len() as u32,
                ..span
            },
            message,
        ));
    }
    field_named(name).ok_or_else(|| {
        let names = FIELDS.iter().flat_map(|field| [field.name, field.alias]);
        let flags = Flag::ALL.into_iter().map(|(word, _)| word);
        let advice = match nearest(name, names.chain(flags)) {
            Some(near) if Flag::from_word(near).is_some() && field_named(near).is_none() => {
                format!("Did you mean {near}, by itself?")
            }
            Some(near) => format!("Did you mean {near}?"),
            None => "To search for this text, put it in quotes.".to_owned(),
        };
        problem(span, format!("Unknown field “{name}”. {advice}"))
    })
}

fn behind_field(field: &'static Field, op: Op, token: &Token) -> Result<What, Problem> {
    if let Some(value) = token
        .values
        .iter()
        .find(|v| v.pattern.is_empty() && !v.quoted)
    {
        let message = format!("A value is missing here. {}: {}.", field.name, field.about);
        // The place where it should stand, or the operator before it at the end of the line.
        let from = value.span.from.saturating_sub(1);
        return Err(problem(
            Span {
                from,
                to: value.span.to,
            },
            message,
        ));
    }
    let differs = op == Op::IsNot;
    match field.holds {
        Holds::Number(number) => numbers(number, op, token),
        _ if !matches!(op, Op::Is | Op::IsNot) => Err(problem(
            token.span,
            format!(
                "{} is not a number. Write {}:value.",
                field.name, field.name
            ),
        )),
        Holds::Text(text) => Ok(What::Text {
            field: text,
            differs,
            values: token.values.iter().map(|v| text_value(text, v)).collect(),
        }),
        Holds::Country => Ok(What::Country {
            differs,
            values: countries(token)?,
        }),
        Holds::LastCountry => Ok(What::LastCountry {
            differs,
            values: countries(token)?,
        }),
        Holds::Area => areas(differs, token),
        Holds::Choice(choice) => choices(choice, differs, field, token),
        Holds::Time(edge) => time(edge, op, field, token),
    }
}

/// The word for what is not reported, unless it stands in quotes.
fn is_none(value: &Value) -> bool {
    !value.quoted
        && value
            .pattern
            .text()
            .is_some_and(|text| text.eq_ignore_ascii_case(NOT_REPORTED))
}

fn text_value(field: TextField, value: &Value) -> Option<Pattern> {
    if is_none(value) {
        return None;
    }
    let pattern = value.pattern.clone();
    Some(match field {
        TextField::Plmn => pattern.or_literal(plmn),
        _ => pattern,
    })
}

/// `24201` is `242-01`, and `242` is any network of that country code.
fn plmn(text: &str) -> Option<Pattern> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let (mcc, mnc) = text.split_at_checked(3).filter(|_| digits)?;
    let mut pattern = Pattern::literal(&format!("{mcc}-{mnc}"));
    match mnc.len() {
        0 => pattern.take('*'),
        2 | 3 => {}
        _ => return None,
    }
    Some(pattern)
}

/// The values behind a field, each as `read` takes it, else as what is not reported; `wanted` says why it is none of them.
fn values<T>(
    token: &Token,
    read: fn(&str) -> Option<T>,
    wanted: &str,
) -> Result<Vec<Option<T>>, Problem> {
    let values = token.values.iter().map(|value| {
        if is_none(value) {
            return Ok(None);
        }
        let found = value.pattern.text().and_then(read);
        found
            .map(Some)
            .ok_or_else(|| problem(value.span, format!("“{}” is {wanted}", value.pattern)))
    });
    values.collect()
}

fn countries(token: &Token) -> Result<Vec<Option<Country>>, Problem> {
    let wanted = "no country. Write its code or its English name: NO, NOR, Norway.";
    values(token, country, wanted)
}

fn areas(differs: bool, token: &Token) -> Result<What, Problem> {
    let wanted = "no area. Write it in degrees, south/west/north/east, as in in:59.8/10.5/60/11.";
    Ok(What::Area {
        differs,
        values: values(token, Area::read, wanted)?,
    })
}

/// A country by its alpha-2 or alpha-3 code, or by its English name.
pub(super) fn country(text: &str) -> Option<Country> {
    Country::from_alpha2(text)
        .or_else(|| crate::geo::from_alpha3(text))
        .or_else(|| crate::geo::from_english_name(text))
}

fn choices(choice: Choice, differs: bool, field: &Field, token: &Token) -> Result<What, Problem> {
    let mut mask = 0;
    for value in &token.values {
        mask |= choice.mask_of(&value.pattern).ok_or_else(|| {
            let text = &value.pattern;
            let names = choice.names();
            let near = nearest(&text.to_string(), names.iter().copied());
            let advice = near.map_or_else(
                || format!("It is one of {}.", names.join(", ")),
                |near| format!("Did you mean {near}?"),
            );
            problem(
                value.span,
                format!("“{text}” is no {}. {advice}", field.name),
            )
        })?;
    }
    Ok(What::Choice {
        field: choice,
        differs,
        mask,
    })
}

fn numbers(field: NumberField, op: Op, token: &Token) -> Result<What, Problem> {
    let example = number::example(field);
    let orders = !matches!(op, Op::Is | Op::IsNot);
    if let (true, Some(second)) = (orders, token.values.get(1)) {
        let op = op.as_str();
        let message = format!("“{op}” takes one value. Write it as in {example}.");
        return Err(problem(second.span, message));
    }
    let values = token.values.iter().map(|value| {
        let none = is_none(value);
        if none && !orders {
            return Ok(None);
        }
        let text = value.pattern.text().filter(|_| !none);
        let read = text.and_then(|text| number::read(field, text));
        read.map(Some).ok_or_else(|| {
            let text = &value.pattern;
            problem(
                value.span,
                format!("“{text}” cannot be compared here. Write it as in {example}."),
            )
        })
    });
    Ok(What::Number {
        field,
        op,
        values: values.collect::<Result<_, _>>()?,
    })
}

fn time(edge: Edge, op: Op, field: &Field, token: &Token) -> Result<What, Problem> {
    let name = field.name;
    let example =
        format!("Write {name}:2026-10-01, {name}:2026-10-01T08:00, {name}:7d or {name}:yesterday.");
    let [value] = token.values.as_slice() else {
        return Err(problem(
            token.span,
            format!("{name} takes one instant. {example}"),
        ));
    };
    if op == Op::IsNot {
        return Err(problem(token.span, example));
    }
    let at = value.pattern.text().and_then(When::read).ok_or_else(|| {
        let text = &value.pattern;
        problem(value.span, format!("“{text}” is no time. {example}"))
    })?;
    Ok(What::Time { edge, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(line: &str) -> Vec<(u32, u32, String)> {
        let problems = parse(line).unwrap_err().into_iter();
        problems.map(|p| (p.from, p.to, p.message)).collect()
    }

    #[test]
    fn a_line_reads_and_prints() {
        for (line, printed) in [
            ("", ""),
            ("  gate   4 ", "gate 4"),
            (
                "operator:Telia -radio:2G country:no,SWE,Norway",
                "operator:Telia -radio:2g country:NO,SE,NO",
            ),
            ("dur>1h bytes=0 open", "dur>1h bytes=0 open"),
            ("sim:8944* since:2026-10-01", "sim:8944* since:2026-10-01"),
            (
                r#"operator:"Example Norway",none"#,
                r#"operator:"Example Norway",none"#,
            ),
            (
                r#"name:"none" "open" "a:b" "-x""#,
                r#"name:"none" "open" "a:b" "-x""#,
            ),
            ("OPEN provider:kore rat:LTE", "open vendor:kore radio:4g"),
            (
                "plmn:24201,242 plmn:310-26*",
                "plmn:242-01,242-* plmn:310-26*",
            ),
            ("dur!=90s bytes:none,1500", "dur!=90s bytes=none,1500B"),
            (
                "event:session-created,data_usage",
                "event:session_created,data_usage",
            ),
            (
                "until:2026-10-01T08:00+02:00",
                "until:2026-10-01T06:00:00.000Z",
            ),
            ("tag:site=north", "tag:site=north"),
        ] {
            assert_eq!(parse(line).unwrap().to_string(), printed, "{line}");
        }
    }

    #[test]
    fn problems_have_a_place_and_say_what_to_do() {
        let one = |from, to, message: &str| vec![(from, to, message.to_owned())];
        assert_eq!(
            problems("open opertor:Telia"),
            one(5, 12, "Unknown field “opertor”. Did you mean operator?")
        );
        assert_eq!(
            problems("xyzzy:1"),
            one(
                0,
                5,
                "Unknown field “xyzzy”. To search for this text, put it in quotes."
            )
        );
        assert_eq!(
            problems("radio:2g,LET"),
            one(
                9,
                12,
                "“LET” is no radio. It is one of 4g, 5g, lte-m, nb-iot, 3g, 2g, unknown."
            )
        );
        assert_eq!(
            problems("radio:lte-n")[0].2,
            "“lte-n” is no radio. Did you mean lte-m?"
        );
        assert_eq!(problems("country:Atlantis")[0].0, 8);
        assert_eq!(
            problems("dur>soon")[0],
            (
                4,
                8,
                "“soon” cannot be compared here. Write it as in dur>90s, dur>=1.5h (s, min, h, d)."
                    .to_owned()
            )
        );
        assert_eq!(problems("bytes>none")[0].0, 6);
        assert_eq!(problems("bytes>1,2")[0].0, 8);
        assert_eq!(
            problems("operator>Telia")[0].2,
            "operator is not a number. Write operator:value."
        );
        assert_eq!(problems("since:soon")[0].0, 6);
        assert_eq!(problems("since:today,yesterday")[0].0, 0);
        assert_eq!(problems("since!=today")[0].0, 0);
        assert_eq!(
            problems(r#"x "abc"#)[0],
            (
                2,
                6,
                "This quote is not closed. Put a \" behind the value.".to_owned()
            )
        );
        assert_eq!((problems("-")[0].0, problems("-")[0].1), (0, 1));
        assert_eq!(problems("dur > 1h")[0], (4, 5, "Put a field right before “>”, without a space, as in dur>1h. To search for this text, put it in quotes.".to_owned()));
        assert_eq!(
            (
                problems("gåte operator:")[0].0,
                problems("gåte operator:")[0].1
            ),
            (13, 14)
        );
        assert_eq!(problems("country:NO,")[0].0, 10);
        assert_eq!(problems("x:1 y:2").len(), 2);
    }
}
