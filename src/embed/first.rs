//! Starts the first screen inside a host element, alone.

use std::rc::Rc;

use js_sys::Function;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app::report;
use crate::first::{Alone, KeptSource, Waiting, Wish};

/// The first screen of one element. Freeing it unmounts it.
#[wasm_bindgen]
pub struct FirstHandle {
    // Dropped in this order: the screen first, then what it belongs to.
    _mounted: Box<dyn std::any::Any>,
    _owner: Owner,
    waiting: Waiting,
}

#[wasm_bindgen]
impl FirstHandle {
    /// The views cannot be had: `title` and `text` say why, beside a button that asks for them again.
    pub fn failed(&self, title: String, text: String) {
        self.waiting.failed(title, text);
    }
}

/// Mounts the first screen into `root`, an element inside the shadow root.
///
/// `act(wish)` hears what is wished (`{kind, files?, text?, name?}`), `again()` when the views, which could not be had, are to be
/// asked for once more; `kept()` tells of which sources something is kept in this browser (`{id, label, text}`).
#[wasm_bindgen]
pub fn start_first(
    root: HtmlElement,
    act: Function,
    again: Function,
    kept: Function,
) -> FirstHandle {
    #[cfg(feature = "test-panic")]
    super::test_panic::listen_first(&root);
    let told = |outcome: Result<JsValue, JsValue>| {
        if let Err(error) = outcome {
            report("simscope: a wish could not be handed on.", &error);
        }
    };
    let act: Rc<dyn Fn(Wish)> = Rc::new(move |wish| told(act.call1(&JsValue::NULL, &wish.to_js())));
    let again: Rc<dyn Fn()> = Rc::new(move || told(again.call0(&JsValue::NULL)));
    let kept = KeptSource::list(kept.call0(&JsValue::NULL).ok());
    let owner = Owner::new();
    let (mounted, waiting) = owner.with(|| {
        let waiting = Waiting::new();
        let inside = root.clone();
        let mounted: UnmountHandle<_> = mount_to(root, move || {
            view! { <Alone root=inside waiting=waiting act=act again=again kept=kept /> }
        });
        (mounted, waiting)
    });
    FirstHandle {
        _mounted: Box::new(mounted),
        _owner: owner,
        waiting,
    }
}
