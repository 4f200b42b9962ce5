//! What is still to be asked, in the order in which it is: lists first, then single SIMs, those on screen before the others.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use crate::provider::query::{Cursor, Query};

/// A question on its way through its pages.
#[derive(Debug, Clone)]
pub struct Job {
    /// The question.
    pub query: Query,
    /// Where its next page begins; null for the first.
    pub cursor: Option<Cursor>,
    /// Calls of this page that failed.
    pub tries: u32,
    /// The sign-in was renewed for it once.
    pub renewed: bool,
    /// When its first page was asked for; the earliest instant before it is.
    pub began: i64,
    /// It is not asked before this instant.
    pub not_before: i64,
    /// It belongs to a round of watching.
    pub watched: Option<Round>,
    /// Only one page is wanted.
    pub trial: bool,
    /// It belongs to the fleet view, which comes first, though it may be about one SIM.
    pub leads: bool,
    /// Places where its pages began, to stop at one that comes again.
    pub begun: FxHashSet<Cursor>,
    /// Records that its pages held, by hash, to stop at a page without a new one.
    pub seen: FxHashSet<u64>,
}

/// What a question of a round of watching is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// It is asked each time; what it brings the first time is no news.
    Poll,
    /// It is asked because something changed; all that it brings is news.
    Change,
}

impl Job {
    /// A question at its beginning.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            cursor: None,
            tries: 0,
            renewed: false,
            began: i64::MIN,
            not_before: i64::MIN,
            watched: None,
            trial: false,
            leads: false,
            begun: FxHashSet::default(),
            seen: FxHashSet::default(),
        }
    }

    /// A question of the fleet view, at its beginning.
    pub fn leading(query: Query) -> Self {
        Self {
            leads: true,
            ..Self::new(query)
        }
    }

    /// It is asked with the single SIMs, after the fleet view.
    pub fn is_single(&self) -> bool {
        self.query.sim().is_some() && !self.leads
    }

    /// The same question at its next page.
    pub fn at(mut self, cursor: Cursor) -> Self {
        self.begun.insert(cursor.clone());
        self.cursor = Some(cursor);
        self.tries = 0;
        self.renewed = false;
        self.not_before = i64::MIN;
        self
    }
}

/// The questions that wait.
#[derive(Debug, Default)]
pub struct Queue {
    lists: VecDeque<Job>,
    sims: VecDeque<Job>,
}

impl Queue {
    /// Puts a question behind the others of its kind.
    pub fn push(&mut self, job: Job) {
        if job.is_single() {
            self.sims.push_back(job);
        } else {
            self.lists.push_back(job);
        }
    }

    /// Puts a question before the others of its kind: its next page, or another try.
    pub fn push_first(&mut self, job: Job) {
        if job.is_single() {
            self.sims.push_front(job);
        } else {
            self.lists.push_front(job);
        }
    }

    /// Takes the next question that may be asked now. Single SIMs only when `sims` says so.
    pub fn take(&mut self, now: i64, sims: bool) -> Option<Job> {
        let due = |jobs: &mut VecDeque<Job>| {
            let at = jobs.iter().position(|job| job.not_before <= now)?;
            jobs.remove(at)
        };
        due(&mut self.lists).or_else(|| if sims { due(&mut self.sims) } else { None })
    }

    /// When the first question may be asked; null where there is none.
    pub fn due_at(&self, sims: bool) -> Option<i64> {
        let singles = self.sims.iter().filter(|_| sims);
        let waits = self.lists.iter().chain(singles);
        waits.map(|job| job.not_before).min()
    }

    /// Moves the SIMs that are on screen to the front; the order stays otherwise.
    pub fn prefer(&mut self, is_on_screen: impl Fn(&Job) -> bool) {
        let (front, back) = self
            .sims
            .drain(..)
            .partition::<VecDeque<_>, _>(is_on_screen);
        self.sims = front;
        self.sims.extend(back);
    }

    /// Takes out all questions like that.
    pub fn take_where(&mut self, is: impl Fn(&Job) -> bool) -> Vec<Job> {
        let mut taken = Vec::new();
        for jobs in [&mut self.lists, &mut self.sims] {
            let (out, kept) = jobs.drain(..).partition::<VecDeque<_>, _>(&is);
            taken.extend(out);
            *jobs = kept;
        }
        taken
    }

    /// Drops questions; returns how many.
    pub fn drop_where(&mut self, is_dropped: impl Fn(&Job) -> bool) -> usize {
        let before = self.len();
        self.lists.retain(|job| !is_dropped(job));
        self.sims.retain(|job| !is_dropped(job));
        before - self.len()
    }

    /// How many are like that.
    pub fn count(&self, is: impl Fn(&Job) -> bool) -> usize {
        self.lists
            .iter()
            .chain(&self.sims)
            .filter(|job| is(job))
            .count()
    }

    /// Whether one of them is like that.
    pub fn any(&self, is: impl Fn(&Job) -> bool) -> bool {
        self.lists.iter().chain(&self.sims).any(is)
    }

    /// Questions about single SIMs.
    pub fn sims(&self) -> usize {
        self.sims.len()
    }

    /// Questions about lists.
    pub fn lists(&self) -> usize {
        self.lists.len()
    }

    /// All questions.
    pub fn len(&self) -> usize {
        self.lists.len() + self.sims.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Drops all of them.
    pub fn clear(&mut self) {
        self.lists.clear();
        self.sims.clear();
    }
}
