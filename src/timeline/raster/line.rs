//! Composed lines of pixels: the background of a row, and its bars upon it.

use super::canvas::{Pixel, clip, mix_all, mixed};
use super::theme::{Rgb, Theme};
use crate::frame::BarFlags;

/// Strength of 255 at which a faded bar is drawn.
const FADED: u8 = 46;
/// Strength of 255 at which the light part of an estimated end stops.
const ESTIMATED_END: u8 = 80;
/// Strength of 255 at which the middle of a merged bar is drawn.
const MERGED_CORE: u8 = 150;

/// A bar on the canvas, in whole pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub x0: i32,
    /// Where the solid part ends.
    pub x1: i32,
    /// Where the light part ends.
    pub x2: i32,
    pub rgb: Rgb,
    pub faded: bool,
    pub flags: BarFlags,
}

impl Bar {
    /// Strength of 255 of its solid part.
    fn strength(&self) -> u8 {
        if self.faded { FADED } else { u8::MAX }
    }

    /// Draws it on a line.
    pub fn draw(&self, line: &mut [Pixel], theme: &Theme) {
        let solid = clip(self.x0, self.x1, line.len());
        if self.faded {
            mix_all(&mut line[solid], self.rgb, FADED);
        } else {
            line[solid].fill(self.rgb.pixel());
        }
        if self.x2 > self.x1 {
            self.draw_light(line, theme);
        }
    }

    fn draw_light(&self, line: &mut [Pixel], theme: &Theme) {
        let scale = |alpha: u8| i64::from(alpha) * i64::from(self.strength()) / 255;
        let first = scale(theme.light);
        let last = if self.flags.has(BarFlags::END_ESTIMATED) {
            scale(ESTIMATED_END)
        } else {
            0
        };
        let length = i64::from(self.x2 - self.x1);
        for x in clip(self.x1, self.x2, line.len()) {
            let along = x as i64 - i64::from(self.x1);
            let alpha = first + (last - first) * (2 * along + 1) / (2 * length);
            line[x] = mixed(line[x], self.rgb.pixel(), alpha as u8);
        }
    }

    /// Takes the middle of a merged bar back to the background, in part; leaves any other as it is.
    pub fn draw_core(&self, line: &mut [Pixel], under: &[Pixel]) {
        if !self.flags.has(BarFlags::MERGED) {
            return;
        }
        for x in clip(self.x0 + 1, self.x2 - 1, line.len().min(under.len())) {
            line[x] = mixed(under[x], line[x], MERGED_CORE);
        }
    }
}
