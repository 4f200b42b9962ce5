//! Reports over a span of time and what a filter lets through: plain figures, for the inspector, a page, a file or a script.
//!
//! Pure: no clock (when the data were fetched is handed in), no zone of its own, no drawing. docs/sums.md says what each
//! figure of time means.

mod activity;
mod asked;
pub(crate) mod breakdown;
mod calendar;
mod csv;
mod data;
pub mod days;
mod figures;
pub(crate) mod ground;
pub(crate) mod lane;
mod making;
pub(crate) mod naming;
mod previous;
mod sources;
pub(crate) mod stretches;
mod summary;
#[cfg(test)]
mod tests;
mod vendor;
mod whole;
mod written;

pub use activity::{Activity, OfDay, OfSim, OfType, Reported, activity};
pub use asked::Asked;
pub use calendar::{Calendar, date_of, offset_in, offsets_between};
pub use data::{Data, Megabytes};
pub use figures::{Flow, Share, Shares};
pub use ground::{Ground, Survey};
pub use making::Making;
pub use previous::{Previous, previous};
pub use sources::{OfSource, sources};
pub use summary::{Durations, Line, Lines, LongestGap, Online, Summary, summary};
pub use vendor::{Difference, Figures, VendorSummary, vendor_summaries};
pub use whole::{Report, Table};
