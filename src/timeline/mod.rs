//! The timeline as pure functions: a view of the lanes in, a frame out, pixels from the frame.
//! Nothing here knows the store, the DOM or the clock; instants are epoch milliseconds.

mod frame;

pub use frame::{
    BarFlags, Bars, EventMark, Frame, FrameQuery, Label, LaneBar, LaneEvent, LaneView, Note, Row,
    RowKind, Strip, Tone,
};
