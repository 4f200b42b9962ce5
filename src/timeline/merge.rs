//! Narrow sessions that are too near to be told apart become one bar, or several where its colour changes.

use std::ops::Range;

use super::item::{Item, Placed, Tally};
use super::pixel_grid::{PixelGrid, REACH};

/// Chains narrow sessions that are too near to be told apart, and adds what becomes of all sessions to `items`, in order. Every
/// link depends on two neighbours only, so that a chain looks the same wherever the view begins.
pub(super) fn merge_narrow(
    grid: &PixelGrid,
    placed: &[Placed],
    items: &mut Vec<Item>,
    tally: &mut Tally,
) {
    // Where the chain begins that is not closed yet, and how near the next one must be.
    let (mut first, mut chain_end) = (0, -2 * REACH);
    for (at, one) in placed.iter().enumerate() {
        let wide = one.is_wide(grid);
        if first < at && (wide || one.a - grid.sizes.gap >= chain_end) {
            close_chain(grid, placed, first..at, items, tally);
            (first, chain_end) = (at, -2 * REACH);
        }
        if wide {
            items.push(Item::single(at, one));
            first = at + 1;
        } else {
            chain_end = chain_end.max(one.b).max(one.a + grid.sizes.wanted);
        }
    }
    if first < placed.len() {
        close_chain(grid, placed, first..placed.len(), items, tally);
    }
}

/// Turns the sessions at some places into items: one, or several where their dominant colour changes.
fn close_chain(
    grid: &PixelGrid,
    placed: &[Placed],
    places: Range<usize>,
    items: &mut Vec<Item>,
    tally: &mut Tally,
) {
    let first_of_chain = items.len();
    let mut at = places.start;
    let chain = placed.get(places).unwrap_or_default();
    if let [alone] = chain {
        items.push(Item::single(at, alone));
        return;
    }
    let cell_of = |p: &Placed| grid.cell_of_bits(p.a, grid.sizes.cell_bits);
    for cell in chain.chunk_by(|p, q| cell_of(p) == cell_of(q)) {
        let Some((first, rest)) = cell.split_first() else {
            continue;
        };
        let mut item = Item::single(at, first);
        at += cell.len();
        tally.clear();
        tally.add(first.colour, first.covered);
        for placed in rest {
            item.b = item.b.max(placed.b);
            item.fresh |= placed.fresh;
            item.sub = item.sub.max(placed.sub);
            item.count = item.count.saturating_add(placed.count);
            tally.add(placed.colour, placed.covered);
        }
        item.colour = tally.dominant();
        match items[first_of_chain..].last_mut() {
            Some(last) if last.colour == item.colour => {
                last.b = last.b.max(item.b);
                last.count += item.count;
                last.fresh |= item.fresh;
                last.sub = last.sub.max(item.sub);
            }
            Some(last) => {
                // The cells of one chain touch: what is left of a gap between them is below a pixel.
                item.b = item.b.max(last.b);
                item.a = item.a.max(last.a + grid.sizes.least);
                last.b = item.a;
                last.joined = true;
                items.push(item);
            }
            None => items.push(item),
        }
    }
}
