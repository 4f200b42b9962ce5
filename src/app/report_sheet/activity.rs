//! What happened: events by type, events a day, the most active SIMs.

use leptos::prelude::*;

use super::cells::{all, cell, count, head};
use super::charts::{Bar, Bars, ColumnChart};
use crate::app::inspector::bar;
use crate::app::state::State;
use crate::app::words;
use crate::engine::protocol::{Report, ReportPage};
use crate::report::{OfSim, OfType, days};
use crate::timeline::{Clock, Understood, understand};

/// So many SIMs of each list are shown.
const MOST_SIMS: usize = 10;

/// The section.
pub fn section(state: State, page: &ReportPage) -> AnyView {
    let activity = &page.report.activity;
    let said = format!(
        "{} of {}, {} of {}",
        words::counted(activity.events.into(), "event", "events"),
        words::counted(activity.sims_with_events.into(), "SIM", "SIMs"),
        words::counted(activity.sessions.into(), "session", "sessions"),
        words::counted(activity.sims_with_sessions.into(), "SIM", "SIMs"),
    );
    view! {
        <section class="part" aria-label="Activity">
            <h3>"Activity" <span class="dim">{said}</span></h3>
            <div class="side-by-side">
                {types(state, &activity.by_type)}
                {by_day(state, &page.report)}
                {most(state, "SIMs with most events", "Events", &activity.most_events)}
                {most(state, "SIMs with most sessions", "Sessions", &activity.most_sessions)}
            </div>
        </section>
    }
    .into_any()
}

/// The bars of a picture.
pub fn bars(report: &Report) -> Bars {
    let types = report.activity.by_type.iter();
    Bars {
        title: "Events by type".to_owned(),
        rows: types
            .map(|of| Bar::of_count(of.kind.label().to_owned(), of.events))
            .collect(),
    }
}

/// The days, here and in a picture.
pub fn columns(state: State, report: &Report) -> ColumnChart {
    let asked = state.reports.asked.get_untracked();
    let offsets = asked.map(|query| query.offsets).unwrap_or_default();
    ColumnChart {
        title: "Events a day".to_owned(),
        columns: days::events(report, &offsets),
        unit: ["event", "events"],
    }
}

fn types(state: State, types: &[OfType]) -> AnyView {
    if types.is_empty() {
        return nothing("Events by type", "No event lies in the span.");
    }
    let most = types.iter().map(|of| of.events).max().unwrap_or(0);
    let rows = types.iter().map(|of| {
        let kind = of.kind.as_str();
        let reported = of.reported.iter();
        let reported: Vec<String> = reported
            .map(|word| {
                let name = word.name.as_deref().unwrap_or("without a name");
                format!("{name} {}", words::count(word.events.into()))
            })
            .collect();
        let title = format!("Filter by it; the vendors call it: {}", reported.join(", "));
        view! {
            <tr>
                <th scope="row">
                    <button
                        type="button"
                        class="row"
                        title=title
                        on:click=move |_| state.filter_by("event", Some(kind))
                    >
                        {of.kind.label()}
                    </button>
                </th>
                {cell(Ok(count(of.events)))}
                {bar_cell(of.events, most)}
            </tr>
        }
        .into_any()
    });
    table("Events by type", ["Type", "Events"], all(rows))
}

fn most(state: State, title: &'static str, counted: &'static str, sims: &[OfSim]) -> AnyView {
    if sims.is_empty() {
        return nothing(title, "No SIM has any in the span.");
    }
    let most = sims.first().map_or(0, |sim| sim.count);
    let rows = sims.iter().take(MOST_SIMS).map(|sim| {
        view! {
            <tr>
                <th scope="row">{sim_button(state, sim.lane, &sim.name, &sim.identifier)}</th>
                {cell(Ok(count(sim.count)))}
                {bar_cell(sim.count, most)}
            </tr>
        }
        .into_any()
    });
    table(title, ["SIM", counted], all(rows))
}

/// A SIM that is chosen with a click.
pub fn sim_button(state: State, lane: u32, name: &str, identifier: &str) -> AnyView {
    let tail = (name != identifier).then(|| words::tail(identifier));
    view! {
        <button
            type="button"
            class="row"
            title=format!("Choose the SIM {identifier}")
            on:click=move |_| state.select_lane(lane)
        >
            <bdi>{name.to_owned()}</bdi>
            {tail.map(|tail| view! { <span class="mono dim">{tail}</span> })}
        </button>
    }
    .into_any()
}

fn bar_cell(count: u32, most: u32) -> AnyView {
    let (count, most) = (i64::from(count), i64::from(most));
    view! { <td class="gauge" aria-hidden="true">{bar(count, count, most)}</td> }.into_any()
}

/// A table with its name above; its last column is for bars.
fn table(title: &'static str, heads: [&'static str; 2], rows: AnyView) -> AnyView {
    view! {
        <table>
            <caption>{title}</caption>
            <thead>
                <tr>{all(heads.into_iter().map(head))} <td></td></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn nothing(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <div>
            <h4>{title}</h4>
            <p class="dim">{text}</p>
        </div>
    }
    .into_any()
}

fn by_day(state: State, report: &Report) -> AnyView {
    let columns = columns(state, report);
    let has_unknown = columns.columns.iter().any(|column| column.is_unknown);
    let hatched = has_unknown.then(|| {
        view! {
            <p class="dim">
                <i class="hatched" aria-hidden="true"></i>
                "nothing was fetched of these days"
            </p>
        }
    });
    let rows = report.activity.by_day.iter().map(|of| {
        let day = of.day.clone();
        view! {
            <tr>
                <th scope="row">
                    <button
                        type="button"
                        class="row"
                        title="Choose the day"
                        on:click=move |_| choose_days(state, &day, &day)
                    >
                        {of.day.clone()}
                    </button>
                </th>
                {cell(Ok(count(of.events)))}
            </tr>
        }
        .into_any()
    });
    view! {
        <div class="by-day">
            <h4>"Events a day"</h4>
            {columns.draw(move |from, to| choose_days(state, from, to))}
            {hatched}
            <details>
                <summary>"As a table"</summary>
                <table>
                    <caption class="sr">"Events a day; days without any are left out"</caption>
                    <thead>
                        <tr>{head("Day")} {head("Events")}</tr>
                    </thead>
                    <tbody>{all(rows)}</tbody>
                </table>
            </details>
        </div>
    }
    .into_any()
}

/// Chooses from the begin of a day to the end of another, in the zone that is shown.
pub fn choose_days(state: State, from: &str, to: &str) {
    let zone = state.zone.get_untracked();
    let clock = Clock {
        now: 0,
        view: (0, 0),
        offset: &|ms| zone.offset_minutes(ms),
        named: &|_, _| None,
    };
    if let Ok(Understood::Range(from, to)) = understand(&format!("{from} .. {to}"), &clock) {
        state.select_span(Some([from.at, to.at - 1]));
    }
}
