//! A chip for every source: how it is, how much it holds, what went wrong.

use leptos::prelude::*;

use crate::engine::protocol::SourceInfo;

use super::state::{Dialog, State, use_state};
use super::words;

/// The chips.
#[component]
pub fn Sources() -> impl IntoView {
    let state = use_state();
    let count = move || files(state, |_| true).len() + state.live.with(Vec::len);
    view! {
        <ul class="sources" aria-label="Sources" class:many=move || { count() > 3 }>
            <LiveChips />
            <FileChips of=|_| true />
            <ReadingChips />
        </ul>
    }
}

/// Files and what else was read, but for live sources: these have a chip of their own.
fn files(state: State, of: fn(&SourceInfo) -> bool) -> Vec<SourceInfo> {
    let mut sources = state.summary.with(|summary| summary.sources.clone());
    let live = state.live.get();
    sources.retain(|source| of(source) && live.iter().all(|chip| chip.label != source.label));
    sources
}

/// The chips of files.
#[component]
pub fn FileChips(
    /// Which of them.
    of: fn(&SourceInfo) -> bool,
) -> impl IntoView {
    let state = use_state();
    move || {
        files(state, of)
            .into_iter()
            .map(|source| view! { <Chip source=source /> })
            .map(IntoAny::into_any)
            .collect_view()
    }
}

#[component]
fn Chip(
    /// The source.
    source: SourceInfo,
) -> impl IntoView {
    let state = use_state();
    let number = source.source;
    let dot = if source.bad_records > 0 || source.assumed {
        "dot warning"
    } else if source.records == 0 && source.cells == 0 && source.labels.is_none() {
        "dot bad"
    } else {
        "dot ok"
    };
    let observed = source.observed;
    let dialog = match source.labels {
        Some((document, _)) if source.records == 0 => Dialog::Labels(document),
        _ => Dialog::Source(number),
    };
    let zone = state.zone;
    let when = move || {
        observed
            .map(|at| format!(" · {}", words::clock(at, &zone.get())))
            .unwrap_or_default()
    };
    let what = if let Some((_, sims)) = source.labels {
        let sims = words::counted(u64::from(sims), "SIM", "SIMs");
        format!("labels of {sims}")
    } else if source.records == 0 && source.cells > 0 {
        words::counted(source.cells, "cell position", "cell positions")
    } else if source.records == 0 {
        "nothing read".to_owned()
    } else {
        words::counted(u64::from(source.sims), "SIM", "SIMs")
    };
    let remembered = source.remembered;
    let from_memory =
        move || remembered.map(|info| format!(" · {}", words::remembered(&info, &zone.get())));
    let warnings = (source.warning_count > 0).then(|| {
        let text = words::counted(source.warning_count, "warning", "warnings");
        view! { <em>{text}</em> }
    });
    view! {
        <li>
            <button
                type="button"
                class="chip"
                title="What was read from it, and what was not"
                on:click=move |_| state.dialog.set(Some(dialog))
            >
                <i class=dot></i>
                <span class="chip-name">{source.label}</span>
                <span class="dim">{what} {when} {from_memory}</span>
                {warnings}
            </button>
        </li>
    }
}

/// The live sources; a click opens the panel.
#[component]
pub fn LiveChips() -> impl IntoView {
    let state = use_state();
    move || {
        let (chips, zone) = (state.live.get(), state.zone.get());
        chips
            .into_iter()
            .map(|chip| {
                let id = chip.id;
                let label = chip.label.clone();
                let from_memory = {
                    let label = label.clone();
                    let zone = zone.clone();
                    move || {
                        let info = state.summary.with(|summary| {
                            let mut sources = summary.sources.iter();
                            sources.find(|source| source.label == label)?.remembered
                        });
                        info.map(|info| format!(" · {}", words::remembered(&info, &zone)))
                    }
                };
                let skipped = move || {
                    let bad = state.summary.with(|summary| {
                        let mut sources = summary.sources.iter();
                        sources
                            .find(|source| source.label == label)
                            .map_or(0, |source| source.bad_records)
                    });
                    (bad > 0).then(|| format!("{} skipped", words::count(bad)))
                };
                view! {
                    <li>
                        <button
                            type="button"
                            class="chip"
                            title="How it is doing, and what can be done"
                            on:click=move |_| state.host.with_value(|host| host.open_live(id))
                        >
                            <i class=format!("dot {}", chip.tone)></i>
                            <span class="chip-name">{chip.label}</span>
                            <span class="dim">
                                {chip.text}
                                {chip.at.map(|at| format!(" · {}", words::clock(at, &zone)))}
                                {from_memory}
                            </span>
                            <em>{skipped}</em>
                        </button>
                    </li>
                }
            })
            .map(IntoAny::into_any)
            .collect_view()
    }
}

/// Files that are still being read.
#[component]
fn ReadingChips() -> impl IntoView {
    let state = use_state();
    let reading = move || {
        state.progress.with(|progress| {
            let files = progress.iter().map(|(_, file)| file);
            let longest = files.filter(|file| file.share.is_some());
            longest.take(2).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        {move || {
            reading()
                .into_iter()
                .map(|file| {
                    let share = file.share.unwrap_or(0.0);
                    view! {
                        <li>
                            <span class="chip reading" role="status">
                                <span class="chip-name">{file.name}</span>
                                <progress max="1" prop:value=share></progress>
                            </span>
                        </li>
                    }
                })
                .map(IntoAny::into_any).collect_view()
        }}
    }
}
