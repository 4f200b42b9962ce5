//! The top line of the findings: counts, what they are listed by, which kinds, limits, files.

use leptos::prelude::*;

use super::marks::severity_class;
use crate::app::state::{Dialog, use_state};
use crate::app::words;
use crate::engine::protocol::{FindingsBy, FindingsForm};
use crate::insight::{Rule, Severity};

const GROUPS: [(FindingsBy, &str); 3] = [
    (FindingsBy::Rank, "Ranked"),
    (FindingsBy::Kind, "By kind"),
    (FindingsBy::Sim, "By SIM"),
];

/// Takes it out, or puts it in.
fn toggle<T: PartialEq>(list: &mut Vec<T>, it: T) {
    match list.iter().position(|known| *known == it) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(it),
    }
}

/// The top line.
#[component]
pub fn Bar() -> impl IntoView {
    let state = use_state();
    let (query, page) = (state.findings.query, state.findings.page);
    let progress = move || {
        page.with(|page| {
            (!page.complete).then(|| {
                format!(
                    "Looking: {} of {}",
                    words::count(u64::from(page.looked_at)),
                    words::counted(u64::from(page.sims), "SIM", "SIMs"),
                )
            })
        })
    };
    let muted = move || page.with(|page| page.muted);
    let severities = Severity::ALL.into_iter().rev().map(|severity| {
        let count = move || page.with(|page| page.by_severity.get(severity as usize).copied());
        let shown = move || query.with(|query| !query.without_severities.contains(&severity));
        toggle_button(
            format!("Findings of this severity: {}", severity.label()),
            severity.label(),
            Some(severity),
            count,
            shown,
            move || state.ask_findings(|query| toggle(&mut query.without_severities, severity)),
        )
    });
    let rules = Rule::ALL.into_iter().map(|rule| {
        let count = move || page.with(|page| page.by_rule.get(rule as usize).copied());
        let shown = move || query.with(|query| !query.without_rules.contains(&rule));
        toggle_button(
            format!("Findings of this kind: {}", rule.label()),
            rule.label(),
            None,
            count,
            shown,
            move || state.ask_findings(|query| toggle(&mut query.without_rules, rule)),
        )
    });
    let groups = GROUPS.into_iter().map(|(by, label)| {
        let pressed = move || query.with(|query| query.by == by).to_string();
        view! {
            <button
                type="button"
                class="tool"
                aria-pressed=pressed
                on:click=move |_| state.ask_findings(|query| query.by = by)
            >
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="findings-bar">
            <div class="findings-toggles" role="group" aria-label="Severities">{severities.collect_view()}</div>
            <div class="findings-toggles kinds" role="group" aria-label="Kinds">{rules.collect_view()}</div>
            <div class="findings-tools">
                <span class="dim" role="status">{progress}</span>
                <div role="group" aria-label="Order">{groups.collect_view()}</div>
                <button
                    type="button"
                    class="tool"
                    title="List what was said not to be a problem, too"
                    aria-pressed=move || query.with(|query| query.shows_muted).to_string()
                    on:click=move |_| state.ask_findings(|query| query.shows_muted = !query.shows_muted)
                >
                    "Muted " <span class="dim">{move || words::count(u64::from(muted()))}</span>
                </button>
                <button
                    type="button"
                    class="tool"
                    title="Set from when on something stands out"
                    on:click=move |_| state.dialog.set(Some(Dialog::Limits))
                >
                    "Limits…"
                </button>
                <button
                    type="button"
                    class="tool"
                    title="Save the listed findings as CSV, a row for each SIM"
                    on:click=move |_| state.save_findings(FindingsForm::Csv)
                >
                    "CSV"
                </button>
                <button
                    type="button"
                    class="tool"
                    title="Save the listed findings as JSON, with figures and evidence"
                    on:click=move |_| state.save_findings(FindingsForm::Json)
                >
                    "JSON"
                </button>
            </div>
        </div>
    }
}

fn toggle_button(
    title: String,
    label: &'static str,
    severity: Option<Severity>,
    count: impl Fn() -> Option<u32> + Send + Sync + 'static,
    shown: impl Fn() -> bool + Send + Sync + 'static,
    press: impl Fn() + 'static,
) -> AnyView {
    let mark = severity
        .map(|severity| view! { <i class=severity_class(severity) aria-hidden="true"></i> });
    view! {
        <button
            type="button"
            class="tool toggle"
            title=title
            aria-pressed=move || shown().to_string()
            on:click=move |_| press()
        >
            {mark}
            {label}
            " "
            <span class="dim">{move || words::count(u64::from(count().unwrap_or(0)))}</span>
        </button>
    }
    .into_any()
}
