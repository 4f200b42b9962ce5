//! One table of commands: keys and the key sheet come from it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::state::{Dialog, State};
use crate::engine::protocol::{Command, Selection};
use crate::timeline::Scale;

/// Something that a key does.
pub struct KeyCommand {
    /// Values of `KeyboardEvent.key`, lower case.
    pub keys: &'static [&'static str],
    /// The keys for people.
    pub shown: &'static str,
    /// What it does.
    pub label: &'static str,
    run: fn(State),
}

/// All commands, in the order of the key sheet.
pub const COMMANDS: [KeyCommand; 13] = [
    KeyCommand {
        keys: &["w", "+", "="],
        shown: "W or +",
        label: "Zoom in on the middle",
        run: |state| zoom(state, 1.5),
    },
    KeyCommand {
        keys: &["s", "-"],
        shown: "S or -",
        label: "Zoom out",
        run: |state| zoom(state, 1.0 / 1.5),
    },
    KeyCommand {
        keys: &["a", "arrowleft"],
        shown: "A or ←",
        label: "Go back in time",
        run: |state| pan(state, -0.2),
    },
    KeyCommand {
        keys: &["d", "arrowright"],
        shown: "D or →",
        label: "Go forward in time",
        run: |state| pan(state, 0.2),
    },
    KeyCommand {
        keys: &["arrowup"],
        shown: "↑",
        label: "Previous SIM",
        run: |state| step_lane(state, -1),
    },
    KeyCommand {
        keys: &["arrowdown"],
        shown: "↓",
        label: "Next SIM",
        run: |state| step_lane(state, 1),
    },
    KeyCommand {
        keys: &[","],
        shown: ",",
        label: "Previous session of the chosen SIM",
        run: |state| state.command(&Command::Step { by: -1 }),
    },
    KeyCommand {
        keys: &["."],
        shown: ".",
        label: "Next session of the chosen SIM",
        run: |state| state.command(&Command::Step { by: 1 }),
    },
    KeyCommand {
        keys: &["f"],
        shown: "F",
        label: "Show the chosen session or span",
        run: focus,
    },
    KeyCommand {
        keys: &["0"],
        shown: "0",
        label: "Show all that is loaded",
        run: fit,
    },
    KeyCommand {
        keys: &["/"],
        shown: "/",
        label: "Filter",
        run: |state| focus_field(state, ".find input"),
    },
    KeyCommand {
        keys: &["escape"],
        shown: "Esc",
        label: "Clear the selection",
        run: |state| state.select(Selection::default()),
    },
    KeyCommand {
        keys: &["?"],
        shown: "?",
        label: "Show this list",
        run: |state| state.dialog.set(Some(Dialog::Keys)),
    },
];

/// Acts on a key, unless it is meant for a field, a dialog or a list.
pub fn on_key(state: State, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let key = event.key().to_ascii_lowercase();
    if let Some(target) = target {
        let tag = target.tag_name();
        let in_field = matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT");
        if in_field && key == "escape" {
            focus_field(state, ".lanes-scroll");
            event.prevent_default();
            return;
        }
        if in_field || target.closest("dialog").ok().flatten().is_some() {
            return;
        }
        let has_own_arrows = target.closest(".keeps-arrows").ok().flatten().is_some();
        if has_own_arrows && key.starts_with("arrow") {
            return;
        }
    }
    if !state.is_loaded() && key != "?" {
        return;
    }
    if let Some(command) = COMMANDS
        .iter()
        .find(|command| command.keys.contains(&key.as_str()))
    {
        event.prevent_default();
        (command.run)(state);
    }
}

fn zoom(state: State, factor: f64) {
    let scale = state.scale.get_untracked();
    state.show(scale.zoomed(scale.width() / 2.0, factor));
}

fn pan(state: State, share: f64) {
    let scale = state.scale.get_untracked();
    state.show(scale.panned(scale.width() * share));
}

/// Shows all that is loaded.
pub fn fit(state: State) {
    let extent = state.summary.with_untracked(|summary| {
        let extent = summary.extent?;
        Some((
            extent.from,
            extent.to.max(summary.as_of.unwrap_or(extent.to)),
        ))
    });
    if let Some((from, to)) = extent {
        let scale = state.scale.get_untracked();
        state.show(scale.fitted(from as f64, to as f64, 0.02));
    }
}

/// Shows the last days before the data's last instant.
pub fn show_last(state: State, days: i64) {
    let to = state.summary.with_untracked(|summary| {
        let extent = summary.extent?;
        Some(extent.to.max(summary.as_of.unwrap_or(extent.to)))
    });
    if let Some(to) = to {
        let span = days * 86_400_000;
        let width = state.scale.get_untracked().width();
        let margin = span / 50;
        state.show(Scale::new((to - span) as f64, (to + margin) as f64, width));
    }
}

fn focus(state: State) {
    let selection = state.selection.get_untracked();
    let scale = state.scale.get_untracked();
    if let Some([from, to]) = selection.span {
        state.show(scale.fitted(from as f64, to as f64, 0.1));
        return;
    }
    let instant = |key: &str| {
        state.inspection.with_untracked(|inspection| {
            let session = super::json::Json::parse(inspection.session.as_deref()?);
            let text = session.get(key).text()?;
            super::inspector::field::epoch_ms(&text)
        })
    };
    if selection.session.is_some() {
        let from = instant("start").or_else(|| instant("last_seen"));
        let to = instant("end").or_else(|| instant("last_seen"));
        if let (Some(from), Some(to)) = (from, to) {
            state.show(scale.fitted(from as f64, to.max(from + 60_000) as f64, 0.2));
        }
    } else {
        fit(state);
    }
}

fn step_lane(state: State, by: i64) {
    use crate::engine::protocol::RowLabel;
    let lanes: Vec<(u32, f32)> = state.shot.with_untracked(|shot| {
        let rows = shot.frame.rows.iter().zip(&shot.labels);
        rows.filter_map(|(row, label)| match label {
            RowLabel::Lane { lane, .. } => Some((*lane, row.y)),
            RowLabel::Group { .. } => None,
        })
        .collect()
    });
    let chosen = state.selection.get_untracked().lane;
    let at = lanes.iter().position(|(lane, _)| Some(*lane) == chosen);
    let next = match at {
        Some(at) => usize::try_from(at as i64 + by).ok(),
        None => Some(0),
    };
    if let Some((lane, y)) = next.and_then(|next| lanes.get(next)).copied() {
        state.select_lane(lane);
        super::timeline_pane::reveal_row(state, (y / super::timeline_pane::ROW_PX) as u32);
    }
}

/// Moves the focus to an element below the root.
pub fn focus_field(state: State, selector: &str) {
    let root = state.root.get_value();
    if let Ok(Some(element)) = root.query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        // Focus is refused only to what cannot have it; then it stays where it is.
        let _ = element.focus();
    }
}
