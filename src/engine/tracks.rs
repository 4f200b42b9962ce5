//! The rows of an opened lane: what every session was on (operator, radio, cell), who it was (IMEI, IMSI), what it carried,
//! and what the vendor tells beside sessions (status, usage, signal). Made once when the lane is opened and again when its
//! rows have changed.

use crate::model::{Cell, EventKind, Radio};
use crate::store::Store;
use crate::timeline::raster::{OF_RADIOS, OF_VALUES};
use crate::timeline::{
    BarFlags, BarWalk, Detail, Forest, LaneBar, Leaf, Note, RowKind, Tone, Track, Visit,
};

use super::colours::{network_label, of_radio};
use super::protocol::ColourBy;

/// So many values of a row have a colour of their own before they begin anew.
const COLOURS: u32 = 7;
/// The colour of columns.
const COLUMN_COLOUR: u8 = OF_VALUES;
/// How tall the least column is, of 255.
const LEAST_LEVEL: f64 = 24.0;

/// The rows of all opened lanes.
#[derive(Debug, Default)]
pub struct Tracks {
    lanes: Vec<LaneTracks>,
}

#[derive(Debug)]
struct LaneTracks {
    lane: u32,
    stamp: (u32, u32),
    rows: Vec<TrackRow>,
}

/// One row.
#[derive(Debug, Default)]
struct TrackRow {
    /// In order of their start.
    bars: Vec<LaneBar>,
    forest: Forest,
    /// By number of a bar's text.
    texts: Vec<String>,
    note: Option<Note>,
}

impl Tracks {
    /// Makes what is missing or out of date of the opened lanes, and drops the others. `bar` gives a session as a bar, null
    /// where it is left out; `epoch` is another whenever that may have changed.
    pub fn ready(
        &mut self,
        store: &Store,
        (opened, epoch, as_of): (&[u32], u32, i64),
        bar: &dyn Fn(u32) -> Option<LaneBar>,
    ) {
        self.lanes.retain(|known| opened.contains(&known.lane));
        for &lane in opened {
            let Some(settled) = store.lane(lane).map(|found| found.settled) else {
                continue;
            };
            let stamp = (settled, epoch);
            if self
                .lanes
                .iter()
                .any(|known| known.lane == lane && known.stamp == stamp)
            {
                continue;
            }
            self.lanes.retain(|known| known.lane != lane);
            let rows = Track::ALL.map(|track| row_of(store, lane, track, as_of, bar));
            self.lanes.push(LaneTracks {
                lane,
                stamp,
                rows: rows.into(),
            });
        }
    }

    fn row(&self, (lane, track): (u32, Track)) -> Option<&TrackRow> {
        let lane = self.lanes.iter().find(|known| known.lane == lane)?;
        lane.rows.get(track as usize)
    }

    /// What touches the window; many on one pixel as one. Values are not merged beyond that.
    pub fn bars(
        &self,
        row: (u32, Track),
        window: (i64, i64),
        detail: Detail<'_>,
        visit: &mut impl Visit,
    ) {
        let Some(row) = self.row(row) else { return };
        let mut walk = BarWalk {
            bars: &row.bars,
            window,
            visit,
        };
        let detail = Detail::of_pixels(detail.px);
        row.forest.walk(window, detail, &mut walk);
    }

    /// The text of a bar.
    pub fn text(&self, row: (u32, Track), text: u32) -> &str {
        let text = self.row(row).and_then(|row| row.texts.get(text as usize));
        text.map_or("", String::as_str)
    }

    /// What to say in the row beside its bars.
    pub fn note(&self, row: RowKind) -> Option<Note> {
        let RowKind::Track(lane, track) = row else {
            return None;
        };
        self.row((lane, track))?.note.clone()
    }
}

/// Numbers texts by their first appearance.
#[derive(Debug, Default)]
struct Texts(Vec<String>);

impl Texts {
    /// Where each value is likely its own.
    fn push(&mut self, text: String) -> u32 {
        self.0.push(text);
        self.0.len() as u32 - 1
    }

    fn number(&mut self, text: String) -> u32 {
        let known = self.0.iter().position(|known| *known == text);
        known.unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        }) as u32
    }
}

fn row_of(
    store: &Store,
    lane: u32,
    track: Track,
    as_of: i64,
    bar: &dyn Fn(u32) -> Option<LaneBar>,
) -> TrackRow {
    let mut texts = Texts::default();
    let mut bars = match track {
        Track::Operator | Track::Radio | Track::Cell | Track::Imei | Track::Imsi => {
            of_sessions(store, lane, track, &mut texts, bar)
        }
        Track::Traffic => traffic(store, lane, &mut texts, bar),
        Track::Usage => usage(store, lane, &mut texts),
        Track::Signal => signal(store, lane, &mut texts),
        Track::Status => status(store, lane, as_of, &mut texts),
        Track::Events => Vec::new(),
    };
    let empty = bars.is_empty() && (track != Track::Events || has_no_events(store, lane));
    if !bars.is_sorted_by_key(|bar| bar.start) {
        bars = crate::store::order::items_by_number(bars, |bar| bar.start);
    }
    let leaf = |at: usize| {
        bars.get(at).map(|bar| Leaf {
            begin: bar.start,
            reach: bar.light_until,
            covered: bar.covered,
            colour: bar.colour,
        })
    };
    TrackRow {
        forest: Forest::new(bars.len(), &leaf),
        texts: texts.0,
        note: if empty {
            nothing(store, lane, track)
        } else {
            current_status(store, lane, track, as_of)
        },
        bars,
    }
}

fn has_no_events(store: &Store, lane: u32) -> bool {
    store.lane(lane).is_none_or(|lane| lane.events.is_empty())
}

/// What an empty row says, at the first instant of the lane.
fn nothing(store: &Store, lane: u32, track: Track) -> Option<Note> {
    let facts = store.lane(lane)?.facts;
    let text = match track {
        Track::Status => {
            let sim = store.sim(lane)?;
            let status = sim.status.as_deref()?;
            format!("{status}, in the list; no change was reported")
        }
        Track::Events | Track::Signal | Track::Usage => "none reported".to_owned(),
        _ => "not reported".to_owned(),
    };
    Some(Note {
        at: facts.from,
        text,
        tone: Tone::Dim,
    })
}

/// The status that the SIM's list tells, at the instant of the answer.
fn current_status(store: &Store, lane: u32, track: Track, as_of: i64) -> Option<Note> {
    if track != Track::Status {
        return None;
    }
    let sim = store.sim(lane)?;
    Some(Note {
        at: as_of,
        text: format!("{} in the list", sim.status.as_deref()?),
        tone: Tone::Dim,
    })
}

/// A bar for each session, or for each of its segments, that has the value.
fn of_sessions(
    store: &Store,
    lane: u32,
    track: Track,
    texts: &mut Texts,
    bar: &dyn Fn(u32) -> Option<LaneBar>,
) -> Vec<LaneBar> {
    let rows = store.lane(lane).map_or(&[][..], |lane| &lane.sessions);
    let mut out: Vec<LaneBar> = Vec::new();
    for &row in rows {
        let Some(whole) = bar(row) else { continue };
        let first = out.len();
        for (from, radio, network, cell) in pieces(store, row, whole.start) {
            let Some((text, colour)) = value(store, row, track, (radio, network, cell)) else {
                continue;
            };
            let number = texts.number(text);
            let colour = colour.unwrap_or(OF_VALUES + (number % COLOURS) as u8);
            let from = from.clamp(whole.start, whole.solid_until);
            if let Some(before) = out.get_mut(first..).and_then(<[_]>::last_mut) {
                if before.text == number {
                    continue;
                }
                before.solid_until = from;
                before.light_until = from;
                before.covered = from - before.start;
                before.flags.0 &= BarFlags::START_BEFORE | BarFlags::START_UNSURE;
            }
            let mut flags = whole.flags;
            if out.len() > first {
                flags.0 &= !(BarFlags::START_BEFORE | BarFlags::START_UNSURE);
            }
            out.push(LaneBar {
                start: from,
                covered: whole.solid_until.saturating_sub(from),
                text: number,
                colour,
                flags,
                fresh: false,
                ..whole
            });
        }
    }
    out
}

type Piece = (i64, Option<Radio>, u32, u32);

/// From when, radio, network and cell of each segment; of the whole session where it has none.
fn pieces(store: &Store, row: u32, start: i64) -> Vec<Piece> {
    let sessions = store.sessions();
    let segments: Vec<Piece> = sessions
        .segment_numbers(row)
        .map(|(from, radio, network, cell, _)| (from.ms(), radio, network, cell))
        .collect();
    if segments.is_empty() {
        let whole = (
            start,
            sessions.kinds(row).radio,
            sessions.network(row),
            sessions.cell(row),
        );
        return vec![whole];
    }
    segments
}

/// What the row shows of a session, with its colour where that is no matter of order.
fn value(
    store: &Store,
    row: u32,
    track: Track,
    (radio, network, cell): (Option<Radio>, u32, u32),
) -> Option<(String, Option<u8>)> {
    let sessions = store.sessions();
    let text = |id| store.parts().text(id).map(std::borrow::Cow::into_owned);
    match track {
        Track::Operator => Some((network_label(store, network, ColourBy::Operator)?, None)),
        Track::Radio => Some((radio?.label().to_owned(), Some(OF_RADIOS + of_radio(radio)))),
        Track::Cell => Some((cell_text(&store.parts().cell(cell))?, None)),
        Track::Imei => Some((text(sessions.imei(row))?, None)),
        Track::Imsi => Some((text(sessions.imsi(row))?, None)),
        _ => None,
    }
}

/// A cell as reported, else by its parts.
fn cell_text(cell: &Cell<'_>) -> Option<String> {
    if let Some(reported) = &cell.reported {
        return Some(reported.to_string());
    }
    let area = cell.tac.or(cell.lac);
    let id = cell
        .nci
        .or(cell.eci.map(u64::from))
        .or(cell.ci.map(u64::from));
    match (area, id) {
        (None, None) => None,
        (Some(area), Some(id)) => Some(format!("{area}/{id}")),
        (Some(area), None) => Some(format!("{area}/")),
        (None, Some(id)) => Some(id.to_string()),
    }
}

/// A column for each value, on a scale of magnitudes: traffic differs by many.
fn columns(values: Vec<(LaneBar, f64)>, logarithmic: bool) -> Vec<LaneBar> {
    let scaled = |value: f64| {
        if logarithmic {
            (value.max(0.0) + 1.0).ln()
        } else {
            value
        }
    };
    let finite = values.iter().map(|(_, value)| scaled(*value));
    let most = finite.clone().fold(f64::MIN, f64::max);
    let least = if logarithmic {
        0.0
    } else {
        finite.fold(f64::MAX, f64::min)
    };
    let span = most - least;
    values
        .into_iter()
        .map(|(bar, value)| {
            let share = if span > 0.0 {
                (scaled(value) - least) / span
            } else {
                1.0
            };
            LaneBar {
                level: Some((LEAST_LEVEL + share * (255.0 - LEAST_LEVEL)) as u8),
                colour: COLUMN_COLOUR,
                flags: BarFlags(0),
                fresh: false,
                light_until: bar.solid_until,
                ..bar
            }
        })
        .collect()
}

fn traffic(
    store: &Store,
    lane: u32,
    texts: &mut Texts,
    bar: &dyn Fn(u32) -> Option<LaneBar>,
) -> Vec<LaneBar> {
    let rows = store.lane(lane).map_or(&[][..], |lane| &lane.sessions);
    let values = rows.iter().filter_map(|&row| {
        let traffic = store.sessions().traffic(row);
        let both = |up: Option<u64>, down: Option<u64>| match (up, down) {
            (None, None) => None,
            (up, down) => Some(up.unwrap_or(0).saturating_add(down.unwrap_or(0))),
        };
        let bytes = traffic
            .bytes_total
            .or(both(traffic.bytes_up, traffic.bytes_down));
        let packets = both(traffic.packets_up, traffic.packets_down);
        let (value, unit) = match (bytes, packets) {
            (Some(bytes), _) => (bytes, "bytes"),
            (None, Some(packets)) => (packets, "packets"),
            (None, None) => return None,
        };
        let bar = LaneBar {
            text: texts.push(amount(value, unit)),
            ..bar(row)?
        };
        Some((bar, value as f64))
    });
    let values = values.collect();
    columns(values, true)
}

/// Bytes in the unit that suits them, to a tenth; MB are 10^6 bytes.
fn amount(value: u64, unit: &str) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let larger = UNITS.iter().find(|(least, _)| value >= *least);
    match larger.filter(|_| unit == "bytes") {
        Some((least, name)) => format!("{}.{} {name}", value / least, value % least * 10 / least),
        None => format!("{value} {unit}"),
    }
}

/// A bar that stands for a row of another kind.
fn plain(number: u32, from: i64, to: i64, text: u32) -> LaneBar {
    LaneBar {
        session: number,
        start: from,
        solid_until: to.max(from),
        light_until: to.max(from),
        colour: COLUMN_COLOUR,
        flags: BarFlags(0),
        fresh: false,
        count: 1,
        covered: to.saturating_sub(from).max(0),
        text,
        level: None,
    }
}

fn usage(store: &Store, lane: u32, texts: &mut Texts) -> Vec<LaneBar> {
    let rows = store.lane(lane).map_or(&[][..], |lane| &lane.usage);
    let values = rows.iter().filter_map(|&row| {
        let usage = store.usage_row(row)?;
        let sum = |up: Option<u64>, down: Option<u64>| {
            (up.is_some() || down.is_some()).then(|| up.unwrap_or(0) + down.unwrap_or(0))
        };
        let bytes = usage
            .bytes_total
            .or_else(|| sum(usage.bytes_up, usage.bytes_down));
        let (value, unit) = match bytes {
            Some(bytes) => (bytes, "bytes"),
            None => (sum(usage.packets_up, usage.packets_down)?, "packets"),
        };
        let text = texts.push(amount(value, unit));
        let from = usage.from.ms();
        let to = usage.to.map_or(from, crate::model::Instant::ms);
        Some((plain(row, from, to, text), value as f64))
    });
    let values = values.collect();
    columns(values, true)
}

fn signal(store: &Store, lane: u32, texts: &mut Texts) -> Vec<LaneBar> {
    let rows = store.lane(lane).map_or(&[][..], |lane| &lane.events);
    let values = rows.iter().filter_map(|&row| {
        let event = store.event_row(row)?;
        let value = event.signal?;
        let text = texts.push(serde_json::to_string(&value).unwrap_or_default());
        let at = event.time.ms();
        Some((plain(row, at, at, text), value))
    });
    let values = values.collect();
    columns(values, false)
}

/// From each change of the status to the next; the last one until the answer was fetched.
fn status(store: &Store, lane: u32, as_of: i64, texts: &mut Texts) -> Vec<LaneBar> {
    let rows = store.lane(lane).map_or(&[][..], |lane| &lane.events);
    let mut out: Vec<LaneBar> = Vec::new();
    for &row in rows {
        let Some(event) = store.event_row(row) else {
            continue;
        };
        if event.kind != EventKind::SimStatus {
            continue;
        }
        let told = store.parts().text(event.detail);
        let told = told.or_else(|| store.parts().text(event.reported_kind));
        let Some(told) = told else { continue };
        let at = event.time.ms();
        if let Some(before) = out.last_mut() {
            before.solid_until = at;
            before.light_until = at;
            before.covered = at - before.start;
        }
        let text = texts.number(told.into_owned());
        let bar = plain(row, at, as_of, text);
        out.push(LaneBar {
            colour: OF_VALUES + (text % COLOURS) as u8,
            ..bar
        });
    }
    out
}
