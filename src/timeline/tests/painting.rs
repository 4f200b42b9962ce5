//! What the painter leaves in the pixels.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::scene::{self, HOUR, MIN, Scene, bar, known, lane};
use super::text::{LEFT, pixels, small_frame};
use super::week::{FROM, week};
use crate::raster::{Canvas, Painting, Placement, Rgb, Shown, Stamp};
use crate::{BarFlags, Frame, FrameQuery, LaneEvent, Scale, build};

fn placed(dx: f64) -> Placement {
    Placement {
        scroll_y: 0.0,
        scale: 1.0,
        dx,
    }
}

fn painted(frame: &Frame, size: (usize, usize), place: &Placement, shown: &Shown<'_>) -> Vec<u8> {
    let mut bytes = vec![7; size.0 * size.1 * 4];
    let lines = 0..size.1 as i32;
    Painting::new(frame, (size.0, lines.end), place, &scene::light(), shown).paint(
        &mut bytes,
        lines,
        &mut |_, _| {},
    );
    bytes
}

fn at(minute: i64) -> i64 {
    LEFT + minute * MIN
}

fn picture(scene: &Scene, shown: &Shown<'_>) -> String {
    let frame = small_frame(scene, 0, 1.0);
    pixels(
        &painted(&frame, (60, 30), &placed(0.0), shown),
        60,
        &scene::light(),
    )
}

#[test]
fn a_lane_in_pixels() {
    let mut scene = lane(&[
        bar(0, at(10), at(22), 0),
        bar(1, at(25), at(27), 1),
        known(2, [at(30), at(40), at(50)], 2, BarFlags::OPEN),
    ]);
    scene.lanes[0].nothing_before = Some(at(8));
    scene.lanes[0].events.push(LaneEvent {
        event: 0,
        time: at(16),
        kind: 0,
        fresh: false,
    });
    let shown = Shown {
        grid: vec![24.0, 54.0],
        ..Shown::default()
    };
    assert_snapshot!(picture(&scene, &shown));
}

#[test]
fn edges_and_sub_rows_in_pixels() {
    let before = BarFlags::START_BEFORE | BarFlags::END_UNKNOWN;
    let mut scene = lane(&[
        known(0, [at(2), at(16), at(16)], 0, before),
        known(
            1,
            [at(20), at(30), at(30)],
            1,
            BarFlags::START_UNSURE | BarFlags::END_ESTIMATED,
        ),
        bar(2, at(34), at(46), 2),
        bar(3, at(38), at(50), 3),
    ]);
    for n in 0..12 {
        let start = at(53) + n * 30_000;
        scene.lanes[0]
            .bars
            .push(bar(4 + n as u32, start, start + 20_000, 4));
    }
    let shown = Shown {
        chosen_session: Some(2),
        ..Shown::default()
    };
    assert_snapshot!(picture(&scene, &shown));
}

#[test]
fn what_is_new_has_a_line_along_it() {
    let mut scene = lane(&[
        bar(0, at(2), at(12), 0),
        known(1, [at(14), at(20), at(28)], 1, BarFlags::OPEN),
        bar(2, at(32), at(44), 2),
        bar(3, at(36), at(48), 3),
    ]);
    for at in [1, 2, 3] {
        scene.lanes[0].bars[at].fresh = true;
    }
    for n in 0..8 {
        let start = at(52) + n * 30_000;
        let mut narrow = bar(4 + n as u32, start, start + 20_000, 4);
        // One of several is enough.
        narrow.fresh = n == 5;
        scene.lanes[0].bars.push(narrow);
    }
    for (minute, fresh) in [(7, true), (24, false), (57, true)] {
        scene.lanes[0].events.push(LaneEvent {
            event: 0,
            time: at(minute),
            kind: 0,
            fresh,
        });
    }
    let frame = super::text::frame(&small_frame(&scene, 0, 1.0));
    let picture = picture(&scene, &Shown::default());
    assert_snapshot!(format!("{frame}{picture}"));
}

/// The columns `range` of a painting.
fn columns(bytes: &[u8], width: usize, range: std::ops::Range<usize>) -> Vec<&[u8]> {
    bytes
        .chunks(width * 4)
        .map(|line| &line[range.start * 4..range.end * 4])
        .collect()
}

#[test]
fn a_shifted_frame_is_the_frame_of_the_shifted_view() {
    const WIDTH: usize = 840;
    let (scene, rows, groups) = week();
    let groups: Vec<&[u32]> = groups.iter().map(Vec::as_slice).collect();
    let frame_at = |shift: i64| {
        let from = FROM + shift * 12 * MIN;
        build(
            &scene,
            &FrameQuery {
                from,
                to: from + 168 * HOUR,
                width: WIDTH as f32,
                ratio: 1.0,
                rows: &rows,
                group_lanes: &groups,
            },
        )
    };
    let shown = Shown {
        chosen_lane: Some(1),
        chosen_session: Some(scene.lanes[1].bars[4].session),
        ..Shown::default()
    };
    let size = (WIDTH, 480);
    let old = frame_at(0);
    for shift in [1, 7, 40] {
        let new = painted(&frame_at(shift), size, &placed(0.0), &shown);
        let shifted = painted(&old, size, &placed(-(shift as f64)), &shown);
        let common = 12..WIDTH - shift as usize - 12;
        let (new, shifted) = (
            columns(&new, WIDTH, common.clone()),
            columns(&shifted, WIDTH, common),
        );
        for (y, (new, shifted)) in new.iter().zip(&shifted).enumerate() {
            assert_eq!(new, shifted, "shift {shift}, line {y}");
        }
    }
}

#[test]
fn every_pixel_is_written_and_rows_move_with_the_list() {
    let (scene, rows, groups) = week();
    let groups: Vec<&[u32]> = groups.iter().map(Vec::as_slice).collect();
    let query = FrameQuery {
        from: FROM,
        to: FROM + 168 * HOUR,
        width: 300.0,
        ratio: 1.0,
        rows: &rows,
        group_lanes: &groups,
    };
    let frame = build(&scene, &query);
    let at = |scroll_y: f32| {
        let place = Placement {
            scroll_y,
            ..placed(0.0)
        };
        painted(&frame, (300, 200), &place, &Shown::default())
    };
    let (top, scrolled) = (at(0.0), at(100.0));
    assert!(top.chunks(4).all(|pixel| pixel[3] == 255));
    assert_eq!(top[100 * 1200..], scrolled[..100 * 1200]);
    let far = at(1e9);
    assert!(
        far.chunks(4).all(|pixel| pixel == [255; 4]),
        "only background"
    );
}

#[test]
fn a_frame_of_another_scale_is_shown_where_its_time_is() {
    let scene = lane(&[bar(0, at(10), at(40), 0)]);
    let frame = small_frame(&scene, 0, 1.0);
    // Half the time over the same pixels, from minute 10 on.
    let view = Scale::new(at(10) as f64, at(40) as f64, 60.0);
    let place = Placement::in_view(&frame, &view, 0.0);
    assert!((place.scale - 2.0).abs() < 1e-9 && (place.dx + 20.0).abs() < 1e-9);
    let bytes = painted(&frame, (60, 28), &place, &Shown::default());
    let middle = &bytes[14 * 240..15 * 240];
    let blue = scene::light().palette[0].0;
    assert!(middle.chunks(4).all(|pixel| pixel[..3] == blue));
}

#[test]
fn colours_that_are_filtered_out_are_faded() {
    let scene = lane(&[bar(0, at(10), at(20), 0), bar(1, at(30), at(40), 1)]);
    let frame = small_frame(&scene, 0, 1.0);
    let mut theme = scene::light();
    theme.faded = vec![1];
    let mut bytes = vec![0; 60 * 28 * 4];
    let (place, shown) = (placed(0.0), Shown::default());
    Painting::new(&frame, (60, 28), &place, &theme, &shown).paint(
        &mut bytes,
        0..28,
        &mut |_, _| {},
    );
    let pixel = |x: usize| &bytes[(14 * 60 + x) * 4..][..3];
    assert_eq!(pixel(15), theme.palette[0].0);
    assert!(pixel(35).iter().all(|channel| *channel > 200));
    assert_ne!(pixel(35), theme.background.0);
}

#[test]
fn odd_sizes_and_places_are_painted() {
    let (scene, rows, groups) = week();
    let groups: Vec<&[u32]> = groups.iter().map(Vec::as_slice).collect();
    for (width, height, ratio) in [
        (1, 1, 1.0_f32),
        (3, 500, 2.0),
        (700, 2, 1.25),
        (64, 64, 3.0),
    ] {
        let frame = build(
            &scene,
            &FrameQuery {
                from: FROM,
                to: FROM + 168 * HOUR,
                width: width as f32,
                ratio,
                rows: &rows,
                group_lanes: &groups,
            },
        );
        for scale in [0.0, 1e-9, 0.7, 1e12, f64::NAN] {
            let place = Placement {
                scroll_y: 3.3,
                scale,
                dx: -1e18,
            };
            let shown = Shown {
                chosen_lane: Some(0),
                chosen_session: Some(0),
                picked_sessions: &[1, 2],
                hovered_session: Some(3),
                span: Some((1e30, -1e30)),
                now: Some(f32::NAN),
                grid: vec![-1.0, 1e20, f32::NAN],
            };
            let bytes = painted(&frame, (width, height), &place, &shown);
            assert!(bytes.chunks(4).all(|pixel| pixel[3] == 255));
        }
    }
}

/// The week in a picture of that width.
fn week_frame(width: f32, ratio: f32) -> Frame {
    let (scene, rows, groups) = week();
    let groups: Vec<&[u32]> = groups.iter().map(Vec::as_slice).collect();
    build(
        &scene,
        &FrameQuery {
            from: FROM,
            to: FROM + 168 * HOUR,
            width,
            ratio,
            rows: &rows,
            group_lanes: &groups,
        },
    )
}

proptest! {
    #[test]
    fn a_picture_in_parts_is_the_same(
        mut cuts in prop::collection::vec(0..300_i32, 0..12),
        scroll_y in 0.0..120.0_f32,
        ratio in prop::sample::select(vec![1.0_f32, 1.5, 2.0]),
        sessions in prop::collection::vec(0..200_u32, 3),
        span in prop::option::of((0.0..400.0_f32, 0.0..400.0_f32)),
    ) {
        const SIZE: (usize, i32) = (400, 300);
        let mut frame = week_frame(400.0, ratio);
        frame.sticky = Some(frame.rows.len() as u32);
        frame.rows.push(frame.rows[0]);
        let place = Placement { scroll_y, scale: 1.0, dx: 0.0 };
        let shown = Shown {
            chosen_lane: Some(sessions[0] % 14),
            chosen_session: Some(sessions[0]),
            picked_sessions: &[sessions[1]],
            hovered_session: Some(sessions[2]),
            span,
            now: Some(200.0),
            grid: vec![50.0, 100.0],
        };
        let text = Stamp::new([&[[9, 80, 200, 200]; 30][..]; 18].into_iter());
        let theme = scene::light();
        let painting = Painting::new(&frame, SIZE, &place, &theme, &shown);
        let painted = |lines: std::ops::Range<i32>| {
            let mut bytes = vec![7; SIZE.0 * lines.len() * 4];
            painting.paint(&mut bytes, lines, &mut |canvas, row| {
                let row = &frame.rows[row as usize];
                let middle = ((row.y + row.height / 2.0 - scroll_y) * ratio) as i32;
                canvas.stamp((row.y as i32, middle - 9), &text);
            });
            bytes
        };
        cuts.extend([0, SIZE.1]);
        cuts.sort_unstable();
        let parts: Vec<u8> = cuts.windows(2).flat_map(|two| painted(two[0]..two[1])).collect();
        prop_assert!(parts == painted(0..SIZE.1));
    }

    #[test]
    fn stripes_are_all_lines_in_order(width in 1..9000_usize, height in 0..3000_i32, scroll_y in 0.0..400.0_f32) {
        let frame = week_frame(300.0, 1.0);
        let place = Placement { scroll_y, scale: 1.0, dx: 0.0 };
        let (theme, shown) = (scene::light(), Shown::default());
        let mut to = 0;
        for stripe in Painting::new(&frame, (width, height), &place, &theme, &shown).stripes() {
            prop_assert!(stripe.start == to && stripe.end > to && stripe.end <= height);
            prop_assert!(stripe.len() == 1 || stripe.len() * width <= 100_000);
            to = stripe.end;
        }
        prop_assert_eq!(to, height);
    }
}

#[test]
fn stripes_end_where_rows_end() {
    let frame = week_frame(300.0, 1.0);
    let (place, theme, shown) = (placed(0.0), scene::light(), Shown::default());
    let painting = Painting::new(&frame, (1400, 600), &place, &theme, &shown);
    let stripes: Vec<_> = painting.stripes().collect();
    // A head of 24 lines and lanes of 28; there is room for 70.
    assert_eq!(stripes[..3], [0..52, 52..108, 108..164]);
    // Below the last lane there are no rows.
    assert_eq!(stripes.last(), Some(&(534..600)));
}

#[test]
fn text_that_reaches_down_from_a_row_stays() {
    const RED: [u8; 4] = [255, 0, 0, 255];
    let frame = week_frame(100.0, 1.0);
    let rows = frame.rows.clone();
    let dot = Stamp::new(std::iter::once(&[RED][..]));
    let below = |row: u32| {
        let row = frame.rows[row as usize];
        (row.y + row.height) as i32 + 1
    };
    let mut bytes = vec![7; 100 * 100 * 4];
    let mut asked = Vec::new();
    let theme = scene::light();
    let shown = Shown::default();
    let place = placed(0.0);
    Painting::new(&frame, (100, 100), &place, &theme, &shown).paint(
        &mut bytes,
        0..100,
        &mut |canvas, row| {
            canvas.stamp((50, below(row)), &dot);
            asked.push(row);
        },
    );
    let in_view = rows.iter().take_while(|row| row.y < 100.0).count() as u32;
    assert_eq!(asked, (0..in_view).collect::<Vec<_>>());
    let pixels = bytes.as_chunks::<4>().0;
    for y in asked.into_iter().map(below).filter(|y| *y < 100) {
        assert_eq!(pixels[y as usize * 100 + 50], RED, "{y}");
    }
}

#[test]
fn picked_sessions_are_outlined_like_the_chosen_one() {
    let scene = lane(&[
        bar(3, LEFT + 5 * MIN, LEFT + 15 * MIN, 0),
        bar(9, LEFT + 25 * MIN, LEFT + 45 * MIN, 1),
    ]);
    let frame = small_frame(&scene, 0, 1.0);
    let drawn = |shown: &Shown| painted(&frame, (60, 28), &placed(0.0), shown);
    let picked = |picked: &[u32]| {
        drawn(&Shown {
            picked_sessions: picked,
            ..Shown::default()
        })
    };
    let chosen = drawn(&Shown {
        chosen_session: Some(9),
        ..Shown::default()
    });
    assert_eq!(picked(&[9]), chosen);
    assert_ne!(picked(&[3, 9]), chosen);
    assert_eq!(picked(&[4]), drawn(&Shown::default()));
}

#[test]
fn a_canvas_needs_enough_bytes() {
    let mut bytes = vec![0; 4 * 10];
    assert!(Canvas::new(&mut bytes, 5, 0..2).is_some());
    assert!(Canvas::new(&mut bytes, 5, 7..9).is_some());
    assert!(Canvas::new(&mut bytes, 5, 0..3).is_none());
    assert!(Canvas::new(&mut bytes, 0, 0..3).is_none());
    assert!(Canvas::new(&mut bytes, 5, 3..3).is_none());
    assert!(Canvas::new(&mut bytes, usize::MAX, 0..i32::MAX).is_none());
    assert_eq!(Rgb::new(0x12_3456), Rgb([0x12, 0x34, 0x56]));
}
