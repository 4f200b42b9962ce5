//! The tables: SIMs, sessions, events, usage. The twins of the timeline for keyboard and screen
//! reader, virtual to any length: same filter, same span, same order unless another is asked for.

mod cells;
mod choice;
mod columns;
mod copying;
mod fleet_bar;
mod focus;
mod grid;
mod rows;
mod saving;

use leptos::prelude::*;

use crate::engine::protocol::Tab;

use super::findings::{FindingsSheet, TabCount};
use super::report_sheet::ReportSheet;
use super::state::{Dialog, Sheet, use_state};
use super::words;
use choice::ColumnDialog;
pub use columns::{columns_by_name, name_of_column, usual_columns, usual_orders};
use fleet_bar::FleetBar;
use grid::GridView;

/// Tabs and the table of the open one.
#[component]
pub fn Tables() -> impl IntoView {
    let state = use_state();
    let tab = move |tab: Tab, label: &'static str, index: usize| {
        let count = move || {
            state
                .table
                .with(|page| {
                    page.as_ref()
                        .and_then(|page| page.totals.get(index).copied())
                })
                .map(|total| words::count(u64::from(total)))
        };
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || (state.sheet.get() == Sheet::Table && state.tab.get() == tab).to_string()
                on:click=move |_| state.show_tab(tab)
            >
                {label} " " <span class="dim">{count}</span>
            </button>
        }
    };
    let sheet = move |sheet: Sheet, label: &'static str| {
        let count =
            (sheet == Sheet::Findings).then(|| view! { " " <span class="dim"><TabCount /></span> });
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || (state.sheet.get() == sheet).to_string()
                on:click=move |_| state.sheet.set(sheet)
            >
                {label} {count}
            </button>
        }
    };
    view! {
        <section class="tables" part="tables" aria-label="Tables">
            <div class="tabs">
                <div class="tab-list" role="tablist" aria-label="Tables">
                    {tab(Tab::Sims, "SIMs", 0)} {tab(Tab::Sessions, "Sessions", 1)}
                    {tab(Tab::Events, "Events", 2)} {tab(Tab::Usage, "Usage", 3)}
                    {sheet(Sheet::Report, "Report")} {sheet(Sheet::Findings, "Findings")}
                </div>
                <Show when=move || state.sheet.get() == Sheet::Table>
                    <Tools />
                </Show>
            </div>
            <News />
            {move || match state.sheet.get() {
                Sheet::Table => {
                    let tab = state.tab.get();
                    view! {
                        <Show when=move || tab == Tab::Sims>
                            <FleetBar />
                        </Show>
                        <GridView tab=tab />
                    }
                        .into_any()
                }
                Sheet::Report => view! { <ReportSheet /> }.into_any(),
                Sheet::Findings => view! { <FindingsSheet /> }.into_any(),
            }}
            <ColumnDialog />
        </section>
    }
}

/// What can be done with the open table.
#[component]
fn Tools() -> impl IntoView {
    let state = use_state();
    let tab = move || state.tab.get() as usize;
    let as_timeline = move || {
        state
            .orders
            .with(|orders| orders.get(tab()).is_some_and(|(by, _)| by.is_none()))
    };
    let order = move |_| {
        let tab = state.tab.get_untracked() as usize;
        state.orders.update(|orders| {
            if let Some(order) = orders.get_mut(tab) {
                *order = (None, false);
            }
        });
    };
    view! {
        <div class="table-tools">
            <button
                type="button"
                class="tool"
                title="Order the rows as the timeline has them: lane after lane, each from its start on"
                aria-pressed=move || as_timeline().to_string()
                on:click=order
            >
                "Timeline order"
            </button>
            <button
                type="button"
                class="tool"
                title="Choose what the table shows"
                on:click=move |_| state.dialog.set(Some(Dialog::Columns))
            >
                "Columns"
            </button>
            <button
                type="button"
                class="tool"
                title="Copy the rows as CSV, with the columns that are shown"
                on:click=move |_| copying::copy_all(state)
            >
                "Copy"
            </button>
            <button
                type="button"
                class="tool"
                title="Save all rows as a CSV file, with the columns that are shown"
                on:click=move |_| saving::save(state, saving::What::Shown)
            >
                "CSV"
            </button>
            <Show when=move || state.tab.get() == Tab::Sims>
                <button
                    type="button"
                    class="tool"
                    title="Save ICCID, IMSI and IMEI of all these SIMs as a CSV file, the latter two as last used"
                    on:click=move |_| saving::save(state, saving::What::Identifiers)
                >
                    "IDs"
                </button>
            </Show>
        </div>
    }
}

/// What watching brought and was not seen yet, the newest first.
#[component]
fn News() -> impl IntoView {
    let state = use_state();
    let said = move || {
        let zone = state.zone.get();
        state.news.with(|news| {
            let newest = news.iter().rev().take(3);
            newest
                .map(|item| {
                    let at = words::clock(item.time, &zone);
                    view! { <li><time>{at}</time> " " {item.text.clone()}</li> }
                })
                .map(IntoAny::into_any)
                .collect_view()
        })
    };
    let count = move || words::counted(state.news.with(Vec::len) as u64, "new", "new");
    view! {
        <div class="news" role="log" aria-label="News" class:shown=move || state.news.with(|news| !news.is_empty())>
            <ol>{said}</ol>
            <button type="button" class="button" title="Take the marks off" on:click=move |_| state.seen()>
                {count} " · seen"
            </button>
        </div>
    }
}
