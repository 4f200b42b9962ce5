//! The timeline as pure functions: a view of the lanes in, a frame out, pixels from the frame.
//! Nothing here knows the store, the DOM or the clock; instants are epoch milliseconds.
//!
//! [`build`] makes a [`Frame`] in the engine; the page paints it with [`raster::paint`], finds what
//! is under the pointer with [`hit`], and keeps the view in a [`Scale`].

mod bars;
mod block;
mod builder;
mod civil;
mod forest;
mod frame;
mod gaps;
mod geometry;
mod grip;
mod history;
mod hit;
mod item;
mod lane;
mod measure;
mod merge;
mod moment;
mod overlap;
mod pixel_grid;
pub mod raster;
mod scale;
mod snap;
mod strip;
#[cfg(test)]
mod tests;
mod texts;
mod tick_label;
mod ticks;
mod words;
mod writer;

pub use bars::{Bar, Bars, Label, Packed, PackedFar, PackedLabel};
pub use block::Leaf;
pub use builder::{Builder, build};
pub use forest::{BarWalk, Detail, Forest, Visitor};
pub use frame::{
    BarFlags, COLUMN, Counts, EventMark, Frame, FrameQuery, LaneBar, LaneEvent, LaneView, Note,
    Row, RowKind, Strip, Tone, Track, Visit,
};
pub use geometry::LaneBox;
pub use grip::{Held, Zooming, pinched};
pub use history::History;
pub use hit::{Hit, hit};
pub use measure::{Measure, Point, clock_duration, exact_duration};
pub use moment::{Clock, Moment, Remark, Understood, understand};
pub use scale::Scale;
pub use snap::{Edge, EdgeQuery, nearest_edge};
pub use texts::Texts;
pub use ticks::{Tick, Ticks, ticks};
pub use words::duration;
