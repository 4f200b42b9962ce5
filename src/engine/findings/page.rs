//! What the views say of findings: the rows of their list under filter and span, the chosen one in full, and the lines over the
//! timeline's lanes.

use super::{Findings, Known};
use crate::engine::colours::network_label;
use crate::engine::lanes::{LaneList, name_of};
use crate::engine::protocol::{
    ColourBy, Evidence, FindingDetail, FindingLine, FindingRow, FindingsBy, FindingsItem,
    FindingsPage, FindingsQuery, Update,
};
use crate::insight::{Rule, explain, figures};
use crate::store::{NEVER, Store};
use crate::timeline::{Row, RowKind};

/// So many sessions, events and SIMs of the chosen finding are told.
const MOST_TOLD: usize = 500;
/// So many lines lie over a frame at most.
const MOST_LINES: usize = 400;
/// The head of the findings of many SIMs.
const MANY_SIMS: &str = "Several SIMs";

/// What decides which findings are listed.
pub struct Shown<'a> {
    pub store: &'a Store,
    pub list: &'a LaneList,
    pub span: Option<[i64; 2]>,
}

/// A row of the list before it is written.
enum Item<'a> {
    Head(String, u32),
    Finding(&'a Known),
}

impl Shown<'_> {
    /// Whether one of its SIMs is listed, and it overlaps the chosen span.
    pub fn shows(&self, known: &Known) -> bool {
        let finding = &known.finding;
        let in_span = |[from, to]: [i64; 2]| finding.from <= to && finding.to >= from;
        self.span.is_none_or(in_span) && finding.lanes.iter().any(|lane| self.list.lists(*lane))
    }

    fn name(&self, lane: u32) -> String {
        let sim = self.store.sim(lane);
        sim.as_ref().map(name_of).unwrap_or_default()
    }
}

impl Findings {
    /// What the page asked for, as it is told.
    pub fn answer(&self, store: &Store, list: &LaneList, span: Option<[i64; 2]>) -> Option<Update> {
        let page = self.page(&Shown { store, list, span });
        page.map(|page| Update::Findings(Box::new(page)))
    }

    /// What the page asked for.
    fn page(&self, shown: &Shown<'_>) -> Option<FindingsPage> {
        let query = self.query.as_ref()?;
        let sims = shown.store.totals().sims;
        let mut page = FindingsPage {
            looked_at: self.looked_at(sims),
            sims,
            sessions: shown.store.session_count(),
            complete: self.is_complete(shown.store),
            all: self.known.iter().filter(|one| !self.is_muted(one)).count() as u32,
            ..FindingsPage::default()
        };
        let listed = self.listed(shown, query, &mut page);
        page.listed = listed.len() as u32;
        let items = arrange(shown, query.by, &listed);
        page.total = items.len() as u32;
        page.first = query.first.min(page.total);
        let is_chosen = |item: &Item<'_>| match item {
            Item::Finding(known) => Some(known.key) == query.chosen,
            Item::Head(..) => false,
        };
        page.chosen_at = items.iter().position(is_chosen).map(|at| at as u32);
        let rows = items.iter().skip(page.first as usize);
        page.rows = rows
            .take(query.count as usize)
            .map(|item| match item {
                Item::Head(label, count) => FindingsItem::Head {
                    label: label.clone(),
                    count: *count,
                },
                Item::Finding(known) => FindingsItem::Finding(self.row(shown, known)),
            })
            .collect();
        page.detail = query
            .chosen
            .and_then(|key| self.known.iter().find(|known| known.key == key))
            .map(|known| Box::new(self.detail(shown, known)));
        Some(page)
    }

    /// How many SIMs were looked at. Lanes that went into others have numbers, too, and are no SIMs.
    fn looked_at(&self, sims: u32) -> u32 {
        let (lanes, all) = self.progress;
        let share = u64::from(lanes) * u64::from(sims);
        share.checked_div(u64::from(all)).unwrap_or(0) as u32
    }

    /// The findings that are to be listed, counted on the way.
    fn listed<'a>(
        &'a self,
        shown: &Shown<'_>,
        query: &FindingsQuery,
        page: &mut FindingsPage,
    ) -> Vec<&'a Known> {
        let mut listed = Vec::new();
        for known in self.known.iter().filter(|known| shown.shows(known)) {
            let (rule, severity) = (known.finding.rule, known.finding.severity);
            let muted = self.is_muted(known);
            if muted {
                page.muted += 1;
            } else {
                count(&mut page.by_rule, rule as usize);
                count(&mut page.by_severity, severity as usize);
            }
            let is_left_out = (muted && !query.shows_muted)
                || query.without_rules.contains(&rule)
                || query.without_severities.contains(&severity);
            if !is_left_out {
                listed.push(known);
            }
        }
        listed
    }

    /// The finding that stands so many further than the chosen one in the list; the first where none is chosen.
    pub fn step(&self, shown: &Shown<'_>, by: i32) -> Option<FindingRow> {
        let query = self.query.as_ref()?;
        let listed = self.listed(shown, query, &mut FindingsPage::default());
        let items = arrange(shown, query.by, &listed);
        let findings: Vec<&Known> = items
            .iter()
            .filter_map(|item| match item {
                Item::Finding(known) => Some(*known),
                Item::Head(..) => None,
            })
            .collect();
        let last = findings.len().checked_sub(1)?;
        let chosen = findings
            .iter()
            .position(|known| Some(known.key) == query.chosen);
        let next = match (chosen, by) {
            (_, i32::MAX) => last,
            (None, _) | (_, i32::MIN) => 0,
            (Some(at), by) => at.saturating_add_signed(by as isize).min(last),
        };
        Some(self.row(shown, findings.get(next)?))
    }

    /// The findings that are listed, the weightiest first, to be handed out.
    pub fn handed_out(&self, shown: &Shown<'_>) -> Vec<&Known> {
        let query = self.query.clone().unwrap_or_default();
        self.listed(shown, &query, &mut FindingsPage::default())
    }

    fn row(&self, shown: &Shown<'_>, known: &Known) -> FindingRow {
        let finding = &known.finding;
        let lane = finding.lane();
        FindingRow {
            key: known.key,
            rule: finding.rule,
            severity: finding.severity,
            sims: finding.lanes.len() as u32,
            lane,
            name: lane.map(|lane| shown.name(lane)).unwrap_or_default(),
            from: finding.from,
            to: finding.to,
            what: explain(finding).what,
            muted: self.is_muted(known),
        }
    }

    fn detail(&self, shown: &Shown<'_>, known: &Known) -> FindingDetail {
        let (finding, store) = (&known.finding, shown.store);
        let named = figures(&finding.figures).into_iter();
        let lanes = finding.lanes.iter().filter(|_| finding.lane().is_none());
        FindingDetail {
            row: self.row(shown, known),
            next: explain(finding).next,
            figures: named
                .map(|(label, value)| (label.to_owned(), value))
                .collect(),
            sims: lanes
                .take(MOST_TOLD)
                .map(|lane| (*lane, shown.name(*lane)))
                .collect(),
            sessions: finding
                .sessions
                .iter()
                .take(MOST_TOLD)
                .map(|row| session(store, *row))
                .collect(),
            events: finding
                .events
                .iter()
                .take(MOST_TOLD)
                .filter_map(|row| event(store, *row))
                .collect(),
            all_sessions: finding.sessions.clone(),
            event_count: finding.events.len() as u32,
        }
    }
}

fn count(counts: &mut [u32], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

fn session(store: &Store, row: u32) -> Evidence {
    let (begin, solid, _) = store.stretch(row);
    let network = store.sessions().network(row);
    let instant = |at: i64| (at != NEVER).then_some(at);
    Evidence {
        row,
        lane: store.lane_of_session(row),
        from: instant(begin),
        to: instant(solid),
        text: network_label(store, network, ColourBy::Operator).unwrap_or_default(),
    }
}

fn event(store: &Store, row: u32) -> Option<Evidence> {
    let event = store.event_row(row)?;
    Some(Evidence {
        row,
        lane: store.lane_of_key(event.sim),
        from: Some(event.time.ms()),
        to: None,
        text: event.kind.label().to_owned(),
    })
}

/// Puts findings under their heads.
fn arrange<'a>(shown: &Shown<'_>, by: FindingsBy, listed: &[&'a Known]) -> Vec<Item<'a>> {
    let mut groups: Vec<(String, Vec<&Known>)> = Vec::new();
    match by {
        FindingsBy::Rank => return listed.iter().copied().map(Item::Finding).collect(),
        FindingsBy::Kind => {
            for rule in Rule::ALL {
                let of_rule = listed.iter().filter(|known| known.finding.rule == rule);
                groups.push((rule.label().to_owned(), of_rule.copied().collect()));
            }
        }
        FindingsBy::Sim => {
            // The SIM with the weightiest finding first.
            let mut places = rustc_hash::FxHashMap::default();
            for known in listed {
                let lane = known.finding.lane();
                let at = *places.entry(lane).or_insert_with(|| {
                    let label = lane.map_or_else(|| MANY_SIMS.to_owned(), |lane| shown.name(lane));
                    groups.push((label, Vec::new()));
                    groups.len() - 1
                });
                if let Some((_, of_sim)) = groups.get_mut(at) {
                    of_sim.push(known);
                }
            }
        }
    }
    groups.retain(|(_, findings)| !findings.is_empty());
    let groups = groups.into_iter();
    groups
        .flat_map(|(label, findings)| {
            let head = Item::Head(label, findings.len() as u32);
            std::iter::once(head).chain(findings.into_iter().map(Item::Finding))
        })
        .collect()
}

/// The findings over the rows of a frame that shows [from, to], [`MOST_LINES`] at most.
pub fn lines(findings: &Findings, rows: &[Row], (from, to): (i64, i64)) -> Vec<FindingLine> {
    let mut lines = Vec::new();
    for (index, row) in (0u32..).zip(rows) {
        let RowKind::Lane(lane) = row.kind else {
            continue;
        };
        let seen = findings.of_lane(lane);
        let seen = seen.filter(|finding| finding.from <= to && finding.to >= from);
        lines.extend(seen.map(|finding| FindingLine {
            row: index,
            from: finding.from,
            to: finding.to,
            severity: finding.severity,
        }));
    }
    if lines.len() > MOST_LINES {
        lines.sort_by_key(|line| std::cmp::Reverse(line.severity));
        lines.truncate(MOST_LINES);
    }
    // The worst lies over the others.
    lines.sort_by_key(|line| (line.row, line.severity));
    lines
}
