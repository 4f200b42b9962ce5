//! What the columns of a file of labels are, and what came of its rows. It is in use with what its columns look like as soon as
//! it is read: who finds it right has nothing to do here.

use leptos::ev;
use leptos::prelude::*;

use crate::engine::protocol::{Command, LabelColumns, LabelsInfo};
use crate::label::{Identifier, Report, Role};

use super::dialog::Modal;
use super::state::{Dialog, State, use_state};
use super::words;

/// What a column of a tag's is chosen as: the tag is called as the column.
const TAG: &str = "tag";

impl State {
    /// Takes what the engine says of all files of labels.
    pub fn take_labels(&self, labels: Vec<LabelsInfo>) {
        self.labels.set(labels);
    }

    /// Opens the dialog of the file of labels that was opened last; where there is none, asks for files.
    pub fn show_labels(&self) {
        let last = self
            .labels
            .with_untracked(|labels| labels.last().map(|file| file.document));
        match last {
            Some(document) => self.dialog.set(Some(Dialog::Labels(document))),
            None => super::commands::open_files(*self),
        }
    }

    /// Opens the dialog of a file whose columns were guessed, unless the visitor is at something else.
    pub fn ask_about_labels(&self, document: u32) {
        if matches!(self.dialog.get_untracked(), None | Some(Dialog::Labels(_))) {
            self.dialog.set(Some(Dialog::Labels(document)));
        }
    }

    /// Something of a file of labels.
    fn of_labels<T>(&self, document: u32, read: impl FnOnce(&LabelsInfo) -> T) -> Option<T> {
        self.labels.with(|labels| {
            let file = labels.iter().find(|file| file.document == document);
            file.map(read)
        })
    }

    /// Says what the columns of a file are.
    fn say_columns(&self, document: u32, change: impl FnOnce(&LabelsInfo, &mut LabelColumns)) {
        let said = self.of_labels(document, |file| {
            let codes = file.columns.iter().map(|column| column.role.code());
            let mut said = LabelColumns {
                named: file.named,
                columns: codes.collect(),
            };
            change(file, &mut said);
            said
        });
        if let Some(columns) = said {
            self.command(&Command::Label { document, columns });
        }
    }
}

/// The dialog of the file that was just opened, or whose chip was clicked.
#[component]
pub fn LabelsDialog() -> impl IntoView {
    let state = use_state();
    let document = move || match state.dialog.get() {
        Some(Dialog::Labels(document)) => Some(document),
        _ => None,
    };
    // It is told of a moment after the file was read.
    let is_there = move || {
        let document = document()?;
        state.of_labels(document, |_| document)
    };
    let open = Signal::derive(move || is_there().is_some());
    let close = move |()| {
        if let Some(document) = document() {
            state.close(Dialog::Labels(document));
        }
    };
    view! {
        <Modal title="Labels" open=open on_close=close>
            {move || document().map(|document| view! { <File document=document /> })}
        </Modal>
    }
}

#[component]
fn File(
    /// The document.
    document: u32,
) -> impl IntoView {
    let state = use_state();
    let name = move || state.of_labels(document, |file| file.name.clone());
    let named = move || {
        state
            .of_labels(document, |file| file.named)
            .unwrap_or(false)
    };
    let problem = move || {
        state
            .of_labels(document, |file| file.problem.clone())
            .flatten()
    };
    let leave_out = move |_| {
        state.close(Dialog::Labels(document));
        state.link().close(document);
        state.command(&Command::Unlabel { document });
    };
    view! {
        <div class="label-file">
            <p>
                <b>{name}</b>
                " is a file of your own: its names, groups and tags are shown in place of the vendors'. It stays in this tab."
            </p>
            <p class="label-file-sum" role="status">
                {move || state.of_labels(document, sum)}
            </p>
            <p class="wrong" role="alert">{problem}</p>
            <ColumnTable document=document />
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=named
                    on:change=move |event| {
                        let named = event_target_checked(&event);
                        state.say_columns(document, |_, said| said.named = named);
                    }
                />
                <span>"The first line names the columns"</span>
            </label>
            {move || state.of_labels(document, |file| told(file.report.as_ref()))}
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| state.close(Dialog::Labels(document))
                >
                    {move || if problem().is_none() { "Use these labels" } else { "Close" }}
                </button>
                <button type="button" class="button" on:click=leave_out>
                    "Leave the file out"
                </button>
            </div>
        </div>
    }
}

/// The columns, each with what it is. Made anew only where it has other columns: whoever chooses by keys stays where they are.
#[component]
fn ColumnTable(
    /// The document.
    document: u32,
) -> impl IntoView {
    let state = use_state();
    let columns = Memo::new(move |_| {
        let of = state.of_labels(document, |file| {
            let columns = file.columns.iter();
            columns
                .map(|column| (column.header.clone(), column.samples.clone()))
                .collect::<Vec<_>>()
        });
        of.unwrap_or_default()
    });
    view! {
        <div class="label-file-columns" role="region" aria-label="Columns" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Column"</th>
                        <th scope="col">"It is"</th>
                        <th scope="col">"What stands in it"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let rows = columns.get().into_iter().enumerate();
                        rows.map(|(at, (header, samples))| {
                            view! {
                                <tr>
                                    <th scope="row"><bdi>{header.clone()}</bdi></th>
                                    <td><Chooser document=document at=at header=header /></td>
                                    <td class="label-file-samples">{samples_of(samples)}</td>
                                </tr>
                            }
                        })
                            .map(IntoAny::into_any)
                            .collect_view()
                    }}
                </tbody>
            </table>
        </div>
    }
}

/// The first texts of a column, each by itself whatever direction it is written in.
fn samples_of(samples: Vec<String>) -> AnyView {
    if samples.is_empty() {
        return view! { <span class="dim">"nothing"</span> }.into_any();
    }
    let samples = samples.into_iter();
    samples
        .map(|sample| view! { <bdi>{sample}</bdi> }.into_any())
        .collect_view()
        .into_any()
}

/// What a column is.
#[component]
fn Chooser(
    /// The document.
    document: u32,
    /// Which column, from the left.
    at: usize,
    /// Its name.
    header: String,
) -> impl IntoView {
    let state = use_state();
    let choices: Vec<(String, String)> = choices().collect();
    let chosen = move || {
        let role = state.of_labels(document, |file| {
            let column = file.columns.get(at);
            column.map(|column| match &column.role {
                Role::Tag(_) => TAG.to_owned(),
                role => role.code(),
            })
        });
        role.flatten().unwrap_or_default()
    };
    let change = move |event: ev::Event| {
        let value = event_target_value(&event);
        state.say_columns(document, |file, said| {
            let header = file.columns.get(at).map(|column| column.header.clone());
            let role = if value == TAG {
                Role::Tag(header.unwrap_or_default()).code()
            } else {
                value
            };
            if let Some(slot) = said.columns.get_mut(at) {
                *slot = role;
            }
        });
    };
    let options = choices
        .into_iter()
        .map(|(code, called)| view! { <option value=code>{called}</option> }.into_any());
    view! {
        <select aria-label=format!("What {header} is") prop:value=chosen on:change=change>
            {options.collect_view()}
        </select>
    }
}

/// All that a column can be, with what it is called.
fn choices() -> impl Iterator<Item = (String, String)> {
    let identifiers = Identifier::ALL.into_iter().map(|kind| {
        let called = match kind {
            Identifier::Key => "Vendor's key, or device",
            kind => kind.name(),
        };
        (Role::Identifier(kind).code(), called.to_owned())
    });
    let others = [
        (Role::Name.code(), "Name"),
        (Role::Group.code(), "Group"),
        (TAG.to_owned(), "Tag"),
        (Role::Ignored.code(), "Leave out"),
    ];
    let others = others.into_iter();
    identifiers.chain(others.map(|(code, called)| (code, called.to_owned())))
}

/// In words what came of the rows.
fn sum(file: &LabelsInfo) -> Option<String> {
    let report = file.report.as_ref()?;
    let many = |count: u32, one: &str, many: &str| words::counted(u64::from(count), one, many);
    let rows = many(file.rows, "row", "rows");
    let mut said = Vec::new();
    if report.matched == 0 {
        said.push(format!("None of {rows} matched a SIM that is loaded."));
    } else {
        said.push(format!(
            "{} of {rows} matched {} at {}.",
            words::count(u64::from(report.matched)),
            many(report.lanes, "SIM", "SIMs"),
            many(file.vendors, "vendor", "vendors"),
        ));
    }
    if report.unmatched > 0 && report.matched > 0 {
        said.push(format!(
            "{} matched none.",
            many(report.unmatched, "row", "rows")
        ));
    }
    if report.ambiguous > 0 {
        said.push(format!(
            "{} more than one SIM of a vendor, and nothing was applied there.",
            many(report.ambiguous, "row fits", "rows fit")
        ));
    }
    if report.unmatched > 0 {
        said.push("Rows are looked up again whenever more is loaded.".to_owned());
    }
    if file.cells_in_other_letters > 0 {
        said.push(format!(
            "{} not in UTF-8 and read as Windows-1252: see whether the letters are right.",
            many(file.cells_in_other_letters, "cell was", "cells were")
        ));
    }
    Some(said.join(" "))
}

/// The rows that something is to be told of, each with its place in the file.
fn told(report: Option<&Report>) -> AnyView {
    let Some(report) = report.filter(|report| !report.told.is_empty()) else {
        return ().into_any();
    };
    let shown = report.told.len() as u32;
    let title = if shown as usize == crate::label::TOLD_ROWS {
        format!("The first {shown} rows to look at")
    } else {
        let rows = words::counted(u64::from(shown), "row", "rows");
        format!("{rows} to look at")
    };
    let rows = report.told.iter().map(|told| {
        view! {
            <li>
                <span>
                    {format!("Line {} ", words::count(u64::from(told.line)))}
                    <bdi class="mono">{told.identifier.clone()}</bdi>
                </span>
                <span class="dim">{told.why.to_string()}</span>
            </li>
        }
        .into_any()
    });
    let rows = rows.collect_view();
    view! {
        <h3>{title}</h3>
        <ol class="label-file-told" tabindex="0" aria-label="Rows to look at">
            {rows}
        </ol>
    }
    .into_any()
}
