//! Saving a table as a CSV file: all of its rows, as many as there are, which the engine hands out part by part.

use leptos::prelude::*;

use super::columns::label;
use super::copying::{MOST, query, text};
use crate::app::state::{State, Tone};
use crate::app::words;
use crate::engine::protocol::{Column, Tab, TablePage, TableQuery};
use crate::export::Separated;

const TYPE: &str = "text/csv";

/// What goes into the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The columns that are shown.
    Shown,
    /// Which SIMs these are: ICCID, IMSI and IMEI, the latter two as last used.
    Identifiers,
}

impl What {
    fn label(self, tab: Tab, column: Column) -> &'static str {
        match (self, column) {
            (Self::Identifiers, Column::LastImsi) => "IMSI",
            _ => label(tab, column),
        }
    }

    fn file(self, tab: Tab) -> &'static str {
        match (self, tab) {
            (Self::Identifiers, _) => "simscope-sim-identifiers.csv",
            (Self::Shown, Tab::Sims) => "simscope-sims.csv",
            (Self::Shown, Tab::Sessions) => "simscope-sessions.csv",
            (Self::Shown, Tab::Events) => "simscope-events.csv",
            (Self::Shown, Tab::Usage) => "simscope-usage.csv",
        }
    }
}

/// A file as far as it is written.
struct Part {
    what: What,
    query: TableQuery,
    text: String,
    /// How many rows there were when it was begun.
    total: Option<u32>,
}

/// Saves all rows of the open table, in its order.
pub fn save(state: State, what: What) {
    let mut query = query(state, 0, MOST);
    if what == What::Identifiers {
        query.columns = vec![Column::Iccid, Column::LastImsi, Column::Imei];
    }
    let part = Part {
        what,
        query,
        text: String::new(),
        total: None,
    };
    ask(state, part);
}

fn ask(state: State, part: Part) {
    let query = part.query.clone();
    state.take_rows(query, false, move |page| take(state, part, &page));
}

fn take(state: State, mut part: Part, page: &TablePage) {
    if part.total.is_some_and(|total| total != page.total) {
        // Rows of before and of now do not make one table.
        state.tell(
            Tone::Warning,
            "Not saved",
            "The table changed while it was written: rows came or went. Press again once the data rest.",
        );
        return;
    }
    part.total = Some(page.total);
    let separated = if part.query.first == 0 {
        Separated::Commas
    } else {
        Separated::MoreCommas
    };
    let what = part.what;
    part.text += &text(page, separated, &|column| what.label(page.tab, column));
    let written = part.query.first + page.rows.len() as u32;
    if written < page.total && !page.rows.is_empty() {
        part.query.first = written;
        ask(state, part);
        return;
    }
    let file = what.file(page.tab);
    let saved = state
        .host
        .with_value(|host| host.save_file(file, TYPE, &part.text));
    let rows = words::counted(written.into(), "row", "rows");
    if saved {
        state.tell(Tone::Good, "Saved", format!("{rows} in {file}."));
    } else {
        state.tell(
            Tone::Bad,
            "Not saved",
            "The browser does not let this page hand out a file. Copy the rows instead.",
        );
    }
}
