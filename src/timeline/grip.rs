//! What hands hold of the window on time: instants that must stay under the fingers, and the rest of
//! a zoom that was too small to show.

use super::scale::Scale;

/// Fingers that lie closer than this (pixels) beside each other do not pull the time apart: one
/// above the other, a small tremble would be a large factor.
const LEAST_GAP: f64 = 24.0;

/// An instant (epoch milliseconds) and the position of the finger that holds it.
pub type Held = (f64, f64);

/// The window in which both instants lie under their fingers. Where the limits of zoom or the
/// fingers' closeness forbid it, the middle between them does.
pub fn pinched(scale: &Scale, [a, b]: [Held; 2]) -> Scale {
    let gap_ms = (b.0 - a.0).abs();
    let before = gap_ms / scale.ms_per_px();
    let gap = (b.1 - a.1).abs();
    let middle = f64::midpoint(a.1, b.1);
    let held = f64::midpoint(a.0, b.0);
    let factor = gap.max(LEAST_GAP) / before.max(LEAST_GAP);
    let zoomed = scale.zoomed(middle, factor);
    zoomed.panned(zoomed.x_at(held) - middle)
}

/// Zooms that add up: windows are of whole milliseconds, so a small step of a trackpad may be less
/// than the next window is away. What is left over counts with the next step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zooming {
    rest: f64,
}

impl Default for Zooming {
    fn default() -> Self {
        Self { rest: 1.0 }
    }
}

impl Zooming {
    /// The window zoomed by `factor` about a position, and by what was left over before.
    pub fn zoomed(&mut self, scale: &Scale, x: f64, factor: f64) -> Scale {
        let wanted = self.rest * factor;
        let zoomed = scale.zoomed(x, wanted);
        let reached = scale.span_ms() / zoomed.span_ms();
        // At the limits nothing is saved up: turning round acts at once.
        self.rest = (wanted / reached).clamp(0.99, 1.01);
        zoomed
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "lengths of windows are whole")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: f64 = 86_400_000.0;
    const T: f64 = 1_770_000_000_000.0;

    proptest! {
        #[test]
        fn both_instants_stay_under_their_fingers(
            x0 in 0.0..1000.0_f64, gap0 in 30.0..800.0_f64,
            x1 in 0.0..1000.0_f64, gap1 in 30.0..800.0_f64,
            span in 1e6..1e10_f64,
        ) {
            let scale = Scale::new(T, T + span, 1000.0);
            let held = [scale.time_at(x0), scale.time_at(x0 + gap0)];
            let moved = pinched(&scale, [(held[0], x1), (held[1], x1 + gap1)]);
            prop_assert!((moved.x_at(held[0]) - x1).abs() < 0.5);
            prop_assert!((moved.x_at(held[1]) - x1 - gap1).abs() < 0.5);
        }

        #[test]
        fn the_instant_under_the_pointer_stays_whatever_the_steps(
            x in 0.0..1000.0_f64,
            steps in prop::collection::vec(-1.5..1.5_f64, 1..400),
        ) {
            let mut scale = Scale::new(T, T + 7.0 * DAY, 1000.0);
            let mut zooming = Zooming::default();
            let held = scale.time_at(x);
            for step in steps {
                scale = zooming.zoomed(&scale, x, step.exp());
                prop_assert!((scale.x_at(held) - x).abs() < 0.5, "{scale:?}");
            }
        }
    }

    #[test]
    fn fingers_above_each_other_move_the_time_and_do_not_zoom() {
        let scale = Scale::new(T, T + DAY, 1000.0);
        let held = [scale.time_at(500.0), scale.time_at(504.0)];
        let moved = pinched(&scale, [(held[0], 560.0), (held[1], 549.0)]);
        assert!((moved.span_ms() - scale.span_ms()).abs() < f64::EPSILON);
        assert!((moved.x_at(f64::midpoint(held[0], held[1])) - 554.5).abs() < 1e-6);
    }

    #[test]
    fn at_the_closest_the_middle_stays_between_the_fingers() {
        let scale = Scale::new(T, T + 100.0, 1000.0);
        let held = [scale.time_at(400.0), scale.time_at(600.0)];
        let moved = pinched(&scale, [(held[0], 100.0), (held[1], 900.0)]);
        assert!((moved.span_ms() - 100.0).abs() < f64::EPSILON);
        assert!((moved.x_at(T + 50.0) - 500.0).abs() < 0.01);
    }

    /// A trackpad's steps of half a pixel were rounded away at the closest zoom.
    #[test]
    fn small_steps_add_up_where_the_window_is_short() {
        let mut scale = Scale::new(T, T + 100.0, 1000.0);
        let mut zooming = Zooming::default();
        for _ in 0..400 {
            scale = zooming.zoomed(&scale, 500.0, 0.9985);
        }
        let wanted = 100.0 / 0.9985_f64.powi(400);
        assert!((scale.span_ms() - wanted).abs() < 2.0, "{scale:?}");
    }

    #[test]
    fn at_a_limit_turning_round_acts_at_once() {
        let mut zooming = Zooming::default();
        let mut scale = Scale::new(T, T + 100.0, 1000.0);
        for _ in 0..50 {
            scale = zooming.zoomed(&scale, 300.0, 1.5);
        }
        assert!((scale.span_ms() - 100.0).abs() < f64::EPSILON);
        assert!(zooming.zoomed(&scale, 300.0, 0.9).span_ms() > 108.0);
    }
}
