//! The bars of a frame and the labels in them, packed: they cross from the engine to the page as four arrays of numbers.

use super::frame::BarFlags;

/// Numbers that a bar is packed into.
pub type Packed = [u32; 4];
/// Numbers that a bar is packed into in addition, where it does not fit into those.
pub type PackedFar = [u32; 4];
/// Numbers that a label is packed into.
pub type PackedLabel = [u32; 4];

/// One bar of a frame: a session, a segment of one, or several sessions merged. Device pixels from the frame's left edge; they
/// may lie outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bar {
    /// Left edge.
    pub x0: i32,
    /// Where the solid part ends.
    pub x1: i32,
    /// Where the light part ends; equals `x1` where there is none. Greater than `x0`.
    pub x2: i32,
    /// How many sessions the bar stands for. A later segment repeats its session's 1.
    pub count: u32,
    /// Session row; of a merged bar the first one.
    pub session: u32,
    /// Colour index; of a merged bar the one that covers most time.
    pub colour: u8,
    /// How its ends are known, and what it is.
    pub flags: BarFlags,
    /// Sub-row of overlapping sessions: 0 the whole height, 1 the upper half, 2 the lower half. In rows of columns
    /// [`super::COLUMN`] and more: how tall, standing on the lower edge.
    pub sub: u8,
    /// One of its sessions is new to the visitor.
    pub fresh: bool,
}

/// The third number of a bar holds two widths, of 16 bits each.
const WIDTH_BITS: u32 = 16;
/// The fourth holds colour, flags and sub-row, whether it is new, and how many sessions it stands for.
const FRESH: u32 = 1 << 24;
const COUNT_BITS: u32 = 25;
/// This count says that the bar does not fit: the second number is its place among those that are far.
const FAR: u32 = u32::MAX >> COUNT_BITS;

impl Bar {
    /// Packed; whether it did not fit into that and is to be found at `place` among those that are far.
    #[inline]
    fn packed(self, place: u32) -> (Packed, Option<PackedFar>) {
        let small = u32::from_le_bytes([self.colour, self.flags.0, self.sub, 0]);
        let small = small | if self.fresh { FRESH } else { 0 };
        let width = |from: i32, to: i32| to.wrapping_sub(from).cast_unsigned();
        let (solid, light) = (width(self.x0, self.x1), width(self.x1, self.x2));
        let x0 = self.x0.cast_unsigned();
        if (solid | light) >> WIDTH_BITS == 0 && self.count < FAR {
            let widths = solid | light << WIDTH_BITS;
            let small = small | self.count << COUNT_BITS;
            return ([x0, self.session, widths, small], None);
        }
        let far = [
            self.x1.cast_unsigned(),
            self.x2.cast_unsigned(),
            self.count,
            self.session,
        ];
        ([x0, place, 0, small | FAR << COUNT_BITS], Some(far))
    }

    #[inline]
    fn unpacked([x0, session, widths, small]: Packed, far: &[PackedFar]) -> Self {
        let [colour, flags, sub, _] = small.to_le_bytes();
        let x0 = x0.cast_signed();
        let x1 = x0.wrapping_add((widths & ((1 << WIDTH_BITS) - 1)).cast_signed());
        let bar = Self {
            x0,
            x1,
            x2: x1.wrapping_add((widths >> WIDTH_BITS).cast_signed()),
            count: small >> COUNT_BITS,
            session,
            colour,
            flags: BarFlags(flags),
            sub,
            fresh: small & FRESH != 0,
        };
        if bar.count == FAR {
            bar.with_far(far)
        } else {
            bar
        }
    }

    #[cold]
    fn with_far(self, far: &[PackedFar]) -> Self {
        let place = self.session as usize;
        let [x1, x2, count, session] = far.get(place).copied().unwrap_or_default();
        Self {
            x1: x1.cast_signed(),
            x2: x2.cast_signed(),
            count,
            session,
            ..self
        }
    }
}

/// Text inside a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Index into the frame's rows; of them there are fewer than 2 to the power of 24.
    pub row: u32,
    /// Left edge of the visible part of the bar, device pixels.
    pub x0: i32,
    /// Right edge of the visible part of the bar, device pixels.
    pub x1: i32,
    /// Colour index of the bar, for the text's contrast.
    pub colour: u8,
    /// Number of its text among the frame's; the painter leaves it out where it does not fit.
    pub text: u32,
}

/// Of the number that holds row and colour, the row's.
const ROW_BITS: u32 = 24;

impl Label {
    fn packed(self) -> PackedLabel {
        let row = self.row & ((1 << ROW_BITS) - 1);
        [
            row | u32::from(self.colour) << ROW_BITS,
            self.x0.cast_unsigned(),
            self.x1.cast_unsigned(),
            self.text,
        ]
    }

    fn unpacked([row, x0, x1, text]: PackedLabel) -> Self {
        Self {
            row: row & ((1 << ROW_BITS) - 1),
            x0: x0.cast_signed(),
            x1: x1.cast_signed(),
            colour: (row >> ROW_BITS) as u8,
            text,
        }
    }
}

/// The bars of a frame in order of its rows, in each by the left edge of the session; the segments of a session follow each
/// other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bars {
    packed: Vec<Packed>,
    far: Vec<PackedFar>,
    /// By row of the frame: where the bars of the next one begin.
    ends: Vec<u32>,
    labels: Vec<PackedLabel>,
}

impl Bars {
    /// None, with room for so many.
    pub fn with_capacity(bars: usize) -> Self {
        Self {
            packed: Vec::with_capacity(bars),
            ..Self::default()
        }
    }

    /// Of what [`Self::parts`] returned, wherever it has been since.
    pub fn of_parts(
        packed: Vec<Packed>,
        far: Vec<PackedFar>,
        ends: Vec<u32>,
        labels: Vec<PackedLabel>,
    ) -> Self {
        Self {
            packed,
            far,
            ends,
            labels,
        }
    }

    /// The bars, what is far of them, where those of each row end, and the labels.
    pub fn parts(&self) -> (&[Packed], &[PackedFar], &[u32], &[PackedLabel]) {
        (&self.packed, &self.far, &self.ends, &self.labels)
    }

    /// Adds a label; they are in order of their rows.
    pub fn push_label(&mut self, label: Label) {
        self.labels.push(label.packed());
    }

    /// The labels.
    pub fn labels(&self) -> impl ExactSizeIterator<Item = Label> {
        self.labels.iter().copied().map(Label::unpacked)
    }

    /// The same without labels.
    #[must_use]
    pub fn without_labels(self) -> Self {
        Self {
            labels: Vec::new(),
            ..self
        }
    }

    /// Adds a bar to the row that is being filled.
    #[inline]
    pub fn push(&mut self, bar: Bar) {
        let (packed, far) = bar.packed(self.far.len() as u32);
        self.packed.push(packed);
        self.far.extend(far);
    }

    /// The row that is being filled is complete.
    pub fn end_row(&mut self) {
        self.ends.push(self.packed.len() as u32);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// The bar at a place; null beyond the last.
    pub fn get(&self, at: usize) -> Option<Bar> {
        let packed = self.packed.get(at).copied();
        packed.map(|packed| Bar::unpacked(packed, &self.far))
    }

    /// The places of a row's bars.
    pub fn of_row(&self, row: usize) -> std::ops::Range<usize> {
        let end = |row: usize| {
            self.ends
                .get(row)
                .map_or(self.packed.len(), |end| *end as usize)
        };
        let first = row.checked_sub(1).map_or(0, end);
        first..end(row).max(first)
    }

    /// The row of a bar, an index into the frame's rows.
    pub fn row_of(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end as usize <= at)
    }

    /// The bars at some places.
    pub fn range(
        &self,
        places: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = Bar> + ExactSizeIterator + Clone {
        let packed = self.packed.get(places).unwrap_or_default();
        let unpacked = |packed: &Packed| Bar::unpacked(*packed, &self.far);
        packed.iter().map(unpacked)
    }

    /// All bars.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Bar> + ExactSizeIterator + Clone {
        self.range(0..self.packed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn bar()(
            x0 in any::<i32>(),
            widths in [0..100_000_i32, -9..70_000],
            anywhere in prop::option::weighted(0.2, any::<(i32, i32)>()),
            count in prop_oneof![0..200_u32, any::<u32>()],
            session in any::<u32>(),
            (colour, flags, sub, fresh) in any::<(u8, u8, u8, bool)>(),
        ) -> Bar {
            let x1 = x0.wrapping_add(widths[0]);
            let (x1, x2) = anywhere.unwrap_or((x1, x1.wrapping_add(widths[1])));
            Bar { x0, x1, x2, count, session, colour, flags: BarFlags(flags), sub, fresh }
        }
    }

    prop_compose! {
        fn label()(
            row in 0..1_u32 << ROW_BITS,
            (x0, x1, colour, text) in any::<(i32, i32, u8, u32)>(),
        ) -> Label {
            Label { row, x0, x1, colour, text }
        }
    }

    proptest! {
        #[test]
        fn bars_come_out_as_they_went_in(
            rows in prop::collection::vec(prop::collection::vec(bar(), 0..5), 0..6),
            labels in prop::collection::vec(label(), 0..6),
        ) {
            let mut bars = Bars::default();
            for row in &rows {
                for bar in row {
                    bars.push(*bar);
                }
                bars.end_row();
            }
            for label in &labels {
                bars.push_label(*label);
            }
            let (packed, far, ends, packed_labels) = bars.parts();
            let bars = Bars::of_parts(
                packed.to_vec(),
                far.to_vec(),
                ends.to_vec(),
                packed_labels.to_vec(),
            );
            prop_assert_eq!(bars.labels().collect::<Vec<_>>(), labels);
            for (number, row) in rows.iter().enumerate() {
                let places = bars.of_row(number);
                prop_assert!(places.clone().all(|at| bars.row_of(at) == number));
                prop_assert_eq!(&bars.range(places).collect::<Vec<_>>(), row);
            }
            prop_assert!(bars.of_row(rows.len()).is_empty());
            prop_assert_eq!(bars.get(bars.len()), None);
        }
    }
}
