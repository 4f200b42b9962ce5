//! Neighbours on a lane are kept apart by a gap.

use super::frame::COLUMN;
use super::item::Item;
use super::pixel_grid::PixelGrid;

/// Keeps a gap between neighbours of the same height: the left one ends earlier, or, where it is
/// too narrow for that, the right one begins later.
fn keep_gap(left: &mut Item, right: &mut Item, grid: &PixelGrid) {
    let gap = if left.joined { 0 } else { grid.sizes.gap };
    left.limit = left.limit.min(right.a - gap);
    right.a = right.a.max(left.end(grid) + gap);
    right.b = right.b.max(right.a + grid.sizes.least);
}

/// Keeps neighbours apart that all have the whole height.
pub(super) fn keep_gaps_of_one_height(items: &mut [Item], grid: &PixelGrid) {
    let mut rest = items;
    while let [left, after @ ..] = rest {
        if let Some(right) = after.first_mut() {
            keep_gap(left, right, grid);
        }
        rest = after;
    }
}

/// Keeps neighbours apart that have sub-rows.
pub(super) fn keep_gaps(items: &mut [Item], grid: &PixelGrid) {
    let mut latest: [Option<usize>; 3] = [None; 3];
    for j in 0..items.len() {
        if items[j].count == 0 {
            continue;
        }
        // Columns stand side by side.
        let sub = if items[j].sub < COLUMN {
            usize::from(items[j].sub)
        } else {
            0
        };
        for (other, before) in latest.iter().enumerate() {
            let Some(i) = *before else { continue };
            if sub != 0 && other != 0 && sub != other {
                continue;
            }
            let (left, right) = items.split_at_mut(j);
            let (Some(left), Some(right)) = (left.get_mut(i), right.first_mut()) else {
                continue;
            };
            let joined = left.joined;
            left.joined &= i + 1 == j;
            keep_gap(left, right, grid);
            left.joined = joined;
        }
        latest[sub] = Some(j);
    }
}
