//! Where the keyboard's focus is in the table. One cell can be reached by Tab; keys move to others.
//! Rows are exchanged while the table is scrolled, so the focus waits on what scrolls them until
//! the present cell is drawn again, and is never lost.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use crate::app::json::object;
use crate::table::Place;

/// The element of a cell, or of a head's button; null where it is not drawn.
pub fn element_at(list: &Element, place: Place) -> Option<HtmlElement> {
    let column = place.column + 1;
    let selector = match place.row {
        Some(row) => format!("tr[data-row=\"{row}\"] > td:nth-child({column})"),
        None => format!("thead th:nth-child({column}) button"),
    };
    let found = list.query_selector(&selector).ok().flatten()?;
    found.dyn_into().ok()
}

/// The place of what an event came from; null where that is no cell and no head.
pub fn place_of(target: &Element) -> Option<Place> {
    let cell = target.closest("td, th").ok().flatten()?;
    let column: u32 = cell.get_attribute("aria-colindex")?.parse().ok()?;
    let row = cell.parent_element()?.get_attribute("data-row");
    Some(Place {
        row: row.and_then(|row| row.parse().ok()),
        column: column.saturating_sub(1),
    })
}

/// Makes one cell the one that Tab reaches.
pub fn make_stop(list: &Element, place: Place) {
    let Some(stop) = element_at(list, place) else {
        return;
    };
    if let Ok(Some(former)) = list.query_selector("table [tabindex=\"0\"]")
        && let Ok(former) = former.dyn_into::<HtmlElement>()
    {
        former.set_tab_index(-1);
    }
    stop.set_tab_index(0);
}

/// Before rows are exchanged: takes the focus out of them. It goes on to the present cell once that is
/// drawn, see [`take_back`].
pub fn park(list: &HtmlElement) {
    if let Ok(Some(_)) = list.query_selector("tbody :focus") {
        focus(list);
    }
}

/// Rows were drawn: gives a focus that waits to the present cell, if that is among them.
pub fn take_back(list: &HtmlElement, place: Place) {
    if list.matches(":focus") == Ok(true)
        && let Some(cell) = element_at(list, place)
    {
        make_stop(list, place);
        focus(&cell);
    }
}

/// Moves the focus to the present cell, which only then can have it, or to what scrolls it where that is not drawn yet.
pub fn move_to(list: &HtmlElement, place: Place) {
    match element_at(list, place) {
        Some(cell) => {
            make_stop(list, place);
            focus(&cell);
            // Sideways: up and down it is in view already.
            let how = object(&[("block", "nearest".into()), ("inline", "nearest".into())]);
            call(&cell, "scrollIntoView", &how);
        }
        None => focus(list),
    }
}

fn focus(element: &HtmlElement) {
    call(element, "focus", &object(&[("preventScroll", true.into())]));
}

fn call(element: &HtmlElement, name: &str, argument: &JsValue) {
    let method = Reflect::get(element, &name.into());
    if let Ok(Ok(method)) = method.map(JsCast::dyn_into::<Function>) {
        // Focus is refused only to what cannot have it; then it stays where it is.
        let _ = method.call1(element, argument);
    }
}

/// Whether a text is selected in the page: then a copy is meant for it.
pub fn has_selected_text(list: &Element) -> bool {
    let of = |target: &JsValue| -> Option<bool> {
        let get: Function = Reflect::get(target, &"getSelection".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let selection = get.call0(target).ok()?;
        let kind = Reflect::get(&selection, &"type".into()).ok()?;
        Some(kind.as_string().as_deref() == Some("Range"))
    };
    // Browsers differ in who knows of a selection inside of a shadow root.
    of(&list.get_root_node()) == Some(true) || of(&js_sys::global()) == Some(true)
}
