//! Hears when an element has got another size. What is asked of an element's size at any other moment makes the browser lay
//! out the whole page at once; here it is known already.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Calls `changed` with the inner width and height of an element, in CSS pixels, as soon as it was laid out and whenever one
/// of them changes, until the component is gone.
pub fn on_resize(element: &Element, changed: impl Fn(f64, f64) + 'static) {
    observe(element, Box::new(changed));
}

fn observe(element: &Element, changed: Box<dyn Fn(f64, f64)>) {
    let observed = element.clone();
    let heard = Closure::<dyn Fn()>::new(move || {
        let (width, height) = (observed.client_width(), observed.client_height());
        changed(f64::from(width), f64::from(height));
    });
    if let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) {
        observer.observe(element);
        let held = StoredValue::new_local((observer, heard));
        on_cleanup(move || held.with_value(|(observer, _)| observer.disconnect()));
    }
}
