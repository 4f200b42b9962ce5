//! What is loaded, for others: the public JSON of the model, sessions as JSON, CSV and GeoJSON, CSV of what the views show.

mod columns;
mod csv;
mod findings;
mod mask;
mod normalized;
mod sessions;
mod sums;
mod table;

pub use columns::percent;
pub(crate) use columns::{Column, Gap, Part, Sums, add_row, with_head};
pub use csv::Csv;
pub use findings::{HandedFinding, findings_csv, findings_json};
pub use mask::{Mask, strip_secrets};
pub use normalized::{Normalized, to_json, to_lines};
pub use sessions::{Form, sessions_piece};
pub use sums::sums_csv;
pub use table::{Separated, Writing, basis_word, said_word, table_text};
