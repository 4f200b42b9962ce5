//! Going to a part of the screen, and from SIM to SIM.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::state::{Pane, Sheet, State};
use crate::engine::protocol::{Command, Tab};

/// Selects another SIM of the list; the engine knows those that are not on screen.
pub fn step_lane(state: State, by: i32) {
    let from_y = state.scroll_y.get_untracked();
    state.command(&Command::StepLane { by, from_y });
}

/// How many SIMs are on screen, less one that stays.
pub fn screenful(state: State) -> i32 {
    let lane_px = match state.settings.with_untracked(|settings| settings.row_px) {
        0 => 28.0,
        px => f64::from(px),
    };
    let rows = (state.height.get_untracked() / lane_px) as i32;
    (rows - 1).max(1)
}

/// Moves the focus to an element below the root.
pub fn focus_field(state: State, selector: &str) {
    if let Some(element) = find(state, selector) {
        // Focus is refused only to what cannot have it; then it stays where it is.
        let _ = element.focus();
    }
}

fn find(state: State, selector: &str) -> Option<HtmlElement> {
    let root = state.root.get_value();
    let found = root.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// Goes to a pane: in a narrow window it is shown first.
pub fn go_to_pane(state: State, pane: Pane) {
    state.pane.set(pane);
    request_animation_frame(move || {
        focus_field(
            state,
            match pane {
                Pane::Timeline => ".lanes-scroll",
                Pane::Map => ".map-container",
                Pane::Tables => ".tables [aria-selected=true]",
                Pane::Inspector => ".inspector-body",
            },
        );
    });
}

/// Opens a table.
pub fn show_table(state: State, tab: Tab) {
    state.show_tab(tab);
    go_to_pane(state, Pane::Tables);
}

/// Opens what stands beside the tables.
pub fn show_sheet(state: State, sheet: Sheet) {
    state.sheet.set(sheet);
    go_to_pane(state, Pane::Tables);
}

/// Asks for files.
pub fn open_files(state: State) {
    if let Some(field) = find(state, "input[type=file]") {
        field.click();
    }
}
