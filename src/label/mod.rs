//! Labels: what the owner calls their SIMs, from a CSV file. [`SheetReader`] reads the file piece by piece into a [`Sheet`].

mod letters;
mod number;
mod problem;
mod sheet;
mod sheet_reader;

pub use problem::Problem;
pub use sheet::Sheet;
pub use sheet_reader::SheetReader;
