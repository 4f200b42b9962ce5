//! From a file's bytes to the labels of lanes.

mod columns;
mod fixture;
mod matching;
mod reading;
mod speed;
