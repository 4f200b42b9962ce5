//! Reports over a span of time and what a filter lets through: plain figures, for the inspector, a page, a file or a script.
//!
//! Pure: no clock (when the data were fetched is handed in), no zone of its own, no drawing. docs/sums.md says what each
//! figure of time means.

pub(crate) mod breakdown;
mod figures;
pub(crate) mod ground;
pub(crate) mod lane;
pub(crate) mod naming;
pub(crate) mod stretches;

pub use figures::{Flow, Share, Shares};
