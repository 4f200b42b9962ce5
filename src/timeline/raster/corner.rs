//! Rounded corners: how much of each pixel lies inside.

use super::canvas::{Pixel, mixed};

/// Samples per pixel along one side.
const FINE: usize = 8;

/// The corners up to a largest radius.
#[derive(Debug)]
pub(super) struct Corners {
    /// By radius: strength of 255, row by row from the corner.
    covered: Vec<Vec<u8>>,
}

impl Corners {
    /// For radii up to `most` pixels.
    pub fn new(most: usize) -> Self {
        Self {
            covered: (0..=most).map(corner).collect(),
        }
    }

    /// The largest radius of bars of this height: low ones would be all corner.
    pub fn largest(&self, height: i32) -> i32 {
        let most = self.covered.len() as i32 - 1;
        most.min(height / 3).max(0)
    }

    /// By radius: strengths of the pixels of a row, counted from the corner; empty beyond the radius.
    pub fn row(&self, row: i32) -> Vec<&[u8]> {
        let row = usize::try_from(row).unwrap_or(usize::MAX);
        let corners = (0..).zip(&self.covered);
        corners
            .map(|(r, corner)| {
                corner
                    .as_slice()
                    .chunks(r.max(1))
                    .nth(row)
                    .unwrap_or_default()
            })
            .collect()
    }
}

/// A corner that is still to be rounded on the lines that cross it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corner {
    /// The pixel at its edge.
    x: i32,
    /// From there into the bar: 1 or -1.
    inwards: i8,
    radius: u8,
}

impl Corner {
    /// At the left side of a bar, which begins there.
    pub fn left(x: i32, radius: u8) -> Self {
        Self {
            x,
            inwards: 1,
            radius,
        }
    }

    /// At the right side of a bar, which ends before there.
    pub fn right(end: i32, radius: u8) -> Self {
        Self {
            x: end - 1,
            inwards: -1,
            radius,
        }
    }

    /// Takes a line back to the background outside of the corner. What [`Corners::row`] tells of that line.
    pub fn round(self, line: &mut [Pixel], under: &[Pixel], strengths: &[&[u8]]) {
        let strengths = strengths.get(usize::from(self.radius));
        let mut x = self.x;
        for &strength in strengths.copied().unwrap_or_default() {
            let at = usize::try_from(x).unwrap_or(usize::MAX);
            if let (Some(pixel), Some(under)) = (line.get_mut(at), under.get(at)) {
                *pixel = mixed(*under, *pixel, strength);
            }
            x += i32::from(self.inwards);
        }
    }
}

/// The radius of a bar of this width where the largest is known: narrow ones would be all corner.
pub(super) fn radius(width: i32, largest: i32) -> u8 {
    let radius = if width < 3 * largest {
        width / 3
    } else {
        largest
    };
    u8::try_from(radius).unwrap_or(0)
}

fn corner(radius: usize) -> Vec<u8> {
    let limit = (radius * FINE) as f64;
    let mut covered = Vec::with_capacity(radius * radius);
    for y in 0..radius {
        for x in 0..radius {
            let inside = (0..FINE * FINE)
                .filter(|n| {
                    let dx = limit - (x * FINE + n % FINE) as f64 - 0.5;
                    let dy = limit - (y * FINE + n / FINE) as f64 - 0.5;
                    dx * dx + dy * dy <= limit * limit
                })
                .count();
            covered.push((inside * 255 / (FINE * FINE)) as u8);
        }
    }
    covered
}
