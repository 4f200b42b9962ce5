//! Sessions by operator, country, radio, vendor, SIM, day or hour of day: a table that can be ordered, each row a filter.

use std::sync::Arc;

use leptos::prelude::*;

use super::activity::choose_days;
use super::cells::{self, Figure, NO_LENGTH, Unit, all, cell, coverage, time, traffic};
use super::charts::{Bar, Bars, ColumnChart};
use crate::app::inspector::bar;
use crate::app::show_all::show_all;
use crate::app::state::State;
use crate::app::words;
use crate::engine::protocol::{Report, ReportPage};
use crate::model::Radio;
use crate::report::{Line, Lines, days};
use crate::store::filter::line::is_plmn;
use crate::store::order::{items_by_number, items_by_text};
use crate::timeline::duration;

/// So many rows are shown until more are asked for.
const FEW: usize = 12;

/// What sessions are broken down by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Operator,
    Country,
    Radio,
    Vendor,
    Sim,
    Day,
    Hour,
}

impl By {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Operator, "Operator"),
        (Self::Country, "Country"),
        (Self::Radio, "Radio"),
        (Self::Vendor, "Vendor"),
        (Self::Sim, "SIM"),
        (Self::Day, "Day"),
        (Self::Hour, "Hour of day"),
    ];

    fn label(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(by, _)| *by == self)
            .map_or("", |(_, label)| label)
    }

    fn lines(self, report: &Report) -> &Lines {
        let summary = &report.summary;
        match self {
            Self::Operator => &summary.by_operator,
            Self::Country => &summary.by_country,
            Self::Radio => &summary.by_radio,
            Self::Vendor => &summary.by_vendor,
            Self::Sim => &summary.by_sim,
            Self::Day => &summary.by_day,
            Self::Hour => &summary.by_hour,
        }
    }

    /// What a row is called.
    fn name(self, line: &Line) -> String {
        let Some(value) = &line.value else {
            return "unknown".to_owned();
        };
        match self {
            Self::Country => words::country(value),
            Self::Radio => Radio::from_reported(value)
                .map_or_else(|| value.clone(), |radio| radio.label().to_owned()),
            Self::Hour => format!("{value}:00"),
            _ => line.name.as_ref().unwrap_or(value).clone(),
        }
    }

    /// What a row filters by; null where it chooses a span, or does nothing.
    fn field(self, line: &Line) -> Option<&'static str> {
        match self {
            // An operator of which only the codes are known is called by them.
            Self::Operator if line.value.as_deref().is_some_and(is_plmn) => Some("plmn"),
            Self::Operator => Some("operator"),
            Self::Country => Some("country"),
            Self::Radio => Some("radio"),
            Self::Vendor => Some("provider"),
            Self::Sim => Some("sim"),
            Self::Day | Self::Hour => None,
        }
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Name,
    Sessions,
    Sims,
    Traffic(Unit),
    Mean,
    Median,
    Online,
    Coverage,
    Gap,
}

impl Column {
    /// Those that a breakdown has: of traffic only the units in which anything is told.
    fn of(by: By, lines: &Lines) -> Vec<Self> {
        let told = |unit: &Unit| {
            let mut rows = lines.rows.iter();
            rows.any(|line| unit.total(&line.data).is_some())
        };
        let mut columns = vec![Self::Name, Self::Sessions];
        columns.extend((by != By::Sim).then_some(Self::Sims));
        columns.extend(Unit::ALL.into_iter().filter(told).map(Self::Traffic));
        columns.extend([Self::Mean, Self::Median, Self::Online]);
        // No time belongs to an operator, a country or a radio but that of its sessions.
        let has_known = !matches!(by, By::Operator | By::Country | By::Radio);
        columns.extend(has_known.then_some(Self::Coverage));
        columns.extend(matches!(by, By::Vendor | By::Sim).then_some(Self::Gap));
        columns
    }

    fn label(self, by: By) -> &'static str {
        match self {
            Self::Name => by.label(),
            Self::Sessions => "Sessions",
            Self::Sims => "SIMs",
            Self::Traffic(unit) => unit.label(),
            Self::Mean => "Mean",
            Self::Median => "Median",
            Self::Online => "Online",
            Self::Coverage => "Coverage",
            Self::Gap => "Longest gap",
        }
    }

    /// By which rows are put in order; null where it is not known.
    fn key(self, line: &Line) -> Option<i64> {
        let online = line.online;
        match self {
            Self::Name => None,
            Self::Sessions => Some(line.sessions.into()),
            Self::Sims => Some(line.sims.into()),
            Self::Traffic(unit) => unit.total(&line.data),
            Self::Mean => line.durations.mean_ms,
            Self::Median => line.durations.median_ms,
            Self::Online => online.map(|online| online.at_least_ms),
            Self::Coverage => online.and_then(|online| {
                let known = online.known_ms.filter(|ms| *ms > 0)?;
                Some((online.at_least_ms as f64 / known as f64 * 1e9) as i64)
            }),
            Self::Gap => line.longest_gap.as_ref().map(|gap| gap.to - gap.from),
        }
    }

    fn figure(self, line: &Line) -> Figure {
        match self {
            Self::Name => Err(""),
            Self::Sessions => Ok((
                words::count(line.sessions.into()),
                match line.split {
                    0 => String::new(),
                    split => format!(
                        "{} on others too: their traffic and length are in no row",
                        words::count(split.into())
                    ),
                },
            )),
            Self::Sims => Ok(cells::count(line.sims)),
            Self::Traffic(unit) => traffic(&line.data, unit, line.sessions),
            Self::Mean => time(line.durations.mean_ms, NO_LENGTH),
            Self::Median => time(line.durations.median_ms, NO_LENGTH),
            Self::Online => cells::online(line.online),
            Self::Coverage => coverage(line.online),
            Self::Gap => {
                let gap = line.longest_gap.as_ref();
                let gap = gap.map(|gap| (duration(gap.to - gap.from), gap.sim.clone()));
                gap.ok_or("no gap between sessions")
            }
        }
    }
}

/// The section.
pub fn section(state: State, page: &Arc<ReportPage>) -> AnyView {
    let reports = state.reports;
    let choices = By::ALL.into_iter().map(|(by, label)| {
        let choose = move |_| {
            reports.by.set(by);
            reports.order.set(None);
            reports.all.set(false);
        };
        view! {
            <button
                type="button"
                class="tool"
                aria-pressed=move || (reports.by.get() == by).to_string()
                on:click=choose
            >
                {label}
            </button>
        }
        .into_any()
    });
    let page = page.clone();
    let shown = move || {
        let by = reports.by.get();
        view! { {chart(state, by, &page.report)} {table(state, by, &page.report)} }
    };
    view! {
        <section class="part" aria-label="Sessions by">
            <div class="presets" role="group" aria-label="Sessions by">
                <span class="dim" aria-hidden="true">
                    "by"
                </span>
                {all(choices)}
            </div>
            {shown}
        </section>
    }
    .into_any()
}

/// Days and hours as columns.
pub fn columns(state: State, by: By, report: &Report) -> Option<ColumnChart> {
    let asked = state.reports.asked.get_untracked();
    let offsets = asked.map(|query| query.offsets).unwrap_or_default();
    let (title, columns) = match by {
        By::Day => (
            "Sessions by day of their begin",
            days::sessions(report, &offsets),
        ),
        By::Hour => ("Sessions by hour of their begin", days::hours(report)),
        _ => return None,
    };
    Some(ColumnChart {
        title: title.to_owned(),
        columns,
        unit: ["session begins", "sessions begin"],
    })
}

fn chart(state: State, by: By, report: &Report) -> Option<AnyView> {
    let columns = columns(state, by, report)?;
    Some(
        view! {
            <div class="by-day">
                <h4>{columns.title.clone()}</h4>
                {columns
                    .draw(move |from, to| {
                        if by == By::Day {
                            choose_days(state, from, to);
                        }
                    })}
            </div>
        }
        .into_any(),
    )
}

/// The rows in the order that is chosen.
fn ordered(state: State, by: By, lines: &Lines) -> Vec<Line> {
    let rows = lines.rows.clone();
    match state.reports.order.get() {
        None => rows,
        Some((Column::Name, descending)) => {
            let mut rows = items_by_text(rows, |line| by.name(line).to_lowercase());
            if descending {
                rows.reverse();
            }
            rows
        }
        // What is not known comes last.
        Some((column, true)) => {
            items_by_number(rows, |line| column.key(line).map_or(i64::MAX, |key| -key))
        }
        Some((column, false)) => items_by_number(rows, |line| column.key(line).unwrap_or(i64::MAX)),
    }
}

fn table(state: State, by: By, report: &Report) -> AnyView {
    let lines = by.lines(report);
    if lines.rows.is_empty() {
        return view! { <p class="dim">"No session lies in the span."</p> }.into_any();
    }
    let columns = Column::of(by, lines);
    let reach = |line: &Line| line.online.map_or(0, |online| online.at_most_ms);
    let most = lines.rows.iter().map(reach).max().unwrap_or(0);
    let rows = ordered(state, by, lines);
    let count = rows.len();
    let shown = if state.reports.all.get() { count } else { FEW };
    let heads = columns.iter().map(|column| head(state, by, *column));
    let body = rows.iter().take(shown).map(|line| {
        let cells = columns.iter().skip(1).map(|column| {
            let cell = cell(column.figure(line));
            if *column == Column::Online {
                view! { {online_bar(line, most)} {cell} }.into_any()
            } else {
                cell
            }
        });
        view! { <tr><th scope="row">{row_head(state, by, line)}</th> {all(cells)}</tr> }.into_any()
    });
    let rest = (lines.total as usize).saturating_sub(count);
    let rest = (rest > 0).then(|| {
        let rest = words::count(rest as u64);
        view! { <p class="dim">{rest} " more, with less time online, are in the CSV."</p> }
    });
    view! {
        <div class="wide">
            <table class="breakdown">
                <caption class="sr">"Sessions by " {by.label().to_lowercase()}</caption>
                <thead>
                    <tr>{all(heads)}</tr>
                </thead>
                <tbody>{all(body)}</tbody>
            </table>
        </div>
        {show_all(state.reports.all, count, FEW)}
        {rest}
    }
    .into_any()
}

/// A head cell that orders the rows: figures first from high to low.
fn head(state: State, by: By, column: Column) -> AnyView {
    let order = state.reports.order;
    let sorted = move || match order.get() {
        Some((known, descending)) if known == column => {
            if descending {
                "descending"
            } else {
                "ascending"
            }
        }
        _ => "none",
    };
    let act = move |_| {
        let first = column != Column::Name;
        let next = match order.get_untracked() {
            Some((known, descending)) if known == column => {
                (descending == first).then_some((column, !first))
            }
            _ => Some((column, first)),
        };
        order.set(next);
    };
    let wide = if column == Column::Online { "2" } else { "1" };
    view! {
        <th scope="col" colspan=wide aria-sort=sorted>
            <button type="button" title="Put in order; a third time: as it was" on:click=act>
                {column.label(by)}
            </button>
        </th>
    }
    .into_any()
}

fn online_bar(line: &Line, most: i64) -> AnyView {
    let online = line.online.unwrap_or_default();
    view! {
        <td class="gauge" aria-hidden="true">
            {bar(online.at_least_ms, online.at_most_ms, most)}
        </td>
    }
    .into_any()
}

fn row_head(state: State, by: By, line: &Line) -> AnyView {
    let name = by.name(line);
    let value = line.value.clone();
    let (act, title): (Box<dyn Fn()>, &str) = match (by.field(line), by, &value) {
        (Some(field), ..) => (
            Box::new(move || state.filter_by(field, value.as_deref())),
            "Filter by it",
        ),
        (None, By::Day, Some(day)) => {
            let day = day.clone();
            (
                Box::new(move || choose_days(state, &day, &day)),
                "Choose the day",
            )
        }
        _ => return view! { <span>{name}</span> }.into_any(),
    };
    let tail = (by == By::Sim && line.name != line.value).then(|| {
        let identifier = line.value.as_deref().unwrap_or_default();
        view! { <span class="mono dim">{words::tail(identifier)}</span> }
    });
    view! {
        <button type="button" class="row" title=title on:click=move |_| act()>
            <bdi>{name}</bdi>
            {tail}
        </button>
    }
    .into_any()
}

/// The rows as bars, for a picture.
pub fn bars(by: By, report: &Report) -> Bars {
    let lines = by.lines(report);
    let rows = lines.rows.iter().take(FEW).map(|line| {
        let online = line.online.unwrap_or_default();
        let time = cells::online(line.online).map_or("–".to_owned(), |(text, _)| text);
        let sessions = words::counted(line.sessions.into(), "session", "sessions");
        Bar {
            label: by.name(line),
            least: online.at_least_ms as f64,
            most: online.at_most_ms as f64,
            text: format!("{time} · {sessions}"),
        }
    });
    Bars {
        title: format!("Time online by {}", by.label().to_lowercase()),
        rows: rows.collect(),
    }
}
