//! What marks a finding elsewhere: at the name of its SIM, and over the time of its lane.

use leptos::prelude::*;

use crate::app::state::{State, use_state};
use crate::app::words;
use crate::engine::protocol::LaneFinding;
use crate::insight::Severity;

/// A severity as a class: its colour, and in the style sheet its shape.
pub fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "severity notice",
        Severity::Warning => "severity warning",
        Severity::Critical => "severity critical",
    }
}

/// What stands out in a SIM, in words.
pub fn told(finding: &LaneFinding) -> String {
    let rules: Vec<&str> = finding.rules.iter().map(|rule| rule.label()).collect();
    format!(
        "{}: {}",
        words::counted(u64::from(finding.count), "finding", "findings"),
        rules.join(", ")
    )
}

/// The mark at a SIM's name.
pub fn lane_mark(finding: &LaneFinding) -> AnyView {
    let told = told(finding);
    view! { <i class=severity_class(finding.severity) role="img" aria-label=told.clone() title=told></i> }
        .into_any()
}

/// A line at the lower edge of a lane, CSS pixels.
struct Line {
    class: &'static str,
    left: f64,
    top: f64,
    width: f64,
}

/// Lines over the times of findings, at the lower edges of their lanes.
#[component]
pub fn Lines() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="overlays finding-lines" aria-hidden="true">
            {move || lines(state).into_iter().map(draw).collect_view()}
        </div>
    }
}

fn draw(line: Line) -> AnyView {
    view! {
        <span
            class=line.class
            style:left=words::px(line.left)
            style:top=words::px(line.top)
            style:width=words::px(line.width)
        ></span>
    }
    .into_any()
}

fn lines(state: State) -> Vec<Line> {
    if state.fleet_lanes.with(Option::is_some) {
        return Vec::new();
    }
    let (scale, scroll_y) = (state.scale.get(), f64::from(state.scroll_y.get()));
    let edge = |at: i64| scale.x_at(at as f64).clamp(-4.0, scale.width() + 4.0);
    let shot = state.shot.get();
    let rows = &shot.frame.rows;
    let found = shot.findings.iter().filter_map(|line| {
        let row = rows.get(line.row as usize)?;
        let (from, to) = (edge(line.from), edge(line.to));
        Some(Line {
            class: severity_class(line.severity),
            left: from,
            top: f64::from(row.y + row.height) - LINE_PX - scroll_y,
            width: (to - from).max(LEAST_LINE_PX),
        })
    });
    found.collect()
}

/// How high a line is, with the lane's own edge below it.
const LINE_PX: f64 = 3.0;
/// A moment is to be seen, too.
const LEAST_LINE_PX: f64 = 3.0;
