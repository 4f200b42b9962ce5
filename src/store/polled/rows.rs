//! Sessions that follow from readings, as rows of the store.

use crate::model::{Basis, EndKind, Instant, Reading, Session, StartKind, Text, Traffic};

use super::super::Store;
use super::super::documents::RecordAt;
use super::super::identity::{Index, identities_of};
use super::super::interner::NONE;
use super::super::session_columns::instant;
use super::spells::{End, Spell, spell_of, spells};
use super::{Run, State, Track};

impl Store {
    /// Takes a reading of a SIM's state, and writes the sessions that follow from all of its readings.
    /// Returns the rows that it is a record of.
    pub(in crate::store) fn take_reading(
        &mut self,
        reading: &Reading<'_>,
        record: RecordAt,
    ) -> Vec<u32> {
        let about = &reading.about;
        let texts = &mut self.parts.texts;
        let sim = self.sims.key(texts, about.provider, &about.sim);
        let imsi = texts.intern_opt(about.imsi.as_deref());
        let iccid = texts.intern_opt(about.iccid.as_deref());
        let (state, listed) = State::of(reading, texts);
        self.sims.link_imsi(sim, imsi);
        self.sims.link(sim, iccid);
        let lane = self.sims.lane_of(sim);

        let mut track = self.polled.take(sim).unwrap_or_default();
        let active = state.active.clone();
        let documents = &self.documents;
        let taken = (reading.at, reading.asked_before);
        track.insert(state, taken, record.document, &|document, at| {
            documents.get(document as usize)?.held_before(at)
        });
        let latest = track.runs.last().and_then(Run::last) == Some(reading.at);
        let found = spells(&track.runs);
        let (mut rows, gone) = known_rows(&track.spells, &found);
        // The session that each listed one is, with its place in the reading's list.
        let told: Vec<(Option<usize>, Option<usize>)> = active
            .iter()
            .zip(listed)
            .map(|(active, listed)| (spell_of(&found, active, reading.at), listed))
            .collect();
        let mut touched = Vec::new();
        for (at, (spell, slot)) in found.iter().zip(&mut rows).enumerate() {
            let told = told.iter().find(|(of, _)| *of == Some(at));
            if told.is_none() && slot.is_some_and(|(_, as_before)| as_before) {
                continue;
            }
            let told = told
                .and_then(|(_, listed)| reading.active.get((*listed)?))
                .unwrap_or(about);
            let row = match *slot {
                Some((row, _)) => {
                    track.keep_end_of_file(row, self.sessions.end(row));
                    let end = track.end_of_file(row);
                    self.rewrite(row, spell, told, latest && spell.end == End::Open, end);
                    row
                }
                None => self.place(spell, told, (sim, imsi), &mut track, record),
            };
            *slot = Some((row, true));
            touched.push(row);
        }
        for row in gone {
            self.take_out(row, lane);
        }
        let rows = rows.into_iter().flatten().map(|(row, _)| row);
        track.spells = found.into_iter().zip(rows).collect();
        if let Some(sim) = self.sims.lane_mut(lane).and_then(|lane| lane.sim.as_mut()) {
            // The reading that was taken last says it, not the one that came last.
            sim.online = track.runs.last().map(|run| run.state.connected);
        }
        self.sims.touch(lane);
        self.polled.put(sim, track);
        touched
    }

    /// Writes a session that is known already. `newer`: what is told along replaces what was.
    fn rewrite(
        &mut self,
        row: u32,
        spell: &Spell,
        told: &Session<'_>,
        newer: bool,
        reported_end: Option<Instant>,
    ) {
        let old = self.session(row).into_owned();
        let told = told.clone().into_owned();
        let mut session = if newer {
            fill(told, old)
        } else {
            fill(old, told)
        };
        session.id = self
            .parts
            .text(spell.id)
            .map(|id| Text::Owned(id.into_owned()));
        tell(&mut session, spell, reported_end);
        if self.sessions.id(row).as_deref() != session.id.as_deref() {
            self.sessions.set_id(row, session.id.as_deref());
        }
        let sim = self.sessions.sim(row);
        self.sessions.write(&mut self.parts, row, sim, &session);
        self.enter(row);
    }

    /// Writes a session that no reading told of before: into the row that a file made of it, else
    /// into one of its own.
    fn place(
        &mut self,
        spell: &Spell,
        told: &Session<'_>,
        (sim, imsi): (u32, u32),
        track: &mut Track,
        record: RecordAt,
    ) -> u32 {
        let mut session = told.clone().into_owned();
        session.id = self
            .parts
            .text(spell.id)
            .map(|id| Text::Owned(id.into_owned()));
        tell(&mut session, spell, None);
        let index = Index {
            table: &mut self.identities,
            sessions: &self.sessions,
            sims: &self.sims,
        };
        let of_file = identities_of(&session, sim, imsi)
            .iter()
            .flatten()
            .find_map(|identity| index.find(identity))
            .filter(|row| {
                let kinds = self.sessions.kinds(*row);
                let others = self
                    .sims
                    .lane(self.sims.lane_of(sim))
                    .map_or_else(Vec::new, |lane| self.polled.rows_of(&lane.keys));
                kinds.basis == Basis::Polled
                    && !kinds.dead
                    && others.binary_search(row).is_err()
                    && track.spells.iter().all(|(_, known)| known != row)
            });
        if let Some(row) = of_file {
            track.keep_end_of_file(row, self.sessions.end(row));
            self.rewrite(row, spell, told, true, track.end_of_file(row));
            return row;
        }
        self.append_session(&session, sim, record)
    }

    /// Takes out a session that, after an older reading came late, never was one.
    fn take_out(&mut self, row: u32, lane: u32) {
        self.sessions.kill(row);
        self.alive -= 1;
        if let Some(lane) = self.sims.lane_mut(lane) {
            lane.sessions.retain(|known| *known != row);
        }
    }
}

impl Track {
    /// Keeps the end of a row where it is none that followed from readings.
    fn keep_end_of_file(&mut self, row: u32, end: i64) {
        let Some(end) = instant(end) else { return };
        let known = self.spells.iter().find(|(_, known)| *known == row);
        if known.is_none_or(|(spell, _)| spell.end != End::At(end)) {
            self.ends_of_files.retain(|(known, _)| *known != row);
            self.ends_of_files.push((row, end));
        }
    }

    fn end_of_file(&self, row: u32) -> Option<Instant> {
        let found = self.ends_of_files.iter().find(|(known, _)| *known == row);
        found.map(|(_, end)| *end)
    }
}

/// The rows that the sessions had before, from the surest to the least sure sign of being the same, each
/// with whether the session is as it was. Then the rows of which no session is left.
fn known_rows(before: &[(Spell, u32)], found: &[Spell]) -> (Vec<Option<(u32, bool)>>, Vec<u32>) {
    let signs: [fn(&Spell, &Spell) -> bool; 4] = [
        |old, new| old.id == new.id && old.first == new.first && old.start == new.start,
        |old, new| old.start.is_some() && old.start == new.start,
        |old, new| old.id != NONE && old.id == new.id,
        |old, new| match (old.first, new.first, new.last) {
            (Some(old), Some(from), Some(to)) => (from..=to).contains(&old),
            (None, None, _) => old.end == new.end,
            _ => false,
        },
    ];
    // Nearly always all but the last ones are as they were.
    let mut rows: Vec<Option<(u32, bool)>> = before
        .iter()
        .zip(found)
        .take_while(|((old, _), new)| old == *new)
        .map(|((_, row), _)| Some((*row, true)))
        .collect();
    let same_first = rows.len();
    rows.resize(found.len(), None);
    let mut left: Vec<&(Spell, u32)> = before.iter().skip(same_first).collect();
    for same in signs {
        left.retain(|(old, row)| {
            let slot = rows
                .iter_mut()
                .zip(found)
                .skip(same_first)
                .find(|(slot, new)| slot.is_none() && same(old, new));
            match slot {
                Some((slot, new)) => {
                    *slot = Some((*row, old == new));
                    false
                }
                None => true,
            }
        });
    }
    let gone = left.into_iter().map(|(_, row)| *row).collect();
    (rows, gone)
}

/// What a session tells along, and the other where it says nothing.
fn fill(first: Session<'static>, second: Session<'static>) -> Session<'static> {
    let list = |a: Vec<Text<'static>>, b| if a.is_empty() { b } else { a };
    Session {
        iccid: first.iccid.or(second.iccid),
        imsi: first.imsi.or(second.imsi),
        apn: first.apn.or(second.apn),
        ips: list(first.ips, second.ips),
        traffic: if first.traffic == Traffic::default() {
            second.traffic
        } else {
            first.traffic
        },
        ..first
    }
}

/// Start and end of a session in the model's terms. An end that a file reported inside the interval
/// stays.
fn tell(session: &mut Session<'_>, spell: &Spell, reported_end: Option<Instant>) {
    session.basis = Basis::Polled;
    (session.start, session.start_kind) = match (spell.start, spell.first, spell.after) {
        (Some(start), ..) => (Some(start), StartKind::Exact),
        (None, Some(first), Some(_)) => (Some(first), StartKind::Estimated),
        (None, ..) => (None, StartKind::Unknown),
    };
    let end = match (spell.end, reported_end) {
        (End::Within(from, to), Some(end)) if (from..=to).contains(&end) => End::At(end),
        (end, _) => end,
    };
    (session.end_earliest, session.end_latest) = (None, None);
    (session.end, session.end_kind, session.last_seen) = match end {
        End::Open => (None, EndKind::Open, spell.last),
        End::At(end) => (Some(end), EndKind::Exact, Some(end)),
        End::Within(earliest, latest) => {
            (session.end_earliest, session.end_latest) = (Some(earliest), Some(latest));
            (None, EndKind::Estimated, Some(earliest))
        }
    };
    session.key_at = spell
        .begin()
        .or(session.end)
        .filter(|at| Some(*at) != session.start);
}
