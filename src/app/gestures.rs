//! Listening outside of a component's own elements, where on the timeline something happened, and
//! the wheel.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, EventTarget, HtmlElement, WheelEvent};

use super::state::State;

/// Listens on an element until the component is gone.
pub fn on_element<E: JsCast + 'static>(
    target: &EventTarget,
    name: &'static str,
    handler: impl Fn(E) + 'static,
) {
    let handler = Box::new(move |event: JsValue| handler(event.unchecked_into()));
    listen(target, name, handler);
}

fn listen(target: &EventTarget, name: &'static str, handler: Box<dyn Fn(JsValue)>) {
    let closure = Closure::<dyn Fn(JsValue)>::wrap(handler);
    let listener = closure.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let options = AddEventListenerOptions::new();
    // A wheel listener that may not prevent the page's own scrolling is of no use here.
    options.set_passive(false);
    let added = target
        .add_event_listener_with_callback_and_add_event_listener_options(name, &listener, &options);
    if added.is_err() {
        return;
    }
    let held = StoredValue::new_local((target.clone(), closure, listener));
    on_cleanup(move || {
        held.with_value(|(target, _, listener)| {
            // It was added above, so it can be removed.
            let _ = target.remove_event_listener_with_callback(name, listener);
        });
    });
}

/// Where an event of a pointer happened on an element, CSS pixels inside its border. Between pixels
/// as well, which `offsetX` rounds away; and right where the page scales the element.
pub fn position(element: &HtmlElement, event: &web_sys::MouseEvent) -> (f64, f64) {
    let get = |key: &str| {
        let value = js_sys::Reflect::get(event, &key.into()).ok();
        value.and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let rect = element.get_bounding_client_rect();
    let scaled = |size: f64, own: i32| {
        if own > 0 && size > 0.0 {
            size / f64::from(own)
        } else {
            1.0
        }
    };
    let across = scaled(rect.width(), element.offset_width());
    let down = scaled(rect.height(), element.offset_height());
    (
        (get("clientX") - rect.left()) / across - f64::from(element.client_left()),
        (get("clientY") - rect.top()) / down - f64::from(element.client_top()),
    )
}

/// A wheel over the timeline: Ctrl (and a trackpad's pinch) zooms at the pointer, sideways or Shift
/// pans; anything else is left to the list's own scrolling.
pub fn on_wheel(state: State, event: &WheelEvent, x: f64) {
    let line = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE {
        16.0
    } else {
        1.0
    };
    let (dx, dy) = (event.delta_x() * line, event.delta_y() * line);
    let scale = state.scale.get_untracked();
    // A wheel's events tell whole pixels only; the pointer came to rest between them.
    let pointer = state.aim.pointer.get_untracked().map(|(x, _)| x);
    let x = pointer.filter(|at| (at - x).abs() < 1.5).unwrap_or(x);
    if event.ctrl_key() || event.meta_key() {
        event.prevent_default();
        // A notch of a mouse wheel is about 100, a pinch's steps are a few: both feel alike so.
        let factor = (-dy.clamp(-120.0, 120.0) * 0.003).exp();
        let zoomed = state
            .aim
            .hands
            .try_update_value(|hands| hands.zooming.zoomed(&scale, x, factor));
        state.show(zoomed.unwrap_or(scale));
    } else if event.shift_key() || dx.abs() > dy.abs() {
        event.prevent_default();
        let sideways = if dx == 0.0 { dy } else { dx };
        state.show(scale.panned(sideways));
    }
}
