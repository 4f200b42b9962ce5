//! The filter against a plain evaluation, its documentation, and the clock.

mod any_filter;
pub mod fixture;
mod guide;
mod naive;
mod random;
mod rows;
mod speed;
