//! Days: `2026-10-14`, `14 Oct`, `Oct 14, 2026`, `yesterday`, `last Friday`.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::super::civil::date_time;
use super::DAY_MS;
use super::time::two_digits;

/// A day as it was typed, piece by piece.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Day {
    year: Option<i32>,
    month: Option<u32>,
    of_month: Option<u32>,
    /// Days from today.
    from_today: Option<i64>,
    /// Days since Monday.
    weekday: Option<u32>,
    /// -1 for the last such day before today, 1 for the next one after it.
    turn: i64,
}

const IN_FULL: &str = "Name the day in full, as 14 Oct or 2026-10-14.";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn place(names: &[&str], word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() < 3 {
        return None;
    }
    let at = names.iter().position(|name| name.starts_with(word))?;
    u32::try_from(at).ok()
}

impl Day {
    /// Whether nothing of a day was typed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes a word of a day; false where it is none.
    pub fn take(&mut self, word: &str) -> bool {
        match word {
            "today" => self.from_today = Some(0),
            "yesterday" => self.from_today = Some(-1),
            "tomorrow" => self.from_today = Some(1),
            "last" => self.turn = -1,
            "next" => self.turn = 1,
            "this" => self.turn = 0,
            _ => return self.take_date(word),
        }
        true
    }

    fn take_date(&mut self, word: &str) -> bool {
        if let Some(month) = place(&MONTHS, word) {
            self.month = Some(month + 1);
            return true;
        }
        if let Some(weekday) = place(&WEEKDAYS, word) {
            self.weekday = Some(weekday);
            return true;
        }
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|end| word.strip_suffix(end));
        let digits = ordinal
            .unwrap_or(word)
            .strip_suffix('.')
            .unwrap_or_else(|| ordinal.unwrap_or(word));
        if let (Some(day), None) = (two_digits(digits), self.of_month) {
            self.of_month = u32::try_from(day).ok();
            return true;
        }
        if let (4, Ok(year), None) = (word.len(), word.parse(), self.year) {
            self.year = Some(year);
            return true;
        }
        self.take_whole(word).is_some()
    }

    /// `2026-10-14`, `20261014`, `14.10.2026`.
    fn take_whole(&mut self, word: &str) -> Option<()> {
        let number = |text: &str| {
            let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if all { text.parse::<u32>().ok() } else { None }
        };
        let (year, month, day) = if word.len() == 8 && number(word).is_some() {
            (word.get(..4)?, word.get(4..6)?, word.get(6..)?)
        } else if let Some((year, rest)) = word.split_once('-') {
            let (month, day) = rest.split_once('-')?;
            (year, month, day)
        } else {
            let (day, rest) = word.split_once('.')?;
            let (month, year) = rest.split_once('.')?;
            (year, month, day)
        };
        if year.len() != 4 {
            return None;
        }
        self.year = Some(i32::try_from(number(year)?).ok()?);
        self.month = Some(number(month)?);
        self.of_month = Some(number(day)?);
        Some(())
    }

    /// The day's first moment on the wall clock, in milliseconds as [`super::Zone::local`] counts
    /// them. `today` and `middle` are moments on the wall clock: now, and of the view.
    ///
    /// # Errors
    ///
    /// There is no such day, or it was not named in full.
    pub fn local(&self, today: i64, middle: i64) -> Result<i64, String> {
        let midnight = |local: i64| local - local.rem_euclid(DAY_MS);
        if let Some(days) = self.from_today {
            return Ok(midnight(today) + days * DAY_MS);
        }
        match (self.year, self.month, self.of_month) {
            (Some(year), Some(month), Some(day)) => {
                on(year, month, day).ok_or_else(|| "There is no such day.".to_owned())
            }
            (None, Some(month), Some(day)) => {
                // The one nearest to what is in view.
                let year = date_time(middle).map_or(1970, |date| date.year());
                [year, year - 1, year + 1]
                    .into_iter()
                    .filter_map(|year| on(year, month, day))
                    .min_by_key(|local| local.abs_diff(midnight(middle)))
                    .ok_or_else(|| "There is no such day. Name its year as well.".to_owned())
            }
            (None, None, None) => match self.weekday {
                Some(weekday) => Ok(self::weekday(midnight(today), weekday, self.turn)),
                None if self.turn == 0 => Ok(midnight(middle)),
                None => Err(IN_FULL.to_owned()),
            },
            _ => Err(IN_FULL.to_owned()),
        }
    }
}

/// The day of the week on or before today; with a turn the last one before, or the next one after.
fn weekday(today: i64, weekday: u32, turn: i64) -> i64 {
    let now = date_time(today).map_or(0, |date| date.weekday().num_days_from_monday());
    let since = i64::from((now + 7 - weekday) % 7);
    let back = match turn {
        1 => since - 7,
        -1 if since == 0 => 7,
        _ => since,
    };
    today - back * DAY_MS
}

fn on(year: i32, month: u32, day: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(date.and_time(NaiveTime::MIN).and_utc().timestamp_millis())
}
