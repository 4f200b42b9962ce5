//! The view as a plain object: range, filter, colours, what is chosen, which table is open. Rows are told by their marks, so it
//! holds nothing of the data. www/view-state.ts gives it its public, versioned form; here it is read back as it was written.

use std::collections::HashMap;
use std::time::Duration;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::json::{Json, object};
use super::mode::Mode;
use super::state::{Pane, Sheet, State};
use super::tables::{columns_by_name, name_of_column, usual_columns, usual_orders};
use super::var::{Var, effect};
use super::zone::Zone;
use crate::engine::protocol::{
    ColourBy, Command, GroupBy, RowLabel, Selection, SortBy, Summary, Tab,
};
use crate::engine::{Mark, Marks, Restored};
use crate::timeline::Scale;

/// The host is told of another view when it has rested so long.
const REST: Duration = Duration::from_millis(250);

/// What is needed to write the view and to read it back. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Sharing {
    /// The marks of lanes that were on screen.
    marks: StoredValue<HashMap<u32, Mark>, LocalStorage>,
    /// Values of the legend that are to be left out once it is there.
    hide: StoredValue<Vec<String>, LocalStorage>,
    /// How far back the range is to reach from the last instant of what is being read, milliseconds.
    pub last: StoredValue<Option<i64>, LocalStorage>,
    /// What is loaded is the demo fleet, and nothing else.
    pub demo: Var<bool>,
}

impl Sharing {
    /// Of a fresh element.
    pub fn new() -> Self {
        Self {
            marks: StoredValue::new_local(HashMap::new()),
            hide: StoredValue::new_local(Vec::new()),
            last: StoredValue::new_local(None),
            demo: Var::default(),
        }
    }

    /// Remembers the marks of lanes on screen.
    pub fn saw(self, labels: &[RowLabel]) {
        self.marks.update_value(|marks| {
            for label in labels {
                if let RowLabel::Lane { lane, mark, .. } = label {
                    marks.insert(*lane, *mark);
                }
            }
        });
    }

    /// Everything was forgotten.
    pub fn clear(self) {
        self.marks.update_value(HashMap::clear);
        self.hide.update_value(Vec::clear);
        self.last.set_value(None);
        self.demo.set(false);
    }
}

const COLOURS: [(ColourBy, &str); 4] = [
    (ColourBy::Radio, "radio"),
    (ColourBy::Operator, "operator"),
    (ColourBy::Country, "country"),
    (ColourBy::Provider, "provider"),
];
const GROUPS: [(GroupBy, &str); 9] = [
    (GroupBy::Country, "country"),
    (GroupBy::Provider, "provider"),
    (GroupBy::Operator, "operator"),
    (GroupBy::Tag, "tag"),
    (GroupBy::Device, "device"),
    (GroupBy::Radio, "radio"),
    (GroupBy::DeviceType, "device-type"),
    (GroupBy::Group, "group"),
    (GroupBy::None, "none"),
];
const SORTS: [(SortBy, &str); 5] = [
    (SortBy::Name, "name"),
    (SortBy::Offline, "offline"),
    (SortBy::Seen, "seen"),
    (SortBy::Sessions, "sessions"),
    (SortBy::Traffic, "traffic"),
];
const TABS: [(Tab, &str); 4] = [
    (Tab::Sims, "sims"),
    (Tab::Sessions, "sessions"),
    (Tab::Events, "events"),
    (Tab::Usage, "usage"),
];
const SHEETS: [(Sheet, &str); 2] = [(Sheet::Report, "report"), (Sheet::Findings, "findings")];
const PANES: [(Pane, &str); 4] = [
    (Pane::Timeline, "timeline"),
    (Pane::Map, "map"),
    (Pane::Tables, "tables"),
    (Pane::Inspector, "inspector"),
];

fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> JsValue {
    let found = names.iter().find(|(known, _)| known == value);
    found.map_or(JsValue::NULL, |(_, name)| (*name).into())
}

fn named<T: Copy>(names: &[(T, &'static str)], name: &Json) -> Option<T> {
    let name = name.text()?;
    let found = names.iter().find(|(_, known)| *known == name);
    found.map(|(value, _)| *value)
}

fn list<T: Into<JsValue>>(items: impl IntoIterator<Item = T>) -> JsValue {
    let list: Array = items.into_iter().map(Into::into).collect();
    list.into()
}

fn mark_text(mark: Mark) -> String {
    format!("{mark:016x}")
}

fn marks_in(list: &Json) -> Vec<Mark> {
    list.items().iter().filter_map(mark_in).collect()
}

fn mark_in(value: &Json) -> Option<Mark> {
    Mark::from_str_radix(&value.text()?, 16).ok()
}

impl State {
    /// The view as a plain object.
    pub fn view(&self) -> JsValue {
        let settings = self.settings.get_untracked();
        let scale = self.scale.get_untracked();
        let edge = |ms: i64| JsValue::from_f64(ms as f64);
        let range = self.scale_is_set.get_untracked().then(|| {
            let (from, to) = scale.window();
            list([edge(from), edge(to)])
        });
        let lanes = |lanes: &[u32]| {
            self.sharing.marks.with_value(|marks| {
                let found = lanes.iter().filter_map(|lane| marks.get(lane));
                list(found.map(|mark| mark_text(*mark)))
            })
        };
        let hidden = self.summary.with_untracked(|summary| {
            let entries = summary.legend.iter();
            let hidden = entries.filter(|entry| settings.hidden.contains(&entry.colour));
            list(hidden.map(|entry| entry.label.clone()))
        });
        // The names of tags, devices and groups are the owner's data.
        let is_public = !matches!(
            settings.group,
            GroupBy::Tag | GroupBy::Device | GroupBy::Group
        );
        let folded = settings.folded.iter().filter(|_| is_public).cloned();
        let selection = self.selection.get_untracked();
        let chosen = self.inspection.with_untracked(|shown| shown.marks.clone());
        let mark = |is: bool, mark: Option<Mark>| {
            let mark = mark.filter(|_| is).map(mark_text);
            mark.map_or(JsValue::NULL, Into::into)
        };
        let muted = self.findings.query.with_untracked(|query| {
            let muted = query.muted.iter();
            list(muted.map(|key| mark_text(*key)))
        });
        let span = selection
            .span
            .map(|[from, to]| list([edge(from), edge(to)]));
        object(&[
            ("demo", self.sharing.demo.get_untracked().into()),
            ("range", range.unwrap_or(JsValue::NULL)),
            ("span", span.unwrap_or(JsValue::NULL)),
            ("filter", settings.filter.as_str().into()),
            ("zone", self.zone.with_untracked(|zone| zone.name().into())),
            ("colour", name_of(&COLOURS, &settings.colour)),
            ("group", name_of(&GROUPS, &settings.group)),
            ("sort", name_of(&SORTS, &settings.sort)),
            ("hidden", hidden),
            ("folded", list(folded)),
            ("opened", lanes(&settings.opened)),
            ("pinned", lanes(&settings.pinned)),
            ("leftOut", lanes(&settings.left_out)),
            ("laneHeight", settings.row_px.into()),
            ("sim", mark(selection.lane.is_some(), chosen.lane)),
            ("session", mark(selection.session.is_some(), chosen.session)),
            ("event", mark(selection.event.is_some(), chosen.event)),
            ("muted", muted),
            ("limits", self.kept_limits()),
            ("tab", self.tab_name()),
            ("pane", name_of(&PANES, &self.pane.get_untracked())),
            ("tables", self.tables_state()),
        ])
    }

    /// What the pane of the tables shows.
    fn tab_name(&self) -> JsValue {
        let name = name_of(&SHEETS, &self.sheet.get_untracked());
        if name.is_null() {
            return name_of(&TABS, &self.tab.get_untracked());
        }
        name
    }

    /// Of each table that does not show what it does at first its columns and what it is ordered by.
    fn tables_state(&self) -> JsValue {
        let columns = self.columns.get_untracked();
        let orders = self.orders.get_untracked();
        let tables = TABS.iter().zip(columns).zip(orders);
        let usual = usual_columns().into_iter().zip(usual_orders());
        let tables: Vec<(&str, JsValue)> = tables
            .zip(usual)
            .filter(|(((_, columns), order), usual)| (columns, order) != (&usual.0, &usual.1))
            .map(|(table, _)| table)
            .map(|(((_, name), columns), (by, descending))| {
                let by = by.map_or(JsValue::NULL, |column| name_of_column(column).into());
                let table = object(&[
                    ("columns", list(columns.into_iter().map(name_of_column))),
                    ("sort", by),
                    ("descending", descending.into()),
                ]);
                (*name, table)
            })
            .collect();
        object(&tables)
    }

    /// Shows a view that [`Self::view`] gave, of this tab or another. What it does not hold stays as it is; rows that are not loaded
    /// are chosen when they are.
    pub fn set_view(&self, view: JsValue) {
        let view = Json::of(view);
        self.set(|settings| {
            if let Some(line) = view.get("filter").text() {
                settings.filter = line;
            }
            let texts = |key: &str| view.get(key).items();
            settings.colour = named(&COLOURS, &view.get("colour")).unwrap_or(settings.colour);
            settings.group = named(&GROUPS, &view.get("group")).unwrap_or(settings.group);
            settings.sort = named(&SORTS, &view.get("sort")).unwrap_or(settings.sort);
            if view.get("folded").is_list() {
                settings.folded = texts("folded").iter().filter_map(Json::text).collect();
            }
            if let Some(height) = view.get("laneHeight").number() {
                settings.row_px = height as u8;
            }
            if view.get("hidden").is_list() {
                settings.hidden.clear();
            }
            for (key, lanes) in [
                ("opened", &mut settings.opened),
                ("pinned", &mut settings.pinned),
                ("leftOut", &mut settings.left_out),
            ] {
                if view.get(key).is_list() {
                    lanes.clear();
                }
            }
        });
        if view.get("hidden").is_list() {
            let hidden = view.get("hidden").items();
            self.sharing
                .hide
                .set_value(hidden.iter().filter_map(Json::text).collect());
        }
        self.summary
            .with_untracked(|summary| self.hide_wanted(summary));
        if let Some(zone) = view.get("zone").text().and_then(|name| Zone::named(&name)) {
            self.zone.set(zone);
        }
        if let Some(last) = view.get("last").number() {
            self.show_last(last as i64);
        } else if let Some([from, to]) = edges(&view.get("range")) {
            self.show_range(from, to);
        }
        if let Some(tab) = named(&TABS, &view.get("tab")) {
            self.show_tab(tab);
        }
        if let Some(sheet) = named(&SHEETS, &view.get("tab")) {
            self.sheet.set(sheet);
        }
        if let Some(pane) = named(&PANES, &view.get("pane")) {
            self.pane.set(pane);
        }
        self.set_muted(&view.get("muted"), marks_in(&view.get("muted")));
        self.show_limits(&view.get("limits"));
        if view.has("tables") {
            self.set_tables(&view.get("tables"));
        }
        self.set_rows(&view);
    }

    /// Shows what a view says of rows: which are chosen, and how they are listed. One that says nothing of a choice leaves it.
    fn set_rows(&self, view: &Json) {
        let span = edges(&view.get("span")).map(|edges| edges.map(|ms| ms as i64));
        let chooses = ["sim", "session", "event"].iter().any(|key| view.has(key));
        if chooses {
            self.select(Selection {
                span,
                ..Selection::default()
            });
        } else if view.has("span") {
            self.select_span(span);
        }
        let lists = ["opened", "pinned", "leftOut"]
            .iter()
            .any(|key| view.has(key));
        if chooses || lists {
            self.command(&Command::Restore(Marks {
                opened: marks_in(&view.get("opened")),
                pinned: marks_in(&view.get("pinned")),
                left_out: marks_in(&view.get("leftOut")),
                lane: mark_in(&view.get("sim")),
                session: mark_in(&view.get("session")),
                event: mark_in(&view.get("event")),
            }));
        }
    }

    fn set_tables(&self, tables: &Json) {
        for (at, (tab, name)) in TABS.iter().enumerate() {
            let table = tables.get(name);
            self.columns.update(|all| {
                let usual = usual_columns().into_iter().nth(at);
                if let (Some(shown), Some(usual)) = (all.get_mut(at), usual) {
                    *shown = usual;
                }
            });
            self.orders.update(|all| {
                let usual = usual_orders().get(at).copied();
                if let (Some(order), Some(usual)) = (all.get_mut(at), usual) {
                    *order = usual;
                }
            });
            if !table.is_there() {
                continue;
            }
            let names = table.get("columns").items();
            let names: Vec<String> = names.iter().filter_map(Json::text).collect();
            let columns = columns_by_name(*tab, &names);
            self.columns.update(|all| {
                if let Some(shown) = all.get_mut(at).filter(|_| !columns.is_empty()) {
                    *shown = columns;
                }
            });
            if !table.has("sort") {
                continue;
            }
            let by = table.get("sort").text().map(|name| vec![name]);
            let by = by.map(|name| columns_by_name(*tab, &name));
            let by = by.and_then(|found| found.first().copied());
            let descending = table.get("descending").truth().unwrap_or(false);
            self.orders.update(|all| {
                if let Some(order) = all.get_mut(at) {
                    *order = (by, descending);
                }
            });
        }
    }

    /// Follows an attribute of the element. What it does not know of a zone stays as it is.
    pub fn set_attribute(&self, name: &str, value: &str) {
        match name {
            "theme" => {
                let known = ["light", "dark"].into_iter().find(|known| *known == value);
                let theme = known.unwrap_or("system").to_owned();
                if self.theme.get_untracked() != theme {
                    self.theme.set(theme);
                }
            }
            "zone" => {
                let zone = if value.is_empty() { "UTC" } else { value };
                if let Some(zone) = Zone::named(zone)
                    && self.zone.get_untracked() != zone
                {
                    self.zone.set(zone);
                }
            }
            "view" => {
                // Both come together: `timeline none`.
                let (view, chrome) = value.split_once(' ').unwrap_or((value, ""));
                self.mode.set(Mode::named(view, chrome));
            }
            _ => {}
        }
    }

    /// Shows so many milliseconds before the data's last instant; while they are being read, again with what comes.
    fn show_last(&self, last: i64) {
        super::commands::show_back(*self, last);
        let loading = self.summary.with_untracked(|summary| summary.loading);
        if loading || self.is_reading() || !self.is_loaded_untracked() {
            self.sharing.last.set_value(Some(last));
            self.scale_is_set.set(false);
        }
    }

    /// Shows a window on time, epoch milliseconds.
    pub fn show_range(&self, from: f64, to: f64) {
        let width = self.scale.with_untracked(Scale::width);
        self.show(Scale::new(from, to, width));
    }

    /// Rows of a shared view are there now.
    pub fn restored(&self, found: Restored) {
        let add = |lanes: &mut Vec<u32>, found: Vec<u32>| {
            for lane in found {
                if !lanes.contains(&lane) {
                    lanes.push(lane);
                }
            }
        };
        self.set(|settings| {
            add(&mut settings.opened, found.opened);
            add(&mut settings.pinned, found.pinned);
            add(&mut settings.left_out, found.left_out);
        });
        if found.lane.is_some() {
            let span = self.selection.get_untracked().span;
            self.select(Selection {
                lane: found.lane,
                session: found.session,
                event: found.event,
                span,
            });
        }
    }

    /// Leaves out the values of the legend that a shared view leaves out, as far as they are in it.
    pub fn hide_wanted(&self, summary: &Summary) {
        let by = self.settings.with_untracked(|settings| settings.colour);
        let none = self.sharing.hide.with_value(Vec::is_empty);
        if none || summary.coloured_by != by {
            return;
        }
        let mut found = Vec::new();
        self.sharing.hide.update_value(|labels| {
            labels.retain(|label| {
                let entry = summary.legend.iter().find(|entry| entry.label == *label);
                found.extend(entry.map(|entry| entry.colour));
                entry.is_none()
            });
        });
        self.set(|settings| {
            for colour in found {
                if !settings.hidden.contains(&colour) {
                    settings.hidden.push(colour);
                }
            }
        });
    }
}

fn edges(list: &Json) -> Option<[f64; 2]> {
    let [from, to] = list.items().try_into().ok()?;
    from.number().zip(to.number()).map(|(from, to)| [from, to])
}

/// Tells the host of another view once it rests, and of another range.
pub fn follow_view(state: State) {
    let changes = Var::new(0_u32);
    // What else is asked of the findings is no part of the view.
    let findings = Memo::new(move |_| {
        let query = state.findings.query;
        query.with(|query| (query.muted.clone(), query.thresholds.clone()))
    });
    let mut started = false;
    effect(move || {
        state.settings.track();
        state.scale.track();
        state.scale_is_set.track();
        state.selection.track();
        state.inspection.track();
        state.zone.track();
        state.tab.track();
        state.sheet.track();
        state.pane.track();
        state.columns.track();
        state.orders.track();
        // A memo that nobody reads follows nothing.
        findings.with(|_| ());
        let is_loaded = state.is_loaded();
        if !std::mem::replace(&mut started, true) || !is_loaded {
            return;
        }
        let change = changes.get_untracked().wrapping_add(1);
        changes.set(change);
        set_timeout(
            move || {
                // Since then it has changed, or it is gone.
                if changes.try_with_untracked(|now| *now == change) == Some(true) {
                    state.host.with_value(|host| host.viewed(&state.view()));
                }
            },
            REST,
        );
    });
    let mut told = None;
    effect(move || {
        let (scale, is_set) = (state.scale.get(), state.scale_is_set.get());
        let range = scale.window();
        if is_set && told.replace(range) != Some(range) {
            state.host.with_value(|host| host.ranged(range));
        }
    });
}
