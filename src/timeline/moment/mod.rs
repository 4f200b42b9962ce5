//! Times as people type them: `2026-10-14T03:10Z`, `1760411400`, `yesterday 03:10`, `-2h`, `14 Oct
//! 03:10 .. 05:00`. What names no zone is meant in the zone that is shown. Pure: the present time,
//! the view and the zones are handed in.

mod amount;
mod day;
mod point;
#[cfg(test)]
mod tests;
mod time;

use super::civil::Zone;

/// What typed times are understood by.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    /// The present time, epoch milliseconds.
    pub now: i64,
    /// The range in view, epoch milliseconds: a day without a year, or a time without a day, is
    /// taken from its middle.
    pub view: (i64, i64),
    /// The zone that is shown: minutes east of UTC at an instant.
    pub offset: &'a dyn Fn(i64) -> i32,
    /// Minutes east of UTC in a zone by its IANA name; null where nobody knows it.
    pub named: &'a dyn Fn(&str, i64) -> Option<i32>,
}

/// What had to be decided about a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// The clock was put forward over it: the instant at which that was done was taken.
    Skipped,
    /// The clock was put back, and showed it twice: the earlier was taken.
    Twice,
}

/// An instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Epoch milliseconds.
    pub at: i64,
    /// What had to be decided.
    pub remark: Option<Remark>,
}

/// What was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Understood {
    /// An instant.
    Instant(Moment),
    /// A range; its end lies after its start. A day as its end belongs to it.
    Range(Moment, Moment),
}

/// The first and last instant of the model, the years 0 to 9999.
const FIRST_MS: i64 = -62_167_219_200_000;
const LAST_MS: i64 = 253_402_300_799_999;
const DAY_MS: i64 = 86_400_000;

/// Reads a typed time or range.
///
/// # Errors
///
/// What could not be understood, and how to write it: one or two sentences for the visitor.
pub fn understand(text: &str, clock: &Clock<'_>) -> Result<Understood, String> {
    let text = text.trim().to_ascii_lowercase().replace('\u{2212}', "-");
    let Some((from, to)) = halves(&text) else {
        let point = point::point(&text, clock, None)?;
        return Ok(Understood::Instant(inside(point.moment)?));
    };
    let from = point::point(from, clock, None)?;
    let mut to = point::point(to, clock, Some(&from))?;
    if to.day_only {
        // Days are named by what they hold: `1 Oct – 3 Oct` are three of them.
        to.moment = point::resolved(to.local.saturating_add(DAY_MS), Zone(&to.zone));
    }
    if to.time_only && to.moment.at <= from.moment.at {
        to.moment = point::resolved(to.local.saturating_add(DAY_MS), Zone(&to.zone));
    }
    if to.moment.at <= from.moment.at {
        return Err("The second time does not lie after the first.".to_owned());
    }
    Ok(Understood::Range(inside(from.moment)?, inside(to.moment)?))
}

fn inside(moment: Moment) -> Result<Moment, String> {
    if (FIRST_MS..=LAST_MS).contains(&moment.at) {
        Ok(moment)
    } else {
        Err("That lies outside the years 0 to 9999.".to_owned())
    }
}

/// The two times of a range; null where it is one time.
fn halves(text: &str) -> Option<(&str, &str)> {
    for between in ["..", "\u{2013}", "\u{2014}", " to ", " until ", " - "] {
        let mut windows = text.as_bytes().windows(between.len());
        if let Some(at) = windows.position(|window| window == between.as_bytes()) {
            return text.get(..at).zip(text.get(at + between.len()..));
        }
    }
    // ISO 8601's own sign; in `europe/oslo` it stands between letters.
    let at = text.find('/')?;
    let (from, to) = (text.get(..at)?, text.get(at + 1..)?);
    let next = to.trim_start().bytes().next()?;
    (next.is_ascii_digit() || next == b'+').then_some((from, to))
}
