//! Radio access technology, as far as the five vendors tell it apart.

use serde::{Deserialize, Serialize};

/// Radio access technology. `4g` is LTE whose subtype the vendor did not report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Radio {
    /// GSM, GPRS, EDGE.
    #[serde(rename = "2g")]
    G2,
    /// UMTS, HSPA.
    #[serde(rename = "3g")]
    G3,
    /// LTE, subtype unreported.
    #[serde(rename = "4g")]
    G4,
    /// NR.
    #[serde(rename = "5g")]
    G5,
    /// LTE Cat-M.
    #[serde(rename = "lte-m")]
    LteM,
    /// Narrowband IoT.
    #[serde(rename = "nb-iot")]
    NbIot,
}

/// Letters and digits of the longest spelling of a technology.
const LONGEST_SPELLING: usize = 8;

impl Radio {
    /// All technologies, in the order of the legend.
    pub const ALL: [Self; 6] = [
        Self::G4,
        Self::G5,
        Self::LteM,
        Self::NbIot,
        Self::G3,
        Self::G2,
    ];

    /// The JSON name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::G2 => "2g",
            Self::G3 => "3g",
            Self::G4 => "4g",
            Self::G5 => "5g",
            Self::LteM => "lte-m",
            Self::NbIot => "nb-iot",
        }
    }

    /// What people call it: `LTE-M`, `NB-IoT`, `4G`.
    pub fn label(self) -> &'static str {
        match self {
            Self::G2 => "2G",
            Self::G3 => "3G",
            Self::G4 => "4G",
            Self::G5 => "5G",
            Self::LteM => "LTE-M",
            Self::NbIot => "NB-IoT",
        }
    }

    /// Reads any spelling that a vendor uses, whatever its case, spaces and hyphens: `LTE`, `4G`,
    /// `LTE-M`, `Cat-M1`, `NB-IoT`, `UMTS`, `HSPA`, `GSM`, `EDGE`, `NR`. Null for any other, which
    /// the row keeps as reported.
    pub fn from_reported(text: &str) -> Option<Self> {
        let mut folded = [0; LONGEST_SPELLING];
        let mut length = 0;
        for byte in text.bytes().filter(u8::is_ascii_alphanumeric) {
            *folded.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        }
        Some(match std::str::from_utf8(&folded[..length]).ok()? {
            "2g" | "gsm" | "gprs" | "edge" | "geran" => Self::G2,
            "3g" | "umts" | "wcdma" | "hspa" | "hsdpa" | "hsupa" | "utran" => Self::G3,
            "4g" | "lte" | "eutran" => Self::G4,
            "5g" | "nr" | "5gnr" | "5gsa" | "5gnsa" => Self::G5,
            "ltem" | "ltem1" | "catm" | "catm1" | "ltecatm" | "ltecatm1" | "emtc" => Self::LteM,
            "nbiot" | "nb" | "nb1" | "nb2" | "catnb" | "catnb1" | "catnb2" => Self::NbIot,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_folded_and_unknown_ones_are_null() {
        assert_eq!(Radio::from_reported("lte-M"), Some(Radio::LteM));
        assert_eq!(Radio::from_reported("NB-IoT"), Some(Radio::NbIot));
        assert_eq!(Radio::from_reported("LTE"), Some(Radio::G4));
        assert_eq!(Radio::from_reported("LTE Cat M1"), Some(Radio::LteM));
        assert_eq!(Radio::from_reported("satellite"), None);
        assert_eq!(Radio::from_reported(""), None);
    }
}
