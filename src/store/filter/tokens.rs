//! A line as tokens: where a term stands, its field, its operator and its values. Says nothing about
//! what they mean. Places are counted in characters from 0.

use super::pattern::Pattern;

/// From the first character to one past the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// The first character.
    pub from: u32,
    /// One past the last.
    pub to: u32,
}

/// How a field is compared with its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `:` or `=`: it is one of them.
    Is,
    /// `!=`: it is known, and none of them.
    IsNot,
    /// `>`.
    Above,
    /// `>=`.
    AtLeast,
    /// `<`.
    Below,
    /// `<=`.
    AtMost,
}

/// The spellings of the operators; longer ones first, so that they are read whole.
const OPS: [(&str, Op); 7] = [
    ("!=", Op::IsNot),
    (">=", Op::AtLeast),
    ("<=", Op::AtMost),
    (":", Op::Is),
    ("=", Op::Is),
    (">", Op::Above),
    ("<", Op::Below),
];

impl Op {
    /// As it is printed beside a number.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is => "=",
            Self::IsNot => "!=",
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
        }
    }
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Where it stands, quotes included.
    pub span: Span,
    /// What it says.
    pub pattern: Pattern,
    /// It begins with a quote, so that words like `none` have no meaning of their own.
    pub quoted: bool,
    /// A quote that was begun is closed.
    pub closed: bool,
}

/// A term as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// A hyphen stands before it.
    pub negated: bool,
    /// The field's name with its place, and the operator; null where the term is text alone.
    pub field: Option<(String, Span, Op)>,
    /// What stands behind the operator, or the text. Never empty, but a value may be.
    pub values: Vec<Value>,
}

/// All terms of a line.
pub fn tokens(line: &str) -> Vec<Token> {
    let chars: Vec<char> = line.chars().collect();
    let mut reader = Reader {
        chars: &chars,
        at: 0,
    };
    let mut tokens = Vec::new();
    loop {
        while reader.peek().is_some_and(char::is_whitespace) {
            reader.at += 1;
        }
        if reader.peek().is_none() {
            return tokens;
        }
        tokens.push(reader.token());
    }
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn span_from(&self, from: usize) -> Span {
        Span {
            from: from as u32,
            to: self.at as u32,
        }
    }

    fn token(&mut self) -> Token {
        let from = self.at;
        let negated = self.peek() == Some('-');
        self.at += usize::from(negated);
        let field = self.field();
        let mut values = vec![self.value(field.is_some())];
        while field.is_some() && self.peek() == Some(',') {
            self.at += 1;
            values.push(self.value(true));
        }
        Token {
            span: self.span_from(from),
            negated,
            field,
            values,
        }
    }

    /// A name and an operator; nothing is read where there is no operator. The name may be missing.
    fn field(&mut self) -> Option<(String, Span, Op)> {
        let rest = self.chars.get(self.at..)?;
        let begins = rest.first().is_some_and(|c| c.is_alphabetic());
        let goes_on = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let length = if begins {
            rest.iter().take_while(|c| goes_on(c)).count()
        } else {
            0
        };
        let behind = rest.get(length..)?;
        let (text, op) = OPS.into_iter().find(|(text, _)| {
            let mut chars = behind.iter();
            text.chars().all(|c| chars.next() == Some(&c))
        })?;
        let from = self.at;
        self.at += length;
        let span = self.span_from(from);
        self.at += text.len();
        Some((rest.iter().take(length).collect(), span, op))
    }

    fn value(&mut self, stops_at_comma: bool) -> Value {
        let from = self.at;
        let mut pattern = Pattern::default();
        let quoted = self.peek() == Some('"');
        let mut closed = true;
        if quoted {
            self.at += 1;
            closed = self.quoted(&mut pattern);
        }
        while let Some(c) = self.peek() {
            if c.is_whitespace() || (c == ',' && stops_at_comma) {
                break;
            }
            pattern.take(c);
            self.at += 1;
        }
        Value {
            span: self.span_from(from),
            pattern,
            quoted,
            closed,
        }
    }

    /// Up to the closing quote. False where there is none.
    fn quoted(&mut self, pattern: &mut Pattern) -> bool {
        while let Some(c) = self.peek() {
            self.at += 1;
            match (c, self.peek()) {
                ('"', _) => return true,
                ('\\', Some(next @ ('"' | '\\' | '*'))) => {
                    self.at += 1;
                    pattern.push(next);
                }
                _ => pattern.take(c),
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Word = (u32, u32, bool, Option<String>, Vec<String>);

    fn words(line: &str) -> Vec<Word> {
        tokens(line)
            .into_iter()
            .map(|token| {
                let values = token.values.iter().map(|v| v.pattern.to_string());
                (
                    token.span.from,
                    token.span.to,
                    token.negated,
                    token.field.map(|(name, _, op)| name + op.as_str()),
                    values.collect(),
                )
            })
            .collect()
    }

    #[test]
    fn terms_stand_between_spaces() {
        let own = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        let field = |name: &str| Some(name.to_owned());
        assert_eq!(
            words("  operator:Telia -radio:2g dur>=1h gåte"),
            [
                (2, 16, false, field("operator="), own(&["Telia"])),
                (17, 26, true, field("radio="), own(&["2g"])),
                (27, 34, false, field("dur>="), own(&["1h"])),
                (35, 39, false, None, own(&["gåte"])),
            ]
        );
    }

    #[test]
    fn commas_part_the_values_of_a_field_alone() {
        assert_eq!(words("country:NO,SE")[0].4, ["NO", "SE"]);
        assert_eq!(words("country:NO,,")[0].4, ["NO", "", ""]);
        assert_eq!(words("Oslo,harbour")[0].4, ["Oslo,harbour"]);
    }

    #[test]
    fn quotes_hold_spaces_commas_and_stars() {
        let found = tokens(r#"operator:"Example, \"N\*\" no*",B x"#);
        assert_eq!(found.len(), 2);
        let pattern = &found[0].values[0].pattern;
        assert_eq!(pattern.pieces(), [r#"Example, "N*" no"#, ""]);
        assert_eq!(found[0].values[1].pattern.pieces(), ["B"]);
        assert!(found[0].values[0].closed && !tokens(r#""x y"#)[0].values[0].closed);
    }
}
