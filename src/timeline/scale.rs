//! The view's window on time: between instants and positions, zooming and panning.

/// The shortest window, milliseconds. Vendors report seconds, some milliseconds.
const LEAST_SPAN_MS: f64 = 100.0;
/// The longest window, milliseconds: about 40 years.
const MOST_SPAN_MS: f64 = 40.0 * 365.25 * 86_400_000.0;
/// The first and last instant of the model, the years 0 to 9999: a window stays inside.
const FIRST_MS: f64 = -62_167_219_200_000.0;
const LAST_MS: f64 = 253_402_300_799_999.0;

/// A window of whole milliseconds in length, shown over a width of pixels (device or CSS, as the
/// caller likes).
///
/// The length is whole so that a frame asked for [`Scale::window`] has exactly this scale; the
/// left edge may lie between milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: f64,
    span: f64,
    width: f64,
}

impl Default for Scale {
    /// A week over 800 pixels.
    fn default() -> Self {
        Self::new(0.0, 7.0 * 86_400_000.0, 800.0)
    }
}

impl Scale {
    /// The window [from, to] (epoch milliseconds), brought within the limits: 100 ms to 40 years,
    /// inside the years 0 to 9999.
    pub fn new(from: f64, to: f64, width: f64) -> Self {
        let from = if from.is_finite() { from } else { 0.0 };
        let to = if to.is_finite() { to } else { from };
        let span = whole_span(to - from);
        Self {
            from: kept_inside(from, span),
            span,
            width: if width.is_finite() {
                width.max(1.0)
            } else {
                1.0
            },
        }
    }

    /// Left edge, epoch milliseconds.
    pub fn from_ms(&self) -> f64 {
        self.from
    }

    /// Right edge, epoch milliseconds.
    pub fn to_ms(&self) -> f64 {
        self.from + self.span
    }

    /// Length, milliseconds.
    pub fn span_ms(&self) -> f64 {
        self.span
    }

    /// Width, pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Milliseconds per pixel.
    pub fn ms_per_px(&self) -> f64 {
        self.span / self.width
    }

    /// The window in whole milliseconds, to ask a frame for: of exactly this length, and beginning
    /// less than a millisecond before this one.
    pub fn window(&self) -> (i64, i64) {
        let from = self.from.floor() as i64;
        (from, from.saturating_add(self.span as i64))
    }

    /// The instant at a position.
    pub fn time_at(&self, x: f64) -> f64 {
        self.from + x * self.ms_per_px()
    }

    /// The position of an instant.
    pub fn x_at(&self, ms: f64) -> f64 {
        (ms - self.from) / self.ms_per_px()
    }

    /// Zooms by `factor` (2 shows half the time) about a position, whose instant stays where it is
    /// unless the window meets the ends of time.
    #[must_use]
    pub fn zoomed(&self, x: f64, factor: f64) -> Self {
        if !(factor.is_finite() && factor > 0.0 && x.is_finite()) {
            return *self;
        }
        let span = whole_span(self.span / factor);
        let from = self.time_at(x) - x * (span / self.width);
        Self {
            from: kept_inside(from, span),
            span,
            width: self.width,
        }
    }

    /// Moves the window by `dx` pixels: to later times where positive.
    #[must_use]
    pub fn panned(&self, dx: f64) -> Self {
        if !dx.is_finite() {
            return *self;
        }
        Self {
            from: kept_inside(self.time_at(dx), self.span),
            ..*self
        }
    }

    /// The same left edge and milliseconds per pixel over another width, as far as the limits allow.
    #[must_use]
    pub fn resized(&self, width: f64) -> Self {
        let to = self.from + self.ms_per_px() * width.max(1.0);
        Self::new(self.from, to, width)
    }

    /// The window that shows [from, to] with `margin` of its width free at either side (0 to 0.4).
    #[must_use]
    pub fn fitted(&self, from: f64, to: f64, margin: f64) -> Self {
        let margin = margin.clamp(0.0, 0.4);
        let span = whole_span((to - from) / (1.0 - 2.0 * margin));
        let middle = f64::midpoint(from, to);
        Self::new(middle - span / 2.0, middle + span / 2.0, self.width)
    }
}

fn whole_span(span: f64) -> f64 {
    if span.is_finite() {
        span.clamp(LEAST_SPAN_MS, MOST_SPAN_MS).round()
    } else {
        LEAST_SPAN_MS
    }
}

fn kept_inside(from: f64, span: f64) -> f64 {
    from.max(FIRST_MS).min(LAST_MS - span)
}
