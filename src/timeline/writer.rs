//! Writes what a lane holds on the pixel grid down as bars: with the segments of a session and the label in it.

use super::bars::{Bar, Bars, Label};
use super::frame::{BarFlags, COLUMN, LaneView, RowKind};
use super::item::{Item, Placed};
use super::pixel_grid::PixelGrid;
use super::texts::Texts;

/// Says something of the start of a session.
const START_BITS: u8 = BarFlags::START_UNSURE | BarFlags::START_BEFORE;
/// Says something of the end of a session.
const END_BITS: u8 = BarFlags::OPEN | BarFlags::END_UNKNOWN | BarFlags::END_ESTIMATED;

/// So many of the numbers that lanes' texts have are remembered.
const KNOWN: usize = 64;

/// What is kept from lane to lane.
#[derive(Debug)]
pub(super) struct Writing {
    segments: Vec<(i64, u8)>,
    pieces: Vec<(i32, u8)>,
    /// The texts of the frame's labels.
    texts: Texts,
    /// (The view's number of a lane's text, the frame's), at the place that the view's number has among so many.
    known: [Option<(u32, u32)>; KNOWN],
}

impl Default for Writing {
    fn default() -> Self {
        Self {
            segments: Vec::new(),
            pieces: Vec::new(),
            texts: Texts::default(),
            known: [None; KNOWN],
        }
    }
}

impl Writing {
    /// The texts of the labels that were written; forgets them.
    pub fn take_texts(&mut self) -> Vec<String> {
        self.known = [None; KNOWN];
        std::mem::take(&mut self.texts).into_vec()
    }
}

/// Writes the bars and labels of one row.
pub(super) struct Writer<'a, V> {
    pub view: &'a V,
    pub grid: &'a PixelGrid,
    /// Index into the frame's rows.
    pub row: u32,
    pub kind: RowKind,
    /// It is a lane. The rows of an opened lane tell what they show of every bar, for the card beside the pointer.
    pub whole: bool,
    /// What the items are made of.
    pub placed: &'a [Placed],
    pub writing: &'a mut Writing,
    pub bars: &'a mut Bars,
}

impl<V: LaneView> Writer<'_, V> {
    /// Writes an item that is not merged into another.
    #[inline]
    pub fn write(&mut self, item: &Item) {
        let Some(first) = self.placed.get(item.first as usize) else {
            return;
        };
        let sizes = &self.grid.sizes;
        let whole = self.whole;
        let end = item.end(self.grid);
        let (known, solid) = if item.count > 1 {
            (BarFlags::MERGED, end)
        } else {
            let solid = first.solid.max(item.a + sizes.least).min(end);
            (first.flags.0 & (START_BITS | END_BITS), solid)
        };
        let overlap = if (1..COLUMN).contains(&item.sub) {
            BarFlags::OVERLAP
        } else {
            0
        };
        let bar = Bar {
            x0: item.a,
            x1: solid,
            x2: end,
            count: item.count,
            session: first.session,
            colour: item.colour,
            flags: BarFlags(known | overlap),
            sub: item.sub,
            fresh: item.fresh,
        };
        let may_split = whole && item.count == 1 && end - item.a >= sizes.segmented;
        let in_pieces = may_split && self.split(first.session, (item.a, solid), item.colour);
        if in_pieces {
            self.write_pieces(bar);
        } else {
            self.bars.push(bar);
        }
        let (x0, x1) = (item.a.max(0), solid.min(self.grid.width));
        // A sub-row has half a bar's height: no room for text.
        if x1 > x0 && (!whole || (item.sub == 0 && x1 - x0 >= sizes.labelled)) {
            let colour = if in_pieces {
                self.colour_at(x0, item.colour)
            } else {
                item.colour
            };
            self.label(first.text, item.count, (x0, x1), colour);
        }
    }

    /// Leaves the pieces of a session of that colour, from and to a pixel, in `pieces`: (first pixel, colour). False where it is
    /// of one piece.
    #[inline(never)]
    fn split(&mut self, session: u32, (x0, x1): (i32, i32), colour: u8) -> bool {
        let Writing {
            segments, pieces, ..
        } = &mut *self.writing;
        pieces.clear();
        segments.clear();
        self.view.segments(session, segments);
        if segments.is_empty() {
            return false;
        }
        pieces.push((x0, colour));
        for (n, &(from, colour)) in segments.iter().enumerate() {
            let x = if n == 0 { x0 } else { self.grid.px(from) };
            if n > 0 && x >= x1 {
                break;
            }
            match pieces.last_mut() {
                Some(last) if x <= last.0 => last.1 = colour,
                Some(last) if last.1 == colour => {}
                _ => pieces.push((x, colour)),
            }
        }
        true
    }

    #[cold]
    fn write_pieces(&mut self, whole: Bar) {
        let pieces = &self.writing.pieces;
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
            self.bars.push(bar);
        }
    }

    /// The colour of the piece that a pixel lies in, of a session of that colour.
    fn colour_at(&self, x: i32, whole: u8) -> u8 {
        let mut pieces = self.writing.pieces.iter().rev();
        let behind = pieces.find(|piece| piece.0 <= x);
        behind.map_or(whole, |piece| piece.1)
    }

    #[inline(never)]
    fn label(&mut self, text: u32, count: u32, (x0, x1): (i32, i32), colour: u8) {
        let number = match count {
            1 if self.whole => self.number_of(text),
            1 => {
                let text = self.view.label(self.kind, text);
                (!text.is_empty()).then(|| self.writing.texts.number(&text))
            }
            n if self.whole && x1 - x0 >= self.grid.sizes.worded => {
                Some(self.writing.texts.number(&format!("{n} sessions")))
            }
            n => Some(self.writing.texts.number(&n.to_string())),
        };
        if let Some(text) = number {
            self.bars.push_label(Label {
                row: self.row,
                x0,
                x1,
                colour,
                text,
            });
        }
    }

    /// The frame's number of a lane's text; null where it is empty.
    fn number_of(&mut self, text: u32) -> Option<u32> {
        let Writing { texts, known, .. } = &mut *self.writing;
        let place = &mut known[text as usize % KNOWN];
        if let Some((_, number)) = place.filter(|(known, _)| *known == text) {
            return Some(number);
        }
        let words = self.view.label(self.kind, text);
        if words.is_empty() {
            return None;
        }
        let number = texts.number(&words);
        *place = Some((text, number));
        Some(number)
    }
}
