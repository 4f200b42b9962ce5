//! What is too large for a message across the boundary: the bars of a frame, the cells of a picture, the places of a map.

use js_sys::{Array, Uint8Array, Uint32Array};

use crate::timeline::Bars;

/// The arrays of some bars as buffers, to be transferred.
#[cfg(feature = "engine")]
pub fn bars_to_buffers(bars: &Bars) -> Array {
    let (packed, far, ends, labels) = bars.parts();
    let u32s = |values: &[u32]| Uint32Array::from(values).buffer();
    Array::of4(
        &u32s(packed.as_flattened()),
        &u32s(far.as_flattened()),
        &u32s(ends),
        &u32s(labels.as_flattened()),
    )
}

/// The cells of a fleet's picture as buffers, to be transferred.
#[cfg(feature = "engine")]
pub fn cells_to_buffers(cells: &crate::engine::Cells) -> Array {
    let u8s = |values: &[u8]| Uint8Array::from(values).buffer();
    Array::of2(&u8s(&cells.colour), &u8s(&cells.up))
}

/// Texts as buffers of UTF-8, to be transferred.
#[cfg(feature = "engine")]
pub fn pieces_to_buffers(pieces: &[String]) -> Array {
    let buffer = |piece: &String| Uint8Array::from(piece.as_bytes()).buffer();
    pieces.iter().map(buffer).collect()
}

/// The cells out of the buffers that [`cells_to_buffers`] made: colours, and how much was up; null where there are none.
#[cfg(any(feature = "first", feature = "views", feature = "live"))]
pub fn cells_from_buffers(buffers: &Array) -> Option<(Vec<u8>, Vec<u8>)> {
    (buffers.length() == 2).then(|| {
        let u8s = |at: u32| Uint8Array::new(&buffers.get(at)).to_vec();
        (u8s(0), u8s(1))
    })
}

/// The bars out of the buffers that [`bars_to_buffers`] made; null where there are none.
#[cfg(any(feature = "first", feature = "views", feature = "live"))]
pub fn bars_from_buffers(buffers: &Array) -> Option<Bars> {
    if buffers.length() != 4 {
        return None;
    }
    let numbers = |at: u32| Uint32Array::new(&buffers.get(at));
    Some(Bars::of_parts(
        rows_of(&numbers(0))?,
        rows_of(&numbers(1))?,
        numbers(2).to_vec(),
        rows_of(&numbers(3))?,
    ))
}

/// Numbers in rows of equal length; null where some are left over.
#[cfg(any(feature = "first", feature = "views", feature = "live"))]
fn rows_of<const N: usize>(numbers: &Uint32Array) -> Option<Vec<[u32; N]>> {
    let mut rows = vec![[0; N]; numbers.length() as usize / N];
    let flat = rows.as_flattened_mut();
    if flat.len() != numbers.length() as usize {
        return None;
    }
    numbers.copy_to(flat);
    Some(rows)
}
