//! Dividers that can be dragged, or moved by arrow keys.

use crate::app::var::Var;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use super::state::use_state;

/// A divider between two columns: sets the width of what is right of it.
#[component]
pub fn SplitColumn(
    /// The custom property that holds the width.
    property: &'static str,
    /// Least width, CSS pixels.
    least: f64,
    /// Most width, CSS pixels.
    most: f64,
) -> impl IntoView {
    divider(
        "split column",
        "vertical",
        property,
        least,
        most,
        |root, event| root.right() - f64::from(event.client_x()),
    )
}

/// A divider between two rows: sets the height of what is below it.
#[component]
pub fn SplitRow(
    /// The custom property that holds the height.
    property: &'static str,
    /// Least height, CSS pixels.
    least: f64,
    /// Most height, CSS pixels.
    most: f64,
) -> impl IntoView {
    divider(
        "split row",
        "horizontal",
        property,
        least,
        most,
        |root, event| root.bottom() - f64::from(event.client_y()),
    )
}

/// The divider between the labels of the lanes and the timeline.
#[component]
pub fn SplitLabels() -> impl IntoView {
    let from_left =
        |root: &web_sys::DomRect, event: &PointerEvent| f64::from(event.client_x()) - root.left();
    divider(
        "split labels-edge",
        "vertical",
        "--chosen-label-width",
        96.0,
        480.0,
        from_left,
    )
}

fn divider(
    class: &'static str,
    orientation: &'static str,
    property: &'static str,
    least: f64,
    most: f64,
    measure: fn(&web_sys::DomRect, &PointerEvent) -> f64,
) -> impl IntoView {
    let state = use_state();
    let held = Var::new(false);
    let size = Var::new(None::<f64>);
    let set = move |to: f64| {
        let to = to.max(least).min(most).round();
        size.set(Some(to));
        state.root.with_value(|root| {
            // Setting a custom property of that form does not fail.
            let _ = root.style().set_property(property, &super::words::px(to));
        });
    };
    let down = move |event: PointerEvent| {
        if let Some(target) = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlElement>().ok())
        {
            // A pointer that is gone already cannot be captured; it then also sends no more.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        held.set(true);
    };
    let moved = move |event: PointerEvent| {
        if held.get_untracked() {
            let rect = state
                .root
                .with_value(|root| root.get_bounding_client_rect());
            set(measure(&rect, &event));
        }
    };
    let key = move |event: KeyboardEvent| {
        let grows = match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => 16.0,
            "ArrowRight" | "ArrowDown" => -16.0,
            _ => return,
        };
        // What it sizes lies left of the labels' edge, and right of or below the others.
        let step = if property == "--chosen-label-width" {
            -grows
        } else {
            grows
        };
        event.prevent_default();
        set(size
            .get_untracked()
            .unwrap_or(f64::midpoint(least, most) * 0.8)
            + step);
    };
    view! {
        <div
            class=format!("{class} keeps-arrows")
            role="separator"
            tabindex="0"
            aria-orientation=orientation
            aria-label="Divider"
            aria-valuemin=(least as u32).to_string()
            aria-valuemax=(most as u32).to_string()
            aria-valuenow=move || (size.get().unwrap_or(least) as u32).to_string()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| held.set(false)
            on:pointercancel=move |_| held.set(false)
            on:keydown=key
        ></div>
    }
}
