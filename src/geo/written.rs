//! The written forms of a cell's identity: MCC, MNC, area and cell between hyphens, in decimal or hexadecimal; the PLMN also as
//! the octets that are sent over the air. One form is written: decimal, as vendors and look-ups have it.

use super::cell::Numbering;
use crate::model::{Cell, Mcc, Mnc};

/// A cell as somebody wrote it: which radio it is of is not said, and the area may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenCell {
    /// MCC and MNC, with the MNC's digits.
    pub plmn: Option<(Mcc, Mnc)>,
    /// LAC or TAC.
    pub area: Option<u32>,
    /// CI, UTRAN cell identity, ECI or NCI.
    pub cell: u64,
}

/// A number: hexadecimal where it begins with `0x` or has a letter from A to F. Digits alone are decimal, whatever they were
/// meant to be. Null for anything else, and from 2^60 on.
pub fn number(text: &str) -> Option<u64> {
    let marked = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = marked.unwrap_or(text);
    let is_hex = marked.is_some() || !digits.bytes().all(|byte| byte.is_ascii_digit());
    let base = if is_hex { 16 } else { 10 };
    let mut value = 0;
    for byte in digits.bytes() {
        // The sign that a number may have elsewhere is none of its digits.
        value = value * u64::from(base) + u64::from(char::from(byte).to_digit(base)?);
        if value >> 60 != 0 {
            return None;
        }
    }
    (!digits.is_empty()).then_some(value)
}

/// A PLMN in telephony BCD, six hexadecimal digits: the nibbles of each octet are swapped, and an MNC of two digits has `F` for its
/// third (3GPP TS 24.008, 10.5.1.3). 242-01 is `42F210`, 310-260 is `130062`.
pub fn plmn_of_tbcd(text: &str) -> Option<(Mcc, Mnc)> {
    let [mcc2, mcc1, mnc3, mcc3, mnc2, mnc1] = *text.as_bytes() else {
        return None;
    };
    let two = [mnc1, mnc2];
    let three = [mnc1, mnc2, mnc3];
    let mnc: &[u8] = if mnc3.eq_ignore_ascii_case(&b'F') {
        &two
    } else {
        &three
    };
    let mcc = [mcc1, mcc2, mcc3];
    let text = |digits| std::str::from_utf8(digits).ok();
    Mcc::from_digits(text(&mcc)?).zip(Mnc::from_digits(text(mnc)?))
}

/// A PLMN without a hyphen: octets, which `0x` or their filler tells, else its five or six digits.
fn joined_plmn(text: &str) -> Option<(Mcc, Mnc)> {
    if let Some(octets) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return plmn_of_tbcd(octets);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Mcc::from_digits(text.get(..3)?).zip(Mnc::from_digits(text.get(3..)?));
    }
    plmn_of_tbcd(text)
}

impl WrittenCell {
    /// Reads `MCC-MNC-AREA-CELL`, `MCC-MNC-CELL`, both also with the PLMN in one piece (`24201`, `42F210`), or a cell's number alone.
    /// Null for anything else, and for numbers that no radio technology has room for (3GPP TS 23.003): area and cell are held to
    /// the widest that has both.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = [""; 4];
        let mut count = 0;
        for part in text.trim().split('-') {
            *parts.get_mut(count)? = part;
            count += 1;
        }
        let [a, b, c, d] = parts;
        let split = || Mcc::from_digits(a).zip(Mnc::from_digits(b));
        let (plmn, area, cell) = match count {
            1 => (None, None, a),
            2 => (Some(joined_plmn(a)?), None, b),
            // The MCC alone has three digits.
            3 if a.len() == 3 => (Some(split()?), None, c),
            3 => (Some(joined_plmn(a)?), Some(b), c),
            _ => (Some(split()?), Some(c), d),
        };
        let area = match area {
            Some(area) => Some(number(area)?),
            None => None,
        };
        let cell = number(cell)?;
        let fits = Numbering::ALL
            .into_iter()
            .any(|numbering| numbering.fits(area.unwrap_or(0), cell));
        fits.then_some(Self {
            plmn,
            area: area.and_then(|area| u32::try_from(area).ok()),
            cell,
        })
    }

    /// Whether a row's cell is this one, as far as both say. MNCs are compared as numbers, for a vendor may have lost their zeros;
    /// `plmn` has 0 for what nobody tells.
    pub fn is(&self, plmn: (u16, u16), cell: &Cell<'_>) -> bool {
        let numbers = [cell.ci.map(u64::from), cell.eci.map(u64::from), cell.nci];
        let mine = self.plmn.map(|(mcc, mnc)| (mcc.number(), mnc.number()));
        numbers.contains(&Some(self.cell))
            && mine.is_none_or(|mine| mine == plmn)
            && self
                .area
                .is_none_or(|area| cell.tac.or(cell.lac) == Some(area))
    }
}

/// A cell's identity as it is written here: `MCC-MNC-AREA-CELL`, all in decimal, the MNC with its own digits; without the area where
/// nobody tells it. `plmn` is MCC and MNC, joined by a hyphen.
pub fn canonical(plmn: &str, area: Option<u32>, cell: u64) -> String {
    match area {
        Some(area) => format!("{plmn}-{area}-{cell}"),
        None => format!("{plmn}-{cell}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plmn(mcc: &str, mnc: &str) -> Option<(Mcc, Mnc)> {
        Mcc::from_digits(mcc).zip(Mnc::from_digits(mnc))
    }

    fn written(text: &str) -> String {
        let Some(found) = WrittenCell::parse(text) else {
            return "none".to_owned();
        };
        let plmn = found.plmn.map(|(mcc, mnc)| format!("{mcc}-{mnc}"));
        canonical(&plmn.unwrap_or_default(), found.area, found.cell)
    }

    /// The octets of a PLMN, written another way than they are read.
    fn tbcd(mcc: Mcc, mnc: Mnc) -> String {
        let (mcc, mnc) = (mcc.to_string(), mnc.to_string());
        let digit = |text: &str, at: usize| text.chars().nth(at).unwrap_or('F');
        [
            (&mcc, 1),
            (&mcc, 0),
            (&mnc, 2),
            (&mcc, 2),
            (&mnc, 1),
            (&mnc, 0),
        ]
        .into_iter()
        .map(|(text, at)| digit(text, at))
        .collect()
    }

    #[test]
    fn every_form_of_a_cell_is_read() {
        for (text, expected) in [
            ("440-10-4728-49497861", "440-10-4728-49497861"),
            (" 440-10-4728-49497861 ", "440-10-4728-49497861"),
            ("440-10-0x1278-0x2F34585", "440-10-4728-49497477"),
            ("440-10-12A8-2f34585", "440-10-4776-49497477"),
            ("440-10-49497861", "440-10-49497861"),
            ("44010-4728-49497861", "440-10-4728-49497861"),
            ("310260-4728-49497861", "310-260-4728-49497861"),
            ("44010-49497861", "440-10-49497861"),
            ("42F210-4728-49497861", "242-01-4728-49497861"),
            ("0x130062-49497861", "310-260-49497861"),
            ("310-030-7-8", "310-030-7-8"),
            ("310-30-7-8", "310-30-7-8"),
            ("49497861", "-49497861"),
            ("0x2F34585", "-49497477"),
            ("2F34585", "-49497477"),
            // The widest of the standard: a TAC of 24 bits, an NCI of 36.
            ("242-01-16777215-68719476735", "242-01-16777215-68719476735"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn digits_alone_are_never_hexadecimal() {
        assert_eq!(number("10"), Some(10));
        assert_eq!(number("0x10"), Some(16));
        assert_eq!(number("0X1f"), Some(31));
        assert_eq!(number("1f"), Some(31));
        assert_eq!(number("010"), Some(10));
        // One part says nothing of another.
        assert_eq!(written("440-10-12A8-0203457"), "440-10-4776-203457");
        // Octets without a filler could be digits as well.
        assert_eq!(written("130062-7"), "130-062-7");
        for text in ["", "0x", "x1", "1g", "-1", "+1", "1 2", "1e3x", "1_0", "０"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number("ffffffffffffffff"), None);
        assert_eq!(number("99999999999999999999999"), None);
    }

    #[test]
    fn what_is_no_identity_is_refused() {
        for text in [
            "",
            "-",
            "---",
            "440-10",
            "44-10-4728-1",
            "440-1-4728-1",
            "440-1000-4728-1",
            "000-10-4728-1",
            "440-10-4728-",
            "440-10--1",
            "440-10-4728-1-2",
            "440-10-x-1",
            "440-10-16777216-1",
            "440-10-1-68719476736",
            "F42210-1",
            "4AF210-1",
            "42F21-1",
            "Telenor",
        ] {
            assert_eq!(written(text), "none", "{text}");
        }
    }

    /// TS 24.008, 10.5.1.3: MCC digit 2 and 1, MNC digit 3 and MCC digit 3, MNC digit 2 and 1.
    #[test]
    fn a_plmn_in_octets_has_its_nibbles_swapped() {
        for (octets, mcc, mnc) in [
            ("42F210", "242", "01"),
            ("02F839", "208", "93"),
            ("44F001", "440", "10"),
            ("130062", "310", "260"),
            ("130003", "310", "300"),
            ("00F110", "001", "01"),
            ("001100", "001", "001"),
            ("99F999", "999", "99"),
        ] {
            let expected = plmn(mcc, mnc);
            assert!(expected.is_some());
            assert_eq!(plmn_of_tbcd(octets), expected, "{octets}");
            assert_eq!(plmn_of_tbcd(&octets.to_lowercase()), expected);
            let (mcc, mnc) = expected.unwrap();
            assert_eq!(tbcd(mcc, mnc), octets);
        }
        for octets in [
            "", "42F2", "42F21010", "4AF210", "42F21F", "F2F210", "42E210", "00F010",
        ] {
            assert_eq!(plmn_of_tbcd(octets), None, "{octets}");
        }
        for mcc in [1, 242, 310, 999] {
            for mnc in 0..1000_u16 {
                let three = format!("{mnc:03}");
                let two = format!("{mnc:02}");
                for digits in [three, two] {
                    let mcc = Mcc::from_number(mcc).unwrap();
                    let Some(mnc) = Mnc::from_digits(&digits) else {
                        continue;
                    };
                    let octets = tbcd(mcc, mnc);
                    assert_eq!(plmn_of_tbcd(&octets), Some((mcc, mnc)), "{octets}");
                }
            }
        }
    }

    #[test]
    fn a_row_is_on_a_written_cell_as_far_as_both_say() {
        let row = Cell {
            tac: Some(4728),
            eci: Some(49_497_861),
            ..Cell::default()
        };
        let is = |text: &str| WrittenCell::parse(text).unwrap().is((440, 10), &row);
        for text in [
            "440-10-4728-49497861",
            "440-010-4728-49497861",
            "440-10-49497861",
            "44F001-0x1278-0x2F34705",
            "49497861",
            "2F34705",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "440-20-4728-49497861",
            "441-10-4728-49497861",
            "440-10-4729-49497861",
            "440-10-4728-49497862",
            "4728",
        ] {
            assert!(!is(text), "{text}");
        }
    }
}
