//! Tests of the timeline: frames and paintings as text, properties over random lanes, speed.

mod axis;
mod frames;
mod painting;
mod properties;
mod scene;
mod speed;
mod text;
mod week;
