//! ISO 3166-1: the codes and the names that vendors use.

use crate::model::Country;

/// The country of an ISO 3166-1 alpha-3 code, whatever its case; null for any other text.
pub fn from_alpha3(_code: &str) -> Option<Country> {
    None
}

/// The country of an English short name, whatever its case; null for any other text.
pub fn from_english_name(_name: &str) -> Option<Country> {
    None
}
