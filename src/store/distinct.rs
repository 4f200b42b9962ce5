//! Each distinct value once: networks, cells, places repeat over thousands of sessions.

use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

use super::index::RowIndex;

/// Numbers values from 1 on. Number 0 is the default (empty) value.
#[derive(Debug)]
pub struct Distinct<T> {
    values: Vec<T>,
    table: RowIndex,
}

impl<T: Default> Default for Distinct<T> {
    fn default() -> Self {
        Self {
            values: vec![T::default()],
            table: RowIndex::default(),
        }
    }
}

impl<T: Eq + Hash + Default> Distinct<T> {
    /// The value's number, a new one where it was not there yet.
    pub fn add(&mut self, value: T) -> u32 {
        if self.values.first() == Some(&value) {
            return 0;
        }
        let hash = FxBuildHasher.hash_one(&value);
        let found = self
            .table
            .find(hash, &|at| self.values.get(at as usize) == Some(&value));
        if let Some(at) = found {
            return at;
        }
        let at = self.values.len() as u32;
        self.values.push(value);
        let values = &self.values;
        self.table.insert(hash, at, &|at| {
            values
                .get(at as usize)
                .map_or(0, |value| FxBuildHasher.hash_one(value))
        });
        at
    }

    /// The value of a number; null for a number that was never given out.
    pub fn get(&self, at: u32) -> Option<&T> {
        self.values.get(at as usize)
    }

    /// How many numbers were given out, the empty value included.
    pub fn len(&self) -> usize {
        self.values.len()
    }
}
