//! One lane of a frame: its sessions merged where they cannot be told apart, given sub-rows where
//! they overlap, kept apart by a gap, and written down as bars with their segments and labels.

use super::bars::{Bar, Bars, Label};
use super::frame::{BarFlags, COLUMN, Frame, LaneView, RowKind};
use super::item::{Item, Placed, Tally};
use super::overlap;
use super::pixel_grid::{PixelGrid, REACH};
use super::texts::Texts;

/// Says something of the start of a session.
const START_BITS: u8 = BarFlags::START_UNSURE | BarFlags::START_BEFORE;
/// Says something of the end of a session.
const END_BITS: u8 = BarFlags::OPEN | BarFlags::END_UNKNOWN | BarFlags::END_ESTIMATED;

/// Working space, kept from lane to lane.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    placed: Vec<Placed>,
    items: Vec<Item>,
    tally: Tally,
    segments: Vec<(i64, u8)>,
    pieces: Vec<(i32, u8)>,
    /// The texts of the frame's labels.
    pub texts: Texts,
}

/// Adds the bars and labels of a lane to the frame.
pub(super) fn draw(
    view: &dyn LaneView,
    grid: &PixelGrid,
    (row, kind): (u32, RowKind),
    scratch: &mut Scratch,
    frame: &mut Frame,
) {
    let placed = &mut scratch.placed;
    placed.clear();
    view.bars(
        kind,
        grid.window(),
        grid.detail(&|ms| i64::from(grid.px(ms))),
        &mut |bar| {
            placed.push(Placed::new(&bar, grid));
        },
    );
    if !placed.is_sorted_by_key(|p| p.a) {
        *placed = in_order(placed, |p| p.a);
    }
    merge_narrow(grid, scratch);
    if scratch.items.iter().all(|item| item.sub == 0) {
        overlap::assign_sub_rows(
            grid,
            &scratch.placed,
            &mut scratch.items,
            &mut scratch.tally,
        );
    }
    keep_gaps(&mut scratch.items, grid);
    if !scratch.items.is_sorted_by_key(|item| item.a) {
        scratch.items = in_order(&scratch.items, |item| item.a);
    }
    // The rows of an opened lane tell what they show of every bar, for the card beside the pointer.
    let whole = matches!(kind, RowKind::Lane(_));
    for i in 0..scratch.items.len() {
        let item = scratch.items[i];
        let Some(first) = scratch.placed.get(item.first as usize).copied() else {
            continue;
        };
        if item.count == 0 {
            continue;
        }
        let end = item.end(grid);
        let solid = if item.count > 1 {
            end
        } else {
            first.solid.max(item.a + grid.sizes.least).min(end)
        };
        let shape = Shape {
            first,
            item,
            solid,
            end,
        };
        if whole && item.count == 1 && end - item.a >= grid.sizes.segmented {
            shape.split_into_pieces(view, grid, scratch);
        } else {
            scratch.pieces.clear();
        }
        shape.write(&scratch.pieces, &mut frame.bars);
        let (x0, x1) = (item.a.max(0), solid.min(grid.width));
        // A sub-row has half a bar's height: no room for text.
        let has_room = !whole || (item.sub == 0 && x1 - x0 >= grid.sizes.labelled);
        if x1 > x0 && has_room {
            let text = match item.count {
                1 => view.label(kind, first.text),
                n if whole && x1 - x0 >= grid.sizes.worded => format!("{n} sessions").into(),
                n => n.to_string().into(),
            };
            if !text.is_empty() {
                let behind = scratch.pieces.iter().rev().find(|piece| piece.0 <= x0);
                frame.bars.push_label(Label {
                    row,
                    x0,
                    x1,
                    colour: behind.map_or(item.colour, |piece| piece.1),
                    text: scratch.texts.number(&text),
                });
            }
        }
    }
}

/// The same in the order of a number each. Sorts pairs of numbers, as the store does: every other sort would be
/// several kilobytes of code more.
fn in_order<T: Copy>(items: &[T], key: impl Fn(&T) -> i32) -> Vec<T> {
    let number = |item: &T| i64::from(key(item));
    let mut order: Vec<(i64, u32)> = items.iter().map(number).zip(0u32..).collect();
    order.sort_unstable();
    let sorted = order.iter().map(|(_, at)| items[*at as usize]);
    sorted.collect()
}

/// Chains narrow sessions that are too near to be told apart. Every link depends on two neighbours
/// only, so that a chain looks the same wherever the view begins.
fn merge_narrow(grid: &PixelGrid, scratch: &mut Scratch) {
    scratch.items.clear();
    let count = scratch.placed.len();
    let (mut chain, mut chain_end) = (0, -2 * REACH);
    for at in 0..count {
        let placed = &scratch.placed[at];
        let (a, b, wide) = (placed.a, placed.b, placed.is_wide(grid));
        if wide || a - grid.sizes.gap >= chain_end {
            close_chain(grid, scratch, chain..at);
            (chain, chain_end) = (at, -2 * REACH);
        }
        if wide {
            let item = Item::single(at, &scratch.placed[at]);
            scratch.items.push(item);
            chain = at + 1;
        } else {
            chain_end = chain_end.max(b).max(a + grid.sizes.wanted);
        }
    }
    close_chain(grid, scratch, chain..count);
}

/// Turns a chain, the sessions at these places, into items: one, or several where its dominant colour changes.
fn close_chain(grid: &PixelGrid, scratch: &mut Scratch, chain: std::ops::Range<usize>) {
    let Scratch {
        placed,
        items,
        tally,
        ..
    } = scratch;
    let first_of_chain = items.len();
    let mut at = chain.start;
    let Some(chain) = placed.get(chain) else {
        return;
    };
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

/// Keeps a gap between neighbours of the same height: the left one ends earlier, or, where it is
/// too narrow for that, the right one begins later.
fn keep_gaps(items: &mut [Item], grid: &PixelGrid) {
    if items.iter().all(|item| item.sub == 0 && item.count > 0) {
        return keep_gaps_of_one_height(items, grid);
    }
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

/// The same where all have the whole height, as nearly always.
fn keep_gaps_of_one_height(items: &mut [Item], grid: &PixelGrid) {
    let mut rest = items;
    while let [before, after @ ..] = rest {
        if let Some(next) = after.first_mut() {
            let gap = if before.joined { 0 } else { grid.sizes.gap };
            before.limit = before.limit.min(next.a - gap);
            next.a = next.a.max(before.end(grid) + gap);
            next.b = next.b.max(next.a + grid.sizes.least);
        }
        rest = after;
    }
}

/// An item with all that follows for its bars.
struct Shape {
    first: Placed,
    item: Item,
    /// Where its solid part ends.
    solid: i32,
    /// Where its light part ends.
    end: i32,
}

impl Shape {
    /// Leaves the pieces of a session in `scratch.pieces`: (first pixel, colour); none where it is of one piece.
    fn split_into_pieces(&self, view: &dyn LaneView, grid: &PixelGrid, scratch: &mut Scratch) {
        let Scratch {
            segments, pieces, ..
        } = scratch;
        pieces.clear();
        segments.clear();
        view.segments(self.first.session, segments);
        if segments.is_empty() {
            return;
        }
        pieces.push((self.item.a, self.item.colour));
        for (n, &(from, colour)) in segments.iter().enumerate() {
            let x = if n == 0 { self.item.a } else { grid.px(from) };
            if n > 0 && x >= self.solid {
                break;
            }
            match pieces.last_mut() {
                Some(last) if x <= last.0 => last.1 = colour,
                Some(last) if last.1 == colour => {}
                _ => pieces.push((x, colour)),
            }
        }
    }

    fn write(&self, pieces: &[(i32, u8)], bars: &mut Bars) {
        let Self {
            first, item, end, ..
        } = self;
        let known = if item.count > 1 {
            BarFlags::MERGED
        } else {
            first.flags.0 & (START_BITS | END_BITS)
        };
        let overlap = if (1..COLUMN).contains(&item.sub) {
            BarFlags::OVERLAP
        } else {
            0
        };
        let whole = Bar {
            x0: item.a,
            x1: self.solid,
            x2: *end,
            count: item.count,
            session: first.session,
            colour: item.colour,
            flags: BarFlags(known | overlap),
            sub: item.sub,
            fresh: item.fresh,
        };
        if pieces.is_empty() {
            bars.push(whole);
        }
        for (n, &(x, colour)) in pieces.iter().enumerate() {
            let mut bar = Bar {
                x0: x,
                colour,
                ..whole
            };
            if n > 0 {
                bar.flags.0 = (bar.flags.0 & !START_BITS) | BarFlags::SEGMENT;
            }
            if let Some(next) = pieces.get(n + 1) {
                bar.flags.0 &= !END_BITS;
                (bar.x1, bar.x2) = (next.0, next.0);
            }
            bars.push(bar);
        }
    }
}
