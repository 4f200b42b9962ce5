//! What the map shows: towers that sessions were on, countries where that is all there is, and the
//! track of one SIM. A view of the store in, plain data out; no drawing here.

mod places;
mod track;

pub use places::{CountryMark, MapData, MapView, PlaceMark, build};
pub use track::TrackPoint;
