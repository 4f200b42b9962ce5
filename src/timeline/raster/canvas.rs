//! The pixels that are painted on.

use super::theme::Rgb;

/// Red, green, blue, alpha; always opaque.
pub type Pixel = [u8; 4];

/// Pixels to paint on, row by row from the top left.
#[derive(Debug)]
pub struct Canvas<'a> {
    pixels: &'a mut [Pixel],
    width: usize,
    height: usize,
}

impl<'a> Canvas<'a> {
    /// Over RGBA bytes, as an `ImageData` holds them. Null where there are fewer than
    /// width × height × 4 bytes, or either is 0.
    pub fn new(bytes: &'a mut [u8], width: usize, height: usize) -> Option<Self> {
        let (pixels, _) = bytes.as_chunks_mut::<4>();
        let count = width.checked_mul(height).filter(|n| *n > 0)?;
        Some(Self {
            pixels: pixels.get_mut(..count)?,
            width,
            height,
        })
    }

    /// Device pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Device pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels of a line; empty outside the canvas.
    pub(super) fn line(&mut self, y: i32) -> &mut [Pixel] {
        match usize::try_from(y) {
            Ok(y) if y < self.height => {
                let start = y * self.width;
                &mut self.pixels[start..start + self.width]
            }
            _ => &mut [],
        }
    }

    /// Copies a composed line.
    pub(super) fn put(&mut self, y: i32, line: &[Pixel]) {
        let to = self.line(y);
        let n = to.len().min(line.len());
        to[..n].copy_from_slice(&line[..n]);
    }

    /// The part of [from, to) that lies on the canvas, of its lines.
    pub(super) fn lines(&self, from: i32, to: i32) -> std::ops::Range<i32> {
        from.max(0)..to.min(i32::try_from(self.height).unwrap_or(i32::MAX))
    }

    /// Mixes a picture of that width over the pixels, each of its pixels by its own alpha; `at` is its upper left corner.
    pub fn stamp(&mut self, at: (i32, i32), width: usize, picture: &[Pixel]) {
        let right = at.0.saturating_add(width as i32);
        for (y, own) in (at.1..).zip(picture.chunks_exact(width.max(1))) {
            let line = self.line(y);
            let range = clip(at.0, right, line.len());
            let cut = usize::try_from(-i64::from(at.0)).unwrap_or(0);
            for (under, over) in line[range].iter_mut().zip(own.iter().skip(cut)) {
                match over[3] {
                    0 => {}
                    u8::MAX => *under = *over,
                    alpha => {
                        let [r, g, b, _] = *over;
                        *under = mixed(*under, [r, g, b, u8::MAX], alpha);
                    }
                }
            }
        }
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
pub(super) fn clip(from: i32, to: i32, width: usize) -> std::ops::Range<usize> {
    let end = usize::try_from(to).unwrap_or(0).min(width);
    usize::try_from(from).unwrap_or(0).min(end)..end
}

/// `alpha` of 255 parts of `over`, the rest of `under`. Two channels at a time in one word.
pub(super) fn mixed(under: Pixel, over: Pixel, alpha: u8) -> Pixel {
    const EVEN: u32 = 0x00ff_00ff;
    let alpha = u32::from(alpha) + u32::from(alpha >> 7);
    let rest = 256 - alpha;
    let (under, over) = (u32::from_le_bytes(under), u32::from_le_bytes(over));
    let even = ((under & EVEN) * rest + (over & EVEN) * alpha) >> 8;
    let odd = ((under >> 8) & EVEN) * rest + ((over >> 8) & EVEN) * alpha;
    ((even & EVEN) | (odd & !EVEN)).to_le_bytes()
}

/// Mixes one colour over all pixels of a slice.
pub(super) fn mix_all(pixels: &mut [Pixel], colour: Rgb, alpha: u8) {
    for pixel in pixels {
        *pixel = mixed(*pixel, colour.pixel(), alpha);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Pixel = [255; 4];
    const RED: Pixel = [255, 0, 0, 255];
    const HALF_RED: Pixel = [255, 0, 0, 128];
    const NOTHING: Pixel = [0; 4];

    fn stamped(at: (i32, i32)) -> Vec<Pixel> {
        let mut bytes = vec![255; 3 * 2 * 4];
        if let Some(mut canvas) = Canvas::new(&mut bytes, 3, 2) {
            canvas.stamp(at, 2, &[RED, NOTHING, HALF_RED, RED]);
        }
        bytes.as_chunks::<4>().0.to_vec()
    }

    #[test]
    fn a_stamp_mixes_by_its_own_alpha_and_leaves_the_canvas_opaque() {
        let pixels = stamped((1, 0));
        assert_eq!(pixels[..4], [WHITE, RED, WHITE, WHITE]);
        assert_eq!(pixels[4], [255, 126, 126, 255]);
        assert_eq!(pixels[5], RED);
    }

    #[test]
    fn a_stamp_is_cut_at_the_edges() {
        assert_eq!(stamped((-1, -1)), [RED, WHITE, WHITE, WHITE, WHITE, WHITE]);
        assert_eq!(stamped((2, 1)), [WHITE, WHITE, WHITE, WHITE, WHITE, RED]);
        assert_eq!(stamped((-2, 0)), [WHITE; 6]);
        assert_eq!(stamped((3, 5)), [WHITE; 6]);
    }
}
