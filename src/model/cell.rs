//! The serving cell's identity, in the words of 3GPP TS 23.003.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Text;

/// The serving cell, as far as a vendor tells. PLMN and radio are the row's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Cell<'a> {
    /// The identity as the vendor wrote it, where that is one string.
    pub reported: Option<Text<'a>>,
    /// Location area code of 2G and 3G, 16 bit.
    pub lac: Option<u32>,
    /// Tracking area code of 4G (16 bit) and 5G (24 bit).
    pub tac: Option<u32>,
    /// Cell identity of 2G (16 bit) or UTRAN cell identity of 3G (28 bit).
    pub ci: Option<u32>,
    /// E-UTRAN cell identity, 28 bit.
    pub eci: Option<u32>,
    /// NR cell identity, 36 bit.
    pub nci: Option<u64>,
}

impl Cell<'_> {
    /// The eNodeB of the ECI, taking it for a macro cell's: its upper 20 bits.
    pub fn enb(&self) -> Option<u32> {
        self.eci.map(|eci| eci >> 8)
    }

    /// The sector of the ECI, taking it for a macro cell's: its lower 8 bits.
    pub fn sector(&self) -> Option<u32> {
        self.eci.map(|eci| eci & 0xff)
    }

    /// Nothing is known of the cell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same cell with its own copy of the reported identity.
    pub fn into_owned(self) -> Cell<'static> {
        Cell {
            reported: self.reported.map(|text| Text::Owned(text.into_owned())),
            lac: self.lac,
            tac: self.tac,
            ci: self.ci,
            eci: self.eci,
            nci: self.nci,
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("reported", &self.reported)?;
        map.serialize_entry("lac", &self.lac)?;
        map.serialize_entry("tac", &self.tac)?;
        map.serialize_entry("ci", &self.ci)?;
        map.serialize_entry("eci", &self.eci)?;
        map.serialize_entry("nci", &self.nci)?;
        map.serialize_entry("enb", &self.enb())?;
        map.serialize_entry("sector", &self.sector())?;
        map.end()
    }
}
