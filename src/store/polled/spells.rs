//! From the readings of one SIM, in order of time, to its sessions. Pure: no rows, no texts.
//!
//! A session is known again by its id, else by its start. Where neither start nor end is reported,
//! each lies in an interval between two readings. What nobody saw in between is merged.

use crate::model::Instant;

use super::super::interner::{NONE, TextId};
use super::super::order::items_by_number;
use super::{Active, Run, State};

/// How far back a reading is compared: with so many of the latest sessions and runs of readings. What
/// lies before is settled, and the cost of a reading does not grow with the square of the history.
const REACH: usize = 64;

/// A session as readings tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// Text number of its id.
    pub id: TextId,
    /// The reported start.
    pub start: Option<Instant>,
    /// Where no start is reported: the last instant before it; null where none is known.
    pub after: Option<Instant>,
    /// The first reading that said connected; null for a session between two readings, of which
    /// only the times tell.
    pub first: Option<Instant>,
    /// The last instant at which it is known to have been up.
    pub last: Option<Instant>,
    /// The last instant at which a reading that named it, or knew its start, said that it was up.
    sure: Option<Instant>,
    /// How it ended.
    pub end: End,
}

/// The end of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Connected at the last reading.
    Open,
    /// Reported.
    At(Instant),
    /// Later than the first, and at the second at the latest.
    Within(Instant, Instant),
}

impl Spell {
    /// The latest instant at which it can have begun; null where only its end is known.
    pub fn begin(&self) -> Option<Instant> {
        self.start.or(self.first)
    }

    /// Where it stands among the sessions of its SIM.
    fn place(&self) -> Option<Instant> {
        self.begin().or(match self.end {
            End::At(at) | End::Within(_, at) => Some(at),
            End::Open => None,
        })
    }

    fn is_open(&self) -> bool {
        self.end == End::Open
    }

    fn began_before(&self, at: Instant) -> bool {
        self.begin().is_some_and(|begin| begin < at)
    }

    /// A reported connection may be its start, of which nothing else is known.
    fn may_start_at(&self, at: Instant) -> bool {
        self.start.is_none()
            && self.first.is_some_and(|first| at <= first)
            && self.after.is_none_or(|after| after < at)
    }
}

/// The sessions that follow from all readings of a SIM, ordered by start.
pub fn spells(runs: &[Run]) -> Vec<Spell> {
    let mut walk = Walk {
        spells: Vec::new(),
        before: None,
        runs: &[],
        settled: 0,
    };
    for (at, run) in runs.iter().enumerate() {
        walk.runs = runs.get(..at).unwrap_or_default();
        let (Some(first), Some(until)) = (run.first(), run.until(runs.get(at + 1))) else {
            continue;
        };
        if run.state.connected {
            walk.connected(&run.state, first);
        } else {
            walk.disconnected(&run.state, first);
        }
        let recent = walk.recent_spells_mut().iter_mut();
        for spell in recent.filter(|spell| spell.is_open()) {
            spell.last = spell.last.max(Some(until));
            if run.state.active.iter().any(|active| names(active, spell)) {
                spell.sure = spell.sure.max(Some(until));
            }
        }
        walk.before = Some((until, run.state.connected));
        walk.settle();
    }
    let mut spells = items_by_number(walk.spells, |spell| {
        spell.place().map_or(i64::MIN, Instant::ms)
    });
    // Where never two were up at once, one is over when the next begins.
    if runs.iter().all(|run| run.state.active.len() <= 1) {
        for at in 1..spells.len() {
            let next = spells.get(at).and_then(|next| next.start);
            if let Some(spell) = spells.get_mut(at - 1)
                && let (End::Within(earliest, latest), Some(next)) = (spell.end, next)
                && (earliest..latest).contains(&next)
            {
                spell.end = End::Within(earliest, next);
            }
        }
    }
    spells
}

/// Which session an active one of a state belongs to, among those of [`spells`].
pub fn spell_of(spells: &[Spell], active: &Active, at: Instant) -> Option<usize> {
    let covers = |spell: &Spell| {
        spell.first.is_some_and(|first| first <= at) && spell.last.is_some_and(|last| at <= last)
    };
    let exact = |spell: &Spell| {
        covers(spell)
            && (spell.id == active.id || active.id == NONE)
            && (active.start.is_none() || spell.start == active.start)
    };
    spells
        .iter()
        .rposition(exact)
        .or_else(|| spells.iter().rposition(|s| covers(s) && s.id == active.id))
        .or_else(|| spells.iter().rposition(covers))
}

struct Walk<'a> {
    spells: Vec<Spell>,
    /// Until when the reading before held, and whether it said connected.
    before: Option<(Instant, bool)>,
    /// The runs before this one.
    runs: &'a [Run],
    /// Sessions before this index are not changed any more.
    settled: usize,
}

impl Walk<'_> {
    /// The sessions that a reading is compared with.
    fn recent(&self) -> std::ops::Range<usize> {
        self.settled..self.spells.len()
    }

    fn recent_spells(&self) -> &[Spell] {
        self.spells.get(self.settled..).unwrap_or_default()
    }

    fn recent_spells_mut(&mut self) -> &mut [Spell] {
        self.spells.get_mut(self.settled..).unwrap_or_default()
    }

    /// Leaves behind what is out of reach; never a session that is up.
    fn settle(&mut self) {
        while self.spells.len() - self.settled > REACH
            && self.spells.get(self.settled).is_some_and(|s| !s.is_open())
        {
            self.settled += 1;
        }
    }

    /// The latest instants at which a reading said connected, in no order.
    fn up(&self) -> impl Iterator<Item = Instant> {
        self.runs
            .iter()
            .rev()
            .take(REACH)
            .filter(|run| run.state.connected)
            .flat_map(|run| run.readings.iter().map(|(at, _)| *at).chain(run.held))
    }

    /// The last instant before another at which a session that began by then is known to have been up.
    fn up_before(&self, begin: Option<Instant>, at: Instant) -> Instant {
        let up = self.up().filter(|up| *up < at).max();
        up.max(begin).map_or(at, |up| up.min(at))
    }

    fn connected(&mut self, state: &State, now: Instant) {
        let mut found: Vec<Option<usize>> = vec![None; state.active.len()];
        // Ids first, so that an unnamed one does not take the place of a named one.
        for by_id in [true, false] {
            for (slot, active) in found.iter_mut().zip(&state.active) {
                let named = active.id != NONE;
                if slot.is_some() {
                    continue;
                }
                *slot = self.recent().find(|at| {
                    self.spells.get(*at).is_some_and(|spell| {
                        spell.is_open()
                            && (!by_id || (named && spell.id == active.id))
                            && continues(spell, active, state)
                    })
                });
                if let Some(spell) = slot.and_then(|at| self.spells.get_mut(at)) {
                    refine(spell, active);
                }
            }
        }
        // With several sessions at once nobody tells whose start ended the former one.
        let begun = match (state.active.as_slice(), found.as_slice()) {
            ([only], [None]) => only.start,
            _ => None,
        };
        let mut sure = None;
        for at in self.recent() {
            if !found.contains(&Some(at)) {
                let open = self.spells.get(at).filter(|spell| spell.is_open());
                sure = sure.max(open.and_then(|spell| spell.sure));
                self.close(at, begun, state, now);
            }
        }
        self.complete(state, now);
        for (active, slot) in state.active.iter().zip(found) {
            if slot.is_none() {
                self.open(active, state, sure, now);
            }
        }
    }

    fn disconnected(&mut self, state: &State, now: Instant) {
        for at in self.recent() {
            if let Some(spell) = self.spells.get_mut(at)
                && spell.is_open()
                && let Some(c) = state.connection
                && spell.may_start_at(c)
                // A connection that had ended by the first reading is another one.
                && !state.disconnection.is_some_and(|d| c <= d && Some(d) < spell.first)
            {
                spell.start = Some(c);
            }
            self.close(at, None, state, now);
        }
        self.complete(state, now);
    }

    /// A closed session that goes on beyond a start reported later is two: the other one takes its end.
    fn split(&mut self, start: Instant) -> Option<End> {
        let goes_on = |spell: &Spell| match spell.end {
            End::Open => false,
            End::At(end) => start < end,
            End::Within(_, latest) => start < latest,
        };
        let at = self.recent().rev().find(|at| {
            let spell = self.spells.get(*at);
            spell.is_some_and(|spell| spell.began_before(start) && goes_on(spell))
        })?;
        let earliest = self.up_before(self.spells.get(at)?.begin(), start);
        let spell = self.spells.get_mut(at)?;
        let end = spell.end;
        spell.end = End::Within(earliest, start);
        spell.last = Some(earliest);
        Some(match end {
            End::Within(earliest, latest) => End::Within(earliest.max(start), latest),
            end => end,
        })
    }

    /// An open session that is not up any more ended since it was last seen up: when reported, else
    /// before the next connection, else by now.
    fn close(&mut self, at: usize, begun: Option<Instant>, state: &State, now: Instant) {
        let Some(spell) = self.spells.get(at).filter(|spell| spell.is_open()) else {
            return;
        };
        let later = [begun, state.connection]
            .into_iter()
            .flatten()
            .filter(|next| spell.began_before(*next))
            .min();
        let latest = later.map_or(now, |next| next.min(now));
        let reported = state
            .disconnection
            .filter(|end| spell.began_before(*end) && later.is_none_or(|next| *end <= next));
        let (last, end) = match (reported, spell.last) {
            (Some(end), last) => (last.map(|last| last.min(end)), End::At(end)),
            (None, Some(last)) if last < latest => {
                // With another one up, a reading that named neither may have been of that one.
                let sure = spell.sure.filter(|_| state.connected && later.is_none());
                let earliest = sure.map_or(last, |sure| sure.min(last));
                (Some(earliest), End::Within(earliest, latest))
            }
            (None, _) => {
                // Up again at the last reading: only the ones before the next start count.
                let earliest = self.up_before(spell.begin(), latest);
                (Some(earliest), End::Within(earliest, latest))
            }
        };
        if let Some(spell) = self.spells.get_mut(at) {
            (spell.last, spell.end) = (last, end);
        }
    }

    /// What the two times tell of a session that is over.
    fn complete(&mut self, state: &State, now: Instant) {
        let end = state.disconnection;
        let start = state
            .connection
            // While connected, a connection that has not ended is the present one.
            .filter(|start| !state.connected || end.is_some_and(|end| *start <= end));
        if let Some(end) = end {
            self.tell_end(end);
        }
        let ended = end.filter(|end| start.is_none_or(|start| start <= *end));
        match (start, ended) {
            (None, None) => {}
            (Some(start), _) => {
                if self
                    .recent_spells()
                    .iter()
                    .any(|spell| spell.start == Some(start))
                {
                    self.tell_end_of(start, ended);
                    return;
                }
                let unnamed = self.recent_spells_mut().iter_mut().rev().find(|spell| {
                    let of_end = matches!(spell.end, End::At(end) if spell.begin().is_none()
                        && start <= end
                        && spell.after.is_none_or(|after| after < start));
                    !spell.is_open() && (spell.may_start_at(start) || of_end)
                });
                if let Some(spell) = unnamed {
                    spell.start = Some(start);
                    self.tell_end_of(start, ended);
                    return;
                }
                let taken_over = self.split(start);
                // Times of which one belongs to a session that is known otherwise do not fit together.
                let taken = ended.map(End::At);
                if taken_over.is_none()
                    && taken.is_some()
                    && self
                        .recent_spells()
                        .iter()
                        .any(|spell| taken == Some(spell.end))
                {
                    return;
                }
                let end = match (taken, taken_over, self.before) {
                    (Some(end), ..) | (None, Some(end), _) => end,
                    (None, None, Some((before, true))) => {
                        End::Within(start.max(before), now.max(start))
                    }
                    _ => End::Within(start, now.max(start)),
                };
                let last = match end {
                    End::Open => start,
                    End::At(last) | End::Within(last, _) => last,
                };
                self.spells.push(Spell {
                    id: NONE,
                    start: Some(start),
                    after: None,
                    first: None,
                    last: Some(last),
                    sure: Some(last),
                    end,
                });
            }
            (None, Some(end)) => self.lone_end(state, end),
        }
    }

    /// A reported end inside the interval in which a session ended is its end.
    fn tell_end(&mut self, end: Instant) {
        for spell in self.recent_spells_mut() {
            if let End::Within(earliest, latest) = spell.end
                && (earliest..=latest).contains(&end)
                && spell.began_before(end)
            {
                spell.end = End::At(end);
            }
        }
    }

    fn tell_end_of(&mut self, start: Instant, end: Option<Instant>) {
        let spell = self
            .recent_spells_mut()
            .iter_mut()
            .find(|spell| spell.start == Some(start));
        if let (Some(spell), Some(end)) = (spell, end)
            && matches!(spell.end, End::Within(..))
        {
            spell.end = End::At(end);
            spell.last = spell.last.map(|last| last.min(end));
        }
    }

    /// An end without a start, of a session that no reading saw.
    fn lone_end(&mut self, state: &State, end: Instant) {
        let known = self
            .recent_spells()
            .iter()
            .any(|spell| spell.end == End::At(end));
        let news = match self.before {
            None => !state.connected,
            Some((before, connected)) => !connected && before < end,
        };
        if !known && news {
            self.spells.push(Spell {
                id: NONE,
                start: None,
                after: self.before.map(|(at, _)| at),
                first: None,
                last: Some(end),
                sure: Some(end),
                end: End::At(end),
            });
        }
    }

    /// A session that the reading before did not list: a new one, or one that is known again.
    /// `sure`: when the one that it follows on was last surely up, where there is one.
    fn open(&mut self, active: &Active, state: &State, sure: Option<Instant>, now: Instant) {
        let again = self.recent_spells_mut().iter_mut().rev().find(|spell| {
            let same_start = active.start.is_some() && spell.start == active.start;
            !spell.is_open()
                && if active.id == NONE || spell.id == NONE {
                    same_start
                } else {
                    spell.id == active.id && (same_start || active.start.is_none())
                }
        });
        if let Some(spell) = again {
            spell.end = End::Open;
            spell.first = spell.first.or(Some(now));
            spell.last = Some(now);
            refine(spell, active);
            return;
        }
        // It began after the last reading that did not list it, and after the last disconnection.
        // Readings after that which said connected were of this one already.
        let told = state.disconnection.filter(|end| *end < now);
        let up_since = told.and_then(|end| self.up().filter(|up| *up > end).min());
        let split = told.is_some()
            && self
                .before
                .is_some_and(|(before, up)| up && told < Some(before));
        let split = split
            && self
                .recent_spells()
                .iter()
                .any(|spell| told.map(End::At) == Some(spell.end));
        let before = self.before.map(|(before, up)| match sure {
            Some(sure) if up => (sure.min(before), up),
            _ => (before, up),
        });
        let after = match before {
            Some((before, _)) if !split => Some(told.map_or(before, |end| end.max(before))),
            _ => told.filter(|_| split),
        };
        let first = up_since.filter(|_| split).unwrap_or(now);
        self.spells.push(Spell {
            id: active.id,
            start: active.start,
            after,
            first: Some(first),
            last: Some(now),
            sure: Some(now),
            end: End::Open,
        });
    }
}

/// Whether an open session is the active one of a reading.
fn continues(spell: &Spell, active: &Active, state: &State) -> bool {
    let begun_later = active.start.is_some_and(|start| spell.began_before(start));
    if begun_later {
        return false;
    }
    if active.id != NONE && spell.id != NONE {
        return active.id == spell.id;
    }
    // Disconnected since it began, so that what is up now is another one.
    let ended = active.start.is_none()
        && state.active.len() == 1
        && state
            .disconnection
            .is_some_and(|end| spell.began_before(end));
    !ended
}

/// Whether an active session of a reading is surely that one, which it is known to be part of.
fn names(active: &Active, spell: &Spell) -> bool {
    let unnamed = spell.id == NONE && spell.start.is_none();
    unnamed
        || (active.id != NONE && active.id == spell.id)
        || (active.start.is_some() && active.start == spell.start)
}

/// Takes over what a further reading of a session tells.
fn refine(spell: &mut Spell, active: &Active) {
    spell.start = spell.start.or(active.start);
    if spell.id == NONE {
        spell.id = active.id;
    }
}
