//! The store as the timeline sees it, under the present settings.

use crate::model::{EndKind, StartKind};
use crate::store::filter::Matched;
use crate::store::{NEVER, Store};
use crate::timeline::{BarFlags, LaneBar, LaneEvent, LaneView, Note, Tone};

use super::colours::Colours;
use super::fresh::{Fresh, Row};
use super::lanes::{SILENT_MS, is_open, last_known};

/// A SIM that has been offline for less than this is not worth a note.
const OFFLINE_NOTE_MS: i64 = 6 * 3_600_000;
/// From here on being offline is bad.
const OFFLINE_BAD_MS: i64 = 24 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// The store under the present settings.
pub struct StoreView<'a> {
    pub store: &'a Store,
    pub colours: &'a Colours,
    pub hidden: &'a [u8],
    pub fresh: &'a Fresh,
    /// What the filter lets through; null where that is everything.
    pub matched: Option<&'a Matched>,
    pub as_of: i64,
}

impl StoreView<'_> {
    /// Whether the filter lets the session through, and its colour is not left out.
    pub fn shows(&self, row: u32) -> bool {
        self.matched.is_none_or(|matched| matched.session(row))
            && (self.hidden.is_empty() || !self.hidden.contains(&self.colours.of(self.store, row)))
    }

    /// Whether the filter lets the event through.
    pub fn shows_event(&self, event: u32) -> bool {
        self.matched.is_none_or(|matched| matched.event(event))
    }

    /// Whether the filter lets the usage row through.
    pub fn shows_usage(&self, usage: u32) -> bool {
        self.matched.is_none_or(|matched| matched.usage(usage))
    }

    fn bar(&self, row: u32) -> LaneBar {
        let kinds = self.store.sessions().kinds(row);
        let mut flags = match kinds.end {
            EndKind::Exact => 0,
            EndKind::Open => BarFlags::OPEN,
            EndKind::Estimated => BarFlags::END_ESTIMATED,
            EndKind::Unknown => BarFlags::END_UNKNOWN,
        };
        flags |= match kinds.start {
            StartKind::Exact => 0,
            StartKind::BeforeWindow => BarFlags::START_BEFORE,
            StartKind::Estimated | StartKind::Unknown => BarFlags::START_UNSURE,
        };
        LaneBar {
            session: row,
            start: self.store.begin(row),
            solid_until: self.store.solid_until(row),
            light_until: self.store.light_until(row),
            colour: self.colours.of(self.store, row),
            flags: BarFlags(flags),
            fresh: self.fresh.has(Row::Session(row)),
        }
    }
}

impl LaneView for StoreView<'_> {
    fn bars(&self, lane: u32, from: i64, to: i64, visit: &mut dyn FnMut(LaneBar)) {
        let Some(found) = self.store.lane(lane) else {
            return;
        };
        let earliest = from.saturating_sub(found.longest_ms);
        let first = found
            .sessions
            .partition_point(|row| self.store.begin(*row) < earliest);
        for row in found.sessions.get(first..).unwrap_or_default() {
            let begin = self.store.begin(*row);
            if begin > to {
                break;
            }
            if begin == NEVER || self.store.light_until(*row) < from || !self.shows(*row) {
                continue;
            }
            visit(self.bar(*row));
        }
    }

    fn segments(&self, session: u32, out: &mut Vec<(i64, u8)>) {
        out.clear();
        for (from, radio, network, _, _) in self.store.sessions().segment_numbers(session) {
            let colour = self.colours.of_segment(self.store, session, radio, network);
            if out.last().is_none_or(|(_, last)| *last != colour) {
                out.push((from.ms(), colour));
            }
        }
        if out.len() < 2 {
            out.clear();
        }
    }

    fn events(&self, lane: u32, from: i64, to: i64, visit: &mut dyn FnMut(LaneEvent)) {
        let Some(found) = self.store.lane(lane) else {
            return;
        };
        let time = |row: u32| self.store.event_row(row).map_or(NEVER, |row| row.time.ms());
        let first = found.events.partition_point(|row| time(*row) < from);
        for row in found.events.get(first..).unwrap_or_default() {
            let Some(event) = self.store.event_row(*row) else {
                continue;
            };
            if event.time.ms() > to {
                break;
            }
            if !self.shows_event(*row) {
                continue;
            }
            visit(LaneEvent {
                event: *row,
                time: event.time.ms(),
                kind: event.kind as u8,
                fresh: self.fresh.has(Row::Event(*row)),
            });
        }
    }

    fn label(&self, session: u32) -> &str {
        let network = self.store.sessions().network(session);
        self.store.parts().operator(network).unwrap_or_default()
    }

    fn nothing_before(&self, lane: u32) -> Option<i64> {
        let provider = self.store.provider_of_lane(lane)?;
        let days = crate::provider::capability(provider).retention_days?;
        Some(self.as_of - i64::from(days) * DAY_MS)
    }

    fn note(&self, lane: u32) -> Option<Note> {
        let at = last_known(self.store, lane)?;
        let silence = self.as_of.saturating_sub(at);
        let words = crate::timeline::duration(silence);
        if is_open(self.store, lane) {
            return (silence > SILENT_MS).then(|| Note {
                at: at.max(self.as_of),
                text: format!("silent {words}"),
                tone: Tone::Warning,
            });
        }
        (silence > OFFLINE_NOTE_MS).then(|| Note {
            at,
            text: format!("offline {words}"),
            tone: if silence > OFFLINE_BAD_MS {
                Tone::Bad
            } else {
                Tone::Dim
            },
        })
    }
}
