//! What lies over the canvas: the line below the pointer, the instant that was gone to, the edge that
//! is snapped to, the length of a span while it is dragged, and the measuring. Takes no pointer.

use leptos::prelude::*;

use super::state::{State, use_state};
use super::words;
use crate::timeline::{Measure, Point, clock_duration, exact_duration};

/// Over the canvas.
#[component]
pub fn Overlays() -> impl IntoView {
    let state = use_state();
    let aim = state.aim;
    let x_of = move |at: i64| state.scale.with(|scale| scale.x_at(at as f64));
    let y_of = move |y: f32| f64::from(y) - f64::from(state.scroll_y.get());
    let span = move || {
        let shown = aim.spanning.get() && aim.measure.get() == Measure::Off;
        state
            .selection
            .with(|selection| selection.span)
            .filter(|_| shown)
    };
    view! {
        <div class="overlays" aria-hidden="true">
            {move || {
                aim.pointer
                    .get()
                    .map(|(x, _)| view! { <i class="crosshair" style:left=words::px(x)></i> })
            }}
            {move || {
                aim.moment
                    .get()
                    .map(|at| {
                        let left = words::px(x_of(at));
                        let zone = state.zone.get();
                        let text = words::exact_instant(at, &zone);
                        view! {
                            <i class="moment" style:left=left.clone()></i>
                            <span class="flag moment-flag" style:left=left>{text}</span>
                        }
                    })
            }}
            {move || {
                aim.cue
                    .get()
                    .map(|cue| {
                        view! {
                            <i
                                class="cue"
                                style:left=words::px(x_of(cue.at))
                                style:top=words::px(y_of(cue.y))
                            ></i>
                        }
                    })
            }}
            {move || {
                span()
                    .map(|[from, to]| {
                        let middle = f64::midpoint(x_of(from), x_of(to));
                        let left = inside(state, middle, 60.0);
                        view! {
                            <span class="flag span-length" style:left=words::px(left)>
                                {exact_duration(to - from)}
                            </span>
                        }
                    })
            }}
            {move || {
                let (first, second) = ends(state)?;
                let (a, b) = (x_of(first.at), x_of(second.at));
                let (left, y) = (a.min(b), y_of(second.y));
                let length = second.at - first.at;
                let middle = inside(state, f64::midpoint(a, b), 110.0);
                let up = y > state.height.get() - 40.0;
                Some(
                    view! {
                        <i class="measure-end" style:left=words::px(a)></i>
                        <i class="measure-end" style:left=words::px(b)></i>
                        <i
                            class="measure-line"
                            style:left=words::px(left)
                            style:top=words::px(y)
                            style:width=words::px((b - a).abs())
                        ></i>
                        <span
                            class="flag measure-length"
                            class:up=up
                            style:left=words::px(middle)
                            style:top=words::px(y)
                        >
                            <strong>{exact_duration(length)}</strong>
                            " "
                            <span class="mono">{clock_duration(length)}</span>
                        </span>
                    },
                )
            }}
            {move || hint(aim.measure.get()).map(|text| view! { <span class="flag measure-hint">{text}</span> })}
        </div>
        <p class="sr" role="status">
            {move || match aim.measure.get() {
                Measure::Done(a, b) => format!("Measured: {}", exact_duration(b.at - a.at)),
                other => hint(other).unwrap_or_default().to_owned(),
            }}
        </p>
    }
}

fn hint(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Off | Measure::Done(..) => None,
        Measure::First => Some("Measuring: click the first point. Esc ends."),
        Measure::Second(_) => Some("Click the second point. Esc ends."),
    }
}

/// The two points of the measuring; while the second is to be set, it is where the pointer is.
fn ends(state: State) -> Option<(Point, Point)> {
    match state.aim.measure.get() {
        Measure::Off | Measure::First => None,
        Measure::Done(first, second) => Some((first, second)),
        Measure::Second(first) => {
            let (x, y) = state.aim.pointer.get()?;
            let cue = state.aim.cue.get();
            let at = state.scale.with(|scale| scale.time_at(x).round() as i64);
            let second = Point {
                at: cue.map_or(at, |cue| cue.at),
                y: y as f32 + state.scroll_y.get(),
            };
            Some((first, second))
        }
    }
}

/// A position at which something of twice this width is in view.
fn inside(state: State, x: f64, half: f64) -> f64 {
    let width = state.scale.with(crate::timeline::Scale::width);
    x.min(width - half).max(half)
}

/// The instant below the pointer, in the axis.
#[component]
pub fn PointerTime() -> impl IntoView {
    let state = use_state();
    move || {
        let (x, _) = state.aim.pointer.get()?;
        let (scale, zone) = (state.scale.get(), state.zone.get());
        let at = scale.time_at(x).round() as i64;
        let text = if scale.ms_per_px() < 1000.0 {
            words::exact_instant(at, &zone)
        } else {
            words::instant(at, &zone)
        };
        Some(view! {
            <time
                class="pointer-time"
                datetime=words::iso(at)
                title=format!("The time below the pointer, in {}", zone.name())
                style:left=words::px(inside(state, x, 72.0))
            >
                {text}
            </time>
        })
    }
}
