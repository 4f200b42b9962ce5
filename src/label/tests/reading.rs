//! Bytes to cells.

use proptest::prelude::*;

use super::fixture::{in_pieces, rows, sheet};
use crate::export::Csv;
use crate::label::{Problem, Sheet};

#[test]
fn separators_marks_and_line_ends_are_found_out() {
    let wanted = vec![vec!["8999900000000000014", "Pump, north"]];
    for text in [
        "ICCID,Name\n8999900000000000014,\"Pump, north\"\n",
        "\u{feff}ICCID;Name\r\n8999900000000000014;Pump, north\r\n",
        "ICCID\tName\r8999900000000000014\tPump, north",
        "sep=;\r\nICCID;Name\r\n'8999900000000000014;Pump, north",
        "\r\n\"ICCID\";\"Name\"\n\n=\"8999900000000000014\";\"Pump, north\"\n;\n",
        "ICCID,Name\n\"=\"\"8999900000000000014\"\"\",\"Pump, north\"",
    ] {
        for length in [1, 2, 3, 5, 1000] {
            let sheet = in_pieces(text.as_bytes(), length).unwrap();
            assert!(sheet.is_named(), "{text}");
            assert_eq!(rows(&sheet), wanted, "{text} by {length}");
        }
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let text = "sep=,\r\nICCID,Name\r\n\r\n1,\"two\r\nlines\"\r\n2,b\r\n";
    for length in [1, 4, 1000] {
        let sheet = in_pieces(text.as_bytes(), length).unwrap();
        assert_eq!([sheet.line(0), sheet.line(1), sheet.line(2)], [4, 6, 0]);
    }
}

#[test]
fn a_file_without_names_of_columns_loses_no_row() {
    let sheet = sheet("8999900000000000014,Pump 1\n8999900000000000022,Pump 2\n");
    assert!(!sheet.is_named());
    assert_eq!(sheet.row_count(), 2);
    assert_eq!(sheet.header(1), "Column 2");
    assert_eq!(sheet.line(1), 2);
}

#[test]
fn letters_of_another_encoding_are_read_and_counted() {
    let sheet = in_pieces(b"ICCID;Name\n8999900000000000014;Z\xe4hler\n", 3).unwrap();
    assert_eq!(sheet.cell(0, 1), "Zähler");
    assert_eq!(sheet.cells_in_other_letters(), 1);
}

#[test]
fn short_rows_have_empty_cells() {
    let sheet = sheet("ICCID,Name,Site\n1\n2,b,c,d\n");
    assert_eq!(rows(&sheet), [["1", "", "", ""], ["2", "b", "c", "d"]]);
    assert_eq!(sheet.header(3), "Column 4");
}

#[test]
fn what_is_no_such_file_is_told() {
    let problem = |bytes: &[u8]| in_pieces(bytes, 1 << 16).unwrap_err();
    assert_eq!(problem(b""), Problem::Empty);
    assert_eq!(problem(b"ICCID,Name\n"), Problem::Empty);
    assert_eq!(problem(b"PK\x03\x04rest"), Problem::Binary);
    assert_eq!(problem(b"\xff\xfeI\0C\0\n\0"), Problem::Utf16);
    let wide = format!("a,b\n{}\n", ",x".repeat(300));
    assert_eq!(problem(wide.as_bytes()), Problem::TooWide { line: 2 });
    let open = format!("a,b\n1,\"{}", "x\n".repeat(200_000));
    assert_eq!(problem(open.as_bytes()), Problem::OpenQuote { line: 2 });
    assert!(problem(open.as_bytes()).to_string().contains("line 2"));
}

proptest! {
    /// What simscope itself writes as CSV is read as it was, whatever the pieces.
    #[test]
    fn cells_come_back(
        cells in proptest::collection::vec("[a-z\"=+@,; '\r\n\tä-]{0,12}", 1..12),
        length in 1_usize..40,
    ) {
        let mut csv = Csv::new();
        for text in ["first", "second", "third"] {
            csv.text(text);
        }
        csv.end_row();
        for cell in &cells {
            csv.text("x");
            csv.text(cell);
            csv.text("y");
            csv.end_row();
        }
        let sheet: Sheet = in_pieces(csv.into_text().as_bytes(), length).unwrap();
        prop_assert_eq!(sheet.row_count(), cells.len());
        for (row, cell) in cells.iter().enumerate() {
            prop_assert_eq!(sheet.cell(row, 0), "x");
            prop_assert_eq!(sheet.cell(row, 2), "y");
            // White space around and what keeps digits as text are taken off, and nothing else.
            let kept = sheet.cell(row, 1);
            if !cell.contains(['\'', '=']) && cell.trim() == cell {
                prop_assert_eq!(kept, cell);
            }
        }
    }
}
