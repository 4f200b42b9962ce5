//! Rows of a table as CSV, or separated by tabs for a spreadsheet's paste. Values are written whole and
//! for machines: instants in UTC, lengths in seconds, bytes and packets as numbers.

use std::borrow::Cow;

use crate::engine::protocol::{Column, Said, TablePage, Value};
use crate::model::Basis;

use super::columns::seconds;
use super::csv::Csv;

/// How the rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separated {
    /// As CSV, with a head row.
    Commas,
    /// As CSV, the rows that follow on others.
    MoreCommas,
    /// By tabs, without one.
    Tabs,
}

/// What the page knows better: how a column is called, and how values are written.
pub struct Writing<'a> {
    /// The name of a column.
    pub label: &'a dyn Fn(Column) -> &'static str,
    /// Epoch milliseconds as RFC 3339.
    pub instant: &'a dyn Fn(i64) -> String,
    /// A number, as short as it can be.
    pub number: &'a dyn Fn(f64) -> String,
}

/// A table's rows as text.
pub fn table_text(page: &TablePage, separated: Separated, writing: &Writing<'_>) -> String {
    let mut csv = match separated {
        Separated::Commas | Separated::MoreCommas => Csv::new(),
        Separated::Tabs => Csv::with_tabs(),
    };
    if separated == Separated::Commas {
        for column in &page.columns {
            for part in parts(*column) {
                csv.text(&format!("{}{part}", (writing.label)(*column)));
            }
        }
        csv.end_row();
    }
    for row in &page.rows {
        for (column, value) in page.columns.iter().zip(&row.cells) {
            cell(&mut csv, *column, value, writing);
        }
        csv.end_row();
    }
    csv.into_text()
}

/// What heads say behind the name of a column, most of them of their unit: one for each figure that its cells hold.
fn parts(column: Column) -> &'static [&'static str] {
    match column {
        Column::Start | Column::End | Column::Updated | Column::Seen | Column::Time => &[" (UTC)"],
        Column::Duration | Column::Offline => &[" (s)"],
        Column::Online => &[", at least (s)", ", at most (s)"],
        Column::Coverage => &[", at least (%)", ", at most (%)"],
        Column::Place => &[" latitude", " longitude", " of"],
        Column::Traffic | Column::Up | Column::Down => &[" (bytes)"],
        _ => &[""],
    }
}

fn cell(csv: &mut Csv, column: Column, value: &Value, writing: &Writing<'_>) {
    let degrees = |number: f64| (writing.number)(number);
    match value {
        Value::None | Value::Said(Said::Nothing) => {
            for _ in parts(column) {
                csv.number(None);
            }
        }
        Value::Range(least, most) => {
            csv.number(Some(&seconds(*least)));
            csv.number(Some(&seconds(*most)));
        }
        Value::Share(least, most) => {
            csv.number(Some(&to_hundredth(*least)));
            csv.number(Some(&to_hundredth(*most)));
        }
        Value::Place { at, kind, .. } => {
            csv.number(at.map(|(lat, _)| degrees(lat)).as_deref());
            csv.number(at.map(|(_, lon)| degrees(lon)).as_deref());
            csv.text(kind.as_str());
        }
        Value::Text(text) | Value::Name(text) | Value::Code(text) | Value::Country(text) => {
            csv.text(text);
        }
        Value::Instant(at) => csv.text(&(writing.instant)(*at)),
        Value::Duration(ms) => csv.number(Some(&seconds(*ms))),
        // Packets are no bytes: in a column of bytes they say what they are.
        Value::Packets(n) if column == Column::Traffic => csv.text(&format!("{n} packets")),
        Value::Bytes(n) | Value::Packets(n) | Value::Count(n) => csv.number(Some(&n.to_string())),
        Value::Number(number) => csv.number(Some(&(writing.number)(*number))),
        Value::Provider(id) => csv.text(id.as_str()),
        Value::Radio(radio) => csv.text(radio.as_str()),
        Value::Basis(basis) => csv.text(basis_word(*basis)),
        Value::Said(said) => csv.text(&said_word(*said)),
    }
}

/// A percentage to the hundredth, cut off: what is not quite 100 does not read so.
fn to_hundredth(percent: f64) -> String {
    let hundredths = (percent * 100.0 + 1e-6) as i64;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Where a row comes from, by its JSON name.
pub fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Reported => "reported",
        Basis::Rebuilt => "rebuilt",
        Basis::Polled => "polled",
    }
}

/// What is said in place of a value.
pub fn said_word(said: Said) -> Cow<'static, str> {
    let word = match said {
        Said::NoneIn(days) => return format!("none in {days} days").into(),
        Said::Online => "online",
        Said::Silent => "silent",
        Said::Offline => "offline",
        Said::NotActive => "not active",
        Said::NotFetched => "not fetched",
        Said::Open => "open",
        Said::Estimated => "estimated",
        Said::Unknown => "unknown",
        Said::NotKnown => "not known",
        Said::WholeAccount => "whole account",
        Said::Nothing => "–",
    };
    word.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::protocol::{GroupTotals, RowKey, Tab, TableRow};
    use crate::model::{PlaceKind, ProviderId, Radio};

    fn page() -> TablePage {
        let row = |cells| TableRow {
            key: RowKey::Sim(0),
            fresh: false,
            state: None,
            colour: None,
            cells,
        };
        TablePage {
            tab: Tab::Sessions,
            columns: vec![
                Column::Name,
                Column::Start,
                Column::Duration,
                Column::Traffic,
                Column::Signal,
                Column::Radio,
                Column::Provider,
            ],
            first: 0,
            total: 2,
            totals: [0; 4],
            groups: GroupTotals::default(),
            rows: vec![
                row(vec![
                    Value::Name("=Pump\t4, \"north\"".to_owned()),
                    Value::Instant(7),
                    Value::Duration(1500),
                    Value::Packets(12),
                    Value::Number(-85.0),
                    Value::Radio(Radio::NbIot),
                    Value::Provider(ProviderId::Kore),
                ]),
                row(vec![
                    Value::Code("+4712345678".to_owned()),
                    Value::Said(Said::NotKnown),
                    Value::None,
                    Value::Bytes(0),
                    Value::Number(1.5),
                    Value::None,
                    Value::Said(Said::Nothing),
                ]),
            ],
        }
    }

    fn written(separated: Separated) -> String {
        let label = |column: Column| {
            if column == Column::Start {
                "Start"
            } else {
                "x"
            }
        };
        let writing = Writing {
            label: &label,
            instant: &|at| format!("T{at}"),
            number: &|number| number.to_string(),
        };
        table_text(&page(), separated, &writing)
    }

    #[test]
    fn a_csv_names_its_units_and_keeps_null_apart_from_nought() {
        assert_eq!(
            written(Separated::Commas),
            "x,Start (UTC),x (s),x (bytes),x,x,x\r\n\
             \"'=Pump\t4, \"\"north\"\"\",T7,1.500,12 packets,-85,nb-iot,kore\r\n\
             '+4712345678,not known,,0,1.5,,\r\n"
        );
    }

    #[test]
    fn figures_between_two_and_places_have_a_column_for_each_part() {
        let row = |cells| TableRow {
            cells,
            ..page().rows.remove(0)
        };
        let page = TablePage {
            columns: vec![
                Column::Online,
                Column::Coverage,
                Column::Place,
                Column::Offline,
            ],
            rows: vec![
                row(vec![
                    Value::Range(1500, 60_000),
                    Value::Share(99.999, 100.0),
                    Value::Place {
                        at: Some((-17.7, 178.25)),
                        kind: PlaceKind::Tower,
                        country: None,
                    },
                    Value::Said(Said::NoneIn(30)),
                ]),
                row(vec![
                    Value::None,
                    Value::None,
                    Value::Place {
                        at: None,
                        kind: PlaceKind::Country,
                        country: Some("NO".to_owned()),
                    },
                    Value::Said(Said::NotFetched),
                ]),
            ],
            ..page()
        };
        let writing = Writing {
            label: &|_| "x",
            instant: &|at| format!("T{at}"),
            number: &|number| number.to_string(),
        };
        let rows = "1.500,60,99.99,100.00,-17.7,178.25,tower,none in 30 days\r\n\
                    ,,,,,,country,not fetched\r\n";
        let head = "\"x, at least (s)\",\"x, at most (s)\",\"x, at least (%)\",\"x, at most (%)\",\
                    x latitude,x longitude,x of,x (s)\r\n";
        let all = table_text(&page, Separated::Commas, &writing);
        assert_eq!(all, format!("{head}{rows}"));
        // The rows of another part follow without a head.
        assert_eq!(table_text(&page, Separated::MoreCommas, &writing), rows);
    }

    #[test]
    fn tabs_and_lines_inside_of_texts_do_not_break_pasted_rows() {
        assert_eq!(
            written(Separated::Tabs),
            "'=Pump 4, \"north\"\tT7\t1.500\t12 packets\t-85\tnb-iot\tkore\n\
             '+4712345678\tnot known\t\t0\t1.5\t\t\n"
        );
    }
}
