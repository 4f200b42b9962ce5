//! The bars of a frame and the labels in them, packed: they cross from the engine to the page as three arrays of numbers.

use super::frame::BarFlags;

/// Numbers that a bar is packed into.
pub type Packed = [u32; 6];
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

impl Bar {
    fn packed(self) -> Packed {
        let small = [self.colour, self.flags.0, self.sub, u8::from(self.fresh)];
        [
            self.x0.cast_unsigned(),
            self.x1.cast_unsigned(),
            self.x2.cast_unsigned(),
            self.count,
            self.session,
            u32::from_le_bytes(small),
        ]
    }

    fn unpacked([x0, x1, x2, count, session, small]: Packed) -> Self {
        let [colour, flags, sub, fresh] = small.to_le_bytes();
        Self {
            x0: x0.cast_signed(),
            x1: x1.cast_signed(),
            x2: x2.cast_signed(),
            count,
            session,
            colour,
            flags: BarFlags(flags),
            sub,
            fresh: fresh != 0,
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
    pub fn of_parts(packed: Vec<Packed>, ends: Vec<u32>, labels: Vec<PackedLabel>) -> Self {
        Self {
            packed,
            ends,
            labels,
        }
    }

    /// The bars, where those of each row end, and the labels.
    pub fn parts(&self) -> (&[Packed], &[u32], &[PackedLabel]) {
        (&self.packed, &self.ends, &self.labels)
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
    pub fn push(&mut self, bar: Bar) {
        self.packed.push(bar.packed());
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
        self.packed.get(at).copied().map(Bar::unpacked)
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
        packed.iter().copied().map(Bar::unpacked)
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
            (x0, x1, x2) in any::<(i32, i32, i32)>(),
            (count, session) in any::<(u32, u32)>(),
            (colour, flags, sub, fresh) in any::<(u8, u8, u8, bool)>(),
        ) -> Bar {
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
            let (packed, ends, packed_labels) = bars.parts();
            let bars = Bars::of_parts(packed.to_vec(), ends.to_vec(), packed_labels.to_vec());
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
