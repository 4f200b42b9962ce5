//! The summed strip of a group head.

use super::frame::{LaneView, RowKind, Strip};
use super::pixel_grid::PixelGrid;

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
        view.bars(kind, (from, to), &|ms| grid.px(ms), &mut |bar| {
            let begin = grid.px(bar.start) - left;
            let end = (grid.px(bar.solid_until) - left).max(begin + 1);
            if end > 0 && begin < columns {
                steps[begin.max(0) as usize] += 1;
                steps[end.min(columns) as usize] -= 1;
            }
        });
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
