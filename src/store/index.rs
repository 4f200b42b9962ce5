//! A hash table of row numbers. What is hashed and compared lies in the rows; one compiled table
//! serves all of them.

use hashbrown::HashTable;

/// Finds rows by the hash of something in them.
#[derive(Debug, Default)]
pub struct RowIndex(HashTable<u32>);

impl RowIndex {
    /// The row of that hash that `is` the one.
    pub fn find(&self, hash: u64, is: &dyn Fn(u32) -> bool) -> Option<u32> {
        self.0.find(hash, |row| is(*row)).copied()
    }

    /// Enters a row. `hash_of` gives the hash of any row that was entered.
    pub fn insert(&mut self, hash: u64, row: u32, hash_of: &dyn Fn(u32) -> u64) {
        self.0.insert_unique(hash, row, |row| hash_of(*row));
    }

    /// Keeps only the rows for which `keep` says so.
    pub fn retain(&mut self, keep: &dyn Fn(u32) -> bool) {
        self.0.retain(|row| keep(*row));
    }

    /// Takes out all rows.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
