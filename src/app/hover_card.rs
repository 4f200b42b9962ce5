//! The card beside the pointer.

use crate::app::var::Var;
use leptos::prelude::*;

use crate::engine::protocol::RowLabel;
use crate::model::EventKind;
use crate::timeline::{BarFlags, Frame, Hit, RowKind, Track, duration};

use super::state::{Shot, use_state};
use super::words;

/// What lies under the pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hovered {
    /// The SIM.
    pub lane: Option<u32>,
    /// The session, or the first of several.
    pub session: Option<u32>,
    /// The event, or the first of several.
    pub event: Option<u32>,
    /// How many sessions or events.
    count: u32,
    /// Kind of the event.
    event_kind: Option<u8>,
    /// Start, known end and flags of the bar.
    bar: Option<(i64, i64, BarFlags)>,
    /// Instant of the mark.
    mark_at: i64,
    /// What a row of an opened lane says there.
    value: Option<String>,
    /// Name of the SIM, or of the row.
    name: String,
    /// Where the pointer is, CSS pixels of the canvas.
    x: f64,
    y: f64,
}

impl Hovered {
    /// What a hit stands for.
    pub fn new(shot: &Shot, hit: Hit, x: f64, y: f64) -> Option<Self> {
        let frame = &shot.frame;
        let own = (frame.to - frame.from) as f64 / f64::from(frame.width.max(1.0));
        let time = |x: f32| frame.from + (f64::from(x) * own) as i64;
        let row = match hit {
            Hit::Bar(at) => frame.bars.row_of(at),
            Hit::Mark(at) => frame.marks.get(at)?.row as usize,
            Hit::Row(at) => at,
        };
        let lane = match frame.rows.get(row)?.kind {
            RowKind::Lane(lane) | RowKind::Track(lane, _) => Some(lane),
            RowKind::Group(_) => None,
        };
        let name = match shot.labels.get(row)? {
            RowLabel::Lane { name, .. } => name.clone(),
            RowLabel::Group { label, .. } => label.clone(),
            RowLabel::Track { track, .. } => track.label().to_owned(),
        };
        let track = match frame.rows.get(row)?.kind {
            RowKind::Track(_, track) => Some(track),
            _ => None,
        };
        let mut found = Self {
            lane,
            session: None,
            event: None,
            count: 0,
            event_kind: None,
            bar: None,
            mark_at: 0,
            value: None,
            name,
            x,
            y,
        };
        match hit {
            Hit::Bar(at) => {
                let bar = frame.bars.get(at)?;
                let number = Some(bar.session);
                match track {
                    Some(Track::Signal | Track::Status) => found.event = number,
                    // A usage record is not of a session.
                    Some(Track::Usage) => {}
                    _ => found.session = number,
                }
                found.count = bar.count;
                found.value = track.and_then(|_| text_at(frame, row, bar.x0));
                found.bar = Some((time(bar.x0 as f32), time(bar.x1 as f32), bar.flags));
            }
            Hit::Mark(at) => {
                let mark = frame.marks.get(at)?;
                found.event = Some(mark.event);
                found.count = mark.count;
                found.event_kind = Some(mark.kind);
                found.mark_at = time(mark.x);
            }
            Hit::Row(_) => {}
        }
        Some(found)
    }

    fn says_something(&self) -> bool {
        self.bar.is_some() || self.event.is_some()
    }
}

/// The text of the bar that begins there: labels of an opened lane's rows tell of every bar.
fn text_at(frame: &Frame, row: usize, x0: i32) -> Option<String> {
    let x0 = x0.max(0);
    let mut of_row = frame
        .bars
        .labels()
        .filter(|label| label.row as usize == row);
    let found = of_row.find(|label| label.x0 == x0)?;
    frame.texts.get(found.text as usize).cloned()
}

/// The card beside the pointer. Times are those of the drawing, to the pixel; the inspector has
/// them exactly.
#[component]
pub fn HoverCard(
    /// What lies under the pointer.
    hovered: Var<Option<Hovered>>,
) -> impl IntoView {
    let state = use_state();
    let lines = move |found: &Hovered| {
        let zone = state.zone.get();
        let mut lines = Vec::new();
        lines.extend(found.value.clone());
        if let Some((from, to, flags)) = found.bar {
            if found.count > 1 {
                lines.push(words::counted(
                    u64::from(found.count),
                    "session",
                    "sessions",
                ));
                lines.push("too close together to be told apart: zoom in".to_owned());
            }
            lines.push(format!(
                "{} – {}",
                words::short_instant(from, &zone),
                words::short_instant(to, &zone)
            ));
            lines.push(duration(to - from));
            if found.count == 1 {
                lines.extend(
                    [
                        (BarFlags::OPEN, "open when last reported"),
                        (BarFlags::END_UNKNOWN, "nobody reported its end"),
                        (BarFlags::END_ESTIMATED, "its end is an estimate"),
                        (
                            BarFlags::START_UNSURE,
                            "its start is an estimate or unknown",
                        ),
                        (BarFlags::START_BEFORE, "began before the answer's window"),
                        (BarFlags::OVERLAP, "overlaps another session of this SIM"),
                    ]
                    .into_iter()
                    .filter(|(bit, _)| flags.has(*bit))
                    .map(|(_, text)| text.to_owned()),
                );
            }
        }
        if let Some(kind) = found.event_kind {
            let label = EventKind::ALL
                .get(usize::from(kind))
                .map_or("Event", |kind| kind.label());
            lines.push(label.to_owned());
            lines.push(words::instant(found.mark_at, &zone));
            if found.count > 1 {
                lines.push(format!("and {} more here", found.count - 1));
            }
        }
        lines
    };
    view! {
        {move || {
            hovered
                .get()
                .filter(Hovered::says_something)
                .map(|found| {
                    let width = state.scale.get_untracked().width();
                    let left = found.x > width - 220.0;
                    let up = found.y > state.height.get_untracked() - 110.0;
                    let text = lines(&found);
                    view! {
                        <div
                            class="hover-card"
                            class:left=left
                            class:up=up
                            aria-hidden="true"
                            style:--x=words::px(found.x)
                            style:--y=words::px(found.y + f64::from(state.scroll_y.get_untracked()))
                        >
                            <strong>{found.name}</strong>
                            {text.into_iter().map(|line| view! { <span>{line}</span> }).map(IntoAny::into_any).collect_view()}
                        </div>
                    }
                })
        }}
    }
}
