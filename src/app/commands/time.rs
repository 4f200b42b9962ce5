//! Moving in time.

use super::super::state::State;
use super::chosen::session_time;
use crate::timeline::{History, Moment, Scale, Understood};

/// The range that is shown, epoch milliseconds. Does not follow it.
pub fn range(state: State) -> (f64, f64) {
    let scale = state.scale.get_untracked();
    (scale.from_ms(), scale.to_ms())
}

/// Shows a range at once; the one before can be gone back to, rested on or not.
pub fn jump(state: State, scale: Scale) {
    let now = range(state);
    if state.scale_is_set.get_untracked() {
        state.aim.ranges.update(|ranges| ranges.rest(now));
    }
    state.show(scale);
}

/// Zooms about the pointer where it is over the timeline, else about the middle.
pub fn zoom(state: State, factor: f64) {
    let scale = state.scale.get_untracked();
    let pointer = state.aim.pointer.get_untracked();
    let x = pointer.map_or(scale.width() / 2.0, |(x, _)| x);
    state.show(scale.zoomed(x, factor));
}

/// Moves by a share of what is in view.
pub fn pan(state: State, share: f64) {
    let scale = state.scale.get_untracked();
    state.show(scale.panned(scale.width() * share));
}

/// Shows the range before.
pub fn back(state: State) {
    travel(state, History::back);
}

/// Shows the range after.
pub fn forward(state: State) {
    travel(state, History::forward);
}

fn travel(state: State, way: impl Fn(&mut History, (f64, f64)) -> Option<(f64, f64)>) {
    let now = range(state);
    let mut found = None;
    state.aim.ranges.update(|ranges| found = way(ranges, now));
    if let Some((from, to)) = found {
        let width = state.scale.get_untracked().width();
        state.show(Scale::new(from, to, width));
    }
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
        jump(state, scale.fitted(from as f64, to as f64, 0.02));
    }
}

/// Shows the last days before the data's last instant.
pub fn show_last(state: State, days: i64) {
    show_back(state, days * 86_400_000);
}

/// Shows so many milliseconds before the data's last instant.
pub fn show_back(state: State, span: i64) {
    let to = state.summary.with_untracked(|summary| {
        let extent = summary.extent.map(|extent| extent.to);
        extent.max(summary.as_of)
    });
    if let Some(to) = to {
        let width = state.scale.get_untracked().width();
        let margin = span / 50;
        jump(
            state,
            Scale::new((to - span) as f64, (to + margin) as f64, width),
        );
    }
}

/// Shows the chosen span, session or event; with none of them all that is loaded.
pub fn focus(state: State) {
    let selection = state.selection.get_untracked();
    let scale = state.scale.get_untracked();
    let event = state
        .inspection
        .with_untracked(|found| found.drawn.filter(|_| found.event.is_some()));
    if let Some([from, to]) = selection.span {
        jump(state, scale.fitted(from as f64, to as f64, 0.1));
    } else if let Some((from, to)) = session_time(state) {
        let to = to.max(from + 60_000);
        jump(state, scale.fitted(from as f64, to as f64, 0.2));
    } else if let Some((at, _)) = event {
        centre(state, at);
    } else {
        fit(state);
    }
}

fn centre(state: State, at: i64) {
    let scale = state.scale.get_untracked();
    let off = scale.x_at(at as f64) - scale.width() / 2.0;
    jump(state, scale.panned(off));
}

/// Goes to what was typed: an instant comes to the middle and is marked; a range is shown.
pub fn go_to(state: State, understood: Understood) {
    match understood {
        Understood::Instant(Moment { at, .. }) => {
            centre(state, at);
            state.aim.moment.set(Some(at));
        }
        Understood::Range(from, to) => {
            let width = state.scale.get_untracked().width();
            state.aim.moment.set(None);
            jump(state, Scale::new(from.at as f64, to.at as f64, width));
        }
    }
}
