//! All SIMs at once, a pixel or less each: an outage is a column, a SIM that went dark is a row. A drag zooms into lanes and
//! time, a click goes to the lane.

use std::sync::Arc;

use crate::app::var::{Var, effect};
use leptos::prelude::*;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData, PointerEvent, WheelEvent};

use crate::engine::protocol::{Command, FleetQuery};
use crate::timeline::{Scale, raster::mix_row};

use super::canvas::ratio;
use super::gestures::{on_element, on_wheel};
use super::state::{FleetPicture, State, use_state};
use super::words;

/// Lanes that would be at least this tall are shown one by one again, CSS pixels.
const LEAST_LANE_PX: f64 = 10.0;
/// Pixels before a press becomes a drag.
const SLACK: f64 = 4.0;

/// Shows all lanes at once, or the lanes one by one.
pub fn switch(state: State) {
    let next = state
        .fleet_lanes
        .get_untracked()
        .is_none()
        .then_some((0, 0));
    show(state, next);
}

fn show(state: State, lanes: Option<(u32, u32)>) {
    state.fleet_lanes.set(lanes);
    if lanes.is_none() {
        state.fleet.set(None);
        state.command(&Command::Fleet(None));
    }
}

/// Where a drag began and where it is, CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Drag {
    from: (f64, f64),
    to: (f64, f64),
}

/// The picture of the whole fleet.
#[component]
pub fn FleetView() -> impl IntoView {
    let state = use_state();
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    let drag = Var::new(None::<Drag>);
    let height = Var::new(0.0_f64);
    effect(move || {
        let (lanes, scale) = (state.fleet_lanes.get(), state.scale.get());
        // The pane is as high as the list of lanes that it covers.
        let pane = state.height.get();
        state.settings.track();
        height.set(pane);
        let Some((first, count)) = lanes else { return };
        let (from, to) = scale.window();
        let ratio = ratio();
        state.command(&Command::Fleet(Some(FleetQuery {
            from,
            to,
            width: (scale.width() * ratio) as u32,
            height: (pane * ratio) as u32,
            first,
            count,
        })));
    });
    effect(move || {
        let (picture, scale, palette) = (state.fleet.get(), state.scale.get(), state.palette.get());
        let colour = state.settings.with(|settings| settings.colour);
        let pane = height.get();
        if let (Some(canvas), Some(picture)) = (canvas.get(), picture) {
            let theme = palette.theme(colour);
            if let Err(error) = paint(&canvas, &picture, scale, pane, &theme) {
                super::report::report("simscope: the fleet could not be painted.", &error);
            }
        }
    });
    hands(state, canvas, drag);
    let said = move || {
        let shown = state.fleet.with(|fleet| {
            fleet
                .as_ref()
                .map(|fleet| (fleet.meta.count, fleet.meta.total))
        });
        shown.map(|(count, total)| {
            let all = words::counted(u64::from(total), "SIM", "SIMs");
            if count == total {
                format!("All {all}. Drag to zoom into SIMs and time; click to go to one.")
            } else {
                format!(
                    "{} of {all}. Drag to zoom in.",
                    words::count(u64::from(count))
                )
            }
        })
    };
    view! {
        <div class="fleet" style:height=move || words::px(height.get())>
            <div class="fleet-bands" aria-hidden="true">{move || bands(state, height.get())}</div>
            <div class="fleet-picture">
                <canvas node_ref=canvas role="img" aria-label="All SIMs at once: a row for each, lighter where it is offline"></canvas>
                {move || {
                    drag.get()
                        .map(|drag| {
                            let (x, y) = (drag.from.0.min(drag.to.0), drag.from.1.min(drag.to.1));
                            view! {
                                <i
                                    class="fleet-drag"
                                    style:left=words::px(x)
                                    style:top=words::px(y)
                                    style:width=words::px((drag.to.0 - drag.from.0).abs())
                                    style:height=words::px((drag.to.1 - drag.from.1).abs())
                                ></i>
                            }
                        })
                }}
            </div>
            <p class="fleet-said" role="status">
                {said}
                " "
                <button type="button" class="button" on:click=move |_| show(state, None)>
                    "Back to lanes"
                </button>
            </p>
        </div>
    }
}

/// The names of the groups beside their part of the picture, where there is room for them.
fn bands(state: State, height: f64) -> Vec<AnyView> {
    let picture = state.fleet.get();
    let meta = picture.as_ref().map(|picture| &picture.meta);
    let Some(meta) = meta.filter(|meta| meta.count > 0) else {
        return Vec::new();
    };
    let lane_px = height / f64::from(meta.count);
    let bands = meta.bands.iter().map(|band| {
        let label = if band.country {
            words::country(&band.label)
        } else {
            band.label.clone()
        };
        let tall = f64::from(band.sims) * lane_px;
        let text =
            (tall >= 15.0).then(|| format!("{label} · {}", words::count(u64::from(band.sims))));
        view! {
            <div
                style:top=words::px(f64::from(band.first - meta.first) * lane_px)
                style:height=words::px(tall)
                title=label
            >
                {text}
            </div>
        }
        .into_any()
    });
    bands.collect()
}

/// Paints the picture as the window is now, also while the next one is under way.
pub fn paint(
    canvas: &HtmlCanvasElement,
    picture: &Arc<FleetPicture>,
    scale: Scale,
    pane: f64,
    theme: &crate::timeline::raster::Theme,
) -> Result<(), JsValue> {
    let ratio = ratio();
    let (width, height) = ((scale.width() * ratio) as u32, (pane * ratio) as u32);
    if width == 0 || height == 0 {
        return Ok(());
    }
    canvas.set_width(width);
    canvas.set_height(height);
    let meta = &picture.meta;
    let own = (meta.to - meta.from) as f64 / f64::from(meta.width.max(1));
    let device = Scale::new(scale.from_ms(), scale.to_ms(), f64::from(width));
    // Which column of the picture lies at each column of the canvas.
    let columns: Vec<u32> = (0..width)
        .map(|x| {
            let at = (device.time_at(f64::from(x) + 0.5) - meta.from as f64) / own;
            if at >= 0.0 && at < f64::from(meta.width) {
                at as u32
            } else {
                u32::MAX
            }
        })
        .collect();
    let mut pixels = vec![0_u8; (width * height * 4) as usize];
    let line = meta.width as usize;
    for (y, out) in pixels.chunks_exact_mut(width as usize * 4).enumerate() {
        let row = (y * meta.height as usize / height as usize) * line;
        let colours = picture.colour.get(row..row + line).unwrap_or_default();
        let up = picture.up.get(row..row + line).unwrap_or_default();
        mix_row(out, (colours, up), &columns, theme);
    }
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or("no 2d context")?
        .dyn_into()?;
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), width, height)?;
    context.put_image_data(&image, 0.0, 0.0)
}

fn hands(state: State, canvas: NodeRef<leptos::html::Canvas>, drag: Var<Option<Drag>>) {
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let target: &web_sys::EventTarget = canvas.as_ref();
        let place =
            |event: &PointerEvent| (f64::from(event.offset_x()), f64::from(event.offset_y()));
        on_element(target, "wheel", move |event: WheelEvent| {
            on_wheel(state, &event, f64::from(event.offset_x()));
        });
        let element = canvas.clone();
        on_element(target, "pointerdown", move |event: PointerEvent| {
            // A pointer that is gone already cannot be captured; it then also sends no more.
            let _ = element.set_pointer_capture(event.pointer_id());
            let at = place(&event);
            drag.set(Some(Drag { from: at, to: at }));
        });
        on_element(target, "pointermove", move |event: PointerEvent| {
            if let Some(held) = drag.get_untracked() {
                let to = place(&event);
                drag.set(Some(Drag { to, ..held }));
            }
        });
        on_element(target, "pointercancel", move |_: PointerEvent| {
            drag.set(None);
        });
        on_element(target, "pointerup", move |_: PointerEvent| {
            let Some(held) = drag.get_untracked() else {
                return;
            };
            drag.set(None);
            end(state, held);
        });
    });
}

/// A click goes to the lane, a drag into lanes and time.
fn end(state: State, drag: Drag) {
    let meta = state
        .fleet
        .with_untracked(|fleet| fleet.as_ref().map(|fleet| fleet.meta.clone()));
    let Some(meta) = meta.filter(|meta| meta.count > 0) else {
        return;
    };
    let pane = state.height.get_untracked().max(1.0);
    let lane_at = |y: f64| {
        let share = (y / pane).clamp(0.0, 1.0);
        ((share * f64::from(meta.count)) as u32).min(meta.count - 1)
    };
    let (left, right) = (drag.from.0.min(drag.to.0), drag.from.0.max(drag.to.0));
    let (top, bottom) = (drag.from.1.min(drag.to.1), drag.from.1.max(drag.to.1));
    if right - left < SLACK && bottom - top < SLACK {
        let at = meta.first + lane_at(drag.to.1);
        show(state, None);
        state.command(&Command::SelectLaneAt { at });
        return;
    }
    let scale = state.scale.get_untracked();
    if right - left >= SLACK {
        let (from, to) = (scale.time_at(left), scale.time_at(right));
        state.show(Scale::new(from, to, scale.width()));
    }
    if bottom - top < SLACK {
        return;
    }
    let (first, last) = (lane_at(top), lane_at(bottom));
    let (first, count) = (meta.first + first, last - first + 1);
    if pane / f64::from(count) >= LEAST_LANE_PX {
        show(state, None);
        state.command(&Command::SelectLaneAt { at: first });
    } else {
        show(state, Some((first, count)));
    }
}
