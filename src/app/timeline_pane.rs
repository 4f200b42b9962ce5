//! The timeline: axis, lanes and the canvas beside them, in one scrolling list.

use std::cell::RefCell;
use std::rc::Rc;

use crate::app::var::{Var, effect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, HtmlElement, PointerEvent, WheelEvent};

use crate::engine::protocol::{Command, TimelineQuery};
use crate::timeline::{Hit, Measure, Scale, hit, ticks};

use super::canvas::{Painter, Picture, ratio};
use super::findings::Lines;
use super::fleet::FleetView;
use super::gestures::{on_element, on_wheel, position};
use super::hover_card::{HoverCard, Hovered};
use super::lanes::{LaneLabels, LanesHead, LeftOut, StickyHead};
use super::overlays::{Overlays, PointerTime};
use super::resize::on_resize;
use super::split::SplitLabels;
use super::state::{State, use_state};
use super::words;

/// Scrolls the list.
pub fn scroll_to(state: State, y: f32) {
    let root = state.root.get_value();
    if let Ok(Some(list)) = root.query_selector(".lanes-scroll") {
        list.set_scroll_top(y as i32);
    }
}

/// Scrolls the list just so far that a row from `y` to `bottom` (CSS pixels of the list) is in view, below the head of its
/// group.
pub fn reveal(state: State, y: f32, bottom: f32) {
    let (top, height) = (
        state.scroll_y.get_untracked(),
        state.height.get_untracked() as f32,
    );
    let head = state.shot.with_untracked(|shot| {
        let sticky = shot
            .frame
            .sticky
            .and_then(|at| shot.frame.rows.get(at as usize));
        sticky.map_or(0.0, |row| row.height)
    });
    if y < top + head {
        scroll_to(state, (y - head).max(0.0));
    } else if bottom > top + height {
        scroll_to(state, bottom - height);
    }
}

/// Axis, lanes and canvas.
#[component]
pub fn TimelinePane() -> impl IntoView {
    let state = use_state();
    let scroller = NodeRef::<leptos::html::Div>::new();
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    let hovered = Var::new(None::<Hovered>);
    let size = Var::new((0.0_f64, 0.0_f64));

    let axis = Memo::new(move |_| {
        let (scale, zone) = (state.scale.get(), state.zone.get());
        let (from, to) = scale.window();
        ticks(from, to, scale.width(), &|ms| zone.offset_minutes(ms))
    });
    watch_size(state, canvas, size);
    ask_for_frames(state, size);
    paint_when_needed(state, canvas, size, hovered, axis);
    hands(state, canvas, hovered);
    follow_measuring(state, canvas);

    let total = move || state.shot.with(|shot| f64::from(shot.total_height));
    let shows_fleet = move || state.fleet_lanes.with(Option::is_some);
    let on_scroll = move |event: ev::Event| {
        let list = event_target::<HtmlElement>(&event);
        state.scroll_y.set(list.scroll_top() as f32);
    };
    view! {
        <section class="timeline" part="timeline" aria-label="Timeline">
            <div class="axis">
                <LanesHead />
                <div class="ticks" aria-hidden="true">
                    {move || {
                        let axis = axis.get();
                        let context = axis.context.clone();
                        axis.minor
                            .into_iter()
                            .map(|tick| (tick, false))
                            .chain(axis.major.into_iter().map(|tick| (tick, true)))
                            .chain(context.map(|tick| (tick, true)))
                            .filter(|(tick, _)| !tick.label.is_empty())
                            .map(|(tick, major)| {
                                view! {
                                    <span
                                        class="tick"
                                        class:major=major
                                        style:left=words::px(tick.x)
                                    >
                                        {tick.label}
                                    </span>
                                }
                            })
                            .map(IntoAny::into_any).collect_view()
                    }}
                    <PointerTime />
                </div>
            </div>
            <div
                class="lanes-scroll"
                node_ref=scroller
                tabindex="0"
                role="group"
                aria-label="Lanes. The table of sessions below holds the same rows."
                on:scroll=on_scroll
            >
                <div class="lanes-size" style:height=move || words::px(total())>
                    <div class="lanes-view" style:height=move || words::px(state.height.get())>
                        <LaneLabels />
                        <canvas node_ref=canvas class="bars" aria-hidden="true"></canvas>
                        <Lines />
                        <Overlays />
                    </div>
                </div>
                <HoverCard hovered=hovered />
            </div>
            <StickyHead />
            <Show when=shows_fleet>
                <FleetView />
            </Show>
            <LeftOut />
            <SplitLabels />
        </section>
    }
}

/// Keeps canvas and scale as large as the pane.
fn watch_size(state: State, canvas: NodeRef<leptos::html::Canvas>, size: Var<(f64, f64)>) {
    effect(move || {
        let Some(element) = canvas.get() else { return };
        let list: Option<HtmlElement> = element
            .closest(".lanes-scroll")
            .ok()
            .flatten()
            .and_then(|list| list.dyn_into().ok());
        let Some(list) = list else { return };
        on_resize(&list, move |_, height| {
            let height = height.max(1.0);
            let width = f64::from(element.client_width()).max(1.0);
            if size.get_untracked() == (width, height) {
                return;
            }
            state.height.set(height);
            let scale = state.scale.get_untracked();
            if (scale.width() - width).abs() > 0.5 {
                let same = Scale::new(scale.from_ms(), scale.to_ms(), width);
                state.scale.set(same);
            }
            size.set((width, height));
        });
    });
}

/// Tells the engine what is on screen, with some around it, so that a small move shows no gap.
fn ask_for_frames(state: State, size: Var<(f64, f64)>) {
    effect(move || {
        let (width, height) = size.get();
        let (scale, scroll_y) = (state.scale.get(), state.scroll_y.get());
        if width < 2.0 {
            return;
        }
        let wide = Scale::new(scale.from_ms(), scale.to_ms(), width);
        let query = timeline_query(wide, ratio(), scroll_y, height as f32);
        state.command(&Command::Timeline(query));
    });
}

/// What is asked of the engine for a window: a little more on each side, so that what moves into view before the next frame is
/// there.
pub fn timeline_query(scale: Scale, ratio: f64, top: f32, height: f32) -> TimelineQuery {
    let margin = scale.span_ms() / 12.0;
    let (from, to) = (
        (scale.from_ms() - margin).floor() as i64,
        (scale.to_ms() + margin).ceil() as i64,
    );
    let device_width = (to - from) as f64 / scale.ms_per_px() * ratio;
    TimelineQuery {
        from,
        to,
        width: device_width as f32,
        ratio: ratio as f32,
        top,
        height,
    }
}

/// Paints at most once per frame of the browser, and only when something changed.
fn paint_when_needed(
    state: State,
    canvas: NodeRef<leptos::html::Canvas>,
    size: Var<(f64, f64)>,
    hovered: Var<Option<Hovered>>,
    axis: Memo<crate::timeline::Ticks>,
) {
    let painter = Rc::new(RefCell::new(Painter::default()));
    let scheduled = StoredValue::new_local(false);
    effect(move || {
        size.track();
        state.shot.track();
        state.scale.track();
        state.scroll_y.track();
        state.selection.track();
        state.picked.track();
        state.palette.track();
        state.summary.with(|summary| summary.as_of);
        state.settings.with(|settings| settings.colour);
        hovered.with(|hovered| hovered.as_ref().and_then(|hovered| hovered.session));
        axis.track();
        if scheduled.get_value() {
            return;
        }
        scheduled.set_value(true);
        let painter = painter.clone();
        request_animation_frame(move || {
            if scheduled.try_set_value(false).is_some() {
                return;
            }
            if let Some(canvas) = canvas.try_get_untracked().flatten() {
                paint_now(
                    state,
                    &canvas,
                    &mut painter.borrow_mut(),
                    size,
                    hovered,
                    axis,
                );
            }
        });
    });
}

fn paint_now(
    state: State,
    canvas: &HtmlCanvasElement,
    painter: &mut Painter,
    size: Var<(f64, f64)>,
    hovered: Var<Option<Hovered>>,
    axis: Memo<crate::timeline::Ticks>,
) {
    let ratio = ratio();
    let (width, height) = size.get_untracked();
    let (w, h) = (
        (width * ratio).round() as u32,
        (height * ratio).round() as u32,
    );
    if (canvas.width(), canvas.height()) != (w, h) {
        canvas.set_width(w);
        canvas.set_height(h);
    }
    let grid: Vec<f64> = axis.with_untracked(|axis| {
        let lines = axis.minor.iter().chain(&axis.major);
        lines.map(|tick| tick.x).collect()
    });
    let palette = state.palette.get_untracked();
    let shot = state.shot.get_untracked();
    let painted = state.picked.with_untracked(|picked| {
        painter.paint(
            canvas,
            &Picture {
                frame: &shot.frame,
                scale: state.scale.get_untracked(),
                scroll_y: state.scroll_y.get_untracked(),
                selection: state.selection.get_untracked(),
                picked,
                hovered: hovered.with_untracked(|h| h.as_ref().and_then(|h| h.session)),
                as_of: state.summary.with_untracked(|summary| summary.as_of),
                grid: &grid,
                palette: &palette,
                colour: state.settings.with_untracked(|settings| settings.colour),
                ratio,
                height: f64::from(h),
            },
        )
    });
    if let Err(error) = painted {
        super::report::report("simscope: the timeline could not be painted.", &error);
    }
}

/// What lies at a position of the canvas, CSS pixels.
fn at(state: State, x: f64, y: f64) -> Option<Hovered> {
    let shot = state.shot.get_untracked();
    let frame = &shot.frame;
    let scale = state.scale.get_untracked();
    let own = (frame.to - frame.from) as f64 / f64::from(frame.width.max(1.0));
    let frame_x = (scale.time_at(x) - frame.from as f64) / own.max(f64::MIN_POSITIVE);
    let scroll_y = state.scroll_y.get_untracked();
    let list_y = y as f32 + scroll_y;
    // The head of a group that stands at the top lies over the lanes.
    let over = frame.sticky.zip(frame.sticky_row(scroll_y));
    if let Some((head, row)) = over
        && list_y < row.y + row.height
    {
        return Hovered::new(&shot, Hit::Row(head as usize), x, y);
    }
    let found = hit(frame, frame_x as f32, list_y)?;
    Hovered::new(&shot, found, x, y)
}

fn hands(state: State, canvas: NodeRef<leptos::html::Canvas>, hovered: Var<Option<Hovered>>) {
    let (aim, hands) = (state.aim, state.aim.hands);
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let target: &web_sys::EventTarget = canvas.as_ref();
        let element: HtmlElement = canvas.clone().into();
        let place = move |event: &web_sys::MouseEvent| position(&element, event);
        let at_wheel = place.clone();
        on_element(target, "wheel", move |event: WheelEvent| {
            on_wheel(state, &event, at_wheel(&event).0);
        });
        let (element, at_down) = (canvas.clone(), place.clone());
        on_element(target, "pointerdown", move |event: PointerEvent| {
            // A pointer that is gone already cannot be captured; it then also sends no more.
            let _ = element.set_pointer_capture(event.pointer_id());
            hands.update_value(|hands| hands.down(state, &event, at_down(&event)));
        });
        let (element, at_move) = (canvas.clone(), place.clone());
        on_element(target, "pointermove", move |event: PointerEvent| {
            let (x, y) = at_move(&event);
            let dragging = hands.try_update_value(|hands| hands.moved(state, &event, (x, y)));
            let dragging = dragging == Some(true);
            let touch = event.pointer_type() == "touch";
            let within = (0.0..=state.scale.get_untracked().width()).contains(&x);
            aim.pointer.set((!touch && within).then_some((x, y)));
            let found = if dragging { None } else { at(state, x, y) };
            if hovered.with_untracked(|known| *known != found) {
                hovered.set(found);
            }
            if !dragging {
                hover(state, &element, (x, y), touch || event.alt_key());
            }
        });
        let at_up = place.clone();
        on_element(target, "pointerup", move |event: PointerEvent| {
            let (x, y) = at_up(&event);
            if hands.try_update_value(|hands| hands.up(state, &event)) == Some(true) {
                aim.moment.set(None);
                click(state, (x, y), event.ctrl_key() || event.meta_key());
            }
        });
        on_element(target, "pointercancel", move |event: PointerEvent| {
            hands.update_value(|hands| hands.lost(state, &event));
        });
        on_element(target, "pointerleave", move |_: PointerEvent| {
            hovered.set(None);
            aim.pointer.set(None);
            if !hands.with_value(super::hands::Hands::are_busy) {
                aim.point_out(None);
            }
        });
        for name in ["touchstart", "touchmove", "contextmenu"] {
            on_element(target, name, move |event: web_sys::Event| {
                if event.cancelable() && hands.with_value(super::hands::Hands::hold_the_touch) {
                    event.prevent_default();
                }
            });
        }
        on_element(target, "dblclick", move |event: web_sys::MouseEvent| {
            if aim.measure.get_untracked() == Measure::Off {
                let scale = state.scale.get_untracked();
                state.show(scale.zoomed(place(&event).0, 2.0));
            }
        });
    });
}

/// The cursor follows the measuring also while the pointer rests.
fn follow_measuring(state: State, canvas: NodeRef<leptos::html::Canvas>) {
    effect(move || {
        state.aim.measure.track();
        if let Some(canvas) = canvas.get() {
            let place = state.aim.pointer.get_untracked();
            hover(state, &canvas, place.unwrap_or((f64::MIN, 0.0)), false);
        }
    });
}

/// While nothing is held: the cursor over an edge of the span, and what measuring would snap to.
fn hover(state: State, canvas: &HtmlCanvasElement, (x, y): (f64, f64), free: bool) {
    let measures = state.aim.measure.get_untracked() != Measure::Off;
    let over = if measures {
        "measure"
    } else if super::hands::edge_at(state, x).is_some() {
        "edge"
    } else {
        ""
    };
    if canvas.get_attribute("data-over").as_deref() != Some(over) {
        // An attribute of that name can be set.
        let _ = canvas.set_attribute("data-over", over);
    }
    if measures {
        let found = if free {
            None
        } else {
            super::aim::snapped(state, x, y).1
        };
        state.aim.point_out(found);
    }
}

/// Chooses what lies there, or puts the session there into those that are summed.
fn click(state: State, (x, y): (f64, f64), picks: bool) {
    let found = at(state, x, y);
    if let Some(session) = found.as_ref().and_then(|found| found.session)
        && picks
    {
        state.pick(session);
        return;
    }
    let Some(found) = found else {
        state.select(crate::engine::protocol::Selection::default());
        return;
    };
    let selection = crate::engine::protocol::Selection {
        lane: found.lane,
        session: found.session,
        event: found.event,
        span: state.selection.get_untracked().span,
    };
    state.select(selection);
}
