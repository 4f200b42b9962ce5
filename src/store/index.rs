//! A hash table of row numbers. What is hashed and compared lies in the rows; one compiled table
//! serves all of them.

use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

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

    /// Takes out all rows.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Values by key.
#[derive(Debug)]
pub struct Keyed<K, V> {
    entries: Vec<(K, V)>,
    table: RowIndex,
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            table: RowIndex::default(),
        }
    }
}

impl<K: Hash + Eq, V: Default> Keyed<K, V> {
    fn place(&self, key: &K) -> Option<usize> {
        let is = |at: u32| self.entries.get(at as usize).is_some_and(|(k, _)| k == key);
        let found = self.table.find(FxBuildHasher.hash_one(key), &is);
        found.map(|at| at as usize)
    }

    /// The value of a key; null where there is none.
    pub fn get(&self, key: &K) -> Option<&V> {
        let (_, value) = self.entries.get(self.place(key)?)?;
        Some(value)
    }

    /// The value of a key, a new one where there was none.
    pub fn or_default(&mut self, key: K) -> &mut V {
        let at = self.place(&key).unwrap_or_else(|| {
            let hash = FxBuildHasher.hash_one(&key);
            let at = self.entries.len();
            self.entries.push((key, V::default()));
            let entries = &self.entries;
            self.table.insert(hash, at as u32, &|at| {
                let entry = entries.get(at as usize);
                entry.map_or(0, |(key, _)| FxBuildHasher.hash_one(key))
            });
            at
        });
        &mut self.entries[at].1
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All values, in the order in which their keys came.
    pub fn into_values(self) -> Vec<V> {
        self.entries.into_iter().map(|(_, value)| value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_value() {
        let mut keyed: Keyed<(u64, u64), u32> = Keyed::default();
        for n in 0..1000 {
            *keyed.or_default((n % 100, 7)) += 1;
        }
        assert_eq!(keyed.get(&(42, 7)), Some(&10));
        assert_eq!(keyed.get(&(42, 8)), None);
        assert_eq!(keyed.into_values(), [10; 100]);
    }
}
