//! The vendors by name. What each can do is asked of [`crate::provider::Capability`].

use serde::{Deserialize, Serialize};

/// A connectivity vendor whose answers simscope reads. In JSON the lower-case name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum ProviderId {
    /// Twilio Wireless.
    Twilio,
    /// KORE Programmable Wireless, which took over Twilio's IoT business.
    Kore,
    /// Soracom Air.
    Soracom,
    /// Monogoto's console API.
    Monogoto,
    /// WAYSCloud GlobalSIM.
    Wayscloud,
}

impl ProviderId {
    /// All vendors, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Twilio,
        Self::Kore,
        Self::Soracom,
        Self::Monogoto,
        Self::Wayscloud,
    ];

    /// The name in JSON, options and URLs: lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Twilio => "twilio",
            Self::Kore => "kore",
            Self::Soracom => "soracom",
            Self::Monogoto => "monogoto",
            Self::Wayscloud => "wayscloud",
        }
    }

    /// The vendor of that name, whatever its case; null for any other.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|id| id.as_str().eq_ignore_ascii_case(name))
    }
}
