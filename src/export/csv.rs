//! CSV as RFC 4180 has it, safe to open in a spreadsheet: a text that one would take for a formula is
//! preceded by an apostrophe.

/// Rows of comma-separated values.
#[derive(Debug, Default)]
pub struct Csv {
    text: String,
    begun: bool,
    tabs: bool,
}

impl Csv {
    /// One without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that is separated by tabs, as spreadsheets paste it: nothing is quoted, and tabs and line ends
    /// inside of texts become spaces.
    pub fn with_tabs() -> Self {
        Self {
            tabs: true,
            ..Self::default()
        }
    }

    fn separate(&mut self) {
        if self.begun {
            self.text.push(if self.tabs { '\t' } else { ',' });
        }
        self.begun = true;
    }

    /// Adds a text to the row.
    pub fn text(&mut self, text: &str) {
        self.separate();
        let guarded = is_like_a_formula(text);
        let quoted = !self.tabs && text.contains([',', '"', '\r', '\n']);
        if quoted {
            self.text.push('"');
        }
        if guarded {
            self.text.push('\'');
        }
        for letter in text.chars() {
            if letter == '"' && quoted {
                self.text.push('"');
            }
            let breaks = self.tabs && matches!(letter, '\t' | '\r' | '\n');
            self.text.push(if breaks { ' ' } else { letter });
        }
        if quoted {
            self.text.push('"');
        }
    }

    /// Adds a number to the row, as it is written; nothing where it is null. A sign is part of it.
    pub fn number(&mut self, number: Option<&str>) {
        self.separate();
        self.text.push_str(number.unwrap_or_default());
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.text.push_str(if self.tabs { "\n" } else { "\r\n" });
        self.begun = false;
    }

    /// The rows.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// Spreadsheets run what begins so, also in full width and behind a tab or a line end.
fn is_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> String {
        let mut csv = Csv::new();
        for text in texts {
            csv.text(text);
        }
        csv.end_row();
        csv.into_text()
    }

    #[test]
    fn commas_quotes_and_lines_are_quoted() {
        assert_eq!(
            row(&["a", "b,c", "say \"so\"", ""]),
            "a,\"b,c\",\"say \"\"so\"\"\",\r\n"
        );
        assert_eq!(row(&["two\nlines"]), "\"two\nlines\"\r\n");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        assert_eq!(row(&["=1+1", "+47", "-x", "@a"]), "'=1+1,'+47,'-x,'@a\r\n");
        assert_eq!(
            row(&["=HYPERLINK(\"x\",1)"]),
            "\"'=HYPERLINK(\"\"x\"\",1)\"\r\n"
        );
        assert_eq!(row(&["＝1", "\tx"]), "'＝1,'\tx\r\n");
    }

    #[test]
    fn numbers_keep_their_sign_and_null_is_empty() {
        let mut csv = Csv::new();
        csv.number(Some("-85"));
        csv.number(None);
        csv.number(Some("0"));
        csv.end_row();
        assert_eq!(csv.into_text(), "-85,,0\r\n");
    }
}
