//! Identities of cells in the numbers of 3GPP TS 23.003, with their ranges.

use std::fmt;

use crate::model::{Cell, Radio};

/// How a cell is numbered. LTE-M and NB-IoT cells are LTE's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Numbering {
    /// LAC of 16 bits, CI of 16 bits.
    Gsm = 1,
    /// LAC of 16 bits, UTRAN cell identity of 28 bits: RNC (12) and CI (16).
    Umts = 2,
    /// TAC of 16 bits, ECI of 28 bits: of a macro cell, eNodeB (20) and sector (8).
    Lte = 3,
    /// TAC of 24 bits, NCI of 36 bits; how much of it is the gNodeB differs between operators.
    Nr = 4,
}

impl Numbering {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gsm, Self::Umts, Self::Lte, Self::Nr];

    /// That of a radio technology.
    pub fn of_radio(radio: Radio) -> Self {
        match radio {
            Radio::G2 => Self::Gsm,
            Radio::G3 => Self::Umts,
            Radio::G4 | Radio::LteM | Radio::NbIot => Self::Lte,
            Radio::G5 => Self::Nr,
        }
    }

    /// What look-up services call it: `gsm`, `wcdma`, `lte`, `nr`.
    pub fn service_name(self) -> &'static str {
        match self {
            Self::Gsm => "gsm",
            Self::Umts => "wcdma",
            Self::Lte => "lte",
            Self::Nr => "nr",
        }
    }

    /// Bits of the area and of the cell.
    fn bits(self) -> (u32, u32) {
        match self {
            Self::Gsm => (16, 16),
            Self::Umts | Self::Lte => (16, 28),
            Self::Nr => (24, 36),
        }
    }
}

/// One cell of one network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId {
    numbering: Numbering,
    mcc: u16,
    mnc: u16,
    area: u32,
    cell: u64,
}

impl CellId {
    /// A cell by its numbers. Null where one is out of its range: MCC 1 to 999, MNC 0 to 999 (its zeros are not told apart: `01`
    /// and `001` are both 1), area and cell by their bits. The areas 0 and, all bits but the last set, `FFFE` are reserved for
    /// "none" (TS 23.003, 4.1 and 19.4.2.3), and so is the cell 0 by those who write it.
    pub fn new(numbering: Numbering, mcc: u64, mnc: u64, area: u64, cell: u64) -> Option<Self> {
        let (area_bits, cell_bits) = numbering.bits();
        let none = (1 << area_bits) - 2;
        let fits = (1..=999).contains(&mcc)
            && mnc <= 999
            && (1..1 << area_bits).contains(&area)
            && area != none
            && (1..1 << cell_bits).contains(&cell);
        fits.then_some(Self {
            numbering,
            mcc: mcc as u16,
            mnc: mnc as u16,
            area: area as u32,
            cell,
        })
    }

    /// The serving cell of a row, by MCC and MNC (0 where nobody tells) and the numbers that it has: NCI, else ECI, else CI. A CI is UMTS's or GSM's: `radio` says
    /// which; where it does not, one of more than 16 bits is UMTS's, and any other is taken for `otherwise`.
    pub fn of(
        (mcc, mnc): (u16, u16),
        cell: &Cell<'_>,
        radio: Option<Radio>,
        otherwise: Numbering,
    ) -> Option<Self> {
        let area = cell.tac.or(cell.lac)?;
        let (numbering, id) = match (cell.nci, cell.eci, cell.ci) {
            (Some(nci), ..) => (Numbering::Nr, nci),
            (None, Some(eci), _) => (Numbering::Lte, eci.into()),
            (None, None, Some(ci)) => {
                let told = radio.map(Numbering::of_radio);
                let told = told.filter(|told| matches!(told, Numbering::Gsm | Numbering::Umts));
                let large = (ci > 0xffff).then_some(Numbering::Umts);
                (large.or(told).unwrap_or(otherwise), ci.into())
            }
            (None, None, None) => return None,
        };
        Self::new(numbering, mcc.into(), mnc.into(), area.into(), id)
    }

    /// Reads `MCC-MNC-area-cell`, as vendors write it. A part that begins with `0x` or has one of the letters A to F is
    /// hexadecimal; one of digits alone is decimal, however it looks. Null for any other text, and out of range.
    pub fn parse(numbering: Numbering, text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let (mcc, mnc) = (parts.next()?, parts.next()?);
        let (area, cell) = (parts.next()?, parts.next()?);
        if parts.next().is_some() || mcc.len() != 3 || !(2..=3).contains(&mnc.len()) {
            return None;
        }
        let decimal = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse().ok())?
        };
        Self::new(
            numbering,
            decimal(mcc)?,
            decimal(mnc)?,
            number(area)?,
            number(cell)?,
        )
    }

    /// How it is numbered.
    pub fn numbering(self) -> Numbering {
        self.numbering
    }

    /// Mobile country code.
    pub fn mcc(self) -> u16 {
        self.mcc
    }

    /// Mobile network code as a number.
    pub fn mnc(self) -> u16 {
        self.mnc
    }

    /// LAC or TAC.
    pub fn area(self) -> u32 {
        self.area
    }

    /// CI, UTRAN cell identity, ECI or NCI.
    pub fn cell(self) -> u64 {
        self.cell
    }

    /// The station and the cell at it, where the numbers tell: of UMTS the RNC and the CI; of LTE the eNodeB and the sector, taking
    /// it for a macro cell (a home eNodeB uses all bits for itself). GSM and NR do not tell.
    pub fn split(self) -> Option<(u32, u32)> {
        let cell = u32::try_from(self.cell).ok()?;
        match self.numbering {
            Numbering::Umts => Some((cell >> 16, cell & 0xffff)),
            Numbering::Lte => Some((cell >> 8, cell & 0xff)),
            Numbering::Gsm | Numbering::Nr => None,
        }
    }
}

/// `lte 242-1-2201-1234567`
impl fmt::Display for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.numbering.service_name();
        write!(
            f,
            "{name} {:03}-{}-{}-{}",
            self.mcc, self.mnc, self.area, self.cell
        )
    }
}

fn number(text: &str) -> Option<u64> {
    let hex = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .or_else(|| {
            text.bytes()
                .any(|byte| byte.is_ascii_alphabetic())
                .then_some(text)
        });
    let (digits, radix) = hex.map_or((text, 10), |hex| (hex, 16));
    // A sign would be read, too.
    let fits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| u64::from_str_radix(digits, radix).ok())?
}

/// The PLMN of three bytes as networks write it (TS 24.008, 10.5.1.3): digits swapped in each byte, the third of the MNC in the
/// upper half of the second byte, F where there is none. As `MCC-MNC`; null for anything else.
pub fn plmn_of_bcd(bytes: [u8; 3]) -> Option<String> {
    let [a, b, c] = bytes.map(|byte| [byte & 0xf, byte >> 4]);
    let digits = [a[0], a[1], b[0], c[0], c[1]];
    let third = (b[1] != 0xf).then_some(b[1]);
    if digits.iter().chain(&third).any(|digit| *digit > 9) {
        return None;
    }
    let mut text = String::with_capacity(7);
    for (at, digit) in digits.iter().chain(&third).enumerate() {
        if at == 3 {
            text.push('-');
        }
        text.push(char::from(b'0' + digit));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lte(area: u64, cell: u64) -> Option<CellId> {
        CellId::new(Numbering::Lte, 242, 1, area, cell)
    }

    #[test]
    fn numbers_are_held_to_the_bits_of_the_standards() {
        let most = [
            (Numbering::Gsm, 0xffff, 0xffff),
            (Numbering::Umts, 0xffff, 0xfff_ffff),
            (Numbering::Lte, 0xffff, 0xfff_ffff),
            (Numbering::Nr, 0xff_ffff, 0xf_ffff_ffff),
        ];
        for (numbering, area, cell) in most {
            let new = |area, cell| CellId::new(numbering, 242, 1, area, cell);
            assert!(new(area, cell).is_some(), "{numbering:?}");
            for (area, cell) in [
                (area + 1, cell),
                (area, cell + 1),
                (area - 1, cell),
                (0, cell),
                (area, 0),
            ] {
                assert_eq!(new(area, cell), None, "{numbering:?} {area} {cell}");
            }
        }
        assert_eq!(CellId::new(Numbering::Lte, 0, 1, 2, 3), None);
        assert_eq!(CellId::new(Numbering::Lte, 1000, 1, 2, 3), None);
        assert_eq!(CellId::new(Numbering::Lte, 242, 1000, 2, 3), None);
        assert!(CellId::new(Numbering::Lte, 1, 0, 1, 1).is_some());
    }

    #[test]
    fn stations_are_the_upper_bits() {
        // TS 23.003, 4.7: a cell of eNodeB 0x12345, sector 0x67.
        let cell = lte(1, 0x123_4567).unwrap();
        assert_eq!(cell.split(), Some((0x12345, 0x67)));
        let umts = CellId::new(Numbering::Umts, 242, 1, 1, 0xabc_1234).unwrap();
        assert_eq!(umts.split(), Some((0xabc, 0x1234)));
        let nr = CellId::new(Numbering::Nr, 242, 1, 1, 1).unwrap();
        assert_eq!(nr.split(), None);
    }

    #[test]
    fn written_forms_are_read_and_printed() {
        let cell = lte(2201, 1_234_567).unwrap();
        for text in [
            "242-01-2201-1234567",
            " 242-01-2201-1234567 ",
            "242-001-0x899-0x12D687",
            "242-01-2201-12d687",
        ] {
            assert_eq!(CellId::parse(Numbering::Lte, text), Some(cell), "{text}");
        }
        assert_eq!(cell.to_string(), "lte 242-1-2201-1234567");
        for text in [
            "",
            "242-01-2201",
            "242-01-2201-1-2",
            "24-01-2201-1",
            "2420-01-1-1",
            "242-1-2201-1",
            "2a2-01-2201-1",
            "242-01-+1-1",
            "242-01-1-",
            "242-01-1-0x",
            "242-01-1-xyz",
            "242-01-1-99999999999999999999",
        ] {
            assert_eq!(CellId::parse(Numbering::Lte, text), None, "{text}");
        }
        // Digits alone are never hexadecimal.
        let digits = CellId::parse(Numbering::Gsm, "242-01-10-10").unwrap();
        assert_eq!((digits.area(), digits.cell()), (10, 10));
    }

    #[test]
    fn a_row_says_how_its_cell_is_numbered() {
        let of = |cell: &Cell<'_>, radio| {
            CellId::of((242, 1), cell, radio, Numbering::Umts).map(CellId::numbering)
        };
        let ci = |ci| Cell {
            lac: Some(5),
            ci: Some(ci),
            ..Cell::default()
        };
        assert_eq!(of(&ci(7), Some(Radio::G2)), Some(Numbering::Gsm));
        assert_eq!(of(&ci(7), Some(Radio::G3)), Some(Numbering::Umts));
        assert_eq!(of(&ci(7), None), Some(Numbering::Umts));
        assert_eq!(of(&ci(0x1_0000), Some(Radio::G2)), Some(Numbering::Umts));
        let eci = Cell {
            tac: Some(5),
            eci: Some(7),
            ..Cell::default()
        };
        assert_eq!(of(&eci, Some(Radio::NbIot)), Some(Numbering::Lte));
        let nci = Cell {
            tac: Some(5),
            nci: Some(7),
            ..Cell::default()
        };
        assert_eq!(of(&nci, None), Some(Numbering::Nr));
        assert_eq!(of(&Cell::default(), Some(Radio::G4)), None);
        assert_eq!(CellId::of((0, 0), &eci, None, Numbering::Gsm), None);
    }

    #[test]
    fn a_plmn_in_swapped_digits_is_read() {
        assert_eq!(plmn_of_bcd([0x42, 0xf2, 0x10]).as_deref(), Some("242-01"));
        assert_eq!(plmn_of_bcd([0x13, 0x00, 0x62]).as_deref(), Some("310-260"));
        assert_eq!(plmn_of_bcd([0xff, 0xff, 0xff]), None);
    }
}
