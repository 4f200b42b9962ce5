//! The frame of the screen: what lies where, wide and narrow.

use std::sync::Arc;
use std::time::Duration;

use crate::app::var::effect;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::base_map::BaseMapDialog;
use super::case::CaseDialog;
use super::command_palette::CommandPalette;
use super::commands;
use super::first_screen::FirstScreen;
use super::go_to::GoTo;
use super::import;
use super::inspector::Inspector;
use super::key_sheet::KeySheet;
use super::labels::LabelsDialog;
use super::legend::Legend;
use super::map_pane::MapPane;
use super::messages::Messages;
use super::mode::Only;
use super::overview::OverviewStrip;
use super::palette::Palette;
use super::question::Questions;
use super::saved::ViewsDialog;
use super::source_dialog::SourceDialog;
use super::split::{SplitColumn, SplitRow};
use super::state::{Pane, State, use_state};
use super::tables::Tables;
use super::timeline_pane::TimelinePane;
use super::topbar::TopBar;
use super::turns::Turns;
use super::words;
use crate::first::{Choices, DropZone, paste};

/// Everything inside the element.
#[component]
pub fn App(
    /// The shared state.
    state: State,
) -> impl IntoView {
    provide_context(state);
    follow_theme(state);
    super::view_state::follow_view(state);
    super::findings::begin(state);
    set_timeout(words::prepare, Duration::ZERO);
    let turns = Turns::new(state, 2);
    let on_key = move |event: ev::KeyboardEvent| commands::on_key(state, &event);
    let choices = Choices::new(
        state.opening,
        move |wish| import::act(state, wish),
        move || state.host.with_value(super::host::Host::kept),
    );
    provide_context(choices);
    let on_paste = move |event: web_sys::ClipboardEvent| paste(choices, &event);
    view! {
        <div class="app" tabindex="-1" on:keydown=on_key on:paste=on_paste>
            <DropZone root=state.root.get_value() />
            <Show when=move || state.is_loaded() fallback=Unloaded>
                <Loaded />
            </Show>
            <Turn turns=turns part=1>
                <Messages />
                <Questions />
                <SourceDialog />
                <LabelsDialog />
            </Turn>
            <Turn turns=turns part=2>
                <KeySheet />
                <CommandPalette />
                <GoTo />
                <BaseMapDialog />
                <CaseDialog />
                <ViewsDialog />
            </Turn>
        </div>
    }
}

/// While nothing is loaded: the choices, or, where the host page decides what is, a word.
#[component]
fn Unloaded() -> impl IntoView {
    let state = use_state();
    let nothing = move || {
        if state.progress.with(Vec::is_empty) {
            "Nothing is loaded yet."
        } else {
            "Loading…"
        }
    };
    let choices = move || !state.mode.get().bare;
    view! {
        <Show when=choices fallback=move || view! { <p class="nothing" part="nothing">{nothing}</p> }>
            <FirstScreen />
        </Show>
    }
}

#[component]
fn Loaded() -> impl IntoView {
    let state = use_state();
    let pane = move || match (state.mode.get().only, state.pane.get()) {
        (Only::All | Only::Timeline, Pane::Inspector) => "inspector",
        (Only::Timeline, _) | (Only::All, Pane::Timeline) => "timeline",
        (Only::Map, _) | (Only::All, Pane::Map) => "map",
        (Only::Table, _) | (Only::All, Pane::Tables) => "tables",
    };
    // What the visitor looks for first comes first.
    let turns = Turns::new(state, 6);
    let mode = state.mode;
    let chrome = move || !mode.get().bare;
    let shows = move |only: Only| mode.get().shows(only);
    let all = move || mode.get().only == Only::All;
    view! {
        <div
            class="loaded"
            data-pane=pane
            data-view=move || mode.get().name()
            class:bare=move || mode.get().bare
        >
            <Show when=chrome>
                <Turn turns=turns part=1>
                    <TopBar />
                    <Show when=move || shows(Only::Timeline)>
                        <PaneTabs />
                    </Show>
                </Turn>
            </Show>
            <Show when=move || shows(Only::Timeline)>
                <div class="upper">
                    <div class="time">
                        <Show when=chrome>
                            <Turn turns=turns part=2>
                                <OverviewStrip />
                            </Turn>
                        </Show>
                        <Turn turns=turns part=3>
                            <TimelinePane />
                        </Turn>
                    </div>
                    <Show when=chrome>
                        <SplitColumn property="--inspector-width" least=240.0 most=560.0 />
                        <aside class="side" part="side" aria-label="Legend and inspector">
                            <Turn turns=turns part=4>
                                <Legend />
                                <Inspector />
                            </Turn>
                        </aside>
                    </Show>
                </div>
            </Show>
            <Show when=all>
                <SplitRow property="--lower-height" least=120.0 most=700.0 />
            </Show>
            <Show when=move || mode.get().only != Only::Timeline>
                <div class="lower">
                    <Show when=move || shows(Only::Map)>
                        <Turn turns=turns part=5>
                            <MapPane />
                        </Turn>
                    </Show>
                    <Show when=move || shows(Only::Table)>
                        <Turn turns=turns part=6>
                            <Tables />
                        </Turn>
                    </Show>
                </div>
            </Show>
        </div>
    }
}

/// A part of the screen that is mounted when its turn has come.
#[component]
fn Turn(
    /// Whose turn it is.
    turns: Turns,
    /// The number of this part.
    part: u8,
    /// What is mounted.
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Show when=move || turns.has(part)>{children()}</Show> }
}

/// In a narrow window the panes are tabs.
#[component]
fn PaneTabs() -> impl IntoView {
    let state = use_state();
    let tab = move |pane: Pane, label: &'static str| {
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || (state.pane.get() == pane).to_string()
                on:click=move |_| state.pane.set(pane)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="pane-tabs" role="tablist" aria-label="Panes">
            {tab(Pane::Timeline, "Timeline")} {tab(Pane::Inspector, "Details")}
            {move || {
                (state.mode.get().only == Only::All)
                    .then(|| view! { {tab(Pane::Map, "Map")} {tab(Pane::Tables, "Tables")} })
            }}
        </div>
    }
}

/// Puts the theme onto the element and reads the colours anew, also when the system's changes.
fn follow_theme(state: State) {
    let reread = move || {
        let root = state.root.get_value();
        state.palette.set(Arc::new(Palette::of(&root)));
    };
    effect(move || {
        let theme = state.theme.get();
        state.root.with_value(|root| {
            if let Ok(Some(mount)) = root.closest(".simscope") {
                // Setting an attribute of that name does not fail.
                let _ = mount.set_attribute("data-theme", &theme);
            }
        });
        reread();
    });
    let mut started = false;
    effect(move || {
        let (theme, zone) = (state.theme.get(), state.zone.get());
        // What it starts with was nobody's choice.
        if !std::mem::replace(&mut started, true) {
            return;
        }
        state
            .host
            .with_value(|host| host.settings(&theme, zone.name()));
    });
    let query = web_sys::window().and_then(|window| {
        window
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
    });
    if let Some(query) = query {
        let changed = Closure::<dyn Fn()>::new(reread);
        let listener = changed.as_ref().unchecked_ref::<js_sys::Function>().clone();
        if query
            .add_event_listener_with_callback("change", &listener)
            .is_ok()
        {
            let held = StoredValue::new_local((query, changed));
            on_cleanup(move || {
                held.with_value(|(query, _)| {
                    // It was added above, so it can be removed.
                    let _ = query.remove_event_listener_with_callback("change", &listener);
                });
            });
        }
    }
}
