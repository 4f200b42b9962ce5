//! Identities of cells in the numbers of 3GPP TS 23.003, with their ranges.

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

    /// Whether area and cell have no more bits than it gives them.
    pub fn fits(self, area: u64, cell: u64) -> bool {
        let (area_bits, cell_bits) = self.bits();
        area >> area_bits == 0 && cell >> cell_bits == 0
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
        let none = (1 << numbering.bits().0) - 2;
        let fits = (1..=999).contains(&mcc)
            && mnc <= 999
            && numbering.fits(area, cell)
            && area != 0
            && area != none
            && cell != 0;
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
