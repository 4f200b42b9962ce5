//! The engine host's messages, put into the state.

use std::sync::Arc;

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::embed::{bars_from_buffers, cells_from_buffers};
use crate::engine::protocol::{self, Summary};
use crate::store::Extent;
use crate::timeline::Scale;

use super::drawing::tell_when_drawn;
use super::json::Json;
use super::map_shown::MapShown;
use super::state::{Dialog, FleetPicture, LiveChip, Shot, State, Tone};

/// Takes one message of the engine host.
pub fn receive(state: State, message: &JsValue) {
    let get = |key: &str| Reflect::get(message, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let number = |key: &str| get(key).as_f64();
    match get("type").as_string().as_deref() {
        Some("update") => {
            let body = js_sys::Uint8Array::new(&get("body")).to_vec();
            match protocol::decode(&body) {
                Ok(found) => {
                    put(state, found, &get("buffers"));
                    tell_when_drawn(state);
                }
                Err(error) => {
                    let why = error.to_string().into();
                    super::report::report("simscope: an update was not read.", &why);
                }
            }
        }
        Some("progress") => {
            let (Some(document), Some(read), Some(total)) =
                (number("document"), number("read"), number("total"))
            else {
                return;
            };
            state.progress.update(|progress| {
                let found = progress
                    .iter_mut()
                    .find(|(known, _)| *known == document as u32);
                if let Some((_, found)) = found {
                    found.share = Some(if total > 0.0 { read / total } else { 1.0 });
                }
            });
        }
        Some("raw") => {
            let text = get("text").as_string();
            let message = get("message").as_string();
            if let Some(request) = number("request") {
                let result = text.ok_or_else(|| message.unwrap_or_default());
                state.link().deliver_raw(request as u32, result);
            }
        }
        Some("live") => {
            let chips = Json::of(get("chips")).items();
            let text = |chip: &Json, key| chip.get(key).text().unwrap_or_default();
            let chip = |chip: &Json| LiveChip {
                id: chip.get("id").number().unwrap_or(0.0) as u32,
                label: text(chip, "label"),
                tone: text(chip, "tone"),
                text: text(chip, "text"),
                at: chip.get("at").number().map(|at| at as i64),
                watching: chip.get("watching").truth(),
            };
            state.live.set(chips.iter().map(chip).collect());
        }
        Some("details") => {
            let label = get("label").as_string();
            let known = state.summary.with_untracked(|summary| {
                let mut sources = summary.sources.iter();
                sources
                    .find(|source| Some(&source.label) == label.as_ref())
                    .map(|source| source.source)
            });
            state.dialog.set(known.map(Dialog::Source));
        }
        Some("failure") => {
            let text = |key| get(key).as_string().unwrap_or_default();
            state.tell(Tone::Bad, text("title"), text("text"));
        }
        _ => {}
    }
}

fn put(state: State, update: protocol::Update, buffers: &JsValue) {
    match update {
        protocol::Update::Summary(summary) => take_summary(state, summary),
        protocol::Update::Frame(meta) => {
            let buffers = buffers.dyn_ref::<js_sys::Array>();
            if let Some(bars) = buffers.and_then(bars_from_buffers) {
                if let Some(labels) = &meta.row_labels {
                    state.sharing.saw(labels);
                }
                let former = state.shot.get_untracked();
                state.shot.set(Arc::new(Shot::new(meta, bars, &former)));
            }
        }
        protocol::Update::Fleet(meta) => {
            let cells = buffers.dyn_ref::<js_sys::Array>();
            if let Some((colour, up)) = cells.and_then(cells_from_buffers) {
                let picture = FleetPicture { meta, colour, up };
                state.fleet.set(Some(Arc::new(picture)));
            }
        }
        protocol::Update::Overview(overview) => state.overview.set(overview),
        protocol::Update::Table(page) => state.take_table(page),
        protocol::Update::Taken { request, page } => state.taken(request, page),
        protocol::Update::Inspection(inspection) => {
            reveal(state, &inspection);
            tell_choice(state, &inspection);
            state.inspection.set(*inspection);
        }
        protocol::Update::Map(told) => state.map.set(Some(MapShown::new(told, buffers))),
        protocol::Update::Labels(labels) => state.take_labels(labels),
        protocol::Update::Report(page) => state.reports.take(*page),
        protocol::Update::ReportFile(file) => super::report_sheet::save(state, &file),
        protocol::Update::Loaded(loaded) => state.loaded(loaded),
        protocol::Update::Filter(found) => {
            let problems = found.problems.iter().map(|one| one.message.clone());
            let problems: Vec<String> = problems.collect();
            state
                .host
                .with_value(|host| host.filtered(&found.line, &problems));
            state.filter.set(found);
        }
        protocol::Update::Completions(found) => state.completions.set(found),
        protocol::Update::Selected(selection) => {
            state.selection.set(selection);
        }
        protocol::Update::Restored(found) => state.restored(found),
        protocol::Update::Chosen { request, selection } => state.chosen(request, selection),
        protocol::Update::Held { request, held } => state.counted(request, &held),
        protocol::Update::Folded(folded) => state.set(|settings| settings.folded = folded),
        protocol::Update::Edge { query, at } => super::aim::told_edge(state, query, at),
        protocol::Update::Picked(picked) => state.take_picked(picked),
        protocol::Update::Findings(page) => state.findings.page.set(*page),
        protocol::Update::FindingChosen(row) => state.choose_finding(&row),
        protocol::Update::FindingsTaken(file) => state.findings_taken(&file),
        protocol::Update::News(news) => state.news.update(|all| {
            all.extend(news);
            let surplus = all.len().saturating_sub(MOST_NEWS);
            all.drain(..surplus);
        }),
    }
}

/// So many pieces of news are kept.
const MOST_NEWS: usize = 100;

/// Tells the host what is chosen, where that is something else than before.
fn tell_choice(state: State, now: &protocol::Inspection) {
    let span = state.selection.get_untracked().span;
    let told = (now.marks.clone(), span);
    if state.told_choice.get_untracked() == told {
        return;
    }
    state.told_choice.set(told);
    let rows = [&now.sim, &now.session, &now.event].map(Option::as_deref);
    state.host.with_value(|host| host.selected(rows, span));
}

/// Brings what was newly chosen into view: its lane, and its time where none of it is on screen.
fn reveal(state: State, inspection: &protocol::Inspection) {
    let known = state
        .inspection
        .with_untracked(|known| (known.lane_place, known.drawn));
    if inspection.lane_place != known.0
        && let Some((top, bottom)) = inspection.lane_place
    {
        super::timeline_pane::reveal(state, top, bottom);
    }
    if inspection.drawn != known.1
        && let Some((from, to)) = inspection.drawn
    {
        let scale = state.scale.get_untracked();
        if (to as f64) < scale.from_ms() || from as f64 > scale.to_ms() {
            state.show(scale.panned(scale.x_at(from as f64) - scale.width() / 3.0));
        }
    }
}

fn take_summary(state: State, summary: Summary) {
    state
        .host
        .with_value(|host| host.status(&summary.totals, summary.loading));
    let first = !state.scale_is_set.get_untracked();
    // SIMs without a row in time: the days before they were fetched.
    let days = summary.as_of.map(|to| Extent {
        from: to - WEEK_MS,
        to,
    });
    if let (true, Some(extent)) = (first, summary.extent.or(days)) {
        let scale = state.scale.get_untracked();
        let to = summary.as_of.unwrap_or(extent.to).max(extent.to);
        let last = state.sharing.last.get_value();
        let from = last.map_or_else(|| extent.from.max(to - WEEK_MS), |last| to - last);
        let margin = (to - from) / 50;
        let fitted = Scale::new(from as f64, (to + margin) as f64, scale.width());
        state.scale.set(fitted);
        let shown = (fitted.from_ms(), fitted.to_ms());
        state.aim.ranges.update(|ranges| ranges.start(shown));
        // A live source brings its answers one after the other.
        let more_comes = state
            .live
            .with_untracked(|chips| chips.iter().any(|chip| chip.tone == "busy"));
        // How far back is meant from the last of the files that were opened together.
        let more_comes = more_comes || (last.is_some() && state.is_reading());
        if !summary.loading && !more_comes {
            state.scale_is_set.set(true);
        }
    }
    if state.scale_is_set.get_untracked() {
        state.sharing.last.set_value(None);
    }
    state.hide_wanted(&summary);
    state.summary.set(summary);
    let speaks_of_loading = |message: &super::state::Message| message.until_loaded;
    let has_one = state
        .messages
        .with_untracked(|all| all.iter().any(speaks_of_loading));
    if has_one && state.is_loaded_untracked() {
        state
            .messages
            .update(|all| all.retain(|message| !speaks_of_loading(message)));
    }
}

/// What a first load shows at most: the last seven days.
const WEEK_MS: i64 = 7 * 86_400_000;
