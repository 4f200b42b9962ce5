//! The tables: which rows, in which order, and what the visible ones say. The twins of the timeline
//! for keyboard and screen reader: same filter, same span, and the same order unless another is asked for.

mod cells;
mod order;
mod sims;
mod times;

use std::cell::OnceCell;

use crate::store::{Extent, Store};

use super::groups;
use super::lanes::LaneList;
use super::protocol::{
    Column, GroupBy, GroupTotals, RowKey, Tab, TablePage, TableQuery, TableRow, Take,
};
use super::state::state_of;
use super::sums::Ground;
use super::view::StoreView;
use sims::Sims;
use times::Times;

/// So many rows are handed out at once at most.
pub const MOST_TAKEN: u32 = 10_000;

/// By which column the rows are ordered, and whether from high to low; null for the timeline's order.
type Order = Option<(Column, bool)>;

/// The rows of each table under the present filter and span, in the order last asked for.
#[derive(Debug, Default)]
pub struct Tables {
    rows: [Vec<u32>; 4],
    order: [Order; 4],
    times: Times,
    /// The groups of the SIMs; null until they are asked for.
    groups: Option<GroupTotals>,
}

/// What decides which rows are in the tables.
pub struct Filter<'a> {
    pub view: &'a StoreView<'a>,
    pub list: &'a LaneList,
    pub span: Option<[i64; 2]>,
    /// What is loaded.
    pub extent: Option<Extent>,
    /// Of what time anything is known, once that is asked for.
    pub ground: &'a OnceCell<Ground>,
    /// What SIMs are grouped by.
    pub group: GroupBy,
}

impl Filter<'_> {
    fn shows_session(&self, row: u32) -> bool {
        let store = self.view.store;
        self.view.shows(row)
            && self
                .span
                .is_none_or(|[from, to]| store.begin(row) <= to && store.light_until(row) >= from)
    }

    /// The chosen span, else from the first instant that is loaded to when the data were fetched; null where nothing has an instant.
    fn whole_span(&self) -> Option<(i64, i64)> {
        let all = self
            .extent
            .map(|all| [all.from, all.to.max(self.view.as_of)]);
        self.span.or(all).map(|[from, to]| (from, to))
    }

    fn shows_sim(&self, lane: u32) -> bool {
        if self.span.is_none() && self.view.hidden.is_empty() {
            return true;
        }
        let found = self.view.store.lane(lane);
        found.is_some_and(|found| found.sessions.iter().any(|row| self.shows_session(*row)))
    }

    fn shows_event(&self, row: u32) -> bool {
        let event = self.view.store.event_row(row);
        event.is_some_and(|event| {
            let at = event.time.ms();
            self.view.shows_event(row)
                && self.span.is_none_or(|[from, to]| (from..=to).contains(&at))
        })
    }

    fn shows_usage(&self, row: u32) -> bool {
        let usage = self.view.store.usage_row(row);
        usage.is_some_and(|usage| {
            let (from, to) = (usage.from.ms(), usage.to.unwrap_or(usage.from).ms());
            self.view.shows_usage(row) && self.span.is_none_or(|[a, b]| from <= b && to >= a)
        })
    }

    /// The rows of a table in the timeline's order: lane after lane, each from its start on.
    fn collect(&self, tab: Tab) -> Vec<u32> {
        let store = self.view.store;
        let mut rows = Vec::new();
        for lane in self.list.lanes() {
            let Some(found) = store.lane(lane) else {
                continue;
            };
            match tab {
                Tab::Sims => rows.extend(Some(lane).filter(|lane| self.shows_sim(*lane))),
                Tab::Sessions => {
                    let shown = found
                        .sessions
                        .iter()
                        .filter(|row| self.shows_session(**row));
                    rows.extend(shown);
                }
                Tab::Events => {
                    rows.extend(found.events.iter().filter(|row| self.shows_event(**row)));
                }
                Tab::Usage => {
                    rows.extend(found.usage.iter().filter(|row| self.shows_usage(**row)));
                }
            }
        }
        if tab == Tab::Usage {
            // What is of a whole account is in no lane.
            let of_account = store.usage_rows().filter(|(_, usage)| usage.sim.is_none());
            let of_account = of_account.map(|(row, _)| row);
            rows.extend(of_account.filter(|row| self.shows_usage(*row)));
        }
        rows
    }
}

impl Tables {
    /// Collects the rows anew, in the timeline's order.
    pub fn new(filter: &Filter<'_>) -> Self {
        Self {
            rows: [Tab::Sims, Tab::Sessions, Tab::Events, Tab::Usage]
                .map(|tab| filter.collect(tab)),
            order: [None; 4],
            times: Times::default(),
            groups: None,
        }
    }

    /// The rows of a table, in the order last asked for.
    pub fn rows_of(&self, tab: Tab) -> &[u32] {
        self.rows.get(tab as usize).map_or(&[][..], Vec::as_slice)
    }

    /// Puts a table's rows in the order that is asked for, where they are not yet.
    pub fn put_in_order(&mut self, filter: &Filter<'_>, query: &TableQuery) {
        let tab = query.tab as usize;
        let wanted = query.sort.map(|column| (column, query.descending));
        let (Some(rows), Some(order)) = (self.rows.get_mut(tab), self.order.get_mut(tab)) else {
            return;
        };
        let sims = Sims {
            filter,
            times: &self.times,
        };
        if *order == wanted {
            return;
        }
        match wanted {
            Some((column, descending)) => {
                order::sort(&sims, query.tab, column, descending, rows);
            }
            None => *rows = filter.collect(query.tab),
        }
        *order = wanted;
    }

    /// A part of a table.
    pub fn page(&mut self, filter: &Filter<'_>, query: &TableQuery) -> TablePage {
        self.put_in_order(filter, query);
        let all = self.rows_of(query.tab);
        let first = query.first.min(all.len() as u32);
        let shown = all.iter().skip(first as usize).take(query.count as usize);
        let shown: Vec<u32> = shown.copied().collect();
        self.written(filter, query, first, &shown)
    }

    /// Rows to hand out: [`MOST_TAKEN`] at most. `picked` tells which sessions are picked.
    pub fn take(
        &mut self,
        filter: &Filter<'_>,
        take: &Take,
        picked: &dyn Fn(u32) -> bool,
    ) -> TablePage {
        self.put_in_order(filter, &take.query);
        let all = self.rows_of(take.query.tab).iter();
        let wanted = all.filter(|row| !take.picked || picked(**row));
        let count = take.query.count.min(MOST_TAKEN) as usize;
        let wanted: Vec<u32> = wanted
            .skip(take.query.first as usize)
            .take(count)
            .copied()
            .collect();
        self.written(filter, &take.query, take.query.first, &wanted)
    }

    fn written(
        &mut self,
        filter: &Filter<'_>,
        query: &TableQuery,
        first: u32,
        rows: &[u32],
    ) -> TablePage {
        if query.tab == Tab::Sims && self.groups.is_none() {
            let (store, as_of) = (filter.view.store, filter.view.as_of);
            let found = groups::totals(store, self.rows_of(Tab::Sims), filter.group, as_of);
            self.groups = Some(found);
        }
        let groups = self.groups.clone().filter(|_| query.tab == Tab::Sims);
        let sims = Sims {
            filter,
            times: &self.times,
        };
        TablePage {
            tab: query.tab,
            columns: query.columns.clone(),
            first,
            total: self.rows_of(query.tab).len() as u32,
            totals: self.rows.each_ref().map(|rows| rows.len() as u32),
            groups: groups.unwrap_or_default(),
            rows: rows.iter().map(|row| row_of(&sims, query, *row)).collect(),
        }
    }
}

fn row_of(sims: &Sims<'_>, query: &TableQuery, row: u32) -> TableRow {
    use super::fresh::Row;
    let view = sims.filter.view;
    let store = view.store;
    let key = match query.tab {
        Tab::Sims => RowKey::Sim(row),
        Tab::Sessions => RowKey::Session(row, store.lane_of_session(row)),
        Tab::Events => RowKey::Event(row, lane_of_event(store, row)),
        Tab::Usage => RowKey::Usage(row, lane_of_usage(store, row)),
    };
    TableRow {
        key,
        fresh: match query.tab {
            Tab::Sessions => view.fresh.has(Row::Session(row)),
            Tab::Events => view.fresh.has(Row::Event(row)),
            Tab::Sims | Tab::Usage => false,
        },
        state: (query.tab == Tab::Sims).then(|| state_of(store, row, view.as_of)),
        colour: (query.tab == Tab::Sessions).then(|| view.colours.of(store, row)),
        cells: cells::cells(sims, query.tab, row, &query.columns),
    }
}

/// The lane of an event.
fn lane_of_event(store: &Store, row: u32) -> u32 {
    store
        .event_row(row)
        .map_or(u32::MAX, |event| store.lane_of_key(event.sim))
}

/// The lane of a usage row; null for an account.
fn lane_of_usage(store: &Store, row: u32) -> Option<u32> {
    let usage = store.usage_row(row)?;
    usage.sim.map(|key| store.lane_of_key(key))
}
