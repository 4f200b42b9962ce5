//! Where things are: ISO 3166 codes and names, the country that a mobile country code is assigned to, names of networks,
//! identities of cells and their written forms, and their positions from files.

mod cell;
mod country;
mod distance;
pub mod geolocate;
mod mcc;
mod networks;
mod towers;
mod written;

pub use cell::{CellId, Numbering};
pub use country::{from_alpha3, from_english_name};
pub use distance::great_circle_m;
pub use mcc::country_of_mcc;
pub use networks::{NAMES_CREDIT, NetworkNames};
pub use towers::{Tower, Towers};
pub use written::{WrittenCell, canonical};
