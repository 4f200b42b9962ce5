//! One lane of a frame: its sessions merged where they cannot be told apart, given sub-rows where
//! they overlap, kept apart by a gap, and written down as bars with their segments and labels.

use super::frame::{BarFlags, Bars, COLUMN, Frame, Label, LaneView, RowKind};
use super::item::{Item, Placed, Tally};
use super::overlap;
use super::pixel_grid::{PixelGrid, REACH};

/// Says something of the start of a session.
const START_BITS: u8 = BarFlags::START_UNSURE | BarFlags::START_BEFORE;
/// Says something of the end of a session.
const END_BITS: u8 = BarFlags::OPEN | BarFlags::END_UNKNOWN | BarFlags::END_ESTIMATED;

/// Working space, kept from lane to lane.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    placed: Vec<Placed>,
    chain: Vec<Placed>,
    items: Vec<Item>,
    tally: Tally,
    segments: Vec<(i64, u8)>,
    pieces: Vec<(i64, u8)>,
}

/// Adds the bars and labels of a lane to the frame.
pub(super) fn draw(
    view: &impl LaneView,
    grid: &PixelGrid,
    row: u32,
    kind: RowKind,
    scratch: &mut Scratch,
    frame: &mut Frame,
) {
    scratch.placed.clear();
    view.bars(kind, grid.window(), &|ms| grid.px(ms), &mut |bar| {
        scratch.placed.push(Placed::new(bar, grid));
    });
    if !scratch.placed.is_sorted_by_key(|p| p.a) {
        scratch.placed = in_order(&scratch.placed, |p| p.a);
    }
    merge_narrow(grid, scratch);
    if scratch.items.iter().all(|item| item.sub == 0) {
        overlap::assign_sub_rows(&mut scratch.items, grid, &mut scratch.tally);
    }
    keep_gaps(&mut scratch.items, grid);
    if !scratch.items.is_sorted_by_key(|item| item.a) {
        scratch.items = in_order(&scratch.items, |item| item.a);
    }
    for i in 0..scratch.items.len() {
        let item = scratch.items[i];
        if item.count > 0 {
            split_into_pieces(view, kind, &item, grid, scratch);
            write_bars(&item, &scratch.pieces, grid, row, &mut frame.bars);
            let labels = &mut frame.labels;
            write_label(view, (row, kind), &item, &scratch.pieces, grid, labels);
        }
    }
}

/// The same in the order of a number each. Sorts pairs of numbers, as the store does: every other sort would be
/// several kilobytes of code more.
fn in_order<T: Copy>(items: &[T], key: impl Fn(&T) -> i64) -> Vec<T> {
    let mut order: Vec<(i64, u32)> = items.iter().map(key).zip(0u32..).collect();
    order.sort_unstable();
    let sorted = order.iter().map(|(_, at)| items[*at as usize]);
    sorted.collect()
}

/// Chains narrow sessions with less than a gap between them. Every link depends on two neighbours
/// only, so that a chain looks the same wherever the view begins.
fn merge_narrow(grid: &PixelGrid, scratch: &mut Scratch) {
    scratch.items.clear();
    scratch.chain.clear();
    let mut chain_end = -2 * REACH;
    for i in 0..scratch.placed.len() {
        let placed = scratch.placed[i];
        let wide = placed.b - placed.a >= grid.sizes.wide;
        if wide || placed.a - grid.sizes.gap >= chain_end {
            close_chain(grid, scratch);
            chain_end = -2 * REACH;
        }
        if wide {
            scratch.items.push(Item::single(placed));
        } else {
            scratch.chain.push(placed);
            chain_end = chain_end.max(placed.b);
        }
    }
    close_chain(grid, scratch);
}

/// Turns a chain into items: one, or several where its dominant colour changes.
fn close_chain(grid: &PixelGrid, scratch: &mut Scratch) {
    let Scratch {
        chain,
        items,
        tally,
        ..
    } = scratch;
    let first_of_chain = items.len();
    let cell_of = |p: &Placed| grid.cell_of_bits(p.a, grid.sizes.cell_bits);
    for cell in chain.chunk_by(|p, q| cell_of(p) == cell_of(q)) {
        let Some((&first, rest)) = cell.split_first() else {
            continue;
        };
        let mut item = Item::single(first);
        tally.clear();
        tally.add(first.bar.colour, first.covered());
        for placed in rest {
            item.b = item.b.max(placed.b);
            item.fresh |= placed.bar.fresh;
            item.sub = item.sub.max(Item::single(*placed).sub);
            tally.add(placed.bar.colour, placed.covered());
        }
        item.count = cell.iter().map(|placed| placed.bar.count).sum();
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
    chain.clear();
}

/// Keeps a gap between neighbours of the same height: the left one ends earlier, or, where it is
/// too narrow for that, the right one begins later.
fn keep_gaps(items: &mut [Item], grid: &PixelGrid) {
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
            let gap = if items[i].joined && i + 1 == j {
                0
            } else {
                grid.sizes.gap
            };
            items[i].limit = items[i].limit.min(items[j].a - gap);
            items[j].a = items[j].a.max(items[i].end(grid) + gap);
        }
        items[j].b = items[j].b.max(items[j].a + grid.sizes.least);
        latest[sub] = Some(j);
    }
}

/// Leaves the pieces of an item in `scratch.pieces`: (first pixel, colour), at least one.
fn split_into_pieces(
    view: &impl LaneView,
    kind: RowKind,
    item: &Item,
    grid: &PixelGrid,
    scratch: &mut Scratch,
) {
    let Scratch {
        segments, pieces, ..
    } = scratch;
    pieces.clear();
    pieces.push((item.a, item.colour));
    let (solid_end, end) = ends(item, grid);
    let whole = matches!(kind, RowKind::Lane(_));
    if !whole || item.count != 1 || end - item.a < grid.sizes.segmented {
        return;
    }
    segments.clear();
    view.segments(item.first.bar.session, segments);
    for (n, &(from, colour)) in segments.iter().enumerate() {
        let x = if n == 0 { item.a } else { grid.px(from) };
        if n > 0 && x >= solid_end {
            break;
        }
        match pieces.last_mut() {
            Some(last) if x <= last.0 => last.1 = colour,
            Some(last) if last.1 == colour => {}
            _ => pieces.push((x, colour)),
        }
    }
}

/// Where the solid and the light part of an item end.
fn ends(item: &Item, grid: &PixelGrid) -> (i64, i64) {
    let end = item.end(grid);
    let bar = &item.first.bar;
    if item.count > 1 || bar.light_until == bar.solid_until {
        return (end, end);
    }
    let solid = grid.px(bar.solid_until).max(item.a + grid.sizes.least);
    (solid.min(end), end)
}

fn write_bars(item: &Item, pieces: &[(i64, u8)], grid: &PixelGrid, row: u32, bars: &mut Bars) {
    let (solid_end, end) = ends(item, grid);
    let known = if item.count > 1 {
        BarFlags::MERGED
    } else {
        item.first.bar.flags.0 & (START_BITS | END_BITS)
    };
    let overlap = if (1..COLUMN).contains(&item.sub) {
        BarFlags::OVERLAP
    } else {
        0
    };
    for (n, &(x, colour)) in pieces.iter().enumerate() {
        let next = pieces.get(n + 1);
        let mut flags = known | overlap;
        if n > 0 {
            flags = (flags & !START_BITS) | BarFlags::SEGMENT;
        }
        if next.is_some() {
            flags &= !END_BITS;
        }
        bars.row.push(row);
        bars.x0.push(x as f32);
        bars.x1.push(next.map_or(solid_end, |p| p.0) as f32);
        bars.x2.push(next.map_or(end, |p| p.0) as f32);
        bars.colour.push(colour);
        bars.flags.push(flags);
        bars.count.push(item.count);
        bars.session.push(item.first.bar.session);
        bars.sub.push(item.sub);
        bars.fresh.push(u8::from(item.fresh));
    }
}

fn write_label(
    view: &impl LaneView,
    (row, kind): (u32, RowKind),
    item: &Item,
    pieces: &[(i64, u8)],
    grid: &PixelGrid,
    labels: &mut Vec<Label>,
) {
    let x0 = item.a.max(0);
    let x1 = ends(item, grid).0.min(grid.width);
    // A sub-row has half a bar's height: no room for text. The rows of an opened lane tell what they show of every bar,
    // for the card beside the pointer.
    let whole = matches!(kind, RowKind::Lane(_));
    if x1 <= x0 || (whole && (item.sub > 0 || x1 - x0 < grid.sizes.labelled)) {
        return;
    }
    let text = match item.count {
        1 => view.label(kind, &item.first.bar).into_owned(),
        n if x1 - x0 < grid.sizes.worded || !matches!(kind, RowKind::Lane(_)) => n.to_string(),
        n => format!("{n} sessions"),
    };
    if text.is_empty() {
        return;
    }
    let colour = pieces
        .iter()
        .rev()
        .find(|piece| piece.0 <= x0)
        .map_or(item.colour, |piece| piece.1);
    labels.push(Label {
        row,
        x0: x0 as f32,
        x1: x1 as f32,
        colour,
        text,
    });
}
