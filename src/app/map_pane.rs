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

use super::inspector::field::{number, text};
use super::json::{Json, object};
use super::state::{State, Tone, use_state};
use super::words;

#[wasm_bindgen]
extern "C" {
    /// The running map, of www/map.ts.
    #[derive(Clone)]
    type MapView;
    #[wasm_bindgen(method, catch)]
    fn take(this: &MapView, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setTheme)]
    fn set_theme(this: &MapView, theme: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setSelection)]
    fn set_selection(this: &MapView, selection: &JsValue) -> Result<(), JsValue>;
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
    on_cleanup(move || {
        if let Some(Some(map)) = map.try_with_untracked(Clone::clone) {
            report(map.destroy());
        }
        state.command(&Command::Map { shown: false });
    });
    view! {
        <section class="map" aria-label="Map">
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
                <button
                    type="button"
                    class="button"
                    title="Ask a geolocate service where cells stand that have no position"
                    on:click=move |_| state.host.with_value(super::Host::locate)
                >
                    "Cells…"
                </button>
            </header>
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

/// So many places are listed: the table is made anew with every move of the data.
const MOST_LISTED: usize = 500;

/// The places as a list, in place of the map or where it cannot be drawn.
#[component]
fn PlaceList(
    /// Why.
    message: Var<Option<String>>,
) -> impl IntoView {
    let state = use_state();
    view! {
        <div class="place-list" tabindex="0" role="group" aria-label="Places">
            {move || message.get().map(|message| view! { <p role="status">{message}</p> })}
            <table aria-label="Places">
                <thead>
                    <tr>
                        <th scope="col">"Place"</th>
                        <th scope="col">"Position"</th>
                        <th scope="col">"Of"</th>
                        <th scope="col" class="number">"SIMs"</th>
                        <th scope="col" class="number">"Sessions"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let shown = state.map.get().unwrap_or_default();
                        let places = shown.places(MOST_LISTED);
                        let places = places.iter().map(|place| place_row(state, place));
                        let countries = shown.rest().get("countries").items();
                        let countries = countries.iter().map(country_row);
                        places.chain(countries).collect_view()
                    }}
                </tbody>
            </table>
            {move || {
                let places = state.map.with(|map| map.as_ref().map_or(0, |map| map.told.all_places)) as usize;
                let more = places.saturating_sub(MOST_LISTED) as u64;
                let text = words::counted(more, "place is not listed", "places are not listed");
                (more > 0).then(|| view! { <p>{format!("{text}. Filter to see them.")}</p> })
            }}
        </div>
    }
}

fn place_row(state: State, place: &Json) -> AnyView {
    let id = |key| number(place, key).map(|id| id as u32);
    let (session, sim) = (id("session"), id("sim"));
    let title = text(place, "title").unwrap_or_default();
    let detail = text(place, "detail").unwrap_or_default();
    // Of a cell's long number the end tells most.
    let name = match detail.strip_prefix("cell ") {
        Some(cell) => format!("{title} {}", words::tail(cell)),
        None => title.clone(),
    };
    let radius = number(place, "accuracy_m").map_or("radius unknown".to_owned(), |m| {
        format!("within {} m", words::fixed(m, 0))
    });
    let position = format!(
        "{}, {}, {radius}",
        words::fixed(number(place, "lat").unwrap_or_default(), 4),
        words::fixed(number(place, "lon").unwrap_or_default(), 4)
    );
    let at =
        number(place, "at_ms").map(|at| state.zone.with(|zone| words::instant(at as i64, zone)));
    let outside = place.get("in_span").truth() == Some(false);
    let when = match (at, outside) {
        (Some(at), true) => format!("{at}, outside of the span"),
        (Some(at), false) => at,
        (None, true) => "no instant, outside of the span".to_owned(),
        (None, false) => String::new(),
    };
    let choose = move |_| {
        if let (Some(session), Some(sim)) = (session, sim) {
            state.select_session(session, sim);
        }
    };
    view! {
        <tr>
            <td>
                <button type="button" class="link" title=format!("{title} {detail}") on:click=choose>
                    {name}
                </button>
            </td>
            <td class="mono">{position}</td>
            <td>{when}</td>
            <td class="number">{id("sims")}</td>
            <td class="number">{id("sessions")}</td>
        </tr>
    }
    .into_any()
}

fn country_row(country: &Json) -> AnyView {
    let code = text(country, "code").unwrap_or_default();
    let count = |key| number(country, key).map(|n| words::count(n as u64));
    view! {
        <tr>
            <td>{words::country(&code)}</td>
            <td>"country only"</td>
            <td></td>
            <td class="number">{count("sims")}</td>
            <td class="number">{count("sessions")}</td>
        </tr>
    }
    .into_any()
}

fn start(
    state: State,
    container: HtmlElement,
    map: Var<Option<MapView>>,
    unavailable: Var<Option<String>>,
) {
    leptos::task::spawn_local(async move {
        match create(state, &container, unavailable).await {
            Ok(view) => {
                // The pane may be gone by now: then the map goes too.
                if !map.try_update(|slot| *slot = Some(view.clone())) {
                    report(view.destroy());
                }
            }
            Err(error) => {
                let message = Reflect::get(&error, &"message".into())
                    .ok()
                    .and_then(|message| message.as_string())
                    .unwrap_or_else(|| "The map could not be loaded.".to_owned());
                unavailable.set(Some(format!("{message} The places are listed below.")));
            }
        }
    });
}

/// A function of the map's module, which is fetched when it is first asked for.
async fn part_of_map(state: State, name: &str) -> Result<Function, JsValue> {
    let loading = state.host.with_value(super::Host::load_map);
    let module = JsFuture::from(loading.ok_or("The map's part is missing.")?).await?;
    Reflect::get(&module, &name.into())?.dyn_into()
}

async fn create(
    state: State,
    container: &HtmlElement,
    unavailable: Var<Option<String>>,
) -> Result<MapView, JsValue> {
    let create = part_of_map(state, "createMap").await?;
    let options = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&options, &key.into(), value);
    let locale = web_sys::window().and_then(|window| window.navigator().language());
    set("locale", &locale.unwrap_or_else(|| "en".to_owned()).into())?;
    let base = state.host.with_value(super::Host::asset_base);
    set("assetBase", &base.into())?;
    set("theme", &tokens(state))?;
    let on_select = Closure::<dyn Fn(JsValue)>::new(move |picked: JsValue| pick(state, &picked));
    set("onSelect", &on_select.into_js_value())?;
    let on_area = Closure::<dyn Fn(Vec<f64>)>::new(move |area: Vec<f64>| filter_by(state, &area));
    set("onArea", &on_area.into_js_value())?;
    let gone = Closure::<dyn Fn(String)>::new(move |message: String| {
        unavailable.set(Some(format!("{message} The places are listed below.")));
    });
    set("onUnavailable", &gone.into_js_value())?;
    let made: Promise = create
        .call2(&JsValue::NULL, container, &options)?
        .dyn_into()?;
    Ok(JsFuture::from(made).await?.unchecked_into())
}

/// Saves what the map shows, as a file.
fn save(state: State) {
    leptos::task::spawn_local(async move {
        if let Err(error) = save_now(state).await {
            super::report::report("simscope: the map could not be saved.", &error);
            let text = "Load the page again, and try once more.";
            state.tell(Tone::Bad, "The map could not be saved.", text);
        }
    });
}

async fn save_now(state: State) -> Result<(), JsValue> {
    let save = part_of_map(state, "saveGeoJson").await?;
    let shown = state.map.get_untracked().unwrap_or_default();
    let saved: Promise = save.call1(&JsValue::NULL, &shown.message())?.dyn_into()?;
    JsFuture::from(saved).await.map(drop)
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
        ("bad", token("--bad")),
        ("palette", colours.into()),
    ])
}

fn report(result: Result<(), JsValue>) {
    if let Err(error) = result {
        super::report::report("simscope: the map did not follow.", &error);
    }
}
