//! One lane of a frame: its sessions on the pixel grid, merged where they cannot be told apart, given sub-rows where they
//! overlap, kept apart by a gap, and written down as bars with their segments and labels.

use super::frame::{Frame, LaneBar, LaneView, RowKind, Visit};
use super::gaps::{keep_gaps, keep_gaps_of_one_height};
use super::item::{Item, Placed, Tally};
use super::merge::Merger;
use super::overlap;
use super::pixel_grid::{PixelGrid, REACH};
use super::writer::{Writer, Writing};

/// Working space, kept from lane to lane.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    placed: Vec<Placed>,
    items: Vec<Item>,
    tally: Tally,
    writing: Writing,
}

impl Scratch {
    /// The texts of the frame's labels; forgets them.
    pub fn take_texts(&mut self) -> Vec<String> {
        self.writing.take_texts()
    }
}

/// Adds the bars and labels of a lane to the frame.
pub(super) fn draw(
    view: &impl LaneView,
    grid: &PixelGrid,
    (row, kind): (u32, RowKind),
    scratch: &mut Scratch,
    frame: &mut Frame,
) {
    let Scratch {
        placed,
        items,
        tally,
        writing,
    } = scratch;
    let mut placing = Placing {
        grid: *grid,
        merger: Merger::new(grid, placed, items, tally),
        before: -2 * REACH,
        reach: -2 * REACH,
        is_sorted: true,
        is_simple: true,
    };
    let px = |ms| i64::from(grid.px(ms));
    view.bars(kind, grid.window(), grid.detail(&px), &mut placing);
    let Placing {
        merger,
        is_sorted,
        is_simple,
        ..
    } = placing;
    merger.finish();
    if !is_sorted {
        let mut all = Vec::new();
        let collect: &mut dyn FnMut(LaneBar) = &mut |bar| all.push(Placed::new(&bar, grid));
        view.bars(kind, grid.window(), grid.detail(&px), &mut { collect });
        let mut merger = Merger::new(grid, placed, items, tally);
        for one in in_order(&all, |one| one.a) {
            merger.add(&one);
        }
        merger.finish();
    }
    let is_simple = is_sorted && is_simple;
    if is_simple {
        keep_gaps_of_one_height(items, grid);
    } else {
        if items.iter().all(|item| item.sub == 0) {
            overlap::assign_sub_rows(grid, placed, items, tally);
        }
        keep_gaps(items, grid);
        if !items.is_sorted_by_key(|item| item.a) {
            *items = in_order(items, |item| item.a);
        }
        // Those that were merged into others.
        items.retain(|item| item.count > 0);
    }
    let mut writer = Writer {
        view,
        grid,
        row,
        kind,
        whole: matches!(kind, RowKind::Lane(_)),
        placed,
        writing,
        bars: &mut frame.bars,
    };
    for item in &*items {
        writer.write(item);
    }
}

/// Puts bar after bar on the pixel grid.
struct Placing<'a> {
    grid: PixelGrid,
    merger: Merger<'a>,
    /// First pixel of the one before.
    before: i32,
    /// How far one reaches.
    reach: i32,
    is_sorted: bool,
    /// All have the whole height: no two overlap by more than is lost in drawing, and there are no columns.
    is_simple: bool,
}

impl Visit for Placing<'_> {
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "done for every session of every picture: a call costs as much as the work"
    )]
    fn visit(&mut self, bar: LaneBar) {
        let one = Placed::new(&bar, &self.grid);
        self.is_sorted &= self.before <= one.a;
        self.is_simple &= one.sub == 0 && self.reach.saturating_sub(one.a) <= self.grid.sizes.least;
        self.before = one.a;
        self.reach = self.reach.max(one.b);
        self.merger.add(&one);
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
