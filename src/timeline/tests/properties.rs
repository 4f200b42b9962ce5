//! What holds for any lane in any view.

use proptest::prelude::*;

use super::scene::{Scene, known, lane};
use crate::{
    Bar, BarFlags, Detail, Frame, FrameQuery, Hit, LaneBar, LaneBox, LaneView, Row, RowKind, build,
    hit,
};

const BASE: i64 = 1_790_000_000_000;

/// A window in the middle of the sessions, its width and ratio.
#[derive(Debug, Clone, Copy)]
struct View {
    from: i64,
    span: i64,
    width: f32,
    ratio: f32,
}

fn sessions() -> impl Strategy<Value = Vec<LaneBar>> {
    let session = (
        0..400_000_i64,
        0..3_u8,
        0..60_000_i64,
        0..20_000_i64,
        0..4_u8,
        0..32_u8,
    );
    prop::collection::vec(session, 0..120).prop_map(|mut drawn| {
        drawn.sort_unstable();
        (0..)
            .zip(drawn)
            .map(|(n, (start, length, solid, light, colour, flags))| {
                let start = BASE + start;
                let solid =
                    start + solid * [0, 1, 0][length as usize] + i64::from(length / 2) * 300;
                let light = solid + light * i64::from(flags & 1);
                known(n, [start, solid, light], colour, flags)
            })
            .collect()
    })
}

fn view() -> impl Strategy<Value = View> {
    let ratio = prop::sample::select(vec![1.0_f32, 1.25, 1.5, 2.0, 2.625, 3.0]);
    let from = -100_000..500_000_i64;
    // From a millisecond to 300 years, evenly over the magnitudes.
    (from, 0.0..12.97_f64, 1..2000_u32, ratio).prop_map(|(from, power, width, ratio)| View {
        from: BASE + from,
        span: 10_f64.powf(power) as i64,
        width: width as f32,
        ratio,
    })
}

fn frame_of(scene: &Scene, view: View) -> Frame {
    let rows = [Row {
        kind: RowKind::Lane(0),
        y: 56.0,
        height: 28.0,
    }];
    build(
        scene,
        &FrameQuery {
            from: view.from,
            to: view.from + view.span,
            width: view.width,
            ratio: view.ratio,
            rows: &rows,
            group_lanes: &[],
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_session_in_view_is_in_exactly_one_bar(
        bars in sessions(),
        view in view(),
        indexed in any::<bool>(),
    ) {
        let scene = Scene { indexed, ..lane(&bars) };
        let frame = frame_of(&scene, view);
        let b = &frame.bars;
        let heads: Vec<Bar> = b.iter().filter(|bar| !bar.flags.has(BarFlags::SEGMENT)).collect();
        let mut named: Vec<u32> = heads.iter().map(|bar| bar.session).collect();
        named.sort_unstable();
        let before = named.len();
        named.dedup();
        prop_assert_eq!(named.len(), before, "a session heads one bar");

        let ms_per_px = view.span as f64 / f64::from(view.width);
        let margin = (f64::from(view.ratio) * 8.0).round() * ms_per_px;
        let (from, to) = (view.from - margin as i64, view.from + view.span);
        let mut asked = 0;
        let ceiled = f64::from(view.width.ceil() - view.width) * ms_per_px;
        let window = (from, to + (margin + ceiled) as i64);
        let detail = Detail::of_pixels(&|ms| ms);
        scene.bars(RowKind::Lane(0), window, detail, &mut |bar: LaneBar| asked += bar.count);
        let counted: u32 = heads.iter().map(|bar| bar.count).sum();
        prop_assert_eq!(counted, asked);

        let slack = 6.0 * view.ratio.ceil() + 1.0;
        let pixel = |ms: i64| ((ms - view.from) as f64 / ms_per_px) as f32;
        let in_view = bars
            .iter()
            .filter(|s| s.start <= view.from + view.span && s.light_until >= view.from);
        for session in in_view {
            let start = pixel(session.start).max(-1_000_000.0);
            let end = pixel(session.light_until).min(1_000_000.0);
            let shown = heads.iter().any(|bar| {
                (bar.count > 1 || bar.session == session.session)
                    && bar.x0 as f32 <= start + slack
                    && bar.x2 as f32 >= end - slack
            });
            prop_assert!(shown, "{session:?} at {start}..{end} in {b:?}");
        }
    }

    #[test]
    fn the_index_loses_no_session(bars in sessions(), view in view()) {
        let one_by_one = frame_of(&lane(&bars), view);
        let indexed = frame_of(&Scene { indexed: true, ..lane(&bars) }, view);
        // Which colour covers most is told by blocks, so merged bars may be split elsewhere.
        let shape = |frame: &Frame| frame.bars.iter().map(|bar| bar.count).sum::<u32>();
        prop_assert_eq!(shape(&one_by_one), shape(&indexed));
    }

    #[test]
    fn every_session_in_view_is_found_at_its_middle(
        bars in sessions(),
        view in view(),
        indexed in any::<bool>(),
    ) {
        let frame = frame_of(&Scene { indexed, ..lane(&bars) }, view);
        let b = &frame.bars;
        let ms_per_px = view.span as f64 / f64::from(view.width);
        let (from, to) = (view.from, view.from + view.span);
        for s in bars.iter().filter(|s| s.start < to && s.light_until > from) {
            let middle = i64::midpoint(s.start.max(from), s.light_until.min(to));
            let x = ((middle - from) as f64 / ms_per_px) as f32;
            let row = &frame.rows[0];
            let lane = LaneBox::new(row, row.y, view.ratio);
            // For the sake of gaps between neighbours narrow bars may lie a few pixels beside their place.
            let shown = s.light_until.min(to) - s.start.max(from);
            let width = (shown as f64 / ms_per_px) as f32;
            let room = 6.0 * view.ratio.ceil() + 1.0;
            let slack = if width > 2.0 * room { 0 } else { room as i32 };
            let found = (-slack..=slack).any(|beside| {
                [0_u8, 1, 2].into_iter().any(|sub| {
                    let (top, bottom) = lane.bar(sub);
                    let y = row.y + (top + bottom) as f32 / 2.0 / view.ratio;
                    matches!(hit(&frame, x + beside as f32, y), Some(Hit::Bar(at))
                        if b.get(at).is_some_and(|b| b.session == s.session || b.count > 1))
                })
            });
            prop_assert!(found, "{s:?} at {x} in {b:?}");
        }
    }

    #[test]
    fn bars_of_one_height_lie_apart_and_are_hit(bars in sessions(), view in view()) {
        let frame = frame_of(&lane(&bars), view);
        let b: Vec<Bar> = frame.bars.iter().collect();
        for (i, bar) in b.iter().enumerate() {
            prop_assert!(bar.x0 <= bar.x1 && bar.x1 <= bar.x2 && bar.x0 < bar.x2);
            for (j, other) in b[..i].iter().enumerate() {
                if bar.sub == other.sub || bar.sub == 0 || other.sub == 0 {
                    let apart = bar.x2 <= other.x0 || other.x2 <= bar.x0;
                    prop_assert!(apart, "{j} and {i} of {b:?}");
                }
            }
            let (x0, x2) = ((bar.x0 as f32).max(0.0), (bar.x2 as f32).min(view.width));
            if x0 < x2 {
                let row = &frame.rows[0];
                let (top, bottom) = LaneBox::new(row, row.y, view.ratio).bar(bar.sub);
                let y = row.y + (top + bottom) as f32 / 2.0 / view.ratio;
                prop_assert_eq!(hit(&frame, f32::midpoint(x0, x2), y), Some(Hit::Bar(i)));
            }
        }
    }
}
