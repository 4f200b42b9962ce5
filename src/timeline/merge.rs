//! Narrow sessions that are too near to be told apart become one bar, or several where its colour changes.

use super::item::{Item, Placed, Tally};
use super::pixel_grid::{PixelGrid, REACH};

/// Left of everything.
const NOWHERE: i32 = -2 * REACH;

/// Chains narrow sessions that are too near to be told apart, and adds what becomes of all sessions to `items`, in order. Every
/// link depends on two neighbours only, so that a chain looks the same wherever the view begins.
pub(super) struct Merger<'a> {
    grid: PixelGrid,
    /// What the items are made of: of merged ones the first.
    firsts: &'a mut Vec<Placed>,
    items: &'a mut Vec<Item>,
    tally: &'a mut Tally,
    /// Where the items of the chain begin that is not closed yet.
    chain: usize,
    /// How near the next one of the chain must be; nowhere if there is no chain.
    chain_end: i32,
    /// What has come of the chain in its last stretch of one colour.
    cell: Item,
    /// The number of that stretch.
    cell_number: i64,
}

impl<'a> Merger<'a> {
    /// Begins with nothing.
    pub fn new(
        grid: &PixelGrid,
        firsts: &'a mut Vec<Placed>,
        items: &'a mut Vec<Item>,
        tally: &'a mut Tally,
    ) -> Self {
        firsts.clear();
        items.clear();
        Self {
            grid: *grid,
            firsts,
            items,
            tally,
            chain: 0,
            chain_end: NOWHERE,
            cell: Item::default(),
            cell_number: 0,
        }
    }

    /// Adds what comes next, in order of the first pixel.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as of `lane::Placing`")]
    pub fn add(&mut self, one: &Placed) {
        let wide = one.is_wide(&self.grid);
        if wide || one.a - self.grid.sizes.gap >= self.chain_end {
            self.close();
        }
        if wide {
            self.items.push(Item::single(self.firsts.len(), one));
            self.firsts.push(*one);
            return;
        }
        let number = self.grid.cell_of_bits(one.a, self.grid.sizes.cell_bits);
        if self.chain_end > NOWHERE && number == self.cell_number {
            let cell = &mut self.cell;
            cell.b = cell.b.max(one.b);
            cell.fresh |= one.fresh;
            cell.sub = cell.sub.max(one.sub);
            cell.count = cell.count.saturating_add(one.count);
        } else {
            self.close_cell();
            self.cell = Item::single(self.firsts.len(), one);
            self.cell_number = number;
            self.tally.clear();
            self.firsts.push(*one);
        }
        self.tally.add(one.colour, one.covered);
        let end = one.b.max(one.a + self.grid.sizes.wanted);
        self.chain_end = self.chain_end.max(end);
    }

    /// Nothing comes any more.
    pub fn finish(mut self) {
        self.close();
    }

    /// The chain ends.
    #[inline]
    fn close(&mut self) {
        if self.chain_end > NOWHERE {
            self.close_cell();
            self.chain_end = NOWHERE;
        }
        self.chain = self.items.len();
    }

    /// A stretch of the chain, if there is one, becomes an item, or a part of the one before where the colour is the same.
    fn close_cell(&mut self) {
        if self.chain_end == NOWHERE {
            return;
        }
        let mut item = self.cell;
        item.colour = self.tally.dominant();
        let own = self.items.get_mut(self.chain..).unwrap_or_default();
        match own.last_mut() {
            Some(last) if last.colour == item.colour => {
                last.b = last.b.max(item.b);
                last.count = last.count.saturating_add(item.count);
                last.fresh |= item.fresh;
                last.sub = last.sub.max(item.sub);
            }
            Some(last) => {
                // The cells of one chain touch: what is left of a gap between them is below a pixel.
                item.b = item.b.max(last.b);
                item.a = item.a.max(last.a + self.grid.sizes.least);
                last.b = item.a;
                last.joined = true;
                self.items.push(item);
            }
            None => self.items.push(item),
        }
    }
}
