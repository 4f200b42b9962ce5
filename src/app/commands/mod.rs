//! What the commands of the table do: keys and palette call them here, and the match below must name
//! every one.

mod chosen;
mod places;
mod time;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::lanes;
use super::state::{Dialog, Sheet, State};
use super::zone::Zone;
use crate::commands::{Entry, Id, Need, of_key, pressed};
use crate::engine::protocol::{ColourBy, Command, GroupBy, SortBy, Tab};

use chosen::{clear, copy, of_session, of_sim};
pub use places::{focus_field, open_files};
use places::{go_to_pane, show_table};
pub use time::{back, fit, forward, go_to, show_back, show_last};

/// Acts on a key, unless it is meant for a field, a dialog or a list.
pub fn on_key(state: State, event: &KeyboardEvent) {
    if event.default_prevented() {
        return;
    }
    let key = pressed(
        &event.key(),
        event.ctrl_key() || event.meta_key(),
        event.alt_key(),
        event.get_modifier_state("AltGraph"),
    );
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target {
        let tag = target.tag_name();
        let in_field = matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT");
        let inside = |what: &str| target.closest(what).ok().flatten().is_some();
        if inside("dialog") {
            return;
        }
        if in_field && key == "escape" {
            focus_field(state, ".lanes-scroll");
            event.prevent_default();
            return;
        }
        if in_field && !key.starts_with("ctrl+") {
            return;
        }
        let scrolls = key.starts_with("arrow")
            || matches!(key.as_str(), "home" | "end" | "pageup" | "pagedown");
        if scrolls && inside(".keeps-arrows, .inspector-body") {
            return;
        }
    }
    let Some(entry) = of_key(&key) else { return };
    let missing = why_not(state, entry);
    if missing != Some(Need::Data.missing()) {
        // Also where it does not apply: the browser's own meaning would be a surprise.
        event.prevent_default();
        // The SIM may have been chosen by the key before this one: the engine knows, it answers in order.
        let steps = matches!(entry.id, Id::NextSession | Id::PreviousSession);
        if missing.is_none() || steps {
            run(state, entry.id);
        }
    }
}

/// Why a command does not apply now; null where it does.
pub fn why_not(state: State, entry: &Entry) -> Option<&'static str> {
    let loaded = entry.need == Need::Nothing
        || state
            .summary
            .with_untracked(|summary| summary.sources.iter().any(|source| source.records > 0));
    let selection = state.selection.get_untracked();
    let now = time::range(state);
    let has = match entry.need {
        Need::Nothing | Need::Data => loaded,
        Need::Sim => selection.lane.is_some(),
        Need::Iccid => of_sim(state, "iccid").is_some(),
        Need::Session => chosen::session_time(state).is_some(),
        Need::Imei => of_session(state, "imei").is_some(),
        Need::SessionId => of_session(state, "id").is_some(),
        Need::Groups => state
            .settings
            .with_untracked(|settings| settings.group != GroupBy::None),
        Need::LeftOut => state
            .settings
            .with_untracked(|settings| !settings.left_out.is_empty()),
        Need::Before => state
            .aim
            .ranges
            .with_untracked(|ranges| ranges.can_go_back(now)),
        Need::After => state
            .aim
            .ranges
            .with_untracked(|ranges| ranges.can_go_forward(now)),
        Need::Live => untrack(|| state.watching()).is_some(),
        Need::Link => state.host.with_value(super::host::Host::has_links),
    };
    match (loaded, has) {
        (false, _) => Some(Need::Data.missing()),
        (true, false) => Some(entry.need.missing()),
        (true, true) => None,
    }
}

/// Does something with the chosen SIM.
fn with_lane(state: State, act: fn(State, u32)) {
    if let Some(lane) = state.selection.get_untracked().lane {
        act(state, lane);
    }
}

/// Copies a link to the view.
pub fn copy_link(state: State) {
    let link = state.host.with_value(|host| host.link(&state.view()));
    if let Some(link) = link {
        let said = "A link to this view. It holds no data: whoever opens it needs the same files or source, or the demo fleet.";
        super::inspector::field::copy_as(state, link, said.to_owned());
    }
}

/// Does what a command says.
#[allow(
    clippy::too_many_lines,
    reason = "a line for each command, which the compiler asks for"
)]
pub fn run(state: State, id: Id) {
    let group = |group| state.set(|settings| settings.group = group);
    let sort = |sort| state.set(|settings| settings.sort = sort);
    let theme = |name: &str| state.theme.set(name.to_owned());
    let colour = |colour| {
        state.set(|settings| {
            settings.colour = colour;
            settings.hidden.clear();
        });
    };
    match id {
        Id::ZoomIn => time::zoom(state, 1.5),
        Id::ZoomOut => time::zoom(state, 1.0 / 1.5),
        Id::MoveBack => time::pan(state, -0.2),
        Id::MoveForward => time::pan(state, 0.2),
        Id::Focus => time::focus(state),
        Id::Fit => fit(state),
        Id::GoTo => state.dialog.set(Some(Dialog::GoTo)),
        Id::RangeBack => back(state),
        Id::RangeForward => forward(state),
        Id::Measure => chosen::measure(state),
        Id::LastDay => show_last(state, 1),
        Id::LastWeek => show_last(state, 7),
        Id::LastMonth => show_last(state, 30),
        Id::NextSim => places::step_lane(state, 1),
        Id::PreviousSim => places::step_lane(state, -1),
        Id::PageDown => places::step_lane(state, places::screenful(state)),
        Id::PageUp => places::step_lane(state, -places::screenful(state)),
        Id::FirstSim => places::step_lane(state, i32::MIN),
        Id::LastSim => places::step_lane(state, i32::MAX),
        Id::FoldGroup => {
            let lane = state.selection.get_untracked().lane;
            state.command(&Command::Fold { lane });
        }
        Id::FoldAll => state.command(&Command::Fold { lane: None }),
        Id::UnfoldAll => state.set(|settings| settings.folded.clear()),
        Id::GroupByCountry => group(GroupBy::Country),
        Id::GroupByVendor => group(GroupBy::Provider),
        Id::GroupByOperator => group(GroupBy::Operator),
        Id::GroupByTag => group(GroupBy::Tag),
        Id::GroupByDevice => group(GroupBy::Device),
        Id::GroupByGroup => group(GroupBy::Group),
        Id::GroupByNone => group(GroupBy::None),
        Id::SortByName => sort(SortBy::Name),
        Id::SortByOffline => sort(SortBy::Offline),
        Id::SortBySeen => sort(SortBy::Seen),
        Id::SortBySessions => sort(SortBy::Sessions),
        Id::SortByTraffic => sort(SortBy::Traffic),
        Id::OpenLane => with_lane(state, lanes::open_lane),
        Id::PinLane => with_lane(state, lanes::pin_lane),
        Id::LeaveOut => with_lane(state, lanes::leave_out_lane),
        Id::BringBack => lanes::bring_back_lanes(state),
        Id::AllAtOnce => super::fleet::switch(state),
        Id::TallerLanes => lanes::grow_lanes(state, 4),
        Id::LowerLanes => lanes::grow_lanes(state, -4),
        Id::NextSession => state.command(&Command::Step { by: 1 }),
        Id::PreviousSession => state.command(&Command::Step { by: -1 }),
        Id::ChooseRange => {
            let (from, to) = time::range(state);
            state.select_span(Some([from.round() as i64, to.round() as i64]));
        }
        Id::ChooseSession => {
            if let Some((from, to)) = chosen::session_time(state) {
                state.select_span(Some([from, to]));
            }
        }
        Id::CopyIccid => copy(state, of_sim(state, "iccid")),
        Id::CopyImei => copy(state, of_session(state, "imei")),
        Id::CopySessionId => copy(state, of_session(state, "id")),
        Id::Clear => clear(state),
        Id::Palette => state.dialog.set(Some(Dialog::Commands)),
        Id::Keys => state.dialog.set(Some(Dialog::Keys)),
        Id::Find => focus_field(state, ".find input"),
        Id::GoToTimeline => go_to_pane(state, super::state::Pane::Timeline),
        Id::GoToInspector => go_to_pane(state, super::state::Pane::Inspector),
        Id::GoToTables => go_to_pane(state, super::state::Pane::Tables),
        Id::TableSims => show_table(state, Tab::Sims),
        Id::TableSessions => show_table(state, Tab::Sessions),
        Id::TableEvents => show_table(state, Tab::Events),
        Id::TableUsage => show_table(state, Tab::Usage),
        Id::Report => places::show_sheet(state, Sheet::Report),
        Id::Findings => places::show_sheet(state, Sheet::Findings),
        Id::ColourByRadio => colour(ColourBy::Radio),
        Id::ColourByOperator => colour(ColourBy::Operator),
        Id::ColourByCountry => colour(ColourBy::Country),
        Id::ColourByVendor => colour(ColourBy::Provider),
        Id::BaseMap => state.dialog.set(Some(Dialog::BaseMap)),
        Id::CopyLink => copy_link(state),
        Id::Views => super::saved::show(state),
        Id::ZoneUtc => state.zone.set(Zone::utc()),
        Id::ZoneLocal => state.zone.set(Zone::local()),
        Id::ThemeLight => theme("light"),
        Id::ThemeDark => theme("dark"),
        Id::ThemeSystem => theme("system"),
        Id::OpenFiles => open_files(state),
        Id::OpenDemo => super::import::open_demo(state),
        Id::SaveCase => super::case::show(state),
        Id::Labels => state.show_labels(),
        Id::Connect => state.host.with_value(super::host::Host::connect),
        Id::Watch => state.switch_watch(),
        Id::KeptHistory => state.host.with_value(super::host::Host::show_kept),
        Id::Locate => state.host.with_value(super::host::Host::locate),
        Id::ClearData => state.clear(),
    }
}
