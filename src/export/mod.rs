//! What is loaded, for others: the public JSON of the model.

mod normalized;

pub use normalized::{Normalized, to_json, to_lines};
