//! Lanes made up for tests, and the colours of both themes.

use crate::raster::{Rgb, Theme};
use std::borrow::Cow;

use crate::{
    BarFlags, BarWalk, Counts, Detail, Forest, LaneBar, LaneEvent, LaneView, Leaf, Note, Row,
    RowKind, Visit,
};

pub const MIN: i64 = 60_000;
pub const HOUR: i64 = 60 * MIN;
pub const DAY: i64 = 24 * HOUR;

/// One lane.
#[derive(Debug, Default, Clone)]
pub struct Lane {
    pub bars: Vec<LaneBar>,
    pub events: Vec<LaneEvent>,
    pub nothing_before: Option<i64>,
    pub note: Option<Note>,
}

/// All lanes, with the labels and segments of their sessions.
#[derive(Debug, Default, Clone)]
pub struct Scene {
    pub lanes: Vec<Lane>,
    pub labels: Vec<(u32, String)>,
    pub segments: Vec<(u32, Vec<(i64, u8)>)>,
    /// Bars come through a forest, as the engine's do.
    pub indexed: bool,
}

impl Scene {
    fn of(&self, row: RowKind) -> &Lane {
        let lane = row.lane().unwrap_or_default();
        &self.lanes[lane as usize]
    }
}

impl LaneView for Scene {
    fn bars(
        &self,
        row: RowKind,
        (from, to): (i64, i64),
        detail: Detail<'_>,
        visit: &mut impl Visit,
    ) {
        let bars = &self.of(row).bars;
        let touches = |bar: &LaneBar| bar.start <= to && bar.light_until >= from;
        if !self.indexed {
            bars.iter()
                .filter(|bar| touches(bar))
                .for_each(|bar| visit.visit(*bar));
            return;
        }
        let leaf = |at: usize| {
            bars.get(at).map(|bar| Leaf {
                begin: bar.start,
                reach: bar.light_until,
                covered: bar.covered,
                colour: bar.colour,
            })
        };
        let mut walk = BarWalk {
            bars,
            window: (from, to),
            visit,
        };
        Forest::new(bars.len(), &leaf).walk((from, to), detail, &mut walk);
    }

    fn segments(&self, session: u32, out: &mut Vec<(i64, u8)>) {
        if let Some((_, known)) = self.segments.iter().find(|(s, _)| *s == session) {
            out.extend_from_slice(known);
        }
    }

    fn events(&self, row: RowKind, (from, to): (i64, i64), visit: &mut dyn FnMut(LaneEvent)) {
        for event in &self.of(row).events {
            if (from..=to).contains(&event.time) {
                visit(*event);
            }
        }
    }

    fn label(&self, _row: RowKind, text: u32) -> Cow<'_, str> {
        self.labels
            .iter()
            .find(|(s, _)| *s == text)
            .map_or(Cow::default(), |(_, text)| text.into())
    }

    fn counts(&self, _group: u32) -> Option<&Counts> {
        None
    }

    fn nothing_before(&self, lane: u32) -> Option<i64> {
        self.lanes[lane as usize].nothing_before
    }

    fn note(&self, row: RowKind) -> Option<Note> {
        self.of(row).note.clone()
    }
}

/// A session that began and ended as reported.
pub fn bar(session: u32, start: i64, end: i64, colour: u8) -> LaneBar {
    known(session, [start, end, end], colour, 0)
}

/// A session with its start, known and possible end, and flags.
pub fn known(session: u32, [start, solid, light]: [i64; 3], colour: u8, flags: u8) -> LaneBar {
    LaneBar {
        session,
        start,
        solid_until: solid,
        light_until: light,
        colour,
        flags: BarFlags(flags),
        fresh: false,
        count: 1,
        covered: solid.saturating_sub(start).max(0),
        text: session,
        level: None,
    }
}

/// A scene of one lane.
pub fn lane(bars: &[LaneBar]) -> Scene {
    Scene {
        lanes: vec![Lane {
            bars: bars.to_vec(),
            ..Lane::default()
        }],
        ..Scene::default()
    }
}

/// Rows of 28 pixels, one per lane.
pub fn rows(lanes: u32, height: f32) -> Vec<Row> {
    (0..lanes)
        .map(|n| Row {
            kind: RowKind::Lane(n),
            y: n as f32 * height,
            height,
        })
        .collect()
}

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64).rem_euclid(below.max(1))
    }
}

pub fn light() -> Theme {
    Theme {
        background: Rgb::new(0xff_ffff),
        group_background: Rgb::new(0xf6_f7f9),
        line: Rgb::new(0xee_f0f2),
        chosen_background: Rgb::new(0xe7_f0fb),
        hatch_background: Rgb::new(0xed_eff2),
        hatch: Rgb::new(0xe1_e4e8),
        accent: Rgb::new(0x0a_63c9),
        now: Rgb::new(0xb4_2318),
        strip: Rgb::new(0xc4_cad1),
        palette: [
            0x2f_7fd1, 0x7a_4fc9, 0x1a_a3a3, 0x7f_b800, 0xe0_8a00, 0xb0_573a, 0xa3_abb5,
        ]
        .map(Rgb::new)
        .to_vec(),
        faded: Vec::new(),
        marks: [0x8a_929d, 0x5b_6470, 0xb4_5309, 0xb4_2318]
            .map(Rgb::new)
            .to_vec(),
        light: 170,
        ..Theme::default()
    }
}

pub fn dark() -> Theme {
    Theme {
        background: Rgb::new(0x14_171b),
        group_background: Rgb::new(0x1a_1e23),
        line: Rgb::new(0x21_262c),
        chosen_background: Rgb::new(0x16_304d),
        hatch_background: Rgb::new(0x1c_2025),
        hatch: Rgb::new(0x2b_3138),
        accent: Rgb::new(0x5a_a7ff),
        now: Rgb::new(0xff_8a80),
        strip: Rgb::new(0x44_4c55),
        palette: [
            0x5b_9fe6, 0xa7_87ea, 0x3c_c4c4, 0xa2_d13a, 0xf0_a93a, 0xd0_795a, 0x6d_7782,
        ]
        .map(Rgb::new)
        .to_vec(),
        faded: Vec::new(),
        marks: [0x6d_7782, 0x9a_a4af, 0xf0_b04f, 0xff_8a80]
            .map(Rgb::new)
            .to_vec(),
        light: 170,
        ..Theme::default()
    }
}
