//! Small pictures, mostly empty, that are mixed over the pixels again and again: texts.

use super::canvas::{Canvas, Over, Pixel, clip};

/// A picture without its empty pixels.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    runs: Vec<Run>,
    /// The pixels of all runs, one after the other.
    pixels: Vec<Over>,
}

/// Neighbours in a line that are not empty.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// From the picture's upper left corner.
    x: i32,
    y: i32,
    length: u32,
}

impl Stamp {
    /// Of a picture's lines, each pixel with its own alpha.
    pub fn new<'a>(lines: impl Iterator<Item = &'a [Pixel]>) -> Self {
        let mut stamp = Self::default();
        for (y, line) in (0..).zip(lines) {
            let mut open = false;
            for (x, pixel) in (0..).zip(line) {
                let inked = pixel[3] > 0;
                match stamp.runs.last_mut() {
                    Some(run) if inked && open => run.length += 1,
                    _ if inked => stamp.runs.push(Run { x, y, length: 1 }),
                    _ => {}
                }
                if inked {
                    let [r, g, b, alpha] = *pixel;
                    stamp.pixels.push(Over::new([r, g, b, u8::MAX], alpha));
                }
                open = inked;
            }
        }
        stamp.runs.shrink_to_fit();
        stamp.pixels.shrink_to_fit();
        stamp
    }
}

impl Canvas<'_> {
    /// Mixes a picture over the pixels, each of its pixels by its own alpha; `at` is its upper left corner.
    pub fn stamp(&mut self, at: (i32, i32), stamp: &Stamp) {
        let mut pixels = stamp.pixels.as_slice();
        for run in &stamp.runs {
            let Some((own, rest)) = pixels.split_at_checked(run.length as usize) else {
                return;
            };
            pixels = rest;
            let x = at.0.saturating_add(run.x);
            let line = self.line(at.1.saturating_add(run.y));
            let range = clip(x, x.saturating_add(run.length as i32), line.len());
            let cut = usize::try_from(-i64::from(x)).unwrap_or(0);
            let shown = own.get(cut..).unwrap_or_default();
            for (under, over) in line[range].iter_mut().zip(shown) {
                *under = over.mixed(*under);
            }
        }
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
        let picture = [RED, NOTHING, HALF_RED, RED];
        let stamp = Stamp::new(picture.chunks(2));
        if let Some(mut canvas) = Canvas::new(&mut bytes, 3, 2) {
            canvas.stamp(at, &stamp);
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
