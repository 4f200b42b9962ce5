//! What lies over the canvas: the line below the pointer, the instant that was gone to, the edge that
//! is snapped to, the length of a span while it is dragged, and the measuring. Takes no pointer.

use leptos::prelude::*;

use super::state::{State, use_state};
use super::words;
use crate::timeline::{Measure, Point, Scale, clock_duration, exact_duration};

/// A piece of what lies over the canvas, CSS pixels.
#[derive(Default)]
struct Piece {
    class: &'static str,
    left: f64,
    /// Null: as the style sheet says.
    top: Option<f64>,
    width: Option<f64>,
    text: String,
}

/// Over the canvas.
#[component]
pub fn Overlays() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="overlays" aria-hidden="true">
            {move || pieces(state).into_iter().map(draw).collect_view()}
        </div>
        <p class="sr" role="status">
            {move || match state.aim.measure.get() {
                Measure::Done(a, b) => format!("Measured: {}", exact_duration(b.at - a.at)),
                other => hint(other).unwrap_or_default().to_owned(),
            }}
        </p>
    }
}

fn draw(piece: Piece) -> AnyView {
    let px = |value: Option<f64>| value.map(words::px).unwrap_or_default();
    view! {
        <span
            class=piece.class
            style:left=words::px(piece.left)
            style:top=px(piece.top)
            style:width=px(piece.width)
        >
            {piece.text}
        </span>
    }
    .into_any()
}

fn pieces(state: State) -> Vec<Piece> {
    let aim = state.aim;
    let scale = state.scale.get();
    let x_of = |at: i64| scale.x_at(at as f64);
    let top = f64::from(state.scroll_y.get());
    let mut out = Vec::new();
    let mut line = |class, left| {
        out.push(Piece {
            class,
            left,
            ..Piece::default()
        });
    };
    if let Some((x, _)) = aim.pointer.get() {
        line("crosshair", x);
    }
    if let Some(at) = aim.moment.get() {
        line("moment", x_of(at));
        out.push(Piece {
            class: "flag moment-flag",
            left: x_of(at),
            text: words::exact_instant(at, &state.zone.get()),
            ..Piece::default()
        });
    }
    if let Some(cue) = aim.cue.get() {
        out.push(Piece {
            class: "cue",
            left: x_of(cue.at),
            top: Some(f64::from(cue.y) - top),
            ..Piece::default()
        });
    }
    if let Some([from, to]) = state.selection.get().span
        && aim.spanning.get()
    {
        out.push(Piece {
            class: "flag span-length",
            left: inside(&scale, f64::midpoint(x_of(from), x_of(to)), 60.0),
            text: exact_duration(to - from),
            ..Piece::default()
        });
    }
    if let Some((first, second)) = ends(state) {
        let (a, b) = (x_of(first.at), x_of(second.at));
        let y = f64::from(second.y) - top;
        let length = second.at - first.at;
        let up = y > state.height.get() - 40.0;
        for left in [a, b] {
            out.push(Piece {
                class: "measure-end",
                left,
                ..Piece::default()
            });
        }
        out.push(Piece {
            class: "measure-line",
            left: a.min(b),
            top: Some(y),
            width: Some((b - a).abs()),
            ..Piece::default()
        });
        out.push(Piece {
            class: if up {
                "flag measure-length up"
            } else {
                "flag measure-length"
            },
            left: inside(&scale, f64::midpoint(a, b), 110.0),
            top: Some(y),
            text: format!("{} · {}", exact_duration(length), clock_duration(length)),
            ..Piece::default()
        });
    }
    if let Some(text) = hint(aim.measure.get()) {
        out.push(Piece {
            class: "flag measure-hint",
            left: scale.width() / 2.0,
            text: text.to_owned(),
            ..Piece::default()
        });
    }
    out
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
fn inside(scale: &Scale, x: f64, half: f64) -> f64 {
    x.min(scale.width() - half).max(half)
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
                datetime=words::rfc3339(at)
                title=format!("The time below the pointer, in {}", zone.name())
                style:left=words::px(inside(&scale, x, 72.0))
            >
                {text}
            </time>
        })
    }
}
