//! A column of small values in chunks. Growing never copies, so the peak while loading is what is
//! kept; a chunk in which every value is null takes no memory.

/// Rows in a chunk.
const CHUNK: usize = 4096;

/// A column with a null value of its own.
#[derive(Debug)]
pub struct Column<T> {
    chunks: Vec<Option<Box<[T]>>>,
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
            Some(Some(chunk)) => chunk.get(row % CHUNK).copied().unwrap_or(self.null),
            _ => self.null,
        }
    }

    /// Sets the value of a row; rows before it that were never set stay null.
    pub fn set(&mut self, row: u32, value: T) {
        let row = row as usize;
        let at = row / CHUNK;
        if at >= self.chunks.len() {
            if value == self.null {
                return;
            }
            self.chunks.resize_with(at + 1, || None);
        }
        let Some(slot) = self.chunks.get_mut(at) else {
            return;
        };
        if slot.is_none() {
            if value == self.null {
                return;
            }
            *slot = Some(vec![self.null; CHUNK].into_boxed_slice());
        }
        if let Some(cell) = slot.as_mut().and_then(|chunk| chunk.get_mut(row % CHUNK)) {
            *cell = value;
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
    }
}
