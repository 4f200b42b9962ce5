//! The base map: the built-in one, or one of the visitor's own. What is entered lives in this tab's
//! memory alone, for an address may hold a key: it is in no link, no storage and no message.

use js_sys::Function;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::dialog::Modal;
use super::json::object;
use super::map_pane::part_of_map;
use super::state::{Dialog, State, Tone, use_state};
use super::var::Var;

/// Which base map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BaseKind {
    /// The one of this build.
    #[default]
    BuiltIn,
    /// A style by its address.
    Style,
    /// Raster tiles by a template.
    Raster,
}

/// The base map that is chosen, with what was entered for the others.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct BaseMap {
    /// Which one.
    pub kind: BaseKind,
    style: String,
    tiles: String,
    attribution: String,
    /// Tiles of 512 pixels, not of 256.
    large: bool,
}

impl BaseMap {
    /// As `BaseChoice` of www/map/types.ts.
    pub fn to_js(&self) -> JsValue {
        let text = |text: &str| JsValue::from_str(text.trim());
        match self.kind {
            BaseKind::BuiltIn => object(&[("kind", "built-in".into())]),
            BaseKind::Style => object(&[("kind", "style".into()), ("url", text(&self.style))]),
            BaseKind::Raster => object(&[
                ("kind", "raster".into()),
                ("tiles", text(&self.tiles)),
                ("attribution", text(&self.attribution)),
                ("tileSize", if self.large { 512 } else { 256 }.into()),
            ]),
        }
    }
}

/// The map went back to the built-in one, and says why.
pub fn failed(state: State, message: String) {
    state.base_map.update(|base| base.kind = BaseKind::BuiltIn);
    let title = "The base map could not be shown, the built-in one is in its place.";
    state.tell(Tone::Bad, title, message);
}

/// The dialog.
#[component]
pub fn BaseMapDialog() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::BaseMap));
    view! {
        <Modal title="Base map" open=open on_close=move |()| state.close(Dialog::BaseMap)>
            <Choices />
        </Modal>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let state = use_state();
    let draft = Var::new(state.base_map.get_untracked());
    let wrong = Var::new(None::<String>);
    let kind = move || draft.with(|draft| draft.kind);
    let choice = move |of: BaseKind, label: &'static str, about: &'static str| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="base-map"
                    prop:checked=move || kind() == of
                    on:change=move |_| {
                        wrong.set(None);
                        draft.update(|draft| draft.kind = of);
                    }
                />
                <span>{label}</span>
                <span class="dim">{about}</span>
            </label>
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        apply(state, draft.get_untracked(), wrong);
    };
    view! {
        <form class="base-map" novalidate on:submit=submit>
            <fieldset>
                <legend>"What lies under the places"</legend>
                {choice(BaseKind::BuiltIn, "Built-in", "the world's countries; nothing is asked of anybody")}
                {choice(BaseKind::Style, "Style", "a MapLibre style by its address")}
                {choice(BaseKind::Raster, "Raster tiles", "images by a template with {z}, {x} and {y}")}
            </fieldset>
            {move || match kind() {
                BaseKind::BuiltIn => ().into_any(),
                BaseKind::Style => {
                    view! {
                        {field(draft, wrong, "Address of the style", "https://maps.example/style.json", true, |draft| &mut draft.style)}
                    }
                        .into_any()
                }
                BaseKind::Raster => {
                    view! {
                        {field(draft, wrong, "Template of the tiles", "https://maps.example/{z}/{x}/{y}.png", true, |draft| &mut draft.tiles)}
                        {field(draft, wrong, "Attribution, if asked for", "© whose map it is", false, |draft| &mut draft.attribution)}
                        <label class="base-map-field">
                            <span>"Size of a tile"</span>
                            <select
                                prop:value=move || if draft.with(|draft| draft.large) { "512" } else { "256" }
                                on:change=move |event| {
                                    let large = event_target_value(&event) == "512";
                                    draft.update(|draft| draft.large = large);
                                }
                            >
                                <option value="256">"256 pixels, as most are"</option>
                                <option value="512">"512 pixels"</option>
                            </select>
                        </label>
                    }
                        .into_any()
                }
            }}
            <Show when=move || kind() != BaseKind::BuiltIn>
                <p class="dim">
                    "Its servers see your address and which parts of the map you look at, and nothing of your SIMs. What you enter is \
                     forgotten with this tab."
                </p>
            </Show>
            <p id="base-map-wrong" class="wrong" role="alert">{move || wrong.get()}</p>
            <div class="buttons">
                <button type="submit" class="button primary">"Apply"</button>
                <button type="button" class="button" on:click=move |_| state.close(Dialog::BaseMap)>
                    "Cancel"
                </button>
            </div>
        </form>
    }
}

/// A line of text of the draft.
fn field(
    draft: Var<BaseMap>,
    wrong: Var<Option<String>>,
    label: &'static str,
    example: &'static str,
    is_address: bool,
    part: fn(&mut BaseMap) -> &mut String,
) -> AnyView {
    let value = part(&mut draft.get_untracked()).clone();
    view! {
        <label class="base-map-field">
            <span>{label}</span>
            <input
                type="text"
                class:mono=is_address
                inputmode=if is_address { "url" } else { "text" }
                placeholder=example
                autocomplete="off"
                spellcheck="false"
                aria-describedby=is_address.then_some("base-map-wrong")
                aria-invalid=move || (is_address && wrong.with(Option::is_some)).to_string()
                prop:value=value
                on:input=move |event| {
                    wrong.set(None);
                    draft.update(|draft| *part(draft) = event_target_value(&event));
                }
            />
        </label>
    }
    .into_any()
}

/// Sets the choice, unless something is wrong with what was entered.
fn apply(state: State, chosen: BaseMap, wrong: Var<Option<String>>) {
    state.spawn(async move {
        match what_is_wrong(state, &chosen).await {
            Ok(None) => {
                state.close(Dialog::BaseMap);
                state.base_map.set(chosen);
            }
            Ok(message) => wrong.set(message),
            Err(error) => {
                super::report::report("simscope: the map's part is missing.", &error);
                let text =
                    "The map's part could not be loaded. Load the page again, and try once more.";
                wrong.set(Some(text.to_owned()));
            }
        }
    });
}

async fn what_is_wrong(state: State, chosen: &BaseMap) -> Result<Option<String>, JsValue> {
    let check: Function = part_of_map(state, "whatIsWrong").await?;
    Ok(check.call1(&JsValue::NULL, &chosen.to_js())?.as_string())
}
