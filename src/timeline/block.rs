//! Some sessions of a lane that follow each other, in sixteen bytes. What is rounded is rounded so that a block never claims to
//! be shorter, or its sessions nearer to each other, than they are.

use super::frame::{BarFlags, LaneBar};

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

/// So many colours are told apart when the one that covers most is looked for.
const COLOURS: usize = 64;
const COUNT_BITS: u32 = 24;
/// Sessions that a block can count: one that reaches it is always opened.
const MOST: u32 = (1 << COUNT_BITS) - 1;
/// Parts of a length: the share of it that is covered.
const SHARES: f64 = 255.0;

/// How a lane's blocks count time: in units of milliseconds since its first session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clock {
    first: i64,
    /// Milliseconds of a unit, as a power of two.
    unit_bits: u32,
}

impl Clock {
    /// For sessions between two instants, epoch milliseconds.
    pub fn new(first: i64, last: i64) -> Self {
        let span = last.saturating_sub(first).max(0) as u64;
        Self {
            first,
            // One unit is left for rounding up.
            unit_bits: (u64::BITS - span.leading_zeros()).saturating_sub(31),
        }
    }

    fn units_down(self, ms: i64) -> u32 {
        (ms.saturating_sub(self.first) >> self.unit_bits) as u32
    }

    fn units_up(self, ms: i64) -> u32 {
        let last = (1_i64 << self.unit_bits) - 1;
        self.units_down(ms.saturating_add(last))
    }

    fn ms(self, units: u32) -> i64 {
        self.first
            .saturating_add(i64::from(units) << self.unit_bits)
    }
}

/// Some sessions that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// Units of the lane's clock.
    begin: u32,
    /// Units.
    length: u32,
    /// Sessions in the lower 24 bits; colour above.
    count_colour: u32,
    /// How much of its length is covered, of 255.
    share: u8,
    /// The longest session, the longest time without one, and the longest time from the begin of one to the begin of the
    /// next: as [`code`] tells them.
    longest: u8,
    gap: u8,
    pitch: u8,
}

/// Nobody counts in it.
const EMPTY: Block = Block {
    begin: 0,
    length: 0,
    count_colour: 0,
    share: 0,
    longest: 0,
    gap: 0,
    pitch: 0,
};

impl Block {
    /// How many sessions it stands for.
    pub fn count(&self) -> u32 {
        self.count_colour & MOST
    }

    /// Whether it can tell how many sessions it stands for.
    pub fn counts(&self) -> bool {
        self.count() < MOST
    }

    fn colour(&self) -> u8 {
        (self.count_colour >> COUNT_BITS) as u8
    }

    /// When its first session begins, and how far one reaches: epoch milliseconds.
    pub fn stretch(&self, clock: Clock) -> (i64, i64) {
        let end = self.begin.saturating_add(self.length);
        (clock.ms(self.begin), clock.ms(end))
    }

    /// As one bar for all of its sessions.
    pub fn bar(&self, clock: Clock) -> LaneBar {
        let (start, reach) = self.stretch(clock);
        LaneBar {
            session: u32::MAX,
            start,
            solid_until: reach,
            light_until: reach,
            colour: self.colour(),
            flags: BarFlags(0),
            fresh: false,
            count: self.count(),
            covered: self.covered(clock),
            text: u32::MAX,
            level: None,
        }
    }

    fn covered(&self, clock: Clock) -> i64 {
        let length = i64::from(self.length) << clock.unit_bits;
        ((length as f64 / SHARES * f64::from(self.share)) as i64).max(1)
    }

    /// Whether its sessions are not told apart where what is so short, so near and so dense is not.
    pub fn merges(&self, clock: Clock, at: &Merging) -> bool {
        let length = i64::from(self.length) << clock.unit_bits;
        length <= at.width
            && i64::from(self.longest) <= at.longest
            && (i64::from(self.gap) <= at.gap || i64::from(self.pitch) <= at.pitch)
    }

    /// What the parts below it tell, in order of their begin; [`EMPTY`] where none counts.
    pub fn of(parts: impl Iterator<Item = Part>, clock: Clock) -> Self {
        let mut by_colour = [0_i64; COLOURS];
        let mut begin_and_reach: Option<(i64, i64)> = None;
        let (mut count, mut covered, mut last_begin) = (0_u32, 0_i64, 0_i64);
        let (mut longest, mut gap, mut pitch) = (0_u8, 0_u8, 0_u8);
        for part in parts.filter(|part| part.count > 0) {
            if let Some(of_colour) = by_colour.get_mut(usize::from(part.colour)) {
                *of_colour += part.covered;
            }
            let known = begin_and_reach.get_or_insert((part.begin, part.reach));
            if count > 0 {
                gap = gap.max(code(part.begin.saturating_sub(known.1)));
                pitch = pitch.max(code(part.begin.saturating_sub(last_begin)));
            }
            known.1 = known.1.max(part.reach);
            last_begin = part.last_begin;
            longest = longest.max(part.longest);
            gap = gap.max(part.gap);
            pitch = pitch.max(part.pitch);
            covered = covered.saturating_add(part.covered);
            count = count.saturating_add(part.count).min(MOST);
        }
        let Some((begin, reach)) = begin_and_reach else {
            return EMPTY;
        };
        let mut best = (0_u32, 0_i64);
        for (colour, covered) in (0_u32..).zip(by_colour) {
            if covered > best.1 {
                best = (colour, covered);
            }
        }
        let own = clock.units_down(begin);
        let length = clock.units_up(reach).saturating_sub(own);
        let whole = (f64::from(length) * (1_u64 << clock.unit_bits) as f64).max(1.0);
        Self {
            begin: own,
            length,
            count_colour: count | best.0 << COUNT_BITS,
            share: (covered as f64 / whole * SHARES).clamp(1.0, SHARES) as u8,
            longest,
            gap,
            pitch,
        }
    }
}

/// What a block is made of: a session, or a block below it. Instants are epoch milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    begin: i64,
    reach: i64,
    covered: i64,
    count: u32,
    colour: u8,
    last_begin: i64,
    longest: u8,
    gap: u8,
    pitch: u8,
}

impl Part {
    pub fn of_session(leaf: Leaf) -> Self {
        Self {
            begin: leaf.begin,
            reach: leaf.reach,
            covered: leaf.covered.max(1),
            count: 1,
            colour: leaf.colour,
            last_begin: leaf.begin,
            longest: code(leaf.reach.saturating_sub(leaf.begin)),
            gap: 0,
            pitch: 0,
        }
    }

    /// Where the last session of a block begins is not kept. It is not before the one that reaches farthest, which begins
    /// its length before that.
    pub fn of_block(block: &Block, clock: Clock) -> Self {
        let (begin, reach) = block.stretch(clock);
        Self {
            begin,
            reach,
            covered: block.covered(clock),
            count: block.count(),
            colour: block.colour(),
            last_begin: reach.saturating_sub(longest_of(block.longest)).max(begin),
            longest: block.longest,
            gap: block.gap,
            pitch: block.pitch,
        }
    }
}

/// What is not told apart in a view: see [`Block::merges`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merging {
    /// Milliseconds that a block may be long.
    width: i64,
    /// Codes.
    longest: i64,
    gap: i64,
    pitch: i64,
}

impl Merging {
    /// Sessions of at most `longest` each, that lie at most `gap` apart or begin at most `pitch` after each other, over at
    /// most `width`: milliseconds.
    pub fn new(width: f64, longest: f64, gap: f64, pitch: f64) -> Self {
        // Codes are rounded up: what lies within is certain.
        let within = |ms: f64| i64::from(code((ms as i64).saturating_add(1))) - 1;
        Self {
            width: width as i64,
            longest: within(longest),
            gap: within(gap),
            pitch: within(pitch),
        }
    }
}

/// How much of a float's bits makes a step of [`code`].
const STEP_BITS: u32 = 20;
const ONE: u32 = 1.0_f32.to_bits();

/// A length of time in one byte: eight steps for each power of two, rounded up; up to 38 days, everything longer is 255.
fn code(ms: i64) -> u8 {
    if ms <= 0 {
        return 0;
    }
    let steps = ((ms as f32 + 1.0).to_bits() - ONE) >> STEP_BITS;
    (steps + 1).min(u32::from(u8::MAX)) as u8
}

/// The longest time that has a code, milliseconds.
fn longest_of(code: u8) -> i64 {
    if code == u8::MAX {
        return i64::MAX;
    }
    f32::from_bits(ONE + (u32::from(code) << STEP_BITS)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_block_is_small() {
        assert_eq!(size_of::<Block>(), 16);
    }

    proptest! {
        #[test]
        fn the_longer_has_no_lower_code(a in 0..1_i64 << 42, b in 0..1_i64 << 42) {
            prop_assert!(a > b || code(a) <= code(b));
            prop_assert!(longest_of(code(a)) >= a);
        }

        #[test]
        fn what_merges_is_as_short_as_was_asked_for(ms in 0..1_i64 << 33, most in 0.0..1e10_f64) {
            let merging = Merging::new(0.0, most, 0.0, 0.0);
            if i64::from(code(ms)) <= merging.longest {
                prop_assert!(ms as f64 <= most, "{ms} {most}");
            } else if most < 3e9 {
                // No more than a step and a half beyond is told apart needlessly.
                prop_assert!(ms as f64 > most * 0.76 - 3.0, "{ms} {most}");
            }
        }

        #[test]
        fn a_clock_rounds_outwards(first in -1_i64 << 40..1_i64 << 40, span in 0..1_i64 << 45, share in 0.0..=1.0_f64) {
            let clock = Clock::new(first, first + span);
            let ms = first + (span as f64 * share) as i64;
            let unit = 1_i64 << clock.unit_bits;
            let (down, up) = (clock.ms(clock.units_down(ms)), clock.ms(clock.units_up(ms)));
            prop_assert!(down <= ms && ms - down < unit);
            prop_assert!(up >= ms && up - ms < unit);
            prop_assert!(unit == 1 || unit <= span >> 30);
        }
    }
}
