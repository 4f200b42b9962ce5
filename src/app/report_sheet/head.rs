//! The head of the sheet: over what the report is, another span, what can be saved; and what is missing from it.

use leptos::prelude::*;

use super::cells::all;
use super::{asking, picture};
use crate::app::state::{Dialog, State};
use crate::app::words;
use crate::engine::protocol::{
    Command, Report, ReportFile, ReportForm, ReportPage, ReportSpan, Table,
};
use crate::report::OfSource;
use crate::timeline::duration;

const PRESETS: [(ReportSpan, &str); 5] = [
    (ReportSpan::Last(24), "24 h"),
    (ReportSpan::Last(7 * 24), "7 d"),
    (ReportSpan::USUAL, "30 d"),
    (ReportSpan::All, "All"),
    (ReportSpan::Chosen, "Chosen span"),
];

/// A table with its name in the list, and in the name of a file.
const TABLES: [(Table, &str, &str); 5] = [
    (Table::Activity, "Activity", "activity"),
    (Table::Summary, "Sessions in figures", "sessions"),
    (Table::Vendors, "Vendors' summaries", "vendors"),
    (Table::Previous, "Previous sessions", "previous-sessions"),
    (Table::Sources, "Sources", "sources"),
];

/// The head.
pub fn head(state: State) -> AnyView {
    let said = move || {
        let page = state.reports.page.get();
        page.map(|page| {
            let [span, edges, filter] = said(state, &page.report);
            view! {
                <strong>{span}</strong>
                " "
                {edges}
                <span class="dim">", " {filter}</span>
            }
        })
    };
    view! {
        <header class="report-head">
            <p class="about">{said}</p>
            <div class="presets" role="group" aria-label="Time of the report">
                {all(PRESETS.into_iter().map(|(span, label)| preset(state, span, label)))}
            </div>
            {exports(state)}
        </header>
    }
    .into_any()
}

/// How long the span is, from when until when, and what is let through.
pub fn said(state: State, report: &Report) -> [String; 3] {
    let zone = state.zone.get_untracked();
    let edges = format!(
        "{} – {} {}",
        words::instant(report.from, &zone),
        words::instant(report.to, &zone),
        zone.name()
    );
    let (line, left_out) = state.settings.with(|settings| {
        let line = settings.filter.trim().to_owned();
        (line, settings.hidden.len() as u64)
    });
    let mut filter = if line.is_empty() {
        "no filter".to_owned()
    } else if state.filter.with(|filter| filter.problems.is_empty()) {
        format!("filter {line}")
    } else {
        "the filter before the one that cannot be understood".to_owned()
    };
    if left_out > 0 {
        let colours = words::counted(left_out, "colour", "colours");
        filter = format!("{filter}, {colours} of the legend left out");
    }
    // A day ends a millisecond before the next one.
    let seconds = (report.to - report.from + 999) / 1000;
    [duration(seconds * 1000), edges, filter]
}

fn preset(state: State, span: ReportSpan, label: &'static str) -> AnyView {
    let has_chosen = move || state.selection.get().span.is_some();
    let is_on = move || {
        let on = match state.reports.span.get() {
            // As the engine takes it.
            ReportSpan::Chosen if !has_chosen() => ReportSpan::USUAL,
            on => on,
        };
        on == span
    };
    let lacks = move || span == ReportSpan::Chosen && !has_chosen();
    let title = move || {
        lacks().then_some(
            "Drag over the timeline to choose a span; the report is over the last 30 days until then",
        )
    };
    view! {
        <button
            type="button"
            class="tool"
            title=title
            aria-pressed=move || is_on().to_string()
            disabled=lacks
            on:click=move |_| state.reports.span.set(span)
        >
            {label}
        </button>
    }
    .into_any()
}

fn exports(state: State) -> AnyView {
    let choose = move |event| {
        let name = event_target_value(&event);
        if let Some((table, ..)) = TABLES.iter().find(|(_, _, file)| *file == name) {
            state.reports.table.set(*table);
        }
    };
    let options = TABLES
        .iter()
        .map(|(_, label, file)| view! { <option value=*file>{*label}</option> }.into_any());
    let save = move |form: ReportForm| {
        let query = untrack(|| asking::query(state));
        state.command(&Command::SaveReport { query, form });
    };
    let chosen = move || file_name(state.reports.table.get());
    view! {
        <div class="exports" role="group" aria-label="Save the report">
            <select aria-label="Table to save as CSV" prop:value=chosen on:change=choose>
                {all(options)}
            </select>
            <button
                type="button"
                class="tool"
                title="Save that table as CSV, with all of its rows"
                on:click=move |_| save(ReportForm::Csv(state.reports.table.get_untracked()))
            >
                "CSV"
            </button>
            <button
                type="button"
                class="tool"
                title="Save all of the report as JSON"
                on:click=move |_| save(ReportForm::Json)
            >
                "JSON"
            </button>
            <button
                type="button"
                class="tool"
                title="Save the report as it is drawn here, as an image"
                on:click=move |_| picture::save(state)
            >
                "PNG"
            </button>
        </div>
    }
    .into_any()
}

fn file_name(table: Table) -> &'static str {
    let mut tables = TABLES.iter();
    let found = tables.find(|(known, ..)| *known == table);
    found.map_or("report", |(.., file)| file)
}

/// `simscope-report-2026-09-30-2026-10-30.json`; `part` says what of it.
pub fn name_of_file(part: &str, [from, to]: [i64; 2], ending: &str) -> String {
    let day = |ms: i64| words::rfc3339(ms).chars().take(10).collect::<String>();
    let part = if part.is_empty() {
        String::new()
    } else {
        format!("-{part}")
    };
    format!("simscope-report{part}-{}-{}.{ending}", day(from), day(to))
}

/// Saves what the engine wrote.
pub fn save(state: State, file: &ReportFile) {
    let (part, ending, mime) = match file.form {
        ReportForm::Csv(table) => (file_name(table), "csv", "text/csv"),
        ReportForm::Json => ("", "json", "application/json"),
    };
    let name = name_of_file(part, file.span, ending);
    state
        .host
        .with_value(|host| host.save_file(&name, mime, &file.text));
}

/// A line for each source of which something is missing.
pub fn warnings(state: State, page: &ReportPage) -> AnyView {
    let sources = (0u32..).zip(&page.report.sources);
    let partly = sources.filter(|(_, source)| source.partly);
    let lines: Vec<AnyView> = partly
        .map(|(number, source)| warning(state, number, source))
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <ul class="partly" aria-label="What is missing">
            {lines}
        </ul>
    }
    .into_any()
}

fn warning(state: State, number: u32, source: &OfSource) -> AnyView {
    let unfetched = u64::from(source.sims_unfetched);
    let sims = (unfetched > 0).then(|| {
        let sims = words::counted(unfetched, "SIM", "SIMs");
        let of = words::count(source.sims.into());
        format!(
            " The sessions of {sims} of {of} were not fetched: choose these SIMs when connecting, or filter them out."
        )
    });
    let bad = (source.bad_records > 0).then(|| {
        let bad = words::counted(source.bad_records, "record", "records");
        let of = words::count(source.records);
        format!(" {bad} of {of} could not be read: its warnings say which and why.")
    });
    view! {
        <li>
            <strong>{source.label.clone()}</strong>
            " is here only in part; there may be more than what is counted."
            {sims}
            {bad}
            " "
            <button
                type="button"
                class="link"
                on:click=move |_| state.dialog.set(Some(Dialog::Source(number)))
            >
                "Show the source"
            </button>
        </li>
    }
    .into_any()
}
