//! The bars of a frame across the boundary, as typed arrays.

use js_sys::{Array, Float32Array, Uint8Array, Uint32Array};

use crate::timeline::Bars;

/// The arrays of some bars as buffers, to be transferred.
#[cfg(feature = "engine")]
pub fn bars_to_buffers(bars: &Bars) -> Array {
    let u32s = |values: &[u32]| Uint32Array::from(values).buffer();
    let f32s = |values: &[f32]| Float32Array::from(values).buffer();
    let u8s = |values: &[u8]| Uint8Array::from(values).buffer();
    Array::of4(
        &u32s(&bars.row),
        &f32s(&bars.x0),
        &f32s(&bars.x1),
        &f32s(&bars.x2),
    )
    .concat(&Array::of5(
        &u8s(&bars.colour),
        &u8s(&bars.flags),
        &u32s(&bars.count),
        &u32s(&bars.session),
        &u8s(&bars.sub),
    ))
    .concat(&Array::of1(&u8s(&bars.fresh)))
}

/// The cells of a fleet's picture as buffers, to be transferred.
#[cfg(feature = "engine")]
pub fn cells_to_buffers(cells: &crate::engine::Cells) -> Array {
    let u8s = |values: &[u8]| Uint8Array::from(values).buffer();
    Array::of2(&u8s(&cells.colour), &u8s(&cells.up))
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
    if buffers.length() < 10 {
        return None;
    }
    let u32s = |at: u32| Uint32Array::new(&buffers.get(at)).to_vec();
    let f32s = |at: u32| Float32Array::new(&buffers.get(at)).to_vec();
    let u8s = |at: u32| Uint8Array::new(&buffers.get(at)).to_vec();
    Some(Bars {
        row: u32s(0),
        x0: f32s(1),
        x1: f32s(2),
        x2: f32s(3),
        colour: u8s(4),
        flags: u8s(5),
        count: u32s(6),
        session: u32s(7),
        sub: u8s(8),
        fresh: u8s(9),
    })
}
