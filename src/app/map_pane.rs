//! The map pane: loads the map's part when it is first on screen, hands it the places, and shows a
//! list of them where no map can be drawn.

use crate::app::var::{Var, effect};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::engine::protocol::{Command, MapUpdate, Selection};
use crate::store::filter::Area;

use super::base_map;
use super::json::object;
use super::map_files::{message_of, save, save_picture};
use super::place_list::PlaceList;
use super::state::{Dialog, State, use_state};
use super::words;

#[wasm_bindgen]
extern "C" {
    /// The running map, of www/map.ts.
    #[derive(Clone)]
    pub(super) type MapView;
    #[wasm_bindgen(method, catch)]
    fn take(this: &MapView, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setTheme)]
    fn set_theme(this: &MapView, theme: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setSelection)]
    fn set_selection(this: &MapView, selection: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setBase)]
    fn set_base(this: &MapView, choice: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn destroy(this: &MapView) -> Result<(), JsValue>;
}

/// The map with its head.
#[component]
pub fn MapPane() -> impl IntoView {
    let state = use_state();
    let container = NodeRef::<leptos::html::Div>::new();
    let map = Var::new(None::<MapView>);
    let unavailable = Var::new(None::<String>);
    let listed = Var::new(false);
    state.command(&Command::Map { shown: true });
    let mut started = false;
    effect(move || {
        // Nothing is drawn before there is something to draw.
        let has_data = state.map.with(Option::is_some);
        if let (false, true, Some(container)) = (started, has_data, container.get()) {
            started = true;
            start(state, container.into(), map, unavailable);
        }
    });
    effect(move || {
        if let (Some(map), Some(shown)) = (map.get(), state.map.get()) {
            report(map.take(&shown.message()));
        }
    });
    effect(move || {
        let theme = tokens(state);
        if let Some(map) = map.get() {
            report(map.set_theme(&theme));
        }
    });
    effect(move || {
        let selection = state.selection.get();
        if let Some(map) = map.get() {
            report(map.set_selection(&selection_to_js(selection)));
        }
    });
    effect(move || {
        let (map, base) = (map.get(), state.base_map.get());
        if let Some(map) = map {
            report(map.set_base(&base.to_js()));
        }
    });
    on_cleanup(move || {
        if let Some(Some(map)) = map.try_with_untracked(Clone::clone) {
            report(map.destroy());
        }
        state.command(&Command::Map { shown: false });
    });
    view! {
        <section class="map" part="map" aria-label="Map">
            <Head map=map listed=listed unavailable=unavailable />
            <Show when=move || listed.get() || unavailable.with(Option::is_some)>
                <PlaceList message=unavailable />
            </Show>
            <Show when=move || unavailable.with(Option::is_none)>
                <div
                    node_ref=container
                    class="map-container keeps-arrows"
                    class:covered=move || listed.get()
                ></div>
            </Show>
        </section>
    }
}

/// What is on the map, in figures, and what can be done with it.
#[component]
fn Head(
    /// The map, once it is there.
    map: Var<Option<MapView>>,
    /// The places are shown as a list.
    listed: Var<bool>,
    /// Why there is no map.
    unavailable: Var<Option<String>>,
) -> impl IntoView {
    let state = use_state();
    view! {
        <header class="tabs">
            <h2>"Map"</h2>
            <span class="dim">{move || state.map.with(|map| map.as_ref().map(|map| counts(&map.told)))}</span>
            <Show when=move || unavailable.with(Option::is_none)>
                <button
                    type="button"
                    class="button"
                    title="The places in a table, instead of the map"
                    aria-pressed=move || listed.get().to_string()
                    on:click=move |_| listed.update(|listed| *listed = !*listed)
                >
                    "List"
                </button>
            </Show>
            <Show when=move || unavailable.with(Option::is_none)>
                <button
                    type="button"
                    class="button"
                    title="What lies under the places: the built-in map, or one of your own"
                    on:click=move |_| state.dialog.set(Some(Dialog::BaseMap))
                >
                    "Base map"
                </button>
            </Show>
            <Show when=move || state.map.with(|map| map.as_ref().is_some_and(|map| map.told.all_places > 0))>
                <button
                    type="button"
                    class="button"
                    title="Save what the map shows as GeoJSON: places with their circles, countries, and the way of the chosen SIM"
                    on:click=move |_| save(state)
                >
                    "GeoJSON"
                </button>
            </Show>
            <Show when=move || map.with(Option::is_some) && !listed.get() && unavailable.with(Option::is_none)>
                <button
                    type="button"
                    class="button"
                    title="Save the map as it is seen as an image (PNG), with its scale and credits"
                    on:click=move |_| save_picture(state, map)
                >
                    "PNG"
                </button>
            </Show>
            <button
                type="button"
                class="button"
                title="Ask a geolocate service where cells stand that have no position"
                on:click=move |_| state.host.with_value(super::Host::locate)
            >
                "Cells…"
            </button>
        </header>
    }
}

fn counts(map: &MapUpdate) -> String {
    let mut text = words::counted(u64::from(map.places), "place", "places");
    if map.country_sims > 0 {
        let sims = words::counted(u64::from(map.country_sims), "SIM", "SIMs");
        text += " · ";
        text += &sims;
        text += " by country only";
    }
    if map.off_map > 0 {
        let sessions = words::counted(u64::from(map.off_map), "session", "sessions");
        text += " · ";
        text += &sessions;
        text += " not on the map";
    }
    text
}

fn start(
    state: State,
    container: HtmlElement,
    map: Var<Option<MapView>>,
    unavailable: Var<Option<String>>,
) {
    // All that is asked of the views, as they may be gone once the map's part is there.
    let options = options(state, unavailable);
    let create = part_of_map(state, "createMap");
    // Not by the state: a map that comes too late has to be told to go.
    leptos::task::spawn_local(async move {
        match made(create, &container, options).await {
            Ok(view) => {
                // The pane may be gone by now: then the map goes too.
                if !map.try_update(|slot| *slot = Some(view.clone())) {
                    report(view.destroy());
                }
            }
            Err(error) => {
                let message = message_of(&error, "The map could not be loaded.");
                unavailable.set(Some(format!("{message} The places are listed below.")));
            }
        }
    });
}

/// A function of the map's module, which is fetched when it is first asked for.
pub(super) fn part_of_map(
    state: State,
    name: &'static str,
) -> impl Future<Output = Result<Function, JsValue>> + use<> {
    let loading = state.host.with_value(super::Host::load_map);
    async move {
        let module = JsFuture::from(loading.ok_or("The map's part is missing.")?).await?;
        Reflect::get(&module, &name.into())?.dyn_into()
    }
}

async fn made(
    create: impl Future<Output = Result<Function, JsValue>>,
    container: &HtmlElement,
    options: Result<Object, JsValue>,
) -> Result<MapView, JsValue> {
    let options = options?;
    let made: Promise = create
        .await?
        .call2(&JsValue::NULL, container, &options)?
        .dyn_into()?;
    Ok(JsFuture::from(made).await?.unchecked_into())
}

/// What the map is made with.
fn options(state: State, unavailable: Var<Option<String>>) -> Result<Object, JsValue> {
    let options = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&options, &key.into(), value);
    let locale = state.host.with_value(super::Host::language);
    set("locale", &locale.into())?;
    set("theme", &tokens(state))?;
    let on_select = Closure::<dyn Fn(JsValue)>::new(move |picked: JsValue| pick(state, &picked));
    set("onSelect", &on_select.into_js_value())?;
    let on_area = Closure::<dyn Fn(Vec<f64>)>::new(move |area: Vec<f64>| filter_by(state, &area));
    set("onArea", &on_area.into_js_value())?;
    let gone = Closure::<dyn Fn(String)>::new(move |message: String| {
        unavailable.set(Some(format!("{message} The places are listed below.")));
    });
    set("onUnavailable", &gone.into_js_value())?;
    let base_failed =
        Closure::<dyn Fn(String)>::new(move |message| base_map::failed(state, message));
    set("onBaseFailed", &base_failed.into_js_value())?;
    Ok(options)
}

/// A click on the map: a place chooses its newest session, the empty map nothing.
fn pick(state: State, picked: &JsValue) {
    let number = |key: &str| {
        Reflect::get(picked, &key.into())
            .ok()
            .and_then(|value| value.as_f64())
            .map(|value| value as u32)
    };
    if picked.is_object() {
        if let (Some(sim), Some(session)) = (number("sim"), number("session")) {
            state.select_session(session, sim);
        }
    } else {
        let span = state.selection.get_untracked().span;
        state.select(Selection {
            span,
            ..Selection::default()
        });
    }
}

/// An area was picked on the map, from west to north: the filter lets through what was in it.
fn filter_by(state: State, area: &[f64]) {
    if let [west, south, east, north] = *area
        && let Some(area) = Area::new([south, west, north, east])
    {
        state.filter_by("in", Some(&area.to_string()));
    }
}

fn selection_to_js(selection: Selection) -> JsValue {
    let Some(lane) = selection.lane else {
        return JsValue::NULL;
    };
    let session = selection.session.map_or(JsValue::UNDEFINED, JsValue::from);
    object(&[("sim", lane.into()), ("session", session)])
}

fn tokens(state: State) -> JsValue {
    let palette = state.palette.get();
    let by = state.settings.with(|settings| settings.colour);
    let colours: Array = palette
        .colours(by)
        .iter()
        .map(|colour| JsValue::from_str(colour))
        .collect();
    let token = |property: &str| JsValue::from_str(palette.token(property));
    object(&[
        ("land", token("--land")),
        ("sea", token("--sea")),
        ("border", token("--border")),
        ("text", token("--text")),
        ("dim", token("--text-dim")),
        ("accent", token("--accent")),
        ("tint", token("--tint")),
        ("warning", token("--warning")),
        ("bad", token("--bad")),
        ("palette", colours.into()),
    ])
}

fn report(result: Result<(), JsValue>) {
    if let Err(error) = result {
        super::report::report("simscope: the map did not follow.", &error);
    }
}
