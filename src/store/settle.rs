//! What is decided once a chunk is in, for the lanes that it touched: the order of their rows, and
//! which rebuilt sessions without a reported end are open. The result depends on what is in the
//! lane, not on the order in which it came.

use crate::model::{Basis, EndKind, StartKind};

use super::Store;
use super::order::by_number;
use super::session_columns::NEVER;
use super::sims::LaneFacts;

impl Store {
    /// Settles every lane that was touched since the last call.
    pub fn settle(&mut self) {
        self.settle_cells();
        for lane in self.sims.take_touched() {
            self.settle_lane(lane);
        }
    }

    fn settle_lane(&mut self, lane: u32) {
        let Some(found) = self.sims.lane_mut(lane) else {
            return;
        };
        let mut sessions = std::mem::take(&mut found.sessions);
        let mut events = std::mem::take(&mut found.events);
        let mut usage = std::mem::take(&mut found.usage);
        by_number(&mut sessions, &mut |row| self.begin(row));
        let rebuilt = sessions
            .iter()
            .any(|row| self.sessions.kinds(*row).basis != Basis::Reported);
        if let Some(found) = self.sims.lane_mut(lane) {
            found.sessions = sessions;
        }
        if rebuilt {
            self.join_lone_ends(lane);
            self.place_current_session(lane);
            self.settle_ends(lane);
        }
        by_number(&mut events, &mut |row| {
            self.events.get(row).map_or(NEVER, |row| row.time.ms())
        });
        by_number(&mut usage, &mut |row| {
            self.usage.get(row).map_or(NEVER, |row| row.from.ms())
        });
        let facts = self
            .sims
            .lane(lane)
            .map(|found| self.facts_of(&found.sessions));
        self.settlements += 1;
        let settled = self.settlements;
        if let Some(found) = self.sims.lane_mut(lane) {
            found.events = events;
            found.usage = usage;
            found.facts = facts.unwrap_or_default();
            found.settled = settled;
        }
    }

    fn facts_of(&self, rows: &[u32]) -> LaneFacts {
        let mut facts = LaneFacts::default();
        let add = |sum: &mut Option<u64>, part: Option<u64>| {
            if let Some(part) = part {
                *sum = Some(sum.unwrap_or(0).saturating_add(part));
            }
        };
        for &row in rows {
            let (begin, solid, light) = self.stretch(row);
            if begin != NEVER {
                facts.from = if facts.from == NEVER {
                    begin
                } else {
                    facts.from.min(begin)
                };
                facts.to = facts.to.max(light);
                facts.last_known = facts.last_known.max(solid);
                facts.longest_ms = facts.longest_ms.max(light.saturating_sub(begin));
            }
            facts.open += u32::from(self.sessions.kinds(row).end == EndKind::Open);
            let traffic = self.sessions.traffic(row);
            if traffic.bytes_total.is_some() {
                add(&mut facts.bytes, traffic.bytes_total);
            } else {
                add(&mut facts.bytes, traffic.bytes_up);
                add(&mut facts.bytes, traffic.bytes_down);
            }
            add(&mut facts.packets, traffic.packets_up);
            add(&mut facts.packets, traffic.packets_down);
        }
        facts
    }

    /// When a session begins, until when it is known to have been up, and until when it may have been: see [`Self::begin`],
    /// [`Self::solid_until`], [`Self::light_until`].
    pub fn stretch(&self, row: u32) -> (i64, i64, i64) {
        let columns = &self.sessions;
        let told = (columns.start(row), columns.end(row));
        self.stretch_of(row, told, columns.ends(row).1)
    }

    /// The same of a row whose start and end, and how its end is known, were read already.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as of `Nearby`, which asks for it")]
    pub(super) fn stretch_of(
        &self,
        row: u32,
        (start, end): (i64, i64),
        end_kind: EndKind,
    ) -> (i64, i64, i64) {
        // Asked for every session and frame: what is told nearly always comes first.
        let begin = if start == NEVER {
            self.begin_untold(row)
        } else {
            start
        };
        let until = if end == NEVER {
            self.sessions.last_seen(row)
        } else {
            end
        };
        let solid = until.max(begin);
        let light = match end_kind {
            EndKind::Open => self.observed(row),
            EndKind::Estimated => self.sessions.end_latest(row),
            EndKind::Exact | EndKind::Unknown => return (begin, solid, solid),
        };
        (begin, solid, light.map_or(solid, |at| at.ms().max(solid)))
    }

    /// An end that tells neither id nor start belongs to the newest session before it that has no
    /// end, if none began in between.
    fn join_lone_ends(&mut self, lane: u32) {
        let rows = self
            .lane(lane)
            .map_or_else(Vec::new, |l| l.sessions.clone());
        for &row in &rows {
            let kinds = self.sessions.kinds(row);
            let lone = kinds.basis == Basis::Rebuilt
                && kinds.start == StartKind::Unknown
                && kinds.end == EndKind::Exact
                && !self.sessions.has_id(row);
            if !lone {
                continue;
            }
            let end = self.sessions.end(row);
            let home = rows.iter().copied().filter(|other| {
                let start = self.sessions.start(*other);
                *other != row
                    && !self.sessions.kinds(*other).dead
                    && self.sessions.kinds(*other).basis == Basis::Rebuilt
                    && start != NEVER
                    && start <= end
            });
            let home = home.max_by_key(|other| self.sessions.start(*other));
            if let Some(home) = home
                && [NEVER, end].contains(&self.sessions.end(home))
            {
                self.absorb_session(home, row);
            }
        }
    }

    /// A current state that names no session id and no start belongs to the newest session of its
    /// IMSI that began before it and had not ended by then.
    fn place_current_session(&mut self, lane: u32) {
        let rows = self
            .lane(lane)
            .map_or_else(Vec::new, |l| l.sessions.clone());
        let floating = |store: &Self, row: u32| {
            let kinds = store.sessions.kinds(row);
            kinds.basis == Basis::Rebuilt
                && kinds.start == StartKind::Estimated
                && kinds.end != EndKind::Exact
        };
        for &row in &rows {
            if !floating(self, row) {
                continue;
            }
            let seen = self.sessions.last_seen(row);
            let home = rows.iter().rev().copied().find(|other| {
                *other != row
                    && !self.sessions.kinds(*other).dead
                    && !floating(self, *other)
                    && self.sessions.kinds(*other).basis == self.sessions.kinds(row).basis
                    && self.sessions.imsi(*other) == self.sessions.imsi(row)
                    && self.sessions.start(*other) != NEVER
                    && self.sessions.start(*other) <= seen
                    && (!self.sessions.has_id(*other) || !self.sessions.has_id(row))
            });
            let Some(home) = home else { continue };
            let end = self.sessions.end(home);
            if end == NEVER || end >= seen {
                self.absorb_session(home, row);
            }
        }
    }

    /// Of the sessions of one IMSI that have no reported end only the newest can be open, and only
    /// if no later state of the SIM says that it is offline.
    fn settle_ends(&mut self, lane: u32) {
        let Some(found) = self.lane(lane) else { return };
        let offline_since = found
            .sim
            .as_deref()
            .filter(|sim| sim.online == Some(false))
            .map(|sim| sim.last_seen.map_or(i64::MAX, crate::model::Instant::ms));
        let rows = found.sessions.clone();
        // Readings in a row tell themselves what is open.
        let polled = self.polled.rows_of(&found.keys);
        let mut newest: Vec<(u32, u32)> = Vec::new();
        for row in &rows {
            if self.sessions.kinds(*row).basis == Basis::Reported {
                continue;
            }
            let imsi = self.sessions.imsi(*row);
            match newest.iter_mut().find(|(known, _)| *known == imsi) {
                Some((_, newest)) => *newest = *row,
                None => newest.push((imsi, *row)),
            }
        }
        for row in rows {
            let kinds = self.sessions.kinds(row);
            let decided = matches!(kinds.end, EndKind::Exact | EndKind::Estimated);
            if kinds.basis == Basis::Reported || decided || polled.binary_search(&row).is_ok() {
                continue;
            }
            let is_newest = newest.iter().any(|(_, newest)| *newest == row);
            let known_until = self.sessions.last_seen(row).max(self.sessions.start(row));
            let offline = offline_since.is_some_and(|since| since >= known_until);
            let end = if is_newest && !offline {
                EndKind::Open
            } else {
                EndKind::Unknown
            };
            self.sessions.set_end_kind(row, end);
        }
    }

    /// Where a session begins on the time axis: its start, else the first thing known of it.
    pub fn begin(&self, row: u32) -> i64 {
        match self.sessions.start(row) {
            NEVER => self.begin_untold(row),
            start => start,
        }
    }

    #[cold]
    fn begin_untold(&self, row: u32) -> i64 {
        if self.sessions.kinds(row).basis == Basis::Polled {
            // What it is known by is the first reading that listed it.
            let first = self.sessions.key_at(row);
            if first != NEVER {
                return first;
            }
        }
        let seen = [self.sessions.last_seen(row), self.sessions.end(row)];
        seen.into_iter()
            .find(|at| *at != NEVER)
            .unwrap_or_else(|| super::session_columns::ms(self.observed(row)))
    }

    /// Until when a session is known to have been up; at least its begin.
    pub fn solid_until(&self, row: u32) -> i64 {
        self.stretch(row).1
    }

    /// Until when a session may have been up: open ones until the answer was fetched, estimated
    /// ends until the latest of them; at least [`Self::solid_until`].
    pub fn light_until(&self, row: u32) -> i64 {
        self.stretch(row).2
    }
}
