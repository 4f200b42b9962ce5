//! A set of row or key numbers, which count up from 0: a mark for each.

/// The numbers that are in it.
#[derive(Debug, Default)]
pub struct Numbers(Vec<bool>);

impl Numbers {
    /// Puts a number in. False when it was in already.
    pub fn insert(&mut self, number: u32) -> bool {
        let at = number as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, false);
        }
        self.0
            .get_mut(at)
            .is_some_and(|mark| !std::mem::replace(mark, true))
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: u32) {
        if let Some(mark) = self.0.get_mut(number as usize) {
            *mark = false;
        }
    }

    /// Whether a number is in it.
    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize).copied().unwrap_or(false)
    }

    /// Those that are in it, in their order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..)
            .zip(&self.0)
            .filter(|(_, is_in)| **is_in)
            .map(|(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_in_once() {
        let mut numbers = Numbers::default();
        assert!(numbers.insert(5) && numbers.insert(2) && !numbers.insert(5));
        assert!(numbers.has(5) && !numbers.has(4) && !numbers.has(6));
        numbers.remove(5);
        numbers.remove(900);
        assert_eq!(numbers.iter().collect::<Vec<_>>(), [2]);
        assert!(numbers.insert(5));
    }
}
