//! Small pictures, mostly empty, that are mixed over the pixels again and again: texts.

use super::canvas::{Canvas, Over, Overs, Pixel, clip};

/// Pixels that are mixed in one go: a run is a multiple of so many.
const BLOCK: usize = 4;
/// So many empty pixels are mixed for nothing rather than begin another run behind them.
const GAP: usize = 16;

/// A picture without its empty parts.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    runs: Vec<Run>,
    /// The pixels of all runs, one after the other.
    pixels: Overs,
    height: i32,
}

/// Pixels beside each other in a line.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// From the picture's upper left corner.
    x: i32,
    y: i32,
    /// Its first pixel among all.
    first: usize,
    /// How many pixels.
    length: usize,
}

impl Stamp {
    /// Of a picture's lines, each pixel with its own alpha.
    pub fn new<'a>(lines: impl Iterator<Item = &'a [Pixel]>) -> Self {
        let mut stamp = Self::default();
        for (y, line) in (0..).zip(lines) {
            stamp.height = y + 1;
            let mut rest = 0;
            while let Some(own) = first_run(line, rest) {
                rest = own.end;
                let run = Run {
                    x: own.start as i32,
                    y,
                    first: stamp.pixels.len(),
                    length: own.len(),
                };
                stamp.runs.push(run);
                for at in own {
                    // What is missing at the end of the line leaves the canvas as it is.
                    let [r, g, b, alpha] = line.get(at).copied().unwrap_or_default();
                    stamp.pixels.push(Over::new([r, g, b, u8::MAX], alpha));
                }
            }
        }
        stamp.runs.shrink_to_fit();
        stamp.pixels.shrink_to_fit();
        stamp
    }
}

/// Where the first run of a line lies from a pixel on; null where all of them are empty. It may reach beyond the line.
fn first_run(line: &[Pixel], from: usize) -> Option<std::ops::Range<usize>> {
    let shown = |at: &usize| line.get(*at).is_some_and(|pixel| pixel[3] > 0);
    let begin = (from..line.len()).find(shown)?;
    let mut last = begin;
    while let Some(next) = (last + 1..=last + GAP).rev().find(shown) {
        last = next;
    }
    Some(begin..begin + (last + 1 - begin).next_multiple_of(BLOCK))
}

impl Canvas<'_> {
    /// Mixes a picture over the pixels, each of its pixels by its own alpha; `at` is its upper left corner.
    // Its callers are compiled for size.
    #[inline(never)]
    pub fn stamp(&mut self, at: (i32, i32), stamp: &Stamp) {
        if !self.is_near((at.1, at.1.saturating_add(stamp.height)), 0) {
            return;
        }
        for run in &stamp.runs {
            let x = at.0.saturating_add(run.x);
            let line = self.line(at.1.saturating_add(run.y));
            let range = clip(x, x.saturating_add(run.length as i32), line.len());
            let cut = usize::try_from(-i64::from(x)).unwrap_or(0).min(run.length);
            stamp.pixels.mix(run.first + cut, &mut line[range]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::canvas::mixed;
    use proptest::prelude::*;

    const WHITE: Pixel = [255; 4];
    const RED: Pixel = [255, 0, 0, 255];
    const HALF_RED: Pixel = [255, 0, 0, 128];
    const NOTHING: Pixel = [0; 4];

    fn stamped(at: (i32, i32)) -> Vec<Pixel> {
        let mut bytes = vec![255; 3 * 2 * 4];
        let picture = [RED, NOTHING, HALF_RED, RED];
        let stamp = Stamp::new(picture.chunks(2));
        if let Some(mut canvas) = Canvas::new(&mut bytes, 3, 0..2) {
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

    proptest! {
        #[test]
        fn each_pixel_is_mixed_by_itself(
            drawn in prop::collection::vec(any::<Pixel>(), 39),
            empty in prop::collection::vec(any::<bool>(), 39),
            width in 1..14_usize,
            at in (-15..20_i32, -4..5_i32),
        ) {
            const SIZE: (usize, usize) = (17, 3);
            let picture: Vec<Pixel> = drawn
                .iter()
                .zip(empty)
                .map(|(pixel, empty)| if empty { NOTHING } else { *pixel })
                .collect();
            let picture = &picture[..width * 3];
            let grey: Vec<u8> = (0..SIZE.0 * SIZE.1).flat_map(|n| [n as u8 * 3, 90, 200, 255]).collect();
            let mut bytes = grey.clone();
            if let Some(mut canvas) = Canvas::new(&mut bytes, SIZE.0, 0..SIZE.1 as i32) {
                canvas.stamp(at, &Stamp::new(picture.chunks(width)));
            }
            for (place, (after, before)) in bytes.as_chunks::<4>().0.iter().zip(grey.as_chunks::<4>().0).enumerate() {
                let (x, y) = ((place % SIZE.0) as i32 - at.0, (place / SIZE.0) as i32 - at.1);
                let own = (0..width as i32).contains(&x) && (0..3).contains(&y);
                let over = if own { picture[(y * width as i32 + x) as usize] } else { NOTHING };
                let [r, g, b, alpha] = over;
                prop_assert_eq!(*after, mixed(*before, [r, g, b, 255], alpha));
            }
        }
    }

    #[test]
    fn a_stamp_is_cut_at_the_edges() {
        assert_eq!(stamped((-1, -1)), [RED, WHITE, WHITE, WHITE, WHITE, WHITE]);
        assert_eq!(stamped((2, 1)), [WHITE, WHITE, WHITE, WHITE, WHITE, RED]);
        assert_eq!(stamped((-2, 0)), [WHITE; 6]);
        assert_eq!(stamped((3, 5)), [WHITE; 6]);
    }
}
