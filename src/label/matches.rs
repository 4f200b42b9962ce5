//! Which lane has which row's labels, and what is to be told of the rows.

use crate::model::ProviderId;
use crate::store::Store;

use super::hits::{Hit, Unclear, decide, hits};
use super::labels::State;
use super::{Label, Labels, Report, TOLD_ROWS, Told, Why};

/// Which lane has which row's labels, of the store as it was when they were looked for. Lanes change when more is loaded: then
/// they are looked for anew.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    /// By lane, one more than the row; 0 for none.
    rows: Vec<u32>,
    report: Report,
    version: u64,
}

impl Matches {
    /// The row whose labels a lane has; null where it has none.
    pub fn row(&self, lane: u32) -> Option<u32> {
        self.rows.get(lane as usize)?.checked_sub(1)
    }

    /// What a lane is called; null where no row is for it. `labels` are those that were matched.
    pub fn label<'l>(&self, labels: &'l Labels, lane: u32) -> Option<Label<'l>> {
        self.row(lane).map(|row| labels.label(row))
    }

    /// What came of the rows.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Whether nothing was loaded since they were looked for.
    pub fn is_of(&self, store: &Store) -> bool {
        self.version == store.version()
    }

    /// Gives a lane the labels of a row; returns the earlier row that had it.
    fn apply(&mut self, lane: u32, row: u32) -> Option<u32> {
        let slot = self.rows.get_mut(lane as usize)?;
        std::mem::replace(slot, row + 1).checked_sub(1)
    }
}

/// What was found for a row at all vendors.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    lane: bool,
    ambiguous: bool,
    replaced: bool,
}

impl Labels {
    /// Looks for the lanes of all rows: once through the lanes, each by its identifiers. Where more than one row is for a lane,
    /// the last one of the file is.
    pub fn matching(&self, store: &Store) -> Matches {
        let mut matches = Matches {
            rows: vec![0; store.lane_end() as usize],
            report: Report::default(),
            version: store.version(),
        };
        let mut found = vec![Found::default(); self.sheet().row_count()];
        let mut told = Vec::new();
        let hits = hits(self, store);
        for group in hits.chunk_by(|a, b| (a.row, a.provider) == (b.row, b.provider)) {
            let Some((row, provider)) = group.first().map(|hit| (hit.row, hit.provider)) else {
                continue;
            };
            let lane = match self.one_lane(provider, group) {
                Ok(lane) => lane,
                Err(why) => {
                    told.push((row, why));
                    mark(&mut found, row, |found| found.ambiguous = true);
                    continue;
                }
            };
            mark(&mut found, row, |found| found.lane = true);
            if let Some(earlier) = matches.apply(lane, row) {
                let line = self.sheet().line(row as usize);
                told.push((earlier, Why::Replaced(provider, line)));
                mark(&mut found, earlier, |found| found.replaced = true);
            }
        }
        matches.report = self.report(&found, told);
        matches.report.lanes = matches.rows.iter().filter(|row| **row > 0).count() as u32;
        matches
    }

    fn one_lane(&self, provider: ProviderId, group: &[Hit]) -> Result<u32, Why> {
        decide(group).map_err(|unclear| match unclear {
            Unclear::Several(count) => Why::Several(provider, count),
            Unclear::Different(a, b) => match (self.identifier(a), self.identifier(b)) {
                (Some(a), Some(b)) => Why::Different(provider, a, b),
                _ => Why::Several(provider, 2),
            },
        })
    }

    fn report(&self, found: &[Found], mut told: Vec<(u32, Why)>) -> Report {
        let mut report = Report {
            rows: found.len() as u32,
            ..Report::default()
        };
        for ((row, state), found) in self.states().zip(found) {
            report.matched += u32::from(found.lane);
            report.ambiguous += u32::from(found.ambiguous);
            report.replaced += u32::from(found.replaced);
            let is_found = found.lane || found.ambiguous;
            report.unmatched += u32::from(!is_found);
            let destroyed = matches!(state.why, Some(Why::Destroyed(_)));
            report.destroyed += u32::from(destroyed);
            if destroyed || !is_found {
                told.push((row, why(state)));
            }
        }
        told.sort_unstable();
        told.truncate(TOLD_ROWS);
        let tell = |(row, why): (u32, Why)| Told {
            line: self.sheet().line(row as usize),
            identifier: self.written_identifier(row).to_owned(),
            why,
        };
        report.told = told.into_iter().map(tell).collect();
        report
    }
}

/// Why nothing was found by the identifiers of a row.
fn why(state: &State) -> Why {
    match state.why {
        Some(why @ (Why::Destroyed(_) | Why::Rounded(_))) => why,
        Some(why) if state.usable == 0 => why,
        _ if state.usable == 0 => Why::NoIdentifier,
        _ => Why::NotLoaded,
    }
}

fn mark(found: &mut [Found], row: u32, how: impl FnOnce(&mut Found)) {
    if let Some(found) = found.get_mut(row as usize) {
        how(found);
    }
}
