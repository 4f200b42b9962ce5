//! Labels: what the owner calls their SIMs, from a CSV file with any of ICCID, IMSI, IMEI, EID, MSISDN and the vendor's key,
//! and any other columns. [`SheetReader`] reads the file piece by piece into a [`Sheet`]; [`Columns`] says what each column
//! is, guessed and then changed by whoever knows better; [`Labels`] finds the lanes of its rows, of all vendors, and tells of
//! every row without one. Plain data and pure functions: the store is only read, and what is found is asked for anew when more
//! was loaded.

mod columns;
mod headers;
mod hits;
mod identifier;
mod labels;
mod lane;
mod letters;
mod matches;
mod number;
mod problem;
mod recognise;
mod sheet;
mod sheet_reader;
#[cfg(test)]
mod tests;
mod told;

pub use columns::{Columns, Role};
pub use identifier::Identifier;
pub use labels::{Label, Labels};
pub use matches::Matches;
pub use problem::Problem;
pub use recognise::begins_like_labels;
pub use sheet::Sheet;
pub use sheet_reader::SheetReader;
pub use told::{Report, TOLD_ROWS, Told, Why};
