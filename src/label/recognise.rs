//! Whether a file that is opened is one of labels: by its name, else by its first line.

use super::headers::{Said, said};
use super::number::{Written, written};
use super::sheet_reader::{first_line, separator_of, told_separator, without_mark};

/// Whether a file begins like one of labels. `head` holds its first line, or all that there is; a file of that name, such as
/// `sims.csv`, is one unless it begins like JSON or a web page.
pub fn begins_like_labels(head: &[u8], name: &str) -> bool {
    let text = without_mark(head);
    match text.trim_ascii_start().first() {
        None | Some(b'{' | b'[' | b'<') => false,
        _ if is_called_so(name) => true,
        _ => tells_sims(text),
    }
}

fn is_called_so(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".csv", ".tsv", ".tab"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether the first line has several cells, and one of them is a column's name that means an identifier, or is an identifier.
fn tells_sims(text: &[u8]) -> bool {
    if text.contains(&0) {
        return false;
    }
    if told_separator(text).is_some() {
        return true;
    }
    let line = first_line(text).unwrap_or(text);
    let separator = separator_of(line);
    let mut cells = line.split(|byte| *byte == separator);
    line.contains(&separator)
        && cells.any(|cell| {
            let cell = String::from_utf8_lossy(cell);
            let cell = cell.trim().trim_matches('"');
            let is_identifier = match written(cell) {
                Written::Number(number) => number.digits().len() >= 13,
                Written::Destroyed => true,
                Written::Nothing | Written::Other => false,
            };
            is_identifier || matches!(said(cell), Said::Identifier(_) | Said::SomeKey)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_name_or_their_first_line() {
        for (head, name, is_one) in [
            ("What,Where\n", "sims.csv", true),
            ("What;Where\n", "Sims.CSV.gz", true),
            ("What\tWhere\n", "sims.tsv", true),
            ("What,Where\n", "sims.txt", false),
            ("ICCID;Name\n", "pasted text 1", true),
            ("\u{feff}\"SIM ICCID\";\"Name\"\r\n", "", true),
            ("Name\tdevice_id\n", "", true),
            ("8999900000000000014,Pump\n", "", true),
            ("Pump,8.99990E+18\n", "", true),
            ("sep=;\r\na;b\r\n", "", true),
            ("ICCID\n", "", false),
            ("HTTP/1.1 200 OK\r\nDate: Thu, 01 Oct\r\n", "", false),
            ("{\"iccid\":1,\"name\":2}", "sims.csv", false),
            ("[1,2]", "sims.csv", false),
            ("<!doctype html>", "sims.csv", false),
            ("  \n", "sims.csv", false),
        ] {
            assert_eq!(begins_like_labels(head.as_bytes(), name), is_one, "{head}");
        }
    }
}
