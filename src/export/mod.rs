//! What is loaded, for others: the public JSON of the model, CSV of what the views show.

mod csv;
mod normalized;
mod sums;

pub use csv::Csv;
pub use normalized::{Normalized, to_json, to_lines};
pub use sums::{percent, sums_csv};
