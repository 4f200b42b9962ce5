//! The strip over all that is loaded, with the window as a frame that can be dragged.

use crate::app::var::{Var, effect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use crate::engine::protocol::{Command, Overview};
use crate::timeline::Scale;

use super::gestures::on_element;
use super::resize::on_resize;
use super::state::{State, use_state};
use super::words;

/// Which part of the window is held.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Held {
    Left,
    Right,
    /// The whole, at so many milliseconds from its left edge.
    Whole(f64),
}

/// Pixels beside an edge that still hold it.
const EDGE_PX: f64 = 7.0;

/// Figures, and the strip.
#[component]
pub fn OverviewStrip() -> impl IntoView {
    let state = use_state();
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    let width = Var::new(0.0_f64);
    effect(move || {
        // The strip is as wide as the timeline below it.
        let timeline = state.scale.with(Scale::width);
        if (width.get_untracked() - timeline).abs() > 0.5 {
            width.set(timeline);
            let buckets = (timeline / 2.0).round().max(1.0) as u32;
            state.command(&Command::Overview { buckets });
        }
    });
    let height = Var::new(0.0_f64);
    effect(move || {
        if let Some(canvas) = canvas.get() {
            on_resize(&canvas, move |_, tall| height.set(tall));
        }
    });
    effect(move || {
        let (overview, palette) = (state.overview.get(), state.palette.get());
        let size = (width.get(), height.get());
        if let Some(canvas) = canvas.get() {
            let colours = (palette.token("--overview-bar"), palette.token("--line"));
            if let Err(error) = paint(&canvas, &overview, size, colours) {
                super::report::report("simscope: the overview could not be painted.", &error);
            }
        }
    });
    hold_window(state, canvas);
    let totals = move || {
        state.summary.with(|summary| {
            let totals = summary.totals;
            (
                words::counted(u64::from(totals.sims), "SIM", "SIMs"),
                words::counted(u64::from(totals.sessions), "session", "sessions"),
                words::count(u64::from(totals.open)),
                words::count(u64::from(summary.silent)),
            )
        })
    };
    view! {
        <div class="overview" part="overview">
            <div class="totals" aria-live="off">
                <div title=move || format!("{} · {}", totals().0, totals().1)>
                    <strong>{move || totals().0}</strong> " · " <strong>{move || totals().1}</strong>
                </div>
                <div>
                    "open " <strong>{move || totals().2}</strong> " · silent > 24 h "
                    <strong>{move || totals().3}</strong>
                </div>
                <button
                    type="button"
                    class="fleet-switch"
                    aria-label="All SIMs at once"
                    aria-pressed=move || state.fleet_lanes.with(Option::is_some).to_string()
                    title="All SIMs at once, a pixel or less each"
                    on:click=move |_| super::fleet::switch(state)
                >
                    "▤"
                </button>
            </div>
            <div class="strip">
                <canvas node_ref=canvas aria-hidden="true"></canvas>
                <WindowFrame />
            </div>
        </div>
    }
}

/// Where the window lies in the strip, in percent.
#[component]
fn WindowFrame() -> impl IntoView {
    let state = use_state();
    let edges = move || {
        let overview = state.overview.get();
        let span = (overview.to - overview.from).max(1) as f64;
        let scale = state.scale.get();
        let share = |ms: f64| ((ms - overview.from as f64) / span).clamp(0.0, 1.0) * 100.0;
        (share(scale.from_ms()), share(scale.to_ms()))
    };
    view! {
        <div
            class="window"
            style:left=move || words::fixed(edges().0, 3) + "%"
            style:width=move || words::fixed((edges().1 - edges().0).max(0.4), 3) + "%"
        >
            <i></i>
            <i></i>
        </div>
    }
}

fn paint(
    canvas: &HtmlCanvasElement,
    overview: &Overview,
    (width, height): (f64, f64),
    (bars, hatch): (&str, &str),
) -> Result<(), wasm_bindgen::JsValue> {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    canvas.set_width((width * ratio) as u32);
    canvas.set_height((height * ratio) as u32);
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or("no 2d context")?
        .dyn_into()?;
    context.scale(ratio, ratio)?;
    let span = (overview.to - overview.from).max(1) as f64;
    let x_of = |ms: i64| (ms - overview.from) as f64 / span * width;
    let most = overview.counts.iter().copied().max().unwrap_or(0).max(1);
    let step = width / overview.counts.len().max(1) as f64;
    context.set_fill_style_str(bars);
    for (at, count) in overview.counts.iter().enumerate() {
        let tall = f64::from(*count) / f64::from(most) * (height - 6.0);
        context.fill_rect(at as f64 * step, height - tall, step.max(1.0) - 0.4, tall);
    }
    if let Some(before) = overview.nothing_before {
        let edge = x_of(before).max(0.0).min(width);
        context.set_stroke_style_str(hatch);
        context.begin_path();
        let mut x = -height;
        while x < edge {
            context.move_to(x.max(0.0), height - (x.max(0.0) - x));
            let reach = (x + height).min(edge);
            context.line_to(reach, height - (reach - x));
            x += 6.0;
        }
        context.stroke();
    }
    Ok(())
}

fn hold_window(state: State, canvas: NodeRef<leptos::html::Canvas>) {
    let held = StoredValue::new_local(None::<Held>);
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let Some(strip) = canvas.parent_element() else {
            return;
        };
        let time_of = move |event: &PointerEvent, strip: &web_sys::Element| {
            let overview = state.overview.get_untracked();
            let rect = strip.get_bounding_client_rect();
            let share = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
            let span = (overview.to - overview.from).max(1) as f64;
            (
                overview.from as f64 + share * span,
                span / rect.width().max(1.0),
            )
        };
        let element = strip.clone();
        on_element(strip.as_ref(), "pointerdown", move |event: PointerEvent| {
            // A pointer that is gone already cannot be captured; it then also sends no more.
            let _ = element.set_pointer_capture(event.pointer_id());
            let (at, ms_per_px) = time_of(&event, &element);
            let scale = state.scale.get_untracked();
            let near = |edge: f64| (at - edge).abs() < EDGE_PX * ms_per_px;
            let hold = if near(scale.from_ms()) {
                Held::Left
            } else if near(scale.to_ms()) {
                Held::Right
            } else if (scale.from_ms()..scale.to_ms()).contains(&at) {
                Held::Whole(at - scale.from_ms())
            } else {
                Held::Whole(scale.span_ms() / 2.0)
            };
            held.set_value(Some(hold));
            move_window(state, hold, at);
        });
        let element = strip.clone();
        on_element(strip.as_ref(), "pointermove", move |event: PointerEvent| {
            if let Some(hold) = held.get_value() {
                move_window(state, hold, time_of(&event, &element).0);
            }
        });
        for name in ["pointerup", "pointercancel"] {
            on_element(strip.as_ref(), name, move |_: PointerEvent| {
                held.set_value(None);
            });
        }
    });
}

fn move_window(state: State, hold: Held, at: f64) {
    let scale = state.scale.get_untracked();
    let least = scale.ms_per_px() * 8.0;
    let (from, to) = match hold {
        Held::Left => (at.min(scale.to_ms() - least), scale.to_ms()),
        Held::Right => (scale.from_ms(), at.max(scale.from_ms() + least)),
        Held::Whole(ahead) => (at - ahead, at - ahead + scale.span_ms()),
    };
    state.show(Scale::new(from, to, scale.width()));
}
