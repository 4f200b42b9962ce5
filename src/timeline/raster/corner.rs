//! Rounded corners: how much of each pixel lies inside.

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

    /// The largest radius.
    fn most(&self) -> i32 {
        self.covered.len() as i32 - 1
    }

    /// The radius for a bar of this size: narrow bars would be all corner.
    pub fn radius(&self, width: i32, height: i32) -> i32 {
        self.most().min(width / 3).min(height / 3).max(0)
    }

    /// Strengths of the pixels of a row, counted from the corner; empty beyond the radius.
    pub fn row(&self, radius: i32, row: i32) -> &[u8] {
        let (Ok(r), Ok(row)) = (usize::try_from(radius), usize::try_from(row)) else {
            return &[];
        };
        self.covered
            .get(r)
            .and_then(|corner| corner.get(row * r..(row + 1) * r))
            .unwrap_or_default()
    }
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
