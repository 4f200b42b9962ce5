//! The summed strip of a group head.

use super::forest::Detail;
use super::frame::{Counts, LaneBar, LaneView, RowKind, Strip};
use super::pixel_grid::PixelGrid;

/// Whether counts are fine enough for the buckets of a view.
pub(super) fn suits(counts: &Counts, grid: &PixelGrid) -> bool {
    let bucket_ms = grid.ms(grid.sizes.bucket).saturating_sub(grid.ms(0));
    counts.bin_ms > 0 && counts.bin_ms <= bucket_ms
}

/// Takes the highest number of each bucket from counts.
pub(super) fn of_counts(counts: &Counts, grid: &PixelGrid, row: u32) -> Strip {
    let bucket = grid.sizes.bucket;
    let left = grid.first_cell(bucket);
    let buckets = ((grid.width - left + bucket - 1) / bucket).max(0);
    let bin = |ms: i64| ms.saturating_sub(counts.from).div_euclid(counts.bin_ms);
    let last = counts.up.len() as i64;
    let most = (0..buckets).map(|at| {
        let from = bin(grid.ms(left + at * bucket)).clamp(0, last);
        let to = bin(grid.ms(left + (at + 1) * bucket)).clamp(from, last);
        let up = counts.up.get(from as usize..to as usize);
        up.and_then(|up| up.iter().max().copied()).unwrap_or(0)
    });
    Strip {
        row,
        x0: left as f32,
        bucket: bucket as f32,
        counts: most.collect(),
    }
}

/// Counts the sessions known to be up, per pixel column over all lanes, and keeps the highest
/// number of each bucket. A session that ends where the next one begins does not count twice.
pub(super) fn sum(view: &impl LaneView, grid: &PixelGrid, row: u32, lanes: &[u32]) -> Strip {
    let bucket = grid.sizes.bucket;
    let left = grid.first_cell(bucket);
    let buckets = ((grid.width - left + bucket - 1) / bucket).max(0);
    let columns = buckets * bucket;
    // Difference of each column to the one before.
    let mut steps = vec![0_i32; columns as usize + 1];
    let (from, to) = grid.window();
    for &lane in lanes {
        let kind = RowKind::Lane(lane);
        let px = |ms| i64::from(grid.px(ms));
        let mut visit: &mut dyn FnMut(LaneBar) = &mut |bar| {
            let begin = grid.px(bar.start) - left;
            let end = (grid.px(bar.solid_until) - left).max(begin + 1);
            if end > 0 && begin < columns {
                steps[begin.max(0) as usize] += 1;
                steps[end.min(columns) as usize] -= 1;
            }
        };
        view.bars(kind, (from, to), Detail::of_pixels(&px), &mut visit);
    }
    let mut up = 0_i32;
    let counts = steps[..columns as usize]
        .chunks(bucket as usize)
        .map(|chunk| {
            let mut most = 0;
            for step in chunk {
                up += step;
                most = most.max(up);
            }
            most as u32
        })
        .collect();
    Strip {
        row,
        x0: left as f32,
        bucket: bucket as f32,
        counts,
    }
}
