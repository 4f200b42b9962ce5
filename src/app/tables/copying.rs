//! Copying rows: the picked ones or the present one for a spreadsheet's paste, or all as CSV.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::columns::label;
use crate::app::json::object;
use crate::app::state::{State, Tone};
use crate::app::words;
use crate::engine::protocol::{Column, Tab, TablePage, TableQuery};
use crate::export::{Separated, Writing, table_text};

/// So many rows are copied at once at most: the engine hands out no more.
pub(super) const MOST: u32 = 10_000;

/// What is asked for of the open table, in its order and with its columns.
pub(super) fn query(state: State, first: u32, count: u32) -> TableQuery {
    let tab = state.tab.get_untracked();
    let order = state.orders.get_untracked();
    let (sort, descending) = order.get(tab as usize).copied().unwrap_or_default();
    let columns = state.columns.get_untracked();
    TableQuery {
        tab,
        columns: columns.get(tab as usize).cloned().unwrap_or_default(),
        sort,
        descending,
        first,
        count,
    }
}

/// Rows as text, with the columns called so.
pub(super) fn text(
    page: &TablePage,
    separated: Separated,
    label: &dyn Fn(Column) -> &'static str,
) -> String {
    let writing = Writing {
        label,
        instant: &words::rfc3339,
        number: &words::short,
    };
    table_text(page, separated, &writing)
}

/// Copies the picked sessions where the table is theirs and there are any, else the row of that number,
/// as text that a spreadsheet pastes into cells.
pub fn copy_rows(state: State, row: u32) {
    let sessions = state.tab.get_untracked() == Tab::Sessions;
    let picked = sessions && state.picked.with_untracked(|picked| !picked.is_empty());
    let query = if picked {
        query(state, 0, MOST)
    } else {
        query(state, row, 1)
    };
    copy(state, query, picked, Separated::Tabs);
}

/// Copies all rows as CSV, as many as are handed out.
pub fn copy_all(state: State) {
    copy(state, query(state, 0, MOST), false, Separated::Commas);
}

/// What came: the rows as text, how many they are, and of how many.
#[derive(Default)]
struct Answer {
    text: String,
    rows: u32,
    all: u32,
}

fn copy(state: State, query: TableQuery, of_picked: bool, separated: Separated) {
    let one = query.count == 1;
    let picked = of_picked.then(|| state.picked.with_untracked(Vec::len) as u32);
    let answer: Rc<RefCell<Answer>> = Rc::default();
    let mut resolve: Option<Function> = None;
    let promise = Promise::new(&mut |then, _| resolve = Some(then));
    let taken = answer.clone();
    state.take_rows(query, of_picked, move |page| {
        let rows = page.rows.len() as u32;
        let text = text(&page, separated, &|column| label(page.tab, column));
        let blob = blob(&text).unwrap_or(JsValue::UNDEFINED);
        taken.replace(Answer {
            text,
            rows,
            all: if one {
                rows
            } else {
                picked.unwrap_or(page.total)
            },
        });
        if let Some(resolve) = resolve {
            // A promise's own function takes whatever it is given.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        }
    });
    state.spawn(async move {
        let written = write(promise, &answer).await;
        let (tone, title, text) = match written {
            Ok(()) => {
                let answer = answer.borrow();
                said(answer.rows, answer.all, separated)
            }
            Err(_) => (
                Tone::Warning,
                "Not copied",
                "The browser does not let this page use the clipboard. Select the text and copy it."
                    .to_owned(),
            ),
        };
        state.tell(tone, title, text);
    });
}

fn said(rows: u32, all: u32, separated: Separated) -> (Tone, &'static str, String) {
    let how = match separated {
        Separated::Commas | Separated::MoreCommas => "as CSV",
        Separated::Tabs => "separated by tabs",
    };
    let counted = words::counted(rows.into(), "row", "rows");
    if rows < all {
        let all = words::count(all.into());
        let text = format!(
            "The first {counted} of {all}, {how}. So many are copied at once; narrow the filter for the others."
        );
        (Tone::Warning, "Copied in part", text)
    } else {
        (Tone::Good, "Copied", format!("{counted} {how}."))
    }
}

/// Writes what the promise brings to the clipboard: at once, as some browsers want it while the
/// visitor's press is fresh, where they know how to wait for a text.
async fn write(promise: Promise, answer: &RefCell<Answer>) -> Result<(), JsValue> {
    let clipboard = web_sys::window()
        .map(|window| window.navigator().clipboard())
        .filter(|clipboard| !clipboard.is_undefined())
        .ok_or(JsValue::NULL)?;
    let item = Reflect::get(&js_sys::global(), &"ClipboardItem".into())?;
    let written: Promise = if let Ok(item) = item.dyn_into::<Function>() {
        let item = Reflect::construct(&item, &Array::of1(&object(&[(TYPE, promise.into())])))?;
        let write: Function = Reflect::get(&clipboard, &"write".into())?.dyn_into()?;
        write.call1(&clipboard, &Array::of1(&item))?.dyn_into()?
    } else {
        JsFuture::from(promise).await?;
        clipboard.write_text(&answer.borrow().text)
    };
    JsFuture::from(written).await?;
    Ok(())
}

const TYPE: &str = "text/plain";

fn blob(text: &str) -> Result<JsValue, JsValue> {
    let blob: Function = Reflect::get(&js_sys::global(), &"Blob".into())?.dyn_into()?;
    let parts = Array::of1(&text.into());
    let options = object(&[("type", TYPE.into())]);
    Reflect::construct(&blob, &Array::of2(&parts, &options))
}
