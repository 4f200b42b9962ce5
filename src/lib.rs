//! simscope shows what a SIM did: its data sessions and activity, from five IoT connectivity
//! vendors, on one timeline and one map, in the browser alone.

pub mod geo;
pub mod model;
pub mod provider;
pub mod timeline;
