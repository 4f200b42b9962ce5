//! Mobile country codes (ITU-T E.212) and the country that each is assigned to.

use crate::model::{Country, Mcc};

/// The country that a mobile country code is assigned to; null for international codes (901).
pub fn country_of_mcc(_mcc: Mcc) -> Option<Country> {
    None
}
