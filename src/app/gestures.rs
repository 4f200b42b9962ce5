//! Listening outside of a component's own elements, and the hands on the timeline: wheel, drag,
//! pinch.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, EventTarget, PointerEvent, WheelEvent};

use super::state::State;
use crate::timeline::Scale;

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
    if event.ctrl_key() || event.meta_key() {
        event.prevent_default();
        // A notch of a mouse wheel is about 100, a pinch's steps are a few: both feel alike so.
        let factor = (-dy.clamp(-120.0, 120.0) * 0.003).exp();
        state.show(scale.zoomed(x, factor));
    } else if event.shift_key() || dx.abs() > dy.abs() {
        event.prevent_default();
        let sideways = if dx == 0.0 { dy } else { dx };
        state.show(scale.panned(sideways));
    }
}

/// What a pointer that is down does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Doing {
    /// Nothing yet: it has not moved far enough.
    Waiting { shift: bool },
    /// Chooses a span from this instant.
    Spanning { anchor: f64 },
    /// Moves the window.
    Panning { from: Scale },
    /// Two fingers zoom and move the window.
    Pinching,
}

#[derive(Debug, Clone, Copy)]
struct Finger {
    id: i32,
    x: f64,
    start_x: f64,
}

/// The pointers that are down on the timeline.
#[derive(Debug, Default)]
pub struct Hands {
    fingers: Vec<Finger>,
    doing: Option<Doing>,
}

/// Pixels before a press becomes a drag.
const SLACK: f64 = 4.0;

impl Hands {
    /// A pointer went down.
    pub fn down(&mut self, state: State, event: &PointerEvent, x: f64) {
        if event.button() > 1 {
            return;
        }
        let finger = Finger {
            id: event.pointer_id(),
            x,
            start_x: x,
        };
        self.fingers.push(finger);
        let pan = event.shift_key() || event.button() == 1;
        self.doing = Some(if self.fingers.len() == 2 {
            Doing::Pinching
        } else if event.pointer_type() == "touch" {
            Doing::Panning {
                from: state.scale.get_untracked(),
            }
        } else {
            Doing::Waiting { shift: pan }
        });
    }

    /// A pointer moved. True while it is dragging.
    pub fn moved(&mut self, state: State, event: &PointerEvent, x: f64) -> bool {
        let Some(at) = self.fingers.iter().position(|f| f.id == event.pointer_id()) else {
            return false;
        };
        let before = self.fingers.clone();
        if let Some(finger) = self.fingers.get_mut(at) {
            finger.x = x;
        }
        let scale = state.scale.get_untracked();
        let Some(start_x) = self.fingers.get(at).map(|finger| finger.start_x) else {
            return false;
        };
        match self.doing {
            Some(Doing::Waiting { shift }) if (x - start_x).abs() > SLACK => {
                self.doing = Some(if shift {
                    Doing::Panning { from: scale }
                } else {
                    Doing::Spanning {
                        anchor: scale.time_at(start_x),
                    }
                });
                true
            }
            Some(Doing::Spanning { anchor }) => {
                let other = scale.time_at(x);
                let span = [anchor.min(other) as i64, anchor.max(other) as i64];
                state.select_span(Some(span));
                true
            }
            Some(Doing::Panning { from }) => {
                state.show(from.panned(start_x - x));
                (x - start_x).abs() > SLACK
            }
            Some(Doing::Pinching) => {
                pinch(state, scale, &before, &self.fingers);
                true
            }
            _ => false,
        }
    }

    /// A pointer went up. True if it was a click: it never moved far.
    pub fn up(&mut self, event: &PointerEvent) -> bool {
        let finger = self
            .fingers
            .iter()
            .find(|f| f.id == event.pointer_id())
            .copied();
        self.fingers.retain(|f| f.id != event.pointer_id());
        let doing = self.doing;
        if self.fingers.is_empty() {
            self.doing = None;
        }
        let still = finger.is_some_and(|finger| (finger.x - finger.start_x).abs() <= SLACK);
        still && matches!(doing, Some(Doing::Waiting { .. } | Doing::Panning { .. }))
    }
}

fn pinch(state: State, scale: Scale, before: &[Finger], now: &[Finger]) {
    let ([a0, b0], [a1, b1]) = (pair(before), pair(now));
    let (gap0, gap1) = ((b0 - a0).abs().max(8.0), (b1 - a1).abs().max(8.0));
    let (middle0, middle1) = (f64::midpoint(a0, b0), f64::midpoint(a1, b1));
    state.show(scale.panned(middle0 - middle1).zoomed(middle1, gap1 / gap0));
}

fn pair(fingers: &[Finger]) -> [f64; 2] {
    match fingers {
        [a, b, ..] => [a.x, b.x],
        [a] => [a.x, a.x],
        [] => [0.0, 0.0],
    }
}
