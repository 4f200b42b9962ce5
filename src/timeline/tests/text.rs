//! Frames and paintings written as text.

use std::fmt::Write;

use crate::raster::Theme;
use crate::{Bar, BarFlags, Frame, FrameQuery, Row, RowKind, build};

use super::scene::{MIN, Scene};

/// The left edge of the small views, a whole number of minutes.
pub const LEFT: i64 = 1_800_000_000_000;

/// One lane over 60 pixels of a minute each, beginning `shift` minutes after [`LEFT`].
pub fn small_frame(scene: &Scene, shift: i64, ratio: f32) -> Frame {
    let rows = [Row {
        kind: RowKind::Lane(0),
        y: 0.0,
        height: 28.0,
    }];
    build(
        scene,
        &FrameQuery {
            from: LEFT + shift * MIN,
            to: LEFT + (shift + 60) * MIN,
            width: 60.0,
            ratio,
            rows: &rows,
            group_lanes: &[],
        },
    )
}

/// A frame as text. Per row and sub-row a line with a character per pixel (a letter per colour, `~`
/// light), marks above; then every bar with its numbers, and whatever else the frame holds.
pub fn frame(frame: &Frame) -> String {
    let mut out = String::new();
    for row in 0..frame.rows.len() as u32 {
        let marks: Vec<_> = frame.marks.iter().filter(|m| m.row == row).collect();
        if !marks.is_empty() {
            let mut line = blank(frame);
            for mark in &marks {
                put(&mut line, mark.x, mark.x + 1.0, 'v');
            }
            let counts: Vec<u32> = marks.iter().map(|m| m.count).collect();
            let fresh = marks.iter().filter(|m| m.fresh).count();
            let fresh = match fresh {
                0 => String::new(),
                n => format!(", {n} fresh"),
            };
            let _ = writeln!(out, "|{}| events {counts:?}{fresh}", text(&line));
        }
        for sub in 0..=2 {
            let bars = frame.bars.range(frame.bars.of_row(row as usize));
            let bars: Vec<Bar> = bars.filter(|bar| bar.sub == sub).collect();
            if bars.is_empty() && sub > 0 {
                continue;
            }
            let mut line = blank(frame);
            for bar in bars {
                let letter = char::from(b'a' + bar.colour);
                put(&mut line, bar.x1 as f32, bar.x2 as f32, '~');
                put(&mut line, bar.x0 as f32, bar.x1 as f32, letter);
            }
            let _ = writeln!(out, "|{}|", text(&line));
        }
    }
    for b in frame.bars.iter() {
        let _ = writeln!(
            out,
            "{}: {}..{}..{} x{}{}{}",
            b.session,
            b.x0,
            b.x1,
            b.x2,
            b.count,
            flags(b.flags.0),
            if b.fresh { " fresh" } else { "" }
        );
    }
    for label in frame.bars.labels() {
        let text = &frame.texts[label.text as usize];
        let _ = writeln!(out, "label {}..{} {text}", label.x0, label.x1);
    }
    for (_, x) in &frame.hatches {
        let _ = writeln!(out, "hatched to {x}");
    }
    for (_, note) in &frame.notes {
        let _ = writeln!(out, "note {}", note.text);
    }
    for strip in &frame.strips {
        let _ = writeln!(
            out,
            "strip from {} by {}: {:?}",
            strip.x0, strip.bucket, strip.counts
        );
    }
    out
}

fn blank(frame: &Frame) -> Vec<char> {
    vec!['.'; frame.width as usize]
}

fn put(line: &mut [char], from: f32, to: f32, with: char) {
    for (x, slot) in line.iter_mut().enumerate() {
        if (from..to).contains(&(x as f32)) {
            *slot = with;
        }
    }
}

fn text(line: &[char]) -> String {
    line.iter().collect()
}

fn flags(bits: u8) -> String {
    let names = [
        (BarFlags::OPEN, " open"),
        (BarFlags::END_UNKNOWN, " end-unknown"),
        (BarFlags::END_ESTIMATED, " end-estimated"),
        (BarFlags::START_UNSURE, " start-unsure"),
        (BarFlags::START_BEFORE, " start-before"),
        (BarFlags::MERGED, " merged"),
        (BarFlags::SEGMENT, " segment"),
        (BarFlags::OVERLAP, " overlap"),
    ];
    names
        .iter()
        .filter(|(bit, _)| bits & bit != 0)
        .map(|(_, name)| *name)
        .collect()
}

/// Painted pixels as text: `.` background, `_` line, letters the palette, `/` hatching, `!` accent,
/// `v` marks, `|` strip, `+` anything mixed.
pub fn pixels(bytes: &[u8], width: usize, theme: &Theme) -> String {
    let mut out = String::new();
    for line in bytes.chunks(width * 4) {
        for pixel in line.chunks(4) {
            assert_eq!(pixel[3], 255, "opaque");
            out.push(name(&pixel[..3], theme));
        }
        out.push('\n');
    }
    out
}

fn name(rgb: &[u8], theme: &Theme) -> char {
    if let Some(colour) = theme.palette.iter().position(|c| c.0 == rgb) {
        return char::from(b'a' + colour as u8);
    }
    [
        (theme.background, '.'),
        (theme.hatch_background, ','),
        (theme.hatch, '/'),
        (theme.line, '_'),
        (theme.accent, '!'),
        (theme.strip, '|'),
        (theme.marks[0], 'v'),
    ]
    .iter()
    .find(|(colour, _)| colour.0 == rgb)
    .map_or('+', |(_, name)| *name)
}
