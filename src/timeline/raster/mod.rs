//! The painter: a frame into RGBA pixels, in software. A lane's rows of pixels are nearly all
//! alike, so a few are composed and then copied; that is what makes it quick.

mod canvas;
mod cells;
mod corner;
mod edge;
mod hatch;
mod lane;
mod line;
mod mark;
mod overlay;
mod paint;
mod place;
mod stamp;
mod strip;
mod theme;

pub use canvas::{Canvas, Pixel};
pub use cells::mix_row;
pub use paint::Painting;
pub use place::Placement;
pub use stamp::Stamp;
pub use theme::{OF_RADIOS, OF_VALUES, Rgb, Shown, Theme};
