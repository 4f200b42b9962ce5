//! The pixels that are painted on.

use std::ops::Range;

use super::theme::Rgb;

/// Red, green, blue, alpha; always opaque.
pub type Pixel = [u8; 4];

/// Pixels to paint on, row by row from the top left: some lines of a picture.
#[derive(Debug)]
pub struct Canvas<'a> {
    pixels: &'a mut [Pixel],
    width: usize,
    lines: Range<i32>,
}

impl<'a> Canvas<'a> {
    /// Some lines of a picture of that width over RGBA bytes, as an `ImageData` holds them; what lies on others is not painted.
    /// Null where there are fewer than four bytes for each pixel, or no pixels.
    pub fn new(bytes: &'a mut [u8], width: usize, lines: Range<i32>) -> Option<Self> {
        let (pixels, _) = bytes.as_chunks_mut::<4>();
        let count = width.checked_mul(lines.len()).filter(|n| *n > 0)?;
        Some(Self {
            pixels: pixels.get_mut(..count)?,
            width,
            lines,
        })
    }

    /// Device pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether some of the lines are at hand, or nearer to one that is than so many lines.
    pub(super) fn is_near(&self, (from, to): (i32, i32), by: i32) -> bool {
        from.saturating_sub(by) < self.lines.end && to.saturating_add(by) > self.lines.start
    }

    /// The pixels of a line; empty where it is not at hand.
    pub(super) fn line(&mut self, y: i32) -> &mut [Pixel] {
        if !self.lines.contains(&y) {
            return &mut [];
        }
        let start = (y - self.lines.start) as usize * self.width;
        &mut self.pixels[start..start + self.width]
    }

    /// Copies a composed line.
    pub(super) fn put(&mut self, y: i32, line: &[Pixel]) {
        let to = self.line(y);
        let n = to.len().min(line.len());
        to[..n].copy_from_slice(&line[..n]);
    }

    /// The part of [from, to) that is at hand, of the picture's lines.
    pub(super) fn lines(&self, from: i32, to: i32) -> Range<i32> {
        from.max(self.lines.start)..to.min(self.lines.end)
    }

    /// Mixes a colour over a rectangle, `alpha` of 255. Right and lower edge are excluded.
    pub(super) fn mix(&mut self, x: (i32, i32), y: (i32, i32), colour: Rgb, alpha: u8) {
        for line in self.lines(y.0, y.1) {
            let line = self.line(line);
            let range = clip(x.0, x.1, line.len());
            if alpha == u8::MAX {
                line[range].fill(colour.pixel());
            } else {
                mix_all(&mut line[range], colour, alpha);
            }
        }
    }
}

/// The part of [from, to) that lies within a line.
pub(super) fn clip(from: i32, to: i32, width: usize) -> Range<usize> {
    let end = usize::try_from(to).unwrap_or(0).min(width);
    usize::try_from(from).unwrap_or(0).min(end)..end
}

/// A colour that is mixed over pixels, readily multiplied. Two channels at a time in one word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Over {
    even: u32,
    odd: u32,
    /// Of 256, what stays of the pixel below.
    rest: u32,
}

const EVEN: u32 = 0x00ff_00ff;

impl Over {
    /// `alpha` of 255 parts of a colour.
    pub fn new(colour: Pixel, alpha: u8) -> Self {
        let alpha = u32::from(alpha) + u32::from(alpha >> 7);
        let colour = u32::from_le_bytes(colour);
        Self {
            even: (colour & EVEN) * alpha,
            odd: ((colour >> 8) & EVEN) * alpha,
            rest: 256 - alpha,
        }
    }

    /// The rest is what was there.
    #[inline]
    pub fn mixed(self, under: Pixel) -> Pixel {
        let under = u32::from_le_bytes(under);
        let even = ((under & EVEN) * self.rest + self.even) >> 8;
        let odd = ((under >> 8) & EVEN) * self.rest + self.odd;
        ((even & EVEN) | (odd & !EVEN)).to_le_bytes()
    }
}

/// Colours that are mixed over pixels beside each other: each part of them by itself, so that several are mixed in one go.
#[derive(Debug, Clone, Default)]
pub(super) struct Overs {
    even: Vec<u32>,
    odd: Vec<u32>,
    rest: Vec<u32>,
}

impl Overs {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rest.len()
    }

    pub fn push(&mut self, over: Over) {
        self.even.push(over.even);
        self.odd.push(over.odd);
        self.rest.push(over.rest);
    }

    /// Mixes the colours from a place on over as many pixels; see [`Over::mixed`].
    #[inline]
    pub fn mix(&self, from: usize, pixels: &mut [Pixel]) {
        let [even, odd, rest] =
            [&self.even, &self.odd, &self.rest].map(|part| part.get(from..).unwrap_or_default());
        let parts = even.iter().zip(odd).zip(rest);
        for (pixel, ((&even, &odd), &rest)) in pixels.iter_mut().zip(parts) {
            *pixel = Over { even, odd, rest }.mixed(*pixel);
        }
    }

    pub fn shrink_to_fit(&mut self) {
        self.even.shrink_to_fit();
        self.odd.shrink_to_fit();
        self.rest.shrink_to_fit();
    }
}

/// `alpha` of 255 parts of `over`, the rest of `under`.
pub(super) fn mixed(under: Pixel, over: Pixel, alpha: u8) -> Pixel {
    Over::new(over, alpha).mixed(under)
}

/// Mixes one colour over all pixels of a slice.
pub(super) fn mix_all(pixels: &mut [Pixel], colour: Rgb, alpha: u8) {
    let over = Over::new(colour.pixel(), alpha);
    for pixel in pixels {
        *pixel = over.mixed(*pixel);
    }
}
