//! How a source is doing, for the screens.

use crate::error::Error;

/// What a source is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Nothing was asked yet.
    #[default]
    Idle,
    /// It signs in.
    SigningIn,
    /// It fetches.
    Fetching,
    /// It would take many calls, and waits for the visitor's word.
    Asking,
    /// Everything was fetched, or what could be.
    Done,
    /// The visitor stopped it; what had come stays.
    Stopped,
    /// It could not go on; what had come stays.
    Failed,
    /// It holds no credentials any more.
    SignedOut,
}

/// Calls that failed for good, of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The first of them.
    pub error: Error,
    /// How many.
    pub count: u32,
    /// About which SIM the first was; null where it was about several.
    pub sim: Option<String>,
    /// It happened in a round of watching: the next good round makes up for it.
    pub watched: bool,
}

/// What is still to be done, and what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Calls, at least.
    pub calls: u32,
    /// Of these, for SIMs on screen.
    pub on_screen: u32,
    /// Seconds, at the pace that is kept.
    pub seconds: u32,
}

/// What "try it" found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// Records on the first page.
    pub records: u32,
    /// Another page follows.
    pub more: bool,
}

/// How the watching goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watching {
    /// Milliseconds from round to round.
    pub every_ms: i64,
    /// Rounds that were completed.
    pub rounds: u32,
    /// Calls of the last round; null before the first.
    pub calls: Option<u32>,
    /// When the last round was complete.
    pub last_ms: Option<i64>,
    /// When the next begins.
    pub next_ms: i64,
    /// Rounds that failed since the last good one.
    pub failed: u32,
    /// It rests while the page is hidden.
    pub hidden: bool,
    /// SIMs that it covers.
    pub sims: u32,
}

impl Watching {
    /// Calls per minute, in tenths.
    pub fn tenths_per_minute(&self) -> Option<u64> {
        let calls = u64::from(self.calls?);
        Some(calls * 600_000 / u64::try_from(self.every_ms).ok()?.max(1))
    }
}

/// How a source is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// What it is at.
    pub phase: Phase,
    /// Questions that were answered or given up.
    pub done: u32,
    /// Questions that are known of.
    pub total: u32,
    /// Records that came.
    pub rows: u64,
    /// SIMs that are known of.
    pub sims: u32,
    /// Calls that were made, sign-in and failed ones included.
    pub calls: u32,
    /// Why it failed, where it did.
    pub error: Option<Error>,
    /// What could not be fetched.
    pub failures: Vec<Failure>,
    /// What it waits for a word on.
    pub estimate: Option<Estimate>,
    /// What "try it" found.
    pub trial: Option<Trial>,
    /// When all was fetched last.
    pub fetched_ms: Option<i64>,
    /// The watch, where there is one.
    pub watching: Option<Watching>,
    /// Starts are held back until then, as the vendor asked.
    pub held_until_ms: Option<i64>,
}
