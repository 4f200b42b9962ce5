//! The open table: its heads, the part of its rows that is in view, and its keys, as the ARIA grid
//! pattern has them.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use super::columns::{is_numeric, label};
use super::copying::copy_rows;
use super::focus;
use super::rows::Rows;
use crate::app::resize::on_resize;
use crate::app::state::{State, use_state};
use crate::app::var::{Var, effect};
use crate::app::words;
use crate::engine::protocol::{Column, Tab, TablePage, TableQuery};
use crate::table::{Act, Grid, Place, Scroll};

/// Height of a row in CSS pixels.
const ROW_PX: f64 = 24.0;
/// Height of the heads in CSS pixels.
const HEAD_PX: f64 = 27.0;
/// So long the scroll bar rests before it catches up.
const REST: Duration = Duration::from_millis(150);

/// What a table's parts share. Copies are handles to the same.
#[derive(Clone, Copy)]
struct Table {
    state: State,
    tab: Tab,
    list: NodeRef<leptos::html::Div>,
    scroll: Var<Scroll>,
    /// How much of the rows is in view, CSS pixels.
    view_px: Var<f64>,
    /// The cell that Tab reaches and keys move from.
    present: Var<Place>,
}

impl Table {
    fn page(self) -> Option<TablePage> {
        self.state.table.get().filter(|page| page.tab == self.tab)
    }

    /// Its first drawn row, how many are drawn, and how many there are; null before the first answer.
    fn extent(self) -> Option<(u32, u32, u32)> {
        self.state.table.with(|page| {
            let page = page.as_ref().filter(|page| page.tab == self.tab)?;
            Some((page.first, page.rows.len() as u32, page.total))
        })
    }

    fn total(self) -> u32 {
        self.extent().map_or(0, |(_, _, total)| total)
    }

    fn columns(self) -> Vec<Column> {
        let columns = self.state.columns.get();
        columns.get(self.tab as usize).cloned().unwrap_or_default()
    }

    fn order(self) -> (Option<Column>, bool) {
        let orders = self.state.orders.get();
        orders.get(self.tab as usize).copied().unwrap_or_default()
    }

    fn element(self) -> Option<HtmlElement> {
        let list = self.list.try_get_untracked().flatten()?;
        list.dyn_into::<HtmlElement>().ok()
    }

    fn grid(self) -> Grid {
        let columns = self.state.columns.get_untracked();
        let columns = columns.get(self.tab as usize).map_or(0, Vec::len);
        Grid {
            rows: self.state.table.with_untracked(|page| {
                let page = page.as_ref().filter(|page| page.tab == self.tab);
                page.map_or(0, |page| page.total)
            }),
            columns: columns as u32,
            page: self.scroll.get_untracked().page_rows(),
        }
    }

    /// Changes where the table is scrolled to; tells who follows only where it is elsewhere then.
    fn change<R>(self, change: impl FnOnce(&mut Scroll) -> R) -> R {
        let mut scroll = self.scroll.get_untracked();
        let before = scroll;
        let result = change(&mut scroll);
        if scroll != before {
            self.scroll.set(scroll);
        }
        result
    }

    /// The rows, or how much of them is in view, changed.
    fn measure(self) {
        let (rows, view) = (self.grid().rows, self.view_px.get_untracked());
        self.change(|scroll| scroll.resize(rows, view.max(ROW_PX)));
    }

    /// The visitor scrolled, or a row was brought into view.
    fn scrolled(self) {
        let Some(list) = self.element() else { return };
        let at = f64::from(list.scroll_top());
        let catch_up = self.change(|scroll| {
            scroll.moved(at);
            scroll.is_cornered()
        });
        if catch_up {
            self.catch_up();
        }
    }

    fn catch_up(self) {
        let Some(list) = self.element() else { return };
        if let Some(at) = self.change(Scroll::caught_up) {
            list.set_scroll_top(at as i32);
        }
    }

    /// Makes a cell the present one, in view and with the focus.
    fn go(self, place: Place) {
        let Some(list) = self.element() else { return };
        self.present.set(place);
        if let Some(row) = place.row
            && let Some(at) = self.change(|scroll| scroll.reveal(row))
        {
            list.set_scroll_top(at.round() as i32);
        }
        focus::move_to(&list, place);
    }

    /// Acts on a row that is drawn.
    fn on_row(self, place: Place, act: Act) {
        let state = self.state;
        let key = state.table.with_untracked(|page| {
            let page = page.as_ref().filter(|page| page.tab == self.tab)?;
            let at = place.row?.checked_sub(page.first)?;
            page.rows.get(at as usize).map(|row| row.key)
        });
        let Some(key) = key else { return };
        match (act, key.session()) {
            (Act::Pick, Some(session)) => state.pick(session),
            (Act::PickThrough, Some(session)) => state.pick_through(session),
            _ => key.choose(state),
        }
    }

    fn pressed(self, event: &ev::KeyboardEvent) {
        if event.alt_key() || event.default_prevented() {
            return;
        }
        let Some(list) = self.element() else { return };
        let grid = self.grid();
        let at = grid.within(self.present.get_untracked());
        let control = event.ctrl_key() || event.meta_key();
        let act = grid.act(at, &event.key(), control, event.shift_key());
        match act {
            None => return,
            Some(Act::Copy) if focus::has_selected_text(&list) => return,
            Some(Act::Copy) => copy_rows(self.state, at.row.unwrap_or(0)),
            Some(Act::Go(place)) => self.go(place),
            Some(act) => self.on_row(at, act),
        }
        event.prevent_default();
    }

    fn clicked(self, event: &ev::MouseEvent) {
        let target = event.target();
        let target = target.and_then(|target| target.dyn_into::<Element>().ok());
        let Some(place) = target.as_ref().and_then(focus::place_of) else {
            return;
        };
        if place.row.is_none() {
            return;
        }
        let act = if event.shift_key() {
            Act::PickThrough
        } else if event.ctrl_key() || event.meta_key() {
            Act::Pick
        } else {
            Act::Choose
        };
        if let Some(list) = self.element() {
            self.present.set(place);
            focus::move_to(&list, place);
        }
        self.on_row(place, act);
    }

    /// What has the focus is the present cell.
    fn focused(self, event: &ev::FocusEvent) {
        let target = event.target();
        let target = target.and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(place) = target.as_ref().and_then(focus::place_of) {
            self.present.set(place);
            if let Some(list) = self.element() {
                focus::make_stop(&list, place);
            }
        }
    }

    /// Rows were drawn: a focus that waits goes on, and one cell can be reached by Tab.
    fn drawn(self) {
        let Some(list) = self.element() else { return };
        let present = self.grid().within(self.present.get_untracked());
        let is_drawn = focus::element_at(&list, present).is_some();
        let first = self.scroll.get_untracked().first_row();
        let stop = if is_drawn {
            present
        } else {
            self.grid().within(Place {
                row: Some(first + 1),
                ..present
            })
        };
        focus::make_stop(&list, stop);
        focus::take_back(&list, present);
    }

    /// Asks for what is in view, in the order and with the columns that are chosen.
    fn ask(self) {
        let asked = Var::new(self.scroll.get_untracked().drawn());
        effect(move || {
            let drawn = self.scroll.get().drawn();
            if drawn != asked.get_untracked() {
                asked.set(drawn);
            }
        });
        effect(move || {
            let (first, count) = asked.get();
            let (sort, descending) = self.order();
            self.state.ask_table(TableQuery {
                tab: self.tab,
                columns: self.columns(),
                sort,
                descending,
                first,
                count,
            });
        });
    }

    /// Follows the height of the view.
    fn follow_height(self) {
        effect(move || {
            let Some(list) = self.list.get() else { return };
            on_resize(&list, move |_, height| {
                self.view_px.set(height - HEAD_PX);
                self.measure();
            });
        });
        effect(move || {
            self.total();
            self.measure();
        });
    }
}

/// The open table.
#[component]
pub fn GridView(
    /// Which table.
    tab: Tab,
) -> impl IntoView {
    let state = use_state();
    let table = Table {
        state,
        tab,
        list: NodeRef::new(),
        scroll: Var::new(Scroll::new(ROW_PX)),
        view_px: Var::default(),
        present: Var::new(Place {
            row: Some(0),
            column: 0,
        }),
    };
    table.ask();
    table.follow_height();
    // Counts the moves of the scroll bar: it rests when none came for a while.
    let moves = Var::new(0u32);
    let rest = move || {
        let now = moves.get_untracked().wrapping_add(1);
        moves.set(now);
        let if_still = move || {
            if moves.get_untracked() == now {
                table.catch_up();
            }
        };
        set_timeout(if_still, REST);
    };
    let name = match tab {
        Tab::Sims => "SIMs",
        Tab::Sessions => "Sessions",
        Tab::Events => "Events",
        Tab::Usage => "Usage",
    };
    view! {
        <div
            class="table-scroll keeps-arrows"
            node_ref=table.list
            tabindex="-1"
            on:pointerenter=move |_| state.point_at_table(true)
            on:pointerleave=move |_| state.point_at_table(false)
            on:scroll=move |_| {
                table.scrolled();
                rest();
            }
            on:keydown=move |event| table.pressed(&event)
            on:focusin=move |event| table.focused(&event)
            on:click=move |event| table.clicked(&event)
            on:mousedown=move |event: ev::MouseEvent| {
                // Shift picks rows here; it would select their text.
                if event.shift_key() {
                    event.prevent_default();
                }
            }
        >
            <table
                role="grid"
                aria-label=name
                aria-rowcount=move || (table.total() + 1).to_string()
                aria-colcount=move || table.columns().len().to_string()
                aria-multiselectable=(tab == Tab::Sessions).to_string()
            >
                <thead>
                    <tr aria-rowindex="1">{move || heads(table)}</tr>
                </thead>
                <Body table=table />
            </table>
            {move || {
                table
                    .extent()
                    .is_some_and(|(_, _, total)| total == 0)
                    .then(|| view! { <p class="dim pad">{nothing(tab)}</p> })
            }}
        </div>
    }
}

fn nothing(tab: Tab) -> &'static str {
    match tab {
        Tab::Sims => "No SIM matches.",
        Tab::Sessions => "No sessions here. Clear the span or the filter to see others.",
        Tab::Events => "No events here. Not every vendor tells of events.",
        Tab::Usage => "No usage records here. Not every vendor counts usage apart from sessions.",
    }
}

/// The rows between two spaces that stand for those that are not drawn.
#[component]
fn Body(
    /// The table.
    table: Table,
) -> impl IntoView {
    // Which of the page's rows are drawn: those that the scroll bar can reach.
    let part = Var::new((0, 0));
    effect(move || {
        let scroll = table.scroll.get();
        let (first, shown, _) = table.extent().unwrap_or_default();
        let above = (-scroll.place_of(first) / ROW_PX).ceil().max(0.0) as u32;
        let room = (scroll.height_px() - scroll.place_of(first + above) + 0.5) / ROW_PX;
        let now = (above, shown.saturating_sub(above).min(room.max(0.0) as u32));
        if now != part.get_untracked() {
            part.set(now);
        }
    });
    let edges = move || {
        let (above, count) = part.get();
        let first = table.extent().map_or(0, |(first, _, _)| first) + above;
        let scroll = table.scroll.get();
        let top = scroll.place_of(first).max(0.0);
        let bottom = scroll.height_px() - scroll.place_of(first + count);
        (top, bottom.max(0.0))
    };
    let wide = move || table.columns().len().to_string();
    view! {
        <tbody>
            <tr aria-hidden="true" class="space">
                <td colspan=wide style:height=move || words::px(edges().0)></td>
            </tr>
            {move || {
                let zone = table.state.zone.get();
                let (page, part) = (table.page(), part.get());
                if let Some(list) = table.element() {
                    focus::park(&list);
                }
                table.state.spawn(async move { table.drawn() });
                page.map(|page| view! { <Rows page=page part=part zone=zone /> })
            }}
            <tr aria-hidden="true" class="space">
                <td colspan=wide style:height=move || words::px(edges().1)></td>
            </tr>
        </tbody>
    }
}

fn heads(table: Table) -> Vec<AnyView> {
    let columns = table.columns();
    let mut heads = Vec::with_capacity(columns.len());
    for (index, column) in (1u32..).zip(columns) {
        let order = move || match table.order() {
            (Some(by), true) if by == column => "descending",
            (Some(by), false) if by == column => "ascending",
            _ => "none",
        };
        let arrow = move || match order() {
            "descending" => "▾",
            "ascending" => "▴",
            _ => "",
        };
        let click = move |_| {
            let descending = match order() {
                "descending" => false,
                "ascending" => true,
                _ => is_numeric(column),
            };
            table.state.orders.update(|orders| {
                if let Some(order) = orders.get_mut(table.tab as usize) {
                    *order = (Some(column), descending);
                }
            });
        };
        let head = view! {
            <th scope="col" class:number=is_numeric(column) aria-sort=order aria-colindex=index.to_string()>
                <button type="button" tabindex="-1" on:click=click>
                    {label(table.tab, column)}
                    <span aria-hidden="true" class="arrow">
                        {arrow}
                    </span>
                </button>
            </th>
        };
        heads.push(head.into_any());
    }
    heads
}
