//! A column of small values in chunks. Growing never copies, so the peak while loading is what is
//! kept; a chunk in which every value is null takes no memory.

/// Rows in a chunk.
pub const CHUNK: usize = 4096;

/// Neighbouring rows, from a multiple of their number on.
pub type Chunk<T> = [T; CHUNK];

/// A column with a null value of its own.
#[derive(Debug)]
pub struct Column<T> {
    chunks: Vec<Option<Box<Chunk<T>>>>,
    null: T,
}

impl<T: Copy + PartialEq> Column<T> {
    /// An empty column. `null` is what a row holds that was never set.
    pub fn new(null: T) -> Self {
        Self {
            chunks: Vec::new(),
            null,
        }
    }

    /// The value of a row.
    pub fn get(&self, row: u32) -> T {
        let row = row as usize;
        match self.chunks.get(row / CHUNK) {
            Some(Some(chunk)) => chunk[row % CHUNK],
            _ => self.null,
        }
    }

    /// The chunk that a row lies in; null where all its rows are.
    pub fn chunk(&self, row: u32) -> Option<&Chunk<T>> {
        self.chunks.get(row as usize / CHUNK)?.as_deref()
    }

    /// Sets the value of a row; rows before it that were never set stay null.
    #[inline]
    pub fn set(&mut self, row: u32, value: T) {
        let row = row as usize;
        match self.chunks.get_mut(row / CHUNK) {
            Some(Some(chunk)) => chunk[row % CHUNK] = value,
            _ if value == self.null => {}
            _ => self.set_first(row, value),
        }
    }

    /// The same where the chunk has nothing yet.
    #[cold]
    fn set_first(&mut self, row: usize, value: T) {
        let at = row / CHUNK;
        if at >= self.chunks.len() {
            self.chunks.resize_with(at + 1, || None);
        }
        let null = self.null;
        if let Some(slot) = self.chunks.get_mut(at) {
            *slot = vec![null; CHUNK].into_boxed_slice().try_into().ok();
            if let Some(chunk) = slot {
                chunk[row % CHUNK] = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unset_rows_are_null_and_take_nothing() {
        let mut column = Column::new(u32::MAX);
        column.set(10_000, u32::MAX);
        assert!(column.chunks.is_empty());
        column.set(10_000, 7);
        assert_eq!(column.get(10_000), 7);
        assert_eq!(column.get(9_999), u32::MAX);
        assert_eq!(column.get(0), u32::MAX);
        assert_eq!(column.chunks.iter().flatten().count(), 1);
        assert_eq!(
            column.chunk(10_001).map(|chunk| chunk[10_000 % CHUNK]),
            Some(7)
        );
        assert_eq!([3, 20_000].map(|row| column.chunk(row)), [None, None]);
    }
}
