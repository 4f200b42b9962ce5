//! What stands at a tick, in English short form.

use chrono::{Datelike, NaiveDateTime, Timelike};

use super::civil;

/// What a tick's label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `14:05:30.250`
    Millisecond,
    /// `14:05:30`
    Second,
    /// `14:05`
    Minute,
    /// `Sat 24 Oct`
    Day,
    /// `Oct 2026`
    Month,
    /// `2026`
    Year,
    /// `Sat 24 Oct 2026`
    Date,
}

impl Form {
    /// Writes wall-clock milliseconds; empty beyond what the calendar can say.
    pub fn write(self, local: i64) -> String {
        civil::date_time(local).map_or_else(String::new, |t| self.write_date_time(t))
    }

    fn write_date_time(self, t: NaiveDateTime) -> String {
        let time = || format!("{:02}:{:02}", t.hour(), t.minute());
        match self {
            Self::Millisecond => format!(
                "{}:{:02}.{:03}",
                time(),
                t.second(),
                t.and_utc().timestamp_subsec_millis()
            ),
            Self::Second => format!("{}:{:02}", time(), t.second()),
            Self::Minute => time(),
            Self::Day => format!("{} {} {}", t.weekday(), t.day(), month(t.month0())),
            Self::Month => format!("{} {}", month(t.month0()), t.year()),
            Self::Year => t.year().to_string(),
            Self::Date => format!("{} {}", Self::Day.write_date_time(t), t.year()),
        }
    }
}

fn month(month0: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    NAMES.get(month0 as usize).copied().unwrap_or_default()
}

/// About how wide a label is at 12 pixels, with the space around it: CSS pixels. Digits and the
/// short names of days and months average below 7.
pub(super) fn width(label: &str) -> f64 {
    label.chars().count() as f64 * 6.7 + 12.0
}
