//! The tables: SIMs, sessions, events, usage. The twins of the timeline for keyboard and screen
//! reader, virtual to any length.

mod cells;
mod columns;

use crate::app::var::{Var, effect};
use leptos::ev;
use leptos::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::engine::protocol::{Tab, TablePage, TableQuery};

use super::state::use_state;
use super::words;
use super::zone::Zone;
use cells::rows_of;
use columns::{Column, columns};

/// Height of a row in CSS pixels.
const ROW_PX: f64 = 24.0;
/// So many rows are asked for at once.
const ROWS: u32 = 80;

/// Tabs and the table of the open one.
#[component]
pub fn Tables() -> impl IntoView {
    let state = use_state();
    let sort = Var::new((String::new(), false));
    let scroll = Var::new(0.0_f64);
    let list = NodeRef::<leptos::html::Div>::new();
    effect(move || {
        let tab = state.tab.get();
        sort.set(match tab {
            Tab::Sims => ("offline".to_owned(), true),
            Tab::Sessions | Tab::Events | Tab::Usage => (String::new(), true),
        });
        scroll.set(0.0);
        if let Some(list) = list.get_untracked() {
            list.set_scroll_top(0);
        }
    });
    let first = Memo::new(move |_| {
        let above = (scroll.get() / ROW_PX) as u32;
        // In steps, so that scrolling asks anew only now and then.
        (above.saturating_sub(20) / 20) * 20
    });
    effect(move || {
        let (by, descending) = sort.get();
        state.ask_table(TableQuery {
            tab: state.tab.get_untracked(),
            sort: by,
            descending,
            first: first.get(),
            count: ROWS,
        });
    });
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
                aria-selected=move || (state.tab.get() == tab).to_string()
                on:click=move |_| state.tab.set(tab)
            >
                {label} " " <span class="dim">{count}</span>
            </button>
        }
    };
    view! {
        <section class="tables" aria-label="Tables">
            <div class="tabs" role="tablist" aria-label="Tables">
                {tab(Tab::Sims, "SIMs", 0)} {tab(Tab::Sessions, "Sessions", 1)}
                {tab(Tab::Events, "Events", 2)} {tab(Tab::Usage, "Usage", 3)}
            </div>
            <News />
            <div
                class="table-scroll keeps-arrows"
                node_ref=list
                on:pointerenter=move |_| state.point_at_table(true)
                on:pointerleave=move |_| state.point_at_table(false)
                on:scroll=move |event: ev::Event| {
                    let list = event_target::<HtmlElement>(&event);
                    scroll.set(f64::from(list.scroll_top()));
                }
            >
                {move || {
                    let tab = state.tab.get();
                    view! { <Table tab=tab sort=sort /> }
                }}
            </div>
        </section>
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

#[component]
fn Table(
    /// Which table.
    tab: Tab,
    /// Column and direction.
    sort: Var<(String, bool)>,
) -> impl IntoView {
    let state = use_state();
    let columns = columns(tab);
    let page = move || state.table.get().filter(|page| page.rows.tab() == tab);
    let total = move || page().map_or(0, |page| page.total);
    let first = move || page().map_or(0, |page| page.first);
    let above = move || f64::from(first()) * ROW_PX;
    let shown = move || page().map_or(0, |page| page.rows.len() as u32);
    let below = move || f64::from(total().saturating_sub(first() + shown())) * ROW_PX;
    let label = match tab {
        Tab::Sims => "SIMs",
        Tab::Sessions => "Sessions",
        Tab::Events => "Events",
        Tab::Usage => "Usage",
    };
    let count = columns.len();
    view! {
        <table aria-label=label aria-rowcount=move || (total() + 1).to_string()>
            <thead>
                <tr aria-rowindex="1">
                    {columns.iter().map(|column| view! { <Head column=*column sort=sort /> }).map(IntoAny::into_any).collect_view()}
                </tr>
            </thead>
            <tbody>
                <tr aria-hidden="true" class="space">
                    <td colspan=count style:height=move || words::px(above())></td>
                </tr>
                {move || {
                    let zone = state.zone.get();
                    page().map(|page| view! { <Rows page=page zone=zone /> })
                }}
                <tr aria-hidden="true" class="space">
                    <td colspan=count style:height=move || words::px(below())></td>
                </tr>
            </tbody>
        </table>
        {move || {
            (total() == 0 && page().is_some())
                .then(|| {
                    let empty = match tab {
                        Tab::Sims => "No SIM matches.",
                        Tab::Sessions => "No sessions here. Clear the span or the filter to see others.",
                        Tab::Events => "No events here. Not every vendor tells of events.",
                        Tab::Usage => "No usage records here. Not every vendor counts usage apart from sessions.",
                    };
                    view! { <p class="dim pad">{empty}</p> }
                })
        }}
    }
}

#[component]
fn Head(
    /// The column.
    column: Column,
    /// Column and direction.
    sort: Var<(String, bool)>,
) -> impl IntoView {
    let order = move || {
        sort.with(|(by, descending)| {
            let is_this = by == column.key || (by.is_empty() && column.is_default);
            match (is_this, descending) {
                (false, _) => "none",
                (true, true) => "descending",
                (true, false) => "ascending",
            }
        })
    };
    let click = move |_| {
        let next = match order() {
            "descending" => false,
            "ascending" => true,
            _ => column.numeric,
        };
        sort.set((column.key.to_owned(), next));
    };
    view! {
        <th scope="col" class:number=column.numeric aria-sort=order>
            <button type="button" on:click=click>
                {column.label}
                <span aria-hidden="true" class="arrow">
                    {move || match order() {
                        "descending" => "▾",
                        "ascending" => "▴",
                        _ => "",
                    }}
                </span>
            </button>
        </th>
    }
}

#[component]
fn Rows(
    /// What is in view.
    page: TablePage,
    /// The zone that instants are shown in.
    zone: Zone,
) -> impl IntoView {
    let state = use_state();
    let first = page.first;
    let by = state.settings.get_untracked().colour;
    (0u32..)
        .zip(rows_of(&page, &zone, by))
        .map(|(at, row)| {
            let (key, fresh) = (row.key, row.fresh);
            let chosen = move || state.selection.with(|selection| key.is_chosen(selection));
            let picked = move || {
                let session = key.session();
                session.is_some_and(|session| {
                    state
                        .picked
                        .with(|picked| picked.binary_search(&session).is_ok())
                })
            };
            let choose = move || key.choose(state);
            let click = move |event: ev::MouseEvent| match key.session() {
                Some(session) if event.shift_key() => state.pick_through(session),
                Some(session) if event.ctrl_key() || event.meta_key() => state.pick(session),
                _ => choose(),
            };
            let press = move |event: KeyboardEvent| match event.key().as_str() {
                "Enter" | " " => {
                    event.prevent_default();
                    choose();
                }
                "ArrowDown" => move_focus(&event, true),
                "ArrowUp" => move_focus(&event, false),
                _ => {}
            };
            view! {
                <tr
                    aria-rowindex=(first + at + 2).to_string()
                    aria-selected=move || (chosen() || picked()).to_string()
                    class:chosen=chosen
                    class:picked=picked
                    class:fresh=fresh
                    tabindex="0"
                    on:click=click
                    on:keydown=press
                >
                    {row.view()}
                </tr>
            }
        })
        .map(IntoAny::into_any)
        .collect_view()
}

fn move_focus(event: &KeyboardEvent, down: bool) {
    use wasm_bindgen::JsCast;
    event.prevent_default();
    let row = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let next = row.and_then(|row| {
        if down {
            row.next_element_sibling()
        } else {
            row.previous_element_sibling()
        }
    });
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        // Focus is refused only to what cannot have it; then it stays where it is.
        let _ = next.focus();
    }
}
