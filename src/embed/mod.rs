//! What JavaScript may call: the first screen, the page's views, the engine and the live part. Nothing but conversion lives here; each
//! instance of the WebAssembly module serves one element, or the engine of one element.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

#[cfg(feature = "views")]
pub mod app;
#[cfg(feature = "bench")]
pub mod bench;
mod buffers;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "first")]
pub mod first;
#[cfg(feature = "live")]
pub mod live;
#[cfg(feature = "engine")]
pub mod normalize;
#[cfg(feature = "test-panic")]
mod test_panic;

#[cfg(any(feature = "first", feature = "views", feature = "live"))]
pub(crate) use buffers::{bars_from_buffers, cells_from_buffers};

thread_local! {
    static ON_PANIC: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}

/// Sets what is called, with the message and where it happened, when this instance panics. The
/// instance is of no use afterwards: the host drops it and says so in its element.
#[wasm_bindgen]
pub fn on_panic(callback: js_sys::Function) {
    ON_PANIC.with(|slot| *slot.borrow_mut() = Some(callback));
    std::panic::set_hook(Box::new(|info| {
        let text = JsValue::from_str(&info.to_string());
        ON_PANIC.with(|slot| {
            if let Ok(callback) = slot.try_borrow()
                && let Some(callback) = callback.as_ref()
            {
                // A host that fails while it hears of a panic can be told nothing more.
                let _ = callback.call1(&JsValue::NULL, &text);
            }
        });
    }));
}
