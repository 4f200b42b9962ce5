//! Texts with a number each: of the thousands of labels of a frame few differ.

/// Texts, numbered in the order in which they first came.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    texts: Vec<String>,
    /// (Hash, number), in order.
    known: Vec<(u32, u32)>,
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        let hash = hash_of(text);
        let mut place = self.known.partition_point(|(known, _)| *known < hash);
        while let Some((_, number)) = self.known.get(place).filter(|known| known.0 == hash) {
            if self.get(*number) == Some(text) {
                return *number;
            }
            place += 1;
        }
        let number = self.texts.len() as u32;
        self.known.insert(place, (hash, number));
        self.texts.push(text.to_owned());
        number
    }

    /// The text of a number; null where no text has it.
    pub fn get(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.texts.clear();
        self.known.clear();
    }

    /// All texts in the order of their numbers.
    pub fn into_vec(self) -> Vec<String> {
        self.texts
    }
}

/// FNV-1a.
fn hash_of(text: &str) -> u32 {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, mix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equal_texts_have_one_number(drawn in prop::collection::vec("[ab]{0,3}", 0..60)) {
            let mut texts = Texts::default();
            let numbers: Vec<u32> = drawn.iter().map(|text| texts.number(text)).collect();
            for (text, number) in drawn.iter().zip(&numbers) {
                prop_assert_eq!(texts.get(*number), Some(text.as_str()));
                prop_assert_eq!(texts.number(text), *number);
            }
            let mut different = drawn.clone();
            different.sort_unstable();
            different.dedup();
            prop_assert_eq!(texts.len(), different.len());
            prop_assert_eq!(texts.into_vec().len(), different.len());
        }
    }

    #[test]
    fn texts_of_one_hash_are_told_apart() {
        let mut texts = Texts::default();
        let first = texts.number("one");
        texts.known[0].0 = hash_of("two");
        assert_ne!(texts.number("two"), first);
    }
}
