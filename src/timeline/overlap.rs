//! Sub-rows for sessions of one lane that overlap in time.

use super::item::{Item, Placed, Tally};
use super::pixel_grid::{PixelGrid, REACH};

/// Gives items that overlap by more than a pixel the sub-rows 1 and 2; others keep 0, the whole
/// height. Where three overlap there is no third sub-row to be seen: the latest is merged into the
/// second, and counted there.
///
/// `items` are in order of their first pixel.
pub(super) fn assign_sub_rows(
    grid: &PixelGrid,
    placed: &[Placed],
    items: &mut [Item],
    tally: &mut Tally,
) {
    let mut start = 0;
    while start < items.len() {
        let mut reach = items[start].b;
        let mut end = start + 1;
        while end < items.len() && overlaps(reach, &items[end], grid) {
            reach = reach.max(items[end].b);
            end += 1;
        }
        if end - start > 1 {
            split_cluster(grid, placed, &mut items[start..end], tally);
        }
        start = end;
    }
}

/// Whether an item begins before `reach` by more than is lost in drawing.
fn overlaps(reach: i32, item: &Item, grid: &PixelGrid) -> bool {
    reach.saturating_sub(item.a) > grid.sizes.least
}

fn split_cluster(grid: &PixelGrid, placed: &[Placed], cluster: &mut [Item], tally: &mut Tally) {
    let covered = |item: &Item| {
        placed
            .get(item.first as usize)
            .map_or(1, |first| first.covered)
    };
    let mut reach = [-2 * REACH; 2];
    let mut last_of_second: Option<usize> = None;
    for i in 0..cluster.len() {
        if !overlaps(reach[0], &cluster[i], grid) {
            cluster[i].sub = 1;
            reach[0] = cluster[i].b;
            continue;
        }
        cluster[i].sub = 2;
        match last_of_second {
            Some(last) if overlaps(reach[1], &cluster[i], grid) => {
                let merged = cluster[i];
                cluster[i].count = 0;
                tally.add(merged.colour, covered(&merged));
                let into = &mut cluster[last];
                into.count += merged.count;
                into.fresh |= merged.fresh;
                into.b = into.b.max(merged.b);
                into.joined = false;
                into.colour = tally.dominant();
                reach[1] = into.b;
            }
            _ => {
                tally.clear();
                tally.add(cluster[i].colour, covered(&cluster[i]));
                last_of_second = Some(i);
                reach[1] = cluster[i].b;
            }
        }
    }
}
