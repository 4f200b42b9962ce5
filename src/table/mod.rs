//! A long table without its page: which rows are in view at which place of the scroll bar, and where a
//! key leads. Pure; the page draws what these say.

mod keys;
mod scroll;

pub use keys::{Act, Grid, Place};
pub use scroll::Scroll;
