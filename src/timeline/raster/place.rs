//! Where a frame comes to lie on the canvas.

use crate::frame::Frame;
use crate::scale::Scale;

/// Where a frame comes to lie: at `x * scale + dx` device pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// What of the list of rows lies above the canvas, CSS pixels.
    pub scroll_y: f32,
    /// Canvas pixels per frame pixel: 1 but while a frame of another scale is shown in between.
    pub scale: f64,
    /// Where the frame's left edge lies, device pixels from the canvas's.
    pub dx: f64,
}

/// Two scales that differ by less put no pixel of a frame elsewhere.
const SAME_SCALE: f64 = 1e-7;

impl Placement {
    /// Shows a frame in the view of a scale whose width is in device pixels.
    pub fn in_view(frame: &Frame, view: &Scale, scroll_y: f32) -> Self {
        let own = (frame.to as f64 - frame.from as f64).max(1.0) / f64::from(frame.width.max(1.0));
        Self {
            scroll_y,
            scale: own / view.ms_per_px(),
            dx: view.x_at(frame.from as f64),
        }
    }

    /// The whole pixel of a position in the frame.
    pub(super) fn x(&self, x: f32) -> i32 {
        Self::whole(f64::from(x) * self.scale + self.dx)
    }

    /// Where whole pixels of the frame lie.
    pub(super) fn across(&self) -> Across {
        if (self.scale - 1.0).abs() < SAME_SCALE {
            Across::Moved(Self::whole(self.dx))
        } else {
            Across::Scaled(self.scale, self.dx)
        }
    }

    /// The whole pixel of a position on the canvas, kept where an `i32` holds it with room to add.
    pub(super) fn whole(x: f64) -> i32 {
        const FAR: f64 = 100_000_000.0;
        (x.clamp(-FAR, FAR) + 0.5).floor() as i32
    }
}

/// Where whole pixels of a frame lie across the canvas.
#[derive(Debug, Clone, Copy)]
pub(super) enum Across {
    /// Moved as one, so that what lies a pixel apart stays so.
    Moved(i32),
    /// At `x * scale + dx`.
    Scaled(f64, f64),
}

impl Across {
    /// The whole pixel of a whole pixel of the frame.
    pub fn pixel(self, x: i32) -> i32 {
        match self {
            Self::Moved(by) => x.saturating_add(by),
            Self::Scaled(scale, dx) => Placement::whole(f64::from(x) * scale + dx),
        }
    }
}
