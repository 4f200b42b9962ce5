//! Countries: ISO 3166 codes and names, and the country that a mobile country code is assigned to.

mod country;
mod mcc;

pub use country::{from_alpha3, from_english_name};
pub use mcc::country_of_mcc;
