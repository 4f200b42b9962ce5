//! What stands in a cell that should hold a long number: its digits, however they were kept together or apart on their way
//! through a spreadsheet, or the remains of one that the spreadsheet rounded.

/// No identifier has more digits than an EID's 32.
const MOST_DIGITS: usize = 36;

/// The digits of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    digits: [u8; MOST_DIGITS],
    length: usize,
}

impl Number {
    /// The digits as ASCII.
    pub fn digits(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Nothing, or a word for nothing.
    Nothing,
    /// A number.
    Number(Number),
    /// A number with its last digits lost: `8.98824E+18`.
    Destroyed,
    /// Something else.
    Other,
}

/// Reads a cell. Spaces, hyphens, dots, slashes and brackets between digits, a plus before, `.0` and the padding `F` behind
/// say nothing. A number of nothing but zeros is nobody's.
pub fn written(cell: &str) -> Written {
    let cell = cell.trim();
    if is_nothing(cell) {
        return Written::Nothing;
    }
    if is_destroyed(cell) {
        return Written::Destroyed;
    }
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    let cell = cell.strip_prefix('+').unwrap_or(cell);
    let cell = cell.trim_end_matches(['F', 'f']);
    let mut number = Number {
        digits: [0; MOST_DIGITS],
        length: 0,
    };
    for letter in cell.chars() {
        if letter.is_ascii_digit() {
            let Some(slot) = number.digits.get_mut(number.length) else {
                return Written::Other;
            };
            *slot = letter as u8;
            number.length += 1;
        } else if !is_between(letter) {
            return Written::Other;
        }
    }
    if number.length == 0 {
        Written::Other
    } else if number.digits().iter().all(|digit| *digit == b'0') {
        Written::Nothing
    } else {
        Written::Number(number)
    }
}

/// Whether a cell is empty, or says that there is nothing.
pub fn is_nothing(cell: &str) -> bool {
    const WORDS: [&str; 9] = [
        "", "-", "n/a", "#n/a", "na", "nan", "null", "none", "unknown",
    ];
    WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a cell is what a spreadsheet, or a program that takes a number for a measure, makes of a long number.
pub fn is_destroyed(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, parts) = match mantissa.split_once(['.', ',']) {
        Some((whole, parts)) => (whole, Some(parts)),
        None => (mantissa, None),
    };
    let plus = exponent.strip_prefix('+');
    let size = plus.unwrap_or(exponent);
    // A key such as 12e10 is left alone: a spreadsheet writes the plus, or a fraction.
    whole.len() == 1
        && digits(whole)
        && parts.is_none_or(|parts| parts.is_empty() || digits(parts))
        && (plus.is_some() || parts.is_some())
        && size.len() <= 2
        && digits(size)
        && size.parse().is_ok_and(|size: u32| size >= 5)
}

/// What the visitor sees in a spreadsheet's cell: without the apostrophe or the formula `="…"` that keeps digits as text.
pub fn unwrapped(cell: &str) -> &str {
    let cell = cell.trim();
    let formula = cell
        .strip_prefix("=\"")
        .and_then(|cell| cell.strip_suffix('"'));
    if let Some(text) = formula {
        return text.trim();
    }
    match cell.strip_prefix('\'') {
        Some(rest)
            if rest.starts_with(['=', '+', '-', '@'])
                || matches!(written(rest), Written::Number(_)) =>
        {
            rest
        }
        _ => cell,
    }
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '.' | '/' | '(' | ')' | '\u{2010}'..='\u{2013}' | '\u{200b}' | '\u{feff}'
        )
}

/// Whether the last digit is the check digit of the others (ISO/IEC 7812, "Luhn"), as on ICCIDs and IMEIs.
pub fn is_checked(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| {
            let product = u32::from(digit.wrapping_sub(b'0')) * weight;
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(cell: &str) -> Option<String> {
        match written(cell) {
            Written::Number(number) => Some(String::from_utf8(number.digits().to_vec()).unwrap()),
            _ => None,
        }
    }

    #[test]
    fn digits_come_out_however_they_are_kept() {
        for cell in [
            "8999900000000000017",
            " 8999900000000000017 ",
            "89 9990 0000 0000 0001 7",
            "89-9990-0000-0000-0001-7",
            "8999900000000000017F",
            "89\u{a0}99900000000000017",
        ] {
            assert_eq!(
                digits(cell).as_deref(),
                Some("8999900000000000017"),
                "{cell}"
            );
        }
        assert_eq!(
            digits("001010000000001.0").as_deref(),
            Some("001010000000001")
        );
        assert_eq!(digits("+47 (590) 00-001").as_deref(), Some("4759000001"));
    }

    #[test]
    fn a_spreadsheets_remains_are_known() {
        for cell in [
            "8.98824E+18",
            "8,98824E+18",
            "9E+18",
            "8.99990000000000e+18",
            "8.9E18",
        ] {
            assert_eq!(written(cell), Written::Destroyed, "{cell}");
        }
        for cell in ["1e10", "HSE+18", "E+18", "12E+18", "8.9E+1", "8.9E-18"] {
            assert_ne!(written(cell), Written::Destroyed, "{cell}");
        }
    }

    #[test]
    fn nothing_is_nothing() {
        for cell in ["", "  ", "-", "N/A", "null", "000000000000000"] {
            assert_eq!(written(cell), Written::Nothing, "{cell}");
        }
        assert_eq!(written("pump"), Written::Other);
        assert_eq!(written(&"1".repeat(40)), Written::Other);
    }

    #[test]
    fn what_keeps_digits_as_text_is_taken_off() {
        assert_eq!(unwrapped("=\"8999900000000000017\""), "8999900000000000017");
        assert_eq!(unwrapped("'8999900000000000017"), "8999900000000000017");
        assert_eq!(unwrapped("'=1+1"), "=1+1");
        assert_eq!(unwrapped("'t Hof"), "'t Hof");
        assert_eq!(unwrapped(" Pump 7 "), "Pump 7");
    }

    #[test]
    fn a_check_digit_is_known() {
        assert!(is_checked(b"490154203237518"));
        assert!(!is_checked(b"490154203237517"));
    }
}
