//! The findings in what is loaded: looked for in slices while nobody waits for a view, kept until those of newer data are
//! complete, muted by the visitor. What a view says of them is in [`page`].

mod key;
mod page;

use rustc_hash::{FxHashMap, FxHashSet};

use super::marks::{Mark, Named};
use super::protocol::{FindingsFile, FindingsForm, FindingsQuery, LaneFinding, Update};
use super::{ALL_VIEWS, Dirty, Engine};
use crate::export::{HandedFinding, findings_csv, findings_json};
use crate::insight::{Finding, Rule, Search, Severity, Thresholds, rank};
use crate::model::Instant;
use crate::store::Store;
use crate::store::filter::SimFindings;
pub(super) use page::{Shown, lines};

/// The search goes on for so long at most before the host gets its turn, milliseconds.
const TURN_MS: f64 = 4.0;
/// A slice of it should take no longer, milliseconds.
const SLICE_MS: f64 = 2.0;
/// And no less, where there are lanes enough.
const LEAST_SLICE_MS: f64 = 1.0;
/// With so many lanes it begins, and so many are looked at in one slice at most.
const FIRST_LANES: u32 = 8;
const MOST_LANES: u32 = 512;
/// How far the search is is told this often at most, milliseconds.
const TELL_MS: f64 = 200.0;

/// A finding with its key.
#[derive(Debug, PartialEq)]
pub struct Known {
    pub finding: Finding,
    pub key: Mark,
}

/// A lane's findings that are not muted, by place in the list of all.
#[derive(Debug, Default)]
struct OfLane {
    places: Vec<u32>,
}

/// The findings and the search for them.
#[derive(Debug, Default)]
pub struct Findings {
    /// What the page wants to know; null until it does.
    query: Option<FindingsQuery>,
    muted: FxHashSet<Mark>,
    search: Option<Search>,
    /// What it found so far.
    so_far: Vec<Known>,
    lanes_a_slice: u32,
    /// How far the search was when it was told last, and when that was.
    progress: (u32, u32),
    told_at: f64,
    /// Complete ones, the weightiest first.
    known: Vec<Known>,
    /// Version of the store and limits that they are of.
    of: Option<(u64, Thresholds)>,
    lanes: FxHashMap<u32, OfLane>,
}

impl Findings {
    /// Whether one is not a problem, the visitor said.
    pub fn is_muted(&self, known: &Known) -> bool {
        self.muted.contains(&known.key)
    }

    /// The limits that are to hold.
    fn thresholds(&self) -> Thresholds {
        let query = self.query.as_ref();
        query
            .map(|query| query.thresholds.clone())
            .unwrap_or_default()
    }

    /// Whether what is known is of the store as it is now, under the limits that are to hold.
    pub fn is_complete(&self, store: &Store) -> bool {
        self.of.as_ref().is_some_and(|(version, thresholds)| {
            *version == store.version()
                && self.query.as_ref().map_or_else(
                    || *thresholds == Thresholds::default(),
                    |query| query.thresholds == *thresholds,
                )
        })
    }

    /// A lane's findings that are not muted.
    pub fn of_lane(&self, lane: u32) -> impl Iterator<Item = &Finding> {
        let places = self
            .lanes
            .get(&lane)
            .map_or(&[][..], |lane| lane.places.as_slice());
        places
            .iter()
            .filter_map(|place| Some(&self.known.get(*place as usize)?.finding))
    }

    /// How many findings a lane has that are not muted.
    pub fn count_of_lane(&self, lane: u32) -> u32 {
        self.lanes
            .get(&lane)
            .map_or(0, |lane| lane.places.len() as u32)
    }

    /// The worst of a lane's findings that are not muted.
    pub fn severity_of_lane(&self, lane: u32) -> Option<Severity> {
        self.of_lane(lane).map(|finding| finding.severity).max()
    }

    /// What a lane's name is marked with; null where nothing stands out.
    pub fn mark_of_lane(&self, lane: u32) -> Option<LaneFinding> {
        let severity = self.severity_of_lane(lane)?;
        let mut rules: Vec<Rule> = self.of_lane(lane).map(|finding| finding.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        Some(LaneFinding {
            severity,
            count: self.count_of_lane(lane),
            rules,
        })
    }

    /// What a filter asks of a lane.
    pub fn told_of_lane(&self, lane: u32) -> SimFindings {
        let mut told = SimFindings::default();
        for finding in self.of_lane(lane) {
            told.add(finding.rule, finding.severity);
        }
        told
    }

    /// Puts the findings that are not muted to their lanes.
    fn sort_by_lane(&mut self) {
        self.lanes.clear();
        for (place, known) in (0u32..).zip(&self.known) {
            if self.muted.contains(&known.key) {
                continue;
            }
            for lane in &known.finding.lanes {
                self.lanes.entry(*lane).or_default().places.push(place);
            }
        }
    }

    /// The muted keys as they are where the keys of SIMs are masked: of findings that are not there nobody can say.
    pub fn muted_as(&self, store: &Store, is_masked: bool, named: Named<'_>) -> Vec<Mark> {
        let Some(query) = self.query.as_ref() else {
            return Vec::new();
        };
        if !is_masked {
            return query.muted.clone();
        }
        let muted = self.known.iter().filter(|known| self.is_muted(known));
        muted
            .map(|known| key::of_finding_as(store, &known.finding, named))
            .collect()
    }

    /// Everything was forgotten: what is wanted stays.
    pub fn forget(self) -> Self {
        Self {
            query: self.query,
            muted: self.muted,
            ..Self::default()
        }
    }

    /// How many lanes the next slice has, where the last one took so long.
    fn pace(&mut self, took_ms: f64) {
        if took_ms > SLICE_MS {
            self.lanes_a_slice = (self.lanes_a_slice / 2).max(1);
        } else if took_ms < LEAST_SLICE_MS {
            self.lanes_a_slice = (self.lanes_a_slice * 2).min(MOST_LANES);
        }
    }

    /// Takes what was found since the last time.
    fn keep_found(&mut self, store: &Store, search: &mut Search) {
        let found = search.take_found().into_iter().map(|finding| Known {
            key: key::of_finding(store, &finding),
            finding,
        });
        self.so_far.extend(found);
    }

    /// All was found. True where it is something else than before.
    fn complete(&mut self, store: &Store) -> bool {
        let mut found = std::mem::take(&mut self.so_far);
        found.sort_unstable_by_key(|known| rank(&known.finding));
        self.of = Some((store.version(), self.thresholds()));
        if self.known == found {
            return false;
        }
        self.known = found;
        self.sort_by_lane();
        true
    }
}

impl Engine {
    /// The page wants to know of the findings.
    pub(super) fn want_findings(&mut self, query: FindingsQuery) {
        let findings = &mut self.findings;
        let former = findings.query.as_ref();
        let same_muted =
            former.map_or(query.muted.is_empty(), |former| former.muted == query.muted);
        if findings.thresholds() != query.thresholds {
            findings.search = None;
        }
        findings.muted = query.muted.iter().copied().collect();
        findings.query = Some(query);
        self.dirty |= Dirty::Findings.bit();
        if !same_muted {
            self.findings.sort_by_lane();
            self.show_findings();
        }
    }

    /// What decides which findings are listed; null while the lanes are not listed.
    fn shown_findings(&self) -> Option<Shown<'_>> {
        Some(Shown {
            store: &self.store,
            list: &self.derived.as_ref()?.list,
            span: self.selection.span,
        })
    }

    /// Tells the finding that stands so many further in the list than the chosen one.
    pub(super) fn step_finding(&mut self, by: i32) {
        self.list();
        let Some(shown) = self.shown_findings() else {
            return;
        };
        if let Some(row) = self.findings.step(&shown, by) {
            self.send(Update::FindingChosen(row));
        }
    }

    /// Hands out the findings that are listed, the weightiest first.
    pub(super) fn hand_out_findings(&mut self, form: FindingsForm) {
        self.list();
        let Some(shown) = self.shown_findings() else {
            return;
        };
        let handed = self.findings.handed_out(&shown).into_iter();
        let handed: Vec<HandedFinding<'_>> = handed
            .map(|known| HandedFinding {
                finding: &known.finding,
                muted: self.findings.is_muted(known),
            })
            .collect();
        let text = match form {
            FindingsForm::Csv => findings_csv(&self.store, &handed),
            FindingsForm::Json => findings_json(&self.store, &handed),
        };
        self.send(Update::FindingsTaken(FindingsFile { form, text }));
    }

    /// Other findings than before are known, or muted: whatever shows them is answered anew.
    fn show_findings(&mut self) {
        let (findings, frame) = (Dirty::Findings.bit(), Dirty::Frame.bit());
        self.dirty |= findings | frame | Dirty::Table.bit() | Dirty::Map.bit();
        let Some(mut derived) = self.derived.take() else {
            return;
        };
        derived.tables = None;
        derived.list.tell_again();
        if self.filtering.asks_for_findings() {
            self.filtering.forget_matched();
            self.filtering
                .evaluate(&self.store, derived.as_of, &self.findings);
            derived.list = self.list_lanes();
            self.index.outdate();
            self.strips.outdate();
            self.dirty = ALL_VIEWS;
        }
        self.derived = Some(derived);
    }

    /// Goes on with the search, once all views are answered and nothing is being read, until then or for [`TURN_MS`]. True when
    /// there is more to do.
    pub(super) fn search_on(&mut self, until: f64, now_ms: &dyn Fn() -> f64) -> bool {
        let is_wanted = self.findings.query.is_some() || self.filtering.asks_for_findings();
        let waits = self.data_changed || !self.reading.is_empty();
        if !is_wanted || waits || self.findings.is_complete(&self.store) {
            return false;
        }
        let began = now_ms();
        let until = until.min(began + TURN_MS);
        let Some(mut search) = self.take_search() else {
            return false;
        };
        loop {
            let before = now_ms();
            let done = search.step(&self.store, self.findings.lanes_a_slice);
            self.findings.keep_found(&self.store, &mut search);
            let now = now_ms();
            self.findings.pace(now - before);
            if done {
                self.findings.progress = search.progress(&self.store);
                self.dirty |= Dirty::Findings.bit();
                if self.findings.complete(&self.store) {
                    self.show_findings();
                }
                return true;
            }
            if now >= until {
                break;
            }
        }
        self.findings.progress = search.progress(&self.store);
        self.findings.search = Some(search);
        if began - self.findings.told_at >= TELL_MS {
            self.findings.told_at = began;
            self.dirty |= Dirty::Findings.bit();
        }
        true
    }

    /// The search that is under way, or a new one where there is none of the present data.
    fn take_search(&mut self) -> Option<Search> {
        let search = self.findings.search.take();
        if let Some(search) = search.filter(|search| search.is_of(&self.store)) {
            return Some(search);
        }
        self.list();
        let as_of = Instant::from_ms(self.derived.as_ref()?.as_of)?;
        self.findings.lanes_a_slice = FIRST_LANES;
        self.findings.so_far.clear();
        self.findings.progress = (0, self.store.lane_end());
        self.dirty |= Dirty::Findings.bit();
        Some(Search::new(&self.store, as_of, self.findings.thresholds()))
    }
}
