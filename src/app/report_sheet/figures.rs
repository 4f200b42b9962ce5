//! Sessions in figures: of all together.

use leptos::prelude::*;

use super::cells::{self, Figure, NO_LENGTH, Unit, all, coverage, time, traffic};
use crate::app::state::State;
use crate::app::words;
use crate::app::zone::Zone;
use crate::engine::protocol::ReportPage;
use crate::report::{LongestGap, Summary};
use crate::timeline::duration;

/// The figures with their names.
pub fn figures(summary: &Summary) -> Vec<(&'static str, Figure)> {
    let line = &summary.all;
    let mut figures = vec![
        ("Sessions", Ok(cells::count(line.sessions))),
        ("SIMs", Ok(cells::count(line.sims))),
    ];
    let units = Unit::ALL.into_iter();
    figures.extend(units.map(|unit| (unit.label(), traffic(&line.data, unit, line.sessions))));
    let lengths = |ms: Option<i64>| {
        let known = words::count(line.durations.known.into());
        time(ms, NO_LENGTH).map(|(text, _)| (text, format!("of {known} whose length is known")))
    };
    figures.push(("Mean duration", lengths(line.durations.mean_ms)));
    figures.push(("Median duration", lengths(line.durations.median_ms)));
    figures.push(("Online", cells::online(line.online)));
    figures.push(("Coverage", coverage(line.online)));
    figures
}

/// The section's head and figures.
pub fn section(state: State, page: &ReportPage, zone: &Zone) -> AnyView {
    let summary = &page.report.summary;
    let pairs = figures(summary).into_iter().map(|(name, figure)| {
        let (value, more) = figure.unwrap_or_else(|why| ("–".to_owned(), why.to_owned()));
        let more = (!more.is_empty()).then_some(more);
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    {value} <small class="dim">{more}</small>
                </dd>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="part figures" aria-label="Sessions in figures">
            <h3>"Sessions" <span class="dim">{remarks(summary).join("; ")}</span></h3>
            <dl>
                {all(pairs)}
                <div>
                    <dt>"Longest gap"</dt>
                    <dd>{longest(state, summary.all.longest_gap.as_ref(), zone)}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

/// What the figures leave out.
fn remarks(summary: &Summary) -> Vec<String> {
    let counted = |count: u32, one: &str, several: &str, rest: &str| {
        (count > 0).then(|| words::counted(count.into(), one, several) + rest)
    };
    let apart = |ms: i64, what: &str| (ms > 0).then(|| format!("{} {what}", duration(ms)));
    let remarks = [
        counted(
            summary.reach_out,
            "reaches",
            "reach",
            " beyond the span and count in whole",
        ),
        counted(
            summary.all.data.unit_unknown,
            "session tells",
            "sessions tell",
            " traffic without a unit: in no sum",
        ),
        counted(
            summary.sims_without,
            "SIM",
            "SIMs",
            " without any session left out of coverage",
        ),
        apart(summary.not_fetched_ms, "not fetched left out"),
        apart(summary.unknown_ms, "unknown left out"),
    ];
    remarks.into_iter().flatten().collect()
}

fn longest(state: State, gap: Option<&LongestGap>, zone: &Zone) -> AnyView {
    let Some(gap) = gap else {
        return view! { "–" <small class="dim">"no gap between sessions in the span"</small> }
            .into_any();
    };
    let lane = gap.lane;
    let cut = if gap.cut { ", cut at the edge" } else { "" };
    let when = format!(
        "{} – {}{cut}",
        words::short_instant(gap.from, zone),
        words::short_instant(gap.to, zone)
    );
    view! {
        {duration(gap.to - gap.from)}
        <small class="dim">
            <button
                type="button"
                class="link"
                title="Choose the SIM"
                on:click=move |_| state.select_lane(lane)
            >
                <bdi>{gap.sim.clone()}</bdi>
            </button>
            " "
            {when}
        </small>
    }
    .into_any()
}
