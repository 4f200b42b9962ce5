//! What is chosen: copying it, choosing its time, clearing it.

use leptos::prelude::UpdateValue;

use super::super::inspector::field;
use super::super::state::State;
use crate::engine::protocol::Selection;
use crate::timeline::Measure;

/// A text of the chosen SIM's public JSON. Does not follow it.
pub fn of_sim(state: State, key: &str) -> Option<String> {
    state
        .inspection
        .with_untracked(|found| field::text(&field::parse(found.sim.as_deref()), key))
}

/// A text of the chosen session's public JSON. Does not follow it.
pub fn of_session(state: State, key: &str) -> Option<String> {
    state
        .inspection
        .with_untracked(|found| field::text(&field::parse(found.session.as_deref()), key))
}

/// From when until when the chosen session is known to have been up.
pub fn session_time(state: State) -> Option<(i64, i64)> {
    state.selection.get_untracked().session?;
    let instant = |key| of_session(state, key).and_then(|text| field::epoch_ms(&text));
    let from = instant("start").or_else(|| instant("last_seen"))?;
    let to = instant("end").or_else(|| instant("last_seen"))?;
    Some((from, to.max(from)))
}

/// Copies a text where there is one.
pub fn copy(state: State, text: Option<String>) {
    if let Some(text) = text {
        field::copy(state, text);
    }
}

/// Begins or ends measuring.
pub fn measure(state: State) {
    let aim = state.aim;
    aim.measure.update(|measure| *measure = measure.toggled());
    aim.point_out(None);
}

/// Clears what is most in the way: a span that is being dragged, the measuring, the mark of the
/// instant that was gone to, and then what is chosen.
pub fn clear(state: State) {
    let aim = state.aim;
    let gave_up = aim.hands.try_update_value(|hands| hands.give_up(state));
    if gave_up == Some(true) {
        return;
    }
    if aim.measure.get_untracked() != Measure::Off || aim.moment.get_untracked().is_some() {
        aim.clear();
    } else {
        state.select(Selection::default());
    }
}
