//! A lane's sessions at many resolutions: blocks of 16, of 256, of 4,096 and so on, each with when it begins, how far it
//! reaches, how many sessions it stands for and which colour covers most of it. A frame walks them in order of time and opens
//! a block only where its sessions lie on different pixels, so that it costs by what is on screen, not by what is held.

use super::frame::{BarFlags, LaneBar};

/// Entries to a block, and blocks to the next higher one.
const FAN: usize = 16;

/// What a block needs to know of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// When it begins, epoch milliseconds.
    pub begin: i64,
    /// Until when it may have been up; at least `begin`.
    pub reach: i64,
    /// For how long it is known to have been up, milliseconds.
    pub covered: i64,
    /// Its colour.
    pub colour: u8,
}

/// Some sessions that follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    begin: i64,
    reach: i64,
    /// Milliseconds; enough for a comparison of colours.
    covered: f32,
    /// Sessions in the lower 24 bits, at most all of them set; colour above.
    count_colour: u32,
}

const COUNT_BITS: u32 = 24;
const MOST: u32 = (1 << COUNT_BITS) - 1;

impl Block {
    fn count(&self) -> u32 {
        self.count_colour & MOST
    }

    fn colour(&self) -> u8 {
        (self.count_colour >> COUNT_BITS) as u8
    }

    /// Of parts in order of their begin: (begin, reach, covered, count, colour). Null where none counts.
    fn of(parts: impl Iterator<Item = (i64, i64, f32, u32, u8)>) -> Option<Self> {
        let mut by_colour = [0.0_f32; 64];
        let mut sum: Option<Self> = None;
        for (begin, reach, covered, count, colour) in parts.filter(|part| part.3 > 0) {
            if let Some(of_colour) = by_colour.get_mut(usize::from(colour)) {
                *of_colour += covered;
            }
            let sum = sum.get_or_insert(Self {
                begin,
                reach,
                covered: 0.0,
                count_colour: 0,
            });
            sum.reach = sum.reach.max(reach);
            sum.covered += covered;
            sum.count_colour = sum.count_colour.saturating_add(count).min(MOST);
        }
        let mut best = (0_u32, 0.0_f32);
        for (colour, covered) in (0_u32..).zip(by_colour) {
            if covered > best.1 {
                best = (colour, covered);
            }
        }
        sum.map(|sum| Self {
            count_colour: sum.count_colour | best.0 << COUNT_BITS,
            ..sum
        })
    }
}

/// Nobody counts in it.
const EMPTY: Block = Block {
    begin: i64::MAX,
    reach: i64::MIN,
    covered: 0.0,
    count_colour: 0,
};

/// The blocks of one lane, the smallest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    len: usize,
    levels: Vec<Box<[Block]>>,
}

impl Forest {
    /// Over `len` sessions in order of their begin; `leaf` tells of one by its position, null for one that is left out.
    pub fn new(len: usize, leaf: &dyn Fn(usize) -> Option<Leaf>) -> Self {
        let mut levels = Vec::new();
        let mut count = len.div_ceil(FAN);
        if len > FAN {
            let lowest = (0..count).map(|block| {
                let parts = block * FAN..len.min((block + 1) * FAN);
                let parts = parts.filter_map(leaf);
                let parts = parts.map(|l| (l.begin, l.reach, l.covered.max(1) as f32, 1, l.colour));
                Block::of(parts).unwrap_or(EMPTY)
            });
            levels.push(lowest.collect::<Box<[Block]>>());
        }
        while count > FAN {
            let Some(below) = levels.last() else { break };
            let higher = below.chunks(FAN).map(|blocks| {
                let parts = blocks
                    .iter()
                    .map(|b| (b.begin, b.reach, b.covered, b.count(), b.colour()));
                Block::of(parts).unwrap_or(EMPTY)
            });
            let higher: Box<[Block]> = higher.collect();
            count = higher.len();
            levels.push(higher);
        }
        Self { len, levels }
    }

    /// Bytes that it takes on the heap.
    pub fn bytes(&self) -> usize {
        let blocks: usize = self.levels.iter().map(|level| level.len()).sum();
        blocks * size_of::<Block>() + self.levels.capacity() * size_of::<Box<[Block]>>()
    }

    /// Visits what touches [from, to] in order of begin: `one` with the position of each session, `several` with a bar
    /// for sessions that all lie within one pixel of `px`, and the position of the first of them. `one` is also called for
    /// sessions that are left out, or do not touch the window after all; it returns false once a session begins after it.
    pub fn walk(
        &self,
        window: (i64, i64),
        px: &dyn Fn(i64) -> i64,
        one: &mut dyn FnMut(usize) -> bool,
        several: &mut dyn FnMut(usize, LaneBar),
    ) {
        let Some(top) = self.levels.len().checked_sub(1) else {
            // Too few for a block.
            for at in 0..self.len {
                if !one(at) {
                    return;
                }
            }
            return;
        };
        let blocks = self.levels.get(top).map_or(0, |level| level.len());
        let mut walk = Walk {
            forest: self,
            window,
            px,
            one,
            several,
        };
        walk.blocks(top, 0..blocks);
    }
}

struct Walk<'a> {
    forest: &'a Forest,
    window: (i64, i64),
    px: &'a dyn Fn(i64) -> i64,
    one: &'a mut dyn FnMut(usize) -> bool,
    several: &'a mut dyn FnMut(usize, LaneBar),
}

impl Walk<'_> {
    /// False once a block begins after the window.
    fn blocks(&mut self, level: usize, range: std::ops::Range<usize>) -> bool {
        let (from, to) = self.window;
        let forest = self.forest;
        let Some(blocks) = forest.levels.get(level) else {
            return false;
        };
        for at in range {
            let Some(block) = blocks.get(at).filter(|block| block.count() > 0) else {
                continue;
            };
            if block.begin > to {
                return false;
            }
            if block.reach < from {
                continue;
            }
            let first = at * FAN.pow(level as u32 + 1);
            let inside = block.begin >= from && block.reach <= to;
            if inside && block.count() < MOST && (self.px)(block.begin) == (self.px)(block.reach) {
                (self.several)(first, bar_of(block));
                continue;
            }
            let goes_on = if level == 0 {
                (first..forest.len.min(first + FAN)).all(|at| (self.one)(at))
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
}

fn bar_of(block: &Block) -> LaneBar {
    LaneBar {
        session: u32::MAX,
        start: block.begin,
        solid_until: block.reach,
        light_until: block.reach,
        colour: block.colour(),
        flags: BarFlags(0),
        fresh: false,
        count: block.count(),
        covered: block.covered as i64,
        text: u32::MAX,
        level: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        ) {
            drawn.sort_unstable();
            let leaves: Vec<Leaf> = drawn.into_iter().map(leaf).collect();
            let shown = |l: &Leaf| l.colour != hidden;
            let forest = Forest::new(leaves.len(), &|at| leaves.get(at).copied().filter(shown));
            let to = from + span;
            let (mut singles, mut counted) = (Vec::new(), 0_u32);
            let mut blocks = Vec::new();
            forest.walk(
                (from, to),
                &|ms| ms.div_euclid(per_px),
                &mut |at| {
                    if leaves[at].begin > to {
                        return false;
                    }
                    if shown(&leaves[at]) && leaves[at].reach >= from {
                        singles.push(at);
                    }
                    true
                },
                &mut |first, bar| {
                    counted += bar.count;
                    blocks.push((first, bar));
                },
            );
            let touching = leaves
                .iter()
                .filter(|l| shown(l) && l.begin <= to && l.reach >= from)
                .count();
            prop_assert_eq!(singles.len() + counted as usize, touching);
            prop_assert!(singles.is_sorted());
            for (_, bar) in blocks {
                prop_assert_eq!(bar.start.div_euclid(per_px), bar.light_until.div_euclid(per_px));
                prop_assert!(bar.colour != hidden);
            }
        }
    }

    #[test]
    fn a_million_sessions_on_one_pixel_are_a_few_visits() {
        let forest = Forest::new(1_000_000, &|at| Some(leaf((at as i64, 1, 0))));
        let (mut visits, mut counted) = (0, 0);
        forest.walk((0, 2_000_000), &|_| 0, &mut |_| true, &mut |_, bar| {
            visits += 1;
            counted += bar.count;
        });
        assert!(visits <= 16, "{visits}");
        assert_eq!(counted, 1_000_000);
        assert!(forest.bytes() < 1_700_000);
    }
}
