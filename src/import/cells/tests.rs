//! Files of cell positions, whole and damaged.

use super::*;

const HEADER: &str =
    "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal";
const LINE: &str =
    "LTE,440,10,2201,81234567,0,139.767125,35.681236,1200,41,1,1459813819,1731456000,0";

fn read(text: &str, piece: usize) -> (Towers, CellFile) {
    let mut towers = Towers::default();
    let mut file = CellFile::new();
    for piece in text.as_bytes().chunks(piece) {
        file.push(&mut towers, piece);
    }
    file.finish(&mut towers);
    (towers, file)
}

fn lte(cell: u64) -> CellId {
    CellId::new(Numbering::Lte, 440, 10, 2201, cell).unwrap()
}

#[test]
fn a_cell_is_where_the_file_says_with_and_without_a_header_in_any_pieces() {
    let second = LINE.replace("81234567", "5").replace('\n', "");
    for text in [
        format!("{HEADER}\r\n{LINE}\r\n{second}\r\n"),
        format!("{HEADER}\n{LINE}\n\n{second}"),
        format!("{LINE}\n{second}\n"),
        format!("\u{feff}{HEADER}\n{LINE}\n{second}\n"),
        format!("\u{feff}{LINE}\n{second}\n"),
    ] {
        for piece in [1, 7, 64, text.len()] {
            let (towers, file) = read(&text, piece);
            assert_eq!(file.counts().cells, 2, "{text:?} {piece}");
            assert_eq!(file.counts().bad, 0, "{text:?} {piece}");
            let found = towers.find(lte(81_234_567)).unwrap();
            assert!((found.lat - 35.681_236).abs() < 1e-7);
            assert!((found.lon - 139.767_125).abs() < 1e-7);
            assert_eq!((found.range_m, found.samples), (Some(1200), 41));
            assert_eq!(found.updated_s, Some(1_731_456_000));
            assert!(towers.find(lte(5)).is_some());
        }
    }
}

#[test]
fn columns_are_read_by_their_names_whatever_their_order_and_quotes() {
    let text = "\"cell\",\"lat\",\"lon\",\"mcc\",\"mnc\",\"lac\",\"radio\"\n7,-36.8,174.7,\"440\",10,2201,lte\n";
    let (towers, file) = read(text, 9);
    assert_eq!((file.counts().cells, file.counts().bad), (1, 0));
    let found = towers.find(lte(7)).unwrap();
    assert!((found.lat + 36.8).abs() < 1e-9 && (found.lon - 174.7).abs() < 1e-9);
    assert_eq!((found.range_m, found.updated_s), (None, None));
}

#[test]
fn radios_are_told_apart_and_cdma_is_left_out() {
    let radio = |name: &str| LINE.replace("LTE", name).replace("81234567", "77");
    let text = [
        radio("GSM"),
        radio("UMTS"),
        radio("CDMA"),
        radio("NBIOT"),
        radio("NR"),
        radio("").replace("77", "78"),
    ]
    .join("\n");
    let (towers, file) = read(&text, 4096);
    let counts = file.counts();
    assert_eq!((counts.cells, counts.bad, counts.other), (5, 0, 1));
    assert_eq!(towers.len(), 5);
    for numbering in [
        Numbering::Gsm,
        Numbering::Umts,
        Numbering::Lte,
        Numbering::Nr,
    ] {
        let id = |cell| CellId::new(numbering, 440, 10, 2201, cell).unwrap();
        assert!(towers.find(id(77)).is_some(), "{numbering:?}");
        assert!(towers.find(id(78)).is_some(), "of any radio: {numbering:?}");
    }
}

#[test]
fn a_bad_line_is_left_out_counted_and_told_with_its_place() {
    let bad = [
        ("LTE,440", "5G?,440", "radio"),
        ("440", "44O", "mcc"),
        ("2201", "", "area"),
        ("2201", "65534", "cell"),
        ("81234567", "-1", "cell"),
        ("35.681236", "95", "lat"),
        ("139.767125", "x", "lon"),
        ("139.767125,35.681236", "0,0", "lat"),
        ("1731456000", "yesterday", "updated"),
        ("1200", "1.2e3", "range"),
    ];
    for (good, wrong, field) in bad {
        let text = format!("{LINE}\n{}\n{LINE}\n", LINE.replacen(good, wrong, 1));
        let (towers, mut file) = read(&text, 50);
        assert_eq!((file.counts().cells, file.counts().bad), (2, 1), "{wrong}");
        assert_eq!(towers.len(), 1);
        let warnings = file.take_warnings();
        let [warning] = warnings.as_slice() else {
            panic!("{warnings:?}");
        };
        assert_eq!(warning.field.as_deref(), Some(field), "{wrong}");
        assert_eq!(warning.position, Some(LINE.len() as u64 + 1), "{wrong}");
    }
    let (_, mut file) = read(&"x\n".repeat(2000), 100);
    assert_eq!(file.counts().bad, 2000);
    assert_eq!(file.take_warnings().len() as u64, TOLD_LINES);
}

#[test]
fn empty_fields_are_nothing_and_not_zero() {
    let text = "UMTS,440,10,2201,77,,139.7,35.6,,,,,,\nGSM,440,10,2201,7,,139.7,35.6,0,,,,0,";
    let (towers, file) = read(text, 11);
    assert_eq!((file.counts().cells, file.counts().bad), (2, 0));
    for (numbering, cell) in [(Numbering::Umts, 77), (Numbering::Gsm, 7)] {
        let id = CellId::new(numbering, 440, 10, 2201, cell).unwrap();
        let found = towers.find(id).unwrap();
        assert_eq!((found.range_m, found.updated_s), (None, None));
    }
}

#[test]
fn such_a_file_is_known_by_its_first_line() {
    let known = |head: &str, whole| CellFile::is_one(head.as_bytes(), whole);
    assert_eq!(known(HEADER, true), Some(true));
    assert_eq!(known(LINE, true), Some(true));
    assert_eq!(known(&format!("{LINE}\r\nLTE"), false), Some(true));
    assert_eq!(known("radio,mcc,net,area,cell,unit,lon", false), None);
    assert_eq!(known("\u{feff}", false), None);
    assert_eq!(known("", true), Some(false));
    assert_eq!(known("[{\"radio\":1}]", false), Some(false));
    assert_eq!(known("  {", false), Some(false));
    assert_eq!(known("iccid,imsi,name\n1,2,3\n", false), Some(false));
    assert_eq!(known(&"x".repeat(5000), false), Some(false));
}

#[test]
fn a_line_without_an_end_takes_no_room() {
    let mut towers = Towers::default();
    let mut file = CellFile::new();
    file.push(&mut towers, format!("{LINE}\n").as_bytes());
    for _ in 0..100 {
        file.push(&mut towers, &vec![b'7'; 65_536]);
    }
    assert!(file.cut.capacity() <= 2 * LONGEST_LINE);
    file.push(&mut towers, format!("\n{LINE}\n").as_bytes());
    file.finish(&mut towers);
    assert_eq!((file.counts().cells, file.counts().bad), (2, 1));
}
