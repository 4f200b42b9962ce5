//! What pointers do on the timeline: choose a span, move its edges, move and zoom in time, measure.
//! Whatever is held stays under the finger that holds it: every step begins from the instants that
//! were taken hold of, so nothing adds up.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::PointerEvent;

use crate::timeline::{Measure, Point, Zooming, pinched};

use super::aim::snapped;
use super::state::State;

/// Pixels before a press of a mouse becomes a drag.
const SLACK: f64 = 4.0;
/// The same for a finger, which is broader.
const TOUCH_SLACK: f64 = 8.0;
/// A finger that rests so long begins a span.
const LONG_PRESS: Duration = Duration::from_millis(450);
/// Pixels beside an edge of the span that still hold it.
const EDGE_PX: f64 = 5.0;
/// While a span is dragged beyond the canvas, the time moves by so many times the distance each second.
const AUTO_PAN: f64 = 6.0;
const MOST_BEYOND: f64 = 200.0;

/// What a press becomes when it moves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Then {
    Span,
    /// An edge of the span: the other one stays.
    Edge(i64),
    Pan,
    Measure,
    Touch,
}

/// What the pointers that are down do.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Doing {
    /// Nothing yet: it has not moved far enough.
    Waiting(Then),
    /// Chooses a span from this instant; before it there was another one, or none.
    Spanning {
        fixed: i64,
        before: Option<[i64; 2]>,
    },
    /// Holds this instant.
    Panning(f64),
    /// Two fingers hold these instants; the list was scrolled so far with their middle at this height.
    Pinching {
        held: [f64; 2],
        top: f32,
        y: f64,
    },
    Measuring,
    /// It was given up: what is still down does nothing.
    Over,
}

#[derive(Debug, Clone, Copy)]
struct Finger {
    id: i32,
    x: f64,
    y: f64,
    start: (f64, f64),
}

/// The pointers that are down on the timeline.
#[derive(Debug, Default)]
pub struct Hands {
    fingers: Vec<Finger>,
    doing: Option<Doing>,
    /// Presses so far: a long press is known by its number.
    presses: u32,
    /// Alt is held: no snapping.
    free: bool,
    /// When the time was moved last because the pointer is beyond the canvas.
    beyond_at: Option<f64>,
    /// What is left of zooms that were too small.
    pub zooming: Zooming,
}

impl Hands {
    /// Whether something is held: the range is not at rest.
    pub fn are_busy(&self) -> bool {
        !self.fingers.is_empty()
    }

    /// Whether the browser must not take the touch for scrolling.
    pub fn hold_the_touch(&self) -> bool {
        self.fingers.len() > 1
            || matches!(
                self.doing,
                Some(Doing::Spanning { .. } | Doing::Panning(_) | Doing::Over)
            )
    }

    /// Puts instants that were read off the drawing where they are.
    pub fn correct(&mut self, put: impl Fn(i64) -> i64) {
        if let Some(Doing::Spanning { fixed, .. }) = &mut self.doing {
            *fixed = put(*fixed);
        }
    }

    /// A pointer went down.
    pub fn down(&mut self, state: State, event: &PointerEvent, (x, y): (f64, f64)) {
        if event.button() > 1 || self.fingers.len() > 1 {
            return;
        }
        self.presses += 1;
        self.free = event.alt_key();
        self.fingers.push(Finger {
            id: event.pointer_id(),
            x,
            y,
            start: (x, y),
        });
        if self.fingers.len() == 2 {
            self.take_hold(state);
            return;
        }
        let then = if event.pointer_type() == "touch" {
            let press = self.presses;
            set_timeout(move || long_press(state, press), LONG_PRESS);
            Then::Touch
        } else if event.shift_key() || event.button() == 1 {
            Then::Pan
        } else if state.aim.measure.get_untracked() != Measure::Off {
            Then::Measure
        } else {
            edge_at(state, x).map_or(Then::Span, Then::Edge)
        };
        self.doing = Some(Doing::Waiting(then));
    }

    /// A pointer moved. True while it is dragging.
    pub fn moved(&mut self, state: State, event: &PointerEvent, (x, y): (f64, f64)) -> bool {
        let id = event.pointer_id();
        let Some(finger) = self.fingers.iter_mut().find(|finger| finger.id == id) else {
            return false;
        };
        (finger.x, finger.y) = (x, y);
        let finger = *finger;
        self.free = event.alt_key();
        if let Some(Doing::Waiting(then)) = self.doing {
            self.begin(state, then, finger);
        }
        let scale = state.scale.get_untracked();
        match self.doing {
            Some(Doing::Spanning { .. }) => {
                self.span(state);
                self.pan_beyond(state);
            }
            Some(Doing::Panning(held)) => state.show(scale.panned(scale.x_at(held) - x)),
            Some(Doing::Pinching { held, top, y }) => {
                if let [a, b] = self.fingers[..] {
                    state.show(pinched(&scale, [(held[0], a.x), (held[1], b.x)]));
                    let down = f64::midpoint(a.y, b.y) - y;
                    super::timeline_pane::scroll_to(state, top - down as f32);
                }
            }
            Some(Doing::Measuring) => {
                let found = self.snapped(state, x, y);
                state.aim.point_out(found.1);
            }
            Some(Doing::Over) => {}
            Some(Doing::Waiting(_)) | None => return false,
        }
        true
    }

    /// A pointer went up. True if it was a click that chooses: it never moved far.
    pub fn up(&mut self, state: State, event: &PointerEvent) -> bool {
        let id = event.pointer_id();
        let Some(at) = self.fingers.iter().position(|finger| finger.id == id) else {
            return false;
        };
        let finger = self.fingers.remove(at);
        self.presses += 1;
        let doing = self.doing.take();
        if let Some(rest) = self.fingers.first() {
            // The finger that stays holds what lies under it now.
            let scale = state.scale.get_untracked();
            self.doing = Some(Doing::Panning(scale.time_at(rest.x)));
            return false;
        }
        self.beyond_at = None;
        state.aim.spanning.set(false);
        let measures = state.aim.measure.get_untracked() != Measure::Off;
        match doing {
            Some(Doing::Waiting(Then::Measure) | Doing::Measuring) => {
                self.set_point(state, (finger.x, finger.y));
                false
            }
            Some(Doing::Waiting(Then::Touch)) if measures => {
                self.set_point(state, (finger.x, finger.y));
                state.aim.point_out(None);
                false
            }
            other => {
                state.aim.point_out(None);
                matches!(other, Some(Doing::Waiting(_)))
            }
        }
    }

    /// A pointer is gone without having gone up: the browser scrolls with it.
    pub fn lost(&mut self, state: State, event: &PointerEvent) {
        self.fingers
            .retain(|finger| finger.id != event.pointer_id());
        self.presses += 1;
        if self.fingers.is_empty() {
            self.doing = None;
            self.beyond_at = None;
            state.aim.spanning.set(false);
            state.aim.point_out(None);
        }
    }

    /// Gives up a span that is being dragged: the one before is chosen again. False where there is none.
    pub fn give_up(&mut self, state: State) -> bool {
        let Some(Doing::Spanning { before, .. }) = self.doing else {
            return false;
        };
        self.doing = Some(Doing::Over);
        self.beyond_at = None;
        state.aim.spanning.set(false);
        state.aim.point_out(None);
        state.select_span(before);
        true
    }

    fn snapped(&self, state: State, x: f64, y: f64) -> (i64, Option<super::aim::Cue>) {
        if self.free {
            let time = state.scale.get_untracked().time_at(x);
            (time.round() as i64, None)
        } else {
            snapped(state, x, y)
        }
    }

    /// A press has moved: far enough to be a drag?
    fn begin(&mut self, state: State, then: Then, finger: Finger) {
        let (dx, dy) = (
            (finger.x - finger.start.0).abs(),
            (finger.y - finger.start.1).abs(),
        );
        let far = match then {
            // Upwards and downwards the browser scrolls.
            Then::Touch => dx > TOUCH_SLACK && dx > dy,
            _ => dx > SLACK,
        };
        if !far {
            return;
        }
        let (x, y) = finger.start;
        match then {
            Then::Span => self.begin_span(state, x, y),
            Then::Edge(fixed) => {
                let before = state.selection.get_untracked().span;
                self.doing = Some(Doing::Spanning { fixed, before });
                state.aim.spanning.set(true);
            }
            Then::Pan | Then::Touch => {
                let scale = state.scale.get_untracked();
                self.doing = Some(Doing::Panning(scale.time_at(x)));
            }
            Then::Measure => {
                if !matches!(state.aim.measure.get_untracked(), Measure::Second(_)) {
                    self.set_point(state, (x, y));
                }
                self.doing = Some(Doing::Measuring);
            }
        }
    }

    fn begin_span(&mut self, state: State, x: f64, y: f64) {
        let (fixed, _) = self.snapped(state, x, y);
        let before = state.selection.get_untracked().span;
        self.doing = Some(Doing::Spanning { fixed, before });
        state.aim.moment.set(None);
        state.aim.spanning.set(true);
    }

    /// Chooses from the instant that is held to where the pointer is.
    fn span(&mut self, state: State) {
        let (Some(Doing::Spanning { fixed, .. }), Some(finger)) =
            (self.doing, self.fingers.first())
        else {
            return;
        };
        let width = state.scale.get_untracked().width();
        let (at, cue) = self.snapped(state, finger.x.max(0.0).min(width), finger.y);
        state.aim.point_out(cue);
        state.select_span(Some([fixed.min(at), fixed.max(at)]));
    }

    /// How far the pointer is beyond the canvas, to the left where negative.
    fn beyond(&self, state: State) -> f64 {
        let width = state.scale.get_untracked().width();
        self.fingers
            .first()
            .map_or(0.0, |finger| finger.x - finger.x.max(0.0).min(width))
    }

    fn pan_beyond(&mut self, state: State) {
        if self.beyond_at.is_none() && self.beyond(state) != 0.0 {
            self.beyond_at = Some(js_sys::Date::now());
            go_beyond(state);
        }
    }

    /// Moves the time on while a span is dragged beyond the canvas. False when that is over.
    fn step_beyond(&mut self, state: State) -> bool {
        let beyond = self.beyond(state).clamp(-MOST_BEYOND, MOST_BEYOND);
        let Some(last) = self.beyond_at.filter(|_| beyond != 0.0) else {
            self.beyond_at = None;
            return false;
        };
        let now = js_sys::Date::now();
        self.beyond_at = Some(now);
        let seconds = (now - last).clamp(0.0, 100.0) / 1000.0;
        let scale = state.scale.get_untracked();
        state.show(scale.panned(beyond * AUTO_PAN * seconds));
        self.span(state);
        true
    }

    /// Two fingers take hold of the instants below them.
    fn take_hold(&mut self, state: State) {
        let scale = state.scale.get_untracked();
        state.aim.spanning.set(false);
        state.aim.point_out(None);
        if let [a, b] = self.fingers[..] {
            self.doing = Some(Doing::Pinching {
                held: [scale.time_at(a.x), scale.time_at(b.x)],
                top: state.scroll_y.get_untracked(),
                y: f64::midpoint(a.y, b.y),
            });
        }
    }

    fn set_point(&self, state: State, (x, y): (f64, f64)) {
        let (at, _) = self.snapped(state, x, y);
        let y = y as f32 + state.scroll_y.get_untracked();
        state
            .aim
            .measure
            .update(|measure| *measure = measure.set(Point { at, y }));
    }
}

/// The other edge of the span, where one of its edges lies at this position.
pub fn edge_at(state: State, x: f64) -> Option<i64> {
    let scale = state.scale.get_untracked();
    let [from, to] = state.selection.get_untracked().span?;
    let off = |at: i64| (scale.x_at(at as f64) - x).abs();
    let (nearest, other) = if off(to) <= off(from) {
        (to, from)
    } else {
        (from, to)
    };
    (off(nearest) <= EDGE_PX).then_some(other)
}

fn long_press(state: State, press: u32) {
    state.aim.hands.try_update_value(|hands| {
        let rests = hands.presses == press && hands.doing == Some(Doing::Waiting(Then::Touch));
        if let Some(finger) = hands.fingers.first().copied().filter(|_| rests) {
            hands.begin_span(state, finger.x, finger.y);
            hands.span(state);
        }
    });
}

fn go_beyond(state: State) {
    request_animation_frame(move || {
        let goes_on = state
            .aim
            .hands
            .try_update_value(|hands| hands.step_beyond(state));
        if goes_on == Some(true) {
            go_beyond(state);
        }
    });
}
