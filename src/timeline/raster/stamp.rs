//! Small pictures, mostly empty, that are mixed over the pixels again and again: texts.

use super::canvas::{Canvas, Over, Overs, Pixel, clip};

/// Pixels that are taken as one: all of them or none.
const BLOCK: usize = 4;

/// A picture without its empty parts.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    runs: Vec<Run>,
    /// The pixels of all runs, one after the other.
    pixels: Overs,
}

/// Blocks of pixels beside each other in a line, none of them empty.
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
            let mut at = 0;
            // Where the run that is open ends.
            let mut open = None;
            while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
                let own = rest.get(..BLOCK).unwrap_or(rest);
                let is_empty = own.iter().all(|pixel| pixel[3] == 0);
                if is_empty || (own[0][3] == 0 && open != Some(at)) {
                    at += 1;
                    open = None;
                    continue;
                }
                match stamp.runs.last_mut() {
                    Some(run) if open == Some(at) => run.length += BLOCK,
                    _ => stamp.runs.push(Run {
                        x: at as i32,
                        y,
                        first: stamp.pixels.len(),
                        length: BLOCK,
                    }),
                }
                for at in 0..BLOCK {
                    // What is missing at the end of the line leaves the canvas as it is.
                    let [r, g, b, alpha] = own.get(at).copied().unwrap_or_default();
                    stamp.pixels.push(Over::new([r, g, b, u8::MAX], alpha));
                }
                at += BLOCK;
                open = Some(at);
            }
        }
        stamp.runs.shrink_to_fit();
        stamp.pixels.shrink_to_fit();
        stamp
    }
}

impl Canvas<'_> {
    /// Mixes a picture over the pixels, each of its pixels by its own alpha; `at` is its upper left corner.
    // Its callers are compiled for size.
    #[inline(never)]
    pub fn stamp(&mut self, at: (i32, i32), stamp: &Stamp) {
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
            if let Some(mut canvas) = Canvas::new(&mut bytes, SIZE.0, SIZE.1) {
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
