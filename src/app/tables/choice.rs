//! Which columns the open table shows.

use leptos::ev;
use leptos::prelude::*;

use super::columns::{Head, all, usual_of};
use crate::app::dialog::Modal;
use crate::app::state::{Dialog, use_state};
use crate::engine::protocol::Column;

/// The list of columns, each to be shown or not.
#[component]
pub fn ColumnDialog() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Columns));
    let set = move |change: &dyn Fn(&mut Vec<Column>)| {
        let tab = state.tab.get_untracked() as usize;
        state.columns.update(|columns| {
            if let Some(columns) = columns.get_mut(tab) {
                change(columns);
            }
        });
    };
    let usual = move |_| {
        let usual = usual_of(state.tab.get_untracked());
        set(&|columns| columns.clone_from(&usual));
    };
    // Esc closes the dialog, also from a box; elsewhere in a field it leads out of that.
    let keep_escape = |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    };
    view! {
        <Modal title="Columns" open=open on_close=move |()| state.dialog.set(None)>
            <ul class="column-choice" on:keydown=keep_escape>
                {move || {
                    let heads = all(state.tab.get()).iter();
                    heads.map(|head| view! { <Choice head=*head /> }).map(IntoAny::into_any).collect_view()
                }}
            </ul>
            <p>
                <button type="button" class="button" on:click=usual>
                    "As at first"
                </button>
            </p>
        </Modal>
    }
}

#[component]
fn Choice(
    /// The column.
    head: Head,
) -> impl IntoView {
    let state = use_state();
    let column = head.column;
    let tab = move || state.tab.get() as usize;
    let shown = move || {
        state.columns.with(|columns| {
            columns
                .get(tab())
                .is_some_and(|shown| shown.contains(&column))
        })
    };
    // A table without any column would be none.
    let is_last = move || {
        state
            .columns
            .with(|columns| columns.get(tab()).is_some_and(|shown| shown.len() == 1))
            && shown()
    };
    let toggle = move |_| {
        let tab = state.tab.get_untracked();
        state.columns.update(|columns| {
            let Some(columns) = columns.get_mut(tab as usize) else {
                return;
            };
            let before = columns.clone();
            let heads = all(tab).iter().map(|head| head.column);
            let wanted = heads.filter(|known| before.contains(known) != (*known == column));
            *columns = wanted.collect();
        });
    };
    view! {
        <li>
            <label>
                <input type="checkbox" prop:checked=shown disabled=is_last on:change=toggle />
                {head.label}
            </label>
        </li>
    }
}
