//! Labels: what the owner calls their SIMs, from a CSV file. [`SheetReader`] reads the file piece by piece into a [`Sheet`];
//! [`Columns`] says what each column is, guessed and then changed by whoever knows better.

mod columns;
mod headers;
mod identifier;
mod letters;
mod number;
mod problem;
mod sheet;
mod sheet_reader;

pub use columns::{Columns, Role};
pub use identifier::Identifier;
pub use problem::Problem;
pub use sheet::Sheet;
pub use sheet_reader::SheetReader;
