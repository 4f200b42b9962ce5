//! A report that is made a piece at a time, so that other work comes in between.

use crate::store::Numbers;

use super::activity::Counting;
use super::previous::previous_of;
use super::summary::Gather;
use super::vendor::of_lane;
use super::{Activity, Asked, Ground, Previous, Report, Summary, VendorSummary, sources};

/// What is made next, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Events,
    Sessions,
    Sims,
    Hours,
    Lengths,
    Lines,
    Vendors,
    Rest,
}

/// A report while it is made.
#[derive(Debug)]
pub struct Making {
    part: Part,
    /// How far that part is.
    at: usize,
    /// The listed SIMs.
    lanes: Vec<u32>,
    shown: Numbers,
    counting: Counting,
    gather: Option<Gather>,
    summary: Summary,
    vendors: Vec<VendorSummary>,
    previous: Vec<Previous>,
}

impl Making {
    /// Begins. What is asked must stay the same until it is done.
    pub fn new(asked: &Asked<'_>) -> Self {
        let lanes = asked.store.lanes().map(|(lane, _)| lane);
        Self {
            part: Part::Events,
            at: 0,
            lanes: lanes.filter(|lane| (asked.lists)(*lane)).collect(),
            shown: Numbers::default(),
            counting: Counting::default(),
            gather: Some(Gather::new(asked)),
            summary: Summary::default(),
            vendors: Vec::new(),
            previous: Vec::new(),
        }
    }

    /// Makes the next piece, of about so many rows; a SIM is never split. The report once it is complete.
    pub fn step(&mut self, asked: &Asked<'_>, ground: &Ground, rows: usize) -> Option<Report> {
        match self.part {
            Part::Events => {
                let piece = piece(asked.events, &mut self.at, rows);
                self.counting.events(asked, piece);
                self.next_if(self.at >= asked.events.len(), Part::Sessions);
            }
            Part::Sessions => {
                let piece = piece(asked.sessions, &mut self.at, rows);
                self.counting.sessions(asked, piece);
                for row in piece {
                    self.shown.insert(*row);
                }
                self.next_if(self.at >= asked.sessions.len(), Part::Sims);
            }
            Part::Sims => {
                self.each_sim(asked, rows, &mut |making, lane| {
                    if let Some(gather) = &mut making.gather {
                        gather.add_lane(asked, ground, &making.shown, lane);
                    }
                });
                self.next_if(self.at >= self.lanes.len(), Part::Hours);
            }
            Part::Hours => {
                if let Some(gather) = &mut self.gather {
                    gather.add_hours(asked);
                }
                self.next_if(true, Part::Lengths);
            }
            Part::Lengths => {
                let gather = self.gather.as_mut();
                let is_done = gather.is_none_or(|gather| gather.settle(rows));
                self.next_if(is_done, Part::Lines);
            }
            Part::Lines => {
                let gather = self.gather.take();
                self.summary = gather.map(|gather| gather.end(asked)).unwrap_or_default();
                self.next_if(true, Part::Vendors);
            }
            Part::Vendors => {
                self.each_sim(asked, rows, &mut |making, lane| {
                    making.vendors.extend(of_lane(asked.store, lane));
                    making
                        .previous
                        .extend(previous_of(asked, &making.shown, lane));
                });
                self.next_if(self.at >= self.lanes.len(), Part::Rest);
            }
            Part::Rest => return Some(self.end(asked, ground)),
        }
        None
    }

    fn next_if(&mut self, is_done: bool, next: Part) {
        if is_done {
            (self.part, self.at) = (next, 0);
        }
    }

    /// The next SIMs, with about so many sessions together.
    fn each_sim(&mut self, asked: &Asked<'_>, rows: usize, each: &mut dyn FnMut(&mut Self, u32)) {
        /// What a SIM costs beside its sessions, as so many of them.
        const OF_SIM: usize = 4;
        let mut done = 0;
        while let Some(&lane) = self.lanes.get(self.at) {
            if done >= rows {
                break;
            }
            each(self, lane);
            self.at += 1;
            let found = asked.store.lane(lane);
            done += found.map_or(0, |found| found.sessions.len()) + OF_SIM;
        }
    }

    fn end(&mut self, asked: &Asked<'_>, ground: &Ground) -> Report {
        let activity: Activity = std::mem::take(&mut self.counting).end(asked);
        Report {
            from: asked.span[0],
            to: asked.span[1],
            as_of: asked.as_of,
            activity,
            summary: std::mem::take(&mut self.summary),
            vendors: std::mem::take(&mut self.vendors),
            previous: std::mem::take(&mut self.previous),
            sources: sources(asked, ground),
        }
    }
}

/// The next so many rows.
fn piece<'a>(rows: &'a [u32], at: &mut usize, count: usize) -> &'a [u32] {
    let from = *at;
    *at = from.saturating_add(count).min(rows.len());
    rows.get(from..*at).unwrap_or_default()
}
