//! Where a plain stretch of a string ends: at a quote, a backslash or a control character.

/// Whether a byte ends it.
pub fn stops(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// Bytes that are looked at in one go.
#[cfg(target_arch = "wasm32")]
pub type Block = [u8; 16];

/// The place of the first byte that ends it.
#[cfg(target_arch = "wasm32")]
#[inline]
pub fn first_stop(block: Block) -> Option<usize> {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let [low, high] = *block.as_chunks::<8>().0 else {
        return None;
    };
    let bytes = u64x2(u64::from_le_bytes(low), u64::from_le_bytes(high));
    let quote = u8x16_eq(bytes, u8x16_splat(b'"'));
    let escape = u8x16_eq(bytes, u8x16_splat(b'\\'));
    let control = u8x16_lt(bytes, u8x16_splat(0x20));
    let found = u8x16_bitmask(v128_or(v128_or(quote, escape), control));
    (found != 0).then(|| found.trailing_zeros() as usize)
}

#[cfg(not(target_arch = "wasm32"))]
pub type Block = [u8; 8];

#[cfg(not(target_arch = "wasm32"))]
#[inline]
pub fn first_stop(block: Block) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    let word = u64::from_le_bytes(block);
    // The top bit of the first byte that ends it; bits of later bytes may be set as well.
    let is = |byte: u64| {
        let other = word ^ (ONES * byte);
        other.wrapping_sub(ONES) & !other
    };
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let found = (is(0x22) | is(0x5c) | control) & (ONES << 7);
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_all_is_found(mut bytes: Block, plain: Block) {
            for (byte, plain) in bytes.iter_mut().zip(plain) {
                // Half of the bytes are letters.
                if plain > 127 {
                    *byte = b'a' + plain % 26;
                }
            }
            let first = bytes.iter().position(|byte| stops(*byte));
            prop_assert_eq!(first_stop(bytes), first);
        }
    }
}
