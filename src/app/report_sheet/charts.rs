//! What is drawn of a report: bars beside figures, and columns over days and hours. The same goes onto the screen and into a
//! picture.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::app::json::object;
use crate::app::words;
use crate::report::days::Column;

/// Bars below each other, each with its figure.
pub struct Bars {
    /// What they are.
    pub title: String,
    /// The bars.
    pub rows: Vec<Bar>,
}

/// A bar.
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is.
    pub least: f64,
    /// Until where it is light.
    pub most: f64,
    /// What stands beside it.
    pub text: String,
}

/// Columns beside each other.
pub struct ColumnChart {
    /// What they are.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// What is counted: one, several.
    pub unit: [&'static str; 2],
}

impl Bar {
    /// A count as a bar.
    pub fn of_count(label: String, count: u32) -> Self {
        Self {
            label,
            least: f64::from(count),
            most: f64::from(count),
            text: words::count(count.into()),
        }
    }
}

impl Bars {
    /// For a picture.
    pub fn to_js(&self) -> JsValue {
        let row = |bar: &Bar| {
            object(&[
                ("label", bar.label.as_str().into()),
                ("least", bar.least.into()),
                ("most", bar.most.into()),
                ("text", bar.text.as_str().into()),
            ])
        };
        let rows: js_sys::Array = self.rows.iter().map(row).collect();
        object(&[
            ("kind", "bars".into()),
            ("title", self.title.as_str().into()),
            ("rows", rows.into()),
        ])
    }
}

impl ColumnChart {
    /// For a picture.
    pub fn to_js(&self) -> JsValue {
        let column = |column: &Column| {
            object(&[
                ("from", column.from.as_str().into()),
                ("to", column.to.as_str().into()),
                ("count", column.count.into()),
                ("unknown", column.is_unknown.into()),
            ])
        };
        let columns: js_sys::Array = self.columns.iter().map(column).collect();
        object(&[
            ("kind", "columns".into()),
            ("title", self.title.as_str().into()),
            ("columns", columns.into()),
        ])
    }

    fn said(&self, column: &Column) -> String {
        let [one, several] = self.unit;
        let of = if column.from == column.to {
            column.from.clone()
        } else {
            format!("{} – {}", column.from, column.to)
        };
        if column.is_unknown {
            return format!("{of}: nothing was fetched");
        }
        format!(
            "{of}: {}",
            words::counted(column.count.into(), one, several)
        )
    }

    /// The columns on screen; `choose` is told the first and last day of the one that is clicked. For the eye and the pointer: the
    /// same figures stand in a table.
    pub fn draw(&self, choose: impl Fn(&str, &str) + Copy + 'static) -> AnyView {
        let most = self.columns.iter().map(|column| column.count).max();
        let most = most.unwrap_or(0);
        let columns = self.columns.iter().map(|column| {
            let share = f64::from(column.count) / f64::from(most.max(1)) * 100.0;
            let (from, to) = (column.from.clone(), column.to.clone());
            view! {
                <i
                    class:unknown=column.is_unknown
                    title=self.said(column)
                    on:click=move |_| choose(&from, &to)
                >
                    <b style:height=words::fixed(share, 1) + "%"></b>
                </i>
            }
            .into_any()
        });
        let edge = |column: Option<&Column>, last: bool| {
            column.map(|column| if last { &column.to } else { &column.from }.clone())
        };
        view! {
            <div class="columns" aria-hidden="true">
                <span class="scale">{words::count(most.into())}</span>
                <div class="plot">{columns.collect_view()}</div>
                <div class="edges">
                    <span>{edge(self.columns.first(), false)}</span>
                    <span>{edge(self.columns.last(), true)}</span>
                </div>
            </div>
        }
        .into_any()
    }
}
