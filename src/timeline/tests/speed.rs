//! Speed and pictures, on demand:
//! `cargo test --release --lib timeline::tests::speed -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Duration;

use super::scene::{self, Dice, HOUR, Lane, Scene};
use super::week::{FROM, week};
use crate::raster::{Painting, Placement, Shown};
use crate::{BarFlags, FrameQuery, build};

/// The median of many runs.
#[expect(clippy::disallowed_methods, reason = "measures; runs natively only")]
fn median(mut run: impl FnMut(usize)) -> Duration {
    let mut took: Vec<Duration> = (0..201)
        .map(|n| {
            let start = std::time::Instant::now();
            run(n);
            start.elapsed()
        })
        .collect();
    took.sort();
    took[took.len() / 2]
}

/// Lanes of equal sessions. Times in tenths of a pixel.
#[derive(Clone, Copy)]
struct Load {
    lanes: u32,
    row_height: f32,
    sessions: i64,
    apart: i64,
    length: i64,
    flags: u8,
    /// Adds a session to each lane that lasts throughout.
    overlapped: bool,
}

const MS_PER_PX: i64 = 40_000;

fn lanes_of(load: Load) -> Scene {
    let mut scene = Scene::default();
    let mut dice = Dice(3);
    for n in 0..i64::from(load.lanes) {
        let mut bars = Vec::new();
        if load.overlapped {
            bars.push(scene::bar(u32::MAX, FROM, FROM + 2000 * MS_PER_PX, 0));
        }
        for k in 0..load.sessions {
            let start = FROM + k * load.apart * MS_PER_PX / 10 + dice.roll(MS_PER_PX);
            let end = start + load.length * MS_PER_PX / 10;
            let colour = ((k / 9 + n) % 7) as u8;
            bars.push(scene::known(
                k as u32,
                [start, end, end],
                colour,
                load.flags,
            ));
        }
        scene.lanes.push(Lane {
            bars,
            ..Lane::default()
        });
    }
    scene
}

fn measure(name: &str, load: Load) {
    let scene = lanes_of(load);
    let rows = scene::rows(load.lanes, load.row_height);
    let (width, height) = (1400, 700);
    let frame_at = |shift: i64| {
        let from = FROM + shift * MS_PER_PX;
        build(
            &scene,
            &FrameQuery {
                from,
                to: from + 1400 * MS_PER_PX,
                width: 1400.0,
                ratio: 1.0,
                rows: &rows,
                group_lanes: &[],
            },
        )
    };
    let mut bytes = vec![0; width * height * 4];
    let building = median(|n| {
        black_box(frame_at(n as i64 % 7));
    });
    let frame = frame_at(0);
    let theme = scene::light();
    let shown = Shown {
        grid: vec![100.0, 500.0, 900.0],
        ..Shown::default()
    };
    let place = |n: usize| Placement {
        scroll_y: 0.0,
        scale: 1.0,
        dx: n as f64,
    };
    let painting = median(|n| {
        let place = place(n % 5);
        let painting = Painting::new(&frame, (width, height as i32), &place, &theme, &shown);
        for lines in painting.stripes() {
            painting.paint(&mut bytes, lines, &mut |_, _| {});
        }
        black_box(&bytes);
    });
    let mut words = vec![0_u32; width * height];
    let filling = median(|n| {
        words.fill(n as u32 | 0xff00_0000);
        black_box(&words);
    });
    println!(
        "{name}: {} bars; build {building:?}, paint {painting:?}, fill {filling:?}, paint/fill {:.1}",
        frame.bars.len(),
        painting.as_secs_f64() / filling.as_secs_f64(),
    );
}

#[test]
#[ignore = "measures time"]
fn a_screen_of_dense_lanes() {
    let dense = Load {
        lanes: 100,
        row_height: 7.0,
        sessions: 200,
        apart: 70,
        length: 50,
        flags: 0,
        overlapped: false,
    };
    let spread = |sessions, apart, length| Load {
        sessions,
        apart,
        length,
        ..dense
    };
    measure("100 lanes x 200, all on screen", dense);
    measure(
        "100 lanes x 200, 25 on screen",
        Load {
            row_height: 28.0,
            ..dense
        },
    );
    measure("100 lanes x 100", spread(100, 140, 100));
    measure("100 lanes x 466, a pixel each", spread(466, 30, 10));
    measure("100 lanes x 5,000, merged", spread(5000, 3, 1));
    let frayed = BarFlags::END_UNKNOWN | BarFlags::START_UNSURE;
    measure(
        "100 lanes x 200, frayed",
        Load {
            flags: frayed,
            ..dense
        },
    );
    measure(
        "100 lanes x 200, overlapped",
        Load {
            overlapped: true,
            ..dense
        },
    );
}

#[test]
#[ignore = "writes pictures to the temporary folder"]
fn pictures() {
    let (scene, rows, groups) = week();
    let groups: Vec<&[u32]> = groups.iter().map(Vec::as_slice).collect();
    for (name, theme, ratio) in [
        ("light", scene::light(), 1.0_f32),
        ("dark", scene::dark(), 1.0),
        ("light2", scene::light(), 2.0),
        ("dark15", scene::dark(), 1.5),
    ] {
        let (width, height) = ((890.0 * ratio) as usize, (480.0 * ratio) as usize);
        let query = FrameQuery {
            from: FROM,
            to: FROM + 168 * HOUR,
            width: width as f32,
            ratio,
            rows: &rows,
            group_lanes: &groups,
        };
        let frame = build(&scene, &query);
        let mut bytes = vec![0; width * height * 4];
        let x = |hours: f32| hours / 168.0 * width as f32;
        let shown = Shown {
            chosen_lane: Some(1),
            chosen_session: Some(scene.lanes[1].bars[4].session),
            picked_sessions: &[],
            hovered_session: Some(scene.lanes[7].bars[3].session),
            span: Some((x(98.0), x(116.2))),
            now: Some(x(162.0)),
            grid: (0..7).map(|d| x(24.0 * d as f32)).collect(),
        };
        let place = Placement {
            scroll_y: 0.0,
            scale: 1.0,
            dx: 0.0,
        };
        let lines = 0..height as i32;
        Painting::new(&frame, (width, lines.end), &place, &theme, &shown).paint(
            &mut bytes,
            lines,
            &mut |_, _| {},
        );
        let mut file = format!("P6\n{width} {height}\n255\n").into_bytes();
        for pixel in bytes.chunks(4) {
            file.extend_from_slice(&pixel[..3]);
        }
        let path = std::env::temp_dir().join(format!("simscope-timeline-{name}.ppm"));
        std::fs::write(path, file).unwrap();
    }
}
