//! A lane's sessions at many resolutions: blocks of 8, of 32, of 128 and so on, each with when it begins, how far it reaches,
//! how many sessions it stands for, which colour covers most of it, and how near to each other they are. A frame walks them in
//! order of time and opens a block only where its sessions are told apart, so that it costs by what is on screen, not by what
//! is held.

use std::ops::Range;

use super::block::{Block, Clock, Leaf, Merging, Part};
use super::frame::{LaneBar, Visit};

/// Sessions of a lowest block.
const LEAVES: usize = 8;
/// Blocks to the next higher one.
const FAN: usize = 4;

/// How much of a lane is told apart.
#[derive(Clone, Copy)]
pub struct Detail<'a> {
    /// The pixel of an instant, epoch milliseconds. Sessions that all begin and end on one pixel may come as one.
    pub px: &'a dyn Fn(i64) -> i64,
    /// Instants on one pixel are not farther from each other than so many milliseconds.
    pub px_ms: i64,
    /// What may come as one beyond that; null for nothing.
    pub merging: Option<Merging>,
}

impl<'a> Detail<'a> {
    /// Whatever does not lie on one pixel.
    pub fn of_pixels(px: &'a dyn Fn(i64) -> i64) -> Self {
        Self {
            px,
            px_ms: i64::MAX,
            merging: None,
        }
    }
}

/// Who walks through a forest.
pub trait Visitor {
    /// The sessions at some positions, each of which may be left out, or not touch the window after all. False once one begins
    /// after the window.
    fn singles(&mut self, at: Range<usize>) -> bool;
    /// Sessions that come as one, and the position of the first of them.
    fn several(&mut self, first: usize, bar: LaneBar);
}

/// The blocks of one lane, the smallest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    len: usize,
    clock: Clock,
    levels: Vec<Box<[Block]>>,
}

/// How many sessions a block of a level holds at most.
fn sessions_of(level: usize) -> usize {
    LEAVES * FAN.pow(level as u32)
}

impl Forest {
    /// Over `len` sessions in order of their begin; `leaf` tells of one by its position, null for one that is left out.
    pub fn new(len: usize, leaf: &dyn Fn(usize) -> Option<Leaf>) -> Self {
        let leaves: Vec<Option<Leaf>> = (0..len).map(leaf).collect();
        let shown = || leaves.iter().flatten();
        let first = shown().map(|leaf| leaf.begin).min();
        let last = shown().map(|leaf| leaf.reach).max();
        let clock = first
            .zip(last)
            .map_or(Clock::default(), |(first, last)| Clock::new(first, last));
        let mut levels = Vec::new();
        let mut count = len.div_ceil(LEAVES);
        if len > LEAVES {
            let lowest = leaves.chunks(LEAVES).map(|own| {
                let parts = own.iter().flatten();
                Block::of(parts.map(|leaf| Part::of_session(*leaf)), clock)
            });
            levels.push(lowest.collect::<Box<[Block]>>());
        }
        while count > FAN {
            let Some(below) = levels.last() else { break };
            let higher = below.chunks(FAN).map(|blocks| {
                let parts = blocks.iter().map(|block| Part::of_block(block, clock));
                Block::of(parts, clock)
            });
            let higher: Box<[Block]> = higher.collect();
            count = higher.len();
            levels.push(higher);
        }
        Self { len, clock, levels }
    }

    /// Bytes that it takes on the heap.
    pub fn bytes(&self) -> usize {
        let blocks: usize = self.levels.iter().map(|level| level.len()).sum();
        blocks * size_of::<Block>() + self.levels.capacity() * size_of::<Box<[Block]>>()
    }

    /// Visits what touches [from, to] in order of begin.
    pub fn walk(&self, window: (i64, i64), detail: Detail<'_>, visitor: &mut impl Visitor) {
        let Some(top) = self.levels.len().checked_sub(1) else {
            // Too few for a block.
            visitor.singles(0..self.len);
            return;
        };
        let blocks = self.levels.get(top).map_or(0, |level| level.len());
        let mut walk = Walk {
            forest: self,
            window,
            detail,
            visitor,
        };
        walk.blocks(top, 0..blocks);
    }
}

/// Walks through bars that lie in memory as they are drawn.
pub struct BarWalk<'a, 'v, F> {
    /// In order of begin, one for each position of the forest.
    pub bars: &'a [LaneBar],
    /// Epoch milliseconds.
    pub window: (i64, i64),
    /// What is called for each bar that touches the window.
    pub visit: &'v mut F,
}

impl<F: Visit> Visitor for BarWalk<'_, '_, F> {
    fn singles(&mut self, at: Range<usize>) -> bool {
        for bar in self.bars.get(at).unwrap_or_default() {
            if bar.start > self.window.1 {
                return false;
            }
            if bar.light_until >= self.window.0 {
                self.visit.visit(*bar);
            }
        }
        true
    }

    fn several(&mut self, first: usize, bar: LaneBar) {
        let known = self.bars.get(first).copied().unwrap_or(bar);
        self.visit.visit(LaneBar {
            session: known.session,
            level: known.level,
            ..bar
        });
    }
}

struct Walk<'a, V> {
    forest: &'a Forest,
    window: (i64, i64),
    detail: Detail<'a>,
    visitor: &'a mut V,
}

impl<V: Visitor> Walk<'_, V> {
    /// False once a block begins after the window.
    fn blocks(&mut self, level: usize, range: Range<usize>) -> bool {
        let (from, to) = self.window;
        let forest = self.forest;
        let Some(blocks) = forest.levels.get(level) else {
            return false;
        };
        for at in range {
            let Some(block) = blocks.get(at).filter(|block| block.count() > 0) else {
                continue;
            };
            let (begin, reach) = block.stretch(forest.clock);
            if begin > to {
                return false;
            }
            if reach < from {
                continue;
            }
            let first = at * sessions_of(level);
            let inside = begin >= from && reach <= to && block.counts();
            if inside && self.comes_as_one(block, (begin, reach)) {
                self.visitor.several(first, block.bar(forest.clock));
                continue;
            }
            let goes_on = if level == 0 {
                let end = forest.len.min(first + LEAVES);
                self.visitor.singles(first..end)
            } else {
                let below = forest.levels.get(level - 1).map_or(0, |level| level.len());
                self.blocks(level - 1, at * FAN..below.min((at + 1) * FAN))
            };
            if !goes_on {
                return false;
            }
        }
        true
    }

    fn comes_as_one(&self, block: &Block, (begin, reach): (i64, i64)) -> bool {
        let Detail { px, px_ms, merging } = self.detail;
        merging.is_some_and(|merging| block.merges(self.forest.clock, &merging))
            || (reach.saturating_sub(begin) <= px_ms && px(begin) == px(reach))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a walk comes by.
    #[derive(Default)]
    struct Seen<'a> {
        leaves: &'a [Leaf],
        to: i64,
        singles: Vec<usize>,
        several: Vec<(usize, LaneBar)>,
    }

    impl Visitor for Seen<'_> {
        fn singles(&mut self, at: Range<usize>) -> bool {
            let after = |at: &usize| self.leaves[*at].begin > self.to;
            let end = at.clone().find(after).unwrap_or(at.end);
            self.singles.extend(at.start..end);
            end == at.end
        }

        fn several(&mut self, first: usize, bar: LaneBar) {
            self.several.push((first, bar));
        }
    }

    fn leaf((begin, length, colour): (i64, i64, u8)) -> Leaf {
        Leaf {
            begin,
            reach: begin + length,
            covered: length,
            colour,
        }
    }

    proptest! {
        #[test]
        fn every_session_in_the_window_is_visited_or_counted(
            mut drawn in prop::collection::vec((0..5_000_i64, 0..400_i64, 0..4_u8), 0..900),
            hidden in 0..4_u8,
            from in -100..5_500_i64,
            span in 1..6_000_i64,
            per_px in 1..700_i64,
            merges in any::<bool>(),
        ) {
            drawn.sort_unstable();
            let leaves: Vec<Leaf> = drawn.into_iter().map(leaf).collect();
            let shown = |l: &Leaf| l.colour != hidden;
            let forest = Forest::new(leaves.len(), &|at| leaves.get(at).copied().filter(shown));
            let to = from + span;
            let mut seen = Seen { leaves: &leaves, to, ..Seen::default() };
            let px = |ms: i64| ms.div_euclid(per_px);
            let wide = per_px as f64;
            let merging = merges.then(|| Merging::new(16.0 * wide, 2.0 * wide, wide, 3.0 * wide));
            forest.walk((from, to), Detail { px: &px, px_ms: per_px, merging }, &mut seen);
            let is_in_view = |l: &Leaf| shown(l) && l.reach >= from;
            let singles = seen.singles.iter().filter(|at| is_in_view(&leaves[**at])).count();
            let counted: u32 = seen.several.iter().map(|(_, bar)| bar.count).sum();
            let touching = leaves.iter().filter(|l| is_in_view(l) && l.begin <= to).count();
            prop_assert_eq!(singles + counted as usize, touching);
            prop_assert!(seen.singles.is_sorted());
            for (first, bar) in seen.several {
                prop_assert!(bar.colour != hidden);
                let length = bar.light_until - bar.start;
                prop_assert!(length <= 16 * per_px);
                if !merges {
                    prop_assert_eq!(px(bar.start), px(bar.light_until));
                }
                let own = leaves[first..].iter().filter(|l| shown(l)).take(bar.count as usize);
                let own: Vec<&Leaf> = own.collect();
                let last = own.iter().map(|l| l.reach).max();
                prop_assert_eq!((own[0].begin, last), (bar.start, Some(bar.light_until)));
                if px(bar.start) == px(bar.light_until) {
                    continue;
                }
                let mut until = own[0].reach;
                let (mut longest, mut gap, mut pitch) = (0, 0, 0);
                for two in own.windows(2) {
                    longest = longest.max(two[0].reach - two[0].begin);
                    gap = gap.max(two[1].begin - until);
                    pitch = pitch.max(two[1].begin - two[0].begin);
                    until = until.max(two[1].reach);
                }
                prop_assert!(longest <= 2 * per_px && (gap <= per_px || pitch <= 3 * per_px));
            }
        }
    }

    fn visits(forest: &Forest, len: i64, per_px: i64) -> (usize, usize) {
        let leaves: Vec<Leaf> = (0..len).map(|at| leaf((at * 10, 3, 0))).collect();
        let mut seen = Seen {
            leaves: &leaves,
            to: len * 10,
            ..Seen::default()
        };
        let wide = per_px as f64;
        let merging = Merging::new(16.0 * wide, 2.0 * wide, wide, 3.0 * wide);
        let px = |ms: i64| ms.div_euclid(per_px);
        let detail = Detail {
            px: &px,
            px_ms: per_px,
            merging: Some(merging),
        };
        forest.walk((0, len * 10), detail, &mut seen);
        (seen.singles.len(), seen.several.len())
    }

    #[test]
    fn a_walk_costs_by_pixels_at_any_scale() {
        let len = 100_000_i64;
        let forest = Forest::new(len as usize, &|at| Some(leaf((at as i64 * 10, 3, 0))));
        // From two and a half pixels for each session to all of them on one.
        for per_px in [4, 6, 10, 17, 30, 100, 1_000, 30_000, 2_000_000] {
            let (singles, several) = visits(&forest, len, per_px);
            let pixels = (len * 10 / per_px + 1) as usize;
            assert!(
                singles + several <= pixels / 2 + 40,
                "{per_px}: {singles} {several} {pixels}"
            );
        }
        assert!(forest.bytes() < 270_000);
    }
}
