//! The days of a span, with what is told of each: also those on which nothing happened, or of which nothing was fetched.

use super::{Calendar, Line, Report, date_of, offset_in};

/// More days are drawn together, as many as it takes.
const MOST_COLUMNS: i64 = 366;
/// More are not looked at: 270 years.
const MOST_DAYS: i64 = 100_000;

/// A column of a chart over days or hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its first day, or hour.
    pub from: String,
    /// Its last one.
    pub to: String,
    /// How many.
    pub count: u32,
    /// Nothing was fetched of it, as far as is known.
    pub is_unknown: bool,
}

/// Events a day over the whole span, in the days of a zone.
pub fn events(report: &Report, offsets: &[(i64, i32)]) -> Vec<Column> {
    let told = report.activity.by_day.iter();
    let told = told.map(|of| (of.day.as_str(), of.events));
    columns(report, offsets, told)
}

/// Sessions that begin on each day of the span.
pub fn sessions(report: &Report, offsets: &[(i64, i32)]) -> Vec<Column> {
    let rows = report.summary.by_day.rows.iter();
    let told = rows.filter_map(|line| Some((line.value.as_deref()?, line.sessions)));
    columns(report, offsets, told)
}

/// Sessions that begin in each hour of the day.
pub fn hours(report: &Report) -> Vec<Column> {
    let rows = &report.summary.by_hour.rows;
    let column = |hour: u32| {
        let name = format!("{hour:02}");
        let mut lines = rows.iter();
        let line = lines.find(|line| line.value.as_deref() == Some(name.as_str()));
        Column {
            count: line.map_or(0, |line| line.sessions),
            to: name.clone(),
            from: name,
            is_unknown: false,
        }
    };
    (0..24).map(column).collect()
}

/// Days with what is told of some of them, in order.
fn columns<'a>(
    report: &Report,
    offsets: &[(i64, i32)],
    told: impl Iterator<Item = (&'a str, u32)>,
) -> Vec<Column> {
    let offset = |ms: i64| offset_in(offsets, ms);
    let calendar = Calendar::new(&offset);
    let (first, last) = (calendar.day_of(report.from), calendar.day_of(report.to));
    let last = last.min(first.saturating_add(MOST_DAYS));
    let mut told = told.peekable();
    let mut known = Known::new(&report.summary.by_day.rows);
    let together = ((last - first) / MOST_COLUMNS + 1).max(1);
    let mut columns: Vec<Column> = Vec::new();
    for (at, day) in (first..=last).enumerate() {
        let Some(date) = date_of(day) else { continue };
        let mut count = 0;
        // What is before the span (a session may have begun there) is in no column.
        while let Some((told, of)) = told.next_if(|(told, _)| *told <= date.as_str()) {
            if told == date {
                count = of;
            }
        }
        let is_unknown = known.is_unknown(&date) && count == 0;
        if at as i64 % together == 0 {
            columns.push(Column {
                from: date.clone(),
                to: date,
                count,
                is_unknown,
            });
        } else if let Some(column) = columns.last_mut() {
            column.to = date;
            column.count += count;
            column.is_unknown &= is_unknown;
        }
    }
    columns
}

/// Of which days anything is known.
struct Known<'a> {
    lines: std::iter::Peekable<std::slice::Iter<'a, Line>>,
    /// Of some day it is told.
    is_told: bool,
}

impl<'a> Known<'a> {
    fn new(lines: &'a [Line]) -> Self {
        let known = |line: &Line| line.online.and_then(|online| online.known_ms);
        Self {
            is_told: lines.iter().any(|line| known(line) > Some(0)),
            lines: lines.iter().peekable(),
        }
    }

    /// Days are asked for in order.
    fn is_unknown(&mut self, date: &str) -> bool {
        let before = |line: &&Line| line.value.as_deref() < Some(date);
        while self.lines.next_if(before).is_some() {}
        let line = self
            .lines
            .next_if(|line| line.value.as_deref() == Some(date));
        let online = line.and_then(|line| line.online);
        let known_ms = online.and_then(|online| online.known_ms);
        self.is_told && known_ms.unwrap_or(0) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Activity, Lines, OfDay, Online, Summary};

    const DAY_MS: i64 = 86_400_000;

    /// Ten days from 2026-10-20 on: events before and on two of them, nothing known of the first three.
    fn report() -> Report {
        let from = 1_792_454_400_000;
        let day = |day: &str, events: u32| OfDay {
            day: day.to_owned(),
            events,
        };
        let line = |day: u32| Line {
            value: Some(format!("2026-10-{day}")),
            sessions: day,
            online: Some(Online {
                known_ms: Some(if day < 23 { 0 } else { 5 }),
                ..Online::default()
            }),
            ..Line::default()
        };
        Report {
            from,
            to: from + 10 * DAY_MS - 1,
            as_of: from + 10 * DAY_MS,
            activity: Activity {
                by_day: vec![
                    day("2026-10-19", 9),
                    day("2026-10-22", 2),
                    day("2026-10-29", 3),
                ],
                ..Activity::default()
            },
            summary: Summary {
                by_day: Lines {
                    rows: (21..=29).map(line).collect(),
                    total: 9,
                },
                ..Summary::default()
            },
            vendors: Vec::new(),
            previous: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn days_without_anything_are_there_and_those_of_which_nothing_is_known_say_so() {
        let columns = events(&report(), &[]);
        assert_eq!(columns.len(), 10);
        let counts: Vec<u32> = columns.iter().map(|column| column.count).collect();
        assert_eq!(counts, [0, 0, 2, 0, 0, 0, 0, 0, 0, 3]);
        let unknown = columns.iter().filter(|column| column.is_unknown);
        let unknown: Vec<&str> = unknown.map(|column| column.from.as_str()).collect();
        assert_eq!(unknown, ["2026-10-20", "2026-10-21"]);
        assert_eq!(sessions(&report(), &[])[9].count, 29);
        // An hour to the east the span reaches into another day.
        assert_eq!(events(&report(), &[(0, 60)]).len(), 11);
    }

    #[test]
    fn a_long_span_is_drawn_in_as_many_columns_as_there_is_room_for() {
        let mut report = report();
        report.from -= 2000 * DAY_MS;
        let columns = events(&report, &[]);
        assert!(columns.len() <= 367, "{}", columns.len());
        assert_eq!(columns.last().unwrap().to, "2026-10-29");
        let all: u32 = columns.iter().map(|column| column.count).sum();
        assert_eq!(all, 14);
        report.from = i64::MIN;
        assert!(events(&report, &[]).len() <= 367);
    }

    #[test]
    fn the_hours_are_all_of_a_day() {
        let columns = hours(&report());
        assert_eq!((columns.len(), columns[23].from.as_str()), (24, "23"));
    }
}
