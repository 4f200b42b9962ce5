//! What a frame holds, as text. One pixel is one minute.

use insta::assert_snapshot;

use super::scene::{DAY, MIN, Scene, bar, known, lane};
use super::text::{LEFT, frame, small_frame};
use crate::{BarFlags, FrameQuery, Hit, LaneBar, LaneEvent, Note, Row, RowKind, Tone, build, hit};

/// A session from minute to minute of the small view.
fn minutes(session: u32, from: f64, to: f64, colour: u8) -> LaneBar {
    let at = |m: f64| LEFT + (m * MIN as f64) as i64;
    bar(session, at(from), at(to), colour)
}

fn unsure(session: u32, at: [i64; 3], flags: u8) -> LaneBar {
    known(session, at.map(|m| LEFT + m * MIN), 0, flags)
}

fn drawn(bars: &[LaneBar]) -> String {
    frame(&small_frame(&lane(bars), 0, 1.0))
}

#[test]
fn empty() {
    assert_snapshot!(drawn(&[]));
}

#[test]
fn one_session() {
    assert_snapshot!(drawn(&[minutes(0, 10.0, 30.0, 0)]));
}

#[test]
fn neighbours_keep_a_gap() {
    // The second begins when the first ends; the third a minute later.
    assert_snapshot!(drawn(&[
        minutes(0, 5.0, 15.0, 0),
        minutes(1, 15.0, 25.0, 0),
        minutes(2, 26.0, 40.0, 0),
    ]));
}

#[test]
fn narrow_neighbours_merge_with_their_count() {
    let mut bars: Vec<_> = (0..40)
        .map(|n| minutes(n, 10.0 + f64::from(n) * 0.5, 10.2 + f64::from(n) * 0.5, 1))
        .collect();
    bars.push(minutes(40, 50.0, 50.1, 0));
    bars.push(minutes(41, 53.0, 53.1, 0));
    assert_snapshot!(drawn(&bars));
}

#[test]
fn merged_bars_are_split_where_their_colour_changes() {
    let bars: Vec<_> = (0..100)
        .map(|n| {
            let colour = u8::from((30..70).contains(&n));
            minutes(n, f64::from(n) * 0.6, f64::from(n) * 0.6 + 0.5, colour)
        })
        .collect();
    assert_snapshot!(drawn(&bars));
}

#[test]
fn a_wide_merged_bar_says_its_count() {
    let bars: Vec<_> = (0..300)
        .map(|n| minutes(n, 5.0 + f64::from(n) / 6.0, 5.1 + f64::from(n) / 6.0, 0))
        .collect();
    assert_snapshot!(drawn(&bars));
}

#[test]
fn a_narrow_session_beside_a_wide_one_stays_apart() {
    assert_snapshot!(drawn(&[
        minutes(0, 10.0, 10.2, 1),
        minutes(1, 10.3, 30.0, 0),
        minutes(2, 30.0, 30.1, 1),
        minutes(3, 33.0, 50.0, 0),
    ]));
}

#[test]
fn overlapping_sessions_take_sub_rows() {
    assert_snapshot!(drawn(&[
        minutes(0, 2.0, 8.0, 0),
        minutes(1, 10.0, 40.0, 0),
        minutes(2, 15.0, 20.0, 1),
        minutes(3, 25.0, 45.0, 2),
        minutes(4, 50.0, 58.0, 0),
    ]));
}

#[test]
fn three_at_once_are_counted_in_the_second_sub_row() {
    assert_snapshot!(drawn(&[
        minutes(0, 5.0, 50.0, 0),
        minutes(1, 10.0, 30.0, 1),
        minutes(2, 12.0, 40.0, 2),
    ]));
}

#[test]
fn segments_have_their_own_colours() {
    let at = |m: i64| LEFT + m * MIN;
    let mut scene = lane(&[
        known(
            0,
            [at(5), at(30), at(40)],
            0,
            BarFlags::OPEN | BarFlags::START_BEFORE,
        ),
        minutes(1, 50.0, 54.0, 0),
    ]);
    let changes = |from: i64| vec![(at(from), 0), (at(from + 10), 1), (at(from + 15), 2)];
    scene.segments = vec![(0, changes(5)), (1, changes(40))];
    assert_snapshot!(frame(&small_frame(&scene, 0, 1.0)));
}

#[test]
fn ends_that_are_not_known() {
    assert_snapshot!(drawn(&[
        unsure(0, [1, 5, 15], BarFlags::OPEN),
        unsure(1, [18, 25, 25], BarFlags::END_UNKNOWN),
        unsure(2, [30, 34, 40], BarFlags::END_ESTIMATED),
        unsure(
            3,
            [44, 44, 50],
            BarFlags::END_UNKNOWN | BarFlags::START_UNSURE
        ),
    ]));
}

#[test]
fn sessions_without_length_are_seen() {
    assert_snapshot!(drawn(&[
        minutes(0, 10.0, 10.0, 0),
        minutes(1, 40.0, 40.0, 1)
    ]));
}

#[test]
fn bars_reach_over_the_edges_of_the_window() {
    assert_snapshot!(drawn(&[
        minutes(0, -5000.0, 5.0, 0),
        minutes(1, 10.0, 60.0, 0),
        minutes(2, 60.5, 5000.0, 0),
    ]));
}

#[test]
fn panned_past_the_data() {
    let scene = lane(&[minutes(0, 10.0, 30.0, 0)]);
    assert_snapshot!(frame(&small_frame(&scene, 5000, 1.0)));
    assert_eq!(small_frame(&scene, -5000, 1.0).bars.len(), 0);
}

#[test]
fn marks_labels_notes_and_hatches() {
    let mut scene = lane(&[minutes(0, 3.0, 50.0, 0), minutes(1, 52.0, 58.0, 0)]);
    scene.labels = vec![(0, "Telia".to_owned()), (1, "Tele2".to_owned())];
    scene.lanes[0].events = [5.0, 6.0, 7.0, 30.0]
        .iter()
        .zip(0..)
        .map(|(m, event)| LaneEvent {
            event,
            time: LEFT + (m * MIN as f64) as i64,
            kind: 0,
            fresh: false,
        })
        .collect();
    scene.lanes[0].nothing_before = Some(LEFT + 2 * MIN);
    scene.lanes[0].note = Some(Note {
        at: LEFT + 58 * MIN,
        text: "offline 3 d 4 h".to_owned(),
        tone: Tone::Bad,
    });
    let drawn = small_frame(&scene, 0, 1.0);
    assert_snapshot!(frame(&drawn));
    assert_eq!(hit(&drawn, 31.0, 3.0), Some(Hit::Mark(1)));
    assert_eq!(hit(&drawn, 20.0, 14.0), Some(Hit::Bar(0)));
    assert_eq!(hit(&drawn, 51.5, 14.0), Some(Hit::Bar(1)));
    assert_eq!(hit(&drawn, 20.0, 26.0), Some(Hit::Row(0)));
    assert_eq!(hit(&drawn, 20.0, 29.0), None);
    assert_eq!(hit(&drawn, f32::NAN, 14.0), Some(Hit::Row(0)));
}

#[test]
fn a_strip_counts_what_is_up_at_once() {
    let mut scene = Scene::default();
    for bars in [
        vec![minutes(0, 0.0, 20.0, 0), minutes(1, 20.0, 40.0, 0)],
        vec![minutes(2, 10.0, 30.0, 0)],
        vec![minutes(3, 25.0, 25.0, 0)],
    ] {
        scene.lanes.extend(lane(&bars).lanes);
    }
    let rows = [Row {
        kind: RowKind::Group(0),
        y: 0.0,
        height: 24.0,
    }];
    let query = FrameQuery {
        from: LEFT,
        to: LEFT + 60 * MIN,
        width: 60.0,
        ratio: 1.0,
        rows: &rows,
        group_lanes: &[&[0, 1, 2]],
    };
    let drawn = build(&scene, &query);
    assert_snapshot!(frame(&drawn));
    let strip = &drawn.strips[0];
    let at = |minute: f32| strip.counts[((minute - strip.x0) / strip.bucket) as usize];
    assert_eq!(
        [at(5.0), at(15.0), at(25.0), at(35.0), at(45.0)],
        [1, 2, 3, 1, 0]
    );
}

#[test]
fn two_device_pixels_make_a_css_pixel() {
    let bars = [
        minutes(0, 10.0, 10.0, 0),
        minutes(1, 20.0, 30.0, 0),
        minutes(2, 30.0, 45.0, 0),
    ];
    assert_snapshot!(frame(&small_frame(&lane(&bars), 0, 2.0)));
}

#[test]
fn a_lane_looks_the_same_wherever_the_view_begins() {
    let bars: Vec<_> = (0..200)
        .map(|n| {
            minutes(
                n,
                f64::from(n) * 3.3,
                f64::from(n) * 3.3 + f64::from(n % 7) * 0.4,
                0,
            )
        })
        .collect();
    let scene = lane(&bars);
    let inside = |shift: i64| {
        let bars = small_frame(&scene, shift, 1.0).bars;
        let moved = |x: i32| i64::from(x) + shift;
        bars.iter()
            .map(|bar| (moved(bar.x0), moved(bar.x2), bar.count, bar.colour))
            .filter(|(x0, x2, ..)| *x0 > 110 && *x2 < 150)
            .collect::<Vec<_>>()
    };
    assert!(inside(100).len() > 5);
    for shift in 95..105 {
        assert_eq!(inside(shift), inside(100), "shift {shift}");
    }
}

#[test]
fn windows_of_any_size_are_drawn() {
    let scene = lane(&[minutes(0, 0.0, 1.0, 0), bar(1, i64::MIN, i64::MAX, 0)]);
    let rows = [Row {
        kind: RowKind::Lane(0),
        y: 0.0,
        height: 28.0,
    }];
    for (from, to) in [
        (LEFT, LEFT + 1),
        (LEFT - 300 * 365 * DAY, LEFT),
        (i64::MIN, i64::MAX),
        (i64::MAX - 1, i64::MAX),
        (LEFT, LEFT),
        (LEFT, LEFT - 5),
    ] {
        for width in [0.0, 0.3, 1400.0, 8192.0, f32::NAN, f32::INFINITY] {
            for ratio in [0.0, 1.0, 2.625, f32::NAN] {
                let drawn = build(
                    &scene,
                    &FrameQuery {
                        from,
                        to,
                        width,
                        ratio,
                        rows: &rows,
                        group_lanes: &[],
                    },
                );
                for b in drawn.bars.iter() {
                    assert!(b.x0 <= b.x1 && b.x1 <= b.x2 && b.x0 < b.x2);
                }
            }
        }
    }
}
