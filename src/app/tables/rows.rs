//! The rows that are drawn.

use leptos::prelude::*;

use super::cells::cells;
use crate::app::state::use_state;
use crate::app::zone::Zone;
use crate::engine::protocol::TablePage;

/// The rows of a page, but for some at its beginning and its end.
#[component]
pub fn Rows(
    /// What is drawn.
    page: TablePage,
    /// How many to leave out at the beginning, and how many to draw.
    part: (u32, u32),
    /// The zone that instants are shown in.
    zone: Zone,
) -> impl IntoView {
    let state = use_state();
    let by = state.settings.get_untracked().colour;
    let (skip, count) = part;
    (page.first + skip..)
        .zip(page.rows.iter().skip(skip as usize).take(count as usize))
        .map(|(at, row)| {
            let (key, fresh) = (row.key, row.fresh);
            let chosen = move || state.selection.with(|selection| key.is_chosen(selection));
            let picked = move || {
                key.session().is_some_and(|session| {
                    state
                        .picked
                        .with(|picked| picked.binary_search(&session).is_ok())
                })
            };
            view! {
                <tr
                    aria-rowindex=(at + 2).to_string()
                    data-row=at.to_string()
                    aria-selected=move || (chosen() || picked()).to_string()
                    class:chosen=chosen
                    class:picked=picked
                    class:fresh=fresh
                >
                    {cells(row, &page.columns, &zone, by)}
                </tr>
            }
        })
        .map(IntoAny::into_any)
        .collect_view()
}
