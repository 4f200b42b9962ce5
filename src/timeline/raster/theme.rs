//! Colours, and what the page shows beyond the frame.

use super::canvas::Pixel;

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// From `0xRRGGBB`.
    pub const fn new(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self([r, g, b])
    }

    pub(super) fn pixel(self) -> Pixel {
        let [r, g, b] = self.0;
        [r, g, b, u8::MAX]
    }
}

/// From this colour index on come the values of an opened lane's row.
pub const OF_VALUES: u8 = 32;
/// From this colour index on come the radio technologies.
pub const OF_RADIOS: u8 = 48;

/// The colours of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// Behind the lanes.
    pub background: Rgb,
    /// Behind group heads.
    pub group_background: Rgb,
    /// Between rows, and the grid in front of the background.
    pub line: Rgb,
    /// Behind the chosen lane.
    pub chosen_background: Rgb,
    /// Behind the hatching where the vendor kept nothing.
    pub hatch_background: Rgb,
    /// The lines of the hatching.
    pub hatch: Rgb,
    /// Outlines and the chosen span.
    pub accent: Rgb,
    /// The line at the present.
    pub now: Rgb,
    /// Columns of group strips.
    pub strip: Rgb,
    /// By colour index of a bar; an index beyond it takes the last one, none `strip`.
    pub palette: Vec<Rgb>,
    /// By colour index less [`OF_VALUES`]: the values of an opened lane's row.
    pub values: Vec<Rgb>,
    /// By colour index less [`OF_RADIOS`]: the radio technologies, whatever the lanes are coloured by.
    pub radios: Vec<Rgb>,
    /// Colour indices drawn faded, because the legend filters them out.
    pub faded: Vec<u8>,
    /// By kind of event; a kind beyond it takes the last one, none `strip`.
    pub marks: Vec<Rgb>,
    /// Where the light part of a bar begins, its strength of 255.
    pub light: u8,
}

impl Theme {
    pub(super) fn bar(&self, colour: u8) -> Rgb {
        let own = match colour {
            OF_RADIOS.. => pick(&self.radios, colour - OF_RADIOS),
            OF_VALUES.. => pick(&self.values, colour - OF_VALUES),
            _ => pick(&self.palette, colour),
        };
        own.unwrap_or(self.strip)
    }

    pub(super) fn mark(&self, kind: u8) -> Rgb {
        pick(&self.marks, kind).unwrap_or(self.strip)
    }

    pub(super) fn is_faded(&self, colour: u8) -> bool {
        self.faded.contains(&colour)
    }
}

fn pick(colours: &[Rgb], index: u8) -> Option<Rgb> {
    colours
        .get(usize::from(index))
        .or_else(|| colours.last())
        .copied()
}

/// What the page adds to a frame. Positions are device pixels on the canvas.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown<'a> {
    /// The lane that is tinted.
    pub chosen_lane: Option<u32>,
    /// The session that is outlined.
    pub chosen_session: Option<u32>,
    /// More sessions that are outlined, in order of their numbers.
    pub picked_sessions: &'a [u32],
    /// The session under the pointer.
    pub hovered_session: Option<u32>,
    /// The chosen span of time.
    pub span: Option<(f32, f32)>,
    /// The present.
    pub now: Option<f32>,
    /// Lines of the grid, where the ticks are.
    pub grid: Vec<f32>,
}
